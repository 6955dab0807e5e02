//! Who is told what, once, and sees only their own.

use store::value::one;

use super::{Kind, of};
use crate::{Refusal, Role, hold, notice, request, testing::World};

fn kinds(world: &World, subject: u64) -> Vec<String> {
    let notices = world.ws().read(|link| of(link, subject)).unwrap();
    notices.into_iter().map(|notice| notice.kind).collect()
}

#[test]
fn a_hold_its_release_and_a_lifted_restriction_are_told_once_each() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (held, other) = (world.subject(&["user"]), world.subject(&["user"]));
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let new = hold::New { subject: held, category: None, rid: None, case: "case 7" };
    let id = officer.ws.act(&officer, move |tx| hold::place(&act, tx, &new)).unwrap();
    assert_eq!(kinds(&world, held), ["hold"]);
    hold::release(&officer, id).unwrap();
    let asked = request::ask(&officer, request::Kind::Restriction, held, None, false).unwrap();
    let act = officer.clone();
    officer.ws.act(&officer, move |tx| request::lift(&act, tx, asked.id)).unwrap();
    let mut told = kinds(&world, held);
    told.sort();
    assert_eq!(told, ["hold", "release", "restriction_lifted"]);
    assert!(kinds(&world, other).is_empty());
}

#[test]
fn about_one_thing_somebody_is_told_once() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let ctx = world.system();
    for about in [1, 1, 2] {
        let act = ctx.clone();
        let kind = Kind::PolicyChange;
        ctx.ws
            .act(&ctx, move |tx| {
                let rule = "notice.policy_change";
                let new = notice::New { subject: user, kind, rule, about, effective: None };
                notice::tell(&act, tx, &new)
            })
            .unwrap();
    }
    assert_eq!(kinds(&world, user).len(), 2);
}

#[test]
fn a_person_marks_only_their_own_notice_as_seen_and_the_first_time_counts() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (held, other) = (world.subject(&["user"]), world.subject(&["user"]));
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let new = hold::New { subject: held, category: None, rid: None, case: "case 7" };
    officer.ws.act(&officer, move |tx| hold::place(&act, tx, &new)).unwrap();
    let told = world.ws().read(|link| of(link, held)).unwrap().remove(0);
    let seen = |subject| {
        let ctx = world.ctx(Role::Person, Some(subject));
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| notice::seen(&act, tx, told.id))
    };
    assert!(matches!(seen(other), Err(Refusal::NotFound)));
    seen(held).unwrap();
    let first = world.ws().read(|link| of(link, held)).unwrap().remove(0).seen;
    world.until("2026-03-01T02:00:00Z");
    seen(held).unwrap();
    assert!(first.is_some());
    assert_eq!(world.ws().read(|link| of(link, held)).unwrap().remove(0).seen, first);
}

#[test]
fn notices_go_with_their_person() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let new = hold::New { subject: user, category: None, rid: None, case: "case 7" };
    let id = officer.ws.act(&officer, move |tx| hold::place(&act, tx, &new)).unwrap();
    hold::release(&officer, id).unwrap();
    request::ask(&world.system(), request::Kind::Erasure, user, None, false).unwrap();
    let sql = "select count(*) from notice";
    let left = world.ws().read(|link| Ok(one(link, sql, &[], |row| row.number(0))?)).unwrap();
    assert_eq!(left, Some(0));
}
