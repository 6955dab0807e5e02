//! What the laws that a policy names demand of it, and the articles that it cites.

mod cite;
mod select;
mod size;

use std::ops::Range;

use super::Rules;
use crate::{
    finding::Finding,
    law::{self, Demand, Pack, Selector, Test},
    tree::{Node, Table},
};
use select::{Place, selected};

pub(crate) fn check(rules: &mut Rules<'_>) {
    at_home(rules);
    for (pack, at) in named(rules) {
        for demand in pack.demands.iter().filter(|one| one.holds_on(rules.policy.effective)) {
            let here = |selector: &Option<Selector>| {
                selector.as_ref().map(|selector| !selected(rules, selector).is_empty())
            };
            if here(&demand.when) == Some(false) || here(&demand.unless) == Some(true) {
                continue;
            }
            weigh(rules, pack, demand, &at);
        }
    }
    cite::check(rules);
}

/// The packs of the policy, each with the place that names them.
fn named(rules: &Rules<'_>) -> Vec<(&'static Pack, Range<usize>)> {
    let policy = rules.root.node("policy").and_then(Node::table);
    let Some(laws) = policy.and_then(|table| table.node("laws")) else { return Vec::new() };
    laws.texts().filter_map(|(id, _)| Some((law::pack(id)?, laws.span.clone()))).collect()
}

/// The law of the company's own country binds it, whether the policy names it or not.
fn at_home(rules: &mut Rules<'_>) {
    let policy = rules.root.node("policy").and_then(Node::table);
    let Some(laws) = policy.and_then(|table| table.node("laws")) else { return };
    let country = rules.policy.company.country.as_str();
    for pack in law::packs().iter().filter(|pack| pack.countries.iter().any(|one| one == country)) {
        if !laws.texts().any(|(id, _)| id == pack.id) {
            let message = format!("the company sits in {country}, where `{}` holds", pack.id);
            rules.findings.push(
                Finding::judged("law-of-home", &laws.span, message)
                    .label("not among these")
                    .help(format!("add `\"{}\"`: it binds whether it stands here or not", pack.id)),
            );
        }
    }
}

fn weigh(
    rules: &mut Rules<'_>,
    pack: &'static Pack,
    demand: &'static Demand,
    named: &Range<usize>,
) {
    let places = selected(rules, &demand.on);
    let mut found = Vec::new();
    if places.is_empty() && demand.key.is_none() && matches!(demand.test, Test::Exists) {
        let path = demand.on.row.as_ref().map_or_else(
            || demand.on.section.clone(),
            |row| format!("{}.{row}", demand.on.section),
        );
        let section = rules.root.get(&demand.on.section).map(|entry| entry.at.clone());
        let message = format!("`{path}` is missing, and {} wants it", pack.short);
        let (at, label) = match section {
            Some(at) => (at, "not in this section"),
            None => (named.clone(), "wanted by a law of these"),
        };
        found.push((at, message, label.to_owned()));
    }
    for place in &places {
        match &demand.key {
            None if matches!(demand.test, Test::Absent) => {
                let message = format!("`{}` is not as {} has it", place.path(), pack.short);
                found.push((place.entry.at.clone(), message, String::new()));
            }
            None => {}
            Some(key) => found.extend(of_key(rules, pack, demand, place, key)),
        }
    }
    for (at, message, label) in found {
        let mut finding = Finding::judged("", &at, message).label(label).help(demand.help.as_str());
        finding.rule = &demand.id;
        finding.severity = demand.severity;
        finding.why = Some(&demand.why);
        finding.law = vec![demand.law(pack)];
        rules.findings.demand(finding, &pack.short);
    }
}

type Found = (Range<usize>, String, String);

/// What is wrong with a key of a row, when something is.
fn of_key(
    rules: &Rules<'_>,
    pack: &Pack,
    demand: &Demand,
    place: &Place<'_>,
    key: &str,
) -> Option<Found> {
    let path = || format!("{}.{key}", place.path());
    let Some(entry) = place.row.get(key) else {
        let wanted = matches!(demand.test, Test::Exists | Test::Includes(_) | Test::AnyOf(_));
        let message = format!("`{}` is missing, and {} wants it", path(), pack.short);
        return wanted.then(|| (place.entry.at.clone(), message, format!("no `{key}`")));
    };
    let (at, said) = (entry.node.span.clone(), texts(&entry.node));
    let listed =
        |words: &[&str]| words.iter().map(|w| format!("`{w}`")).collect::<Vec<_>>().join(", ");
    match &demand.test {
        Test::Exists => None,
        Test::Absent => Some((
            entry.at.clone(),
            format!("{} does not allow `{}`", pack.short, path()),
            String::new(),
        )),
        Test::AtMost(bound) => {
            let own = size::of(rules, place, key)?;
            (own.1 > size::rough(*bound) && !capped(place.row)).then(|| {
                let label = format!("at most {}", size::words(*bound));
                (at, format!("`{}` is more than {} allows", path(), pack.short), label)
            })
        }
        Test::AtLeast(bound) => {
            let own = size::of(rules, place, key)?;
            (own.0 < size::rough(*bound)).then(|| {
                let label = format!("at least {}", size::words(*bound));
                (at, format!("`{}` is less than {} wants", path(), pack.short), label)
            })
        }
        Test::OneOf(words) => {
            let odd: Vec<&str> =
                said.into_iter().filter(|one| !words.iter().any(|word| word == one)).collect();
            (!odd.is_empty()).then(|| {
                (at, format!("{} does not know {} here", pack.short, listed(&odd)), String::new())
            })
        }
        Test::Includes(words) => {
            let lacks: Vec<&str> =
                words.iter().map(String::as_str).filter(|word| !said.contains(word)).collect();
            (!lacks.is_empty()).then(|| {
                let label = format!("without {}", listed(&lacks));
                (at, format!("`{}` leaves out what {} wants in it", path(), pack.short), label)
            })
        }
        Test::AnyOf(words) => {
            let known: Vec<&str> = words.iter().map(String::as_str).collect();
            (!said.iter().any(|one| known.contains(one))).then(|| {
                let label = format!("none of {}", listed(&known));
                (at, format!("`{}` has nothing that {} asks for", path(), pack.short), label)
            })
        }
        Test::NoneOf(words) => {
            let odd: Vec<&str> =
                said.into_iter().filter(|one| words.iter().any(|word| word == one)).collect();
            (!odd.is_empty()).then(|| {
                (at, format!("{} does not allow {} here", pack.short, listed(&odd)), String::new())
            })
        }
    }
}

fn texts(node: &Node) -> Vec<&str> {
    node.texts().map(|(text, _)| text).collect()
}

/// Where the file says that the law's term holds if it is shorter, no term is too long.
fn capped(row: &Table) -> bool {
    row.node("cap").and_then(Node::text) == Some("law")
}
