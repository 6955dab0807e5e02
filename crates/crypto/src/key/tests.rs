use super::*;
use crate::Seeded;

#[test]
fn a_key_does_not_print() {
    assert_eq!(format!("{:?}", Key::from_bytes([1; 32])), "[key]");
}

#[test]
fn only_the_all_zero_key_is_blank() {
    assert!(Key::from_bytes([0; 32]).is_blank());
    for at in 0..32 {
        let mut bytes = [0; 32];
        bytes[at] = 0x80;
        assert!(!Key::from_bytes(bytes).is_blank());
    }
}

#[test]
fn a_duplicate_is_the_same_key() {
    let key = Key::random(&mut Seeded::new(1));

    assert_eq!(key.duplicate().bytes(), key.bytes());
    assert!(!key.is_blank());
}
