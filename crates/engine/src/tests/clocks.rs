//! Clocks that lie.

use super::gone;
use crate::{
    ids::Rid,
    testing::{World, micros},
};

fn technical(world: &World) -> Rid {
    let user = world.subject(&["user"]);
    let fields = serde_json::json!({ "ip": "192.0.2.1", "browser": "Firefox 128" });
    world.write(user, "technical", None, fields).unwrap()
}

fn is_there(world: &World, rid: Rid) -> bool {
    let ctx = world.system();
    ctx.ws.read(|link| Ok(crate::chain::head(link, rid.0)?)).unwrap().is_some()
}

#[test]
fn what_is_overdue_is_unreadable_before_any_sweep() {
    let world = World::new("2026-03-01T01:00:00Z");
    let rid = technical(&world);
    world.read(&world.staff("security"), rid, "security").unwrap();
    world.clock.run(micros("2026-05-29T17:00:00Z") - micros("2026-03-01T01:00:00Z"));
    gone(&world.read(&world.staff("security"), rid, "security"));
    assert!(is_there(&world, rid), "no sweep ran");
    world.deployment().tick().unwrap();
    assert!(!is_there(&world, rid));
}

#[test]
fn a_clock_that_goes_back_revives_nothing() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let rid = technical(&world);
    world.until("2026-05-29T17:00:01Z");
    world.clock.set(micros("2026-03-02T00:00:00Z"));
    gone(&world.read(&world.staff("security"), rid, "security"));
    world.restart();
    gone(&world.read(&world.staff("security"), rid, "security"));
    assert!(world.deployment().reading().now >= micros("2026-05-29T17:00:01Z"));
}

#[test]
fn a_clock_that_jumps_ahead_destroys_nothing_at_once() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let rid = technical(&world);
    world.clock.set(micros("2036-03-01T01:00:00Z"));
    gone(&world.read(&world.staff("security"), rid, "security"));
    let hour = 3_600_000_000;
    for _ in 0..23 {
        world.clock.run(hour);
        world.deployment().tick().unwrap();
        assert!(world.deployment().reading().apart, "the alarm is raised");
    }
    assert!(is_there(&world, rid));
    // Back to the truth in time: nothing was lost.
    world.clock.set(micros("2026-03-02T00:00:00Z"));
    world.read(&world.staff("security"), rid, "security").unwrap();
    world.restart();
    world.clock.set(micros("2036-03-01T01:00:00Z"));
    world.deployment().tick().unwrap();
    world.clock.run(25 * hour);
    world.deployment().tick().unwrap();
    world.deployment().tick().unwrap();
    assert!(!is_there(&world, rid), "after a day of real running the time is believed");
}
