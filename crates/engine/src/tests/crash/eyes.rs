//! A look at the data themselves: rows by the test's own statements, values by the keys of the guard.

use std::collections::BTreeMap;

use crypto::Place;
use serde_json::{Map, Value};
use store::{Slot, StoreError};

use super::{Verdict, stage::Stage};
use crate::{entry, ids::Rid};

/// A row of a record with its opened values.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) category: String,
    pub(super) purposes: Vec<String>,
    pub(super) at: i64,
    pub(super) whole: Option<u64>,
    pub(super) slot: Slot,
    pub(super) own_slot: bool,
    pub(super) job: Option<u64>,
    pub(super) fields: Map<String, Value>,
}

fn text<T, E: std::fmt::Debug>(answer: Result<T, E>, what: &str) -> Verdict<T> {
    answer.map_err(|error| format!("{what}: {error:?}"))
}

pub(super) fn open_sealed(
    stage: &Stage,
    kind: u8,
    place: &Place<'_>,
    sealed: &[u8],
) -> Verdict<Vec<u8>> {
    let ws = text(stage.ws(), "no workspace")?;
    let what = format!("slot {} of {}", place.slot, place.record);
    let key = text(ws.key(place.slot), &what)?;
    Ok(text(crypto::open(&key, kind, place, sealed), &what)?.to_vec())
}

/// Every record's row.
pub(super) fn records(stage: &Stage) -> Verdict<BTreeMap<u64, Stored>> {
    some_records(stage, None)
}

/// The row of one record, or of all.
pub(super) fn some_records(stage: &Stage, rid: Option<u64>) -> Verdict<BTreeMap<u64, Stored>> {
    let (first, last) = rid.map_or((0, i64::MAX.cast_unsigned()), |rid| (rid, rid));
    let rows = stage.rows(
        "select r.rid, c.category, c.purposes, r.at, r.whole, r.slot, r.own_slot, r.job, r.schema, r.sealed
         from record r left join class c on c.terms = r.terms
         where r.rid between $1 and $2 order by r.rid",
        &[first.into(), last.into()],
        |row| {
            let stored = Stored {
                category: row.text(1)?,
                purposes: row.text(2)?.split_whitespace().map(str::to_owned).collect(),
                at: row.int(3)?,
                whole: row.maybe_number(4)?,
                slot: row.small(5)?,
                own_slot: row.flag(6)?,
                job: row.maybe_number(7)?,
                fields: Map::new(),
            };
            Ok((row.number(0)?, stored, row.int(8)?, row.bytes(9)?))
        },
    )?;
    let mut found = BTreeMap::new();
    for (rid, mut stored, schema, sealed) in rows {
        if stored.job.is_none() {
            let place = Place {
                workspace: stage.number,
                subject: Rid(rid).subject(),
                category: &stored.category,
                record: rid,
                schema: u16::try_from(schema).unwrap(),
                slot: stored.slot,
            };
            let plain = open_sealed(stage, b'R', &place, &sealed)?;
            stored.fields = text(serde_json::from_slice(&plain), "fields")?;
        }
        found.insert(rid, stored);
    }
    Ok(found)
}

/// The record that claimed a blob, the slot of its key, when it came.
type Blob = (Option<u64>, Slot, i64);

