//! What a text says and no row holds, and words that sound like a promise and are none.

use std::collections::BTreeMap;

use super::{
    Rules,
    text::{self, whole_word},
};
use crate::{
    finding::Finding,
    tree::{Node, Table},
    vocabulary::WORDINGS,
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let root: &Table = rules.root;
    for (entry, row) in root.rows("unsettled") {
        let Some(says) = row.node("says") else { continue };
        let message = format!("no row holds what `{}` says", entry.key);
        rules.findings.push(Finding::error("no-row", &says.span, message).help(
            "write the row that keeps it, or decide that it is not promised, and remove this",
        ));
        let low = says.text().map(str::to_lowercase).unwrap_or_default();
        for wording in WORDINGS {
            for (_, words) in wording.words {
                claim(rules, says, &low, wording.rule, words);
            }
        }
    }
    for (_, language, node) in text::written(root) {
        let low = node.text().map(str::to_lowercase).unwrap_or_default();
        for wording in WORDINGS.iter().filter(|wording| wording.in_names) {
            let own = wording.words.iter().filter(|(known, _)| *known == language);
            for (_, words) in own {
                claim(rules, node, &low, wording.rule, words);
            }
        }
    }
}

/// The first of some words that a text says, which is given in small letters too.
fn claim(rules: &mut Rules<'_>, node: &Node, low: &str, rule: &'static str, words: &[&str]) {
    let Some(text) = node.text() else { return };
    let found = words.iter().filter_map(|word| Some((whole_word(low, word)?, *word))).min();
    let Some((at, word)) = found else { return };
    let span =
        if low.len() == text.len() { node.part(&(at..at + word.len())) } else { node.span.clone() };
    let about = crate::rules::judged(rule);
    let what = about.map_or("", |rule| rule.about.what);
    let mut finding = Finding::judged(rule, &span, format!("`{word}`: {what}"));
    if let Some(rule) = about {
        finding = finding.help(rule.about.remedy);
    }
    if rule == "disclaimed" && rules.findings.wants(&span) {
        for (at, name) in named(rules.root, low) {
            finding = finding.also(&at, format!("`{name}` gets data from us"));
        }
    }
    rules.findings.push(finding);
}

/// Those who work for us and are named by a text, by id or by the words of the page.
fn named(root: &Table, low: &str) -> Vec<(std::ops::Range<usize>, String)> {
    let words = crate::words::entries(root);
    let mut called: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for (path, entry) in &words {
        let Some(id) = path.strip_prefix("recipient.") else { continue };
        let several = entry.node.table().into_iter().flat_map(Table::iter);
        let texts = several.map(|word| &word.node).chain([&entry.node]).filter_map(Node::text);
        called.entry(id).or_default().extend(texts.map(str::to_lowercase));
    }
    let mut found = Vec::new();
    let ours =
        |row: &Table| row.node("as").and_then(Node::text).is_none_or(|role| role == "processor");
    for (entry, _) in root.rows("recipient").filter(|(_, row)| ours(row)) {
        let id = std::slice::from_ref(&entry.key);
        let names = called.get(entry.key.as_str()).into_iter().flatten().chain(id);
        if names.into_iter().any(|name| whole_word(low, name).is_some()) {
            found.push((entry.at.clone(), entry.key.clone()));
        }
    }
    found
}
