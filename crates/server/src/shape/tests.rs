use serde_json::json;

use super::*;

const SHAPE: Shape = Shape::Object(&[
    need("name", Shape::Text, "a name"),
    may("since", Shape::Time, ""),
    may("inner", Shape::Object(&[need("kind", Shape::Word(&["a", "b"]), "")]), ""),
]);

fn field(value: &Value) -> String {
    SHAPE.check(value, "").unwrap_err().field
}

#[test]
fn what_fits_passes() {
    let whole = json!({"name": "x", "since": "2026-03-01T08:00:00Z", "inner": {"kind": "b"}});
    assert_eq!(SHAPE.check(&whole, ""), Ok(()));
    assert_eq!(SHAPE.check(&json!({"name": "x"}), ""), Ok(()));
}

#[test]
fn an_unknown_field_is_named_with_its_path() {
    assert_eq!(field(&json!({"name": "x", "extra": 1})), "extra");
    assert_eq!(field(&json!({"name": "x", "inner": {"kind": "a", "more": 1}})), "inner.more");
}

#[test]
fn a_name_that_may_be_a_value_is_not_repeated() {
    assert_eq!(field(&json!({"name": "x", "budi@example.com": 1})), "a field");
}

#[test]
fn a_missing_and_a_wrong_field_are_named_without_their_value() {
    assert_eq!(field(&json!({})), "name");
    let misfit = SHAPE.check(&json!({"name": "x", "inner": {"kind": "secret"}}), "").unwrap_err();
    assert_eq!(misfit.field, "inner.kind");
    assert!(!misfit.rule.contains("secret"));
}

#[test]
fn the_schema_allows_nothing_else() {
    assert_eq!(SHAPE.schema()["additionalProperties"], json!(false));
    assert_eq!(SHAPE.schema()["required"], json!(["name"]));
}
