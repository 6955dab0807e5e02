//! Which word names what: from a reference to its declaration, and from there to all the others.

use std::{collections::BTreeSet, ops::Range};

use super::{
    outline::{Outline, Part, Role},
    phrases,
    place::{self, Accepts},
};
use crate::{
    phrase, planned,
    schema::{ABOUT, Space, Type},
};

/// What a word can name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Target {
    /// A section or a row, by path.
    Row(String),
    /// A key of a row, by path.
    Key(String),
    /// What a key of `[scope]` lists.
    Scope(&'static str, String),
    /// A field, and the category whose it is where that is said.
    Field(Option<String>, String),
    /// An event of a category.
    Event(String, String),
    Promise(String),
    Finding(String),
    /// Rows and keys by a pattern.
    Glob(String),
}

impl Target {
    /// Whether two words name the same; a field is one field in every category.
    fn is(&self, other: &Target) -> bool {
        match (self, other) {
            (Target::Field(_, one), Target::Field(_, other)) => one == other,
            _ => self == other,
        }
    }
}

/// A word that names something.
#[derive(Debug, Clone)]
pub(super) struct Link {
    pub(super) span: Range<usize>,
    pub(super) to: Target,
}

pub(super) fn definition(outline: &Outline, offset: usize) -> Vec<Range<usize>> {
    if let Some(link) = at(outline, offset) {
        return places(outline, &link.to);
    }
    let Some(part) = outline.part(offset) else { return Vec::new() };
    match (part.role, part.path().as_slice()) {
        (Role::Header | Role::Key, ["decided", id]) => {
            let same = |link: &Link| link.to == Target::Finding((*id).to_owned());
            links(outline).into_iter().filter(same).map(|link| link.span).collect()
        }
        (Role::Header | Role::Key, [section, row]) if !ABOUT.contains(section) => {
            outline.keys(&["text", section, row]).map(|part| part.span.clone()).collect()
        }
        (Role::Header | Role::Key, [alone @ ("policy" | "officer")]) => {
            outline.keys(&["text", alone]).map(|part| part.span.clone()).collect()
        }
        (Role::Value, ["scope", list]) => {
            let section = if *list == "plans" { "plan" } else { list };
            outline.keys(&["text", section, &part.text]).map(|part| part.span.clone()).collect()
        }
        _ => Vec::new(),
    }
}

pub(super) fn references(outline: &Outline, offset: usize, declared: bool) -> Vec<Range<usize>> {
    let named = at(outline, offset).map(|link| link.to);
    let Some(target) = named.or_else(|| declares(outline.part(offset)?)) else {
        return Vec::new();
    };
    let mut found = if declared { places(outline, &target) } else { Vec::new() };
    for link in links(outline).into_iter().filter(|link| link.to.is(&target)) {
        if !found.contains(&link.span) {
            found.push(link.span);
        }
    }
    found
}

/// What the word at a place names.
pub(super) fn at(outline: &Outline, offset: usize) -> Option<Link> {
    let part = outline.part(offset)?;
    let settings: BTreeSet<&str> = outline.below(&["setting"]).into_iter().collect();
    let inside = |link: &Link| (link.span.start..=link.span.end).contains(&offset);
    of(part, &settings).into_iter().find(inside)
}

fn links(outline: &Outline) -> Vec<Link> {
    let settings: BTreeSet<&str> = outline.below(&["setting"]).into_iter().collect();
    outline.parts.iter().flat_map(|part| of(part, &settings)).collect()
}

/// What a word declares.
fn declares(part: &Part) -> Option<Target> {
    let path = part.path();
    if part.role == Role::Value {
        let first = || part.text.split(' ').next().unwrap_or_default().to_owned();
        return match path.as_slice() {
            ["scope", list] => Some(Target::Scope(scope(list)?, part.text.clone())),
            ["data", row, "events"] => Some(Target::Event((*row).to_owned(), first())),
            _ => None,
        };
    }
    match path.as_slice() {
        ["decided", id] => Some(Target::Finding((*id).to_owned())),
        ["field", name] => Some(Target::Field(None, (*name).to_owned())),
        [section, ..] if ABOUT.contains(section) => None,
        [_] | [_, _] => Some(Target::Row(path.join("."))),
        [_, _, _] => Some(Target::Key(path.join("."))),
        _ => None,
    }
}