/// Every blob's row.
pub(super) fn blobs(stage: &Stage) -> Verdict<BTreeMap<u64, Blob>> {
    let rows = stage.rows("select number, rid, slot, at from blob", &[], |row| {
        Ok((row.number(0)?, (row.maybe_number(1)?, row.small(2)?, row.int(3)?)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Number, leaf, and the kind of act where the detail is still there.
type Entry = (u64, Vec<u8>, Option<u8>);

/// Entries from a number on. A detail that is there must open to what the leaf commits to.
pub(super) fn entries(stage: &Stage, from: u64) -> Verdict<Vec<Entry>> {
    let rows = stage.rows(
        "select number, leaf from entry where number >= $1 order by number",
        &[from.into()],
        |row| Ok((row.number(0)?, row.bytes(1)?)),
    )?;
    let ctx = text(stage.ctx(crate::Role::System), "no workspace")?;
    let mut found = Vec::new();
    for (number, leaf) in rows {
        let opened = text(
            ctx.ws.read(|link| entry::open(&ctx, link, number)),
            &format!("the detail of entry {number}"),
        )?;
        let kind = match opened {
            None => None,
            Some(opened) => {
                if ledger::entry::commit(&opened.salt, &opened.bytes)[..] != leaf[..] {
                    return Err(format!("entry {number} commits to something else"));
                }
                // A certificate's detail is its statement.
                Some(if opened.bytes[0] == b'{' { CERTIFY } else { opened.bytes[1] })
            }
        };
        found.push((number, leaf, kind));
    }
    Ok(found)
}

pub(super) const CERTIFY: u8 = 15;

/// Standing and lifted bars: id, kind's word, subject, category, record, purpose, lifted.
#[derive(Debug)]
pub(super) struct BarRow {
    pub(super) kind: String,
    pub(super) subject: u64,
    pub(super) category: Option<String>,
    pub(super) rid: Option<u64>,
    pub(super) purpose: Option<String>,
    pub(super) forbids_use: bool,
    pub(super) forbids_delete: bool,
    pub(super) lifted: bool,
}

pub(super) fn bars(stage: &Stage) -> Verdict<BTreeMap<u64, BarRow>> {
    let rows = stage.rows(
        "select id, kind, subject, category, rid, purpose, forbids_use, forbids_delete, lifted from bar",
        &[],
        |row| {
            let bar = BarRow {
                kind: row.text(1)?,
                subject: row.number(2)?,
                category: row.maybe_text(3)?,
                rid: row.maybe_number(4)?,
                purpose: row.maybe_text(5)?,
                forbids_use: row.flag(6)?,
                forbids_delete: row.flag(7)?,
                lifted: row.maybe_int(8)?.is_some(),
            };
            Ok((row.number(0)?, bar))
        },
    )?;
    Ok(rows.into_iter().collect())
}

/// Subjects: kind, whether condemned, slot of the ledger key.
pub(super) fn people(stage: &Stage) -> Verdict<BTreeMap<u64, (String, bool, Slot)>> {
    let rows =
        stage.rows("select number, people, state, ledger_slot from subject", &[], |row| {
            Ok((row.number(0)?, (row.text(1)?, row.text(2)? != "active", row.small(3)?)))
        })?;
    Ok(rows.into_iter().collect())
}

/// Subject, purpose, given, withdrawn.
type Consent = (u64, String, i64, Option<i64>);

/// Consents that were ever given, in order.
pub(super) fn consents(stage: &Stage) -> Verdict<Vec<Consent>> {
    stage.rows(
        "select subject, purpose, given, withdrawn from consent order by given",
        &[],
        |row| Ok((row.number(0)?, row.text(1)?, row.int(2)?, row.maybe_int(3)?)),
    )
}

pub(super) fn events(stage: &Stage) -> Verdict<BTreeMap<(u64, String), i64>> {
    let rows = stage.rows("select rid, name, at from event", &[], |row| {
        Ok(((row.number(0)?, row.text(1)?), row.int(2)?))
    })?;
    Ok(rows.into_iter().collect())
}

pub(super) fn features(stage: &Stage) -> Verdict<BTreeMap<String, (bool, i64)>> {
    let rows = stage.rows("select name, switched_on, at from feature", &[], |row| {
        Ok((row.text(0)?, (row.flag(1)?, row.int(2)?)))
    })?;
    Ok(rows.into_iter().collect())
}

/// Numbers of one column.
pub(super) fn numbers(stage: &Stage, sql: &'static str) -> Verdict<Vec<u64>> {
    stage.rows(sql, &[], |row: store::Row<'_>| -> Result<u64, StoreError> { row.number(0) })
}
