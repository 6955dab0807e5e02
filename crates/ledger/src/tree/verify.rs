//! Checking proofs, as RFC 9162 (2.1.3.2 and 2.1.4.2) describes it.

use super::{empty_root, node_hash};
use crate::Hash;

/// Whether the path proves that a leaf stands at `index` in the tree of this size and root.
#[must_use]
pub fn verify_inclusion(
    leaf_hash: &Hash,
    index: u64,
    size: u64,
    path: &[Hash],
    root: &Hash,
) -> bool {
    if index >= size {
        return false;
    }
    let mut walk = Walk { node: index, last: size - 1 };
    let mut hash = *leaf_hash;
    for sibling in path {
        hash = match walk.up() {
            None => return false,
            Some(Side::Left) => node_hash(sibling, &hash),
            Some(Side::Right) => node_hash(&hash, sibling),
        };
    }
    walk.last == 0 && hash == *root
}

/// Whether the path proves that the new tree begins with the old one: nothing was changed or taken
/// away in between.
#[must_use]
pub fn verify_consistency(
    old_size: u64,
    old_root: &Hash,
    new_size: u64,
    new_root: &Hash,
    path: &[Hash],
) -> bool {
    if old_size == 0 {
        return path.is_empty() && *old_root == empty_root();
    }
    if old_size >= new_size {
        return old_size == new_size && path.is_empty() && old_root == new_root;
    }
    let (first, rest) = if old_size.is_power_of_two() {
        (old_root, path)
    } else {
        let Some((first, rest)) = path.split_first() else { return false };
        (first, rest)
    };
    let mut walk = Walk { node: old_size - 1, last: new_size - 1 };
    while walk.node & 1 == 1 {
        walk.shift();
    }
    let (mut old, mut new) = (*first, *first);
    for sibling in rest {
        match walk.up() {
            None => return false,
            Some(Side::Left) => {
                old = node_hash(sibling, &old);
                new = node_hash(sibling, &new);
            }
            Some(Side::Right) => new = node_hash(&new, sibling),
        }
    }
    walk.last == 0 && old == *old_root && new == *new_root
}

/// Which side of the node its sibling stands on.
enum Side {
    Left,
    Right,
}

/// A climb from a node to the root, beside the climb of the tree's last node.
struct Walk {
    node: u64,
    last: u64,
}

impl Walk {
    /// Climbs to where the next sibling joins; none when the root is reached already.
    fn up(&mut self) -> Option<Side> {
        if self.last == 0 {
            return None;
        }
        let side = if self.node & 1 == 1 || self.node == self.last {
            while self.node & 1 == 0 && self.node != 0 {
                self.shift();
            }
            Side::Left
        } else {
            Side::Right
        };
        self.shift();
        Some(side)
    }

    fn shift(&mut self) {
        self.node >>= 1;
        self.last >>= 1;
    }
}
