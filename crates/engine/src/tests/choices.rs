//! What a workspace chooses: settings, switches, plans, needs, papers.

use serde_json::json;

use crate::{
    Refusal, Role, chain, consent,
    evidence::{self, State},
    ids::Rid,
    testing::{STUDIO, World},
};

const START: &str = "2026-03-02T02:00:00Z";

fn studio() -> World {
    let world = World::bare(START, 1, STUDIO);
    world.accept("processing_agreement").unwrap();
    world.switch("visitors", true).unwrap();
    world
}

fn visit(world: &World) -> Rid {
    let visitor = world.subject(&["visitor"]);
    world.write(visitor, "visit", None, json!({ "full_name": "Budi" })).unwrap()
}

fn employee(world: &World) -> (u64, Rid) {
    let person = world.subject(&["employee"]);
    let fields = json!({ "full_name": "Sari", "email": "sari@example.com" });
    (person, world.write(person, "employee", None, fields).unwrap())
}

/// A studio with face recognition on, and a person whose face is known.
fn faces() -> (World, u64, Rid) {
    faces_for("0 days")
}

/// The same, where faces wait so long after recognition was switched off.
fn faces_for(grace: &str) -> (World, u64, Rid) {
    let world = studio();
    world.choose("face_grace", json!(grace)).unwrap();
    world.plan("studio").unwrap();
    for need in ["transparency", "impact_assessment", "other_method"] {
        world.meet("face", need).unwrap();
    }
    world.switch("face", true).unwrap();
    let (person, employee) = employee(&world);
    agree(&world, person);
    let vector = json!({ "face_vector": [0.25, 0.5] });
    let face = world.write(person, "face_vector", Some(employee), vector).unwrap();
    (world, person, face)
}

fn agree(world: &World, person: u64) {
    let ctx = world.system();
    let act = ctx.clone();
    ctx.ws.act(&ctx, move |tx| consent::give(&act, tx, person, "face_match", "en")).unwrap();
}

fn denied<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> (&'static str, String) {
    match answer.unwrap_err() {
        Refusal::Denied { reason, rule } | Refusal::Unmet { reason, rule } => (reason, rule),
        other => panic!("{other:?}"),
    }
}

fn broken(answer: Result<(), Refusal>) -> String {
    match answer.unwrap_err() {
        Refusal::Invalid { rule, .. } => rule,
        other => panic!("{other:?}"),
    }
}

fn gone(world: &World, rid: Rid) -> bool {
    let ctx = world.system();
    let found = ctx.ws.read(|link| chain::live(&ctx, link, rid));
    matches!(found, Err(Refusal::Gone { .. }))
}

/// Every promise that the probes find broken.
fn faults(world: &World) -> Vec<String> {
    let proved = evidence::prove(&world.ctx(Role::Officer, None)).unwrap();
    assert_eq!(proved.len(), 12);
    let broken = proved.into_iter().filter(|one| one.state == State::Broken);
    broken.map(|one| format!("{} {}", one.promise, one.evidence)).collect()
}

#[test]
fn a_setting_keeps_its_bounds_and_names_the_one_that_is_broken() {
    let world = studio();
    assert_eq!(broken(world.choose("visitor_keep", json!("2 years"))), "setting.visitor_keep.max");
    assert_eq!(broken(world.choose("visitor_keep", json!("1 hour"))), "setting.visitor_keep.min");
    for value in [json!("soon"), json!(30), json!(true), json!(null)] {
        assert_eq!(broken(world.choose("visitor_keep", value)), "setting.visitor_keep.default");
    }
    assert_eq!(broken(world.choose("statistics", json!("true"))), "setting.statistics.default");
    assert_eq!(broken(world.choose("nothing", json!(true))), "setting");
    let ctx = world.system();
    let act = ctx.clone();
    let refused = ctx
        .ws
        .act(&ctx, move |tx| crate::setting::choose(&act, tx, "visitor_keep", &json!("2 days")));
    assert!(matches!(refused, Err(Refusal::Forbidden)));
}

