//! Does the index find what is there, nothing else, and a unique value only once?

use std::collections::BTreeMap;

use policy::Find;
use store::value::{all, one};

use super::{findings::Findings, probe::Look, sql};
use crate::{decision, refusal::Refusal};

/// Index rows looked at.
const ROWS: u64 = 50_000;
/// A tag of a value that several may share is cut to this.
const SHORT: usize = 8;

/// The newest key of a field.
struct Key {
    id: u64,
    slot: u32,
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("index rows and records");
    let mut keys: BTreeMap<String, Key> = BTreeMap::new();
    let rows = all(look.link, sql::LOOKUP_KEYS, &[], |row| {
        Ok((row.text(0)?, Key { id: row.number(1)?, slot: row.small(2)? }))
    })?;
    keys.extend(rows);
    let rows =
        all(look.link, sql::LOOKUPS, &[ROWS.into()], |row| Ok((row.text(0)?, row.number(1)?)))?;
    for (field, rid) in rows {
        let category = field.split('.').next().unwrap_or_default();
        let row = format!("data.{category}");
        found.looked(&row);
        let head = look.head(rid)?;
        let fits = head.is_some_and(|head| look.sample.category(&head) == Some(category));
        found.broken_if(!fits, &row, "index rows of no record");
    }
    twice(look, &keys, &mut found)?;
    tags(look, &keys, &mut found)?;
    Ok(found)
}

/// No two records have one value of a unique field.
fn twice(
    look: &mut Look<'_>,
    keys: &BTreeMap<String, Key>,
    found: &mut Findings,
) -> Result<(), Refusal> {
    for category in &look.policy.categories {
        for field in category.fields.iter().filter(|field| field.find == Find::Unique) {
            let Some(key) = keys.get(&format!("{}.{}", category.id, field.name)) else { continue };
            let shared = look.count(sql::LOOKUP_TWICE, &[key.id.into()])?;
            found.broken_if(
                shared > 0,
                &format!("data.{}", category.id),
                "unique values used twice",
            );
        }
    }
    Ok(())
}

/// Each opened record is in the index under the tag of its value, reckoned here once more.
fn tags(
    look: &mut Look<'_>,
    keys: &BTreeMap<String, Key>,
    found: &mut Findings,
) -> Result<(), Refusal> {
    let grant = decision::built_in(crypto::Ground::Probe);
    for opened in &look.sample.opened {
        let Some(category) = look.policy.category(&opened.category) else { continue };
        let row = format!("data.{}", category.id);
        for field in category.fields.iter().filter(|field| field.find != Find::No) {
            let value = opened.fields.look(&grant).get(&field.name).and_then(|v| v.as_str());
            let Some(value) = value else { continue };
            found.looked(&row);
            let Some(key) = keys.get(&format!("{}.{}", category.id, field.name)) else {
                found.broken(&row, "records that the index does not find");
                continue;
            };
            let Ok(secret) = look.ctx.ws.raw_key(key.slot) else {
                found.broken(&row, "records that the index does not find");
                continue;
            };
            let same = value.trim().to_lowercase();
            let tag = crypto::tag(&secret, &[&[1], same.as_bytes()]);
            let len = if field.find == Find::Unique { tag.len() } else { SHORT };
            let tag = tag.get(..len).unwrap_or_default();
            let values = [key.id.into(), tag.into(), opened.rid.into()];
            let there = one(look.link, sql::LOOKUP, &values, |row| row.int(0))?.is_some();
            found.broken_if(!there, &row, "records that the index does not find");
        }
    }
    Ok(())
}
