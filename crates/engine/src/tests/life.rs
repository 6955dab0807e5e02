use serde_json::json;

use crate::{Refusal, Role, hold, ids::Rid, record, request, testing::World};

fn gone<T: std::fmt::Debug>(answer: Result<T, Refusal>) {
    assert!(matches!(answer, Err(Refusal::Gone { .. })), "{answer:?}");
}

#[test]
fn a_written_record_is_read_for_its_purpose_and_no_other() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let view = world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    let (rid, fields) = record::seen(view);
    assert_eq!(rid, attendance);
    assert_eq!(fields.get("method").and_then(|v| v.as_str()), Some("qr"));
    for (role, purpose) in [("support", "internal_management"), ("hr", "service")] {
        let answer = world.read(&world.staff(role), attendance, purpose);
        assert!(matches!(answer, Err(Refusal::Denied { .. })), "{answer:?}");
    }
}

#[test]
fn a_place_ends_with_its_attendance_three_years_after_the_engagement() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    world.until("2026-06-30T05:00:00Z");
    world.event(engagement, "ended");
    world.until("2029-06-29T16:59:00Z");
    world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    world.until("2029-06-29T17:00:01Z");
    gone(world.read(&world.staff("hr"), attendance, "internal_management"));
}

#[test]
fn erasure_leaves_what_a_hold_keeps_and_resumes_at_release() {
    let mut world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let account = world.account(intern, "sari@example.org");
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let held = officer.ws.act(&officer, move |tx| {
        let new =
            hold::New { subject: intern, category: Some("attendance"), rid: None, case: "case 7" };
        hold::place(&act, tx, &new)
    });
    let held = held.unwrap();
    let answer =
        request::ask(&world.system(), request::Kind::Erasure, intern, None, false).unwrap();
    assert_eq!(answer.state, "waiting");
    gone(world.read(&world.system(), account, "service"));
    let denied = world.read(&world.staff("hr"), attendance, "internal_management");
    assert!(matches!(denied, Err(Refusal::Denied { reason: "condemned", .. })), "{denied:?}");
    world.restart();
    let officer = world.ctx(Role::Officer, None);
    assert_eq!(hold::release(&officer, held).unwrap(), 2);
    gone(world.read(&world.staff("hr"), attendance, "internal_management"));
    gone(world.write(intern, "account", None, json!({})));
    assert!(world.deployment().guard().live(world.number).unwrap().len() > 1000);
    let _ = Rid(0);
}