#[test]
fn shortening_acts_on_what_is_there_and_lengthening_on_what_comes() {
    let mut world = studio();
    let old = visit(&world);
    world.until("2026-03-12T02:00:00Z");
    assert!(!gone(&world, old));
    world.choose("visitor_keep", json!("5 days")).unwrap();
    assert!(gone(&world, old), "unreadable before any sweep");
    let between = visit(&world);
    world.choose("visitor_keep", json!("1 year")).unwrap();
    let late = visit(&world);
    assert!(gone(&world, old), "a longer life brings nothing back");
    world.restart();
    assert!(gone(&world, old));
    world.until("2026-03-20T02:00:00Z");
    assert!(gone(&world, between));
    world.until("2027-03-11T02:00:00Z");
    assert!(!gone(&world, late));
    assert_eq!(faults(&world), Vec::<String>::new());
    world.until("2027-03-12T02:00:00Z");
    assert!(gone(&world, late));
}

#[test]
fn what_was_collected_for_long_stays_long_when_nothing_was_shortened() {
    let world = studio();
    let short = visit(&world);
    world.choose("visitor_keep", json!("1 year")).unwrap();
    world.until("2026-06-01T02:00:00Z");
    assert!(gone(&world, short), "collected under ninety days");
    assert_eq!(faults(&world), Vec::<String>::new());
}

#[test]
fn a_choice_that_is_undone_with_its_act_is_forgotten() {
    let world = studio();
    let failed = world.by_admin(|ctx, tx| {
        crate::setting::choose(ctx, tx, "statistics", &json!(false))?;
        crate::feature::switch(ctx, tx, "visitors", false)?;
        Err(Refusal::Forbidden)
    });
    assert!(failed.is_err());
    let ctx = world.admin();
    assert_eq!(crate::setting::value(&ctx, "statistics"), Some(policy::Chosen::Switch(true)));
    assert!(ctx.ws.feature("visitors").unwrap().0);
}

#[test]
fn operations_run_statistics_can_be_stopped_and_training_must_be_asked_for() {
    let mut world = studio();
    let (_, record) = employee(&world);
    let read = |world: &World, purpose| world.read(&world.system(), record, purpose);
    assert!(read(&world, "service").is_ok());
    assert!(read(&world, "statistics").is_ok());
    let off = ("feature_off", "purpose.training.when".to_owned());
    assert_eq!(denied(read(&world, "training")), off);
    world.choose("statistics", json!(false)).unwrap();
    let off = ("feature_off", "purpose.statistics.when".to_owned());
    assert_eq!(denied(read(&world, "statistics")), off);
    world.restart();
    assert_eq!(denied(read(&world, "statistics")), off);
    assert!(read(&world, "service").is_ok());
    world.choose("training", json!(true)).unwrap();
    let (_, later) = employee_named(&world, "later@example.com");
    assert!(world.read(&world.system(), later, "training").is_ok());
    assert_eq!(
        denied(read(&world, "training")).0,
        "not_collected_for",
        "what was collected before is not trained on"
    );
    assert_eq!(faults(&world), Vec::<String>::new());
}

fn employee_named(world: &World, email: &str) -> (u64, Rid) {
    let person = world.subject(&["employee"]);
    let fields = json!({ "full_name": "Sari", "email": email });
    (person, world.write(person, "employee", None, fields).unwrap())
}

#[test]
fn a_category_waits_for_its_switch() {
    let world = studio();
    let visitor = world.subject(&["visitor"]);
    let whole = world.write(visitor, "visit", None, json!({ "full_name": "Budi" })).unwrap();
    let note = || world.write(visitor, "visit_note", Some(whole), json!({ "message": "late" }));
    assert_eq!(denied(note()), ("feature_off", "data.visit_note.when".to_owned()));
    world.choose("visit_notes", json!(true)).unwrap();
    let written = note().unwrap();
    assert!(world.read(&world.system(), written, "reception").is_ok());
    world.choose("visit_notes", json!(false)).unwrap();
    let read = world.read(&world.system(), written, "reception");
    assert_eq!(denied(read), ("feature_off", "data.visit_note.when".to_owned()));
    assert_eq!(faults(&world), Vec::<String>::new());
}

