//! Mentions: a record about one person names another in a field of type `person`: who graded, who was
//! visited. What it shows of them is sealed under their key and ends with them; the record stays.

mod sql;

use std::collections::{BTreeMap, btree_map::Entry};

use policy::{Category, FieldKind};
use serde_json::{Map, Value, json};
use store::{Link, Slot, StoreError, Tx, value::all};

use crate::{
    bar, chain,
    ctx::Ctx,
    ids::{Kind, Rid},
    refusal::Refusal,
    subject,
};

/// What stands in the record itself: here somebody is mentioned. No id of a person reads like this.
pub(crate) const HERE: &str = "@";
/// The kind byte of a sealed mention.
pub(crate) const KIND: u8 = b'M';

/// What readers see in the place of somebody who was erased: the same in every record, so that two
/// records do not tell that they named one person.
fn erased() -> Value {
    json!({ "erased": true })
}

fn named(category: &Category) -> impl Iterator<Item = &str> {
    let persons = category.fields.iter().filter(|field| field.kind == FieldKind::Person);
    persons.map(|field| field.name.as_str())
}

/// Whether records of a category name other people.
fn any(category: &Category) -> bool {
    named(category).next().is_some()
}

/// Takes the ids of people out of the fields that `given` names, and keeps each under that person's key.
/// An id of another workspace answers as one that never was, and as one of somebody erased.
pub(crate) fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    rid: Rid,
    given: &Map<String, Value>,
    fields: &mut Map<String, Value>,
) -> Result<(), Refusal> {
    for name in named(category) {
        let Some(value) = given.get(name) else { continue };
        tx.run(sql::DROP_ONE, &[rid.0.into(), name.into()])?;
        let Some(shown) = value.as_str() else { continue };
        let number = ctx.ws.ids().find(Kind::Subject, shown);
        let person = match number {
            Some(number) => subject::find(tx.link(), number)?,
            None => None,
        };
        let Some(person) = person.filter(|person| !person.condemned) else {
            let rule = format!("data.{}.fields (the id of a subject)", category.id);
            return Err(Refusal::invalid(name, rule));
        };
        let slot = person.ledger_slot;
        let nonce = crypto::random(tx.rng());
        let place = place(ctx, person.number, name, rid.0, slot);
        let sealed = crypto::seal(&tx.key(slot)?, KIND, &place, nonce, shown.as_bytes());
        let values =
            [rid.0.into(), name.into(), person.number.into(), slot.into(), (&sealed).into()];
        tx.run(sql::ADD, &values)?;
        fields.insert(name.to_owned(), HERE.into());
    }
    Ok(())
}

/// The place that binds a mention: the person, the field and the record.
pub(crate) fn place<'a>(
    ctx: &Ctx,
    subject: u64,
    field: &'a str,
    rid: u64,
    slot: Slot,
) -> crypto::Place<'a> {
    crypto::Place {
        workspace: ctx.ws.number(),
        subject,
        category: field,
        record: rid,
        schema: 1,
        slot,
    }
}

/// Puts into a record's fields whom it mentions, and a label where they are erased or being erased.
/// Answers who was put in, so that a reader can look again before the values leave.
pub(crate) fn show(
    ctx: &Ctx,
    link: &mut dyn Link,
    category: &str,
    rid: u64,
    fields: &mut Map<String, Value>,
) -> Result<Vec<u64>, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(category) = in_force.policy.category(category).filter(|one| any(one)) else {
        return Ok(Vec::new());
    };
    let mut kept: BTreeMap<String, (u64, Slot, Vec<u8>)> =
        all(link, sql::OF, &[rid.into()], |row| {
            Ok((row.text(0)?, (row.number(1)?, row.small(2)?, row.bytes(3)?)))
        })?
        .into_iter()
        .collect();
    let mut shown = Vec::new();
    for name in named(category) {
        let Some(value) = fields.get_mut(name) else { continue };
        let found = match kept.remove(name) {
            Some((person, slot, sealed)) => {
                open(ctx, link, (rid, name), person, slot, &sealed)?.map(|id| (person, id))
            }
            None => None,
        };
        *value = match found {
            Some((person, id)) => {
                shown.push(person);
                id.into()
            }
            None => erased(),
        };
    }
    Ok(shown)
}

fn open(
    ctx: &Ctx,
    link: &mut dyn Link,
    (rid, field): (u64, &str),
    person: u64,
    slot: Slot,
    sealed: &[u8],
) -> Result<Option<String>, Refusal> {
    if !stands(link, person)? {
        return Ok(None);
    }
    let key = match ctx.ws.key(slot) {
        Ok(key) => key,
        Err(StoreError::KeyDestroyed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let plain = crypto::open(&key, KIND, &place(ctx, person, field, rid, slot), sealed)?;
    let text = String::from_utf8(plain.to_vec())
        .map_err(|_| Refusal::Store(StoreError::Damaged { what: "a mention" }))?;
    Ok(Some(text))
}

/// Whether a person may still be named: there, and not being erased.
pub(crate) fn stands(link: &mut dyn Link, person: u64) -> Result<bool, Refusal> {
    Ok(subject::find(link, person)?.is_some_and(|person| !person.condemned))
}

/// Where a person is mentioned: category and role in it, with how many records; nothing of whom those are
/// about.
pub(crate) fn of(
    ctx: &Ctx,
    link: &mut dyn Link,
    person: u64,
) -> Result<BTreeMap<(String, String), u64>, Refusal> {
    let janji = ctx.as_janji();
    let mut found = BTreeMap::new();
    for (rid, field) in
        all(link, sql::ABOUT, &[person.into()], |row| Ok((row.number(0)?, row.text(1)?)))?
    {
        match chain::live(&janji, link, Rid(rid)) {
            Ok(chain) => {
                *found.entry((chain.class()?.category.clone(), field)).or_default() += 1;
            }
            Err(Refusal::Gone { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(found)
}

/// Whether a record that may not be deleted mentions the person: then that mention waits with it.
pub(crate) fn kept_elsewhere(ctx: &Ctx, link: &mut dyn Link, person: u64) -> Result<bool, Refusal> {
    let mut bars: BTreeMap<u64, Vec<bar::Bar>> = BTreeMap::new();
    for rid in all(link, sql::ABOUT, &[person.into()], |row| row.number(0))? {
        let about = Rid(rid).subject();
        let standing = match bars.entry(about) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(bar::of(link, about)?),
        };
        if standing.iter().any(|bar| bar.forbids_delete)
            && let Some(chain) = chain::load(ctx, link, rid)?
            && bar::forbids_delete(standing, &chain.lineage())
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Deletes whom a record names in fields that are collected no more.
pub(crate) fn thin(tx: &mut Tx<'_>, category: &Category, rid: u64) -> Result<(), Refusal> {
    let fields = tx.all(sql::FIELDS, &[rid.into()], |row| row.text(0))?;
    for field in fields.iter().filter(|field| !named(category).any(|name| name == field.as_str())) {
        tx.run(sql::DROP_ONE, &[rid.into(), field.into()])?;
    }
    Ok(())
}

/// Deletes every mention of a person; their key is dead.
pub(crate) fn forget(tx: &mut Tx<'_>, person: u64) -> Result<(), Refusal> {
    tx.run(sql::FORGET, &[person.into()])?;
    Ok(())
}
