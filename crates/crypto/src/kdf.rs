//! From one slot key to the key of each record: SP 800-108 in counter mode over AES-256-CMAC, the
//! construction of XAES-256-GCM, so that a record costs a few AES blocks and no hash.

use std::fmt;

use aws_lc_rs::cipher::{AES_256, EncryptingKey, UnboundCipherKey};
use zeroize::Zeroizing;

use crate::Key;
use crate::error::sure;

const BLOCK: usize = 16;

/// What a derivation is for: the letter in each block of its input, which keeps uses apart.
#[derive(Clone, Copy)]
pub(crate) enum Use {
    Record,
    Salt,
    Blob,
}

impl Use {
    pub(crate) fn letter(self) -> u8 {
        match self {
            Use::Record => b'X',
            Use::Salt => b'S',
            Use::Blob => b'B',
        }
    }
}

/// The cipher schedule of one slot, made once and cached: what records, blobs and details of that
/// slot are sealed under.
pub struct SlotKey {
    aes: EncryptingKey,
    mask: Zeroizing<[u8; BLOCK]>,
}

impl SlotKey {
    /// Prepares a key for many seals.
    pub fn new(key: &Key) -> SlotKey {
        let unbound = sure(UnboundCipherKey::new(&AES_256, key.bytes()));
        let aes = sure(EncryptingKey::ecb(unbound));
        let mut mask = Zeroizing::new([0; BLOCK]);
        sure(aes.encrypt(&mut *mask));
        double(&mut mask);
        SlotKey { aes, mask }
    }

    /// The salt of the ledger entry whose detail is sealed with this nonce: it dies with the slot.
    pub fn salt(&self, nonce: &[u8; 24]) -> [u8; 32] {
        let blocks = self.derive::<2>(Use::Salt, nonce);
        sure(blocks.as_flattened().try_into())
    }

    /// `N` blocks of key material from the first half of the nonce.
    pub(crate) fn derive<const N: usize>(
        &self,
        purpose: Use,
        nonce: &[u8; 24],
    ) -> Zeroizing<[[u8; BLOCK]; N]> {
        let mut blocks = Zeroizing::new([[0; BLOCK]; N]);
        for (counter, block) in (1..).zip(blocks.iter_mut()) {
            let input = [0, counter, purpose.letter(), 0].into_iter().chain(*nonce);
            for ((byte, from), mask) in block.iter_mut().zip(input).zip(self.mask.iter()) {
                *byte = from ^ mask;
            }
        }
        sure(self.aes.encrypt(blocks.as_flattened_mut()));
        blocks
    }
}

impl fmt::Debug for SlotKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[slot key]")
    }
}

/// The first 32 bytes, which are the key, and the 32 that commit to it; borrowed, so that no copy of
/// the key stays behind.
pub(crate) fn key_and_commitment(blocks: &[[u8; BLOCK]; 4]) -> (&[u8], &[u8]) {
    sure(blocks.as_flattened().split_at_checked(32).ok_or(()))
}

/// The second half of a nonce, which the cipher itself takes.
pub(crate) fn second_half(nonce: &[u8; 24]) -> [u8; 12] {
    let mut half = [0; 12];
    for (to, from) in half.iter_mut().zip(nonce.iter().skip(12)) {
        *to = *from;
    }
    half
}

/// Doubling in GF(2^128), as CMAC makes its subkey; without a branch on secret bits.
fn double(block: &mut [u8; BLOCK]) {
    let value = u128::from_be_bytes(*block);
    let carry = (value >> 127).wrapping_neg() & 0b1000_0111;
    *block = ((value << 1) ^ carry).to_be_bytes();
}

#[cfg(test)]
mod tests;