#[test]
fn a_feature_outside_the_plan_is_not_switched_on() {
    let world = studio();
    for need in ["transparency", "impact_assessment", "other_method"] {
        world.meet("face", need).unwrap();
    }
    let plan = ("plan", "feature.face.plans".to_owned());
    assert_eq!(denied(world.switch("face", true)), plan, "no plan at all");
    world.plan("starter").unwrap();
    assert_eq!(denied(world.switch("face", true)), plan);
    assert_eq!(broken(world.plan("gold")), "scope.plans");
    world.plan("studio").unwrap();
    assert!(world.ws().feature("face").is_none(), "a larger plan switches nothing on");
    world.switch("face", true).unwrap();
}

#[test]
fn a_need_that_nobody_recorded_keeps_a_feature_off() {
    let world = studio();
    world.plan("studio").unwrap();
    let needs = ("needs", "feature.face.needs".to_owned());
    for need in ["transparency", "impact_assessment", "other_method"] {
        assert_eq!(denied(world.switch("face", true)), needs, "before {need}");
        world.meet("face", need).unwrap();
    }
    world.switch("face", true).unwrap();
    assert_eq!(broken(world.meet("face", "second_person")), "feature.face.needs");
    assert_eq!(broken(world.meet("nothing", "transparency")), "feature");
    let admin = world.by_admin(|ctx, tx| {
        crate::need::meet(ctx, tx, "face", "transparency", "the admin's own word")
    });
    assert!(matches!(admin, Err(Refusal::Forbidden)));
}

#[test]
fn a_lost_plan_switches_off_and_begins_the_period_in_the_same_act() {
    let (mut world, _, face) = faces_for("30 days");
    world.until("2026-03-10T02:00:00Z");
    world.plan("starter").unwrap();
    let (on, since) = world.ws().feature("face").unwrap();
    assert!(!on);
    assert_eq!(since, crate::testing::micros("2026-03-10T02:00:00Z"));
    let read = world.read(&world.system(), face, "face_match");
    assert_eq!(denied(read), ("feature_off", "data.face_vector.when".to_owned()));
    world.restart();
    assert!(!world.ws().feature("face").unwrap().0);
    world.until("2026-04-08T16:00:00Z");
    assert!(!gone(&world, face));
    assert_eq!(faults(&world), Vec::<String>::new());
    world.until("2026-04-08T18:00:00Z");
    assert!(gone(&world, face));
    world.plan("studio").unwrap();
    assert!(!world.ws().feature("face").unwrap().0, "buying it again switches nothing on");
}

#[test]
fn faces_go_at_once_where_no_grace_was_chosen() {
    let (world, _, face) = faces();
    world.plan("starter").unwrap();
    world.until("2026-03-02T04:00:00Z");
    assert!(gone(&world, face));
    assert_eq!(faults(&world), Vec::<String>::new());
}

#[test]
fn special_data_wait_for_the_persons_explicit_word() {
    let (world, person, face) = faces();
    assert!(world.read(&world.system(), face, "face_match").is_ok());
    let (other, whole) = employee_named(&world, "other@example.com");
    let vector = json!({ "face_vector": [0.5] });
    let refused = world.write(other, "face_vector", Some(whole), vector);
    assert_eq!(denied(refused), ("no_consent", "purpose.face_match.basis".to_owned()));
    crate::request::withdraw(&world.system(), person, "face_match").unwrap();
    assert!(gone(&world, face));
    assert_eq!(faults(&world), Vec::<String>::new());
}

