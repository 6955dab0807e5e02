//! Access of staff through a crash, and with its person.

use serde_json::json;
use store::value::one;

use super::{Access, New, ask, find, withdraw};
use crate::{Ctx, Refusal, ids::Rid, request, testing::World};

fn given(world: &World, support: &Ctx, subject: u64, ticket: Rid) -> Access {
    let (act, _) = (support.clone(), world);
    let new = New { purpose: "support", subject, rid: None, ticket: Some(ticket), case: None };
    support.ws.act(support, move |tx| ask(&act, tx, &new)).unwrap()
}

fn ticket(world: &World) -> (u64, Rid) {
    let user = world.subject(&["user"]);
    let account = world.account(user, "sari@example.org");
    let message = json!({ "message": "no sound" });
    (user, world.write(user, "ticket", Some(account), message).unwrap())
}

#[test]
fn access_that_was_ended_stays_ended_when_the_data_forget_it() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let (user, ticket) = ticket(&world);
    let support = world.staff("support");
    let access = given(&world, &support, user, ticket);
    let before = world.ws().writer().counters().applied_guard;
    let act = support.clone();
    support.ws.act(&support, move |tx| withdraw(&act, tx, access.id)).unwrap();
    // As if the data were from before the withdrawal and the guard from after it.
    for (sql, value) in [
        ("update access set ended = null where id = $1", access.id),
        ("update counter set value = $1 where name = 'applied_guard'", before),
        ("update counter set value = value - 1 where name = 'fact' and $1 = $1", 0),
    ] {
        use store::Link;
        let changed = world.ws().writer().link().run(sql, &[value.into()]).unwrap();
        assert_eq!(changed, 1, "{sql}");
    }
    drop(support);
    world.restart();
    let support = world.staff("support");
    let found = support.ws.read(|link| find(&support, link, access.id)).unwrap();
    assert_eq!(found.state(support.now), "ended");
    let refused = world.read(&support, ticket, "support");
    assert!(matches!(refused, Err(Refusal::Denied { reason: "needs", .. })), "{refused:?}");
}

#[test]
fn access_goes_with_its_person() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (user, ticket) = ticket(&world);
    given(&world, &world.staff("support"), user, ticket);
    request::ask(&world.system(), request::Kind::Erasure, user, None, false).unwrap();
    let sql = "select count(*) from access";
    let left = world.ws().read(|link| Ok(one(link, sql, &[], |row| row.number(0))?)).unwrap();
    assert_eq!(left, Some(0));
}
