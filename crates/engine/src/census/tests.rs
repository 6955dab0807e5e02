use super::*;
use crate::{
    hold,
    request::{self, Kind},
    testing::World,
};

#[test]
fn a_count_follows_what_comes_and_what_is_erased() {
    let world = World::new("2026-03-01T01:00:00Z");
    let now = || count(&world.ws()).unwrap();
    assert_eq!(now(), Census { people: 0, records: 0, holds: 0 });
    let intern = world.subject(&["intern"]);
    world.account(intern, "sari@example.org");
    let engagement = world.engagement(intern);
    world.attendance(intern, engagement);
    assert_eq!(now(), Census { people: 1, records: 3, holds: 0 });
    let officer = world.ctx(crate::Role::Officer, None);
    let act = officer.clone();
    let placed = officer.ws.act(&officer, move |tx| {
        let new = hold::New { subject: intern, category: Some("attendance"), rid: None, case: "7" };
        hold::place(&act, tx, &new)
    });
    let id = placed.unwrap();
    request::ask(&world.system(), Kind::Erasure, intern, None, false).unwrap();
    assert_eq!(now(), Census { people: 1, records: 2, holds: 1 });
    hold::release(&officer, id).unwrap();
    assert_eq!(now(), Census { people: 0, records: 0, holds: 0 });
}
