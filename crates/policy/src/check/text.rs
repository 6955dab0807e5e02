//! Words that people read: there for every row that needs them, in every language, and for nothing else.

use std::collections::{BTreeMap, HashSet};

use super::Rules;
use crate::{
    finding::Finding,
    model::Basis,
    names::beside,
    tree::{Entry, Node, Table},
    vocabulary::{EMPTY_WORDS, LANGUAGES},
    words,
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let needed = needed(rules);
    let entries = words::entries(rules.root);
    let written: HashSet<&str> = entries.iter().map(|(path, _)| path.as_str()).collect();
    let published: HashSet<&str> = rules.policy.languages.iter().map(String::as_str).collect();
    for (path, at) in &needed {
        if !written.contains(path.as_str()) && rules.findings.wants(at) {
            let message = format!("`{path}` has no words to be read");
            rules.findings.push(
                Finding::error("text-missing", at, message).help(format!(
                    "write it under `[text]`: `{path} = {{ en = \"…\", id = \"…\" }}`"
                )),
            );
        }
    }
    for (path, entry) in &entries {
        if !needed.contains_key(path) && rules.findings.wants(&entry.at) {
            let message = format!("there is nothing called `{path}` that needs words");
            let known = beside(&needed, path).into_iter();
            rules
                .findings
                .push(Finding::error("text-for-nothing", &entry.at, message).known(path, known));
        }
        languages(rules, &published, path, entry);
    }
}

/// No page has more languages.
const MOST_LANGUAGES: usize = 100;

/// What needs words, and where it is declared.
fn needed(rules: &Rules<'_>) -> BTreeMap<String, std::ops::Range<usize>> {
    let root = rules.root;
    let mut needed = BTreeMap::new();
    for section in ["policy", "officer"] {
        if let Some(entry) = root.get(section) {
            needed.insert(section.to_owned(), entry.at.clone());
        }
    }
    for section in [
        "service",
        "feature",
        "setting",
        "data",
        "purpose",
        "recipient",
        "document",
        "evidence",
        "duty",
        "resold",
        "cookie",
    ] {
        for (entry, _) in root.rows(section) {
            needed.insert(format!("{section}.{}", entry.key), entry.at.clone());
        }
    }
    let scope = root.node("scope").and_then(Node::table);
    for (list, name) in [("people", "people"), ("staff", "staff"), ("plans", "plan")] {
        let node = scope.and_then(|scope| scope.node(list));
        for (text, item) in node.into_iter().flat_map(Node::texts) {
            needed.insert(format!("{name}.{text}"), item.span.clone());
        }
    }
    for entry in root.node("field").and_then(Node::table).into_iter().flat_map(Table::iter) {
        needed.insert(format!("field.{}", entry.key), entry.at.clone());
        options(&entry.node, &mut needed);
    }
    for (_, row) in root.rows("setting") {
        if let Some(choices) = row.node("choices") {
            options(choices, &mut needed);
        }
    }
    for purpose in &rules.policy.purposes {
        let interest = purpose.bases.contains(&Basis::LegitimateInterest);
        let basis = root.row("purpose", &purpose.id).and_then(|row| row.node("basis"));
        if let Some(basis) = basis.filter(|_| interest) {
            needed.insert(format!("interest.{}", purpose.id), basis.span.clone());
        }
    }
    needed
}

fn options(node: &Node, needed: &mut BTreeMap<String, std::ops::Range<usize>>) {
    for item in node.list().into_iter().flatten() {
        if let Some(text) = item.text() {
            needed.insert(format!("option.{text}"), item.span.clone());
        }
    }
}

fn languages(rules: &mut Rules<'_>, published: &HashSet<&str>, path: &str, entry: &Entry) {
    if entry.node.text().is_some() {
        phrase(rules, path, None, &entry.node);
        return;
    }
    let Some(table) = entry.node.table() else {
        rules.findings.push(
            Finding::error("wrong-type", &entry.node.span, "words are a string for each language")
                .help("write `{ en = \"…\", id = \"…\" }`, or a string for a proper name"),
        );
        return;
    };
    let all = rules.policy.languages.iter().take(MOST_LANGUAGES);
    for language in all.filter(|language| LANGUAGES.contains(&language.as_str())) {
        if table.get(language).is_none() {
            let message = format!("`{path}` has no words in the language `{language}`");
            rules.findings.push(
                Finding::error("text-language", &entry.at, message)
                    .help("the page is published in every language of `[policy]`"),
            );
        }
    }
    for word in table.iter() {
        if published.contains(word.key.as_str()) {
            phrase(rules, path, Some(&word.key), &word.node);
        } else {
            let message = format!("the page is not published in `{}`", word.key);
            let known = rules.policy.languages.iter().map(String::as_str);
            rules
                .findings
                .push(Finding::error("text-language", &word.at, message).known(&word.key, known));
        }
    }
}

/// Every text that people read, with its path and language; proper names have none.
pub(super) fn written(root: &Table) -> Vec<(String, &str, &Node)> {
    let mut found = Vec::new();
    for (path, entry) in words::entries(root) {
        for word in entry.node.table().into_iter().flat_map(Table::iter) {
            found.push((path.clone(), word.key.as_str(), &word.node));
        }
    }
    found
}

/// Noun phrases: short, without numbers, and promising nothing of their own.
fn phrase(rules: &mut Rules<'_>, path: &str, language: Option<&str>, node: &Node) {
    let Some(text) = node.text() else {
        rules.findings.push(Finding::error("wrong-type", &node.span, "words are a string"));
        return;
    };
    let most = if path.starts_with("evidence.") { 100 } else { 60 };
    if text.trim().is_empty() {
        rules.findings.push(Finding::error("empty", &node.span, "nothing is written here"));
    }
    if text.chars().count() > most {
        rules.findings.push(
            Finding::error("text-long", &node.span, "these words are too long for a heading").help(
                format!("at most {most} characters: name the thing, Janji writes the sentence"),
            ),
        );
    }
    if text.chars().any(|c| c.is_control() || is_hidden(c)) {
        rules.findings.push(
            Finding::error("text-hidden", &node.span, "these words hold a character nobody sees")
                .help("type them again, without control or direction marks"),
        );
    }
    if let Some(at) = text.find(|c: char| c.is_numeric()) {
        let span = node.part(&(at..at + 1));
        rules.findings.push(
            Finding::error("text-digit", &span, "words hold no numbers")
                .help("a number stands in a rule, which is the same in every language"),
        );
    }
    let Some(language) = language else { return };
    let low = text.to_lowercase();
    let empty = EMPTY_WORDS.iter().filter(|(known, _)| *known == language);
    for word in empty.flat_map(|(_, words)| words.iter()) {
        if let Some(at) = whole_word(&low, word) {
            let same = low.len() == text.len();
            let at = if same { at..at + word.len() } else { 0..text.len() };
            let message = format!("`{word}` promises what no rule keeps");
            rules.findings.push(
                Finding::error("text-word", &node.part(&at), message)
                    .help("name the thing; what is done about it stands in a rule"),
            );
        }
    }
}

fn is_hidden(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}')
}

pub(super) fn whole_word(text: &str, word: &str) -> Option<usize> {
    text.match_indices(word).map(|(at, _)| at).find(|at| {
        let before = text.get(..*at).and_then(|head| head.chars().next_back());
        let after = text.get(at + word.len()..).and_then(|tail| tail.chars().next());
        !before.is_some_and(char::is_alphanumeric) && !after.is_some_and(char::is_alphanumeric)
    })
}
