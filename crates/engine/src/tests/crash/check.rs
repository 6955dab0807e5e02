//! After each recovery: everything acknowledged is there, nothing erased is, and no key is an orphan.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
};

use crypto::Place;
use policy::Policy;
use store::{Slot, Sqlite, disk::Disk, sqlite::Use};

use super::{
    Verdict,
    act::{HOUR, reader},
    eyes,
    learn::{condemned_bars, swept},
    logged, logs,
    model::Model,
    stage::Stage,
};
use crate::{Refusal, Role, ids::Rid, record};

pub(super) fn all(stage: &Stage, model: &mut Model, policy: &Policy) -> Verdict {
    // Recovery itself leaves entries; the housekeeping then finishes what waited.
    stage.deployment().tick().map_err(|error| format!("the tick after recovery: {error:?}"))?;
    logged::take(stage, model, &[], true)?;
    waiting(stage, model, policy)?;
    soundness(stage)?;
    people(stage, model)?;
    records(stage, model, policy)?;
    blobs(stage, model)?;
    consents(stage, model)?;
    bars(stage, model)?;
    if eyes::features(stage)? != model.features {
        return Err(format!("features {:?}, not {:?}", eyes::features(stage)?, model.features));
    }
    keys(stage, model)?;
    reads(stage, model, policy)?;
    logs::all(stage, model)
}

/// What waited for a hold or a period and may go now is gone.
fn waiting(stage: &Stage, model: &mut Model, policy: &Policy) -> Verdict {
    let condemned: Vec<u64> =
        model.people.iter().filter(|(_, p)| p.condemned).map(|(number, _)| *number).collect();
    for subject in condemned {
        model.erase_person(subject);
    }
    swept(stage, model, policy)?;
    let settled = stage.deployment().reading().settled;
    let due: Vec<u64> = model
        .records
        .keys()
        .copied()
        .filter(|rid| model.is_overdue(policy, *rid, settled))
        .collect();
    let (taken, _) = model.scope(&due);
    if let Some(rid) = taken.first() {
        let rec = &model.records[rid];
        return Err(format!("record {rid:x} ({}) is overdue and still there", rec.category));
    }
    condemned_bars(stage, model)
}

fn soundness(stage: &Stage) -> Verdict {
    for path in [Path::new("/data/guard.db"), Path::new("/data/control.db"), &stage.database()] {
        let sound = Sqlite::open(&stage.disk, path, Use::Read).and_then(|mut link| link.is_sound());
        if !matches!(sound, Ok(true)) {
            return Err(format!("{} is not sound: {sound:?}", path.display()));
        }
    }
    Ok(())
}

fn people(stage: &Stage, model: &Model) -> Verdict {
    let there = eyes::people(stage)?;
    for (number, person) in &model.people {
        let expected = (person.kind.to_owned(), person.condemned, person.ledger_slot);
        match there.get(number) {
            Some(row) if *row == expected => {}
            other => return Err(format!("person {number}: {other:?}, not {expected:?}")),
        }
    }
    match there.keys().find(|number| !model.people.contains_key(number)) {
        Some(number) => Err(format!("person {number} should not be there")),
        None => Ok(()),
    }
}

fn records(stage: &Stage, model: &Model, policy: &Policy) -> Verdict {
    let there = eyes::records(stage)?;
    for (rid, rec) in &model.records {
        let Some(row) = there.get(rid) else {
            return Err(format!("record {rid:x} ({}) is lost", rec.category));
        };
        let same = row.category == rec.category
            && row.purposes == rec.purposes
            && (row.at, row.whole, row.slot, row.own_slot)
                == (rec.at, rec.whole, rec.slot, rec.own_slot)
            && row.job.is_none();
        if !same {
            return Err(format!("record {rid:x} is {row:?}, not {rec:?}"));
        }
        if row.fields != rec.fields {
            return Err(format!("record {rid:x} holds {:?}, not {:?}", row.fields, rec.fields));
        }
    }
    if let Some(rid) = there.keys().find(|rid| !model.records.contains_key(rid)) {
        return Err(format!("record {rid:x} should not be there: {:?}", there[rid]));
    }
    let mut events = BTreeMap::new();
    for (rid, rec) in &model.records {
        for (name, at) in &rec.events {
            events.insert((*rid, format!("{}.{name}", rec.category)), *at);
        }
    }
    if eyes::events(stage)? != events {
        return Err(format!("events {:?}, not {events:?}", eyes::events(stage)?));
    }
    hangers(stage, model, policy)
}

