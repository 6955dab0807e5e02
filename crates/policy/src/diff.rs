//! What changes between two versions of a policy: for whom, whether it matters, and the notice that it needs.
//!
//! Rules are compared by row path and key, never by their place in the file or the words around them. Where
//! nobody can tell whether a change gives or takes, it counts as loosening: the doubt is the reader's.

mod effect;
mod keeping;
mod law;
mod lines;
mod renames;
mod rules;
#[cfg(test)]
mod tests;
pub(crate) mod value;
mod whom;

use std::collections::BTreeSet;

use crate::model::{KeyRow, Period, Policy, Row};
use effect::Verdict;
use renames::Renames;
use value::Value;

/// What became of a row or key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names say it")]
pub enum What {
    Added,
    Removed,
    Changed,
}

/// Which way a change goes, as the person sees it whose data they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    /// More is done with the data, for longer, by more people, or less is promised.
    Loosens,
    /// Less is done with them, for a shorter time, by fewer people, or more is promised.
    Tightens,
    /// Neither.
    Neutral,
}

impl Effect {
    /// Its word, as commands print it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Loosens => "loosens",
            Self::Tightens => "tightens",
            Self::Neutral => "neutral",
        }
    }

    /// What the opposite change does.
    fn reversed(self) -> Self {
        match self {
            Self::Loosens => Self::Tightens,
            Self::Tightens => Self::Loosens,
            Self::Neutral => Self::Neutral,
        }
    }
}

/// What must have been told, or agreed to, before a change takes effect.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoticeNeed {
    /// How long before; `None` where it is enough to be told before the change.
    pub period: Option<Period>,
    /// What asks for it: the path of a rule of the old policy, or the pack and article of a law.
    pub by: String,
    /// Whether a notice is not enough, because somebody must agree in writing.
    pub approval: bool,
    /// Whether the article was read in the law itself; a rule of the policy always was.
    pub verified: bool,
}

/// One difference between two versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    /// The row, by its path in the new policy, or in the old one when it is gone. Words stand under `text.`.
    pub path: String,
    /// The key; `None` for a row as a whole.
    pub key: Option<String>,
    /// What became of it.
    pub what: What,
    /// What stood there, as written.
    pub old: Option<String>,
    /// What stands there now, as written.
    pub new: Option<String>,
    /// The kinds of person it concerns, in the order of the scope.
    pub whom: Vec<String>,
    /// Which way it goes.
    pub effect: Effect,
    /// Whether people must hear of it before it holds.
    pub material: bool,
    /// All that must be told or agreed before it holds.
    pub notices: Vec<NoticeNeed>,
}

impl Change {
    /// The path of the rule: row and key.
    pub fn rule(&self) -> String {
        match &self.key {
            Some(key) => format!("{}.{key}", self.path),
            None => self.path.clone(),
        }
    }

    /// The notice that must be given the longest before it holds.
    pub fn notice(&self) -> Option<&NoticeNeed> {
        longest(self.notices.iter())
    }

    /// Whether it concerns this kind of person.
    pub fn concerns(&self, person: &str) -> bool {
        self.whom.iter().any(|kind| kind == person)
    }
}

/// Everything that differs between two versions of a policy.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Diff {
    /// The differences, in the order of the new policy; what is gone comes last, before words.
    pub changes: Vec<Change>,
}

impl Diff {
    /// Whether the two versions say the same.
    pub fn is_empty(&self) -> bool {
        self.changes.is_empty()
    }

    /// The changes of which people must hear before they hold.
    pub fn material(&self) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(|change| change.material)
    }

    /// The notice that must be given the longest before the new version holds.
    pub fn notice(&self) -> Option<&NoticeNeed> {
        longest(self.changes.iter().flat_map(|change| &change.notices))
    }

    /// What somebody must agree to in writing before the new version holds.
    pub fn approvals(&self) -> impl Iterator<Item = (&Change, &NoticeNeed)> {
        self.changes.iter().flat_map(|change| {
            let needs = change.notices.iter().filter(|need| need.approval);
            needs.map(move |need| (change, need))
        })
    }

    /// The changes that concern a kind of person of the scope.
    pub fn concerns(&self, person: &str) -> impl Iterator<Item = &Change> {
        self.changes.iter().filter(move |change| change.concerns(person))
    }
}

/// The longest notice; being told at any time before is the shortest, and an approval is no notice.
fn longest<'n>(needs: impl Iterator<Item = &'n NoticeNeed>) -> Option<&'n NoticeNeed> {
    let size = |need: &&NoticeNeed| need.period.map_or(-1, Period::rough);
    needs.filter(|need| !need.approval).max_by_key(size)
}

/// Compares two versions of one policy.
pub fn diff(old: &Policy, new: &Policy) -> Diff {
    let versions = Versions { old, new, renames: Renames::between(old, new) };
    let mut changes = Vec::new();
    for row in &new.rows {
        match versions.before(&row.path) {
            Some(before) => versions.row(before, row, &mut changes),
            None => changes.push(versions.whole(row, What::Added)),
        }
    }
    let still: BTreeSet<String> =
        new.rows.iter().map(|row| versions.renames.before(&row.path)).collect();
    let gone = old.rows.iter().filter(|row| !still.contains(&row.path));
    changes.extend(gone.map(|row| versions.whole(row, What::Removed)));
    versions.fields(&mut changes);
    versions.words(&mut changes);
    if old.source != new.source {
        let list = |ids: &[String]| Some(ids.join(", "));
        let (was, is) = (list(&old.source), list(&new.source));
        changes.push(versions.quiet("source", "promises", was, is));
    }
    Diff { changes }
}

