//! What a leaf holds: always 33 bytes that tell nothing, so that tiles stay public and whole for
//! ever while the detail behind them can be deleted.

use crypto::sha256;

/// The leaf of an operation: a commitment to its detail.
///
/// The salt dies with the key of the detail; without it nobody can test guesses against the leaf.
pub fn commit(salt: &[u8; 32], detail: &[u8]) -> [u8; 33] {
    leaf(1, sha256(&[b"janji entry v1\0", salt, detail]))
}

/// The leaf by which the deployment log vouches for a checkpoint of a workspace's log.
pub fn checkpoint_leaf(body: &str) -> [u8; 33] {
    leaf(2, sha256(&[body.as_bytes()]))
}

fn leaf(kind: u8, hash: [u8; 32]) -> [u8; 33] {
    let mut content = [kind; 33];
    for (to, from) in content.iter_mut().skip(1).zip(hash) {
        *to = from;
    }
    content
}

#[cfg(test)]
mod tests;