/// Look-ups and parts belong to records that are there.
fn hangers(stage: &Stage, model: &Model, policy: &Policy) -> Verdict {
    let mut tagged: BTreeMap<u64, usize> = BTreeMap::new();
    for rid in eyes::numbers(stage, "select rid from lookup")? {
        *tagged.entry(rid).or_default() += 1;
    }
    for (rid, rec) in &model.records {
        let fields = &policy.category(&rec.category).ok_or("no category")?.fields;
        let found = fields.iter().filter(|f| f.find != policy::Find::No);
        let wanted = found.filter(|f| rec.fields.contains_key(&f.name)).count();
        if tagged.remove(rid).unwrap_or(0) != wanted {
            return Err(format!("record {rid:x} has not {wanted} look-ups"));
        }
    }
    if let Some(rid) = tagged.keys().next() {
        return Err(format!("record {rid:x} is gone and can be looked up"));
    }
    let wholes = eyes::numbers(stage, "select whole from part")?;
    if let Some(rid) = wholes.iter().find(|rid| !model.records.contains_key(rid)) {
        return Err(format!("parts hang on record {rid:x}, which is gone"));
    }
    let parts: BTreeSet<u64> = eyes::numbers(stage, "select rid from part")?.into_iter().collect();
    match model.records.iter().find(|(rid, rec)| rec.whole.is_some() && !parts.contains(rid)) {
        Some((rid, _)) => Err(format!("record {rid:x} is no part of its whole")),
        None => Ok(()),
    }
}

fn blobs(stage: &Stage, model: &Model) -> Verdict {
    let there = eyes::blobs(stage)?;
    let folder = format!("/data/blob/{:016x}", stage.number);
    for (number, upload) in &model.blobs {
        let Some((rid, slot, at)) = there.get(number) else {
            return Err(format!("blob {number:x} is lost"));
        };
        if (*rid, *slot, *at) != (upload.rid, upload.slot, upload.at) {
            return Err(format!("blob {number:x} is of {rid:?}, not {:?}", upload.rid));
        }
        let file = format!("{folder}/{number:016x}");
        let sealed = stage.file(Path::new(&file)).ok_or_else(|| format!("{file} is lost"))?;
        let place = Place {
            workspace: stage.number,
            subject: upload.subject,
            category: &upload.category,
            record: *number,
            schema: 1,
            slot: *slot,
        };
        let ws = stage.ws().map_err(|error| format!("{error:?}"))?;
        let key = ws.key(*slot).map_err(|error| format!("blob {number:x}: {error}"))?;
        let plain = crypto::open_blob(&key, &place, &sealed)
            .map_err(|error| format!("blob {number:x}: {error}"))?;
        if plain.as_slice() != upload.bytes {
            return Err(format!("blob {number:x} holds other bytes"));
        }
    }
    if let Some(number) = there.keys().find(|number| !model.blobs.contains_key(number)) {
        return Err(format!("blob {number:x} should not be there"));
    }
    let files = stage.disk.list(Path::new(&folder)).map_err(|error| error.to_string())?;
    let stray = files.iter().filter(|name| *name != "pending").find(|name| {
        !u64::from_str_radix(name, 16).is_ok_and(|number| model.blobs.contains_key(&number))
    });
    match stray {
        Some(name) => Err(format!("{folder}/{name} belongs to no blob")),
        None => Ok(()),
    }
}

fn consents(stage: &Stage, model: &Model) -> Verdict {
    const KEPT: i64 = 3 * 365 * 24 * HOUR;
    let settled = stage.deployment().reading().settled;
    let mut newest: BTreeMap<(u64, String), (i64, Option<i64>)> = BTreeMap::new();
    for (subject, purpose, given, ended) in eyes::consents(stage)? {
        if ended.is_none() && !model.people.contains_key(&subject) {
            return Err(format!("a consent of {subject}, who is gone, stands"));
        }
        newest.insert((subject, purpose), (given, ended));
    }
    for (subject, person) in &model.people {
        for (purpose, (given, ended)) in &person.consents {
            let found = newest.remove(&(*subject, purpose.clone()));
            let forgotten = found.is_none() && ended.is_some_and(|end| end + KEPT < settled);
            if found != Some((*given, *ended)) && !forgotten {
                let model = (given, ended);
                return Err(format!("consent {purpose} of {subject}: {found:?}, not {model:?}"));
            }
        }
    }
    match newest.iter().find(|((subject, _), _)| model.people.contains_key(subject)) {
        Some((key, _)) => Err(format!("a consent that nobody gave: {key:?}")),
        None => Ok(()),
    }
}

