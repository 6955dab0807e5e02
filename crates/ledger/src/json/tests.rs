use super::*;

#[test]
fn ordinary_json_reads_as_the_library_reads_it() {
    let text = br#"{"a": [1, -2, 0.5, true, null, "x\u00e9\ud83d\ude00"], "b": {"a": {}}}"#;

    assert_eq!(parse(text), serde_json::from_slice(text).ok());
    assert!(parse(text).is_some());
}

#[test]
fn a_member_that_stands_twice_is_refused_at_any_depth() {
    assert_eq!(parse(br#"{"a": 1, "a": 1}"#), None);
    assert_eq!(parse(br#"{"a": 1, "\u0061": 2}"#), None);
    assert_eq!(parse(br#"[{"b": {"a": 1, "c": 2, "a": 3}}]"#), None);
    assert!(parse(br#"{"b": {"a": 1}, "c": {"a": 1}}"#).is_some());
}

#[test]
fn nothing_may_follow_and_nothing_may_be_missing() {
    for text in ["", "{", "{} {}", "{}x", "{\"a\":1,}", "'a'", "\u{feff}{}"] {
        assert_eq!(parse(text.as_bytes()), None, "{text:?}");
    }
    assert_eq!(parse(&[b'"', 0xff, b'"']), None);
    assert_eq!(parse("[".repeat(100_000).as_bytes()), None);
}
