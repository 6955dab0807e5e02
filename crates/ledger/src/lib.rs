//! The ledger: entries, Merkle tree, tiles, signed checkpoints, proofs and certificates.
//!
//! It speaks the C2SP transparency-log formats byte for byte (signed-note, tlog-checkpoint,
//! tlog-tiles, tlog-cosignature, tlog-proof, tlog-policy), so that tools which we did not write
//! verify it. Pure: no file, network or clock; an auditor needs no key and no database.
#![warn(missing_docs)]

pub mod certificate;
pub mod checkpoint;
pub mod entry;
mod json;
mod log;
pub mod note;
pub mod proof;
mod text;
pub mod tile;
pub mod tree;
pub mod trust;

pub use log::{LogError, verify_log};

/// A SHA-256 hash: of a leaf, of a node or of a whole tree.
pub type Hash = [u8; 32];

#[cfg(test)]
mod testing;
