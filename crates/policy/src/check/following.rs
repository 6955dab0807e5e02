//! Following people about: cookies, models that learn, and what the file is silent about.

use super::Rules;
use crate::{
    finding::Finding,
    model::{Period, Purpose, Unit},
    phrase,
    tree::Node,
    vocabulary::KINDS,
};

/// Kinds of use that people are told about when they happen, and told of when they never do.
const ASKED: &[&str] = &["sale", "advertising", "training"];
/// Uses that a service works without.
const FOLLOWING: &[&str] =
    &["improvement", "research", "marketing", "advertising", "sale", "training"];
/// As long as authorities let a choice about cookies last.
const LONG: Period = Period { count: 13, unit: Unit::Month };

pub(crate) fn check(rules: &mut Rules<'_>) {
    cookies(rules);
    learning(rules);
    silent(rules);
}

fn cookies(rules: &mut Rules<'_>) {
    // PECR says it with an article of its own.
    let told = rules.policy.laws.iter().any(|law| law == "pecr");
    for (entry, row) in rules.root.rows("cookie") {
        let Some(node) = row.node("for") else { continue };
        let purpose = node.text().and_then(|id| rules.policy.purpose(id));
        let asked = purpose.is_some_and(Purpose::consent);
        let kind = purpose.map_or("", |purpose| purpose.kind.as_str());
        if FOLLOWING.contains(&kind) && !asked && !told {
            let message = format!("the cookie `{}` is set before anybody was asked", entry.key);
            rules.findings.push(
                Finding::judged("cookie-unasked", &node.span, message)
                    .label(format!("a purpose of the kind `{kind}`, without consent"))
                    .help("rest its purpose on consent: `basis = \"consent\"`"),
            );
        }
        let Some(lives) = row.node("lives").filter(|_| !asked) else { continue };
        let period = lives.text().and_then(|text| phrase::period(text).ok());
        if period.is_some_and(|period| period.rough() > LONG.rough()) {
            let message = format!("the cookie `{}` knows a browser for very long", entry.key);
            rules.findings.push(
                Finding::judged("cookie-long", &lives.span, message)
                    .label(format!("more than {LONG}"))
                    .help("let it end sooner, or ask"),
            );
        }
    }
}

/// What a model has learned it keeps: people are asked, or somebody has to switch it on.
fn learning(rules: &mut Rules<'_>) {
    for purpose in &rules.policy.purposes {
        let learns = matches!(purpose.kind.as_str(), "training" | "research");
        if !learns || purpose.consent() || purpose.when.is_some() {
            continue;
        }
        let place = rules.root.node("purpose").and_then(Node::table);
        let Some(entry) = place.and_then(|table| table.get(&purpose.id)) else { continue };
        let message = format!("`{}` learns from data, and nobody switched it on", purpose.id);
        rules.findings.push(
            Finding::judged("unasked-training", &entry.at, message)
                .label("neither consent nor a switch")
                .help("basis = \"consent\", or `when` and a setting that is off by default"),
        );
    }
}

fn silent(rules: &mut Rules<'_>) {
    let never = rules.root.get("never");
    let forbidden = never.and_then(|entry| entry.node.table());
    let kinds: Vec<&str> = ASKED
        .iter()
        .copied()
        .filter(|kind| KINDS.contains(kind))
        .filter(|kind| forbidden.is_none_or(|table| table.get(kind).is_none()))
        .filter(|kind| !rules.policy.purposes.iter().any(|one| one.kind == *kind))
        .collect();
    let Some(place) = never.or_else(|| rules.root.get("purpose")) else { return };
    if !kinds.is_empty() {
        let kinds = kinds.join(", ");
        let message = format!("nothing says whether data are used for: {kinds}");
        rules.findings.push(
            Finding::judged("silent", &place.at, message)
                .help("forbid it under `[never]`, or declare the purpose"),
        );
    }
}