fn scope(list: &str) -> Option<&'static str> {
    ["people", "staff", "plans"].into_iter().find(|known| *known == list)
}

/// What a word names, each name with its bytes.
fn of(part: &Part, settings: &BTreeSet<&str>) -> Vec<Link> {
    let path = part.path();
    let whole = |to: Target| vec![Link { span: part.span.clone(), to }];
    if part.role != Role::Value {
        return key(&path).map(whole).unwrap_or_default();
    }
    let text = part.text.as_str();
    let row = path.get(1).copied().unwrap_or_default();
    let moved = |found: Vec<(Range<usize>, Target)>| -> Vec<Link> {
        let place = |at: Range<usize>| part.span.start + at.start..part.span.start + at.end;
        found.into_iter().map(|(at, to)| Link { span: place(at), to }).collect()
    };
    let setting = || settings.contains(text).then(|| whole(Target::Row(format!("setting.{text}"))));
    match place::accepts(&path) {
        Some(Accepts::Promises) => whole(Target::Promise(text.to_owned())),
        Some(Accepts::Findings) => whole(Target::Finding(text.to_owned())),
        Some(Accepts::Of(Type::Ref(space) | Type::Refs(space))) => {
            let setting = settings.contains(text);
            whole(reference(space, text, setting, &path))
        }
        Some(Accepts::Of(Type::Keep)) => moved(phrases::keep(text, row)),
        Some(Accepts::Of(Type::Events)) => moved(phrases::events(text, row)),
        Some(Accepts::Of(Type::Length | Type::MinAge | Type::KeptOn)) => {
            setting().unwrap_or_default()
        }
        Some(Accepts::Of(Type::Gets | Type::Each)) => moved(gets(text)),
        Some(Accepts::Of(Type::Globs)) => whole(Target::Glob(text.to_owned())),
        _ => Vec::new(),
    }
}

/// A key that names something declared elsewhere.
fn key(path: &[&str]) -> Option<Target> {
    let owned = |name: &&str| (*name).to_owned();
    Some(match path {
        ["text", alone @ ("policy" | "officer")] => Target::Row(owned(alone)),
        ["text", "people", name] => Target::Scope("people", owned(name)),
        ["text", "staff", name] => Target::Scope("staff", owned(name)),
        ["text", "plan", name] => Target::Scope("plans", owned(name)),
        ["text", "field", name] => Target::Field(None, owned(name)),
        ["text", "interest", name] => Target::Row(format!("purpose.{name}")),
        ["text", "option", _] => return None,
        ["text", section, row] => Target::Row(format!("{section}.{row}")),
        [row @ .., "covers", key] if !row.is_empty() => {
            Target::Key(format!("{}.{key}", row.join(".")))
        }
        ["data", row, "were", name] => Target::Field(Some(owned(row)), owned(name)),
        _ => return None,
    })
}

fn reference(space: Space, name: &str, setting: bool, path: &[&str]) -> Target {
    let row = |section: &str| Target::Row(format!("{section}.{name}"));
    match space {
        Space::People => Target::Scope("people", name.to_owned()),
        Space::Staff if name == "officer" => Target::Row(name.to_owned()),
        Space::Staff => Target::Scope("staff", name.to_owned()),
        Space::Plan => Target::Scope("plans", name.to_owned()),
        Space::Service => row("service"),
        Space::Switch if setting => row("setting"),
        Space::Switch => row("feature"),
        Space::Whole if name == "workspace" => Target::Row(name.to_owned()),
        Space::Data | Space::Whole => row("data"),
        Space::Field => {
            // The list that declares a field of a category is not asked where it is declared.
            let own = matches!(path, [_, _, "fields" | "optional"]);
            let of = path.get(1).filter(|_| !own).map(|row| (*row).to_owned());
            Target::Field(of, name.to_owned())
        }
        Space::Purpose => row("purpose"),
        Space::Recipient => row("recipient"),
        Space::Document => row("document"),
    }
}

