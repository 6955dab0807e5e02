//! Retention: everything has an end that can come, and no part outlives its whole.

use std::collections::{HashMap, HashSet};

use super::Rules;
use crate::{
    finding::Finding,
    model::{Anchor, Category, Keep, Policy, SettingKind},
    part::Forest,
    phrase,
    schema::Space,
    tree::{Entry, Node, Table},
    vocabulary::REGISTERS,
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let forest = Forest::of(rules.policy);
    circles(rules, &forest);
    let events = events(rules);
    let ends = ends(rules);
    for (entry, row) in rules.root.rows("data") {
        bounded(rules, entry, row);
        lapses(rules, entry, row);
        let owner = Owner { id: &entry.key, forest: &forest, events: &events };
        for key in ["keep", "lapses"] {
            for (text, node) in row.node(key).into_iter().flat_map(Node::texts) {
                end(rules, &owner, text, node);
            }
        }
        if let Some(keep) = row.node("keep") {
            double(rules, keep);
        }
        outlives(rules, entry, row, &ends);
    }
    registers(rules);
    workspace(rules);
}

/// The category whose end is looked at, and what may end it.
struct Owner<'r> {
    id: &'r str,
    forest: &'r Forest,
    /// Every event with the category that it is raised on.
    events: &'r HashSet<(&'r str, &'r str)>,
}

fn events<'r>(rules: &Rules<'r>) -> HashSet<(&'r str, &'r str)> {
    let policy: &'r Policy = rules.policy;
    let of =
        |one: &'r Category| one.events.iter().map(|event| (one.id.as_str(), event.name.as_str()));
    policy.categories.iter().flat_map(of).collect()
}

/// How soon each whole ends, by what its end runs from.
type Ends<'r> = HashMap<(&'r str, &'r Anchor), i64>;

fn ends<'r>(rules: &Rules<'r>) -> Ends<'r> {
    let mut soonest = Ends::new();
    let policy: &'r Policy = rules.policy;
    for whole in policy.categories.iter().filter(|one| !one.parts.is_empty()) {
        let Keep::Ends(ends) = &whole.keep else { continue };
        for end in ends {
            let first = soonest.entry((&whole.id, &end.anchor)).or_insert(i64::MAX);
            *first = end.period.rough().min(*first);
        }
    }
    soonest
}

fn circles(rules: &mut Rules<'_>, forest: &Forest) {
    /// More ways through a longer circle help nobody.
    const SHOWN: usize = 32;
    let (root, policy) = (rules.root, rules.policy);
    let node = |id: &str| root.row("data", id).and_then(|row| row.node("part_of"));
    for circle in &forest.circles {
        let mut members = circle.iter().filter_map(|at| policy.categories.get(*at));
        let Some(first) = members.next() else { continue };
        let Some(at) = node(&first.id) else { continue };
        let message = format!("`{}` is part of itself", first.id);
        let mut finding = Finding::error("circle", &at.span, message)
            .label("leads back here")
            .help("one of them must stand alone and say `of`");
        for part in members.take(SHOWN).filter_map(|part| node(&part.id)) {
            finding = finding.also(&part.span, "by way of this");
        }
        rules.findings.push(finding);
    }
}

fn bounded(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    match (row.get("keep"), row.get("grace")) {
        (None, None) => {
            let message = format!("`{}` is kept without end", entry.key);
            rules.findings.push(
                Finding::error("no-end", &entry.at, message)
                    .label("neither `keep` nor `grace`")
                    .help("say when it ends, such as `keep = \"90 days\"`"),
            );
        }
        (Some(keep), Some(grace)) => rules.findings.push(
            Finding::error("two-answers", &keep.at, "two keys say when it ends")
                .also(&grace.at, "the other one")
                .help("`grace` is for accounts that can be closed; keep one of them"),
        ),
        _ => {}
    }
}

fn lapses(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let Some(lapses) = row.get("lapses") else { return };
    if row.get("grace").is_none() {
        let message = format!("`{}` lapses, but nothing says what follows", entry.key);
        rules.findings.push(
            Finding::error("missing-key", &lapses.at, message)
                .help("say how long it can be restored, such as `grace = \"30 days\"`"),
        );
    }
    if rules.root.row("notice", "lapse").is_none() {
        rules.findings.push(
            Finding::error("missing-row", &lapses.at, "nobody is told before it lapses")
                .help("write `[notice] lapse = { via = [\"email\"], before = \"30 days\" }`"),
        );
    }
}

