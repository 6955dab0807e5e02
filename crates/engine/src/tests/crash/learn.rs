//! How the model learns what happened: from an acknowledgement, or, after a crash, from the data.

use std::collections::BTreeSet;

use policy::Policy;
use serde_json::{Map, Value};

use super::{
    Verdict,
    act::Act,
    eyes,
    model::{Model, Person, Rec, Standing, Upload},
    perform::Answer,
    stage::Stage,
};
use crate::{bar::Kind, blob, request};

#[expect(clippy::too_many_lines, reason = "one short arm for each act")]
/// Takes over an act that happened. `found`: it was found after a crash, so that its answer is not known.
pub(super) fn learn(
    stage: &Stage,
    model: &mut Model,
    policy: &Policy,
    act: &Act,
    answer: &Answer,
    found: bool,
) -> Verdict {
    let now = stage.deployment().reading().now;
    let number = if let Answer::Number(number) = answer { *number } else { 0 };
    let mut counted = None;
    match act {
        Act::Subject { kind } => {
            let people = eyes::people(stage)?;
            let (_, _, ledger_slot) = *people.get(&number).ok_or("a new subject has no row")?;
            let person = Person {
                kind,
                ledger_slot,
                condemned: false,
                consents: std::collections::BTreeMap::default(),
            };
            model.people.insert(number, person);
        }
        Act::Write { subject, fields, .. } => written(stage, model, number, *subject, fields)?,
        Act::Upload { subject, category, field, bytes } => {
            let blobs = eyes::blobs(stage)?;
            let (_, slot, at) = *blobs.get(&number).ok_or("a new blob has no row")?;
            let (category, field) = ((*category).to_owned(), (*field).to_owned());
            let upload = Upload {
                subject: *subject,
                category,
                field,
                bytes: bytes.clone(),
                at,
                rid: None,
                slot,
            };
            model.blobs.insert(number, upload);
        }
        Act::Change { rid, changes } => {
            let rec = model.records.get_mut(rid).ok_or("a change of what is gone")?;
            rec.fields = merged(&rec.fields, changes);
        }
        Act::Give { subject, purpose } => {
            let given = eyes::consents(stage)?.into_iter().rfind(|(whose, what, _, ended)| {
                whose == subject && what == purpose && ended.is_none()
            });
            let (_, _, given, _) = given.ok_or("a consent has no row")?;
            let person = model.people.get_mut(subject).ok_or("a consent of nobody")?;
            let slot = person.consents.entry((*purpose).to_owned()).or_insert((given, None));
            if slot.1.is_some() {
                *slot = (given, None);
            }
        }
        Act::Withdraw { subject, purpose } => {
            counted = Some(withdrawn(stage, model, policy, *subject, purpose, now)?);
        }
        Act::Event { rid, name } => happened(stage, model, policy, *rid, name)?,
        Act::Hold { subject, category, rid } => {
            let bar = Standing {
                kind: Kind::Hold,
                subject: *subject,
                category: category.map(str::to_owned),
                rid: *rid,
                purpose: None,
                request: None,
            };
            model.bars.insert(number, bar);
        }
        Act::Release { hold } => {
            let bar = model.bars.remove(hold).ok_or("a release of nothing")?;
            let condemned = model.people.get(&bar.subject).is_some_and(|p| p.condemned);
            counted = Some(if condemned { model.erase_person(bar.subject) } else { 0 });
            condemned_bars(stage, model)?;
        }
        Act::Ask { kind, subject, purpose, claim } => {
            let request = if let Answer::Erased { request, .. } = answer { *request } else { 0 };
            match kind {
                request::Kind::Erasure => {
                    counted = Some(model.erase_person(*subject));
                    let waits = model.people.contains_key(subject);
                    if let (Answer::Erased { held, .. }, false) = (answer, found)
                        && (*held > 0) != waits
                    {
                        return Err(format!("{act:?} says that {held} are held"));
                    }
                    condemned_bars(stage, model)?;
                }
                request::Kind::Restriction if *claim => {
                    placed(stage, model, Kind::RestrictionForClaim, *subject, None, request)?;
                }
                request::Kind::Restriction => {
                    placed(stage, model, Kind::Restriction, *subject, None, request)?;
                }
                request::Kind::Objection => {
                    placed(stage, model, Kind::Objection, *subject, *purpose, request)?;
                }
                request::Kind::Access | request::Kind::Portability | request::Kind::Correction => {}
            }
        }
        Act::Lift { bar, .. } => {
            let bar = model.bars.remove(bar).ok_or("nothing was there to lift")?;
            if bar.kind == Kind::RestrictionForClaim
                && model.people.get(&bar.subject).is_some_and(|p| p.condemned)
                && !eyes::people(stage)?.contains_key(&bar.subject)
            {
                model.erase_person(bar.subject);
            }
        }
        Act::Delete { rid } | Act::Take { rid } => {
            let (taken, held) = model.scope(&[*rid]);
            if !held.is_empty() {
                return Err(format!("{act:?} took what is held: {held:?}"));
            }
            counted = Some(taken.len());
            model.erase(&taken);
        }
        Act::DeletePerson { subject } => {
            let (_, held) = model.scope(&model.records_of(*subject));
            if !held.is_empty() {
                return Err(format!("{act:?} took what is held: {held:?}"));
            }
            counted = Some(model.erase_person(*subject));
        }
        Act::Feature { name, on } => {
            if model.features.get(*name).is_none_or(|(was, _)| was != on) {
                let at = eyes::features(stage)?.get(*name).ok_or("a feature has no row")?.1;
                model.features.insert((*name).to_owned(), (*on, at));
            }
        }
        Act::Read { .. } | Act::Pass { .. } | Act::Restart | Act::Batch(_) => {}
    }
    match (answer, counted) {
        (Answer::Erased { records, .. }, Some(counted)) if !found && *records != counted => {
            Err(format!("{act:?} says {records} records, the model {counted}"))
        }
        _ => Ok(()),
    }
}