fn gets(text: &str) -> Vec<(Range<usize>, Target)> {
    if text == "sealed" {
        return Vec::new();
    }
    let Some((category, field)) = text.split_once('.') else {
        return vec![(0..text.len(), Target::Row(format!("data.{text}")))];
    };
    let end = category.len();
    vec![
        (0..end, Target::Row(format!("data.{category}"))),
        (end + 1..text.len(), Target::Field(Some(category.to_owned()), field.to_owned())),
    ]
}

/// Where something is declared.
pub(super) fn places(outline: &Outline, target: &Target) -> Vec<Range<usize>> {
    let span = |part: &Part| part.span.clone();
    match target {
        Target::Row(path) | Target::Key(path) => {
            let path: Vec<&str> = path.split('.').collect();
            outline.keys(&path).take(1).map(span).collect()
        }
        Target::Scope(list, name) => outline
            .values(&["scope", list])
            .filter(|part| part.text == *name)
            .take(1)
            .map(span)
            .collect(),
        Target::Field(category, name) => field(outline, category.as_deref(), name),
        Target::Event(row, name) => outline
            .values(&["data", row, "events"])
            .filter(|part| part.text.split(' ').next() == Some(name))
            .take(1)
            .map(|part| part.span.start..part.span.start + name.len())
            .collect(),
        Target::Promise(id) => ranges(outline, "promises", id),
        Target::Finding(id) => {
            let reason: Vec<Range<usize>> = outline.keys(&["decided", id]).map(span).collect();
            if reason.is_empty() { ranges(outline, "findings", id) } else { reason }
        }
        Target::Glob(glob) => globbed(outline, glob),
    }
}

/// In its category first, then where its type stands, then where it comes up first.
fn field(outline: &Outline, category: Option<&str>, name: &str) -> Vec<Range<usize>> {
    let listed = |row: &str| {
        let lists = [["data", row, "fields"], ["data", row, "optional"]];
        lists.iter().find_map(|path| {
            outline.values(path).find(|part| part.text == name).map(|part| part.span.clone())
        })
    };
    let own = category.and_then(listed);
    let typed = || outline.keys(&["field", name]).next().map(|part| part.span.clone());
    own.or_else(typed).or_else(|| listed("*")).into_iter().collect()
}

/// The range of ids in `[source]` that an id belongs to.
fn ranges(outline: &Outline, list: &str, id: &str) -> Vec<Range<usize>> {
    outline
        .values(&["source", list])
        .filter(|part| phrase::ids(&part.text).is_ok_and(|mut ids| ids.any(|known| known == *id)))
        .take(1)
        .map(|part| part.span.clone())
        .collect()
}

/// The rows that a pattern names, or else the keys.
fn globbed(outline: &Outline, glob: &str) -> Vec<Range<usize>> {
    let mut rows: Vec<(String, Range<usize>)> = Vec::new();
    for part in outline.parts.iter().filter(|part| part.role != Role::Value) {
        let rules = part.path.first().is_some_and(|section| !ABOUT.contains(&section.as_str()));
        if rules && (1..=3).contains(&part.path.len()) {
            let path = part.path.join(".");
            if planned::matches(glob, &path) && !rows.iter().any(|(known, _)| *known == path) {
                rows.push((path, part.span.clone()));
            }
        }
        if rows.len() > 200 {
            break;
        }
    }
    let shortest = rows.iter().map(|(path, _)| path.split('.').count()).min();
    rows.retain(|(path, _)| Some(path.split('.').count()) == shortest.map(|least| least.max(1)));
    rows.into_iter().map(|(_, span)| span).collect()
}
