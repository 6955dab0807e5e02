//! Sealed records: version, algorithm, schema, slot, nonce, commitment, ciphertext with its tag.
//!
//! AES-256-GCM does not commit to its key by itself; the commitment beside the ciphertext does, so
//! that one sealed value cannot be made to open under two slots.

use zeroize::Zeroizing;

use crate::kdf::{Use, key_and_commitment, second_half};
use crate::{OpenError, Place, SlotKey, gcm, same};

const VERSION: u8 = 1;
const ALGORITHM: u8 = 1;
const HEADER: usize = 48;

/// What stands in the clear before a sealed value, so that a reader finds its slot and schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// The version of the sealed format.
    pub version: u8,
    /// The cipher; 1 is AES-256-GCM with derived keys.
    pub algorithm: u8,
    /// The schema version the value was written in.
    pub schema: u16,
    /// The slot that opens it.
    pub slot: u32,
    /// The nonce, which also gives the salt of a ledger entry.
    pub nonce: [u8; 24],
}

/// Seals a value for one place; `kind` keeps values of different sorts apart that share a place.
///
/// The nonce must be random and fresh: `random(rng)`.
pub fn seal(key: &SlotKey, kind: u8, place: &Place<'_>, nonce: [u8; 24], plain: &[u8]) -> Vec<u8> {
    let blocks = key.derive::<4>(Use::Record, &nonce);
    let (record_key, commitment) = parts(&blocks);
    let capacity = HEADER.saturating_add(plain.len()).saturating_add(gcm::TAG);
    let mut out = Vec::with_capacity(capacity);
    out.extend_from_slice(&[VERSION, ALGORITHM]);
    out.extend_from_slice(&place.schema.to_be_bytes());
    out.extend_from_slice(&place.slot.to_be_bytes());
    out.extend_from_slice(&nonce);
    out.extend_from_slice(commitment);
    gcm::seal_into(&mut out, &gcm::key(record_key), second_half(&nonce), &aad(kind, place), plain);
    out
}

/// Opens a value where it belongs; anything else about it being wrong is an error.
pub fn open(
    key: &SlotKey,
    kind: u8,
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (header, claimed, body) = split(sealed)?;
    if (header.schema, header.slot) != (place.schema, place.slot) {
        return Err(OpenError::Place);
    }
    let blocks = key.derive::<4>(Use::Record, &header.nonce);
    let (record_key, commitment) = parts(&blocks);
    if !same(commitment, claimed) {
        return Err(OpenError::Key);
    }
    gcm::open(&gcm::key(record_key), second_half(&header.nonce), &aad(kind, place), body)
}

/// Reads what stands in the clear, to find the slot before opening.
pub fn header(sealed: &[u8]) -> Result<Header, OpenError> {
    split(sealed).map(|(header, _, _)| header)
}

fn split(sealed: &[u8]) -> Result<(Header, &[u8; 16], &[u8]), OpenError> {
    let (start, rest) = sealed.split_first_chunk::<8>().ok_or(OpenError::Short)?;
    let (nonce, rest) = rest.split_first_chunk::<24>().ok_or(OpenError::Short)?;
    let (commitment, body) = rest.split_first_chunk::<16>().ok_or(OpenError::Short)?;
    let [version, algorithm, s0, s1, l0, l1, l2, l3] = *start;
    if version != VERSION {
        return Err(OpenError::Version(version));
    }
    if algorithm != ALGORITHM {
        return Err(OpenError::Algorithm(algorithm));
    }
    if body.len() < gcm::TAG {
        return Err(OpenError::Short);
    }
    let schema = u16::from_be_bytes([s0, s1]);
    let slot = u32::from_be_bytes([l0, l1, l2, l3]);
    Ok((Header { version, algorithm, schema, slot, nonce: *nonce }, commitment, body))
}

/// The record's key, and the half of the commitment that a record has room for.
fn parts(blocks: &[[u8; 16]; 4]) -> (&[u8], &[u8; 16]) {
    let [_, _, commitment, _] = blocks;
    (key_and_commitment(blocks).0, commitment)
}

fn aad(kind: u8, place: &Place<'_>) -> Vec<u8> {
    place.bind([VERSION, ALGORITHM, Use::Record.letter(), kind])
}

#[cfg(test)]
mod tests;
