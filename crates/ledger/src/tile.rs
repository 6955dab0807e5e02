//! The tree as files: tiles of 256 hashes, bundles of 256 entries, written once and never changed.

mod grow;

use crate::Hash;
use crate::tree::{Hashes, full_root};

pub use grow::{File, grow};

/// How many hashes or entries a full tile holds.
pub const WIDTH: u64 = 256;

/// Reads a file of the log by its path, none when it is not there.
pub type Read<'a> = &'a dyn Fn(&str) -> Option<Vec<u8>>;

/// Why a log's files could not be continued.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum TileError {
    /// A file that the tree's size asks for is missing or damaged: restore it before appending.
    #[error("{0} is missing or damaged")]
    Missing(String),
    /// An entry is longer than a bundle can say (65,535 bytes).
    #[error("an entry is longer than 65,535 bytes")]
    TooLong,
}

/// The hashes of a tree of `size` leaves, read from stored tiles: for proofs from files alone.
///
/// Prefers the partial tile of just this size and falls back to the full one that replaced it.
pub struct Tiles<'a> {
    /// How a file of the log is read.
    pub read: Read<'a>,
    /// The size of the tree, from its checkpoint.
    pub size: u64,
}

impl std::fmt::Debug for Tiles<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Tiles").field("size", &self.size).finish_non_exhaustive()
    }
}

impl Hashes for Tiles<'_> {
    fn node(&self, level: u8, index: u64) -> Option<Hash> {
        if index >= self.size.checked_shr(level.into())? {
            return None;
        }
        let (tile_level, height) = (level / 8, level % 8);
        let first = index << height;
        let tile = first / WIDTH;
        let stored = hashes(self.read, tile_level, tile, width(self.size, tile_level, tile))?;
        let skipped = usize::try_from(first % WIDTH).ok()?;
        stored.get(skipped..)?.get(..1 << height).map(full_root)
    }
}

/// Where the hashes of a tile lie; `width` is 256 for a full one.
pub fn hashes_path(level: u8, index: u64, width: u64) -> String {
    format!("tile/{level}/{}", numbered(index, width))
}

/// Where the entries of a bundle lie; `width` is 256 for a full one.
pub fn entries_path(index: u64, width: u64) -> String {
    format!("tile/entries/{}", numbered(index, width))
}

/// How many hashes tile `index` of this level has in a tree of `size` leaves, 0 to 256.
pub fn width(size: u64, level: u8, index: u64) -> u64 {
    let nodes = size.checked_shr(u32::from(level) * 8).unwrap_or(0);
    nodes.saturating_sub(index.saturating_mul(WIDTH)).min(WIDTH)
}

/// The first `width` hashes of a stored tile.
pub(crate) fn hashes(read: Read<'_>, level: u8, index: u64, width: u64) -> Option<Vec<Hash>> {
    let of_width = |stored: u64| {
        let bytes = read(&hashes_path(level, index, stored))?;
        let (hashes, []) = bytes.as_chunks() else { return None };
        (hashes.len() as u64 == stored).then(|| hashes.to_vec())
    };
    first(width, of_width)
}

/// The first `width` entries of a stored bundle.
pub fn entries(read: Read<'_>, index: u64, width: u64) -> Option<Vec<Vec<u8>>> {
    let of_width = |stored: u64| {
        let entries = unbundle(&read(&entries_path(index, stored))?)?;
        (entries.len() as u64 == stored).then_some(entries)
    };
    first(width, of_width)
}

/// What is stored at this very width, else the beginning of the full tile.
fn first<T>(width: u64, of_width: impl Fn(u64) -> Option<Vec<T>>) -> Option<Vec<T>> {
    if width == 0 {
        return Some(Vec::new());
    }
    let mut items = of_width(width).or_else(|| of_width(WIDTH))?;
    items.truncate(usize::try_from(width).ok()?);
    Some(items)
}

/// The entries of a bundle, each after its length in two bytes; none when a length is wrong.
fn unbundle(mut bundle: &[u8]) -> Option<Vec<Vec<u8>>> {
    let mut entries = Vec::new();
    while let Some((length, rest)) = bundle.split_first_chunk() {
        let (entry, later) = rest.split_at_checked(u16::from_be_bytes(*length).into())?;
        entries.push(entry.to_vec());
        bundle = later;
    }
    bundle.is_empty().then_some(entries)
}

/// The index in groups of three digits, all but the last marked with `x`, and the width if partial.
fn numbered(index: u64, width: u64) -> String {
    let mut groups = vec![format!("{:03}", index % 1000)];
    let mut rest = index / 1000;
    while rest > 0 {
        groups.push(format!("x{:03}", rest % 1000));
        rest /= 1000;
    }
    groups.reverse();
    let path = groups.join("/");
    if width == WIDTH { path } else { format!("{path}.p/{width}") }
}

#[cfg(test)]
mod tests;
