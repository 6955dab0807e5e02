//! Legal holds against everything that deletes.

use super::{gone, hold};
use crate::{
    Refusal, Role,
    erasure::Target,
    request::{self, Kind},
    retention,
    testing::World,
};

fn held<T: std::fmt::Debug>(answer: &Result<T, Refusal>) {
    assert!(matches!(answer, Err(Refusal::Held { .. })), "{answer:?}");
}

#[test]
fn a_hold_wins_over_every_deleter() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    world.event(engagement, "ended");
    hold(&world, intern, Some("attendance"));
    held(&request::delete(&world.system(), &Target::Records(vec![attendance.0])));
    held(&request::delete(&world.system(), &Target::Subject(intern)));
    world.until("2029-03-02T01:00:00Z");
    held(&retention::sweep_one(&world.admin(), attendance));
    let swept = retention::sweep(&world.system()).unwrap();
    assert_eq!(swept.erased, 0);
    let ctx = world.system();
    let live = world.deployment().guard().live(world.number).unwrap();
    for rid in [engagement, attendance] {
        let head = ctx.ws.read(|link| Ok(crate::chain::head(link, rid.0)?)).unwrap().unwrap();
        assert!(live.contains(&head.slot), "the keys of what is held live");
    }
}

#[test]
fn a_release_resumes_what_waited() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let account = world.account(intern, "sari@example.org");
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let id = hold(&world, intern, Some("attendance"));
    let answer = request::ask(&world.system(), Kind::Erasure, intern, None, false).unwrap();
    assert_eq!((answer.state, answer.erased), ("waiting", 1));
    gone(&world.read(&world.system(), account, "service"));
    let denied = world.read(&world.staff("hr"), attendance, "internal_management");
    assert!(matches!(denied, Err(Refusal::Denied { reason: "condemned", .. })), "{denied:?}");
    world.restart();
    let officer = world.ctx(Role::Officer, None);
    // The attendance, and the engagement that a held record hangs on.
    assert_eq!(crate::hold::release(&officer, id).unwrap(), 2);
    gone(&world.read(&world.staff("hr"), attendance, "internal_management"));
    gone(&world.write(intern, "engagement", None, serde_json::json!({})));
    let again = crate::hold::release(&officer, id);
    assert!(matches!(again, Err(Refusal::Conflict { .. })), "{again:?}");
}

#[test]
fn a_hold_comes_too_late_for_what_is_erased() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    request::delete(&world.system(), &Target::Records(vec![engagement.0])).unwrap();
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let late = officer.ws.act(&officer, move |tx| {
        let new = crate::hold::New {
            subject: intern,
            category: None,
            rid: Some(engagement),
            case: "case 7",
        };
        crate::hold::place(&act, tx, &new)
    });
    gone(&late);
}

#[test]
fn a_restriction_stores_only_and_still_ends_on_time() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let fields = serde_json::json!({ "ip": "192.0.2.1", "browser": "Firefox 128" });
    let technical = world.write(user, "technical", None, fields.clone()).unwrap();
    let claimed = world.subject(&["user"]);
    let needed = world.write(claimed, "technical", None, fields).unwrap();
    request::ask(&world.system(), Kind::Restriction, user, None, false).unwrap();
    request::ask(&world.system(), Kind::Restriction, claimed, None, true).unwrap();
    let denied = world.read(&world.staff("security"), technical, "security");
    assert!(matches!(denied, Err(Refusal::Denied { reason: "restricted", .. })), "{denied:?}");
    world.until("2026-05-29T17:00:01Z");
    let rows = |rid: crate::ids::Rid| {
        let ctx = world.system();
        ctx.ws.read(|link| Ok(crate::chain::head(link, rid.0)?)).unwrap().is_some()
    };
    assert!(!rows(technical), "restricted data end on time");
    assert!(rows(needed), "what a claim needs waits");
}
