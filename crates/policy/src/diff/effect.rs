//! Whether a change gives or takes, and whether people must hear of it.

use std::collections::BTreeMap;

pub(super) use super::Effect;
use super::{
    keeping,
    rules::{self, Rule},
    value::Value,
};
use crate::model::{FieldKind, Policy, Row, SettingKind};

/// What a change comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Verdict {
    pub(super) effect: Effect,
    pub(super) material: bool,
    /// Whether a rule changed, so that a law may ask for a notice.
    pub(super) rule: bool,
}

impl Verdict {
    pub(super) const QUIET: Self = Self { effect: Effect::Neutral, material: false, rule: false };
    const CORE: Self = Self { effect: Effect::Neutral, material: true, rule: true };

    fn of(effect: Effect) -> Self {
        Self { effect, material: effect == Effect::Loosens, rule: effect != Effect::Neutral }
    }

    pub(super) fn reversed(self) -> Self {
        if self.effect == Effect::Neutral { self } else { Self::of(self.effect.reversed()) }
    }
}

/// One key in both versions, the old one in the names of the new.
#[derive(Debug)]
pub(super) struct Seen<'a> {
    pub(super) path: &'a str,
    pub(super) key: &'a str,
    pub(super) old: Option<&'a Value>,
    pub(super) new: Option<&'a Value>,
    pub(super) versions: (&'a Policy, &'a Policy),
    pub(super) rows: (&'a Row, &'a Row),
}

/// What a whole row does that is added.
pub(super) fn row(path: &str) -> Verdict {
    let section = path.split('.').next().unwrap_or(path);
    if rules::CORE_ROWS.contains(&section) {
        return Verdict::CORE;
    }
    let open = rules::ROWS.iter().find(|(name, _)| *name == section).map(|(_, effect)| *effect);
    Verdict { rule: true, ..Verdict::of(open.unwrap_or(rules::PROMISE)) }
}

