//! Keys, sealing, hashing, signatures and `Personal<T>`.
//!
//! The only crate that names a cipher; `aws-lc-rs` is its one cipher library. It knows no time, no
//! file and no record: callers say where a value belongs, and what was sealed for one place does not
//! open in another.
#![warn(missing_docs)]

mod blob;
mod error;
mod gcm;
mod hash;
mod id;
mod kdf;
mod key;
mod personal;
mod place;
mod random;
mod record;
mod sign;
#[cfg(test)]
mod testing;
mod wrap;

pub use zeroize::Zeroizing;

pub use blob::{BLOB_HEADER, BlobOpener, BlobSealer, CHUNK, SEALED_CHUNK, open_blob, seal_blob};
pub use error::OpenError;
pub use hash::{Digest, same, sha256, tag};
pub use id::IdKey;
pub use kdf::SlotKey;
pub use key::Key;
pub use personal::{Grant, Ground, Personal};
pub use place::Place;
pub use random::{Random, Seeded, SystemRandom, random};
pub use record::{Header, header, open, seal};
pub use sign::{SigningKey, VerifyKey};
pub use wrap::{unwrap, wrap};
