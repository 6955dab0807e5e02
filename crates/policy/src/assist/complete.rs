//! What can be written at a place: sections, rows and keys that are not there yet, closed words, declared names.

use std::{collections::BTreeSet, ops::Range};

use super::{
    law,
    outline::{Outline, Spot, Stage},
    place::{self, Accepts},
};
use crate::{
    fields, glossary,
    locale::Locale,
    phrase, planned,
    schema::{Shape, Space, Type},
    vocabulary::{BASES, COUNTRIES, SHARES},
};

mod period;

/// What sort of word is offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CompletionKind {
    /// A section or a row.
    Row,
    /// A key of a row.
    Key,
    /// A word of the language.
    Word,
    /// A name that the file declares.
    Name,
}

/// One word that can stand at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// The word.
    pub label: String,
    /// Its sort.
    pub kind: CompletionKind,
    /// What it means, in short.
    pub detail: Option<String>,
    /// What to write, with quotes or an equals sign where they are missing.
    pub insert: String,
    /// The bytes that it takes the place of.
    pub replace: Range<usize>,
}

/// What is offered, before it is known how it has to be written.
#[derive(Clone)]
pub(super) struct Offer {
    label: String,
    kind: CompletionKind,
    detail: Option<String>,
}

impl Offer {
    fn word(word: &str) -> Self {
        let label = Locale::of("en").closed(word);
        let detail = (label != word).then_some(label);
        Self { label: word.to_owned(), kind: CompletionKind::Word, detail }
    }

    fn name(name: &str, detail: Option<String>) -> Self {
        Self { label: name.to_owned(), kind: CompletionKind::Name, detail }
    }
}

/// The key that stands above all sections.
const VERSION: &str = "janji";
/// No list is longer; whoever has typed a letter gets a shorter one.
const MOST: usize = 1_000;

pub(super) fn at(outline: &Outline) -> Vec<Completion> {
    let Some(spot) = &outline.spot else { return Vec::new() };
    let mut found = match spot.stage {
        Stage::Key => keys(outline, spot),
        Stage::Value => values(outline, spot),
        Stage::Done => Vec::new(),
    };
    found.truncate(MOST);
    found
}

fn keys(outline: &Outline, spot: &Spot) -> Vec<Completion> {
    let path: Vec<&str> = spot.path.iter().map(String::as_str).collect();
    let mut offers = below(&path);
    offers.extend(own(outline, &path));
    if spot.header {
        offers.retain(|offer| offer.label != VERSION);
    } else {
        // A header may come back to a section or row; a key stands once.
        let written = outline.below(&path);
        let typed = spot.before.as_str();
        offers.retain(|offer| offer.label == typed || !written.contains(&offer.label.as_str()));
    }
    let mut seen = BTreeSet::new();
    offers.retain(|offer| seen.insert(offer.label.clone()));
    let assign = !spot.header && !spot.assigned && !spot.quoted;
    let complete = |offer: Offer| {
        // Below a section in words another name follows; everything else gets its value.
        let plain =
            !assign || (path == ["text"] && !["policy", "officer"].contains(&&*offer.label));
        let insert = if plain { offer.label.clone() } else { format!("{} = ", offer.label) };
        Completion {
            insert,
            label: offer.label,
            kind: offer.kind,
            detail: offer.detail,
            replace: spot.word.clone(),
        }
    };
    offers.into_iter().map(complete).collect()
}

/// The names of the language that can stand below a path.
fn below(path: &[&str]) -> Vec<Offer> {
    let offer = |(name, explains): (&'static str, String)| {
        let of_row = place::keys(path).is_some_and(|keys| keys.iter().any(|key| key.name == name));
        let common = crate::schema::COMMON.contains(&name);
        let kind = if of_row || common { CompletionKind::Key } else { CompletionKind::Row };
        Offer { label: name.to_owned(), kind, detail: glossary::meaning(&explains) }
    };
    let mut offers: Vec<Offer> = place::names(path).into_iter().map(offer).collect();
    if path.is_empty() {
        let detail = Some("the version of the language".to_owned());
        offers.push(Offer { label: VERSION.to_owned(), kind: CompletionKind::Key, detail });
    }
    offers
}

/// The names of the file that can stand below a path: what needs words, a reason, a type.
fn own(outline: &Outline, path: &[&str]) -> Vec<Offer> {
    let named = |names: Vec<String>| -> Vec<Offer> {
        names
            .iter()
            .map(|name| Offer::name(name, words(outline, path.get(1).copied(), name)))
            .collect()
    };
    let texts = |path: &[&str]| -> Vec<String> {
        outline.values(path).map(|part| part.text.clone()).collect()
    };
    let rows = |section: &str| outline.below(&[section]).into_iter().map(str::to_owned).collect();
    match path {
        ["text", list @ ("people" | "staff")] => named(texts(&["scope", list])),
        ["text", "plan"] => named(texts(&["scope", "plans"])),
        ["text", "option"] => {
            named([texts(&["field", "*"]), texts(&["setting", "*", "choices"])].concat())
        }
        ["text", "interest"] => named(rows("purpose")),
        ["text", section] => named(rows(section)),
        ["decided"] => named(findings(outline)),
        ["field"] => {
            let lists = [texts(&["data", "*", "fields"]), texts(&["data", "*", "optional"])];
            let unknown = |name: &String| fields::standard(name).is_none();
            named(lists.concat().into_iter().filter(unknown).collect())
        }
        ["data", row, "were"] => {
            let lists = [texts(&["data", row, "fields"]), texts(&["data", row, "optional"])];
            named(lists.concat())
        }
        [row @ .., "covers"] if !row.is_empty() => {
            let keys = outline.below(row);
            let is_key = |name: &&&str| !crate::schema::COMMON.contains(*name);
            named(keys.iter().filter(is_key).map(|name| (*name).to_owned()).collect())
        }
        _ => Vec::new(),
    }
}

