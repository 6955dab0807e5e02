//! Clocks of requests and breaches: what they start from, what they leave to others, and days that are no month.

use super::Rules;
use crate::{
    finding::Finding,
    model::Unit,
    phrase,
    tree::{Entry, Node, Table},
};

/// Thirty days from 31 January are past the end of February, which a month is not.
const SHORTEST_MONTH: i64 = 28 * 24 * 60;
/// Laws that count the answer in months.
const MONTHLY: &[&str] = &["gdpr", "uk-gdpr"];
/// What a controller must keep of its own seventy-two hours.
const CUSTOMER: i64 = 24 * 60;

pub(crate) fn check(rules: &mut Rules<'_>) {
    months(rules);
    late(rules);
    no_time_left(rules);
    clashes(rules);
    slow(rules);
}

/// No law that is known gives more than three months for an answer, all extensions included.
const LONGEST_ANSWER: i64 = 92 * 24 * 60;

/// Whoever answers after everybody else would have to answers to nobody.
fn slow(rules: &mut Rules<'_>) {
    for section in ["request", "complaint"] {
        let Some(node) = rules.root.row(section, "answer").and_then(|row| row.node("within"))
        else {
            continue;
        };
        let within = node.text().and_then(|text| phrase::within(text).ok());
        if within.is_some_and(|(period, _)| period.rough() > LONGEST_ANSWER) {
            rules.findings.push(
                Finding::judged(
                    "slow-answer",
                    &node.span,
                    "no law that is known here gives so long",
                )
                .label("longer than three months")
                .help("a month is what most laws give: `within = \"30 days\"`"),
            );
        }
    }
}

/// Steps of which the first cannot come after the second.
const ORDER: &[(&str, &str, &str)] = &[
    ("request", "acknowledge", "answer"),
    ("request", "forward", "answer"),
    ("complaint", "acknowledge", "answer"),
    ("complaint", "investigate", "answer"),
    ("incident", "assess", "tell_people"),
    ("incident", "assess", "tell_authority"),
    ("incident", "assess", "contain"),
];

/// Two clocks that start together and cannot both hold: what comes first ends later.
fn clashes(rules: &mut Rules<'_>) {
    let step = |section: &str, id: &str, key: &str| {
        let node = rules.root.row(section, id)?.node(key)?;
        let (period, start) = phrase::within(node.text()?).ok()?;
        start.is_none().then(|| (period, node.span.clone()))
    };
    let mut found = Vec::new();
    for (section, first, second) in ORDER {
        let pair = step(section, first, "within").zip(step(section, second, "within"));
        let clash = pair.filter(|((one, _), (two, _))| one.rough() > two.rough());
        if let Some(((_, at), (_, other))) = clash {
            found.push((format!("{section}.{first}"), at, other));
        }
    }
    for section in ["request", "complaint", "officer", "incident"] {
        for (entry, _) in rules.root.rows(section) {
            let pair = step(section, &entry.key, "target").zip(step(section, &entry.key, "within"));
            if let Some(((_, at), (_, other))) =
                pair.filter(|((one, _), (two, _))| one.rough() > two.rough())
            {
                found.push((format!("{section}.{}", entry.key), at, other));
            }
        }
    }
    for (path, at, other) in found {
        let message = format!("`{path}` may end after what it comes before");
        rules.findings.push(
            Finding::judged("clocks-clash", &at, message)
                .label("so long")
                .also(&other, "and this is over by then")
                .help("shorten the first, or give the second more time where the law lets you"),
        );
    }
}

fn months(rules: &mut Rules<'_>) {
    if !rules.policy.laws.iter().any(|law| MONTHLY.contains(&law.as_str())) {
        return;
    }
    let Some(row) = rules.root.row("request", "answer") else { return };
    let days = |node: Option<&Node>| {
        let (period, _) = phrase::within(node?.text()?).ok()?;
        Some(period).filter(|period| period.unit == Unit::Day && period.rough() > SHORTEST_MONTH)
    };
    let (Some(node), None) = (row.node("within"), row.node("cap")) else { return };
    if days(Some(node)).is_none() {
        return;
    }
    let mut finding = Finding::judged(
        "days-for-months",
        &node.span,
        "the law counts in months, and these days can be longer",
    )
    .label("from 31 January this ends in March")
    .help("write `cap = \"law\"`: the earlier of the two holds, and of the extension too");
    if let Some(extend) = row.node("extend").filter(|node| days(Some(node)).is_some()) {
        finding = finding.also(&extend.span, "and this past the third month");
    }
    rules.findings.push(finding);
}

/// A clock that somebody must start by confirming something can be kept from starting.
fn late(rules: &mut Rules<'_>) {
    let assess = rules.root.row("incident", "assess").and_then(|row| row.node("within"));
    if assess.is_some() {
        return;
    }
    for (entry, row) in rules.root.rows("incident") {
        let Some(node) = row.node("within") else { continue };
        let Some(start) = node.text().and_then(|text| phrase::within(text).ok()?.1) else {
            continue;
        };
        let message = format!(
            "`{}` waits for `{}`, and nothing limits the time until then",
            entry.key, start.text
        );
        rules.findings.push(
            Finding::judged("late-start", &node.part(&start.at), message)
                .label("starts when we say so")
                .help("let it run from the first sign, or limit the time: `assess = { within = \"72 hours\" }`"),
        );
    }
}

/// What a processor uses up of the time, its customer lacks.
fn no_time_left(rules: &mut Rules<'_>) {
    let Some((entry, row)) = find(rules.root, "incident", "tell_customer") else { return };
    let rough = |key: &str| {
        let (period, _) = phrase::within(row.node(key)?.text()?).ok()?;
        Some(period.rough())
    };
    let soonest = [rough("within"), rough("target")].into_iter().flatten().min();
    if soonest.is_some_and(|soonest| soonest > CUSTOMER) {
        let at = row.node("within").map_or(&entry.at, |node| &node.span);
        rules.findings.push(
            Finding::judged(
                "no-time-left",
                at,
                "the customer may have no time left to tell anybody",
            )
            .label("the customer's own clock may run already")
            .help("set an earlier mark for ourselves: `target = \"24 hours\"`"),
        );
    }
}

fn find<'t>(root: &'t Table, section: &str, id: &str) -> Option<(&'t Entry, &'t Table)> {
    let entry = root.node(section)?.table()?.get(id)?;
    Some((entry, entry.node.table()?))
}
