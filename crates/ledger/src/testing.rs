//! What the tests of several modules share.

use std::cell::RefCell;
use std::collections::BTreeMap;

use crypto::SigningKey;

use crate::Hash;
use crate::checkpoint::Checkpoint;
use crate::note::LogKey;
use crate::tile::{Tiles, WIDTH, entries_path, grow, width};
use crate::tree::{Frontier, leaf_hash, node_hash};

/// The content of leaf `n` in test logs: no two have the same length and bytes.
pub(crate) fn content(n: u64) -> Vec<u8> {
    let length = usize::try_from(n % 7).unwrap();
    [&n.to_be_bytes()[..], &vec![0xa5; length]].concat()
}

pub(crate) fn contents(range: std::ops::Range<u64>) -> Vec<Vec<u8>> {
    range.map(content).collect()
}

pub(crate) fn leaf_hashes(size: u64) -> Vec<Hash> {
    (0..size).map(|n| leaf_hash(&content(n))).collect()
}

/// The root as RFC 6962 defines it, without any of the code under test.
pub(crate) fn naive_root(leaves: &[Hash]) -> Hash {
    match leaves {
        [] => crypto::sha256(&[b""]),
        [leaf] => *leaf,
        _ => {
            let mut middle = 1;
            while middle * 2 < leaves.len() {
                middle *= 2;
            }
            node_hash(&naive_root(&leaves[..middle]), &naive_root(&leaves[middle..]))
        }
    }
}

pub(crate) fn key(name: &str, seed: u8) -> LogKey {
    LogKey::new(name, SigningKey::from_seed(&[seed; 32])).unwrap()
}

/// A log in a folder, and the folder in memory.
#[derive(Default)]
pub(crate) struct Log {
    pub(crate) files: RefCell<BTreeMap<String, Vec<u8>>>,
    pub(crate) frontier: Frontier,
}

impl Log {
    pub(crate) fn of(contents: &[Vec<u8>]) -> Log {
        let mut log = Log::default();
        log.append(contents);
        log
    }

    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        self.files.borrow().get(path).cloned()
    }

    pub(crate) fn size(&self) -> u64 {
        self.frontier.size()
    }

    pub(crate) fn append(&mut self, contents: &[Vec<u8>]) {
        let files = grow(self.size(), contents, &|path| self.read(path)).unwrap();
        self.files.borrow_mut().extend(files);
        for content in contents {
            self.frontier.append(leaf_hash(content));
        }
    }

    pub(crate) fn checkpoint(&self, key: &LogKey) -> String {
        let (origin, size, root) = (key.name().to_owned(), self.size(), self.frontier.root());
        Checkpoint { origin, size, root }.sign(key).unwrap()
    }

    pub(crate) fn publish(&self, key: &LogKey) {
        let note = self.checkpoint(key).into_bytes();
        self.files.borrow_mut().insert("checkpoint".to_owned(), note);
    }

    /// Runs a check over the tiles as a tree of an earlier or this size.
    pub(crate) fn with_tiles<T>(&self, size: u64, check: impl FnOnce(&Tiles<'_>) -> T) -> T {
        check(&Tiles { read: &|path| self.read(path), size })
    }

    /// Deletes the partial files that full ones replaced.
    pub(crate) fn tidy(&self) {
        let full: Vec<String> = self.files.borrow().keys().cloned().collect();
        self.files.borrow_mut().retain(|path, _| {
            let whole = path.split_once(".p/").map(|(whole, _)| whole.to_owned());
            whole.is_none_or(|whole| !full.contains(&whole))
        });
    }

    pub(crate) fn last_bundle(&self) -> String {
        let index = (self.size() - 1) / WIDTH;
        entries_path(index, width(self.size(), 0, index))
    }
}
