//! Secrets: hashed or sealed, one of the two; and what a hash cannot read.

use super::Rules;
use crate::{
    fields,
    finding::{Finding, Fix},
    model::FieldKind,
    tree::{Node, Table},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    both(rules);
    short(rules);
}

/// The type of a field says what becomes of it, once: a hash cannot be read back, a seal is there to be opened.
fn both(rules: &mut Rules<'_>) {
    let own = rules.root.node("field").and_then(Node::table);
    for entry in own.into_iter().flat_map(Table::iter) {
        let says = match (fields::standard(&entry.key), entry.node.text()) {
            (Some(FieldKind::Secret), Some("token")) => "hashed by its type, and sealed by this",
            (Some(FieldKind::Token), Some("secret")) => "sealed by its type, and hashed by this",
            _ => continue,
        };
        let message = format!("`{}` would be {says}", entry.key);
        rules
            .findings
            .push(Finding::judged("sealed-and-hashed", &entry.node.span, message).help(
                "hash what is only compared; seal what must be used again, as another field",
            ));
    }
}

fn short(rules: &mut Rules<'_>) {
    let row = rules.root.row("security", "passwords");
    let Some(hash) = row.and_then(|row| row.node("hash")) else { return };
    if hash.text() != Some("bcrypt") {
        return;
    }
    rules.findings.push(
        Finding::judged("bcrypt-length", &hash.span, "bcrypt reads the first 72 bytes and no more")
            .help("refuse what is longer and decide so, or write `hash = \"argon2id\"`")
            .fix(Fix {
                title: "hash with argon2id".to_owned(),
                edits: vec![(hash.span.clone(), "\"argon2id\"".to_owned())],
                safe: false,
            }),
    );
}
