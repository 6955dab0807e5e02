//! What the tests of several modules share.

use crate::{Key, OpenError, Place, SlotKey};

pub(crate) const NONCE: [u8; 24] = *b"ABCDEFGHIJKLMNOPQRSTUVWX";

pub(crate) fn hex(text: &str) -> Vec<u8> {
    text.as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(std::str::from_utf8(pair).unwrap(), 16).unwrap())
        .collect()
}

pub(crate) fn key(byte: u8) -> Key {
    Key::from_bytes([byte; 32])
}

pub(crate) fn slot_key(byte: u8) -> SlotKey {
    SlotKey::new(&key(byte))
}

pub(crate) fn place() -> Place<'static> {
    Place { workspace: 7, subject: 11, category: "visits", record: 13, schema: 2, slot: 300 }
}

/// Every place that differs from `place()` in one thing.
pub(crate) fn other_places() -> Vec<Place<'static>> {
    vec![
        Place { workspace: 8, ..place() },
        Place { subject: 12, ..place() },
        Place { category: "visit", ..place() },
        Place { category: "visitt", ..place() },
        Place { category: "", ..place() },
        Place { record: 14, ..place() },
        Place { schema: 3, ..place() },
        Place { slot: 301, ..place() },
    ]
}

/// Flips each bit of each byte in turn and requires that none of the results opens.
pub(crate) fn every_flip_fails(sealed: &[u8], opens: impl Fn(&[u8]) -> Result<(), OpenError>) {
    assert_eq!(opens(sealed), Ok(()));
    let mut changed = sealed.to_vec();
    for at in 0..sealed.len() {
        for bit in 0..8 {
            changed[at] ^= 1 << bit;
            assert!(opens(&changed).is_err(), "byte {at} bit {bit}");
            changed[at] ^= 1 << bit;
        }
    }
    for end in 0..sealed.len() {
        assert!(opens(&sealed[..end]).is_err(), "cut at {end}");
    }
    changed.push(0);
    assert!(opens(&changed).is_err(), "longer");
}
