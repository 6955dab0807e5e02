//! The right edge of a tree: all that a server must remember to append.

use super::{Hashes, TreeError, empty_root, node_hash};
use crate::Hash;

/// The complete subtrees that make up a tree, largest first: O(log n) state to append and to give
/// the root.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frontier {
    size: u64,
    hashes: Vec<Hash>,
}

impl Frontier {
    /// Begins an empty tree.
    pub fn new() -> Frontier {
        Frontier::default()
    }

    /// Finds the edge of a stored tree again, after a start or a restore.
    pub fn load(size: u64, hashes: &dyn Hashes) -> Result<Frontier, TreeError> {
        let mut edge = Vec::new();
        for level in (0..64_u8).rev().filter(|level| size >> level & 1 == 1) {
            let index = (size >> level) - 1;
            edge.push(hashes.node(level, index).ok_or(TreeError::Missing { level, index })?);
        }
        Ok(Frontier { size, hashes: edge })
    }

    /// How many leaves the tree has.
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Adds a leaf at the right.
    pub fn append(&mut self, leaf_hash: Hash) {
        let (mut hash, mut size) = (leaf_hash, self.size);
        while size & 1 == 1
            && let Some(left) = self.hashes.pop()
        {
            hash = node_hash(&left, &hash);
            size >>= 1;
        }
        self.hashes.push(hash);
        self.size = self.size.saturating_add(1);
    }

    /// The root of the tree as it stands.
    pub fn root(&self) -> Hash {
        let edge = self.hashes.iter().rev().copied();
        edge.reduce(|right, left| node_hash(&left, &right)).unwrap_or_else(empty_root)
    }

    /// The state as it is stored: the size, then the hashes.
    pub fn to_bytes(&self) -> Vec<u8> {
        [&self.size.to_be_bytes(), self.hashes.as_flattened()].concat()
    }

    /// Reads a stored state; none when it is not whole.
    pub fn from_bytes(bytes: &[u8]) -> Option<Frontier> {
        let (size, rest) = bytes.split_first_chunk()?;
        let size = u64::from_be_bytes(*size);
        let (hashes, []) = rest.as_chunks() else { return None };
        let whole = u32::try_from(hashes.len()) == Ok(size.count_ones());
        whole.then(|| Frontier { size, hashes: hashes.to_vec() })
    }
}