fn end(rules: &mut Rules<'_>, owner: &Owner<'_>, text: &str, node: &Node) {
    let id = owner.id;
    match phrase::keep(text) {
        Ok(phrase::Keep::With(whole)) => {
            let part_of = rules.root.row("data", id).and_then(|row| row.node("part_of"));
            let own = part_of.and_then(Node::text);
            if own != Some(&whole.text) {
                let message = format!("`{id}` is not part of `{}`", whole.text);
                let finding = Finding::error("not-its-whole", &node.part(&whole.at), message);
                rules.findings.push(match own {
                    Some(own) => finding.help(format!("its whole is `{own}`")),
                    None => finding.help("only a part ends with its whole"),
                });
            }
        }
        Ok(phrase::Keep::ForEver) => {
            let groups =
                rules.root.row("data", id).is_some_and(|row| row.get("groups_of").is_some());
            if !groups {
                let message = format!("`{id}` is about persons and kept for ever");
                rules.findings.push(
                    Finding::error("for-ever", &node.span, message)
                        .help("only counts of groups may stay; say when it ends"),
                );
            }
        }
        Ok(phrase::Keep::End(length, event)) => {
            if let Some(phrase::Length::Setting(name)) = length {
                setting(rules, &name, node);
            }
            if let Some(event) = event {
                reachable(rules, owner, &event, node);
            }
        }
        Ok(phrase::Keep::Never) | Err(_) => {}
    }
}

fn setting(rules: &mut Rules<'_>, name: &phrase::Word, node: &Node) {
    let known = rules.policy.setting(&name.text);
    if known.is_some_and(|setting| matches!(setting.kind, SettingKind::Length { .. })) {
        return;
    }
    let message = format!("`{}` is neither a period nor a setting that holds one", name.text);
    let names = ["never", "with", "until", "for ever"].into_iter();
    let finding = Finding::error("phrase", &node.part(&name.at), message);
    rules.findings.push(finding.known(&name.text, names.chain(rules.names.settings(&name.text))));
}

/// An end that runs from something that cannot happen never comes.
fn reachable(rules: &mut Rules<'_>, owned: &Owner<'_>, event: &phrase::Event, node: &Node) {
    let id = owned.id;
    let at = node.part(&event.at);
    let name = event.name.text.as_str();
    let Some(subject) = &event.subject else {
        if name != "collected" {
            raised(rules, owned, id, &event.name, node);
        }
        return;
    };
    let owner = subject.text.as_str();
    let switch = match (owner, name) {
        ("workspace", "closed") => rules.root.row("workspace", "closing").is_some(),
        (feature, "off") if rules.names.is_feature(feature) => true,
        (other, "disconnected") if rules.root.row("integration", other).is_some() => true,
        _ if rules.names.has(Space::Data, owner) => {
            let place = |id: &str| rules.policy.places.categories.at(id);
            let reaches = place(id).zip(place(owner));
            let reaches = reaches.is_some_and(|(part, whole)| owned.forest.hangs_on(part, whole));
            if id != owner && !reaches {
                let message = format!("an event of `{owner}` does not reach `{id}`");
                rules.findings.push(
                    Finding::error("foreign-event", &at, message)
                        .help("a part runs from its own events and those of its wholes"),
                );
            } else {
                raised(rules, owned, owner, &event.name, node);
            }
            return;
        }
        _ => false,
    };
    if !switch && rules.findings.wants(&at) {
        let message = format!("`{owner}.{name}` cannot happen");
        let finding = Finding::error("unknown-event", &at, message).label("no such event");
        let known = event_owners(rules.root);
        rules.findings.push(finding.known(owner, known));
    }
}

fn event_owners(root: &Table) -> impl Iterator<Item = &str> {
    ["data", "feature", "integration"]
        .into_iter()
        .flat_map(|section| root.rows(section).map(|(entry, _)| entry.key.as_str()))
}

fn raised(rules: &mut Rules<'_>, owner: &Owner<'_>, id: &str, name: &phrase::Word, node: &Node) {
    let Some(category) = rules.policy.category(id) else { return };
    let at = node.part(&name.at);
    if owner.events.contains(&(id, name.text.as_str())) || !rules.findings.wants(&at) {
        return;
    }
    let known: Vec<&str> = category.events.iter().map(|event| event.name.as_str()).collect();
    let message = format!("`{id}` has no event `{}`: this end would never come", name.text);
    let finding = Finding::error("unknown-event", &at, message);
    let finding = finding.label("cannot happen").known(&name.text, known.into_iter());
    rules.findings.push(match finding.help {
        Some(_) => finding,
        None => finding.help(format!("declare it: `events = [\"{}\"]`", name.text)),
    });
}

