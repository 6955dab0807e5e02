//! Who is who: recipients that use data for themselves, the company as its own recipient, duties of two.

use super::Rules;
use crate::{
    finding::Finding,
    tree::{Entry, Node, Table},
};

/// Jobs that whoever does them also does for itself.
const OWN_ENDS: &[&str] = &["fraud_screening", "statistics"];

pub(crate) fn check(rules: &mut Rules<'_>) {
    for (entry, row) in rules.root.rows("recipient") {
        own_ends(rules, entry, row);
        ourselves(rules, entry);
    }
    two_owners(rules);
    at_rest(rules);
}

fn own_ends(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    if row.node("as").and_then(Node::text).is_some_and(|role| role != "processor") {
        return;
    }
    let aggregate = |id: &str| rules.policy.category(id).is_some_and(|one| one.groups_of.is_some());
    let readable = row.node("gets").into_iter().flat_map(Node::texts).any(|(text, _)| {
        text != "sealed" && !aggregate(text.split('.').next().unwrap_or_default())
    });
    let job =
        row.node("does").into_iter().flat_map(Node::texts).find(|(job, _)| OWN_ENDS.contains(job));
    if let Some((job, node)) = job.filter(|_| readable) {
        let message = format!(
            "`{}` does `{job}` with data of people, which it commonly uses itself too",
            entry.key
        );
        rules.findings.push(
            Finding::judged("own-ends", &node.span, message)
                .label("for us alone?")
                .help("write `as = \"controller\"` and what for; or settle it with the contract that forbids it"),
        );
    }
}

/// What the company runs itself is no recipient.
fn ourselves(rules: &mut Rules<'_>, entry: &Entry) {
    let name = rules.policy.company.name.to_lowercase();
    let path = format!("recipient.{}", entry.key);
    let languages = rules.policy.languages.iter();
    let own = languages
        .filter_map(|language| rules.policy.words.of_path(&path, language))
        .any(|words| !name.is_empty() && words.to_lowercase().starts_with(&name));
    if own {
        let message = format!("`{}` is the company itself", entry.key);
        rules.findings.push(
            Finding::judged("own-recipient", &entry.at, message)
                .help("remove it, and name whoever runs the machines, if that is somebody else"),
        );
    }
}

/// A measure of ours that is also a duty of the customer is kept by nobody.
fn two_owners(rules: &mut Rules<'_>) {
    for (entry, row) in rules.root.rows("duty") {
        if row.node("by").and_then(Node::text) != Some("customer") {
            continue;
        }
        let measure = rules.root.node("security").and_then(|node| node.table()?.get(&entry.key));
        if let Some(measure) = measure {
            let message = format!("`{}` is our measure and the customer's duty", entry.key);
            rules.findings.push(
                Finding::judged("two-owners", &entry.at, message)
                    .label("theirs")
                    .also(&measure.at, "ours")
                    .help("say what each of the two does, under names of their own"),
            );
        }
    }
}

/// A policy that speaks of its backups and not of what is live leaves the larger part open.
fn at_rest(rules: &mut Rules<'_>) {
    let always = rules.root.node("always").and_then(Node::table);
    let Some(security) = rules.root.get("security") else { return };
    if always.is_none_or(|rows| rows.get("sealed_at_rest").is_none()) {
        rules.findings.push(
            Finding::judged(
                "clear-at-rest",
                &security.at,
                "nothing says that data are encrypted where they lie",
            )
            .label("speaks of the way and of backups")
            .help("[always] sealed_at_rest = {}"),
        );
    }
}
