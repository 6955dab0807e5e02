//! A whole log, checked from its files alone.

use crate::Hash;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::Vkey;
use crate::tile::{self, Read, WIDTH};
use crate::tree::{Frontier, full_root, leaf_hash};

/// Why a folder of files is not the log that its checkpoint says.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LogError {
    /// There is no file `checkpoint`, or it is no text.
    #[error("there is no checkpoint")]
    NoCheckpoint,
    /// The checkpoint was refused.
    #[error("the checkpoint was refused")]
    Checkpoint(#[from] CheckpointError),
    /// A file that the checkpoint's size asks for is missing or damaged.
    #[error("{0} is missing or damaged")]
    Missing(String),
    /// A tile holds other hashes than its entries give.
    #[error("{0} does not follow from the entries")]
    Tile(String),
    /// The entries give another root than the log signed.
    #[error("the entries do not give the root that was signed")]
    Root,
}

/// Recomputes a log from its entry bundles and compares every tile and the signed root.
pub fn verify_log(read: Read<'_>, vkey: &Vkey) -> Result<Checkpoint, LogError> {
    let note = read("checkpoint").and_then(|bytes| String::from_utf8(bytes).ok());
    let checkpoint = Checkpoint::open(&note.ok_or(LogError::NoCheckpoint)?, vkey)?;
    let mut rebuilt = Rebuilt { read, frontier: Frontier::new(), rows: Vec::new() };
    for index in 0..checkpoint.size.div_ceil(WIDTH) {
        let width = tile::width(checkpoint.size, 0, index);
        let entries = tile::entries(read, index, width)
            .ok_or_else(|| LogError::Missing(tile::entries_path(index, width)))?;
        for entry in entries {
            rebuilt.append(leaf_hash(&entry))?;
        }
    }
    rebuilt.compare_partial()?;
    if rebuilt.frontier.root() == checkpoint.root { Ok(checkpoint) } else { Err(LogError::Root) }
}

/// The tree as the entries give it, with the unfinished tile of each level.
struct Rebuilt<'a> {
    read: Read<'a>,
    frontier: Frontier,
    rows: Vec<Row>,
}

#[derive(Default)]
struct Row {
    index: u64,
    hashes: Vec<Hash>,
}

impl Rebuilt<'_> {
    fn append(&mut self, leaf: Hash) -> Result<(), LogError> {
        self.frontier.append(leaf);
        let mut next = Some(leaf);
        for level in 0.. {
            let Some(hash) = next else { break };
            if self.rows.len() == usize::from(level) {
                self.rows.push(Row::default());
            }
            let Some(row) = self.rows.get_mut(usize::from(level)) else { break };
            row.hashes.push(hash);
            next = None;
            if row.hashes.len() as u64 == WIDTH {
                compare(self.read, level, row)?;
                next = Some(full_root(&std::mem::take(&mut row.hashes)));
                row.index += 1;
            }
        }
        Ok(())
    }

    fn compare_partial(&self) -> Result<(), LogError> {
        let partial = (0..).zip(&self.rows).filter(|(_, row)| !row.hashes.is_empty());
        for (level, row) in partial {
            compare(self.read, level, row)?;
        }
        Ok(())
    }
}

fn compare(read: Read<'_>, level: u8, row: &Row) -> Result<(), LogError> {
    let width = row.hashes.len() as u64;
    let path = || tile::hashes_path(level, row.index, width);
    match tile::hashes(read, level, row.index, width) {
        None => Err(LogError::Missing(path())),
        Some(stored) if stored != row.hashes => Err(LogError::Tile(path())),
        Some(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests;
