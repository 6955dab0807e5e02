//! What a legal duty keeps of an erased person: those fields, their own key, that purpose, until their end.

use serde_json::{Value, json};

use super::{gone, hold};
use crate::{
    Ctx, Refusal, erasure, hold as holds_of, request,
    statutory::{self, Kept},
    testing::{World, micros},
};

fn erase(world: &World, subject: u64) -> request::Answer {
    request::ask(&world.system(), request::Kind::Erasure, subject, None, false).unwrap()
}

fn read(ctx: &Ctx, purpose: &'static str) -> Result<Vec<Value>, Refusal> {
    let act = ctx.clone();
    let read = ctx
        .ws
        .act(ctx, move |tx| statutory::list(&act, tx, "attendance", purpose, None, 50))
        .unwrap();
    Ok(read?.0.into_iter().map(|view| statutory::seen(view).into()).collect())
}

/// The slots of copies that have rows, and those of them whose key lives.
fn slots(world: &World) -> (Vec<u32>, usize) {
    let ws = world.ws();
    let rows = ws.read(|link| {
        Ok(store::value::all(link, "select slot from statutory", &[], |row| row.small(0))?)
    });
    let rows: Vec<u32> = rows.unwrap();
    let live = world.deployment().guard().live(world.number).unwrap();
    let living = rows.iter().filter(|slot| live.contains(slot)).count();
    (rows, living)
}

#[test]
fn an_erasure_leaves_the_fields_that_a_duty_names_until_their_end() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    world.until("2026-06-30T05:00:00Z");
    world.event(engagement, "ended");
    world.until("2026-07-01T05:00:00Z");
    let answer = erase(&world, intern);
    let kept = Kept {
        category: "attendance".into(),
        purpose: "school_reports".into(),
        until: micros("2029-06-29T17:00:00Z"),
        copies: 1,
        lost: false,
    };
    assert_eq!((answer.state, answer.kept), ("answered", vec![kept]));
    gone(&world.read(&world.staff("hr"), attendance, "internal_management"));
    for _ in 0..2 {
        let copies = read(&world.staff("hr"), "school_reports").unwrap();
        assert_eq!(copies, [json!({ "clock_in": "2026-03-01T01:00:00Z" })]);
        for (role, purpose) in [("hr", "internal_management"), ("support", "school_reports")] {
            let refused = read(&world.staff(role), purpose);
            assert!(matches!(refused, Err(Refusal::Denied { .. })), "{refused:?}");
        }
        world.restart();
    }
    world.until("2029-06-29T16:59:59Z");
    assert_eq!(read(&world.staff("hr"), "school_reports").unwrap().len(), 1);
    let (before, living) = slots(&world);
    assert_eq!((before.len(), living), (1, 1));
    world.clock.run(1_000_000);
    assert_eq!(read(&world.staff("hr"), "school_reports").unwrap().len(), 0);
    world.until("2029-06-29T19:00:00Z");
    assert_eq!(slots(&world).0, Vec::<u32>::new());
    let live = world.deployment().guard().live(world.number).unwrap();
    assert!(!live.contains(&before[0]));
}

#[test]
fn an_event_that_has_not_happened_happens_with_the_erasure() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    world.attendance(intern, engagement);
    world.attendance(intern, engagement);
    let answer = erase(&world, intern);
    assert_eq!(answer.kept[0].copies, 2);
    assert_eq!(answer.kept[0].until, micros("2029-02-28T17:00:00Z"));
    let again = request::ask(&world.system(), request::Kind::Erasure, intern, None, false);
    gone(&again);
    assert_eq!(slots(&world).0.len(), 2);
}

#[test]
fn what_was_due_leaves_nothing() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    world.attendance(intern, engagement);
    world.event(engagement, "ended");
    let due = micros("2029-02-28T17:00:01Z");
    world.clock.run(due - world.deployment().reading().now);
    assert_eq!(erase(&world, intern).kept, []);
    assert_eq!(slots(&world).0.len(), 0);
}

#[test]
fn a_copy_is_made_with_the_erasure_or_not_at_all() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let ctx = world.system();
    let act = ctx.clone();
    ctx.ws
        .act(&ctx, move |tx| {
            let target = erasure::Target::Subject(intern);
            erasure::begin(&act, tx, erasure::Cause::Request, "right.erasure", &target)
        })
        .unwrap();
    drop(ctx);
    gone(&world.read(&world.staff("hr"), attendance, "school_reports"));
    assert_eq!(read(&world.staff("hr"), "school_reports").unwrap().len(), 1);
    world.restart();
    world.deployment().tick().unwrap();
    assert_eq!(read(&world.staff("hr"), "school_reports").unwrap().len(), 1);
    assert_eq!(slots(&world).1, 1);
}

#[test]
fn what_a_hold_keeps_is_copied_when_it_goes() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    world.attendance(intern, engagement);
    let placed = hold(&world, intern, Some("attendance"));
    let answer = erase(&world, intern);
    assert_eq!((answer.state, answer.kept.len()), ("waiting", 0));
    assert_eq!(slots(&world).0.len(), 0);
    world.until("2026-04-01T01:00:00Z");
    holds_of::release(&world.admin(), placed).unwrap();
    assert_eq!(read(&world.staff("hr"), "school_reports").unwrap().len(), 1);
    let request = world.system().ws.read(|link| request::of(link, intern)).unwrap();
    let job = request[0].job.unwrap();
    let kept = world.system().ws.read(|link| statutory::of_job(link, job)).unwrap();
    assert_eq!(kept[0].until, micros("2029-03-31T17:00:00Z"));
}
