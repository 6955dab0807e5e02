//! Look-ups: find a record by the value of a declared field. The index holds keyed tags, never values;
//! their keys change with generations, so that an index stolen with a backup becomes noise.

mod sql;

use policy::{Category, Find};
use serde_json::{Map, Value};
use store::{Link, Tx, value::all};

use crate::{ctx::Ctx, ids, refusal::Refusal};

/// How values are made equal before they are tagged: version 1 trims and lowers.
const NORMAL: u8 = 1;
/// A tag that is not unique keeps 8 bytes: enough to find, too few to confirm a guess for certain.
const SHORT: usize = 8;

/// The form in which two spellings of a value are the same.
fn normal(value: &str) -> String {
    value.trim().to_lowercase()
}

/// The newest generation of a field's key: its number and slot.
fn newest(link: &mut dyn Link, field: &str) -> Result<Option<(u64, u32)>, Refusal> {
    let found = all(link, sql::KEYS, &[field.into()], |row| Ok((row.number(0)?, row.small(1)?)))?;
    Ok(found.into_iter().next())
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
    for (field, value, unique) in found_by(category, fields) {
        let (key, slot) = if let Some(found) = newest(tx.link(), &field)? {
            found
        } else {
            let (id, slot) = (ids::fresh(tx.rng()), tx.take_slot()?);
            tx.run(sql::KEY_ADD, &[id.into(), (&field).into(), 1_u64.into(), slot.into()])?;
            (id, slot)
        };
        let tag = tag(ctx, slot, value, unique)?;
        if unique {
            let taken = tx.all(sql::FIND, &[key.into(), (&tag).into()], |row| row.number(0))?;
            if taken.iter().any(|other| *other != rid) {
                return Err(Refusal::Conflict { reason: "a unique value is taken" });
            }
        }
        tx.run(sql::ADD, &[key.into(), (&tag).into(), rid.into()])?;
    }
    Ok(())
}

/// The records that may hold a value; a short tag can name others too, so the caller compares.
pub(crate) fn find(
    ctx: &Ctx,
    link: &mut dyn Link,
    field: &str,
    value: &str,
    unique: bool,
) -> Result<Vec<u64>, Refusal> {
    let Some((key, slot)) = newest(link, field)? else { return Ok(Vec::new()) };
    let tag = tag(ctx, slot, value, unique)?;
    Ok(all(link, sql::FIND, &[key.into(), (&tag).into()], |row| row.number(0))?)
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
