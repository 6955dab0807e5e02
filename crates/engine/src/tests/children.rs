//! Minors in the engine: what comes back after a restart, what a clock may do, and what the probe sees.

use serde_json::json;

use crate::{
    Ctx, Refusal, Role, approval,
    evidence::{State, prove},
    ids::Rid,
    request, subject,
    testing::World,
};

/// An intern of seventeen years and some months, with these approvals.
pub(crate) fn minor(world: &World, born: &'static str, by: &[&'static str]) -> u64 {
    let ctx = world.system();
    let act = ctx.clone();
    let people = vec!["intern".to_owned()];
    let made =
        ctx.ws.act(&ctx, move |tx| subject::create(&act, tx, &people, Some("ID"), Some(born)));
    let person = made.unwrap();
    for by in by {
        approve(world, person, by).unwrap();
    }
    person
}

fn approve(world: &World, person: u64, by: &'static str) -> Result<(), Refusal> {
    by_system(world, move |ctx, tx| approval::give(ctx, tx, person, by))
}

pub(crate) fn disapprove(world: &World, person: u64, by: &'static str) -> Result<(), Refusal> {
    by_system(world, move |ctx, tx| approval::withdraw(ctx, tx, person, by))
}

fn by_system(
    world: &World,
    act: impl Fn(&Ctx, &mut store::Tx<'_>) -> Result<(), Refusal> + Send + 'static,
) -> Result<(), Refusal> {
    let ctx = world.system();
    let of = ctx.clone();
    ctx.ws.act(&ctx, move |tx| act(&of, tx))
}

fn account(world: &World, person: u64) -> Result<Rid, Refusal> {
    let fields = json!({ "first_name": "Sari", "last_name": "D", "email": "sari@example.org" });
    world.write(person, "account", None, fields)
}

pub(crate) fn shut<T: std::fmt::Debug>(answer: &Result<T, Refusal>) {
    let by = |rule: &String| rule == "children.approval.by";
    assert!(
        matches!(answer, Err(Refusal::Denied { reason: "approval", rule }) if by(rule)),
        "{answer:?}"
    );
}

const BOTH: [&str; 2] = ["guardian", "school"];

#[test]
fn a_withdrawn_approval_stays_withdrawn_after_a_restart() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let person = minor(&world, "2008-06-01", &BOTH);
    account(&world, person).unwrap();
    disapprove(&world, person, "school").unwrap();
    world.restart();
    shut(&account(&world, person));
}

#[test]
fn a_clock_that_jumps_ahead_makes_nobody_older() {
    let world = World::new("2026-03-01T01:00:00Z");
    let person = minor(&world, "2008-06-01", &[]);
    world.clock.set(crate::time::parse("2026-07-01T01:00:00Z").unwrap());
    shut(&account(&world, person));
    world.deployment().tick().unwrap();
    shut(&account(&world, person));
}

#[test]
fn a_day_of_birth_and_approvals_end_with_the_person() {
    let world = World::new("2026-03-01T01:00:00Z");
    let person = minor(&world, "2008-06-01", &BOTH);
    account(&world, person).unwrap();
    request::ask(&world.system(), request::Kind::Erasure, person, None, false).unwrap();
    for table in ["select 1 from minor", "select 1 from approval"] {
        let left = world.ws().read(|link| Ok(store::value::all(link, table, &[], |r| r.int(0))?));
        assert_eq!(left.unwrap(), Vec::<i64>::new(), "{table}");
    }
}

fn state(world: &World) -> State {
    let proved = prove(&world.ctx(Role::Officer, None)).unwrap();
    proved.into_iter().find(|one| one.promise == "ASH-102").unwrap().state
}

#[test]
fn children_sees_use_without_approval_a_late_end_and_who_is_too_young() {
    for change in [
        "delete from approval where approver = 'school'",
        "update approval set given = given + 1000000 where approver = 'guardian'",
        "update approval set withdrawn = given - 1",
        "update subject set created = created - 200000000000000",
        "update minor set sealed = x'00'",
        "update minor set subject = subject + 1",
    ] {
        let world = World::new("2026-03-01T01:00:00Z");
        let person = minor(&world, "2008-06-01", &BOTH);
        let rid = account(&world, person).unwrap();
        world.read(&world.system(), rid, "service").unwrap();
        assert_eq!(state(&world), State::Kept);
        crate::evidence::tests::tamper(&world, change, &[]);
        assert_eq!(state(&world), State::Broken, "{change}");
    }
}

#[test]
fn a_minor_is_due_on_the_birthday_and_gone_after_the_sweep() {
    let world = World::new("2026-03-01T01:00:00Z");
    minor(&world, "2008-03-02", &BOTH);
    let run = |time: &str| {
        let left = crate::time::parse(time).unwrap() - world.deployment().reading().now;
        world.clock.run(left);
    };
    for (time, expected) in [
        ("2026-03-01T16:59:59Z", State::Kept),
        ("2026-03-01T17:00:00Z", State::Due),
        ("2026-03-01T19:00:00Z", State::Broken),
    ] {
        run(time);
        assert_eq!(state(&world), expected, "{time}");
    }
    world.deployment().tick().unwrap();
    assert_eq!(state(&world), State::Kept);
}
