//! Purposes: their kind, their basis, what `[never]` forbids, and that each uses some data.

use std::collections::{HashMap, HashSet};

use super::Rules;
use crate::{
    finding::Finding,
    model::Basis,
    schema::Space,
    tree::{Entry, Node, Table},
    vocabulary::{ADVERTS, KINDS},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let purposes = served(rules.root);
    for (entry, row) in rules.root.rows("purpose") {
        kind(rules, entry, row);
        used(rules, &purposes, entry);
        objection(rules, entry, row);
        messages(rules, entry, row);
    }
    suppression(rules);
    integrations(rules);
}

/// Who said no must be remembered, or the next list of addresses undoes it.
fn suppression(rules: &mut Rules<'_>) {
    let marketing = rules.policy.purposes.iter().find(|purpose| purpose.kind == "marketing");
    let Some(id) = marketing.map(|purpose| purpose.id.as_str()) else { return };
    if rules.root.row("register", "suppressions").is_some() {
        return;
    }
    let entry = rules.root.node("purpose").and_then(|node| node.table()?.get(id));
    let Some(at) = entry.map(|entry| entry.at.clone()) else { return };
    let message = format!("`{id}` is refused by some, and nothing remembers who they are");
    rules.findings.push(
        Finding::judged("no-suppression", &at, message).label("no `register.suppressions`").help(
            "keep a keyed mark of the address: `[register] suppressions = { keep = \"10 years\" }`",
        ),
    );
}

fn kind(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let (kind, at) = match row.node("kind") {
        Some(node) => (node.text().unwrap_or_default(), &node.span),
        None => (entry.key.as_str(), &entry.at),
    };
    if row.get("kind").is_none() && !KINDS.contains(&kind) {
        let message = format!("the purpose `{kind}` does not say its kind");
        let finding = Finding::error("missing-key", at, message);
        let near = crate::finding::nearest(kind, KINDS);
        rules.findings.push(finding.help(match near {
            Some(near) => format!("did you mean `{near}`? Otherwise write `kind = \"…\"`"),
            None => format!("write `kind = \"…\"`, one of: {}", KINDS.join(", ")),
        }));
        return;
    }
    let never = rules.root.node("never").and_then(Node::table).and_then(|table| table.get(kind));
    if let Some(never) = never {
        let message = format!("`{}` is of the kind `{kind}`, which is never done", entry.key);
        rules.findings.push(
            Finding::error("forbidden-kind", at, message)
                .label("declared here")
                .also(&never.at, "never done, by this row")
                .help("remove the purpose, or stop promising never to do it"),
        );
    }
}

/// The purposes that some data or a cookie serve.
fn served(root: &Table) -> HashSet<&str> {
    let mut served = HashSet::new();
    for (_, row) in root.rows("data").chain(root.rows("cookie")) {
        let duty = row.node("statutory").and_then(|duty| duty.table()?.node("for"));
        for node in [row.node("for"), duty].into_iter().flatten() {
            served.extend(node.texts().map(|(text, _)| text));
        }
    }
    served
}

fn used(rules: &mut Rules<'_>, served: &HashSet<&str>, entry: &Entry) {
    if !served.contains(entry.key.as_str()) {
        let message = format!("the purpose `{}` uses no data", entry.key);
        rules.findings.push(
            Finding::error("purpose-uses-nothing", &entry.at, message)
                .help("name it under `for` on what it uses, or remove it"),
        );
    }
}

fn objection(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let Some(node) = row.get("objection") else { return };
    let Some(purpose) = rules.policy.purpose(&entry.key) else { return };
    if !purpose.bases.is_empty() && !purpose.bases.contains(&Basis::LegitimateInterest) {
        let message = format!("there is no objection to `{}`", entry.key);
        let mut finding = Finding::error("no-objection", &node.at, message)
            .help("only a legitimate interest can be objected to; consent is withdrawn");
        if let Some(basis) = row.node("basis") {
            finding = finding.also(&basis.span, "its basis");
        }
        rules.findings.push(finding);
    }
}

fn messages(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let Some(purpose) = rules.policy.purpose(&entry.key) else { return };
    let advert = purpose.kind == "marketing";
    for (word, node) in row.node("sends").into_iter().flat_map(Node::texts) {
        if ADVERTS.contains(&word) != advert {
            let message = format!("`{word}` is not a message of the kind `{}`", purpose.kind);
            rules.findings.push(
                Finding::error("message-class", &node.span, message)
                    .help("news and newsletters are marketing; nothing else is"),
            );
        }
    }
}

fn integrations(rules: &mut Rules<'_>) {
    let mut kept: HashMap<&str, HashSet<&str>> = HashMap::new();
    for (entry, row) in rules.root.rows("integration") {
        let Some(tokens) = row.node("tokens") else { continue };
        let Some(id) = tokens.text().filter(|id| rules.names.has(Space::Data, id)) else {
            continue;
        };
        let until = format!("until {}.disconnected", entry.key);
        let ends = kept.entry(id).or_insert_with(|| {
            let keep = rules.root.row("data", id).and_then(|row| row.node("keep"));
            keep.into_iter().flat_map(Node::texts).map(|(text, _)| text).collect()
        });
        if !ends.contains(until.as_str()) {
            let message = format!("`{id}` stays when `{}` is disconnected", entry.key);
            rules.findings.push(
                Finding::error("tokens-stay", &tokens.span, message)
                    .help(format!("keep it `{until}`")),
            );
        }
    }
}