fn bars(stage: &Stage, model: &Model) -> Verdict {
    use crate::bar::Kind;
    let mut there = eyes::bars(stage)?;
    there.retain(|_, bar| !bar.lifted);
    for (id, bar) in &model.bars {
        let (word, uses, deletes) = match bar.kind {
            Kind::Hold => ("hold", false, true),
            Kind::Restriction => ("restriction", true, false),
            Kind::RestrictionForClaim => ("restriction_for_claim", true, true),
            Kind::Objection => ("objection", true, false),
            Kind::Condemned => ("condemned", true, false),
        };
        let Some(row) = there.remove(id) else { return Err(format!("bar {bar:?} is lost")) };
        let same = row.kind == word
            && (row.subject, row.rid) == (bar.subject, bar.rid)
            && (&row.category, &row.purpose) == (&bar.category, &bar.purpose)
            && (row.forbids_use, row.forbids_delete) == (uses, deletes);
        if !same {
            return Err(format!("bar {row:?}, not {bar:?}"));
        }
        let lifts = match bar.kind {
            Kind::Hold => "select count(*) from hold where id = $1 and released is null",
            Kind::Condemned => continue,
            _ => "select count(*) from request where bar = $1 and state <> 'closed'",
        };
        if stage.rows(lifts, &[(*id).into()], |row| row.int(0))? != [1] {
            return Err(format!("bar {bar:?} stands and nothing can lift it"));
        }
    }
    if let Some((id, bar)) = there.iter().next() {
        return Err(format!("bar {id} should not stand: {bar:?}"));
    }
    let waiting: BTreeSet<u64> =
        eyes::numbers(stage, "select distinct subject from request where state = 'waiting'")?
            .into_iter()
            .collect();
    let condemned = model.people.iter().filter(|(_, person)| person.condemned);
    for (number, _) in condemned {
        let by_request = waiting.contains(number);
        if !by_request {
            return Err(format!("the erasure of {number} waits and no request knows of it"));
        }
    }
    Ok(())
}

const SLOTS: [&str; 9] = [
    "select slot from record",
    "select ledger_slot from subject",
    "select slot from blob",
    "select slot from named_key",
    "select slot from lookup_key",
    "select slot from hold",
    "select slot from statutory",
    "select slot from mention",
    "select distinct slot from detail",
];

/// Every row's key lives, and every key that lives has its row or is free.
fn keys(stage: &Stage, model: &Model) -> Verdict {
    let live = stage.deployment().guard().live(stage.number).map_err(|error| error.to_string())?;
    let live: BTreeSet<Slot> = live.into_iter().collect();
    let mut used = BTreeSet::new();
    for statement in SLOTS {
        for slot in eyes::numbers(stage, statement)? {
            let slot = Slot::try_from(slot).map_err(|error| error.to_string())?;
            if !live.contains(&slot) {
                return Err(format!("slot {slot} of `{statement}` is dead"));
            }
            used.insert(slot);
        }
    }
    let marks = stage.rows(
        "select coalesce(max(case when name = 'slot' then value end), 0),
         coalesce(max(case when name = 'slot_limit' then value end), 0) from counter",
        &[],
        |row| Ok((row.small(0)?, row.small(1)?)),
    )?;
    let (next, _) = *marks.first().ok_or("no counters")?;
    let limit = stage.deployment().guard().marks(stage.number).map_err(|e| e.to_string())?.slots;
    if let Some(slot) = live.iter().find(|slot| !used.contains(slot) && **slot < next) {
        return Err(format!("the key of slot {slot} lives and nothing refers to it"));
    }
    if let Some(slot) = used.iter().find(|slot| **slot >= next) {
        return Err(format!("slot {slot} is used and free"));
    }
    if let Some(slot) = (u64::from(next)..limit)
        .find(|slot| !Slot::try_from(*slot).is_ok_and(|slot| live.contains(&slot)))
    {
        return Err(format!("free slot {slot} has no key"));
    }
    match model.gone.slots.iter().find(|slot| live.contains(slot)) {
        Some(slot) => Err(format!("the key of slot {slot} was destroyed and lives")),
        None => Ok(()),
    }
}

/// What the interface answers fits what the data say.
fn reads(stage: &Stage, model: &Model, policy: &Policy) -> Verdict {
    let now = stage.deployment().reading().now;
    for (rid, rec) in &model.records {
        let Some((role, purpose)) = reader(&rec.category) else { continue };
        let answer = ask(stage, *rid, role, purpose)?;
        let overdue = model.is_overdue(policy, *rid, now);
        let fits = match &answer {
            Ok(Ok(view)) => {
                let grant = crate::decision::built_in(crypto::Ground::Probe);
                model.may_read(policy, *rid, purpose, now)
                    && *view.fields.look(&grant) == rec.fields
            }
            Ok(Err(_)) => !overdue && !model.may_read(policy, *rid, purpose, now),
            Err(Refusal::Gone { .. }) => overdue,
            Err(_) => false,
        };
        if !fits {
            return Err(format!("a read of {rid:x} ({}) for {purpose}: {answer:?}", rec.category));
        }
    }
    for rid in model.gone.records.iter().rev().take(6) {
        let answer = ask(stage, *rid, "system", "service")?;
        if !matches!(answer, Err(Refusal::Gone { .. })) {
            return Err(format!("a read of {rid:x}, which is erased: {answer:?}"));
        }
    }
    Ok(())
}

type Asked = Result<Result<record::View, crate::decision::Denied>, Refusal>;

fn ask(stage: &Stage, rid: u64, role: &str, purpose: &str) -> Verdict<Asked> {
    let role = if role == "system" { Role::System } else { Role::Staff(role.to_owned()) };
    let ctx = stage.ctx(role).map_err(|error| format!("{error:?}"))?;
    // The decision alone: nothing is released, so nothing is entered.
    Ok(record::read(&ctx, Rid(rid), purpose).map(|pending| pending.value))
}
