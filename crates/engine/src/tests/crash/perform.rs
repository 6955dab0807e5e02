//! Acts as a client performs them, and what comes back.

use std::sync::{Arc, Mutex};

use store::Tx;

use super::{
    act::{Act, reader},
    model::Model,
    stage::Stage,
};
use crate::{
    Ctx, Refusal, Role, consent,
    erasure::{self, Cause, Target},
    event, feature, hold,
    ids::Rid,
    record::{self, New},
    request, subject,
};

/// What the trace says where an act is acknowledged.
pub(super) const ACKNOWLEDGED: &str = "acknowledged";

#[derive(Debug)]
pub(super) enum Outcome {
    /// Acknowledged.
    Done(Answer),
    /// Refused by a rule: nothing happened.
    Refused,
    /// It failed: it happened or it did not. `ran`: whether it would have been acknowledged.
    Unknown { ran: Option<bool> },
}

#[derive(Debug, Clone)]
pub(super) enum Answer {
    Nothing,
    Number(u64),
    Erased { records: usize, held: usize, request: u64 },
}

pub(super) fn perform(stage: &Stage, model: &Model, act: &Act) -> Vec<Outcome> {
    match act {
        Act::Batch(acts) => together(stage, acts),
        act => vec![match alone(stage, model, act) {
            Ok(answer) => {
                stage.disk.note(ACKNOWLEDGED);
                Outcome::Done(answer)
            }
            Err(refusal) => failed(&refusal, None),
        }],
    }
}

fn failed(refusal: &Refusal, ran: Option<bool>) -> Outcome {
    match refusal {
        Refusal::Store(_) | Refusal::Sealed(_) | Refusal::Ledger { .. } => Outcome::Unknown { ran },
        _ => Outcome::Refused,
    }
}

fn role(act: &Act) -> Role {
    match act {
        Act::Hold { .. } | Act::Release { .. } => Role::Officer,
        Act::Feature { .. } => Role::Admin,
        _ => Role::System,
    }
}

/// Several acts in one turn, each answered by its own callback.
fn together(stage: &Stage, acts: &[Act]) -> Vec<Outcome> {
    let Ok(ws) = stage.ws() else {
        return acts.iter().map(|_| Outcome::Unknown { ran: None }).collect();
    };
    let answers = Arc::new(Mutex::new(Vec::new()));
    let ran = Arc::new(Mutex::new(vec![false; acts.len()]));
    for (place, act) in acts.iter().enumerate() {
        let ctx = stage.ctx(role(act)).unwrap();
        let (inside, ran, answers) = (act.clone(), Arc::clone(&ran), Arc::clone(&answers));
        let disk = stage.disk.clone();
        ws.submit(
            move |tx| {
                let answer = within(&ctx, tx, &inside);
                ran.lock().unwrap()[place] = answer.is_ok();
                answer
            },
            move |answer| {
                if answer.is_ok() {
                    disk.note(ACKNOWLEDGED);
                }
                answers.lock().unwrap().push((place, answer));
            },
        );
    }
    ws.turn_queue(stage.deployment().reading().now);
    let mut answers = std::mem::take(&mut *answers.lock().unwrap());
    answers.sort_by_key(|(place, _)| *place);
    let ran = ran.lock().unwrap();
    answers
        .into_iter()
        .map(|(place, answer)| match answer {
            Ok(answer) => Outcome::Done(answer),
            Err(refusal) => failed(&refusal, Some(ran[place])),
        })
        .collect()
}

