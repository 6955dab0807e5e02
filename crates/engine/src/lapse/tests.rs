//! The life of an account that nobody uses.

use super::{Stage, of};
use crate::{
    Refusal,
    ids::Rid,
    notice, retention,
    testing::{World, micros},
};

/// A world in Jakarta with an account that was used on a leap day.
fn leap() -> (World, u64, Rid) {
    let world = World::new("2028-02-29T03:00:00Z");
    let user = world.subject(&["user"]);
    let account = world.account(user, "sari@example.org");
    world.until("2028-02-29T05:00:00Z");
    world.event(account, "signed_in");
    (world, user, account)
}

fn life(world: &World, user: u64) -> super::Life {
    let ctx = world.system();
    ctx.ws.read(|link| of(&ctx, link, user)).unwrap().remove(0)
}

fn reason(answer: Result<crate::record::View, Refusal>) -> String {
    match answer {
        Ok(_) => "read".to_owned(),
        Err(Refusal::Denied { reason, rule }) => format!("{reason} {rule}"),
        Err(Refusal::Gone { rule }) => format!("gone {rule}"),
        Err(other) => panic!("{other:?}"),
    }
}

#[test]
fn twelve_months_from_a_leap_day_end_on_the_first_of_march_and_are_told_thirty_days_before() {
    let (world, user, account) = leap();
    assert_eq!(life(&world, user).lapses, Some(micros("2029-02-28T17:00:00Z")));
    world.until("2029-01-29T16:59:59Z");
    assert_eq!(life(&world, user).told, None);
    world.until("2029-01-29T18:00:00Z");
    assert!(life(&world, user).told.is_some());
    world.until("2029-02-28T16:59:59Z");
    assert_eq!(life(&world, user).stage, Stage::Active);
    assert_eq!(reason(world.read(&world.system(), account, "service")), "read");
    world.clock.run(1_000_000);
    let closed = life(&world, user);
    assert_eq!(closed.stage, Stage::Closed, "whether or not housekeeping has run");
    assert_eq!(closed.closed, Some(micros("2029-02-28T17:00:00Z")));
    assert_eq!(closed.ends, Some(micros("2029-03-30T17:00:00Z")));
    let refused = reason(world.read(&world.system(), account, "service"));
    assert_eq!(refused, "closed data.account.grace");
    world.until("2029-02-28T19:00:00Z");
    assert_eq!(life(&world, user).closed, Some(micros("2029-02-28T17:00:00Z")));
    world.until("2029-03-30T16:59:59Z");
    let refused = reason(world.read(&world.system(), account, "service"));
    assert_eq!(refused, "closed data.account.grace");
    world.until("2029-03-30T18:30:00Z");
    assert!(reason(world.read(&world.system(), account, "service")).starts_with("gone"));
    let (ctx, rid) = (world.system(), account.0);
    assert!(ctx.ws.read(|link| Ok(crate::chain::head(link, rid)?)).unwrap().is_none());
}

#[test]
fn a_sign_in_one_second_before_the_lapse_begins_the_time_anew() {
    let (world, user, account) = leap();
    world.until("2029-01-30T00:00:00Z");
    world.clock.run(micros("2029-02-28T16:59:59Z") - world.deployment().reading().now);
    world.event(account, "signed_in");
    world.until("2029-03-02T00:00:00Z");
    let life = life(&world, user);
    assert_eq!((life.stage, life.told), (Stage::Active, None));
    assert_eq!(life.lapses, Some(micros("2030-02-27T17:00:00Z")));
    let notices = world.ws().read(|link| notice::of(link, user)).unwrap();
    assert!(notices.is_empty(), "it would say what is not so: {notices:?}");
}

#[test]
fn a_closed_account_is_restored_before_it_is_used() {
    let (world, user, account) = leap();
    world.until("2029-01-30T00:00:00Z");
    world.until("2029-03-05T00:00:00Z");
    let ctx = world.system();
    let act = ctx.clone();
    let signed =
        ctx.ws.act(&ctx, move |tx| crate::event::raise(&act, tx, account, "signed_in", None));
    assert!(matches!(signed, Err(Refusal::Denied { reason: "closed", .. })), "{signed:?}");
    world.event(account, "restored");
    assert_eq!(life(&world, user).stage, Stage::Active);
    assert_eq!(reason(world.read(&world.system(), account, "service")), "read");
    world.until("2029-06-05T00:00:00Z");
    assert_eq!(life(&world, user).lapses, Some(micros("2030-03-04T17:00:00Z")));
    assert_eq!(reason(world.read(&world.system(), account, "service")), "read");
}

#[test]
fn a_lapse_waits_for_the_lead_time_of_a_notice_that_came_late() {
    let (world, user, account) = leap();
    // The server was off when the notice was due, and until after the lapse.
    world.clock.run(micros("2029-04-10T00:00:00Z") - world.deployment().reading().now);
    assert_eq!(life(&world, user).stage, Stage::Marked);
    assert_eq!(reason(world.read(&world.system(), account, "service")), "read");
    world.until("2029-04-10T01:00:00Z");
    world.until("2029-05-09T16:00:00Z");
    assert_eq!(life(&world, user).stage, Stage::Marked);
    world.until("2029-05-09T18:00:00Z");
    let closed = life(&world, user);
    assert_eq!(
        (closed.stage, closed.closed),
        (Stage::Closed, Some(micros("2029-05-09T17:00:00Z")))
    );
}

#[test]
fn an_account_that_was_never_used_counts_from_the_day_it_was_made() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    world.account(user, "sari@example.org");
    assert_eq!(life(&world, user).lapses, Some(micros("2027-02-28T17:00:00Z")));
}

#[test]
fn a_clock_that_jumps_ahead_tells_nobody_and_closes_nothing_at_once() {
    let (world, user, account) = leap();
    world.clock.set(micros("2029-06-01T00:00:00Z"));
    retention::sweep(&world.system().as_janji()).unwrap();
    let life = life(&world, user);
    assert_eq!((life.told, life.closed), (None, None));
    assert_eq!(reason(world.read(&world.system(), account, "service")), "read");
}

#[test]
fn a_lapse_that_closed_an_account_is_true_after_a_restart() {
    let (mut world, user, _) = leap();
    world.until("2029-01-30T00:00:00Z");
    world.until("2029-03-01T00:00:00Z");
    world.restart();
    assert_eq!(life(&world, user).closed, Some(micros("2029-02-28T17:00:00Z")));
}