/// The findings of the file: what its source has wrong, and what its rows settle.
fn findings(outline: &Outline) -> Vec<String> {
    let mut found = ids(outline, "findings");
    for part in &outline.parts {
        if part.path.last().is_some_and(|key| key == "resolves") && part.path.len() > 1 {
            let value = part.role == super::outline::Role::Value;
            if value && !found.contains(&part.text) {
                found.push(part.text.clone());
            }
        }
    }
    found
}

fn ids(outline: &Outline, list: &str) -> Vec<String> {
    let ranges = outline.values(&["source", list]);
    ranges.filter_map(|part| phrase::ids(&part.text).ok()).flatten().take(20_000).collect()
}

/// What the file calls a row.
fn words(outline: &Outline, section: Option<&str>, name: &str) -> Option<String> {
    outline.words(section?, name).or_else(|| Locale::of("en").field(name))
}

fn values(outline: &Outline, spot: &Spot) -> Vec<Completion> {
    let path: Vec<&str> = spot.path.iter().map(String::as_str).collect();
    let accepts = place::accepts(&path);
    if let Some(Accepts::Version) = accepts {
        let replace = spot.word.clone();
        let (label, insert) = ("1".to_owned(), "1".to_owned());
        return vec![Completion {
            label,
            insert,
            kind: CompletionKind::Word,
            detail: None,
            replace,
        }];
    }
    if let Some((offers, from)) = period::offers(outline, spot, &path, accepts) {
        return written(offers, spot, from);
    }
    let mut offers = accepts.map(|accepts| listed(outline, &path, accepts)).unwrap_or_default();
    let taken: Vec<&str> = outline
        .parts
        .iter()
        .filter(|part| part.path == spot.path && part.span != spot.word)
        .map(|part| part.text.as_str())
        .collect();
    offers.retain(|offer| !taken.contains(&offer.label.as_str()));
    written(offers, spot, 0)
}

/// The offers as they are written in the place of a word, from one of its bytes.
fn written(offers: Vec<Offer>, spot: &Spot, from: usize) -> Vec<Completion> {
    let start = spot.word.start + from;
    let replace = start..spot.word.end.max(start);
    let mut seen = BTreeSet::new();
    offers
        .into_iter()
        .filter(|offer| seen.insert(offer.label.clone()))
        .map(|offer| Completion {
            insert: if spot.quoted { offer.label.clone() } else { format!("\"{}\"", offer.label) },
            label: offer.label,
            kind: offer.kind,
            detail: offer.detail,
            replace: replace.clone(),
        })
        .collect()
}

/// The words and names that can stand behind a key, where it takes no phrase.
fn listed(outline: &Outline, path: &[&str], accepts: Accepts) -> Vec<Offer> {
    let words = |words: &[&str]| words.iter().map(|word| Offer::word(word)).collect::<Vec<Offer>>();
    let of = match accepts {
        Accepts::Promises => return uncovered(outline),
        Accepts::Findings => {
            let mut found = findings(outline);
            found.extend(outline.below(&["decided"]).into_iter().map(str::to_owned));
            return found.iter().map(|id| Offer::name(id, reason(outline, id))).collect();
        }
        Accepts::Articles => {
            let row = path.split_last().map(|(_, row)| row.join(".")).unwrap_or_default();
            let laws = outline.values(&["policy", "laws"]).collect::<Vec<_>>();
            let laws: Vec<&str> = laws.iter().map(|part| part.text.as_str()).collect();
            let articles = law::articles(&row, &laws).into_iter();
            return articles.map(|(cited, about)| Offer::name(&cited, Some(about))).collect();
        }
        Accepts::Version => return Vec::new(),
        Accepts::Of(of) => of,
    };
    match of {
        Type::Word(known) | Type::Words(known) => words(known),
        Type::Basis => words(BASES),
        Type::Share => [words(&["never"]), words(SHARES)].concat(),
        Type::KeptOn => [words(&["server", "tablets"]), names(outline, &["setting"])].concat(),
        Type::MinAge => names(outline, &["setting"]),
        Type::Country | Type::Countries => {
            COUNTRIES.split(' ').map(|code| Offer::name(code, None)).collect()
        }
        Type::Ref(space) | Type::Refs(space) => referred(outline, space, path),
        Type::Gets | Type::Each => gets(outline),
        Type::Globs => rows(outline),
        _ => Vec::new(),
    }
}

