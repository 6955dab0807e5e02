//! The acts of a run, and how the next one is drawn.

use serde_json::{Map, Value, json};

use super::{chance::Chance, model::Model};
use crate::{
    bar::Kind as BarKind,
    ids::{Ids, Kind},
    request,
    testing::object,
    time,
};

#[derive(Debug, Clone)]
pub(super) enum Act {
    Subject {
        kind: &'static str,
    },
    Write {
        subject: u64,
        category: &'static str,
        whole: Option<u64>,
        fields: Map<String, Value>,
    },
    Upload {
        subject: u64,
        category: &'static str,
        field: &'static str,
        bytes: Vec<u8>,
    },
    Change {
        rid: u64,
        changes: Map<String, Value>,
    },
    Read {
        rid: u64,
    },
    Give {
        subject: u64,
        purpose: &'static str,
    },
    Withdraw {
        subject: u64,
        purpose: &'static str,
    },
    Event {
        rid: u64,
        name: &'static str,
    },
    Hold {
        subject: u64,
        category: Option<&'static str>,
        rid: Option<u64>,
    },
    Release {
        hold: u64,
    },
    Ask {
        kind: request::Kind,
        subject: u64,
        purpose: Option<&'static str>,
        claim: bool,
    },
    Lift {
        request: u64,
        bar: u64,
    },
    Delete {
        rid: u64,
    },
    DeletePerson {
        subject: u64,
    },
    /// The first step of an erasure alone: the rest must follow by itself.
    Take {
        rid: u64,
    },
    Feature {
        name: &'static str,
        on: bool,
    },
    Batch(Vec<Act>),
    Pass {
        micros: i64,
    },
    Restart,
}

pub(super) const HOUR: i64 = 3_600_000_000;
const CONSENTS: [&str; 4] = ["presence_photo", "presence_place", "conversation", "automation"];
const FEATURES: [&str; 4] = ["attendance", "forms", "chat", "automation"];
pub(super) const JPEG: &[u8] = &[0xff, 0xd8, 0xff, 0xda, 0, 4, 1, 2];

/// Categories with the category that each is part of.
const WRITTEN: [(&str, Option<&str>); 13] = [
    ("account", None),
    ("account", None),
    ("technical", None),
    ("engagement", None),
    ("engagement", None),
    ("attendance", Some("engagement")),
    ("attendance", Some("engagement")),
    ("selfie", Some("attendance")),
    ("place", Some("attendance")),
    ("ticket", Some("account")),
    ("conversation", Some("account")),
    ("form_answers", Some("account")),
    ("webhook_event", Some("account")),
];

/// Events by category.
const EVENTS: [(&str, &str); 6] = [
    ("engagement", "ended"),
    ("account", "closed"),
    ("account", "restored"),
    ("account", "signed_in"),
    ("ticket", "resolved"),
    ("ticket", "reopened"),
];

pub(super) fn draw(chance: &mut Chance, model: &mut Model, ids: &Ids, now: i64) -> Act {
    loop {
        let drawn = match chance.below(100) {
            0..3 => chance.pick(&["intern", "employee"]).map(|kind| Act::Subject { kind }),
            88..94 => batch(chance, model, ids, now),
            94..98 => Some(Act::Pass { micros: time_to_pass(chance) }),
            98 => Some(Act::Restart),
            _ => one(chance, model, ids, now),
        };
        if let Some(act) = drawn {
            return act;
        }
        if model.people.is_empty() {
            return Act::Subject { kind: "intern" };
        }
    }
}

fn time_to_pass(chance: &mut Chance) -> i64 {
    match chance.below(12) {
        0..6 => i64::try_from(chance.below(20 * 60)).unwrap() * HOUR / 60,
        6..9 => 25 * HOUR + i64::try_from(chance.below(100)).unwrap() * HOUR,
        9 | 10 => i64::try_from(20 + chance.below(80)).unwrap() * 24 * HOUR,
        _ => i64::try_from(300 + chance.below(900)).unwrap() * 24 * HOUR,
    }
}

