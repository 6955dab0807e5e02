//! Answers and notices that are promised: a term where a right is given, a receipt that is no answer, and time left to
//! refuse.

use super::Rules;
use crate::{
    finding::Finding,
    model::Period,
    phrase,
    tree::{Node, Table},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    if let Some(right) = rules.root.get("right").filter(|_| rules.root.get("request").is_none()) {
        rules.findings.push(
            Finding::judged("no-term", &right.at, "people have rights, and no term for an answer")
                .label("no `[request]` says when")
                .help("[request] answer = { within = \"30 days\", cap = \"law\" }"),
        );
    }
    once(rules);
    before(rules);
}

/// Who is told on the day itself can no longer refuse.
fn before(rules: &mut Rules<'_>) {
    let root: &Table = rules.root;
    for id in ["policy_change", "recipient_change", "handover"] {
        let entry = root.node("notice").and_then(|node| node.table()?.get(id));
        let Some(entry) = entry.filter(|entry| entry.node.table().is_some()) else { continue };
        if entry.node.table().is_some_and(|row| row.get("before").is_none()) {
            let message = format!("`notice.{id}` does not say how long before people are told");
            rules.findings.push(
                Finding::judged("no-lead-time", &entry.at, message)
                    .label("no `before`")
                    .help("before = \"14 days\""),
            );
        }
    }
}

/// The same words for two steps: a reader cannot know which of them was promised.
fn once(rules: &mut Rules<'_>) {
    let root: &Table = rules.root;
    let (Some((answer, one)), Some((receipt, two))) =
        (step(root, "officer", "answer"), step(root, "complaint", "acknowledge"))
    else {
        return;
    };
    if one == two {
        rules.findings.push(
            Finding::judged("same-clock", &answer.span, "one period stands for two steps")
                .label("here for the answer")
                .also(&receipt.span, "and here for the receipt alone")
                .help("an answer takes longer than a receipt: give each its own term"),
        );
    }
}

/// The period of a step that runs from the start of the case.
fn step<'t>(root: &'t Table, section: &str, id: &str) -> Option<(&'t Node, Period)> {
    let node = root.row(section, id)?.node("within")?;
    match phrase::within(node.text()?).ok()? {
        (period, None) => Some((node, period)),
        (_, Some(_)) => None,
    }
}
