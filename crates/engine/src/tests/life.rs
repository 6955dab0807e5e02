//! Records from their writing to their end.

use serde_json::json;

use super::gone;
use crate::{
    Refusal, blob, entry,
    ids::Rid,
    record, request,
    testing::{World, micros, object},
};

#[test]
fn an_undeclared_field_is_refused_by_name() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let fields = json!({
        "first_name": "Sari", "last_name": "Dewi", "email": "sari@example.org", "shoe_size": "38",
    });
    let answer = world.write(user, "account", None, fields);
    let Err(Refusal::Invalid { what, rule }) = answer else { panic!("{answer:?}") };
    assert_eq!((what.as_str(), rule.as_str()), ("shoe_size", "data.account.fields"));
    // A key that cannot be a field's name may be a value in the wrong place: it is not repeated.
    let answer = world.write(user, "account", None, json!({ "Sari Dewi": "x" }));
    let Err(refusal @ Refusal::Invalid { .. }) = answer else { panic!("{answer:?}") };
    assert!(!refusal.to_string().contains("Sari"), "{refusal}");
}

#[test]
fn a_read_names_a_purpose_and_leaves_its_decision() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let view = world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    let (rid, fields) = record::seen(view);
    assert_eq!(rid, attendance);
    assert_eq!(fields.get("method").and_then(|v| v.as_str()), Some("qr"));
    for (role, purpose) in
        [("support", "internal_management"), ("hr", "service"), ("hr", "sale"), ("hr", "")]
    {
        let answer = world.read(&world.staff(role), attendance, purpose);
        assert!(matches!(answer, Err(Refusal::Denied { .. })), "{role} {purpose}: {answer:?}");
    }
    let ctx = world.system();
    let history =
        ctx.ws.read(|link| entry::history(&ctx, link, intern, u64::MAX >> 1, 20)).unwrap();
    let told: Vec<_> = history
        .iter()
        .map(|one| (one.act.word(), one.role.as_str(), one.purpose.as_str()))
        .take(5)
        .collect();
    let refused = |role, purpose| ("refused", role, purpose);
    assert_eq!(
        told,
        [
            refused("hr", ""),
            refused("hr", "sale"),
            refused("hr", "service"),
            refused("support", "internal_management"),
            ("read", "hr", "internal_management"),
        ]
    );
}

#[test]
fn attendance_ends_three_years_after_the_engagement_and_not_a_second_before() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    world.until("2026-06-30T05:00:00Z");
    world.event(engagement, "ended");
    world.until("2029-06-29T16:59:59Z");
    world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    world.until("2029-06-29T17:00:00Z");
    gone(&world.read(&world.staff("hr"), attendance, "internal_management"));
}

#[test]
fn a_selfie_goes_after_ninety_days_and_its_attendance_says_so() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    world.consent(intern, "presence_photo");
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let (blob, selfie) = world.selfie(intern, attendance);
    let system = world.system();
    let (_, bytes) =
        blob::read(&system, blob, "presence_photo").unwrap().released(&system).unwrap();
    assert_eq!(format!("{bytes:?}"), "[personal]");
    world.until("2026-05-29T17:00:01Z");
    gone(&world.read(&world.system(), selfie, "presence_photo"));
    gone(&blob::read(&world.system(), blob, "presence_photo"));
    let view = world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    assert!(view.parts.iter().all(|part| part.category != "selfie" || !part.live));
    let left = world.disk.snapshot();
    assert!(!left.iter().any(|(name, _)| name.contains("/blob/")));
}

#[test]
fn a_withdrawn_consent_erases_what_rested_on_nothing_else() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    world.consent(intern, "presence_photo");
    let engagement = world.engagement(intern);
    let attendance = world.attendance(intern, engagement);
    let (_, selfie) = world.selfie(intern, attendance);
    let begun = request::withdraw(&world.system(), intern, "presence_photo").unwrap();
    assert_eq!(begun.records, 1);
    gone(&world.read(&world.system(), selfie, "presence_photo"));
    world.read(&world.staff("hr"), attendance, "internal_management").unwrap();
    let again = world.write(intern, "selfie", Some(attendance), json!({ "selfie": "blo_x" }));
    assert!(matches!(again, Err(Refusal::Denied { reason: "no_consent", .. })), "{again:?}");
}

#[test]
fn a_record_is_found_by_a_declared_field_in_any_spelling() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let account = world.account(user, "Sari@Example.org");
    let ctx = world.system();
    let found = record::find(&ctx, "account.email", " sari@example.ORG ", "service").unwrap();
    let rids: Vec<Rid> = found.into_iter().map(|one| one.released(&ctx).unwrap().rid).collect();
    assert_eq!(rids, [account]);
    let other = world.subject(&["user"]);
    let fields = json!({ "first_name": "S", "last_name": "D", "email": "sari@example.org" });
    let taken = world.write(other, "account", None, fields);
    assert!(matches!(taken, Err(Refusal::Conflict { .. })), "{taken:?}");
}

#[test]
fn a_changed_record_keeps_its_id_and_loses_its_old_value() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let account = world.account(user, "old@example.org");
    let ctx = world.system();
    let (act, changes) = (ctx.clone(), object(json!({ "email": "new@example.org" })));
    ctx.ws.act(&ctx, move |tx| record::change(&act, tx, account, &changes)).unwrap();
    let (_, fields) = record::seen(world.read(&ctx, account, "service").unwrap());
    assert_eq!(fields.get("email").and_then(|v| v.as_str()), Some("new@example.org"));
    assert!(record::find(&ctx, "account.email", "old@example.org", "service").unwrap().is_empty());
}

#[test]
fn an_act_dated_more_than_two_days_back_needs_a_second_person() {
    let world = World::new("2026-03-10T01:00:00Z");
    let user = world.subject(&["user"]);
    let ctx = world.system();
    let fields = object(json!({ "ip": "192.0.2.1", "browser": "Firefox 128" }));
    for (at, fine) in [
        ("2026-03-08T01:00:00Z", true),
        ("2026-03-08T00:59:59Z", false),
        ("2026-03-10T01:05:00Z", true),
        ("2026-03-10T01:05:01Z", false),
    ] {
        let (act, fields) = (ctx.clone(), fields.clone());
        let answer = ctx.ws.act(&ctx, move |tx| {
            let at = Some(micros(at));
            let new = record::New {
                subject: user,
                category: "technical",
                whole: None,
                fields: &fields,
                at,
            };
            record::write(&act, tx, &new).map(|written| written.rid)
        });
        assert_eq!(answer.is_ok(), fine, "{at}: {answer:?}");
    }
}
