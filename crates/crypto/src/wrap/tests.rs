use proptest::prelude::*;

use super::*;
use crate::Seeded;
use crate::testing::{every_flip_fails, key};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn what_is_wrapped_unwraps_as_it_was(secret: [u8; 32], context: Vec<u8>, plain: Vec<u8>) {
        let key = Key::from_bytes(secret);
        let wrapped = wrap(&key, &context, &plain, &mut Seeded::new(1));

        prop_assert_eq!(wrapped.len(), HEADER + plain.len() + gcm::TAG);
        prop_assert_eq!(&*unwrap(&key, &context, &wrapped).unwrap(), &plain);
    }

    #[test]
    fn any_bytes_are_refused_without_a_panic(bytes: Vec<u8>) {
        prop_assert!(unwrap(&key(1), b"", &bytes).is_err());
    }
}

#[test]
fn each_flipped_bit_and_each_cut_fails() {
    let wrapped = wrap(&key(1), b"root 7", &[9; 32], &mut Seeded::new(1));

    every_flip_fails(&wrapped, |bytes| unwrap(&key(1), b"root 7", bytes).map(drop));
}

#[test]
fn another_key_or_context_does_not_unwrap() {
    let wrapped = wrap(&key(1), b"root 7", &[9; 32], &mut Seeded::new(1));

    assert_eq!(unwrap(&key(2), b"root 7", &wrapped).map(drop), Err(OpenError::Key));
    assert_eq!(unwrap(&key(1), b"root 8", &wrapped).map(drop), Err(OpenError::Altered));
}

#[test]
fn wrapping_twice_gives_different_bytes() {
    let mut rng = Seeded::new(1);

    assert_ne!(wrap(&key(1), b"", b"same", &mut rng), wrap(&key(1), b"", b"same", &mut rng));
}