#[test]
fn special_data_wait_for_the_word_though_a_duty_could_carry_the_purpose() {
    let mixed = STUDIO
        .replace(r#"basis = "explicit_consent""#, r#"basis = ["explicit_consent", "legal_duty"]"#);
    let world = World::bare(START, 1, &mixed);
    world.plan("studio").unwrap();
    for need in ["transparency", "impact_assessment", "other_method"] {
        world.meet("face", need).unwrap();
    }
    world.switch("face", true).unwrap();
    let (person, whole) = employee(&world);
    let write = || world.write(person, "face_vector", Some(whole), json!({ "face_vector": [1] }));
    assert_eq!(denied(write()), ("no_consent", "purpose.face_match.basis".to_owned()));
    agree(&world, person);
    let face = write().unwrap();
    crate::request::withdraw(&world.system(), person, "face_match").unwrap();
    assert!(gone(&world, face), "nothing else was recorded for this person");
    assert!(!consent_stands(&world, person));
}

fn consent_stands(world: &World, person: u64) -> bool {
    world.ws().read(|link| consent::stands(&world.system(), link, person, "face_match")).unwrap()
}

#[test]
fn nothing_is_processed_for_a_customer_before_its_papers() {
    let world = World::bare(START, 1, STUDIO);
    world.switch("visitors", true).unwrap();
    let visitor = world.subject(&["visitor"]);
    let write = || world.write(visitor, "visit", None, json!({ "full_name": "Budi" }));
    let paper = ("document", "document.processing_agreement.given".to_owned());
    assert_eq!(denied(write()), paper);
    assert!(!gone(&world, employee(&world).1), "our own data wait for no paper of a customer's");
    assert_eq!(broken(world.accept("terms")), "document");
    world.accept("processing_agreement").unwrap();
    write().unwrap();
    assert_eq!(faults(&world), Vec::<String>::new());
}

fn tamper(world: &World, sql: &'static str) {
    use store::Link;
    let ws = world.ws();
    assert!(ws.writer().link().run(sql, &[]).unwrap() > 0, "nothing was tampered with");
}

fn is_broken(world: &World, promise: &str) {
    let proved = evidence::prove(&world.ctx(Role::Officer, None)).unwrap();
    let one = proved.iter().find(|one| one.promise == promise).unwrap();
    assert_eq!(one.state, State::Broken, "{promise}: {}", one.evidence);
}

#[test]
fn a_probe_sees_a_feature_that_is_on_without_its_plan_or_its_needs() {
    for lost in ["delete from plan", "delete from need where name = 'transparency'"] {
        let (world, ..) = faces();
        assert_eq!(faults(&world), Vec::<String>::new());
        tamper(&world, lost);
        is_broken(&world, "STU-02");
    }
}

#[test]
fn a_probe_sees_another_setting_on_disk_than_the_one_that_counts() {
    let world = studio();
    world.choose("visitor_keep", json!("1 year")).unwrap();
    visit(&world);
    world.until("2026-03-12T02:00:00Z");
    assert_eq!(faults(&world), Vec::<String>::new());
    tamper(&world, "update setting set value = '5 days' where name = 'visitor_keep'");
    is_broken(&world, "STU-03");
    is_broken(&world, "STU-06");
}

#[test]
fn a_probe_sees_what_was_used_against_a_switch_or_before_a_paper() {
    let world = studio();
    visit(&world);
    let (_, record) = employee(&world);
    world.read(&world.system(), record, "statistics").unwrap();
    assert_eq!(faults(&world), Vec::<String>::new());
    world.choose("statistics", json!(false)).unwrap();
    let ctx = world.system();
    ctx.ws.choose(|choices| {
        choices.settings.insert("statistics".to_owned(), "true".to_owned());
    });
    world.read(&ctx, record, "statistics").unwrap();
    is_broken(&world, "STU-08");
    tamper(&world, "delete from paper");
    is_broken(&world, "STU-11");
}
