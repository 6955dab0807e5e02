//! The versions of a company's policy, and what an earlier one's categories are called, hold and are for
//! in the one in force. Values are stored as they were sealed and made today's when they are read.

use std::collections::BTreeMap;

use policy::{Category, FieldKind, Period, Policy, Unit};
use serde_json::{Map, Value};

use crate::{control::Published, field, time};

/// One version: what it says of data, kept for as long as something may have been collected under it.
#[derive(Debug)]
struct Version {
    number: u64,
    name: String,
    at: i64,
    told: Option<i64>,
    policy: Policy,
}

/// A version as it is read back.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    /// Its number.
    pub(crate) number: u64,
    /// When it came into force.
    pub(crate) at: i64,
    /// When everybody whom it concerns had been told.
    pub(crate) told: Option<i64>,
    /// What it says.
    pub(crate) policy: Policy,
}

impl Source {
    /// A published version that was understood.
    pub(crate) fn of(published: &Published, policy: Policy) -> Source {
        Source { number: published.number, at: published.at, told: published.told, policy }
    }
}

/// Shorter notice than this never lets what was collected be kept longer, whatever a policy says.
const NOTICE: Period = Period { count: 14, unit: Unit::Day };

/// Every version of one publisher, the one in force last.
#[derive(Debug, Default)]
pub struct Versions {
    all: Vec<Version>,
    paths: BTreeMap<(u64, String), Path>,
    since: BTreeMap<(String, String), u64>,
}

/// What becomes of one field.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Turn {
    field: String,
    /// Its name afterwards, and the type to which its values are cast if that is another; `None`: it is gone.
    becomes: Option<(String, Option<FieldKind>)>,
}

/// The way of a category from one version to the one in force.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Path {
    /// What the category is called today; `None`: it was removed.
    pub(crate) today: Option<String>,
    /// The name that it had last.
    pub(crate) last: String,
    /// One for each version that changed some field.
    turns: Vec<Vec<Turn>>,
}

impl Versions {
    /// The versions that were read back.
    pub(crate) fn of(all: impl IntoIterator<Item = Source>) -> Versions {
        let all = all.into_iter().map(|source| Version {
            number: source.number,
            name: source.policy.version.clone(),
            at: source.at,
            told: source.told,
            policy: source.policy,
        });
        let mut versions = Versions { all: all.collect(), ..Versions::default() };
        versions.all.sort_by_key(|version| version.number);
        versions.walk();
        versions.count_purposes();
        versions
    }

    /// These versions with one more that is not in force yet.
    pub(crate) fn with(&self, next: Source) -> Versions {
        let known = self.all.iter().map(|one| Source {
            number: one.number,
            at: one.at,
            told: one.told,
            policy: one.policy.clone(),
        });
        Versions::of(known.chain([next]))
    }

    /// The company's own name of a version.
    pub fn name(&self, number: u64) -> Option<&str> {
        self.find(number).map(|version| version.name.as_str())
    }

    /// When a version came into force.
    pub fn at(&self, number: u64) -> Option<i64> {
        self.find(number).map(|version| version.at)
    }

    /// When everybody whom a version concerns had been told of it, if somebody had to be.
    pub fn told(&self, number: u64) -> Option<i64> {
        self.find(number).and_then(|version| version.told)
    }

    /// Whether people were told of a version in full time before it came into force: 14 days at least, and
    /// as long as the version before it promised.
    pub fn noticed(&self, number: u64) -> bool {
        let later = self.all.iter().skip(1).zip(&self.all);
        let found = later.into_iter().find(|(version, _)| version.number == number);
        let Some((version, before)) = found else { return false };
        let Some(told) = version.told else { return false };
        let promised = before.policy.notice("policy_change").and_then(|notice| notice.before);
        let zone = &before.policy.company.zone;
        let full = |period: Period| time::later(period, told, zone) <= version.at;
        full(NOTICE) && promised.is_none_or(full)
    }

    /// The policy of a version.
    pub fn policy(&self, number: u64) -> Option<&Policy> {
        self.find(number).map(|version| &version.policy)
    }

    /// The number of the newest version.
    pub fn newest(&self) -> u64 {
        self.all.last().map_or(0, |version| version.number)
    }

    /// Every number and name, oldest first.
    pub fn list(&self) -> impl Iterator<Item = (u64, &str)> {
        self.all.iter().map(|version| (version.number, version.name.as_str()))
    }

    fn find(&self, number: u64) -> Option<&Version> {
        self.all.iter().find(|version| version.number == number)
    }

    /// The way of a category of a version to the one in force; `None` when that version has no such category.
    pub(crate) fn path(&self, number: u64, category: &str) -> Option<&Path> {
        self.paths.get(&(number, category.to_owned()))
    }

    /// What a category of one version is called in a later one, or was called last.
    pub(crate) fn called<'a>(&'a self, number: u64, category: &'a str, later: u64) -> &'a str {
        let mut name = category;
        for (one, next) in self.all.iter().zip(self.all.iter().skip(1)) {
            if one.number < number || next.number > later {
                continue;
            }
            match successor(&one.policy, &next.policy, name) {
                Some(found) => name = &found.id,
                None => break,
            }
        }
        name
    }

    /// The version since which a category is for a purpose without a break: a consent of before does not
    /// cover it.
    pub(crate) fn since(&self, category: &str, purpose: &str) -> Option<u64> {
        self.since.get(&(category.to_owned(), purpose.to_owned())).copied()
    }

    /// The newest version that gave a purpose more to use: a consent of before does not cover all of it.
    pub(crate) fn widened(&self, purpose: &str) -> u64 {
        let of = self.since.iter().filter(|((_, own), _)| own == purpose);
        of.map(|(_, number)| *number).max().unwrap_or(0)
    }