/// Acts that fit into one turn of the queue.
fn batch(chance: &mut Chance, model: &mut Model, ids: &Ids, now: i64) -> Option<Act> {
    let count = 2 + chance.below(4);
    let mut acts = Vec::new();
    let mut touched = Vec::new();
    for _ in 0..count * 3 {
        let act = one(chance, model, ids, now);
        let fits = matches!(
            act,
            Some(
                Act::Subject { .. }
                    | Act::Write { .. }
                    | Act::Change { .. }
                    | Act::Give { .. }
                    | Act::Event { .. }
                    | Act::Hold { .. }
                    | Act::Lift { .. }
                    | Act::Take { .. }
                    | Act::Feature { .. }
            )
        );
        // One record is changed or taken once in a turn, so that each act can be told from the data.
        let rid = match act {
            Some(Act::Change { rid, .. }) => Some(rid),
            // What is taken takes its parts along.
            Some(Act::Take { .. }) => Some(u64::MAX),
            _ => None,
        };
        // Nor is a part written in the turn that may take its whole: its row would come and go unseen.
        let part = |act: &Act| matches!(act, Act::Write { whole: Some(_), .. });
        let take = |act: &Act| matches!(act, Act::Take { .. });
        let unseen = act.as_ref().is_some_and(|act| {
            (part(act) && acts.iter().any(take)) || (take(act) && acts.iter().any(part))
        });
        if fits && !unseen && !rid.is_some_and(|rid| touched.contains(&rid)) {
            touched.extend(rid);
            acts.extend(act);
        }
        if acts.len() as u64 == count {
            break;
        }
    }
    (acts.len() > 1).then_some(Act::Batch(acts))
}

fn one(chance: &mut Chance, model: &mut Model, ids: &Ids, now: i64) -> Option<Act> {
    let people: Vec<u64> = model.people.keys().copied().collect();
    let records: Vec<u64> = model.records.keys().copied().collect();
    let subject = chance.pick(&people).copied();
    let rid = chance.pick(&records).copied();
    Some(match chance.below(100) {
        0..5 => Act::Subject { kind: chance.pick(&["intern", "employee"])? },
        5..35 => write(chance, model, ids, now)?,
        35..39 => upload(chance, model)?,
        39..45 => change(chance, model, rid?)?,
        45..51 => Act::Read { rid: rid? },
        51..58 => Act::Give { subject: subject?, purpose: chance.pick(&CONSENTS)? },
        58..63 => Act::Withdraw { subject: subject?, purpose: chance.pick(&CONSENTS)? },
        63..71 => event(chance, model)?,
        71..76 => hold(chance, model, subject?),
        76..81 => release(chance, model)?,
        81..86 => ask(chance, subject?),
        86..89 => lift(chance, model)?,
        89..92 => Act::Delete { rid: rid? },
        92 => Act::DeletePerson { subject: subject? },
        93..96 => Act::Take { rid: rid? },
        _ => Act::Feature { name: chance.pick(&FEATURES)?, on: !chance.once_in(3) },
    })
}

fn write(chance: &mut Chance, model: &mut Model, ids: &Ids, now: i64) -> Option<Act> {
    let (category, part_of) = *chance.pick(&WRITTEN)?;
    let (subject, whole) = match part_of {
        None => {
            let people: Vec<u64> = model.people.keys().copied().collect();
            (*chance.pick(&people)?, None)
        }
        Some(part_of) => {
            let wholes: Vec<(u64, u64)> = model
                .records
                .iter()
                .filter(|(_, rec)| rec.category == part_of)
                .map(|(rid, rec)| (rec.subject, *rid))
                .collect();
            let (subject, whole) = *chance.pick(&wholes)?;
            (subject, Some(whole))
        }
    };
    let word = model.fresh_word();
    let fields = match category {
        "account" => json!({
            "first_name": format!("First{word}"), "last_name": "Dewi",
            "email": format!("p{}@example.org", if chance.once_in(8) { 1 } else { word }),
        }),
        "technical" => json!({ "ip": "10.1.2.3", "browser": format!("browser {word}") }),
        "engagement" => json!({ "engagement_kind": "internship", "started_on": "2026-01-05",
            "school": format!("School {word}") }),
        "attendance" => json!({ "clock_in": time::rfc3339(now), "method": format!("qr {word}") }),
        "selfie" => {
            let free: Vec<u64> = model
                .blobs
                .iter()
                .filter(|(_, b)| b.subject == subject && b.rid.is_none() && b.field == "selfie")
                .map(|(number, _)| *number)
                .collect();
            json!({ "selfie": ids.show(Kind::Blob, *chance.pick(&free)?) })
        }
        "place" => json!({ "location": { "latitude": 1.5, "longitude": 103.25 },
            "address": format!("Street {word}") }),
        "ticket" => json!({ "message": format!("message {word}") }),
        "conversation" => json!({ "message": format!("talk {word}"), "author": "me" }),
        "form_answers" => json!({ "answers": format!("answers {word}") }),
        _ => json!({ "event_kind": format!("kind {word}"), "event_time": time::rfc3339(now),
            "event_sender": "sender" }),
    };
    Some(Act::Write { subject, category, whole, fields: object(fields) })
}

