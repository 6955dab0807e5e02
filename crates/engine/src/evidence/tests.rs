//! A healthy life is kept; and each probe, with one thing wrong in the data, says so.

mod broken;
mod grants;
mod healthy;
mod lapses;
mod stress;

use serde_json::json;

use super::{Proved, State, prove};
use crate::{
    Role, blob, hold,
    ids::{Kind, Rid},
    request,
    testing::World,
};

pub(super) const PHOTO: &[u8] = &[
    0xff, 0xd8, 0xff, 0xdb, 0x00, 0x04, 0x01, 0x02, 0xff, 0xda, 0x00, 0x04, 0x01, 0x02, 0x11, 0x22,
    0xff, 0xd9,
];

/// The records of one intern whose data are of every kind that is stored.
pub(super) struct Life {
    pub(super) intern: u64,
    pub(super) account: Rid,
    pub(super) engagement: Rid,
    pub(super) attendance: Rid,
    pub(super) selfie: Rid,
    pub(super) talk: Rid,
    pub(super) assignment: Rid,
    pub(super) grader: u64,
}

pub(super) fn upload(
    world: &World,
    subject: u64,
    category: &'static str,
    field: &'static str,
) -> String {
    let ctx = world.system();
    let act = ctx.clone();
    let number = ctx.ws.act(&ctx, move |tx| {
        let media = if field == "submission" { "text/plain" } else { "image/jpeg" };
        let upload = blob::Upload { subject, category, field, media, bytes: PHOTO };
        blob::store(&act, tx, &upload)
    });
    ctx.ws.ids().show(Kind::Blob, number.unwrap())
}

/// Lives one life up to now, as the backend of a company would record it.
pub(super) fn live(world: &World, email: &str) -> Life {
    let intern = world.subject(&["intern", "user"]);
    for purpose in ["presence_photo", "presence_place", "conversation", "automation"] {
        world.consent(intern, purpose);
    }
    let account = world.account(intern, email);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let photo = upload(world, intern, "selfie", "selfie");
    let selfie =
        world.write(intern, "selfie", Some(attendance), json!({ "selfie": photo })).unwrap();
    let place = json!({ "location": { "latitude": -6.2, "longitude": 106.8 } });
    world.write(intern, "place", Some(attendance), place).unwrap();
    let work = upload(world, intern, "assignment", "submission");
    let grader = world.subject(&["employee"]);
    let shown = world.ws().ids().show(Kind::Subject, grader);
    let graded = json!({ "submission": work, "grade": "B", "grader": shown });
    let assignment = world.write(intern, "assignment", Some(engagement), graded).unwrap();
    let report = json!({ "report_kind": "weekly", "report_text": "a quiet week" });
    world.write(intern, "report", Some(engagement), report).unwrap();
    let said = json!({ "message": "selamat pagi", "author": "intern" });
    let talk = world.write(intern, "conversation", Some(account), said).unwrap();
    let steps = json!({ "settings": "every morning" });
    world.write(intern, "workflow", Some(account), steps).unwrap();
    let answers = json!({ "answers": "size M" });
    world.write(intern, "form_answers", Some(account), answers).unwrap();
    world.write(intern, "ticket", Some(account), json!({ "message": "no sound" })).unwrap();
    let device = json!({ "ip": "192.0.2.7", "browser": "Firefox 128" });
    world.write(intern, "technical", None, device).unwrap();
    Life { intern, account, engagement, attendance, selfie, talk, assignment, grader }
}

/// Holds one category of a person.
pub(super) fn hold(world: &World, subject: u64, category: Option<&'static str>) -> u64 {
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    officer
        .ws
        .act(&officer, move |tx| {
            hold::place(&act, tx, &hold::New { subject, category, rid: None, case: "case 7" })
        })
        .unwrap()
}

/// A world with some history: people read, held, restricted, erased, and selfies that have ended.
pub(super) fn history() -> (World, Life) {
    let world = World::new("2026-03-01T01:00:00Z");
    let life = live(&world, "sari@example.org");
    world.read(&world.staff("hr"), life.attendance, "internal_management").unwrap();
    world.read(&world.staff("hr"), life.selfie, "presence_photo").unwrap();
    let gone = live(&world, "dewi@example.org");
    request::ask(&world.system(), request::Kind::Erasure, gone.intern, None, false).unwrap();
    let held = live(&world, "budi@example.org");
    hold(&world, held.intern, Some("attendance"));
    request::ask(&world.system(), request::Kind::Erasure, held.intern, None, false).unwrap();
    request::ask(&world.system(), request::Kind::Erasure, held.grader, None, false).unwrap();
    let quiet = live(&world, "wati@example.org");
    request::ask(&world.system(), request::Kind::Restriction, quiet.intern, None, false).unwrap();
    request::ask(&world.system(), request::Kind::Objection, quiet.intern, Some("security"), false)
        .unwrap();
    world.until("2026-03-01T03:00:00Z");
    (world, life)
}

pub(super) fn state(world: &World, promise: &str) -> Proved {
    let proved = prove(&world.ctx(Role::Officer, None)).unwrap();
    proved.into_iter().find(|one| one.promise == promise).unwrap()
}

pub(super) fn broken(world: &World, promise: &str) {
    let proved = state(world, promise);
    assert_eq!(proved.state, State::Broken, "{proved:?}");
}

pub(super) fn names(rid: Rid) -> store::Value<'static> {
    rid.0.into()
}

/// Runs a statement behind the engine's back.
pub(crate) fn tamper(world: &World, sql: &'static str, values: &[store::Value<'_>]) {
    use store::Link;
    let ws = world.ws();
    let mut writer = ws.writer();
    let changed = writer.link().run(sql, values).unwrap();
    assert!(changed > 0, "nothing was tampered with");
}

#[test]
fn each_probe_that_rules_name_is_here_and_no_other() {
    let here: std::collections::BTreeSet<&str> =
        super::probe::PROBES.iter().map(|(name, _)| *name).collect();
    let named: std::collections::BTreeSet<&str> =
        policy::ENFORCED.iter().map(|rule| rule.probe).collect();
    assert_eq!(here, named);
}

#[test]
fn no_person_stays_out_of_every_sample() {
    for step in [2_u64, 16, 128, 1024] {
        let mut slices = vec![0_u64; usize::try_from(step).unwrap()];
        for person in 1..=20_000_u64 {
            let slice = (Rid::new(person, 1).0 % 1_000_003) % step;
            slices[usize::try_from(slice).unwrap()] += 1;
        }
        let (least, most) = (slices.iter().min().unwrap(), slices.iter().max().unwrap());
        assert!(*least > 0 && *most < 4 * (20_000 / step).max(1), "{step}: {least} to {most}");
    }
}
