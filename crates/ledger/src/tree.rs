//! The Merkle tree of RFC 6962: roots, inclusion and consistency proofs.

mod frontier;
mod verify;

use crypto::sha256;

pub use frontier::Frontier;
pub use verify::{verify_consistency, verify_inclusion};

use crate::Hash;

/// Why a root or proof could not be made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TreeError {
    /// Asked for a leaf or an older size that the tree does not have.
    #[error("the tree has no such leaf or size")]
    OutOfRange,
    /// A complete subtree of this size is missing where hashes are kept: restore the tiles.
    #[error("the hash of node {index} at level {level} is missing")]
    Missing {
        /// The height of the subtree, 0 for a leaf.
        level: u8,
        /// Which one at that height, from the left.
        index: u64,
    },
}

/// Where the hashes of a tree are kept; asked for complete subtrees only.
pub trait Hashes {
    /// The root of leaves `index * 2^level ..` `(index + 1) * 2^level`, none when it is not kept.
    fn node(&self, level: u8, index: u64) -> Option<Hash>;
}

/// A tree held in memory, for short lists: the ids that one entry covers, and tests.
#[derive(Debug, Clone)]
pub struct Leaves {
    levels: Vec<Vec<Hash>>,
}

impl Leaves {
    /// Builds the tree over these leaf hashes.
    pub fn new(leaves: Vec<Hash>) -> Leaves {
        let mut levels = vec![leaves];
        while let Some(below) = levels.last()
            && below.len() > 1
        {
            levels.push(pairs(below));
        }
        Leaves { levels }
    }
}

impl Hashes for Leaves {
    fn node(&self, level: u8, index: u64) -> Option<Hash> {
        let level = self.levels.get(usize::from(level))?;
        level.get(usize::try_from(index).ok()?).copied()
    }
}

/// The hash of a leaf with this content.
pub fn leaf_hash(content: &[u8]) -> Hash {
    sha256(&[&[0], content])
}

/// The hash of a node over its two halves.
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    sha256(&[&[1], left, right])
}

/// The root of a tree without leaves.
pub fn empty_root() -> Hash {
    sha256(&[])
}

/// The root of the first `size` leaves.
pub fn root(size: u64, hashes: &dyn Hashes) -> Result<Hash, TreeError> {
    if size == 0 { Ok(empty_root()) } else { range(0, size, hashes) }
}

/// The path that proves leaf `index` to be in the tree of `size` leaves, from its sibling upwards.
pub fn inclusion_proof(index: u64, size: u64, hashes: &dyn Hashes) -> Result<Vec<Hash>, TreeError> {
    if index >= size {
        return Err(TreeError::OutOfRange);
    }
    let (mut start, mut end, mut path) = (0, size, Vec::new());
    while end - start > 1 {
        let middle = start + split(end - start);
        if index < middle {
            path.push(range(middle, end, hashes)?);
            end = middle;
        } else {
            path.push(range(start, middle, hashes)?);
            start = middle;
        }
    }
    path.reverse();
    Ok(path)
}

/// The hashes that prove the tree of `old` leaves to be the beginning of that of `new` leaves.
///
/// Empty when the sizes are equal or the old tree is empty.
pub fn consistency_proof(old: u64, new: u64, hashes: &dyn Hashes) -> Result<Vec<Hash>, TreeError> {
    if old > new {
        return Err(TreeError::OutOfRange);
    }
    let (mut start, mut end, mut path) = (0, new, Vec::new());
    if old == 0 {
        return Ok(path);
    }
    while old != end {
        let middle = start + split(end - start);
        if old <= middle {
            path.push(range(middle, end, hashes)?);
            end = middle;
        } else {
            path.push(range(start, middle, hashes)?);
            start = middle;
        }
    }
    if start > 0 {
        path.push(range(start, end, hashes)?);
    }
    path.reverse();
    Ok(path)
}

/// The root of leaves `start..end`, a range that the tree's own splits lead to.
fn range(start: u64, end: u64, hashes: &dyn Hashes) -> Result<Hash, TreeError> {
    let size = end - start;
    if size.is_power_of_two() {
        let level = u8::try_from(size.trailing_zeros()).unwrap_or(u8::MAX);
        let index = start >> level;
        return hashes.node(level, index).ok_or(TreeError::Missing { level, index });
    }
    let middle = start + split(size);
    Ok(node_hash(&range(start, middle, hashes)?, &range(middle, end, hashes)?))
}

/// The largest power of two below `size`, which is at least 2.
fn split(size: u64) -> u64 {
    1 << (size - 1).ilog2()
}

/// The root over a row of hashes whose number is a power of two: of a tile or a part of one.
pub(crate) fn full_root(row: &[Hash]) -> Hash {
    let mut row = row.to_vec();
    while row.len() > 1 {
        row = pairs(&row);
    }
    row.first().copied().unwrap_or_default()
}

/// The nodes above these, as far as they are complete.
fn pairs(below: &[Hash]) -> Vec<Hash> {
    below.as_chunks().0.iter().map(|[left, right]| node_hash(left, right)).collect()
}

#[cfg(test)]
mod tests;