pub(super) fn merged(
    fields: &Map<String, Value>,
    changes: &Map<String, Value>,
) -> Map<String, Value> {
    let mut fields = fields.clone();
    for (name, value) in changes {
        match value {
            Value::Null => fields.remove(name),
            value => fields.insert(name.clone(), value.clone()),
        };
    }
    fields
}

fn written(
    stage: &Stage,
    model: &mut Model,
    rid: u64,
    subject: u64,
    fields: &Map<String, Value>,
) -> Verdict {
    let mut stored = eyes::some_records(stage, Some(rid))?;
    let stored = stored.remove(&rid).ok_or_else(|| format!("record {rid:x} has no row"))?;
    for number in claims(stage, fields)? {
        model.blobs.get_mut(&number).ok_or("a claim of what is gone")?.rid = Some(rid);
    }
    let rec = Rec {
        subject,
        category: stored.category,
        whole: stored.whole,
        at: stored.at,
        fields: fields.clone(),
        purposes: stored.purposes,
        slot: stored.slot,
        own_slot: stored.own_slot,
        events: std::collections::BTreeMap::default(),
    };
    model.records.insert(rid, rec);
    Ok(())
}

fn claims(stage: &Stage, fields: &Map<String, Value>) -> Verdict<Vec<u64>> {
    let Some(shown) = fields.get("selfie").and_then(Value::as_str) else { return Ok(Vec::new()) };
    let ctx = stage.ctx(crate::Role::System).map_err(|e| format!("{e:?}"))?;
    Ok(vec![blob::number(&ctx, shown).map_err(|_| "a blob's id is nobody's")?])
}

fn withdrawn(
    stage: &Stage,
    model: &mut Model,
    policy: &Policy,
    subject: u64,
    purpose: &str,
    now: i64,
) -> Verdict<usize> {
    let person = model.people.get_mut(&subject).ok_or("a withdrawal of nobody")?;
    let consent = person.consents.get_mut(purpose).ok_or("a withdrawal of nothing")?;
    if consent.1.is_none() {
        let ended = eyes::consents(stage)?
            .into_iter()
            .rfind(|(whose, what, _, _)| *whose == subject && what == purpose);
        consent.1 = Some(ended.and_then(|(_, _, _, ended)| ended).unwrap_or(now));
    }
    let (taken, _) = model.scope(&model.orphaned(policy, subject));
    model.erase(&taken);
    Ok(taken.len())
}

fn happened(stage: &Stage, model: &mut Model, policy: &Policy, rid: u64, name: &str) -> Verdict {
    let rec = model.records.get_mut(&rid).ok_or("an event of what is gone")?;
    let category = policy.category(&rec.category).ok_or("no category")?;
    let rule = category.events.iter().find(|event| event.name == name).ok_or("no event")?;
    if let Some(cleared) = &rule.clears {
        rec.events.remove(cleared);
    }
    let row = (rid, format!("{}.{name}", rec.category));
    // An act of the same turn may have cleared it again.
    let at = eyes::events(stage)?.get(&row).copied();
    let at = at.unwrap_or_else(|| stage.deployment().reading().now);
    rec.events.insert(name.to_owned(), at);
    Ok(())
}

