//! What a path of a file takes: the keys below it, and the kind of value behind it.

use crate::{
    schema::{COMMON, Key, SECTIONS, Section, Shape, Space, Type},
    vocabulary::{BASES, FIELD_TYPES, LANGUAGES, LAWS},
};

/// The kind of value that stands behind a path.
#[derive(Debug, Clone, Copy)]
pub(super) enum Accepts {
    Of(Type),
    /// Ids of promises of the source.
    Promises,
    /// Ids of findings.
    Findings,
    /// Articles of laws.
    Articles,
    /// The version of the language.
    Version,
}

pub(super) fn section(name: &str) -> Option<&'static Section> {
    SECTIONS.iter().find(|section| section.name == name)
}

/// The keys of the row at a path; `None` where there is no row.
pub(super) fn keys(path: &[&str]) -> Option<&'static [Key]> {
    match (path, &section(path.first()?)?.shape) {
        ([_], Shape::Row(keys) | Shape::Closed(keys, _)) | ([_, _], Shape::Open(keys)) => {
            Some(keys)
        }
        ([_, row], Shape::Listed(words, keys, _)) => words.contains(row).then_some(keys),
        ([_, row], Shape::Closed(_, rows)) => {
            rows.iter().find(|known| known.name == *row).map(|known| known.keys)
        }
        _ => None,
    }
}

/// What can be written behind a key.
pub(super) fn accepts(path: &[&str]) -> Option<Accepts> {
    let of = |of| Some(Accepts::Of(of));
    match path {
        ["janji"] => Some(Accepts::Version),
        ["text" | "decided" | "janji", ..] | [] => None,
        ["field", _] => of(Type::Word(FIELD_TYPES)),
        [.., "covers"] => Some(Accepts::Promises),
        [.., "covers", _] if path.len() > 2 => Some(Accepts::Promises),
        [.., "resolves"] => Some(Accepts::Findings),
        [.., "cites"] => Some(Accepts::Articles),
        ["data", _, "statutory", "for"] => of(Type::Ref(Space::Purpose)),
        ["data", _, "statutory", "fields"] => of(Type::Refs(Space::Field)),
        ["purpose", _, "basis", _] => of(Type::Word(BASES)),
        ["integration", _, "scopes", _] => of(Type::Gets),
        [row @ .., key] => {
            keys(row)?.iter().find(|known| known.name == *key).map(|known| Accepts::Of(known.of))
        }
    }
}

/// The names that the language itself has below a path, with the path that explains each.
pub(super) fn names(path: &[&str]) -> Vec<(&'static str, String)> {
    let below = |name: &'static str| (name, format!("{}.{name}", path.join(".")));
    let of_row = |keys: &'static [Key]| {
        keys.iter().map(|key| key.name).chain(COMMON.iter().copied()).map(below).collect()
    };
    match path {
        [] => SECTIONS.iter().map(|section| (section.name, section.name.to_owned())).collect(),
        ["text" | "field" | "decided", ..] => worded(path),
        ["data", row, "statutory"] => {
            ["for", "fields"].map(|key| (key, format!("data.{row}.statutory"))).to_vec()
        }
        ["purpose", row, "basis"] => {
            LAWS.iter().map(|law| (*law, format!("purpose.{row}.basis"))).collect()
        }
        [name] => match section(name).map(|section| &section.shape) {
            Some(Shape::Row(keys)) => of_row(keys),
            Some(Shape::Listed(words, ..)) => words.iter().copied().map(below).collect(),
            Some(Shape::Closed(keys, rows)) => rows
                .iter()
                .map(|row| row.name)
                .chain(keys.iter().map(|key| key.name))
                .chain(COMMON.iter().copied())
                .map(below)
                .collect(),
            Some(Shape::Open(_) | Shape::Free) | None => Vec::new(),
        },
        [_, _] => keys(path).map(of_row).unwrap_or_default(),
        _ => Vec::new(),
    }
}

/// The sections whose rows have words, and the languages of a text.
fn worded(path: &[&str]) -> Vec<(&'static str, String)> {
    match path {
        ["text"] => WORDED.iter().map(|name| (*name, "text".to_owned())).collect(),
        ["text", "policy" | "officer"] | ["text", _, _] => {
            LANGUAGES.iter().map(|name| (*name, "text".to_owned())).collect()
        }
        _ => Vec::new(),
    }
}

/// What stands below `[text]`.
pub(super) const WORDED: &[&str] = &[
    "policy",
    "officer",
    "people",
    "staff",
    "plan",
    "service",
    "feature",
    "setting",
    "data",
    "purpose",
    "interest",
    "recipient",
    "document",
    "evidence",
    "duty",
    "resold",
    "cookie",
    "field",
    "option",
];
