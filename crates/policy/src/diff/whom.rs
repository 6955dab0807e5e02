//! Whose data a change is about: from a row through purposes and recipients to the categories and their people.

use std::collections::BTreeSet;

use super::{Change, Versions, value::Value};
use crate::model::{Category, KeyRow, Policy, Row};

type People = BTreeSet<String>;

/// The kinds of person that a change concerns, in the order of the scope; everyone when it is not narrower.
pub(super) fn of(versions: &Versions<'_>, change: &Change) -> Vec<String> {
    let (old, new) = (versions.old, versions.new);
    let gone = old.people.iter().filter(|kind| !new.people.contains(kind));
    let everyone = new.people.iter().chain(gone).cloned();
    let said = change.path.strip_prefix("text.");
    let path = said.unwrap_or(&change.path);
    // A key stands in a row that both versions have.
    let both = said.is_none() && change.key.is_some();
    let was = both || change.old.is_some();
    let is = both || change.new.is_some();
    let was = was.then(|| touched(old, &versions.renames.before(path)));
    let is = is.then(|| touched(new, path));
    let found = match (was, is) {
        _ if path == "scope" && change.key.as_deref() == Some("people") => Some(scope(old, new)),
        (Some(Some(was)), Some(Some(is))) => Some(was.union(&is).cloned().collect()),
        (Some(Some(one)), None) | (None, Some(Some(one))) => Some(one),
        _ => None,
    };
    let Some(found) = found.filter(|found| !found.is_empty()) else { return everyone.collect() };
    everyone.filter(|kind| found.contains(kind)).collect()
}

fn scope(old: &Policy, new: &Policy) -> People {
    let (was, is): (People, People) =
        (old.people.iter().cloned().collect(), new.people.iter().cloned().collect());
    was.symmetric_difference(&is).cloned().collect()
}

/// The people of one row in one version; `None` for everyone.
fn touched(policy: &Policy, path: &str) -> Option<People> {
    let (section, id) = path.split_once('.')?;
    match section {
        "data" => people(policy, &[id]),
        "people" => Some([id.to_owned()].into()),
        "purpose" | "interest" => purpose(policy, id),
        "recipient" => recipient(policy, id),
        "integration" => pieces(policy, keys(policy, path, &["tokens", "scopes"])),
        "feature" => feature(policy, id),
        "setting" => setting(policy, id),
        "field" => field(policy, id),
        "children" if id == "approval" => {
            let only = keys(policy, path, &["only"]).flat_map(texts).collect::<People>();
            (!only.is_empty()).then_some(only)
        }
        "notice" if id == "lapse" => {
            let lapsing = policy.categories.iter().filter(|one| one.lapses.is_some());
            all_of(policy, lapsing)
        }
        _ => None,
    }
}

/// The people of some categories; those of counts are the ones who are counted.
fn people(policy: &Policy, ids: &[&str]) -> Option<People> {
    all_of(policy, policy.categories.iter().filter(|one| ids.contains(&one.id.as_str())))
}

fn all_of<'p>(policy: &Policy, some: impl Iterator<Item = &'p Category>) -> Option<People> {
    let mut found = People::new();
    for category in some {
        let fed = |one: &&Category| one.feeds.as_deref() == Some(&category.id);
        let counted = policy.categories.iter().filter(fed).flat_map(|one| one.of.iter());
        found.extend(category.of.iter().chain(counted).cloned());
    }
    (!found.is_empty()).then_some(found)
}

fn purpose(policy: &Policy, id: &str) -> Option<People> {
    all_of(policy, policy.categories.iter().filter(|one| one.purposes.iter().any(|on| on == id)))
}

fn recipient(policy: &Policy, id: &str) -> Option<People> {
    let path = format!("recipient.{id}");
    let gets = policy.recipients.iter().find(|one| one.id == id)?.gets.clone();
    if gets.iter().any(|piece| piece == "sealed") {
        return None;
    }
    if !gets.is_empty() {
        return pieces(policy, keys(policy, &path, &["gets"]));
    }
    let purposes: Vec<String> = keys(policy, &path, &["for"]).flat_map(texts).collect();
    let found: Vec<Option<People>> = purposes.iter().map(|id| purpose(policy, id)).collect();
    let found: Option<Vec<People>> = found.into_iter().collect();
    found.filter(|some| !some.is_empty()).map(|some| some.into_iter().flatten().collect())
}

/// The people of categories and fields that some keys name.
fn pieces<'p>(policy: &Policy, keys: impl Iterator<Item = &'p KeyRow>) -> Option<People> {
    let named: Vec<String> = keys.flat_map(texts).collect();
    let ids: Vec<&str> = named.iter().filter_map(|piece| piece.split('.').next()).collect();
    people(policy, &ids)
}

/// Those whose data are collected while a feature is on, or used for a purpose that needs it.
fn feature(policy: &Policy, id: &str) -> Option<People> {
    let on = |when: &Option<String>| when.as_deref() == Some(id);
    let opened = |one: &&Category| {
        let used = |id: &String| policy.purpose(id).is_some_and(|purpose| on(&purpose.when));
        on(&one.when) || one.purposes.iter().any(used)
    };
    all_of(policy, policy.categories.iter().filter(opened))
}

/// Those of every row that the setting is part of.
fn setting(policy: &Policy, id: &str) -> Option<People> {
    let named = |row: &&Row| {
        let whole = |text: &str| text.split([' ', '.']).any(|word| word == id);
        let mut keys = row.keys.iter().filter(|key| {
            ["keep", "grace", "lapses", "when", "kept_on", "lease", "min_age"]
                .contains(&key.key.as_str())
        });
        keys.any(|key| texts(key).iter().any(|text| whole(text)))
    };
    let rows: Vec<&Row> = policy.rows.iter().filter(named).collect();
    let found: Option<Vec<People>> = rows.iter().map(|row| touched(policy, &row.path)).collect();
    found.map(|some| some.into_iter().flatten().collect())
}

fn field(policy: &Policy, name: &str) -> Option<People> {
    let has = |one: &&Category| one.fields.iter().any(|field| field.name == name);
    all_of(policy, policy.categories.iter().filter(has))
}

fn keys<'p>(policy: &'p Policy, path: &str, names: &[&str]) -> impl Iterator<Item = &'p KeyRow> {
    let row = policy.rows.iter().find(|row| row.path == path);
    row.into_iter().flat_map(|row| &row.keys).filter(|key| names.contains(&key.key.as_str()))
}

fn texts(key: &KeyRow) -> Vec<String> {
    Value::read(&key.value).texts().into_iter().map(str::to_owned).collect()
}
