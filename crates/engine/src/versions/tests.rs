use policy::{FieldKind, Policy};
use serde_json::json;

use super::{Source, Versions};
use crate::{
    field,
    testing::{POLICY, object},
};

fn with(edits: &[(&str, &str)]) -> Policy {
    let mut source = POLICY.to_owned();
    for (old, new) in edits {
        assert!(source.contains(old), "{old}");
        source = source.replacen(old, new, 1);
    }
    policy::published(&source).unwrap()
}

fn all<const N: usize>(policies: [Policy; N]) -> impl Iterator<Item = Source> {
    let numbered = (1..).zip(policies);
    numbered.map(|(number, policy)| Source { number, at: 0, told: None, policy })
}

const OPTIONAL: &str = "optional = [\"phone\", \"photo\"]";

#[test]
fn names_are_followed_through_every_version() {
    let one = with(&[]);
    let two = with(&[(OPTIONAL, "optional = [\"contact\"]\nwere = { contact = \"phone\" }")]);
    let three = with(&[
        (OPTIONAL, "optional = [\"company_name\"]\nwere = { company_name = \"contact\" }"),
        ("[data.technical]\n", "[data.device]\nwas = \"technical\"\n"),
    ]);
    let versions = Versions::of(all([one, two, three]));
    let path = versions.path(1, "account").unwrap();
    assert!(path.rewrites() && !path.is_plain());
    let today = path.today(object(json!({ "email": "e", "phone": "1", "photo": "blo_1" })));
    assert_eq!(today, object(json!({ "email": "e", "company_name": "1" })));
    assert_eq!(path.field("phone").as_deref(), Some("company_name"));
    assert_eq!(path.field("photo"), None);
    assert_eq!(versions.called(1, "technical", 2), "technical");
    assert_eq!(versions.called(1, "technical", 3), "device");
    assert_eq!(versions.path(2, "technical").unwrap().today.as_deref(), Some("device"));
    assert!(versions.path(3, "account").unwrap().is_plain());
}

#[test]
fn what_a_version_left_out_does_not_come_back_with_its_name() {
    let gone = with(&[("[data.technical]\n", "[data.else]\n")]);
    let versions = Versions::of(all([with(&[]), gone, with(&[])]));
    assert_eq!(versions.path(1, "technical").unwrap().today, None);
    assert_eq!(versions.path(3, "technical").unwrap().today.as_deref(), Some("technical"));
}

#[test]
fn a_purpose_counts_from_where_it_stands_without_a_break() {
    let without = with(&[(
        "for    = [\"security\"]\nkeep   = \"90 days\"",
        "for    = [\"service\"]\nkeep   = \"90 days\"",
    )]);
    let versions = Versions::of(all([with(&[]), without, with(&[])]));
    assert_eq!(versions.since("technical", "security"), Some(3));
    assert_eq!(versions.since("account", "security"), Some(1));
    assert_eq!(versions.widened("security"), 3);
}

#[test]
fn what_may_not_be_read_back_never_becomes_readable() {
    assert_eq!(field::cast_between(&FieldKind::Token, &FieldKind::Text), None);
    assert_eq!(field::cast_between(&FieldKind::Image, &FieldKind::Text), None);
    assert_eq!(field::cast_between(&FieldKind::File, &FieldKind::Image), None);
    let options =
        |words: &[&str]| FieldKind::Options(words.iter().map(|&w| w.to_owned()).collect());
    assert_eq!(field::cast_between(&options(&["a"]), &options(&["b", "a"])), Some(false));
    assert_eq!(field::cast(&options(&["a"]), json!("b")), None);
    assert_eq!(field::cast(&FieldKind::Number, json!("12")), Some(json!(12)));
    assert_eq!(field::cast(&FieldKind::Number, json!("twelve")), None);
    assert_eq!(field::cast(&FieldKind::Text, json!(12)), Some(json!("12")));
    assert_eq!(field::cast(&FieldKind::YesNo, json!("true")), Some(json!(true)));
}
