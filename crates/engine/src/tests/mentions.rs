//! Other people in a record: sealed under their key, gone with them, and the record stays.

use serde_json::{Value, json};

use super::{gone, hold};
use crate::{
    Refusal, blob, erasure, export, hold as holds_of,
    ids::{Kind, Rid},
    record, request,
    testing::{World, object},
};

/// A learner's assignment and the one who graded it.
fn graded(world: &World) -> (u64, Rid, u64, String) {
    let learner = world.subject(&["intern"]);
    let grader = world.subject(&["employee"]);
    let shown = world.ws().ids().show(Kind::Subject, grader);
    let engagement = world.engagement(learner);
    let ctx = world.system();
    let act = ctx.clone();
    let work = ctx.ws.act(&ctx, move |tx| {
        let upload = blob::Upload {
            subject: learner,
            category: "assignment",
            field: "submission",
            media: "text/plain",
            bytes: b"my work",
        };
        blob::store(&act, tx, &upload)
    });
    let work = ctx.ws.ids().show(Kind::Blob, work.unwrap());
    let fields = json!({ "submission": work, "grade": "A", "feedback": "good", "grader": shown });
    let record = world.write(learner, "assignment", Some(engagement), fields).unwrap();
    (learner, record, grader, shown)
}

fn seen(world: &World, record: Rid) -> Value {
    let view = world.read(&world.staff("grader"), record, "internal_management").unwrap();
    record::seen(view).1.into()
}

fn change(world: &World, record: Rid, changes: Value) -> Result<(), Refusal> {
    let (ctx, changes) = (world.system(), object(changes));
    let act = ctx.clone();
    ctx.ws.act(&ctx, move |tx| record::change(&act, tx, record, &changes))
}

fn erase(world: &World, subject: u64) -> request::Answer {
    request::ask(&world.system(), request::Kind::Erasure, subject, None, false).unwrap()
}

#[test]
fn who_is_erased_is_named_nowhere_and_the_grade_stays() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let (_, record, grader, shown) = graded(&world);
    assert_eq!(seen(&world, record)["grader"], shown);
    assert_eq!(erase(&world, grader).state, "answered");
    for _ in 0..2 {
        let fields = seen(&world, record);
        assert_eq!(fields["grader"], json!({ "erased": true }));
        assert_eq!((&fields["grade"], &fields["feedback"]), (&json!("A"), &json!("good")));
        world.restart();
    }
    change(&world, record, json!({ "feedback": "very good" })).unwrap();
    assert_eq!(seen(&world, record)["grader"], json!({ "erased": true }));
    change(&world, record, json!({ "grader": null })).unwrap();
    assert!(seen(&world, record).get("grader").is_none());
}

#[test]
fn whoever_is_being_erased_is_unreadable_from_the_first_commit_on() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let (_, record, grader, _) = graded(&world);
    let ctx = world.system();
    let act = ctx.clone();
    ctx.ws
        .act(&ctx, move |tx| {
            let target = erasure::Target::Subject(grader);
            erasure::begin(&act, tx, erasure::Cause::Request, "right.erasure", &target)
        })
        .unwrap();
    drop(ctx);
    assert_eq!(seen(&world, record)["grader"], json!({ "erased": true }));
    world.restart();
    assert_eq!(seen(&world, record)["grader"], json!({ "erased": true }));
    assert_eq!(seen(&world, record)["grade"], "A");
}

#[test]
fn only_somebody_who_is_there_is_named() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (learner, record, grader, shown) = graded(&world);
    let gone = world.subject(&["employee"]);
    let erased = world.ws().ids().show(Kind::Subject, gone);
    erase(&world, gone);
    let never = world.ws().ids().show(Kind::Subject, 1 << 30);
    let mut answers = Vec::new();
    for wrong in [erased.as_str(), &never, "@", "Ms Ratna", ""] {
        let Err(Refusal::Invalid { what, rule }) =
            change(&world, record, json!({ "grader": wrong }))
        else {
            panic!("{wrong} was taken");
        };
        answers.push((what, rule));
    }
    answers.dedup();
    let rule = "data.assignment.fields (the id of a subject)";
    assert_eq!(answers, [("grader".to_owned(), rule.to_owned())]);
    assert_eq!(seen(&world, record)["grader"], shown);
    let other = world.ws().ids().show(Kind::Subject, learner);
    change(&world, record, json!({ "grader": other })).unwrap();
    assert_eq!(seen(&world, record)["grader"], other);
    erase(&world, grader);
    assert_eq!(seen(&world, record)["grader"], other);
}

#[test]
fn a_copy_says_where_one_is_named_and_nothing_of_the_others() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (learner, _, grader, shown) = graded(&world);
    let copy = |subject| {
        let ctx = world.system();
        Value::from(export::access(&ctx, subject).unwrap().released(&ctx).unwrap())
    };
    let own = copy(grader);
    let named = json!([{ "category": "assignment", "field": "grader", "records": 1 }]);
    assert_eq!(own["mentions"], named);
    assert_eq!(own["records"], json!([]));
    assert!(copy(learner).to_string().contains(&shown));
    erase(&world, learner);
    assert_eq!(copy(grader)["mentions"], json!([]));
}

#[test]
fn a_hold_over_a_record_keeps_whom_it_names_until_its_release() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (learner, record, grader, shown) = graded(&world);
    let placed = hold(&world, learner, Some("assignment"));
    assert_eq!(erase(&world, grader).state, "waiting");
    assert_eq!(seen(&world, record)["grader"], json!({ "erased": true }));
    let held = |world: &World| {
        let count = "select count(*) from mention where subject = $1";
        let ws = world.ws();
        ws.read(|link| {
            Ok(store::value::one(link, count, &[grader.into()], |row| row.number(0))?.unwrap())
        })
        .unwrap()
    };
    world.until("2026-03-02T01:00:00Z");
    assert_eq!(held(&world), 1);
    holds_of::release(&world.admin(), placed).unwrap();
    world.until("2026-03-02T03:00:00Z");
    assert_eq!(held(&world), 0);
    let ctx = world.system();
    gone(&ctx.ws.read(|link| crate::subject::load(&ctx, link, grader)));
    assert_eq!(seen(&world, record)["grader"], json!({ "erased": true }));
    assert!(!format!("{:?}", seen(&world, record)).contains(&shown));
}
