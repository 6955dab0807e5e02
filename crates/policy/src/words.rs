//! What people read: the noun phrases of `[text]`, by row path and language.

use std::collections::BTreeMap;

use crate::tree::{Entry, Node, Table};

/// The words of a policy, in every language it declares.
#[derive(Debug, Clone, Default)]
pub struct Words {
    by_path: BTreeMap<String, BTreeMap<String, String>>,
}

/// The language of words that are the same in all of them.
const ANY: &str = "*";

impl Words {
    /// The words for a row such as `data.selfie`; proper names are the same in every language.
    pub fn of_path(&self, path: &str, language: &str) -> Option<&str> {
        let words = self.by_path.get(path)?;
        words.get(language).or_else(|| words.get(ANY)).map(String::as_str)
    }

    /// Each path with each language that it has words in; `*` where they are the same in all of them.
    pub(crate) fn keys(&self) -> impl Iterator<Item = (&str, &str)> {
        self.by_path.iter().flat_map(|(path, texts)| {
            texts.keys().map(move |language| (path.as_str(), language.as_str()))
        })
    }

    /// The words under one of those keys.
    pub(crate) fn exactly(&self, path: &str, language: &str) -> Option<&str> {
        self.by_path.get(path)?.get(language).map(String::as_str)
    }

    pub(crate) fn of(root: &Table) -> Self {
        let mut words = Self::default();
        for (path, entry) in entries(root) {
            let texts = words.by_path.entry(path).or_default();
            if let Some(name) = entry.node.text() {
                texts.insert(ANY.to_owned(), name.to_owned());
            }
            for word in entry.node.table().into_iter().flat_map(Table::iter) {
                if let Some(text) = word.node.text() {
                    texts.insert(word.key.clone(), text.to_owned());
                }
            }
        }
        words
    }
}

/// Every text with its path: `policy` and `officer` stand alone, all others under a section.
pub(crate) fn entries(root: &Table) -> Vec<(String, &Entry)> {
    let mut found = Vec::new();
    let text = root.node("text").and_then(Node::table);
    for entry in text.into_iter().flat_map(Table::iter) {
        let alone = matches!(entry.key.as_str(), "policy" | "officer");
        match entry.node.table().filter(|_| !alone) {
            None => found.push((entry.key.clone(), entry)),
            Some(rows) => {
                found.extend(rows.iter().map(|row| (format!("{}.{}", entry.key, row.key), row)));
            }
        }
    }
    found
}
