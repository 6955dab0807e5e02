//! What other rows need somebody for: each job is done by a recipient that the page names, each connection opens
//! something.

use std::collections::BTreeSet;

use super::Rules;
use crate::{
    finding::Finding,
    tree::{Node, Table},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let done: BTreeSet<&str> = rules
        .root
        .rows("recipient")
        .filter_map(|(_, row)| row.node("does"))
        .flat_map(|does| does.texts().map(|(job, _)| job))
        .collect();
    for (job, what, node) in needed(rules.root) {
        if !done.contains(job) {
            let message = format!("{what}, and no recipient does `{job}`");
            rules.findings.push(
                Finding::judged("job-nobody-does", &node.span, message).help(format!(
                    "name who does it: `[recipient] x = {{ does = [\"{job}\"], … }}`"
                )),
            );
        }
    }
    strangers(rules);
    unscoped(rules);
}

/// The first place that needs a job.
fn needed(root: &Table) -> Vec<(&'static str, &'static str, &Node)> {
    let sender = |id: &str| root.row("purpose", id).and_then(|row| row.node("sends"));
    let any = || root.rows("purpose").find_map(|(_, row)| row.node("sends"));
    let sends = sender("messages").or_else(any);
    let offers = ["complaint", "incident"]
        .into_iter()
        .flat_map(|section| root.rows(section))
        .filter_map(|(_, row)| row.node("offer"))
        .flat_map(Node::texts)
        .find(|(offer, _)| *offer == "credit_monitoring");
    let pays = root
        .rows("data")
        .flat_map(|(_, row)| [row.node("fields"), row.node("optional")])
        .flatten()
        .flat_map(Node::texts)
        .find(|(field, _)| *field == "payment_token");
    let mut found = Vec::new();
    found.extend(sends.map(|node| ("mail", "messages go out", node)));
    found.extend(offers.map(|(_, node)| ("credit_monitoring", "this is offered", node)));
    found.extend(pays.map(|(_, node)| ("payments", "another firm gave this key", node)));
    found
}

/// Who settles a complaint gets the papers of the case.
fn strangers(rules: &mut Rules<'_>) {
    let known = rules
        .root
        .rows("recipient")
        .any(|(_, row)| row.node("as").and_then(Node::text) == Some("authority"));
    if known {
        return;
    }
    let complaint = rules.root.node("complaint").and_then(Node::table);
    for id in ["mediation", "court"] {
        let Some(entry) = complaint.and_then(|table| table.get(id)) else { continue };
        let message = format!("`complaint.{id}` sends papers to somebody who is no recipient");
        rules.findings.push(
            Finding::judged("job-nobody-does", &entry.at, message)
                .help("name them: `[recipient] courts = { as = \"authority\", where = [\"…\"] }`"),
        );
    }
}

/// Who is connected opens something: each scope says which data it gives.
fn unscoped(rules: &mut Rules<'_>) {
    for (entry, row) in rules.root.rows("integration") {
        let Some(scopes) = row.node("scopes") else { continue };
        if scopes.table().is_some_and(|table| table.iter().next().is_none()) {
            let message = format!("`{}` is connected and names no scope", entry.key);
            rules.findings.push(
                Finding::judged("no-scope", &scopes.span, message)
                    .help("write each scope and the data it gives, or remove the connection"),
            );
        }
    }
}
