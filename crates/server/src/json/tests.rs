use serde_json::json;

use super::*;

#[test]
fn a_document_is_read_as_it_is() {
    let read = read(br#"{"a": [1, -2, 1.5, "x", null, true], "b": {"c": {}}}"#);
    assert_eq!(read, Ok(json!({"a": [1, -2, 1.5, "x", null, true], "b": {"c": {}}})));
}

#[test]
fn a_name_said_twice_is_refused() {
    assert_eq!(read(br#"{"on": true, "on": false}"#), Err(Malformed::Twice));
    assert_eq!(read(br#"{"fields": {"a": 1, "a": 1}}"#), Err(Malformed::Twice));
}

#[test]
fn deep_nesting_is_refused_and_shallow_is_not() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(nested(limits::JSON_DEPTH).as_bytes()).is_ok());
    assert_eq!(read(nested(limits::JSON_DEPTH + 1).as_bytes()), Err(Malformed::Deep));
    assert_eq!(read("[".repeat(100_000).as_bytes()), Err(Malformed::Deep));
}

#[test]
fn what_is_no_json_is_refused() {
    for text in ["", "{", "{} x", "nul", "{\"a\":}", "\u{feff}{}"] {
        assert_eq!(read(text.as_bytes()), Err(Malformed::Syntax), "{text:?}");
    }
}
