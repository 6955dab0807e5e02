//! Which rows a demand is about. What follows from keys is told here: the kind of a purpose that does not say
//! it, the role of a part, the country of a recipient.

use std::collections::BTreeSet;

use crate::{
    check::Rules,
    law::{Filter, Selector},
    model::{Basis, Category},
    schema::{COMMON, SECTIONS, Shape},
    tree::{Entry, Node, Table, Value},
};

/// A row and where it stands.
pub(super) struct Place<'t> {
    /// Its section, where it is not the section itself.
    section: Option<&'t str>,
    pub(super) entry: &'t Entry,
    pub(super) row: &'t Table,
}

impl Place<'_> {
    pub(super) fn path(&self) -> String {
        let id = &self.entry.key;
        self.section.map_or_else(|| id.clone(), |section| format!("{section}.{id}"))
    }
}

/// The rows of a selector, in the order of the file.
pub(super) fn selected<'t>(rules: &Rules<'t>, selector: &Selector) -> Vec<Place<'t>> {
    let root: &'t Table = rules.root;
    let Some(section) = root.get(&selector.section) else { return Vec::new() };
    let Some(table) = section.node.table() else { return Vec::new() };
    let open = SECTIONS.iter().any(|one| {
        one.name == selector.section && matches!(one.shape, Shape::Open(_) | Shape::Listed(..))
    });
    let places: Vec<Place<'t>> = match &selector.row {
        Some(name) => table
            .get(name)
            .and_then(|entry| {
                let row = entry.node.table()?;
                Some(Place { section: Some(&section.key), entry, row })
            })
            .into_iter()
            .collect(),
        None if open => table
            .iter()
            .filter(|entry| !COMMON.contains(&entry.key.as_str()))
            .filter_map(|entry| {
                let row = entry.node.table()?;
                Some(Place { section: Some(&section.key), entry, row })
            })
            .collect(),
        None => vec![Place { section: None, entry: section, row: table }],
    };
    // What asks all other rows is asked once, and not once for each row.
    let known: Vec<Option<BTreeSet<&str>>> =
        selector.filters.iter().map(|filter| set(rules, &selector.section, filter)).collect();
    let fits = |place: &Place<'t>| {
        selector.filters.iter().zip(&known).all(|(filter, known)| {
            let holds = match known {
                Some(ids) => ids.contains(place.entry.key.as_str()),
                None => holds(rules, &selector.section, place, filter),
            };
            holds != filter.not
        })
    };
    places.into_iter().filter(fits).collect()
}

/// The rows of which a filter is true, where that follows from rows of another section.
fn set<'r>(rules: &'r Rules<'_>, section: &str, filter: &Filter) -> Option<BTreeSet<&'r str>> {
    let (key, value) = (filter.key.as_str(), filter.value.as_str());
    let opens = |one: &&'r Category| match key {
        "special" => one.special.as_deref() == Some(value),
        _ => one.purposes.iter().any(|id| of_purpose(rules, id, key, value)),
    };
    match (section, key) {
        ("feature", "special" | "kind") => {
            let opened = rules.policy.categories.iter().filter(opens);
            Some(opened.filter_map(|one| one.when.as_deref()).collect())
        }
        ("data", "scope") => {
            Some(rules.root.rows("integration").flat_map(|(_, row)| given(row, value)).collect())
        }
        _ => None,
    }
}

fn holds(rules: &Rules<'_>, section: &str, place: &Place<'_>, filter: &Filter) -> bool {
    let (key, value) = (filter.key.as_str(), filter.value.as_str());
    let id = place.entry.key.as_str();
    match (section, key) {
        ("data", "role") => {
            let processor = rules.policy.category(id).is_some_and(|one| one.processor);
            processor == (value == "processor")
        }
        ("data", "kind" | "basis") => place
            .row
            .node("for")
            .into_iter()
            .flat_map(Node::texts)
            .any(|(purpose, _)| of_purpose(rules, purpose, key, value)),
        ("data", "field") => ["fields", "optional"]
            .iter()
            .filter_map(|key| place.row.node(key))
            .flat_map(Node::texts)
            .any(|(name, _)| name == value),
        ("purpose", "kind" | "basis") => of_purpose(rules, id, key, value),
        ("cookie", "kind" | "basis") => {
            let purpose = place.row.node("for").and_then(Node::text);
            purpose.is_some_and(|purpose| of_purpose(rules, purpose, key, value))
        }
        ("recipient", "as") => {
            place.row.node("as").and_then(Node::text).unwrap_or("processor") == value
        }
        ("recipient", "outside") => abroad(rules, place.row) == (value == "home"),
        _ if value == "*" => place.row.get(key).is_some(),
        _ if matches!(place.row.node(key), Some(Node { value: Value::Number(_), .. })) => {
            place.row.node(key).is_some_and(|node| node.compact() == value)
        }
        _ => place.row.node(key).into_iter().flat_map(Node::texts).any(|(text, _)| text == value),
    }
}

fn of_purpose(rules: &Rules<'_>, id: &str, key: &str, value: &str) -> bool {
    let Some(purpose) = rules.policy.purpose(id) else { return false };
    match key {
        "kind" => purpose.kind == value,
        _ => Basis::from_word(value).is_some_and(|basis| purpose.bases.contains(&basis)),
    }
}

/// The categories that a scope of an integration gives; the end of the scope's name is enough.
fn given<'r>(integration: &'r Table, scope: &str) -> Vec<&'r str> {
    let scopes = integration.node("scopes").and_then(Node::table);
    let own = scopes.into_iter().flat_map(Table::iter).filter(|entry| entry.key.ends_with(scope));
    own.flat_map(|entry| entry.node.texts())
        .filter_map(|(text, _)| text.split('.').next())
        .collect()
}

/// Whether a recipient works in a country that is not among those of `[transfer] home`.
fn abroad(rules: &Rules<'_>, row: &Table) -> bool {
    let transfer = rules.root.node("transfer").and_then(Node::table);
    let home: Vec<&str> = transfer
        .and_then(|table| table.node("home"))
        .into_iter()
        .flat_map(|node| node.texts().map(|(text, _)| text))
        .collect();
    let own = rules.policy.company.country.as_str();
    let countries = row.node("where").into_iter().flat_map(Node::texts);
    countries.into_iter().any(|(country, _)| country != own && !home.contains(&country))
}