impl Seen<'_> {
    pub(super) fn verdict(&self) -> Verdict {
        let verdict = self.plain();
        let section = self.path.split('.').next().unwrap_or(self.path);
        let either =
            |(of, key): &(&str, &str)| (*of == self.path || *of == section) && *key == self.key;
        let cuts = verdict.rule && rules::EITHER_WAY.iter().any(either);
        Verdict { material: verdict.material || cuts, ..verdict }
    }

    fn plain(&self) -> Verdict {
        match rules::of(self.path, self.key) {
            Rule::Said => Verdict::QUIET,
            Rule::Core => Verdict::CORE,
            Rule::Longer(longer, there) => self.longer(longer, there),
            Rule::More(effect) => self.set(effect, false),
            Rule::MoreOfAll(effect) => self.set(effect, true),
            Rule::Higher(effect) => self.higher(effect),
            Rule::Ladder(absent, words) => self.ladder(absent, words),
            Rule::There(effect) => self.there(effect),
            Rule::Keep => match (self.old, self.new) {
                (Some(old), Some(new)) => Verdict::of(keeping::compare(old, new, self.versions)),
                _ => Verdict::CORE,
            },
            Rule::Share => step(share(self.old), share(self.new), || self.set_of_texts()),
            Rule::Basis => step(basis(self.old), basis(self.new), || self.swapped()),
            Rule::Fields => self.fields(),
            Rule::Pieces => self.pieces(),
            Rule::Setting => self.setting(),
        }
    }

    fn there(&self, effect: Effect) -> Verdict {
        match (self.old, self.new) {
            (None, _) => Verdict::of(effect),
            (_, None) => Verdict::of(effect.reversed()),
            _ => Verdict::CORE,
        }
    }

    fn longer(&self, longer: Effect, there: Effect) -> Verdict {
        let (Some(old), Some(new)) = (self.old, self.new) else { return self.there(there) };
        let (before, after) = self.versions;
        let (old, new) = (keeping::length(old, before), keeping::length(new, after));
        match (old, new) {
            (Some(old), Some(new)) => sized(old.cmp(&new), longer),
            _ => Verdict::of(Effect::Loosens),
        }
    }

    fn higher(&self, higher: Effect) -> Verdict {
        let number = |value: Option<&Value>, policy: &Policy| {
            let value = value?;
            match value.text() {
                None => value.bare()?.parse::<i64>().ok(),
                Some(name) => match policy.setting(name)?.kind {
                    SettingKind::Number { min, .. } => Some(min),
                    _ => None,
                },
            }
        };
        let (before, after) = self.versions;
        match (number(self.old, before), number(self.new, after)) {
            (Some(old), Some(new)) => sized(old.cmp(&new), higher),
            _ => Verdict::CORE,
        }
    }

    fn ladder(&self, absent: &str, words: &[&str]) -> Verdict {
        let rung = |value: Option<&Value>| {
            let word = value.map_or(Some(absent), Value::text)?;
            words.iter().position(|known| *known == word)
        };
        match (rung(self.old), rung(self.new)) {
            (Some(old), Some(new)) => sized(old.cmp(&new), Effect::Loosens),
            _ => Verdict::CORE,
        }
    }

    /// Lists: an item that loosens outweighs all that tighten.
    fn set(&self, more: Effect, absent_is_all: bool) -> Verdict {
        match (self.old, self.new) {
            (None, _) if absent_is_all => return Verdict::of(more.reversed()),
            (_, None) if absent_is_all => return Verdict::of(more),
            _ => {}
        }
        sets(&texts(self.old), &texts(self.new), more)
    }

    fn set_of_texts(&self) -> Verdict {
        sets(&texts(self.old), &texts(self.new), Effect::Loosens)
    }

    /// Grounds of one strength: another one is a rule changed, one more or fewer gives or takes.
    fn swapped(&self) -> Verdict {
        let (old, new) = (texts(self.old), texts(self.new));
        let within = |some: &[&str], all: &[&str]| some.iter().all(|one| all.contains(one));
        if within(&old, &new) || within(&new, &old) {
            return sets(&old, &new, Effect::Loosens);
        }
        Verdict::CORE
    }

    /// What must be given and what may be are collected alike; a field that moves from one list to the
    /// other loosens only when it must be given now.
    fn fields(&self) -> Verdict {
        let list = |row: &Row, key: &str| {
            let key = row.keys.iter().find(|one| one.key == key);
            key.map(|key| Value::read(&key.value))
        };
        let (old, new) = (texts(self.old), texts(self.new));
        let other = if self.key == "fields" { "optional" } else { "fields" };
        let (before, after) = (list(self.rows.0, other), list(self.rows.1, other));
        let (before, after) = (texts(before.as_ref()), texts(after.as_ref()));
        let added = new.iter().filter(|name| !old.contains(name));
        let (moved_in, come): (Vec<&str>, Vec<&str>) =
            added.partition(|name| before.contains(name));
        let gone = old.iter().filter(|name| !new.contains(name) && !after.contains(name)).count();
        let demands = self.key == "fields" && !moved_in.is_empty();
        if !come.is_empty() || demands {
            Verdict::of(Effect::Loosens)
        } else if gone > 0 || self.key == "fields" {
            Verdict::of(Effect::Tightens)
        } else {
            Verdict::of(Effect::Neutral)
        }
    }

    /// A category stands for its fields.
    fn pieces(&self) -> Verdict {
        let (old, new) = (texts(self.old), texts(self.new));
        let held = |all: &[&str], piece: &str| {
            let whole = piece.split('.').next().unwrap_or(piece);
            all.contains(&piece) || all.contains(&whole)
        };
        if new.iter().any(|piece| !held(&old, piece)) {
            return Verdict::of(Effect::Loosens);
        }
        if old.iter().any(|piece| !held(&new, piece)) {
            return Verdict::of(Effect::Tightens);
        }
        // The same data under other scopes of a provider, or a category named once more.
        Verdict::of(Effect::Neutral)
    }

    fn setting(&self) -> Verdict {
        let id = self.path.strip_prefix("setting.").unwrap_or_default();
        let (before, after) = self.versions;
        let age = |policy: &Policy| {
            let named = |row: &&Row| row.path == "children";
            let texts = policy.rows.iter().filter(named).flat_map(|row| &row.keys);
            texts.into_iter().any(|key| Value::read(&key.value).text() == Some(id))
        };
        let lengths = matches!(
            after.setting(id).map(|setting| &setting.kind),
            Some(SettingKind::Length { .. })
        );
        match (self.key, self.old, self.new) {
            ("choices", ..) | (_, None, _) | (_, _, None) => Verdict::CORE,
            _ if lengths => self.longer(Effect::Loosens, Effect::Neutral),
            (_, Some(Value::Bare(old)), Some(Value::Bare(new))) => {
                match (old.as_str(), new.as_str()) {
                    ("false", "true") => Verdict::of(Effect::Loosens),
                    ("true", "false") => Verdict::of(Effect::Tightens),
                    _ if age(before) || age(after) => self.higher(Effect::Tightens),
                    _ => Verdict::CORE,
                }
            }
            _ => Verdict::CORE,
        }
    }
}

