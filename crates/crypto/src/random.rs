//! Where chance comes from: passed in, so that tests repeat.

use crate::error::sure;
use crate::sha256;

/// A source of random bytes, passed to whoever makes keys, nonces or ids.
///
/// It cannot fail for callers: a source that has nothing to give ends the process instead of
/// answering weak bytes.
pub trait Random: Send {
    /// Overwrites all of `bytes` with random ones.
    fn fill(&mut self, bytes: &mut [u8]);
}

/// The operating system's generator, for everything real.
///
/// Aborts the process (`std::process::abort`) when the system has no entropy: there is no safe way
/// on without it.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn fill(&mut self, bytes: &mut [u8]) {
        sure(aws_lc_rs::rand::fill(bytes));
    }
}

/// A generator that repeats, for tests and the demo's data only: whoever knows the seed knows
/// every byte.
///
/// Its bytes are `SHA-256(label ‖ seed ‖ counter)`, block after block.
#[derive(Debug, Clone)]
pub struct Seeded {
    seed: u64,
    counter: u64,
    rest: Vec<u8>,
}

impl Seeded {
    /// Starts the sequence of this seed; equal seeds give equal bytes.
    pub fn new(seed: u64) -> Seeded {
        Seeded { seed, counter: 0, rest: Vec::new() }
    }
}

impl Random for Seeded {
    fn fill(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            if self.rest.is_empty() {
                let (seed, counter) = (self.seed.to_be_bytes(), self.counter.to_be_bytes());
                self.rest = sha256(&[b"janji seeded v1\0", &seed, &counter]).into();
                self.rest.reverse();
                self.counter = self.counter.wrapping_add(1);
            }
            *byte = self.rest.pop().unwrap_or_default();
        }
    }
}

/// Draws a fixed number of bytes, for nonces, salts and ids.
pub fn random<const N: usize>(rng: &mut dyn Random) -> [u8; N] {
    let mut bytes = [0; N];
    rng.fill(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests;
