//! Ed25519 signatures, for checkpoints, journals and certificates.

use std::fmt;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use zeroize::Zeroizing;

use crate::Random;
use crate::error::sure;

/// A private signing key; never printed, its seed wiped when dropped.
pub struct SigningKey {
    seed: Zeroizing<[u8; 32]>,
    pair: Ed25519KeyPair,
}

impl SigningKey {
    /// Makes a fresh key.
    pub fn generate(rng: &mut dyn Random) -> SigningKey {
        let mut seed = Zeroizing::new([0; 32]);
        rng.fill(&mut *seed);
        SigningKey::from_seed(&seed)
    }

    /// Takes a key out of its unwrapped secret.
    pub fn from_seed(seed: &[u8; 32]) -> SigningKey {
        let pair = sure(Ed25519KeyPair::from_seed_unchecked(seed));
        SigningKey { seed: Zeroizing::new(*seed), pair }
    }

    /// The secret itself, for storing wrapped only.
    pub fn seed(&self) -> &[u8; 32] {
        &self.seed
    }

    /// The public half, which verifiers pin.
    pub fn verify_key(&self) -> VerifyKey {
        VerifyKey(sure(self.pair.public_key().as_ref().try_into()))
    }

    /// Signs a message; the same message always gives the same signature.
    pub fn sign(&self, message: &[u8]) -> [u8; 64] {
        sure(sure(self.pair.try_sign(message)).as_ref().try_into())
    }
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[signing key]")
    }
}

/// A public key to verify signatures with.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct VerifyKey([u8; 32]);

impl VerifyKey {
    /// Takes a pinned key; bytes that are no key verify nothing.
    pub fn from_bytes(bytes: [u8; 32]) -> VerifyKey {
        VerifyKey(bytes)
    }

    /// Whether this key signed exactly this message.
    pub fn verify(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        UnparsedPublicKey::new(&ED25519, &self.0).verify(message, signature).is_ok()
    }

    /// The 32 bytes, for publishing.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

#[cfg(test)]
mod tests;
