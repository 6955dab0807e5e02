//! What a text says and no row holds, and words that sound like a promise and are none.

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
        for wording in WORDINGS {
            for (_, words) in wording.words {
                claim(rules, says, wording.rule, words);
            }
        }
    }
    for (_, language, node) in text::written(root) {
        for wording in WORDINGS.iter().filter(|wording| wording.in_names) {
            let own = wording.words.iter().filter(|(known, _)| *known == language);
            for (_, words) in own {
                claim(rules, node, wording.rule, words);
            }
        }
    }
}

/// The first of some words that a text says.
fn claim(rules: &mut Rules<'_>, node: &Node, rule: &'static str, words: &[&str]) {
    let Some(text) = node.text() else { return };
    let low = text.to_lowercase();
    let found = words.iter().filter_map(|word| Some((whole_word(&low, word)?, *word))).min();
    let Some((at, word)) = found else { return };
    let span =
        if low.len() == text.len() { node.part(&(at..at + word.len())) } else { node.span.clone() };
    let about = crate::rules::judged(rule);
    let what = about.map_or("", |rule| rule.about.what);
    let mut finding = Finding::judged(rule, &span, format!("`{word}`: {what}"));
    if let Some(rule) = about {
        finding = finding.help(rule.about.remedy);
    }
    rules.findings.push(finding);
}
