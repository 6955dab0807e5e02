//! Keys under keys: pages, roots and secrets, with AES-256-GCM-SIV and a 32-byte commitment.
//!
//! A wrap is rare and guards many keys, so it takes what costs a little more: a cipher that
//! survives a repeated nonce, and a commitment that no one can make collide.

use zeroize::Zeroizing;

use crate::hash::derive;
use crate::kdf::second_half;
use crate::{Key, OpenError, Random, gcm, random, same};

const VERSION: u8 = 1;
const ALGORITHM: u8 = 2;
const HEADER: usize = 58;

/// Wraps keys or a secret; `context` says which one it is and must be given again to unwrap.
pub fn wrap(key: &Key, context: &[u8], plain: &[u8], rng: &mut dyn Random) -> Vec<u8> {
    let nonce: [u8; 24] = random(rng);
    let capacity = HEADER.saturating_add(plain.len()).saturating_add(gcm::TAG);
    let mut out = Vec::with_capacity(capacity);
    out.extend_from_slice(&[VERSION, ALGORITHM]);
    out.extend_from_slice(&nonce);
    out.extend_from_slice(&commitment(key, &nonce));
    let wrapping = wrapping_key(key, &nonce);
    gcm::seal_into(&mut out, &wrapping, second_half(&nonce), &aad(context), plain);
    out
}

/// Unwraps what `wrap` made under the same key and context.
pub fn unwrap(key: &Key, context: &[u8], wrapped: &[u8]) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (&[version, algorithm], rest) = wrapped.split_first_chunk().ok_or(OpenError::Short)?;
    let (nonce, rest) = rest.split_first_chunk::<24>().ok_or(OpenError::Short)?;
    let (claimed, body) = rest.split_first_chunk::<32>().ok_or(OpenError::Short)?;
    if version != VERSION {
        return Err(OpenError::Version(version));
    }
    if algorithm != ALGORITHM {
        return Err(OpenError::Algorithm(algorithm));
    }
    if !same(&commitment(key, nonce), claimed) {
        return Err(OpenError::Key);
    }
    gcm::open(&wrapping_key(key, nonce), second_half(nonce), &aad(context), body)
}

fn commitment(key: &Key, nonce: &[u8; 24]) -> [u8; 32] {
    derive(key, "janji wrap commitment v1", &[nonce])
}

fn wrapping_key(key: &Key, nonce: &[u8; 24]) -> aws_lc_rs::aead::LessSafeKey {
    gcm::siv_key(&*Zeroizing::new(derive(key, "janji wrap key v1", &[nonce])))
}

fn aad(context: &[u8]) -> Vec<u8> {
    [&[VERSION, ALGORITHM], context].concat()
}

#[cfg(test)]
mod tests;
