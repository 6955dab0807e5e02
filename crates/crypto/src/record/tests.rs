use proptest::prelude::*;

use super::*;
use crate::testing::{NONCE, every_flip_fails, other_places, place, slot_key};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_sealed_opens_as_it_was(
        key: u8,
        kind: u8,
        nonce: [u8; 24],
        numbers: (u64, u64, u64),
        row: (u16, u32),
        category: String,
        plain: Vec<u8>,
    ) {
        let ((workspace, subject, record), (schema, slot)) = (numbers, row);
        let place = Place { workspace, subject, category: &category, record, schema, slot };
        let sealed = seal(&slot_key(key), kind, &place, nonce, &plain);

        prop_assert_eq!(sealed.len(), HEADER + plain.len() + gcm::TAG);
        prop_assert_eq!(&*open(&slot_key(key), kind, &place, &sealed).unwrap(), &plain);
        prop_assert_eq!(
            header(&sealed),
            Ok(Header { version: 1, algorithm: 1, schema, slot, nonce })
        );
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes: Vec<u8>) {
        prop_assert!(open(&slot_key(1), 0, &place(), &bytes).is_err());
        let framed = [&[1, 1, 0, 2, 0, 0, 1, 44], &bytes[..]].concat();
        prop_assert!(open(&slot_key(1), 0, &place(), &framed).is_err());
    }
}

#[test]
fn each_flipped_bit_and_each_cut_fails() {
    let key = slot_key(1);
    for plain in [&b""[..], b"Asha came at nine"] {
        let sealed = seal(&key, 5, &place(), NONCE, plain);
        every_flip_fails(&sealed, |bytes| open(&key, 5, &place(), bytes).map(drop));
    }
}

#[test]
fn a_value_opens_nowhere_else() {
    let key = slot_key(1);
    let sealed = seal(&key, 5, &place(), NONCE, b"Asha came at nine");

    for other in other_places() {
        assert!(open(&key, 5, &other, &sealed).is_err(), "{other:?}");
    }
    assert_eq!(open(&key, 6, &place(), &sealed).map(drop), Err(OpenError::Altered));
}

#[test]
fn errors_say_what_is_wrong() {
    let sealed = seal(&slot_key(1), 5, &place(), NONCE, b"Asha");
    let opened = |bytes: &[u8]| open(&slot_key(1), 5, &place(), bytes).map(drop);
    let with = |at: usize, byte: u8| {
        let mut changed = sealed.clone();
        changed[at] = byte;
        changed
    };

    assert_eq!(opened(&sealed[..63]), Err(OpenError::Short));
    assert_eq!(opened(&with(0, 9)), Err(OpenError::Version(9)));
    assert_eq!(opened(&with(1, 9)), Err(OpenError::Algorithm(9)));
    assert_eq!(opened(&with(7, 9)), Err(OpenError::Place));
    assert_eq!(opened(&with(60, 9)), Err(OpenError::Altered));
    assert_eq!(open(&slot_key(2), 5, &place(), &sealed).map(drop), Err(OpenError::Key));
}

#[test]
fn the_sealed_format_does_not_change() {
    let sealed = seal(&slot_key(1), 5, &place(), NONCE, b"XAES-256-GCM");
    let start = [&[1, 1, 0, 2, 0, 0, 1, 44], &NONCE[..]].concat();

    assert_eq!(sealed[..32], start);
    // The ciphertext is that of the published XAES-256-GCM vector; only the tag covers our place.
    assert_eq!(sealed[48..60], crate::testing::hex("ce546ef63c9cc60765923609"));
}
