//! Look-ups: find a record by the value of a declared field. The index holds keyed tags, never values;
//! their keys change with generations, so that an index stolen with a backup becomes noise.

mod sql;

use std::collections::BTreeMap;

use policy::{Category, Find};
use serde_json::{Map, Value};
use store::{
    Link, Tx,
    value::{all, one},
};

use crate::{ctx::Ctx, ids, refusal::Refusal, versions::Versions, workspace::InForce};

/// How values are made equal before they are tagged: version 1 trims and lowers.
const NORMAL: u8 = 1;
/// A tag that is not unique keeps 8 bytes: enough to find, too few to confirm a guess for certain.
const SHORT: usize = 8;

/// The form in which two spellings of a value are the same.
fn normal(value: &str) -> String {
    value.trim().to_lowercase()
}

/// How far an index has come; the numbers stand in the table.
const BUILDING: u64 = 0;
const READY: u64 = 1;
const GONE: u64 = 2;

/// The key of an index.
#[derive(Debug, Clone, Copy)]
struct Key {
    id: u64,
    slot: u32,
    ready: bool,
}

/// The newest generation of a field's key.
fn newest(link: &mut dyn Link, field: &str) -> Result<Option<Key>, Refusal> {
    Ok(one(link, sql::KEY, &[field.into()], |row| {
        Ok(Key { id: row.number(0)?, slot: row.small(1)?, ready: row.number(2)? == READY })
    })?)
}

fn make(tx: &mut Tx<'_>, field: &str, unique: bool, state: u64) -> Result<Key, Refusal> {
    let (id, slot) = (ids::fresh(tx.rng()), tx.take_slot()?);
    let generation = tx.one(sql::GENERATION, &[field.into()], |row| row.number(0))?.unwrap_or(1);
    let values =
        [id.into(), field.into(), generation.into(), slot.into(), unique.into(), state.into()];
    tx.run(sql::KEY_ADD, &values)?;
    Ok(Key { id, slot, ready: state == READY })
}

fn tag(ctx: &Ctx, slot: u32, value: &str, unique: bool) -> Result<Vec<u8>, Refusal> {
    let key = ctx.ws.raw_key(slot)?;
    let tag = crypto::tag(&key, &[&[NORMAL], normal(value).as_bytes()]);
    let len = if unique { tag.len() } else { SHORT };
    Ok(tag.get(..len).unwrap_or_default().to_vec())
}

/// The fields of a category that are found by value, with the value each has here.
fn found_by<'a>(
    category: &'a Category,
    fields: &'a Map<String, Value>,
) -> impl Iterator<Item = (String, &'a str, bool)> {
    category.fields.iter().filter_map(|field| {
        let unique = match field.find {
            Find::No => return None,
            Find::ByValue => false,
            Find::Unique => true,
        };
        let value = fields.get(&field.name)?.as_str()?;
        Some((format!("{}.{}", category.id, field.name), value, unique))
    })
}

/// Adds the tags of a record. A unique value that another live record has is refused.
pub(crate) fn add(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    rid: u64,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    for (field, _, unique) in found_by(category, fields) {
        if unique && newest(tx.link(), &field)?.is_some_and(|key| !key.ready) {
            // What is not in the index yet may have the same value.
            return Err(Refusal::Conflict {
                reason: "the look-up is being built: try again later",
            });
        }
    }
    add_again(ctx, tx, category, rid, fields)
}

fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    key: Key,
    value: &str,
    unique: bool,
    rid: u64,
) -> Result<(), Refusal> {
    let tag = tag(ctx, key.slot, value, unique)?;
    if unique {
        let taken = tx.all(sql::FIND, &[key.id.into(), (&tag).into()], |row| row.number(0))?;
        if taken.iter().any(|other| *other != rid) {
            return Err(Refusal::Conflict { reason: "a unique value is taken" });
        }
    }
    tx.run(sql::ADD, &[key.id.into(), (&tag).into(), rid.into()])?;
    Ok(())
}

/// Adds the tags of a record to every index, also one that is being built.
pub(crate) fn add_again(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    rid: u64,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    for (field, value, unique) in found_by(category, fields) {
        let key = match newest(tx.link(), &field)? {
            Some(key) => key,
            None => make(tx, &field, unique, READY)?,
        };
        put(ctx, tx, key, value, unique, rid)?;
    }
    Ok(())
}

/// Adds the tags of a record that was there before its fields could be found; answers whether it did.
pub(crate) fn build(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    rid: u64,
    fields: &Map<String, Value>,
) -> Result<bool, Refusal> {
    let mut built = false;
    for (field, value, unique) in found_by(category, fields) {
        if let Some(key) = newest(tx.link(), &field)?.filter(|key| !key.ready) {
            put(ctx, tx, key, value, unique, rid)?;
            built = true;
        }
    }
    Ok(built)
}

/// The fields of a policy that are found by value, as `category.field`, and whether each is unique.
fn declared(policy: &policy::Policy) -> BTreeMap<String, bool> {
    let mut all = BTreeMap::new();
    for category in &policy.categories {
        for field in category.fields.iter().filter(|field| field.find != Find::No) {
            let name = format!("{}.{}", category.id, field.name);
            all.insert(name, field.find == Find::Unique);
        }
    }
    all
}

