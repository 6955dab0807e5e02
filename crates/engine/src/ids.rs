//! Numbers inside, unguessable ids outside: a public id is a keyed permutation of the number, so that
//! ids reveal neither order nor count, and one made up or taken from another workspace is nobody's.

use std::fmt;

use crypto::{IdKey, Key, Random};

/// What an id is an id of; it is part of the permuted block and the prefix of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Kind {
    /// A data subject.
    Subject = 1,
    /// A record.
    Record = 2,
    /// A blob.
    Blob = 3,
    /// A consent.
    Consent = 4,
    /// A legal hold.
    Hold = 5,
    /// A person's request.
    Request = 6,
    /// A certificate.
    Certificate = 7,
    /// A notice to a person.
    Notice = 8,
    /// A copy that a legal duty keeps.
    Copy = 20,
    /// Access that staff asked for.
    Grant = 9,
}

impl Kind {
    fn prefix(self) -> &'static str {
        match self {
            Kind::Subject => "sub_",
            Kind::Record => "rec_",
            Kind::Blob => "blo_",
            Kind::Consent => "con_",
            Kind::Hold => "hol_",
            Kind::Request => "req_",
            Kind::Certificate => "crt_",
            Kind::Notice => "not_",
            Kind::Copy => "cpy_",
            Kind::Grant => "gra_",
        }
    }
}

/// The number of a record or blob: 36 bits of subject, 27 bits of its own, so that everything of a
/// person is one range.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rid(pub u64);

const OWN_BITS: u32 = 27;

impl Rid {
    /// The record `own` of a subject.
    pub fn new(subject: u64, own: u64) -> Rid {
        Rid((subject << OWN_BITS) | own)
    }

    /// Whose it is.
    pub fn subject(self) -> u64 {
        self.0 >> OWN_BITS
    }

    /// Its number under the subject.
    pub fn own(self) -> u64 {
        self.0 & ((1 << OWN_BITS) - 1)
    }

    /// The first and last number a subject's records can have.
    pub fn range(subject: u64) -> (u64, u64) {
        (subject << OWN_BITS, ((subject + 1) << OWN_BITS) - 1)
    }
}

/// A number for something that is not a record: random, so that none is ever used twice, also after a
/// restore that forgot some.
pub fn fresh(rng: &mut dyn Random) -> u64 {
    u64::from_be_bytes(crypto::random::<8>(rng)) >> 1
}

/// Shows and finds the public ids of one workspace.
pub struct Ids(IdKey);

impl fmt::Debug for Ids {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Ids")
    }
}

const LETTERS: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
/// 128 bits in letters of five bits.
const LEN: usize = 26;

impl Ids {
    /// The ids under a workspace's id key.
    pub fn new(key: &Key) -> Ids {
        Ids(IdKey::new(key))
    }

    /// The public id of a number.
    pub fn show(&self, kind: Kind, number: u64) -> String {
        let mut bits = u128::from_be_bytes(self.0.hide(kind as u8, number));
        let mut text = [b'0'; LEN];
        for letter in text.iter_mut().rev() {
            let index = usize::try_from(bits & 31).unwrap_or(0);
            *letter = LETTERS.get(index).copied().unwrap_or(b'0');
            bits >>= 5;
        }
        let mut shown = kind.prefix().to_owned();
        shown.extend(text.iter().map(|letter| char::from(*letter)));
        shown
    }

    /// The number behind a public id of this workspace and kind; anything else is `None`.
    pub fn find(&self, kind: Kind, shown: &str) -> Option<u64> {
        let letters = shown.strip_prefix(kind.prefix())?.as_bytes();
        if letters.len() != LEN {
            return None;
        }
        let mut bits: u128 = 0;
        for (place, letter) in letters.iter().enumerate() {
            let value = LETTERS.iter().position(|known| known == letter)?;
            // The first letter carries three bits only; more would be a second spelling of one id.
            if place == 0 && value > 7 {
                return None;
            }
            bits = (bits << 5) | u128::try_from(value).ok()?;
        }
        self.0.find(kind as u8, &bits.to_be_bytes())
    }
}
