//! What is never stored, and the other ways in which it could be.

use std::collections::BTreeMap;

use super::Rules;
use crate::{
    fields::is_free_text,
    finding::Finding,
    lower::kind_of,
    model::FieldKind,
    tree::{Entry, Node, Table},
};

/// More kinds of people than any policy has; a bound for what is compared.
const MOST_KINDS: usize = 64;

pub(crate) fn check(rules: &mut Rules<'_>) {
    let root: &Table = rules.root;
    let (never, stored): (Vec<_>, Vec<_>) = root
        .rows("data")
        .partition(|(_, row)| row.node("keep").and_then(Node::text) == Some("never"));
    let policy = rules.policy;
    let whose = |entry: &Entry| {
        let category = policy.category(&entry.key);
        category.into_iter().flat_map(|one| one.of.iter().take(MOST_KINDS))
    };
    let mut passing: BTreeMap<(&str, &str), (&Entry, &Node)> = BTreeMap::new();
    for (entry, row) in &never {
        for (field, node) in fields(row) {
            for person in whose(entry) {
                passing.entry((field, person.as_str())).or_insert((entry, node));
            }
        }
    }
    for (entry, row) in &stored {
        for (field, node) in fields(row) {
            let same = whose(entry).find_map(|person| passing.get(&(field, person.as_str())));
            let Some((other, place)) = same else { continue };
            let message = format!("`{field}` is never stored in `{}` and stored here", other.key);
            rules.findings.push(
                Finding::judged("field-elsewhere", &node.span, message)
                    .label(format!("kept as part of `{}`", entry.key))
                    .also(&place.span, "passes through and is not kept")
                    .help("take the field out here, or say above how long it is kept"),
            );
        }
    }
    pasted(rules, &never, &stored);
}

fn fields(row: &Table) -> impl Iterator<Item = (&str, &Node)> {
    ["fields", "optional"].into_iter().filter_map(|key| row.node(key)).flat_map(Node::texts)
}

/// Text that passes through can be typed or pasted wherever people write what they like.
fn pasted(rules: &mut Rules<'_>, never: &[(&Entry, &Table)], stored: &[(&Entry, &Table)]) {
    let root = rules.root;
    let free = stored.iter().find_map(|(entry, row)| {
        fields(row).find(|(field, _)| is_free_text(field)).map(|(_, node)| (*entry, node))
    });
    let Some((writes, place)) = free else { return };
    for (entry, row) in never {
        let words = fields(row).any(|(field, _)| kind_of(root, field) == Some(FieldKind::Text));
        let Some(keep) = row.node("keep").filter(|_| words) else { continue };
        let message =
            format!("what is never stored of `{}` can be pasted into `{}`", entry.key, writes.key);
        rules.findings.push(
            Finding::judged("pasted-elsewhere", &keep.span, message)
                .also(&place.span, "people write here what they like")
                .help("promise it for the way it comes in, not for every place it could reach"),
        );
    }
}
