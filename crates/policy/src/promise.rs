//! Rows as they stand in the file, and the promises that they are tied to.

use std::collections::BTreeMap;

use crate::{
    model::Policy,
    planned,
    schema::{self, COMMON, SECTIONS, Shape},
    tree::{Entry, Node, Table},
};

/// Whether something is kept, from the weakest to the strongest claim.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum State {
    /// Published as planned: nothing enforces it yet.
    Planned,
    /// Shown by people with dated papers, none of which is there yet.
    Evidence,
    /// Words, dates and addresses: kept by publishing them.
    Said,
    /// The engine keeps it.
    Enforced,
}

/// One row of the file.
#[derive(Debug, Clone)]
pub struct Row {
    /// Its path, such as `data.selfie`.
    pub path: String,
    /// Its keys in the order of the file.
    pub keys: Vec<KeyRow>,
    /// The promises that the row as a whole stands for.
    pub covers: Vec<String>,
    /// The findings that it settles.
    pub resolves: Vec<String>,
    /// The rows that a duty rests on, by path or pattern: their state is its state.
    pub rests_on: Vec<String>,
    /// The weakest state of the row and its keys.
    pub state: State,
}

/// One key of a row: a rule.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// Its name.
    pub key: String,
    /// Its value as written, on one line.
    pub value: String,
    /// Whether it is kept.
    pub state: State,
    /// The promises that this key stands for.
    pub covers: Vec<String>,
}

/// One promise of the source text and what has become of it.
#[derive(Debug, Clone)]
pub struct Promise {
    /// Its id, such as `ASH-118`.
    pub id: String,
    /// The paths of the rows and keys that cover it.
    pub rules: Vec<String>,
    /// The weakest state among them.
    pub state: State,
}

impl Policy {
    /// Every promise that the file accounts for, in order, with its state.
    pub fn promises(&self) -> Vec<Promise> {
        let mut covered: BTreeMap<&str, Vec<(String, State)>> = BTreeMap::new();
        for row in &self.rows {
            for id in &row.covers {
                let rests = self.resting(row);
                let own = rests.is_empty().then(|| (row.path.clone(), row.state));
                covered.entry(id).or_default().extend(rests.into_iter().chain(own));
            }
            for key in &row.keys {
                for id in &key.covers {
                    let path = format!("{}.{}", row.path, key.key);
                    covered.entry(id).or_default().push((path, key.state));
                }
            }
        }
        let promise = |id: &String| {
            let rules = covered.remove(id.as_str()).unwrap_or_default();
            let state = rules.iter().map(|(_, state)| *state).min().unwrap_or(State::Planned);
            let rules = rules.into_iter().map(|(path, _)| path).collect();
            Promise { id: id.clone(), rules, state }
        };
        self.source.iter().map(promise).collect()
    }
}

impl Policy {
    /// What a duty rests on, each with its state: looked at in its place.
    fn resting(&self, duty: &Row) -> Vec<(String, State)> {
        let rests = |row: &&Row| {
            let path = row.path.as_str();
            path != duty.path && duty.rests_on.iter().any(|glob| planned::matches(glob, path))
        };
        let mut found = Vec::new();
        for row in self.rows.iter().filter(rests) {
            let key = |key: &KeyRow| (format!("{}.{}", row.path, key.key), key.state);
            found.push((row.path.clone(), row.state));
            found.extend(row.keys.iter().map(key));
        }
        found
    }
}

/// The rows of a file; every state is still `Planned`.
pub(crate) fn rows(root: &Table) -> Vec<Row> {
    let mut rows = Vec::new();
    for entry in root.iter().filter(|entry| !schema::ABOUT.contains(&entry.key.as_str())) {
        let section = SECTIONS.iter().find(|section| section.name == entry.key);
        let (Some(section), Some(table)) = (section, entry.node.table()) else { continue };
        if let Shape::Row(_) = section.shape {
            rows.push(row(&entry.key, table, |_| true));
            continue;
        }
        let own = |key: &Entry| key.node.table().is_none() && !COMMON.contains(&key.key.as_str());
        if table.iter().any(|key| own(key) || COMMON.contains(&key.key.as_str())) {
            rows.push(row(&entry.key, table, own));
        }
        for child in table.iter().filter(|child| !COMMON.contains(&child.key.as_str())) {
            if let Some(keys) = child.node.table() {
                rows.push(row(&format!("{}.{}", entry.key, child.key), keys, |_| true));
            }
        }
    }
    rows
}

fn row(path: &str, table: &Table, keep: impl Fn(&Entry) -> bool) -> Row {
    let by_key = table.node("covers").and_then(Node::table);
    let keys = table
        .iter()
        .filter(|entry| keep(entry) && !COMMON.contains(&entry.key.as_str()))
        .map(|entry| KeyRow {
            key: entry.key.clone(),
            value: entry.node.compact(),
            state: State::Planned,
            covers: texts(by_key.and_then(|covers| covers.node(&entry.key))),
        })
        .collect();
    let covers = table.node("covers").filter(|node| node.list().is_some());
    Row {
        path: path.to_owned(),
        keys,
        covers: texts(covers),
        resolves: texts(table.node("resolves")),
        rests_on: texts(table.node("rests_on")),
        state: State::Planned,
    }
}

pub(crate) fn texts(node: Option<&Node>) -> Vec<String> {
    node.into_iter().flat_map(Node::texts).map(|(text, _)| text.to_owned()).collect()
}
