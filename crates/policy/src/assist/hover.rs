//! What a word means: in the language, in this file, and to the engine.

use std::ops::Range;

use super::{
    law,
    links::{self, Target},
    outline::{Outline, Part, Role},
    place::{self, Accepts},
};
use crate::{
    explain, fields, glossary,
    locale::Locale,
    model::Policy,
    planned,
    promise::{KeyRow, Row},
    schema::Type,
};

/// What is shown beside a word; plain text, which the editor's side makes safe for its own markup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hover {
    /// The bytes of the word.
    pub span: Range<usize>,
    /// What it names: a path, a word, an id.
    pub title: String,
    /// What there is to say, a paragraph each.
    pub lines: Vec<String>,
}

/// Rows of a list that are still read.
const MOST: usize = 12;

struct About<'a> {
    outline: &'a Outline,
    policy: Option<Policy>,
}

pub(super) fn at(source: &str, outline: &Outline, offset: usize) -> Option<Hover> {
    let part = outline.part(offset)?;
    let about = About { outline, policy: crate::published(source) };
    if let Some(link) = links::at(outline, offset) {
        let (title, lines) = about.target(&link.to)?;
        return Some(Hover { span: link.span, title, lines });
    }
    let (title, lines) = match part.role {
        Role::Header | Role::Key => about.key(&part.path())?,
        Role::Value => about.value(part)?,
    };
    Some(Hover { span: part.span.clone(), title, lines })
}

