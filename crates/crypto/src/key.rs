//! The 32 bytes everything else is derived from.

use std::fmt;

use zeroize::Zeroizing;

use crate::{Random, same};

/// A secret of 32 bytes: wiped from memory when dropped, never printed, never copied by accident.
pub struct Key(Zeroizing<[u8; 32]>);

impl Key {
    /// Takes a key out of a sealed page or an unwrapped secret.
    pub fn from_bytes(bytes: [u8; 32]) -> Key {
        Key(Zeroizing::new(bytes))
    }

    /// Makes a fresh key.
    pub fn random(rng: &mut dyn Random) -> Key {
        let mut bytes = Zeroizing::new([0; 32]);
        rng.fill(&mut *bytes);
        Key(bytes)
    }

    /// Whether this is the all-zero key that a destroyed slot holds: it must not seal anything.
    pub fn is_blank(&self) -> bool {
        same(self.bytes(), &[0; 32])
    }

    /// The bytes, for storing inside a sealed page only.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A second copy, when two owners need it; said out loud, because every copy must die too.
    #[must_use]
    pub fn duplicate(&self) -> Key {
        Key(self.0.clone())
    }
}

impl fmt::Debug for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[key]")
    }
}

#[cfg(test)]
mod tests;