fn double(rules: &mut Rules<'_>, keep: &Node) {
    let Some(items) = keep.list() else { return };
    let mut seen: HashMap<Option<String>, &Node> = HashMap::new();
    for item in items {
        let from = match item.text().map(phrase::keep) {
            Some(Ok(phrase::Keep::End(_, event))) => event
                .map(|event| {
                    item.text().and_then(|text| text.get(event.at)).unwrap_or("").to_owned()
                })
                .filter(|event| event != "collected"),
            _ => continue,
        };
        if let Some(first) = seen.get(&from) {
            let what = from.as_deref().unwrap_or("collected");
            let message = format!("two ends run from `{what}`");
            rules.findings.push(
                Finding::error("double-end", &item.span, message)
                    .also(&first.span, "the other one")
                    .help("the earliest ends it: keep the shorter"),
            );
        }
        seen.entry(from).or_insert(item);
    }
}

fn outlives(rules: &mut Rules<'_>, entry: &Entry, row: &Table, ends: &Ends<'_>) {
    let policy = rules.policy;
    let Some(part) = policy.category(&entry.key) else { return };
    let Some(keep) = row.node("keep") else { return };
    let Some(whole) = part.part_of.as_ref().and_then(|id| policy.category(id)) else { return };
    if longer(part, whole, ends) {
        let message = format!("`{}` outlives `{}`, which it is part of", part.id, whole.id);
        let mut finding = Finding::error("outlives", &keep.span, message)
            .help("a part dies with its whole: say a shorter end, or `with` its whole");
        if let Some(other) = rules.root.row("data", &whole.id).and_then(|row| row.node("keep")) {
            finding = finding.also(&other.span, "the whole ends here");
        }
        rules.findings.push(finding);
    }
}

/// Whether an end of the part comes later than one of its whole that runs from the same event. A part is
/// collected after its whole, so that its own collection is no earlier anchor.
fn longer(part: &Category, whole: &Category, soonest: &Ends<'_>) -> bool {
    match (&part.keep, &whole.keep) {
        (Keep::Ends(_) | Keep::WithWhole, Keep::Never) => true,
        (Keep::Ends(ends), Keep::Ends(_)) => {
            // Of two ends from one event the first counts; the second is an error of its own.
            let mut seen = HashSet::new();
            ends.iter().filter(|end| seen.insert(&end.anchor)).any(|end| {
                let other = soonest.get(&(whole.id.as_str(), &end.anchor));
                other.is_some_and(|other| end.period.rough() > *other)
            })
        }
        _ => false,
    }
}

fn registers(rules: &mut Rules<'_>) {
    for (entry, row) in rules.root.rows("register") {
        let Some((_, own)) = REGISTERS.iter().find(|(name, _)| *name == entry.key) else {
            continue;
        };
        for (text, node) in row.node("keep").into_iter().flat_map(Node::texts) {
            let Ok(keep) = phrase::keep(text) else { continue };
            let phrase::Keep::End(length, event) = keep else {
                let message = format!("the register `{}` needs a period", entry.key);
                rules.findings.push(
                    Finding::error("no-end", &node.span, message)
                        .help("write a period such as `3 years`"),
                );
                continue;
            };
            if let Some(phrase::Length::Setting(name)) = length {
                setting(rules, &name, node);
            }
            let named = event.as_ref().map_or("collected", |event| event.name.text.as_str());
            let subject = event.as_ref().is_some_and(|event| event.subject.is_some());
            if subject || (named != *own && named != "collected") {
                let at = event.as_ref().map_or(node.span.clone(), |event| node.part(&event.at));
                let message = format!("`{named}` does not happen to entries of `{}`", entry.key);
                rules.findings.push(
                    Finding::error("unknown-event", &at, message)
                        .help(format!("its entries run from `{own}`")),
                );
            }
        }
    }
}

fn workspace(rules: &mut Rules<'_>) {
    let rows = [("workspace", "closing"), ("security", "blocklist")];
    for (section, id) in rows {
        let Some(keep) = rules.root.row(section, id).and_then(|row| row.node("keep")) else {
            continue;
        };
        let plain = keep.text().is_some_and(|text| phrase::period(text).is_ok());
        let phrased = keep.text().is_some_and(|text| phrase::keep(text).is_ok());
        if phrased && !plain {
            rules.findings.push(
                Finding::error("phrase", &keep.span, "this row takes a period alone")
                    .help("write a period such as `60 days`"),
            );
        }
    }
}