impl About<'_> {
    /// A section, row or key by its path; what lies deeper is explained with its key.
    fn key(&self, path: &[&str]) -> Option<(String, Vec<String>)> {
        match path {
            ["janji"] => Some(("janji".to_owned(), vec!["the version of the language".to_owned()])),
            ["field", name] => Some(self.field(name)),
            ["decided", id] => Some(self.finding(id)),
            ["text" | "source" | "planned" | "decided" | "field", ..] => {
                let path = path.get(..2).unwrap_or(path).join(".");
                let known = glossary::meaning(&path);
                let first = path.split('.').next().unwrap_or_default().to_owned();
                Some((path, vec![known.or_else(|| glossary::meaning(&first))?]))
            }
            _ => self.path(&path.get(..3).unwrap_or(path).join(".")),
        }
    }

    fn path(&self, path: &str) -> Option<(String, Vec<String>)> {
        let mut lines = self.words(path);
        lines.push(glossary::meaning(path)?);
        lines.extend(glossary::accepted(path).map(|value| format!("takes: {value}")));
        lines.extend(glossary::needed(path).map(str::to_owned));
        lines.extend(law::lines(path, self.policy.as_ref()));
        let mut title = path.to_owned();
        if let Some(row) = self.row(path) {
            lines.push(format!("state: {}", explain::state(path, row.state)));
            lines.extend(tied("covers", &row.covers));
            lines.extend(tied("resolves", &row.resolves));
        } else if let Some(key) = self.rule(path) {
            title = format!("{path} = {}", key.value);
            lines.push(format!("state: {}", explain::state(path, key.state)));
            lines.extend(tied("covers", &key.covers));
        }
        Some((title, lines))
    }

    fn row(&self, path: &str) -> Option<&Row> {
        self.policy.as_ref()?.rows.iter().find(|row| row.path == path)
    }

    fn rule(&self, path: &str) -> Option<&KeyRow> {
        let (row, name) = path.rsplit_once('.')?;
        self.row(row)?.keys.iter().find(|key| key.key == name)
    }

    /// What people read, in each language of the policy.
    fn words(&self, path: &str) -> Vec<String> {
        let mut path: Vec<&str> = path.split('.').collect();
        path.insert(0, "text");
        let name = self.outline.values(&path).map(|part| part.text.clone()).next();
        path.push("*");
        let languages = self.outline.values(&path).filter_map(|part| {
            part.path.last().map(|language| format!("{language}: {}", part.text))
        });
        name.into_iter().chain(languages).take(MOST).collect()
    }

    fn target(&self, target: &Target) -> Option<(String, Vec<String>)> {
        match target {
            Target::Row(path) | Target::Key(path) => self.path(path),
            Target::Scope(list, name) => {
                let section = if *list == "plans" { "plan" } else { list };
                let mut lines = self.words(&format!("{section}.{name}"));
                lines.extend(glossary::meaning(&format!("scope.{list}")));
                Some((name.clone(), lines))
            }
            Target::Field(_, name) => Some(self.field(name)),
            Target::Event(row, name) => {
                let mut lines = vec![format!("an event of `data.{row}`: a period can run from it")];
                lines.extend(glossary::meaning("data.*.events"));
                Some((format!("{row}.{name}"), lines))
            }
            Target::Promise(id) => Some(self.promise(id)),
            Target::Finding(id) => Some(self.finding(id)),
            Target::Glob(glob) => Some((glob.clone(), self.globbed(glob))),
        }
    }

    fn field(&self, name: &str) -> (String, Vec<String>) {
        let mut lines = self.words(&format!("field.{name}"));
        for language in ["en", "id"] {
            lines.extend(
                Locale::of(language).field(name).map(|words| format!("{language}: {words}")),
            );
        }
        let own: Vec<&str> =
            self.outline.values(&["field", name]).map(|part| part.text.as_str()).collect();
        let kind = fields::standard(name).map(|kind| kind.word());
        lines.push(match kind {
            Some(kind) => format!("a standard field, of the type {kind}"),
            None if own.is_empty() => "a field; its type stands under `[field]`".to_owned(),
            None => format!("a field of this policy: {}", own.join(", ")),
        });
        (name.to_owned(), lines)
    }

    fn promise(&self, id: &str) -> (String, Vec<String>) {
        let mut lines = vec!["a promise of the source".to_owned()];
        let promises = self.policy.as_ref().map(Policy::promises).unwrap_or_default();
        if let Some(promise) = promises.iter().find(|promise| promise.id == id) {
            lines.push(format!("state: {}", promise.state.word()));
            let rules: Vec<&str> = promise.rules.iter().take(MOST).map(String::as_str).collect();
            lines.push(format!("covered by: {}", rules.join(", ")));
        }
        (id.to_owned(), lines)
    }

    fn finding(&self, id: &str) -> (String, Vec<String>) {
        let reason = self.outline.values(&["decided", id]).next().map(|part| part.text.clone());
        let mut lines =
            vec![reason.unwrap_or_else(|| "no reason stands under `[decided]`".to_owned())];
        let rows = self.policy.iter().flat_map(|policy| &policy.rows);
        let settle = rows.filter(|row| row.resolves.iter().any(|one| one == id));
        let rows: Vec<&str> = settle.take(MOST).map(|row| row.path.as_str()).collect();
        if !rows.is_empty() {
            lines.push(format!("settled by: {}", rows.join(", ")));
        }
        (id.to_owned(), lines)
    }

    fn globbed(&self, glob: &str) -> Vec<String> {
        let mut lines = Vec::new();
        for row in self.policy.iter().flat_map(|policy| &policy.rows) {
            if planned::matches(glob, &row.path) {
                lines.push(format!("{}: {}", row.path, row.state.word()));
                continue;
            }
            for key in &row.keys {
                let path = format!("{}.{}", row.path, key.key);
                if planned::matches(glob, &path) {
                    lines.push(format!("{path}: {}", key.state.word()));
                }
            }
        }
        if lines.len() > MOST {
            let more = lines.len() - MOST;
            lines.truncate(MOST);
            lines.push(format!("and {more} more"));
        }
        if lines.is_empty() {
            lines.push("names no row and no key".to_owned());
        }
        lines
    }

    /// A word of the language in its words, a phrase with what its key takes.
    fn value(&self, part: &Part) -> Option<(String, Vec<String>)> {
        let path = part.path();
        let closed = match place::accepts(&path) {
            Some(Accepts::Of(Type::Word(words) | Type::Words(words))) => {
                words.contains(&&*part.text)
            }
            Some(Accepts::Of(Type::Basis | Type::Share | Type::KeptOn | Type::Lives)) => true,
            _ => false,
        };
        let (title, mut lines) = self.key(&path)?;
        if let Some(pack) = crate::pack(&part.text).filter(|_| path == ["policy", "laws"]) {
            let names = ["en", "id"].map(|language| pack.name(language).to_owned());
            return Some((part.text.clone(), names.to_vec()));
        }
        if closed {
            let words = |language: &&str| {
                format!("{language}: {}", Locale::of(language).closed(&part.text))
            };
            let own: Vec<String> = ["en", "id"].iter().map(words).collect();
            lines.splice(0..0, own);
            return Some((part.text.clone(), lines));
        }
        Some((title, lines))
    }
}

fn tied(what: &str, ids: &[String]) -> Option<String> {
    (!ids.is_empty()).then(|| format!("{what} {}", ids.join(", ")))
}
