//! What people do again and again, and who does what: a date for each, and rules under each duty of ours.

use super::Rules;
use crate::{
    finding::Finding,
    paths::{Glob, Paths},
    tree::Node,
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    dated(rules);
    duties(rules);
}

fn dated(rules: &mut Rules<'_>) {
    for (entry, row) in rules.root.rows("evidence") {
        if row.get("every").is_none() && row.get("due").is_none() {
            let message = format!("nobody knows when `{}` must be shown", entry.key);
            rules.findings.push(
                Finding::error("no-date", &entry.at, message)
                    .label("neither `every` nor `due`")
                    .help("say how often, `every = \"1 year\"`, or until when, `due = 2027-06-30`"),
            );
        }
    }
}

fn duties(rules: &mut Rules<'_>) {
    let rows = rules.policy.rows.iter().map(|row| row.path.as_str());
    let others = Paths::of(rows.filter(|path| !path.starts_with("duty.")).zip(0..));
    for (entry, row) in rules.root.rows("duty") {
        let ours = row.node("by").and_then(Node::text) == Some("us");
        match (ours, row.get("rests_on")) {
            (true, None) => {
                let message = format!("nothing shows that we do `{}`", entry.key);
                rules.findings.push(
                    Finding::error("duty-alone", &entry.at, message)
                        .help("name the rows that keep it: `rests_on = [\"security.backups\"]`"),
                );
            }
            (false, Some(rests)) => rules.findings.push(
                Finding::error("duty-alone", &rests.at, "our rows do not keep a duty of others")
                    .help("leave it out: the page says whose duty it is"),
            ),
            _ => {}
        }
        for (glob, node) in row.node("rests_on").into_iter().flat_map(Node::texts) {
            let pattern = Glob::of(glob);
            // Where patterns look at too much, what this one names is not known.
            let named = others.matching(&pattern).is_none_or(|mut named| named.next().is_some());
            if named || !rules.findings.wants(&node.span) {
                continue;
            }
            let message = format!("`{glob}` matches no row");
            let known = rules.policy.rows.iter().map(|row| row.path.as_str());
            rules.findings.push(
                Finding::error("duty-nothing", &node.span, message)
                    .label("keeps nothing")
                    .known(glob, known),
            );
        }
    }
}
