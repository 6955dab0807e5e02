//! Several ends of one category: each must be able to come first, and no two may tell the same ending.

use std::collections::{BTreeMap, BTreeSet};

use super::Rules;
use crate::{
    finding::{Finding, Fix},
    model::{Basis, Category, Keep, Period},
    phrase,
    tree::{Entry, Node, Table},
};

/// Words by which texts call the end of something that lasts: two of them for one thing are two stories.
const ENDINGS: &[&str] = &[
    "ended",
    "terminated",
    "completed",
    "finished",
    "cancelled",
    "canceled",
    "expired",
    "left",
    "deleted",
    "removed",
    "closed",
    "stopped",
];
/// Beyond this nobody remembers what for, save where a law says so.
const LONG: Period = Period { count: 10, unit: crate::model::Unit::Year };

pub(crate) fn check(rules: &mut Rules<'_>) {
    let starts = starts(rules.root);
    for (entry, row) in rules.root.rows("data") {
        if let Some(keep) = row.node("keep") {
            let ends = ends(keep);
            idle(rules, entry, keep, &ends);
            same_period(rules, entry, &ends);
            long(rules, entry, keep, rules.policy.category(&entry.key));
        }
        endings(rules, entry, row, &starts);
    }
}

/// One end of a list, as it is written.
struct End<'t> {
    node: &'t Node,
    period: Period,
    /// Whose event it runs from, and which; the collection when there is none.
    from: Option<(Option<String>, String)>,
}

fn ends(keep: &Node) -> Vec<End<'_>> {
    keep.texts()
        .filter_map(|(text, node)| {
            let phrase::Keep::End(length, event) = phrase::keep(text).ok()? else { return None };
            let period = match length {
                None => Period::ZERO,
                Some(phrase::Length::Period(period)) => period,
                Some(phrase::Length::Setting(_)) => return None,
            };
            let from = event
                .map(|event| (event.subject.map(|one| one.text), event.name.text))
                .filter(|(subject, name)| subject.is_some() || name != "collected");
            Some(End { node, period, from })
        })
        .collect()
}

/// Nothing happens to a record before it is collected, so that an equal period after an event comes too late.
fn idle(rules: &mut Rules<'_>, entry: &Entry, keep: &Node, ends: &[End<'_>]) {
    let first = ends.iter().filter(|end| end.from.is_none()).min_by_key(|end| end.period.rough());
    let Some(first) = first else { return };
    let never_first = |end: &End<'_>| {
        matches!(end.from, Some((None, _))) && end.period.rough() >= first.period.rough()
    };
    // One change takes all of them out, or two changes would meet in one list.
    let mut fix = Some(without(keep, ends, never_first));
    for end in ends.iter().filter(|end| never_first(end)) {
        let Some((None, event)) = &end.from else { continue };
        let message = format!("`{}` is gone before this end can come", entry.key);
        let finding = Finding::judged("idle-end", &end.node.span, message)
            .label(format!("after `{event}`, which is never earlier than the collection"))
            .also(&first.node.span, "this one always comes first")
            .help("keep the end that is meant; a text that says both says two things");
        rules.findings.push(match fix.take() {
            Some(fix) => finding.fix(fix),
            None => finding,
        });
    }
}

/// The list without the ends that never come: what is kept how long does not change by it.
fn without(keep: &Node, ends: &[End<'_>], idle: impl Fn(&End<'_>) -> bool) -> Fix {
    let idle: BTreeSet<usize> =
        ends.iter().filter(|end| idle(end)).map(|end| end.node.span.start).collect();
    let rest = keep.items().iter().filter(|item| !idle.contains(&item.span.start));
    let rest: Vec<String> = rest.map(Node::compact).collect();
    let text = match rest.as_slice() {
        [one] => one.clone(),
        several => format!("[{}]", several.join(", ")),
    };
    Fix {
        title: "leave out what never comes first".to_owned(),
        edits: vec![(keep.span.clone(), text)],
        safe: true,
    }
}

fn same_period(rules: &mut Rules<'_>, entry: &Entry, ends: &[End<'_>]) {
    let mut seen: BTreeMap<(i64, Option<&str>), &End<'_>> = BTreeMap::new();
    for end in ends.iter().filter(|end| end.period != Period::ZERO) {
        let Some((subject, event)) = &end.from else { continue };
        let Some(first) = seen.insert((end.period.rough(), subject.as_deref()), end) else {
            continue;
        };
        let other = first.from.as_ref().map_or("", |(_, event)| event.as_str());
        if other == event {
            continue;
        }
        let message =
            format!("`{}` is kept for one period after two events of one thing", entry.key);
        rules.findings.push(
            Finding::judged("two-triggers", &end.node.span, message)
                .label(format!("from `{event}`"))
                .also(&first.node.span, format!("the same from `{other}`"))
                .help("name one event; what ends early ends by it too"),
        );
    }
}

/// Events that start a period somewhere, by the category that raises them.
fn starts(root: &Table) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    for (entry, row) in root.rows("data") {
        for end in row.node("keep").map(ends).unwrap_or_default() {
            if let Some((subject, event)) = end.from {
                found.insert((subject.unwrap_or_else(|| entry.key.clone()), event));
            }
        }
    }
    found
}

/// Two events of one category that both tell its end: which of them a reader means, nobody knows.
fn endings(rules: &mut Rules<'_>, entry: &Entry, row: &Table, starts: &BTreeSet<(String, String)>) {
    let mut first: Option<(String, &Node)> = None;
    for (text, node) in row.node("events").into_iter().flat_map(Node::texts) {
        let Ok((name, None)) = phrase::event_rule(text) else { continue };
        let ending = name.text.split('_').any(|word| ENDINGS.contains(&word));
        if !ending || !starts.contains(&(entry.key.clone(), name.text.clone())) {
            continue;
        }
        let Some((other, place)) = &first else {
            first = Some((name.text, node));
            continue;
        };
        let message = format!("`{other}` and `{}` both tell the end of `{}`", name.text, entry.key);
        rules.findings.push(
            Finding::judged("two-triggers", &node.span, message)
                .label("periods run from this")
                .also(&place.span, "and from this")
                .help("one event for one ending; or say what lies between the two"),
        );
    }
}

fn long(rules: &mut Rules<'_>, entry: &Entry, keep: &Node, category: Option<&Category>) {
    let Some(category) = category.filter(|one| one.statutory.is_none()) else { return };
    let Keep::Ends(ends) = &category.keep else { return };
    let shortest = ends.iter().map(|end| end.period.rough()).min().unwrap_or_default();
    if shortest <= LONG.rough() {
        return;
    }
    let duty = category.purposes.iter().any(|id| {
        rules.policy.purpose(id).is_some_and(|one| one.bases.contains(&Basis::LegalDuty))
    });
    if !duty {
        let message = format!("`{}` is kept longer than its purposes can need it", entry.key);
        rules.findings.push(
            Finding::judged("too-long", &keep.span, message)
                .label(format!("more than {LONG}, and no purpose is a legal duty"))
                .help("say how long the longest of its purposes needs it"),
        );
    }
}