fn upload(chance: &mut Chance, model: &mut Model) -> Option<Act> {
    let fit: Vec<u64> = model
        .people
        .iter()
        .filter(|(_, p)| p.consents.get("presence_photo").is_some_and(|c| c.1.is_none()))
        .map(|(subject, _)| *subject)
        .collect();
    let subject = *chance.pick(&fit)?;
    let mut bytes = JPEG.to_vec();
    bytes.extend_from_slice(format!("picture {}", model.fresh_word()).as_bytes());
    bytes.extend_from_slice(&[0xff, 0xd9]);
    Some(Act::Upload { subject, category: "selfie", field: "selfie", bytes })
}

fn change(chance: &mut Chance, model: &mut Model, rid: u64) -> Option<Act> {
    let word = model.fresh_word();
    let changes = match model.records.get(&rid)?.category.as_str() {
        "account" if chance.once_in(2) => json!({ "email": format!("c{word}@example.org") }),
        "account" => json!({ "first_name": format!("Changed{word}") }),
        "technical" => json!({ "browser": format!("other {word}") }),
        "engagement" if chance.once_in(2) => json!({ "school": null }),
        "engagement" => json!({ "school": format!("Other {word}") }),
        "attendance" => json!({ "method": format!("nfc {word}") }),
        "place" => json!({ "address": format!("Road {word}") }),
        "ticket" | "conversation" => json!({ "message": format!("other {word}") }),
        _ => return None,
    };
    Some(Act::Change { rid, changes: object(changes) })
}

fn event(chance: &mut Chance, model: &Model) -> Option<Act> {
    let (category, name) = *chance.pick(&EVENTS)?;
    let fit: Vec<u64> = model
        .records
        .iter()
        .filter(|(_, rec)| rec.category == category)
        .map(|(rid, _)| *rid)
        .collect();
    Some(Act::Event { rid: *chance.pick(&fit)?, name })
}

fn hold(chance: &mut Chance, model: &Model, subject: u64) -> Act {
    let own = model.records_of(subject);
    match chance.below(3) {
        0 => Act::Hold { subject, category: None, rid: None },
        1 => {
            let category = chance.pick(&["attendance", "account", "selfie", "engagement"]).copied();
            Act::Hold { subject, category, rid: None }
        }
        _ => Act::Hold { subject, category: None, rid: chance.pick(&own).copied() },
    }
}

fn release(chance: &mut Chance, model: &Model) -> Option<Act> {
    let holds: Vec<u64> =
        model.bars.iter().filter(|(_, bar)| bar.kind == BarKind::Hold).map(|(id, _)| *id).collect();
    Some(Act::Release { hold: *chance.pick(&holds)? })
}

fn ask(chance: &mut Chance, subject: u64) -> Act {
    let (kind, purpose, claim) = match chance.below(8) {
        0..3 => (request::Kind::Erasure, None, false),
        3 => (request::Kind::Access, None, false),
        4 | 5 => (request::Kind::Restriction, None, chance.once_in(3)),
        _ => (request::Kind::Objection, Some("security"), false),
    };
    Act::Ask { kind, subject, purpose, claim }
}

fn lift(chance: &mut Chance, model: &Model) -> Option<Act> {
    let placed: Vec<(u64, u64)> =
        model.bars.iter().filter_map(|(bar, standing)| Some((*bar, standing.request?))).collect();
    let (bar, request) = *chance.pick(&placed)?;
    Some(Act::Lift { request, bar })
}

/// Who may read a category, and for which purpose.
pub(super) fn reader(category: &str) -> Option<(&'static str, &'static str)> {
    Some(match category {
        "account" | "form_answers" => ("system", "service"),
        "technical" => ("security", "security"),
        "engagement" | "attendance" => ("hr", "internal_management"),
        "selfie" => ("hr", "presence_photo"),
        "place" => ("hr", "presence_place"),
        "conversation" => ("system", "conversation"),
        "webhook_event" => ("system", "automation"),
        _ => return None,
    })
}
