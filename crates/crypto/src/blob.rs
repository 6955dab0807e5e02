//! Large sealed objects in chunks (the STREAM construction): order, truncation and extension are
//! detected, memory stays at one chunk, and a chunk can be read alone.

use std::fmt;

use aws_lc_rs::aead::LessSafeKey;
use zeroize::{Zeroize, Zeroizing};

use crate::error::sure;
use crate::kdf::{Use, key_and_commitment};
use crate::{OpenError, Place, SlotKey, gcm, same};

const VERSION: u8 = 1;
const ALGORITHM: u8 = 3;

/// How much plaintext a chunk holds; only the last one may hold less.
pub const CHUNK: usize = 64 * 1024;
/// How long a sealed chunk is; where a reader cuts the stream.
pub const SEALED_CHUNK: usize = CHUNK + gcm::TAG;
/// How long the header before the first chunk is.
pub const BLOB_HEADER: usize = 62;

/// Seals a stream: write `header()`, then whatever `chunk` answers.
pub struct BlobSealer {
    stream: Stream,
    waiting: Zeroizing<Vec<u8>>,
    next: u32,
}

impl BlobSealer {
    /// Begins a blob for one place; the nonce must be random and fresh.
    pub fn new(key: &SlotKey, place: &Place<'_>, nonce: [u8; 24]) -> BlobSealer {
        let waiting = Zeroizing::new(Vec::with_capacity(CHUNK));
        BlobSealer { stream: Stream::new(key, place, nonce), waiting, next: 0 }
    }

    /// What stands before the first chunk.
    pub fn header(&self) -> Vec<u8> {
        self.stream.header.clone()
    }

    /// Takes plaintext of any length and answers the sealed chunks that are full; with `last` also
    /// the one that ends the blob, once.
    ///
    /// What follows after `last` opens nowhere. Ends the process after 2^32 chunks (256 TiB).
    pub fn chunk(&mut self, plain: &[u8], last: bool) -> Vec<u8> {
        let mut out = Vec::new();
        let mut rest = plain;
        loop {
            let room = CHUNK.saturating_sub(self.waiting.len());
            let (now, later) = rest.split_at_checked(room).unwrap_or((rest, &[]));
            self.waiting.extend_from_slice(now);
            rest = later;
            let full = self.waiting.len() == CHUNK;
            let ends = last && rest.is_empty();
            if ends || full {
                self.seal_waiting(&mut out, ends);
            }
            if rest.is_empty() {
                return out;
            }
        }
    }

    fn seal_waiting(&mut self, out: &mut Vec<u8>, last: bool) {
        let nonce = self.stream.nonce(self.next, last);
        gcm::seal_into(out, &self.stream.key, nonce, &self.stream.aad, &self.waiting);
        self.waiting.as_mut_slice().zeroize();
        self.waiting.clear();
        self.next = sure(self.next.checked_add(1).ok_or(()));
    }
}

impl fmt::Debug for BlobSealer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobSealer").field("next", &self.next).finish_non_exhaustive()
    }
}

/// Opens a blob chunk by chunk; nothing counts as whole before the chunk with `last` has opened.
pub struct BlobOpener {
    stream: Stream,
    next: u32,
    ended: bool,
}

impl BlobOpener {
    /// Checks the header and that this key sealed it.
    pub fn new(key: &SlotKey, place: &Place<'_>, header: &[u8]) -> Result<BlobOpener, OpenError> {
        let (start, rest) = header.split_first_chunk::<6>().ok_or(OpenError::Short)?;
        let (nonce, _) = rest.split_first_chunk::<24>().ok_or(OpenError::Short)?;
        let [version, algorithm, ..] = *start;
        if version != VERSION {
            return Err(OpenError::Version(version));
        }
        if algorithm != ALGORITHM {
            return Err(OpenError::Algorithm(algorithm));
        }
        if header.len() != BLOB_HEADER {
            return Err(OpenError::Short);
        }
        let stream = Stream::new(key, place, *nonce);
        if !same(&stream.header, header) {
            return Err(OpenError::Key);
        }
        Ok(BlobOpener { stream, next: 0, ended: false })
    }