/// What the index of a field is called under a later policy, when its tags are of use there.
fn kept(
    versions: &Versions,
    since: u64,
    later: &policy::Policy,
    field: &str,
    unique: bool,
) -> Option<String> {
    let (category, name) = field.split_once('.')?;
    let path = versions.path(since, category)?;
    let cast = path
        .turns()
        .any(|(turned, becomes)| turned == name && becomes.is_none_or(|(_, cast)| cast));
    let now = format!("{}.{}", path.today.as_ref()?, path.field(name)?);
    (!cast && declared(later).get(&now) == Some(&unique)).then_some(now)
}

/// The indexes that a next version builds from records that are there (`true`) and drops (`false`).
pub(crate) fn changes(now: &InForce, next: &InForce) -> Vec<(String, bool)> {
    let mut building = declared(&next.policy);
    let mut changes = Vec::new();
    for (field, unique) in declared(&now.policy) {
        match kept(&next.versions, now.number, &next.policy, &field, unique) {
            Some(name) => drop(building.remove(&name)),
            None => changes.push((field, false)),
        }
    }
    let fresh = |field: &String| was_there(&next.versions, now.number, &now.policy, field);
    changes.extend(building.into_keys().filter(fresh).map(|field| (field, true)));
    changes
}

/// Whether records of before can have values of a field.
fn was_there(versions: &Versions, since: u64, before: &policy::Policy, field: &str) -> bool {
    let Some((category, name)) = field.split_once('.') else { return false };
    before.categories.iter().any(|old| {
        let path = versions.path(since, &old.id);
        path.is_some_and(|path| {
            path.today.as_deref() == Some(category)
                && old.fields.iter().any(|one| path.field(&one.name).as_deref() == Some(name))
        })
    })
}

/// Prepares the indexes of a policy that comes into force after the version `since`: those that stay follow
/// their field's name, those that are new wait to be built, those of no more use wait to be dropped.
pub(crate) fn declare(ctx: &Ctx, tx: &mut Tx<'_>, since: u64) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    let Some(before) = in_force.versions.policy(since) else { return Ok(()) };
    let keys = tx.all(sql::LIVE, &[], |row| Ok((row.number(0)?, row.text(1)?, row.flag(2)?)))?;
    let mut wanted = declared(&in_force.policy);
    for (id, field, unique) in keys {
        match kept(&in_force.versions, since, &in_force.policy, &field, unique) {
            Some(name) => {
                wanted.remove(&name);
                tx.run(sql::RENAME, &[id.into(), (&name).into()])?;
            }
            None => drop(tx.run(sql::STATE, &[id.into(), GONE.into()])?),
        }
    }
    for (field, unique) in wanted {
        if was_there(&in_force.versions, since, before, &field) {
            make(tx, &field, unique, BUILDING)?;
        }
    }
    Ok(())
}

/// Whether indexes wait to be built or dropped.
pub(crate) fn is_unfinished(link: &mut dyn Link) -> Result<bool, Refusal> {
    Ok(one(link, sql::UNFINISHED, &[], |row| row.int(0))?.is_some())
}

/// Whether the category has an index that is being built.
pub(crate) fn is_building(link: &mut dyn Link, category: &Category) -> Result<bool, Refusal> {
    for field in category.fields.iter().filter(|field| field.find != Find::No) {
        let name = format!("{}.{}", category.id, field.name);
        if newest(link, &name)?.is_some_and(|key| !key.ready) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Drops the tags of indexes that are of no more use, of the records between two numbers.
pub(crate) fn thin(tx: &mut Tx<'_>, first: u64, last: u64) -> Result<usize, Refusal> {
    Ok(tx.run(sql::THIN, &[first.into(), last.into(), GONE.into()])?)
}

/// Says that every record was walked through: what was being built is ready. Answers the keys of what was
/// dropped, to be destroyed before they are forgotten.
pub(crate) fn walked(tx: &mut Tx<'_>) -> Result<Vec<(u64, u32)>, Refusal> {
    tx.run(sql::BUILT, &[BUILDING.into(), READY.into()])?;
    Ok(tx.all(sql::GONE, &[GONE.into()], |row| Ok((row.number(0)?, row.small(1)?)))?)
}

/// Forgets keys that were destroyed.
pub(crate) fn forget(tx: &mut Tx<'_>, keys: &[(u64, u32)]) -> Result<(), Refusal> {
    keys.iter().try_for_each(|(id, _)| tx.run(sql::FORGET, &[(*id).into()]).map(|_| ()))?;
    Ok(())
}

/// A value as compared with others in memory; never stored.
pub(crate) fn fingerprint(value: &str) -> [u8; 32] {
    crypto::sha256(&[&[NORMAL], normal(value).as_bytes()])
}

/// The records that may hold a value; a short tag can name others too, so the caller compares.
pub(crate) fn find(
    ctx: &Ctx,
    link: &mut dyn Link,
    field: &str,
    value: &str,
    unique: bool,
) -> Result<Vec<u64>, Refusal> {
    let Some(key) = newest(link, field)? else { return Ok(Vec::new()) };
    if !key.ready {
        return Err(Refusal::Conflict { reason: "the look-up is being built: try again later" });
    }
    let tag = tag(ctx, key.slot, value, unique)?;
    Ok(all(link, sql::FIND, &[key.id.into(), (&tag).into()], |row| row.number(0))?)
}

/// Whether two values count as the same.
pub(crate) fn same(stored: &str, asked: &str) -> bool {
    normal(stored) == normal(asked)
}

/// Removes the tags of a record.
pub(crate) fn remove(tx: &mut Tx<'_>, rid: u64) -> Result<(), Refusal> {
    tx.run(sql::REMOVE, &[rid.into()])?;
    Ok(())
}
