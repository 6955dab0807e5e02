//! Public ids: a keyed permutation, so that an id tells nothing about how many there are or in
//! which order they came, and needs no table to be found again.

use std::fmt;

use aws_lc_rs::cipher::{
    AES_256, DecryptingKey, DecryptionContext, EncryptingKey, UnboundCipherKey,
};
use zeroize::Zeroizing;

use crate::Key;
use crate::error::sure;
use crate::hash::derive;

/// Turns internal numbers into public ids and back, one key a workspace.
pub struct IdKey {
    hide: EncryptingKey,
    find: DecryptingKey,
}

impl IdKey {
    /// Prepares the permutation of this key.
    pub fn new(key: &Key) -> IdKey {
        let bytes = Zeroizing::new(derive(key, "janji public id v1", &[]));
        let unbound = || sure(UnboundCipherKey::new(&AES_256, &*bytes));
        IdKey {
            hide: sure(EncryptingKey::ecb(unbound())),
            find: sure(DecryptingKey::ecb(unbound())),
        }
    }

    /// The public id of a number; `kind` keeps a record's id from being taken for a subject's.
    pub fn hide(&self, kind: u8, number: u64) -> [u8; 16] {
        let mut block = (u128::from(kind) << 120 | u128::from(number)).to_be_bytes();
        sure(self.hide.encrypt(&mut block));
        block
    }

    /// The number behind a public id, or none when it is no id of this kind and key.
    pub fn find(&self, kind: u8, hidden: &[u8; 16]) -> Option<u64> {
        let mut block = *hidden;
        sure(self.find.decrypt(&mut block, DecryptionContext::None));
        u64::try_from(u128::from_be_bytes(block) ^ u128::from(kind) << 120).ok()
    }
}

impl fmt::Debug for IdKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[id key]")
    }
}

#[cfg(test)]
mod tests;
