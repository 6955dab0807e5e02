use proptest::prelude::*;

use super::*;
use crate::testing::key;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..Default::default() })]

    #[test]
    fn a_hidden_number_is_found_again(kind: u8, number: u64) {
        let ids = IdKey::new(&key(1));

        prop_assert_eq!(ids.find(kind, &ids.hide(kind, number)), Some(number));
    }

    #[test]
    fn a_number_is_found_only_by_its_kind_and_key(kind: u8, other: u8, number: u64) {
        prop_assume!(kind != other);
        let ids = IdKey::new(&key(1));
        let hidden = ids.hide(kind, number);

        prop_assert_eq!(ids.find(other, &hidden), None);
        prop_assert_eq!(IdKey::new(&key(2)).find(kind, &hidden), None);
    }

    #[test]
    fn a_guessed_id_is_nobody(hidden: [u8; 16]) {
        prop_assert_eq!(IdKey::new(&key(1)).find(1, &hidden), None);
    }
}

#[test]
fn neighbours_do_not_look_alike() {
    let ids = IdKey::new(&key(1));
    let (a, b) = (ids.hide(1, 1), ids.hide(1, 2));
    let differing: u32 = a.iter().zip(b).map(|(a, b)| (a ^ b).count_ones()).sum();

    assert!(differing > 30, "{differing}");
}
