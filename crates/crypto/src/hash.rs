//! SHA-256, keyed tags and comparison in constant time.

use std::fmt;

use aws_lc_rs::{constant_time, digest, hmac};

use crate::Key;
use crate::error::sure;

/// SHA-256 over the parts as if they were one string, for Merkle trees and key ids.
///
/// Nothing marks where a part ends; a format with variable parts must do that itself.
pub fn sha256(parts: &[&[u8]]) -> [u8; 32] {
    let mut context = digest::Context::new(&digest::SHA256);
    for part in parts {
        context.update(part);
    }
    sure(context.finish().as_ref().try_into())
}

/// SHA-256 over bytes that come in pieces, for files that are too large for memory.
pub struct Digest(digest::Context);

impl fmt::Debug for Digest {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Digest")
    }
}

impl Default for Digest {
    fn default() -> Self {
        Digest(digest::Context::new(&digest::SHA256))
    }
}

impl Digest {
    /// Takes the next piece.
    pub fn update(&mut self, bytes: &[u8]) {
        self.0.update(bytes);
    }

    /// The hash of all pieces.
    pub fn finish(self) -> [u8; 32] {
        sure(self.0.finish().as_ref().try_into())
    }
}

/// HMAC-SHA-256 over the parts, each with its length before it: for look-ups and token hashes.
///
/// `["ab", "c"]` and `["a", "bc"]` differ.
pub fn tag(key: &Key, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac_key(key.bytes()));
    update_all(&mut context, parts);
    finish(context)
}

/// Derives a key or commitment for this crate's own use, apart from every `tag`.
///
/// It begins with a length that no part can have, so no choice of parts makes `tag` answer it.
pub(crate) fn derive(key: &Key, label: &str, parts: &[&[u8]]) -> [u8; 32] {
    let mut context = hmac::Context::with_key(&hmac_key(key.bytes()));
    context.update(&u64::MAX.to_be_bytes());
    update_all(&mut context, &[label.as_bytes()]);
    update_all(&mut context, parts);
    finish(context)
}

/// Compares without telling by time where two secrets differ; lengths are no secret.
pub fn same(a: &[u8], b: &[u8]) -> bool {
    constant_time::verify_slices_are_equal(a, b).is_ok()
}

fn hmac_key(bytes: &[u8]) -> hmac::Key {
    hmac::Key::new(hmac::HMAC_SHA256, bytes)
}

fn update_all(context: &mut hmac::Context, parts: &[&[u8]]) {
    for part in parts {
        context.update(&(part.len() as u64).to_be_bytes());
        context.update(part);
    }
}

fn finish(context: hmac::Context) -> [u8; 32] {
    sure(context.sign().as_ref().try_into())
}

#[cfg(test)]
mod tests;