/// Promises that no row covers come first.
fn uncovered(outline: &Outline) -> Vec<Offer> {
    let covers = |part: &&super::outline::Part| {
        let path = part.path();
        matches!(path.as_slice(), [.., "covers"] | [.., "covers", _])
    };
    let covered: BTreeSet<&str> =
        outline.parts.iter().filter(covers).map(|part| part.text.as_str()).collect();
    let (done, open): (Vec<String>, Vec<String>) =
        ids(outline, "promises").into_iter().partition(|id| covered.contains(id.as_str()));
    let detail = |text: &str| Some(text.to_owned());
    let open = open.iter().map(|id| Offer::name(id, detail("no row covers it yet")));
    open.chain(done.iter().map(|id| Offer::name(id, detail("covered")))).collect()
}

fn reason(outline: &Outline, id: &str) -> Option<String> {
    outline.values(&["decided", id]).next().map(|part| part.text.clone())
}

fn names(outline: &Outline, sections: &[&str]) -> Vec<Offer> {
    let rows = |section: &&str| {
        let section = *section;
        let offer = move |name: &str| Offer::name(name, words(outline, Some(section), name));
        outline.below(&[section]).into_iter().map(offer).collect::<Vec<Offer>>()
    };
    sections.iter().flat_map(rows).filter(|offer| !is_common(&offer.label)).collect()
}

fn is_common(name: &str) -> bool {
    crate::schema::COMMON.contains(&name)
}

/// The names that a space knows.
fn referred(outline: &Outline, space: Space, path: &[&str]) -> Vec<Offer> {
    let scope = |list: &'static str, section: &'static str| -> Vec<Offer> {
        let listed = outline.values(&["scope", list]);
        listed
            .map(|part| Offer::name(&part.text, words(outline, Some(section), &part.text)))
            .collect()
    };
    let built_in = |word: &str| vec![Offer::word(word)];
    match space {
        Space::People => [scope("people", "people"), built_in("everyone")].concat(),
        Space::Staff => [scope("staff", "staff"), built_in("officer")].concat(),
        Space::Plan => scope("plans", "plan"),
        Space::Service => names(outline, &["service"]),
        Space::Switch => names(outline, &["feature", "setting"]),
        Space::Data => names(outline, &["data"]),
        Space::Whole => {
            let mut offers = names(outline, &["data"]);
            offers.retain(|offer| path.get(1) != Some(&offer.label.as_str()));
            [offers, built_in("workspace")].concat()
        }
        Space::Field => known_fields(outline, path),
        Space::Purpose => names(outline, &["purpose"]),
        Space::Recipient => names(outline, &["recipient"]),
        Space::Document => names(outline, &["document"]),
    }
}

/// The fields of the row where they must be its own; else all that the language and the file know.
fn known_fields(outline: &Outline, path: &[&str]) -> Vec<Offer> {
    if let ["data", row, "unique" | "find_by"] | ["data", row, "statutory", _] = path {
        let lists = [["data", row, "fields"], ["data", row, "optional"]];
        let own = lists.iter().flat_map(|path| outline.values(path));
        return own
            .map(|part| Offer::name(&part.text, words(outline, Some("field"), &part.text)))
            .collect();
    }
    let standard = fields::STANDARD.iter().map(|(name, _)| Offer {
        label: (*name).to_owned(),
        kind: CompletionKind::Word,
        detail: Locale::of("en").field(name),
    });
    names(outline, &["field"]).into_iter().chain(standard).collect()
}

/// Categories, and each of their fields.
fn gets(outline: &Outline) -> Vec<Offer> {
    let mut offers = names(outline, &["data"]);
    offers.push(Offer::word("sealed"));
    for list in ["fields", "optional"] {
        for part in outline.values(&["data", "*", list]) {
            if let Some(row) = part.path.get(1) {
                let detail = words(outline, Some("field"), &part.text);
                offers.push(Offer::name(&format!("{row}.{}", part.text), detail));
            }
        }
    }
    offers
}

/// The paths of all rows, for lists of patterns.
fn rows(outline: &Outline) -> Vec<Offer> {
    let mut offers = Vec::new();
    let written: Vec<&str> =
        outline.values(&["planned", "rows"]).map(|part| part.text.as_str()).collect();
    for section in outline.below(&[]) {
        let rules = place::section(section).filter(|one| !crate::schema::ABOUT.contains(&one.name));
        let Some(rules) = rules else { continue };
        if matches!(rules.shape, Shape::Row(_)) {
            offers.push(section.to_owned());
            continue;
        }
        offers.push(format!("{section}.*"));
        let rows = outline.below(&[section]).into_iter().filter(|name| !is_common(name));
        offers.extend(rows.map(|name| format!("{section}.{name}")));
    }
    offers.retain(|path| !written.iter().any(|glob| planned::matches(glob, path)));
    offers.iter().map(|path| Offer::name(path, glossary::meaning(path))).collect()
}
