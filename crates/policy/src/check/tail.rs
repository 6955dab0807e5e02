//! What stays of a person after the end: copies, logs, and addresses that nobody reads.

use std::collections::BTreeSet;

use super::Rules;
use crate::{
    fields::{self, Veil},
    finding::Finding,
    model::{Anchor, Category, Keep, Period},
    tree::{Entry, Node, Table},
};

/// More kinds of people than any policy has; a bound for what is compared.
const MOST_KINDS: usize = 64;

pub(crate) fn check(rules: &mut Rules<'_>) {
    if rules.root.row("always", "keys_destroyed").is_none() {
        copies(rules);
        after_the_account(rules);
    }
    dead_addresses(rules);
    dates(rules);
}

/// Who was erased can be read in a copy until the copy is gone, unless the key died.
fn copies(rules: &mut Rules<'_>) {
    let row = rules.root.row("security", "backups");
    let Some(gone) = row.and_then(|row| row.node("gone")) else { return };
    let message = "what was erased can be read in backups until they are gone";
    rules.findings.push(
        Finding::judged("backup-tail", &gone.span, message)
            .label("this long")
            .help("destroy the keys as well: `[always] keys_destroyed = {}`"),
    );
}

/// The account of a person: what can be closed, or else what nobody has twice.
fn account<'p>(rules: &Rules<'p>) -> Option<(&'p Category, Period)> {
    let policy = rules.policy;
    let root = rules.root;
    let closes = policy.categories.iter().find(|one| one.grace.is_some());
    let unique = || {
        let has = |one: &&Category| {
            one.part_of.is_none()
                && root.row("data", &one.id).is_some_and(|row| row.get("unique").is_some())
        };
        policy.categories.iter().find(has)
    };
    let category = closes.or_else(unique)?;
    let own = |ends: &[crate::model::End]| {
        let after = ends.iter().filter(|end| matches!(end.anchor, Anchor::Event { .. }));
        after.map(|end| end.period).max_by_key(|period| period.rough())
    };
    let period = category.grace.or_else(|| match &category.keep {
        Keep::Ends(ends) => own(ends),
        _ => None,
    })?;
    Some((category, period))
}

fn after_the_account(rules: &mut Rules<'_>) {
    let Some((account, period)) = account(rules) else { return };
    let people: BTreeSet<&str> = account.of.iter().map(String::as_str).collect();
    let id = account.id.clone();
    let entry = |section: &str, id: &str| -> Option<&Entry> {
        rules.root.node(section).and_then(Node::table)?.get(id)
    };
    let Some(place) = entry("data", &id).map(|entry| entry.at.clone()) else { return };
    let mut found: Vec<(String, &Node)> = Vec::new();
    for register in &rules.policy.registers {
        let log = matches!(register.id.as_str(), "application_log" | "security_log");
        let row = rules.root.row("register", &register.id);
        if let Some(node) = row.and_then(|row| row.node("keep"))
            && log
            && longer(&register.keep, period)
        {
            found.push((register.id.clone(), node));
        }
    }
    for category in rules.policy.categories.iter().filter(|one| one.id != id) {
        let row: Option<&Table> = rules.root.row("data", &category.id);
        let names = category.fields.iter().any(|field| fields::veil(field) == Veil::Token);
        let same = category.of.iter().take(MOST_KINDS).any(|one| people.contains(one.as_str()));
        let own = category.part_of.is_none() && category.groups_of.is_none();
        let duty = category.statutory.is_some()
            || category.purposes.iter().any(|one| {
                rules.policy.purpose(one).is_some_and(|purpose| purpose.kind == "legal_duty")
            });
        if let Some(node) = row.and_then(|row| row.node("keep"))
            && own
            && names
            && same
            && !duty
            && longer(&category.keep, period)
        {
            found.push((category.id.clone(), node));
        }
    }
    for (name, node) in found {
        let message = format!("`{name}` names a person for longer than `{id}` is there");
        rules.findings.push(
            Finding::judged("outlives-account", &node.span, message)
                .label("still kept then")
                .also(&place, format!("gone {period} after its end"))
                .help("make it part of the account, shorten it, or let keys die with the person"),
        );
    }
}

/// Whether something that is collected on the last day stays for longer.
fn longer(keep: &Keep, period: Period) -> bool {
    let Keep::Ends(ends) = keep else { return false };
    let first = ends.iter().map(|end| end.period.rough()).min();
    let collected = ends.iter().any(|end| end.anchor == Anchor::Collected);
    collected && first.is_some_and(|first| first > period.rough())
}

/// Addresses that are there so that nobody answers.
fn dead_addresses(rules: &mut Rules<'_>) {
    const DEAD: &[&str] = &["noreply", "no-reply", "no_reply", "donotreply", "do-not-reply"];
    let root: &Table = rules.root;
    let section = |name: &str| root.node(name).and_then(Node::table);
    let company = ["privacy", "general", "security"].map(|key| section("company")?.node(key));
    let officer = section("officer").and_then(|table| table.node("mail"));
    for node in company.into_iter().chain([officer]).flatten() {
        let user = node.text().and_then(|text| text.split('@').next()).unwrap_or_default();
        if DEAD.contains(&user.to_lowercase().as_str()) {
            rules.findings.push(
                Finding::judged("dead-contact", &node.span, "nobody reads what is sent there")
                    .help("name an address that somebody answers"),
            );
        }
    }
}

/// A text that was looked at after it took effect was in force unseen.
fn dates(rules: &mut Rules<'_>) {
    let Some(table) = rules.root.node("policy").and_then(Node::table) else { return };
    let (Some(effective), Some(reviewed)) = (table.node("effective"), table.node("reviewed"))
    else {
        return;
    };
    if rules.policy.reviewed.is_some_and(|day| day > rules.policy.effective) {
        rules.findings.push(
            Finding::judged("date-order", &reviewed.span, "it was in force before it was reviewed")
                .also(&effective.span, "in force from this day")
                .help("a changed text gets a new version and a later day of effect"),
        );
    }
}