    /// Opens the next chunk; `last` says that the stored bytes end with it.
    pub fn chunk(&mut self, sealed: &[u8], last: bool) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if self.ended {
            return Err(OpenError::Altered);
        }
        let plain = self.chunk_at(self.next, sealed, last)?;
        self.next = self.next.checked_add(1).ok_or(OpenError::Altered)?;
        self.ended = last;
        Ok(plain)
    }

    /// Opens one chunk alone, for a range of a large object.
    pub fn chunk_at(
        &self,
        index: u32,
        sealed: &[u8],
        last: bool,
    ) -> Result<Zeroizing<Vec<u8>>, OpenError> {
        if sealed.len() > SEALED_CHUNK {
            return Err(OpenError::Altered);
        }
        gcm::open(&self.stream.key, self.stream.nonce(index, last), &self.stream.aad, sealed)
    }
}

impl fmt::Debug for BlobOpener {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BlobOpener").field("next", &self.next).finish_non_exhaustive()
    }
}

/// Seals a blob that fits in memory: header and chunks in one.
pub fn seal_blob(key: &SlotKey, place: &Place<'_>, nonce: [u8; 24], plain: &[u8]) -> Vec<u8> {
    let mut sealer = BlobSealer::new(key, place, nonce);
    let mut out = sealer.header();
    out.extend(sealer.chunk(plain, true));
    out
}

/// Opens a whole blob.
pub fn open_blob(
    key: &SlotKey,
    place: &Place<'_>,
    sealed: &[u8],
) -> Result<Zeroizing<Vec<u8>>, OpenError> {
    let (header, mut rest) = sealed.split_at_checked(BLOB_HEADER).ok_or(OpenError::Short)?;
    let mut opener = BlobOpener::new(key, place, header)?;
    let mut plain = Zeroizing::new(Vec::with_capacity(rest.len()));
    loop {
        let (chunk, later) = rest.split_at_checked(SEALED_CHUNK).unwrap_or((rest, &[]));
        rest = later;
        plain.extend_from_slice(&opener.chunk(chunk, rest.is_empty())?);
        if rest.is_empty() {
            return Ok(plain);
        }
    }
}

/// What sealing and opening share: the blob's own key, its header, and what each chunk is bound to.
struct Stream {
    key: LessSafeKey,
    header: Vec<u8>,
    prefix: [u8; 7],
    aad: Vec<u8>,
}

impl Stream {
    fn new(key: &SlotKey, place: &Place<'_>, nonce: [u8; 24]) -> Stream {
        let blocks = key.derive::<4>(Use::Blob, &nonce);
        let (key, commitment) = key_and_commitment(&blocks);
        let mut header = vec![VERSION, ALGORITHM];
        header.extend_from_slice(&sure(u32::try_from(CHUNK)).to_be_bytes());
        header.extend_from_slice(&nonce);
        header.extend_from_slice(commitment);
        let mut prefix = [0; 7];
        for (to, from) in prefix.iter_mut().zip(nonce.iter().skip(12)) {
            *to = *from;
        }
        let mut aad = place.bind([VERSION, ALGORITHM, Use::Blob.letter(), 0]);
        aad.extend_from_slice(&header);
        Stream { key: gcm::key(key), header, prefix, aad }
    }

    /// `prefix ‖ counter ‖ last`: each chunk has its own, and the end has one that no other chunk has.
    fn nonce(&self, index: u32, last: bool) -> [u8; 12] {
        let [p0, p1, p2, p3, p4, p5, p6] = self.prefix;
        let [c0, c1, c2, c3] = index.to_be_bytes();
        [p0, p1, p2, p3, p4, p5, p6, c0, c1, c2, c3, u8::from(last)]
    }
}

#[cfg(test)]
mod tests;
