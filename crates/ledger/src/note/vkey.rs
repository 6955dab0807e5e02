//! Verifier keys: what a verifier pins.

use std::fmt;
use std::str::FromStr;

use crypto::{VerifyKey, sha256};

use super::{NoteError, cosigned};
use crate::text::{base64, from_base64, is_name};

pub(super) const ED25519: u8 = 0x01;
pub(super) const COSIGNATURE: u8 = 0x04;

/// A public key with its name, as `name+id+key`: of a log, or of a witness.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vkey {
    name: String,
    kind: u8,
    key: VerifyKey,
}

impl Vkey {
    pub(super) fn from_parts(name: &str, kind: u8, key: VerifyKey) -> Vkey {
        Vkey { name: name.to_owned(), kind, key }
    }

    /// The name that stands in the key's signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The four bytes that, with the name, mark the key's signature lines.
    pub fn id(&self) -> [u8; 4] {
        let hash = sha256(&[self.name.as_bytes(), b"\n", &[self.kind], self.key.bytes()]);
        let [a, b, c, d, ..] = hash;
        [a, b, c, d]
    }

    /// Whether its lines are a witness's cosignatures.
    pub fn is_cosigner(&self) -> bool {
        self.kind == COSIGNATURE
    }

    /// The bare key, to find the same one under two names.
    pub fn key(&self) -> &VerifyKey {
        &self.key
    }

    /// Checks the bytes of one line of this key; answers the time of a cosignature.
    pub(super) fn check(&self, text: &str, signature: &[u8]) -> Result<Option<u64>, NoteError> {
        if !self.is_cosigner() {
            return self.signed(text, signature).map(|()| None);
        }
        let (time, signature) = signature.split_first_chunk().ok_or(NoteError::BadSignature)?;
        let time = u64::from_be_bytes(*time);
        self.signed(&cosigned(text, time), signature)?;
        let representable = i64::try_from(time).is_ok();
        representable.then_some(Some(time)).ok_or(NoteError::BadSignature)
    }

    fn signed(&self, message: &str, signature: &[u8]) -> Result<(), NoteError> {
        let signature = signature.try_into().map_err(|_| NoteError::BadSignature)?;
        let whole = self.key.verify(message.as_bytes(), signature);
        if whole { Ok(()) } else { Err(NoteError::BadSignature) }
    }
}

impl fmt::Display for Vkey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let id = u32::from_be_bytes(self.id());
        let key = base64(&[&[self.kind], &self.key.bytes()[..]].concat());
        write!(f, "{}+{id:08x}+{key}", self.name)
    }
}

impl FromStr for Vkey {
    type Err = NoteError;

    /// Reads a verifier key in its one spelling.
    fn from_str(text: &str) -> Result<Vkey, NoteError> {
        let (name, rest) = text.split_once('+').ok_or(NoteError::Vkey)?;
        let (_, key) = rest.split_once('+').ok_or(NoteError::Vkey)?;
        if !is_name(name) {
            return Err(NoteError::Name);
        }
        let bytes = from_base64(key).ok_or(NoteError::Vkey)?;
        let (kind, key) = bytes.split_first().ok_or(NoteError::Vkey)?;
        if ![ED25519, COSIGNATURE].contains(kind) {
            return Err(NoteError::Unsupported);
        }
        let key = VerifyKey::from_bytes(key.try_into().map_err(|_| NoteError::Vkey)?);
        let vkey = Vkey::from_parts(name, *kind, key);
        if vkey.to_string() == text { Ok(vkey) } else { Err(NoteError::Vkey) }
    }
}