fn texts(value: Option<&Value>) -> Vec<&str> {
    value.map(Value::texts).unwrap_or_default()
}

/// `order` is that of the old to the new; `up` is what the greater does.
fn sized(order: std::cmp::Ordering, up: Effect) -> Verdict {
    match order {
        std::cmp::Ordering::Less => Verdict::of(up),
        std::cmp::Ordering::Greater => Verdict::of(up.reversed()),
        std::cmp::Ordering::Equal => Verdict::QUIET,
    }
}

fn sets(old: &[&str], new: &[&str], more: Effect) -> Verdict {
    let come = new.iter().any(|item| !old.contains(item)).then_some(more);
    let gone = old.iter().any(|item| !new.contains(item)).then_some(more.reversed());
    // `Loosens` is the least, and so wins.
    Verdict::of(come.into_iter().chain(gone).min().unwrap_or(Effect::Neutral))
}

/// A higher rank is looser; within a rank the rest decides.
fn step(old: u8, new: u8, same: impl Fn() -> Verdict) -> Verdict {
    if old == new { same() } else { sized(old.cmp(&new), Effect::Loosens) }
}

/// Never, for some reasons, anywhere.
fn share(value: Option<&Value>) -> u8 {
    match value {
        Some(Value::Text(_)) => 0,
        Some(_) => 1,
        None => 2,
    }
}

/// The loosest ground that a purpose may rest on.
fn basis(value: Option<&Value>) -> u8 {
    let rank = |word: &&str| match *word {
        "explicit_consent" => 0,
        "consent" => 1,
        _ => 2,
    };
    texts(value).iter().map(rank).max().unwrap_or(2)
}

/// The fields that a policy uses, with their types.
pub(super) fn field_types(policy: &Policy) -> BTreeMap<String, String> {
    let kind = |kind: &FieldKind| match kind {
        FieldKind::Options(options) => format!("{options:?}"),
        other => format!("{:?}", other.word()),
    };
    let fields = policy.categories.iter().flat_map(|category| &category.fields);
    fields.map(|field| (field.name.clone(), kind(&field.kind))).collect()
}

/// One of some words says less than anything at all; of two types nobody can tell.
pub(super) fn field_type(old: &str, new: &str) -> Verdict {
    match (Value::read(old), Value::read(new)) {
        (old @ Value::List(_), new @ Value::List(_)) => {
            sets(&old.texts(), &new.texts(), Effect::Loosens)
        }
        (Value::Text(_), Value::List(_)) => Verdict::of(Effect::Tightens),
        _ => Verdict::of(Effect::Loosens),
    }
}