    fn walk(&mut self) {
        let mut paths: BTreeMap<(u64, String), Path> = BTreeMap::new();
        for (place, version) in self.all.iter().enumerate() {
            for category in &version.policy.categories {
                let later = self.all.get(place..).unwrap_or_default();
                let path = path(later, category);
                paths.insert((version.number, category.id.clone()), path);
            }
        }
        self.paths = paths;
    }

    fn count_purposes(&mut self) {
        let mut since = BTreeMap::new();
        let Some(last) = self.all.last() else { return };
        for category in &last.policy.categories {
            for purpose in &category.purposes {
                let from = self.first_with(category, purpose).unwrap_or(last.number);
                since.insert((category.id.clone(), purpose.clone()), from);
            }
        }
        self.since = since;
    }

    fn first_with(&self, category: &Category, purpose: &String) -> Option<u64> {
        let mut from = None;
        let mut name = category.id.as_str();
        for (place, version) in self.all.iter().enumerate().rev() {
            let here = version.policy.category(name)?;
            if !here.purposes.contains(purpose) {
                return from;
            }
            from = Some(version.number);
            let Some(before) = place.checked_sub(1).and_then(|place| self.all.get(place)) else {
                return from;
            };
            match predecessor(&before.policy, &version.policy, here) {
                Some(found) => name = &found.id,
                None => return from,
            }
        }
        from
    }
}

/// The category of the next version that takes over from one: the one of its name, or the one that says it
/// was called so and was not there before.
fn successor<'a>(old: &Policy, new: &'a Policy, id: &str) -> Option<&'a Category> {
    new.category(id).or_else(|| {
        let renamed =
            |one: &&Category| one.was.as_deref() == Some(id) && old.category(&one.id).is_none();
        new.categories.iter().find(renamed)
    })
}

fn predecessor<'a>(old: &'a Policy, new: &Policy, category: &Category) -> Option<&'a Category> {
    old.category(&category.id).or_else(|| {
        let was = category.was.as_deref().filter(|was| new.category(was).is_none())?;
        old.category(was)
    })
}

fn path(versions: &[Version], category: &Category) -> Path {
    let mut path = Path { last: category.id.clone(), ..Path::default() };
    let mut here = category;
    for (one, next) in versions.iter().zip(versions.iter().skip(1)) {
        let Some(found) = successor(&one.policy, &next.policy, &here.id) else { return path };
        let turns = turns(here, found);
        if !turns.is_empty() {
            path.turns.push(turns);
        }
        here = found;
        path.last.clone_from(&here.id);
    }
    path.today = Some(here.id.clone());
    path
}

/// The fields of a category that the next version calls otherwise, types otherwise or has no more.
fn turns(old: &Category, new: &Category) -> Vec<Turn> {
    let mut turns = Vec::new();
    for field in &old.fields {
        let same = new.fields.iter().find(|one| one.name == field.name);
        let found = same.or_else(|| {
            let renamed = |one: &&policy::Field| {
                new.were.iter().any(|(now, was)| *now == one.name && *was == field.name)
                    && !old.fields.iter().any(|other| other.name == one.name)
            };
            new.fields.iter().find(renamed)
        });
        let becomes = found.and_then(|found| {
            let cast = field::cast_between(&field.kind, &found.kind)?;
            Some((found.name.clone(), cast.then(|| found.kind.clone())))
        });
        let unchanged = matches!(&becomes, Some((name, None)) if *name == field.name);
        if !unchanged {
            turns.push(Turn { field: field.name.clone(), becomes });
        }
    }
    turns
}

impl Path {
    /// Whether what was sealed on this way holds something that is to be erased or cast.
    pub(crate) fn rewrites(&self) -> bool {
        let lasting = |turn: &Turn| matches!(&turn.becomes, Some((_, None)));
        self.turns.iter().flatten().any(|turn| !lasting(turn))
    }

    /// Whether nothing but the version's number is between then and now.
    pub(crate) fn is_plain(&self) -> bool {
        self.turns.is_empty()
    }

    /// Each field that changes on the way, with its name afterwards and whether its values are cast.
    pub(crate) fn turns(&self) -> impl Iterator<Item = (&str, Option<(&str, bool)>)> {
        self.turns.iter().flatten().map(|turn| {
            let becomes = turn.becomes.as_ref().map(|(name, kind)| (name.as_str(), kind.is_some()));
            (turn.field.as_str(), becomes)
        })
    }

    /// The values of a record as the version in force knows them: those under a new name, those of a new
    /// type that fit it, and none that is not collected any more.
    pub(crate) fn today(&self, fields: Map<String, Value>) -> Map<String, Value> {
        let mut fields = fields;
        for turns in &self.turns {
            let taken: Vec<(&Turn, Value)> =
                turns.iter().filter_map(|turn| Some((turn, fields.remove(&turn.field)?))).collect();
            for (turn, value) in taken {
                let Some((name, kind)) = &turn.becomes else { continue };
                let cast = match kind {
                    Some(kind) => field::cast(kind, value),
                    None => Some(value),
                };
                if let Some(value) = cast {
                    fields.insert(name.clone(), value);
                }
            }
        }
        fields
    }

    /// What a field of then is called today; `None` when it is no more.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        let mut name = name.to_owned();
        for turns in &self.turns {
            if let Some(turn) = turns.iter().find(|turn| turn.field == name) {
                name.clone_from(&turn.becomes.as_ref()?.0);
            }
        }
        Some(name)
    }
}

#[cfg(test)]
mod tests;
