//! What the probe of staff access sees when its rows are changed behind the engine's back.

use serde_json::json;

use super::{history, tamper};
use crate::{
    evidence::{State, probe},
    grant,
    testing::World,
};

fn found(world: &World) -> (State, u64) {
    let ctx = world.admin().as_janji();
    let in_force = ctx.ws.policy();
    let found = ctx.ws.read(|link| probe::run(&ctx, &in_force.policy, link)).unwrap();
    let tally = found["grants"].about("purpose.support.needs");
    (tally.state(), tally.count())
}

#[test]
fn grants_sees_a_read_that_rests_on_another_token_time_or_purpose() {
    for change in [
        "update access set token = token + 1",
        "update access set purpose = 'service'",
        "update access set given = given + 3600000000",
        "update access set ended = given - 1",
        "update access set rid = 2",
        "delete from access",
    ] {
        let (world, life) = history();
        let message = json!({ "message": "no sound" });
        let ticket = world.write(life.intern, "ticket", Some(life.account), message).unwrap();
        let support = world.staff("support");
        let (act, subject) = (support.clone(), life.intern);
        support
            .ws
            .act(&support, move |tx| {
                let (rid, case) = (None, None);
                let ticket = Some(ticket);
                let new = grant::New { purpose: "support", subject, rid, ticket, case };
                grant::ask(&act, tx, &new)
            })
            .unwrap();
        assert_eq!(found(&world), (State::Kept, 0));
        world.read(&support, ticket, "support").unwrap();
        assert_eq!(found(&world), (State::Kept, 1));
        tamper(&world, change, &[]);
        assert_eq!(found(&world).0, State::Broken, "{change}");
    }
}
