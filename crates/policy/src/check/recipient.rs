//! Recipients: what they get was collected for that, may go out, and is safe on the way.

use std::collections::{HashMap, HashSet};

use super::Rules;
use crate::{
    finding::Finding,
    model::Share,
    tree::{Entry, Node, Table},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let home = home(rules.root);
    for (entry, row) in rules.root.rows("recipient") {
        role(rules, entry, row);
        let purposes = row.node("for").into_iter().flat_map(Node::texts).map(|(text, _)| text);
        let purposes: HashSet<&str> = purposes.collect();
        let mut fits: HashMap<&str, bool> = HashMap::new();
        let gets = row.node("gets").into_iter().flat_map(Node::texts);
        for (text, node) in gets.chain(row.node("each").into_iter().flat_map(Node::texts)) {
            let id = text.split('.').next().unwrap_or_default();
            shared(rules, entry, row, id, node);
            let fits = *fits.entry(id).or_insert_with(|| {
                let category = rules.policy.category(id);
                category.is_none_or(|one| {
                    one.purposes.iter().any(|own| purposes.contains(own.as_str()))
                })
            });
            if !fits {
                collected_for(rules, entry, row, id, node);
            }
        }
        transfer(rules, &home, entry, row);
    }
}

fn role(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let role = row.node("as").and_then(Node::text).unwrap_or("processor");
    let wanted: &[&str] = match role {
        "processor" => &["does", "gets"],
        "controller" => &["for", "gets"],
        _ => &[],
    };
    for key in wanted.iter().filter(|key| row.get(key).is_none()) {
        let message = format!("`{}` is a {role} and has no key `{key}`", entry.key);
        rules.findings.push(
            Finding::error("missing-key", &entry.at, message)
                .help("a processor says what it does, a controller what for; both what they get"),
        );
    }
    if role == "authority" {
        for key in ["does", "gets", "for"].iter().filter_map(|key| row.get(key)) {
            let message =
                format!("`{}` is an authority, which gets data by legal case only", entry.key);
            rules
                .findings
                .push(Finding::error("authority", &key.at, message).help("remove this key"));
        }
    }
}

fn shared(rules: &mut Rules<'_>, entry: &Entry, row: &Table, id: &str, node: &Node) {
    let Some(category) = rules.policy.category(id) else { return };
    let authority = row.node("as").and_then(Node::text) == Some("authority");
    let barred = match &category.share {
        Share::Open => false,
        Share::Never => true,
        Share::Only(reasons) => !(authority && reasons.iter().any(|reason| reason == "legal_case")),
    };
    if !barred {
        return;
    }
    let message = format!("`{}` gets `{id}`, which is not shared", entry.key);
    let mut finding = Finding::error("share", &node.span, message)
        .label("goes out here")
        .help("remove it from `gets`: `share` bars the exit whatever a recipient row says");
    if let Some(share) = rules.root.row("data", id).and_then(|data| data.node("share")) {
        finding = finding.also(&share.span, "and may not");
    }
    rules.findings.push(finding);
}

fn collected_for(rules: &mut Rules<'_>, entry: &Entry, row: &Table, id: &str, node: &Node) {
    let Some(purposes) = row.node("for") else { return };
    let message = format!("`{id}` is not collected for what `{}` gets it for", entry.key);
    let mut finding = Finding::error("recipient-purpose", &node.span, message)
        .also(&purposes.span, "its purposes")
        .help("give it what is collected for that, or collect it for that");
    if let Some(own) = rules.root.row("data", id).and_then(|data| data.node("for")) {
        finding = finding.also(&own.span, "collected for these");
    }
    rules.findings.push(finding);
}

fn home(root: &Table) -> HashSet<&str> {
    let home = root.node("transfer").and_then(|table| table.table()?.node("home"));
    home.into_iter().flat_map(Node::texts).map(|(text, _)| text).collect()
}

fn transfer(rules: &mut Rules<'_>, home: &HashSet<&str>, entry: &Entry, row: &Table) {
    let table = rules.root.node("transfer").and_then(Node::table);
    let safe = row.get("safeguards").is_some()
        || table.is_some_and(|table| table.get("safeguards").is_some());
    if safe {
        return;
    }
    let countries = row.node("where").into_iter().flat_map(Node::texts);
    for (country, node) in countries.filter(|(country, _)| !home.contains(country)) {
        let message = format!("`{}` works in {country} without a safeguard", entry.key);
        rules.findings.push(
            Finding::error("no-safeguard", &node.span, message)
                .help("write `safeguards` here or under `[transfer]`"),
        );
    }
}
