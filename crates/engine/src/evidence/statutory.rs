//! Is what stays of erased people no more than the law asks for: declared fields, a key of its own, and an
//! end that has not passed?

use std::collections::BTreeSet;

use serde_json::{Map, Value};
use store::value::all;

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{refusal::Refusal, statutory};

/// Copies looked at.
const COPIES: u64 = 5_000;

struct Copy {
    id: u64,
    category: String,
    purpose: String,
    until: i64,
    slot: u32,
    sealed: Vec<u8>,
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("copies that a duty keeps");
    let copies = all(look.link, sql::COPIES, &[COPIES.into()], |row| {
        Ok(Copy {
            id: row.number(0)?,
            category: row.text(1)?,
            purpose: row.text(2)?,
            until: row.int(3)?,
            slot: row.small(4)?,
            sealed: row.bytes(5)?,
        })
    })?;
    let mut slots = BTreeSet::new();
    for copy in &copies {
        let row = format!("data.{}", copy.category);
        found.looked(&row);
        let shared = look.count(sql::SLOT_ELSEWHERE, &[copy.slot.into()])? > 0;
        found.broken_if(
            shared || !slots.insert(copy.slot),
            &row,
            "under the key of something else",
        );
        if copy.until <= look.ctx.now {
            let late = look.ctx.settled > copy.until.saturating_add(LATE);
            found.broken_if(late, &row, "kept after its end");
            found.due(&row);
            continue;
        }
        found.next(&row, copy.until);
        one(look, copy, &row, &mut found)?;
    }
    Ok(found)
}

/// One that is still kept: for a declared duty, with declared fields and no others.
fn one(look: &Look<'_>, copy: &Copy, row: &str, found: &mut Findings) -> Result<(), Refusal> {
    let duty = look.policy.category(&copy.category).and_then(|one| one.statutory.as_ref());
    let Some(duty) = duty.filter(|duty| duty.purpose == copy.purpose) else {
        found.broken(row, "kept for no declared duty");
        return Ok(());
    };
    let place = statutory::place(look.ctx, &copy.category, copy.id, copy.slot);
    let fields = look.ctx.ws.key(copy.slot).ok().and_then(|key| {
        let plain = crypto::open(&key, statutory::KIND, &place, &copy.sealed).ok()?;
        serde_json::from_slice::<Map<String, Value>>(&plain).ok()
    });
    if let Some(fields) = fields {
        let more = fields.keys().any(|name| !duty.fields.contains(name));
        found.broken_if(more, row, "with more than the duty asks for");
    } else {
        let there = look.ctx.ws.read(|link| {
            Ok(store::value::one(link, sql::COPY, &[copy.id.into()], |row| row.number(0))?)
        })?;
        found.broken_if(there.is_some(), row, "that do not open");
    }
    Ok(())
}