/// The two versions, with what one calls by another name.
#[derive(Debug)]
struct Versions<'a> {
    old: &'a Policy,
    new: &'a Policy,
    renames: Renames,
}

impl Versions<'_> {
    fn before(&self, path: &str) -> Option<&Row> {
        let path = self.renames.before(path);
        self.old.rows.iter().find(|row| row.path == path)
    }

    /// A row that only one of the versions has.
    fn whole(&self, row: &Row, what: What) -> Change {
        let text = Some(text_of(row));
        let added = what == What::Added;
        let verdict = effect::row(&row.path);
        let verdict = if added { verdict } else { verdict.reversed() };
        let (old, new) = if added { (None, text) } else { (text, None) };
        self.change(&row.path, None, what, (old, new), verdict)
    }

    /// A row that both versions have.
    fn row(&self, old: &Row, new: &Row, changes: &mut Vec<Change>) {
        let find = |row: &'_ Row, key: &str| row.keys.iter().position(|one| one.key == key);
        for key in &new.keys {
            let before = find(old, &key.key).and_then(|at| old.keys.get(at));
            changes.extend(self.key(new, old, &key.key, before, Some(key)));
        }
        for key in old.keys.iter().filter(|key| find(new, &key.key).is_none()) {
            changes.extend(self.key(new, old, &key.key, Some(key), None));
        }
        self.bookkeeping(old, new, changes);
    }

    fn key(
        &self,
        row: &Row,
        before: &Row,
        key: &str,
        old: Option<&KeyRow>,
        new: Option<&KeyRow>,
    ) -> Option<Change> {
        let read = |key: &KeyRow| Value::read(&key.value);
        let was = old.map(read).map(|value| self.renames.rewrite(&row.path, key, value));
        let is = new.map(read);
        let what = match (&was, &is) {
            (Some(was), Some(is)) if was.same(is) => return None,
            (Some(_), Some(_)) => What::Changed,
            (None, _) => What::Added,
            (_, None) => What::Removed,
        };
        let seen = effect::Seen {
            path: &row.path,
            key,
            old: was.as_ref(),
            new: is.as_ref(),
            versions: (self.old, self.new),
            rows: (before, row),
        };
        let texts = (old.map(|key| key.value.clone()), new.map(|key| key.value.clone()));
        Some(self.change(&row.path, Some(key), what, texts, seen.verdict()))
    }

    /// What a row is tied to: of interest to its authors, no rule.
    fn bookkeeping(&self, old: &Row, new: &Row, changes: &mut Vec<Change>) {
        let mut tied = |key: &str, was: &[String], is: &[String]| {
            if was != is {
                let list = |ids: &[String]| (!ids.is_empty()).then(|| ids.join(", "));
                changes.push(self.quiet(&new.path, key, list(was), list(is)));
            }
        };
        tied("covers", &old.covers, &new.covers);
        tied("resolves", &old.resolves, &new.resolves);
        for key in &new.keys {
            let Some(before) = old.keys.iter().find(|one| one.key == key.key) else { continue };
            tied(&format!("covers.{}", key.key), &before.covers, &key.covers);
        }
    }

    /// The company's own fields, whose types stand in a section that is no row.
    fn fields(&self, changes: &mut Vec<Change>) {
        let (was, is) = (effect::field_types(self.old), effect::field_types(self.new));
        for (name, new) in &is {
            let Some(old) = was.get(&self.renames.field_before(name)).filter(|old| *old != new)
            else {
                continue;
            };
            let verdict = effect::field_type(old, new);
            let texts = (Some(old.clone()), Some(new.clone()));
            let path = format!("field.{name}");
            changes.push(self.change(&path, None, What::Changed, texts, verdict));
        }
    }

    /// What people read: never a rule, so never material.
    fn words(&self, changes: &mut Vec<Change>) {
        let before = |path: &str| self.renames.before(path);
        let old: BTreeSet<(&str, &str)> = self.old.words.keys().collect();
        let mut seen = BTreeSet::new();
        for (path, language) in self.new.words.keys() {
            let past = before(path);
            let was = self.old.words.exactly(&past, language);
            let is = self.new.words.exactly(path, language);
            if was != is {
                let texts = (was.map(str::to_owned), is.map(str::to_owned));
                changes.push(self.quiet(&format!("text.{path}"), language, texts.0, texts.1));
            }
            seen.insert((past, language));
        }
        for (path, language) in old {
            if !seen.contains(&(path.to_owned(), language)) {
                let was = self.old.words.exactly(path, language).map(str::to_owned);
                changes.push(self.quiet(&format!("text.{path}"), language, was, None));
            }
        }
    }

    /// A change that is no rule's.
    fn quiet(&self, path: &str, key: &str, old: Option<String>, new: Option<String>) -> Change {
        let what = match (&old, &new) {
            (None, _) => What::Added,
            (_, None) => What::Removed,
            _ => What::Changed,
        };
        self.change(path, Some(key), what, (old, new), Verdict::QUIET)
    }

    fn change(
        &self,
        path: &str,
        key: Option<&str>,
        what: What,
        (old, new): (Option<String>, Option<String>),
        verdict: Verdict,
    ) -> Change {
        let mut change = Change {
            path: path.to_owned(),
            key: key.map(str::to_owned),
            what,
            old,
            new,
            whom: Vec::new(),
            effect: verdict.effect,
            material: verdict.material,
            notices: Vec::new(),
        };
        change.whom = whom::of(self, &change);
        if verdict.rule {
            change.notices = law::needs(self, &change);
        }
        change
    }
}

/// A row in one text: its keys as written.
fn text_of(row: &Row) -> String {
    let key = |key: &KeyRow| format!("{} = {}", key.key, key.value);
    row.keys.iter().map(key).collect::<Vec<_>>().join("; ")
}
