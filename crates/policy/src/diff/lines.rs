//! What changed, as a reader of the page is told: a sentence for each rule, in the words of the page.

use std::collections::BTreeMap;

use super::{Change, Diff, Effect, What};
use crate::{
    document::{Line, View},
    locale::{Arg, Locale},
    model::Policy,
    text::Text,
};

/// The rows of one version as its page has them.
struct Page<'p> {
    policy: &'p Policy,
    rows: BTreeMap<String, Line>,
}

impl Diff {
    /// The path of each rule that changed, and a sentence about it in a language of the page. The two versions
    /// are those that were compared. Names, dates and what only authors see are no change of a rule.
    pub fn lines(&self, old: &Policy, new: &Policy, language: &str) -> Vec<(String, String)> {
        let (before, after) = (Page::of(old, language), Page::of(new, language));
        let rule = |change: &&Change| change.material || change.effect != Effect::Neutral;
        let line = |change: &Change| {
            let said = sentence(change, &before, &after, language);
            (change.rule(), said)
        };
        self.changes.iter().filter(rule).map(line).collect()
    }
}

fn sentence(change: &Change, old: &Page<'_>, new: &Page<'_>, language: &str) -> String {
    let locale = Locale::of(language);
    let page = if change.what == What::Removed && change.key.is_none() { old } else { new };
    let what = ("what", Arg::Text(Text::of(page.words(&change.path, language))));
    let Some(key) = &change.key else {
        return match change.what {
            What::Added => locale.tell("change-added", &[what]),
            What::Removed => locale.tell("change-removed", &[what]),
            What::Changed => locale.tell("change-other", &[what]),
        };
    };
    let label = ("key", Arg::Text(Text::of(locale.key(&change.path, key))));
    let was = new.policy.category(change.path.strip_prefix("data.").unwrap_or_default());
    let was = was.and_then(|one| one.was.as_ref()).map(|id| format!("data.{id}"));
    let past =
        was.filter(|path| !old.rows.contains_key(&change.path) && old.rows.contains_key(path));
    let before = old
        .value(past.as_deref().unwrap_or(&change.path), key)
        .map(|text| ("old", Arg::Text(text)));
    let after = new.value(&change.path, key).map(|text| ("new", Arg::Text(text)));
    match (before, after) {
        (Some(old), Some(new)) => locale.tell("change-changed", &[what, label, old, new]),
        (None, Some(new)) => locale.tell("change-key-added", &[what, label, new]),
        (Some(old), None) => locale.tell("change-key-removed", &[what, label, old]),
        (None, None) => locale.tell("change-other", &[what]),
    }
}

impl<'p> Page<'p> {
    fn of(policy: &'p Policy, language: &str) -> Self {
        let document = policy.document(language, &View::default());
        let lines = document.chapters.into_iter().flat_map(|chapter| chapter.rows);
        Self { policy, rows: lines.map(|line| (line.path.clone(), line)).collect() }
    }

    fn words(&self, path: &str, language: &str) -> String {
        match self.rows.get(path) {
            Some(line) => line.words.plain(),
            None => self.policy.words_for(path, language).plain(),
        }
    }

    /// The value of a key in the words of the page.
    fn value(&self, path: &str, key: &str) -> Option<Text> {
        let anchor = format!("{path}.{key}");
        let facts = &self.rows.get(path)?.facts;
        let fact = facts.iter().find(|fact| fact.anchor.as_ref() == Some(&anchor))?;
        Some(fact.value.clone()).filter(|text| !text.is_empty())
    }
}