fn alone(stage: &Stage, model: &Model, act: &Act) -> Result<Answer, Refusal> {
    let ctx = stage.ctx(role(act))?;
    let begun = |begun: erasure::Begun| Answer::Erased {
        records: begun.records,
        held: begun.held.len(),
        request: 0,
    };
    match act {
        Act::Read { rid } => read(stage, model, *rid),
        Act::Withdraw { subject, purpose } => request::withdraw(&ctx, *subject, purpose).map(begun),
        Act::Release { hold } => hold::release(&ctx, *hold).map(|records| Answer::Erased {
            records,
            held: 0,
            request: 0,
        }),
        Act::Ask { kind, subject, purpose, claim } => {
            let answer = request::ask(&ctx, *kind, *subject, *purpose, *claim)?;
            let (records, held) = (answer.erased, answer.held.len());
            Ok(Answer::Erased { records, held, request: answer.id })
        }
        Act::Delete { rid } => request::delete(&ctx, &Target::Records(vec![*rid])).map(begun),
        Act::DeletePerson { subject } => {
            request::delete(&ctx, &Target::Subject(*subject)).map(begun)
        }
        Act::Pass { micros } => {
            stage.clock.run(*micros);
            stage.deployment().tick().map(|()| Answer::Nothing)
        }
        act => {
            let (inside, again) = (act.clone(), ctx.clone());
            ctx.ws.act(&ctx, move |tx| within(&again, tx, &inside))
        }
    }
}

/// An act that is one transaction.
fn within(ctx: &Ctx, tx: &mut Tx<'_>, act: &Act) -> Result<Answer, Refusal> {
    match act {
        Act::Subject { kind } => {
            subject::create(ctx, tx, &[(*kind).to_owned()], Some("ID"), None).map(Answer::Number)
        }
        Act::Write { subject, category, whole, fields } => {
            let new = New { subject: *subject, category, whole: whole.map(Rid), fields, at: None };
            record::write(ctx, tx, &new).map(|written| Answer::Number(written.rid.0))
        }
        Act::Upload { subject, category, field, bytes } => {
            let upload = crate::blob::Upload {
                subject: *subject,
                category,
                field,
                media: "image/jpeg",
                bytes,
            };
            crate::blob::store(ctx, tx, &upload).map(Answer::Number)
        }
        Act::Change { rid, changes } => {
            record::change(ctx, tx, Rid(*rid), changes).map(|()| Answer::Nothing)
        }
        Act::Give { subject, purpose } => {
            consent::give(ctx, tx, *subject, purpose, "id").map(Answer::Number)
        }
        Act::Event { rid, name } => {
            event::raise(ctx, tx, Rid(*rid), name, None).map(|()| Answer::Nothing)
        }
        Act::Hold { subject, category, rid } => {
            let (subject, category, rid) = (*subject, *category, rid.map(Rid));
            let new = hold::New { subject, category, rid, case: "case 7" };
            hold::place(ctx, tx, &new).map(Answer::Number)
        }
        Act::Lift { request, .. } => request::lift(ctx, tx, *request).map(|()| Answer::Nothing),
        Act::Take { rid } => {
            let target = Target::Records(vec![*rid]);
            let begun = erasure::begin(ctx, tx, Cause::Deletion, "deletion", &target)?;
            if begun.held.is_empty() {
                Ok(Answer::Nothing)
            } else {
                Err(Refusal::Held { reason: "legal_hold" })
            }
        }
        Act::Feature { name, on } => feature::switch(ctx, tx, name, *on).map(|()| Answer::Nothing),
        _ => panic!("{act:?} is no act of one transaction"),
    }
}

/// Reads and releases: the answer is right or the read is refused with its entry.
fn read(stage: &Stage, model: &Model, rid: u64) -> Result<Answer, Refusal> {
    let Some((role, purpose)) = reader(&model.records[&rid].category) else {
        return Ok(Answer::Number(0));
    };
    let role = if role == "system" { Role::System } else { Role::Staff(role.to_owned()) };
    let ctx = stage.ctx(role)?;
    match record::read(&ctx, Rid(rid), purpose)?.released(&ctx) {
        Ok(view) => {
            let (seen, fields) = record::seen(view);
            assert_eq!((seen.0, &fields), (rid, &model.records[&rid].fields), "a read");
            Ok(Answer::Number(1))
        }
        Err(Refusal::Denied { .. }) => Ok(Answer::Number(2)),
        Err(refusal) => Err(refusal),
    }
}