/// A bar that a request placed: its number is found by its request.
fn placed(
    stage: &Stage,
    model: &mut Model,
    kind: Kind,
    subject: u64,
    purpose: Option<&str>,
    request: u64,
) -> Verdict {
    let bars = stage.rows("select bar from request where id = $1", &[request.into()], |row| {
        row.maybe_number(0)
    })?;
    let bar = bars.first().copied().flatten().ok_or("a request that placed a bar names none")?;
    let purpose = purpose.map(str::to_owned);
    let request = Some(request);
    let standing = Standing { kind, subject, category: None, rid: None, purpose, request };
    model.bars.insert(bar, standing);
    Ok(())
}

/// The bars that keep condemned people's data out of use: each such person has one.
pub(super) fn condemned_bars(stage: &Stage, model: &mut Model) -> Verdict {
    for (id, bar) in eyes::bars(stage)? {
        let waits = model.people.get(&bar.subject).is_some_and(|person| person.condemned);
        if bar.kind == "condemned" && !bar.lifted && waits {
            let standing = Standing {
                kind: Kind::Condemned,
                subject: bar.subject,
                category: None,
                rid: None,
                purpose: None,
                request: None,
            };
            model.bars.insert(id, standing);
        }
    }
    let waiting: BTreeSet<u64> =
        model.people.iter().filter(|(_, p)| p.condemned).map(|(number, _)| *number).collect();
    for subject in waiting {
        let barred =
            model.bars.values().any(|bar| bar.kind == Kind::Condemned && bar.subject == subject);
        if !barred {
            return Err(format!("the data of condemned person {subject} may be used"));
        }
    }
    Ok(())
}

/// Erasures that waited for what does not stand any more.
fn resumed(stage: &Stage, model: &mut Model, there: &BTreeSet<u64>) -> Verdict {
    let people = eyes::people(stage)?;
    let condemned: Vec<u64> =
        model.people.iter().filter(|(_, p)| p.condemned).map(|(number, _)| *number).collect();
    for subject in condemned {
        let (taken, held) = model.scope(&model.records_of(subject));
        let went = taken.iter().all(|rid| !there.contains(rid));
        if went && (!held.is_empty() || !people.contains_key(&subject)) {
            model.erase_person(subject);
        }
    }
    Ok(())
}

/// What the clock took away meanwhile: only what is due may be missing.
pub(super) fn swept(stage: &Stage, model: &mut Model, policy: &Policy) -> Verdict {
    let settled = stage.deployment().reading().settled;
    let there = eyes::numbers(stage, "select rid from record where job is null")?;
    let there: BTreeSet<u64> = there.into_iter().collect();
    resumed(stage, model, &there)?;
    let missing: BTreeSet<u64> =
        model.records.keys().copied().filter(|rid| !there.contains(rid)).collect();
    for rid in &missing {
        if !model.is_overdue(policy, *rid, settled) {
            return Err(format!("record {rid:x} ({}) is missing", model.records[rid].category));
        }
        if model.is_held(*rid) {
            return Err(format!("record {rid:x} is held and missing"));
        }
    }
    model.erase(&missing);
    let blobs = eyes::blobs(stage)?;
    let missing: Vec<u64> =
        model.blobs.keys().copied().filter(|number| !blobs.contains_key(number)).collect();
    for number in missing {
        let upload = &model.blobs[&number];
        if upload.rid.is_some() || upload.at + 24 * super::act::HOUR > settled {
            return Err(format!("blob {number:x} is missing"));
        }
        model.erase_blob(number);
    }
    Ok(())
}

