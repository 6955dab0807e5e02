//! The words of a phrase and what each of them names, also in a phrase that is not finished.

use std::ops::Range;

use super::links::Target;

/// A word of a phrase with its bytes in the phrase.
pub(super) type Word<'t> = (&'t str, Range<usize>);

pub(super) fn words(text: &str) -> Vec<Word<'_>> {
    let mut start = 0;
    text.split(' ')
        .map(|word| {
            let at = start..start + word.len();
            start = at.end + 1;
            (word, at)
        })
        .filter(|(word, _)| !word.is_empty())
        .collect()
}

/// What `keep` and `lapses` of a row name.
pub(super) fn keep(text: &str, row: &str) -> Vec<(Range<usize>, Target)> {
    let words = words(text);
    let mut found = Vec::new();
    let mut before = "";
    for (place, (word, at)) in words.into_iter().enumerate() {
        match before {
            "with" => found.push((at, data(word))),
            "until" | "after" => found.extend(event(word, &at, row)),
            _ if place == 0 && is_name(word) => {
                found.push((at, Target::Row(format!("setting.{word}"))));
            }
            _ => {}
        }
        before = word;
    }
    found
}

/// What an item of `events` names: an event may take another one back.
pub(super) fn events(text: &str, row: &str) -> Vec<(Range<usize>, Target)> {
    match words(text).as_slice() {
        [_, ("clears", _), (other, at)] => {
            vec![(at.clone(), Target::Event(row.to_owned(), (*other).to_owned()))]
        }
        _ => Vec::new(),
    }
}

fn event(word: &str, at: &Range<usize>, row: &str) -> Vec<(Range<usize>, Target)> {
    let Some((subject, name)) = word.split_once('.') else {
        return vec![(at.clone(), Target::Event(row.to_owned(), word.to_owned()))];
    };
    let end = at.start + subject.len();
    let (first, second) = (at.start..end, end + 1..at.end);
    match name {
        "off" => vec![(first, Target::Row(format!("feature.{subject}")))],
        "disconnected" => vec![(first, Target::Row(format!("integration.{subject}")))],
        _ if subject == "workspace" => {
            vec![(at.clone(), Target::Row("workspace.closing".to_owned()))]
        }
        _ => vec![
            (first, data(subject)),
            (second, Target::Event(subject.to_owned(), name.to_owned())),
        ],
    }
}

fn data(name: &str) -> Target {
    match name {
        "workspace" => Target::Row(name.to_owned()),
        _ => Target::Row(format!("data.{name}")),
    }
}

fn is_name(word: &str) -> bool {
    crate::phrase::is_id(word) && !["never", "for", "with", "until"].contains(&word)
}
