use super::*;

#[test]
fn base64_has_one_spelling() {
    assert_eq!(from_base64("YQ=="), Some(b"a".to_vec()));
    for wrong in ["YQ", "YQ=", "YR==", "YQ==\n", " YQ==", "Y-==", "YQ===", "Y"] {
        assert_eq!(from_base64(wrong), None, "{wrong:?}");
    }
    assert_eq!(hash_from_base64(&base64(&[7; 32])), Some([7; 32]));
    assert_eq!(hash_from_base64(&base64(&[7; 31])), None);
}

#[test]
fn a_number_has_one_spelling() {
    assert_eq!(decimal("0"), Some(0));
    assert_eq!(decimal("18446744073709551615"), Some(u64::MAX));
    for wrong in ["", "00", "01", "+1", "-1", " 1", "1 ", "1_0", "0x1", "18446744073709551616", "١"]
    {
        assert_eq!(decimal(wrong), None, "{wrong:?}");
    }
}

#[test]
fn a_name_has_no_space_plus_or_control_character() {
    assert!(is_name("log.example/ä"));
    for wrong in ["", "a b", "a+b", "a\nb", "a\u{a0}b", "a\u{2003}b", "a\u{7f}b"] {
        assert!(!is_name(wrong), "{wrong:?}");
    }
}