#[expect(clippy::too_many_lines, reason = "one short arm for each act")]
/// Whether an act whose answer is unknown happened, with the answer as far as the data tell it.
pub(super) fn found(stage: &Stage, model: &Model, act: &Act) -> Verdict<Option<Answer>> {
    let erased = |request| Some(Answer::Erased { records: 0, held: 0, request });
    Ok(match act {
        Act::Subject { kind } => eyes::people(stage)?
            .into_iter()
            .find(|(number, row)| !model.people.contains_key(number) && row.0 == *kind)
            .map(|(number, _)| Answer::Number(number)),
        Act::Write { subject, category, whole, fields } => eyes::records(stage)?
            .into_iter()
            .find(|(rid, row)| {
                !model.records.contains_key(rid)
                    && crate::ids::Rid(*rid).subject() == *subject
                    && row.category == *category
                    && row.whole == *whole
                    && row.fields == *fields
            })
            .map(|(rid, _)| Answer::Number(rid)),
        Act::Upload { subject, .. } => eyes::blobs(stage)?
            .into_keys()
            .find(|number| {
                !model.blobs.contains_key(number) && crate::ids::Rid(*number).subject() == *subject
            })
            .map(Answer::Number),
        Act::Change { rid, changes } => {
            let rows = eyes::records(stage)?;
            let Some((row, rec)) = rows.get(rid).zip(model.records.get(rid)) else {
                return Ok(None);
            };
            let new = merged(&rec.fields, changes);
            (row.fields == new && new != rec.fields).then_some(Answer::Nothing)
        }
        Act::Give { subject, purpose } => {
            let stood = stands(model, *subject, purpose);
            let stands = eyes::consents(stage)?
                .iter()
                .any(|(whose, what, _, end)| whose == subject && what == purpose && end.is_none());
            (stands && !stood).then_some(Answer::Nothing)
        }
        Act::Withdraw { subject, purpose } => {
            let stood = stands(model, *subject, purpose);
            let stands = eyes::consents(stage)?
                .iter()
                .any(|(whose, what, _, end)| whose == subject && what == purpose && end.is_none());
            if stood && !stands { erased(0) } else { None }
        }
        Act::Event { rid, name } => {
            let Some(rec) = model.records.get(rid) else { return Ok(None) };
            let row = (*rid, format!("{}.{name}", rec.category));
            let at = eyes::events(stage)?.get(&row).copied();
            (at.is_some() && at != rec.events.get(*name).copied()).then_some(Answer::Nothing)
        }
        Act::Hold { subject, category, rid } => eyes::bars(stage)?
            .into_iter()
            .find(|(id, bar)| {
                !model.bars.contains_key(id)
                    && !bar.lifted
                    && bar.kind == "hold"
                    && bar.subject == *subject
                    && bar.category.as_deref() == *category
                    && bar.rid == *rid
            })
            .map(|(id, _)| Answer::Number(id)),
        Act::Release { hold: bar } | Act::Lift { bar, .. } => {
            let lifted = eyes::bars(stage)?.get(bar).is_none_or(|row| row.lifted);
            if lifted && model.bars.contains_key(bar) { erased(0) } else { None }
        }
        Act::Ask { kind: request::Kind::Erasure, subject, .. } => {
            let people = eyes::people(stage)?;
            let taken = people.get(subject).is_none_or(|row| row.1);
            let known = model.people.get(subject).is_none_or(|person| person.condemned);
            if taken && (!known || !people.contains_key(subject)) { erased(0) } else { None }
        }
        Act::Ask {
            kind: request::Kind::Restriction | request::Kind::Objection, subject, ..
        } => {
            let bars = eyes::bars(stage)?;
            let new = bars.iter().find(|(id, bar)| {
                !model.bars.contains_key(id)
                    && !bar.lifted
                    && bar.subject == *subject
                    && (bar.kind.starts_with("restriction") || bar.kind == "objection")
            });
            let Some((id, _)) = new else { return Ok(None) };
            let requests =
                stage.rows("select id from request where bar = $1", &[(*id).into()], |row| {
                    row.number(0)
                })?;
            let request = *requests.first().ok_or("a bar stands that no request can lift")?;
            erased(request)
        }
        Act::Delete { rid } | Act::Take { rid } => {
            let there = eyes::numbers(stage, "select rid from record where job is null")?;
            (model.records.contains_key(rid) && !there.contains(rid)).then_some(Answer::Erased {
                records: 0,
                held: 0,
                request: 0,
            })
        }
        Act::DeletePerson { subject } => {
            let gone = !eyes::people(stage)?.contains_key(subject);
            if gone && model.people.contains_key(subject) { erased(0) } else { None }
        }
        Act::Feature { name, .. } => {
            let now = eyes::features(stage)?.get(*name).copied();
            (now != model.features.get(*name).copied()).then_some(Answer::Nothing)
        }
        Act::Ask { .. } | Act::Read { .. } | Act::Pass { .. } | Act::Restart | Act::Batch(_) => {
            None
        }
    })
}

fn stands(model: &Model, subject: u64, purpose: &str) -> bool {
    let person = model.people.get(&subject);
    person.and_then(|p| p.consents.get(purpose)).is_some_and(|consent| consent.1.is_none())
}
