use super::{broken, history, hold, names, state, tamper};
use crate::{
    Ctx, Role,
    control::StoredToken,
    entry::{self, Act, Entry, Stream},
    evidence::State,
    request, retention,
    testing::World,
};

/// Enters an act that never happened.
fn enter(
    world: &World,
    ctx: &Ctx,
    act: Act,
    subject: Option<u64>,
    purpose: &'static str,
    rule: &'static str,
    records: Vec<u64>,
) {
    let (actor, _) = (ctx.clone(), world);
    ctx.ws
        .act(ctx, move |tx| {
            let subject = match subject {
                Some(number) => {
                    crate::subject::find(tx.link(), number)?.and_then(|one| one.ledger())
                }
                None => None,
            };
            let stream = Stream::Application;
            let entry = Entry { act, stream, subject, purpose, rule, records: &records };
            entry::record(&actor, tx, &entry)
        })
        .unwrap();
}

#[test]
fn a_probe_sees_what_the_sweep_left_behind() {
    let (world, life) = history();
    tamper(
        &world,
        "update record set at = at - 9000000000000 where rid = $1",
        &[names(life.selfie)],
    );
    broken(&world, "ASH-118");
    broken(&world, "ASH-66");
    assert_eq!(state(&world, "ASH-125").state, State::Kept);
}

#[test]
fn retention_is_not_deceived_by_a_class_row_with_a_longer_period() {
    let (mut world, _) = history();
    tamper(&world, "update class set ends = '9 year collected' where category = 'selfie'", &[]);
    world.restart();
    world.until("2026-05-31T00:00:00Z");
    broken(&world, "ASH-118");
}

#[test]
fn retention_sees_what_ended_before_its_time() {
    let (mut world, _) = history();
    tamper(&world, "update class set ends = '1 minute collected' where category = 'ticket'", &[]);
    world.restart();
    broken(&world, "ASH-127");
}

#[test]
fn retention_sees_a_record_that_waits_for_no_hold() {
    let (world, life) = history();
    tamper(&world, "update record set waiting = 1 where rid = $1", &[names(life.selfie)]);
    world.until("2026-05-31T00:00:00Z");
    broken(&world, "ASH-118");
}

#[test]
fn retention_sees_an_event_that_the_policy_does_not_declare() {
    let (world, life) = history();
    tamper(
        &world,
        "insert into event (rid, name, at) values ($1, 'account.forgotten', 1)",
        &[names(life.account)],
    );
    broken(&world, "ASH-67");
}

#[test]
fn retention_sees_the_use_of_a_closed_account() {
    let (world, life) = history();
    world.event(life.account, "closed");
    world.until("2026-03-02T00:00:00Z");
    let ctx = world.system();
    enter(&world, &ctx, Act::Read, Some(life.intern), "service", "", vec![life.account.0]);
    broken(&world, "ASH-67");
}

#[test]
fn retention_sees_a_log_that_is_kept_too_long() {
    let (world, _) = history();
    tamper(&world, "update detail set at = 1 where stream = 1", &[]);
    broken(&world, "ASH-122");
    assert_eq!(state(&world, "ASH-123").state, State::Kept);
}

#[test]
fn erasure_sees_a_key_whose_row_is_gone() {
    let (world, life) = history();
    tamper(&world, "delete from record where rid = $1", &[names(life.talk)]);
    broken(&world, "ASH-128");
}

#[test]
fn erasure_sees_an_erased_row_that_is_there_again() {
    let (world, _) = history();
    let row = "insert into record (rid, terms, at, whole, slot, own_slot, waiting, job, schema, sealed)
        select (select rid from job_record order by rid limit 1), terms, at, whole, slot, 0, 0, null,
        schema, sealed from record limit 1";
    tamper(&world, row, &[]);
    broken(&world, "ASH-129");
    broken(&world, "ASH-96");
}

#[test]
fn erasure_sees_a_certificate_that_does_not_verify() {
    let (world, _) = history();
    tamper(&world, "update certificate set entry = entry - 1", &[]);
    broken(&world, "ASH-128");
}

#[test]
fn declaration_sees_an_undeclared_category() {
    let (world, _) = history();
    tamper(&world, "update terms set category = 'diary' where category = 'place'", &[]);
    broken(&world, "ASH-17");
}

#[test]
fn declaration_sees_an_undeclared_kind_of_person() {
    let (world, life) = history();
    tamper(&world, "update subject set people = 'rival' where number = $1", &[life.intern.into()]);
    broken(&world, "ASH-04");
}

#[test]
fn declaration_sees_a_field_that_is_not_declared() {
    let (world, life) = history();
    let ctx = world.system();
    let head = crate::chain::head(world.ws().writer().link(), life.account.0).unwrap().unwrap();
    let key = ctx.ws.key(head.slot).unwrap();
    let place = crate::record::place(&ctx, "account", &head);
    let plain =
        br#"{"first_name":"Sari","last_name":"Dewi","email":"s@example.org","faith":"none"}"#;
    let sealed = crypto::seal(&key, crate::record::KIND, &place, [9; 24], plain);
    tamper(
        &world,
        "update record set sealed = $2 where rid = $1",
        &[names(life.account), (&sealed).into()],
    );
    broken(&world, "ASH-09");
}

#[test]
fn declaration_sees_a_part_of_the_wrong_whole() {
    let (world, life) = history();
    tamper(
        &world,
        "update record set whole = $2 where rid = $1",
        &[names(life.selfie), names(life.account)],
    );
    broken(&world, "ASH-16");
}

#[test]
fn decision_sees_a_use_for_a_forbidden_purpose() {
    let (world, life) = history();
    let ctx = world.system();
    enter(&world, &ctx, Act::Read, Some(life.intern), "advertising", "", vec![life.account.0]);
    broken(&world, "ASH-74");
    broken(&world, "ASH-75");
}

#[test]
fn decision_sees_a_use_by_the_wrong_staff() {
    let (world, life) = history();
    let ctx = world.staff("grader");
    enter(&world, &ctx, Act::Read, Some(life.intern), "security", "", vec![life.account.0]);
    broken(&world, "ASH-40");
    assert_eq!(state(&world, "ASH-41").state, State::Kept);
}

#[test]
fn consent_sees_a_use_without_one() {
    let (world, life) = history();
    tamper(
        &world,
        "update consent set withdrawn = given + 1 where subject = $1",
        &[life.intern.into()],
    );
    broken(&world, "ASH-46");
    broken(&world, "ASH-98");
}

#[test]
fn consent_sees_one_that_was_no_act() {
    let (world, life) = history();
    let row =
        "insert into consent (id, subject, purpose, given, withdrawn, policy, language, for_child)
        values (5, $1, 'conversation', 77, 78, 1, 'id', 0)";
    tamper(&world, row, &[life.intern.into()]);
    broken(&world, "ASH-08");
}

#[test]
fn features_see_what_was_collected_while_they_were_off() {
    let (world, _) = history();
    tamper(&world, "update feature set switched_on = 0, at = 1 where name = 'attendance'", &[]);
    broken(&world, "ASH-14");
}

#[test]
fn features_see_a_writing_after_the_switch() {
    let (world, life) = history();
    let ctx = world.admin();
    let act = ctx.clone();
    ctx.ws.act(&ctx, move |tx| crate::feature::switch(&act, tx, "chat", false)).unwrap();
    assert_eq!(state(&world, "ASH-14").state, State::Kept);
    enter(&world, &ctx, Act::Write, Some(life.intern), "", "conversation", vec![life.talk.0]);
    broken(&world, "ASH-14");
}

#[test]
fn lookup_sees_a_value_that_is_used_twice() {
    let (world, life) = history();
    let row = "insert into lookup (lookup_key, tag, rid)
        select lookup_key, tag, $1 from lookup limit 1";
    tamper(&world, row, &[names(life.selfie)]);
    let found = found(&world, "lookup");
    assert_eq!(found.about("data.account.unique").state(), State::Broken);
}

#[test]
fn lookup_sees_a_record_that_it_does_not_find() {
    let (world, life) = history();
    tamper(&world, "delete from lookup where rid = $1", &[names(life.account)]);
    assert_eq!(found(&world, "lookup").about("data.account.unique").state(), State::Broken);
}

#[test]
fn sealing_sees_a_value_in_clear() {
    let (world, life) = history();
    tamper(
        &world,
        "update record set sealed = $2 where rid = $1",
        &[
            names(life.talk),
            store::Value::Blob(b"{\"message\":\"selamat pagi\",\"author\":\"intern\"}"),
        ],
    );
    broken(&world, "ASH-59");
    broken(&world, "ASH-64");
}

#[test]
fn holds_see_a_held_record_that_was_taken() {
    let (world, life) = history();
    let held = live_hold(&world, life.intern);
    world.until("2026-03-01T04:00:00Z");
    let request =
        request::delete(&world.admin(), &crate::erasure::Target::Records(vec![life.talk.0]));
    assert!(request.is_err(), "{request:?}");
    assert_eq!(state(&world, "ASH-133").state, State::Kept);
    tamper(&world, "update bar set forbids_delete = 0 where id = $1", &[held.into()]);
    request::delete(&world.admin(), &crate::erasure::Target::Records(vec![life.talk.0])).unwrap();
    tamper(&world, "update bar set forbids_delete = 1 where id = $1", &[held.into()]);
    broken(&world, "ASH-133");
}

fn live_hold(world: &World, subject: u64) -> u64 {
    hold(world, subject, None)
}

#[test]
fn holds_see_a_held_record_without_a_key() {
    let (world, life) = history();
    hold(&world, life.intern, None);
    let head = crate::chain::head(world.ws().writer().link(), life.talk.0).unwrap().unwrap();
    let fact = crate::fact::Fact::Destroyed { why: "a mistake".to_owned() }.encode().unwrap();
    destroy(&world, head.slot, fact);
    broken(&world, "ASH-133");
}

#[test]
fn rights_see_a_use_of_restricted_data() {
    let (world, life) = history();
    request::ask(&world.system(), request::Kind::Restriction, life.intern, None, false).unwrap();
    world.until("2026-03-01T05:00:00Z");
    assert_eq!(state(&world, "ASH-97").state, State::Kept);
    let ctx = world.system();
    enter(&world, &ctx, Act::Read, Some(life.intern), "service", "", vec![life.account.0]);
    broken(&world, "ASH-97");
}

#[test]
fn rights_see_a_restriction_without_its_bar() {
    let (world, _) = history();
    tamper(&world, "update bar set lifted = 1 where kind = 'restriction'", &[]);
    broken(&world, "ASH-97");
}

#[test]
fn registers_see_a_missing_entry_and_a_hold_that_is_not_listed() {
    let (world, _) = history();
    let (first, second) = (found(&world, "registers"), {
        tamper(&world, "delete from hold", &[]);
        found(&world, "registers")
    });
    assert_eq!(first.about("register.holds").state(), State::Kept);
    assert_eq!(second.about("register.holds").state(), State::Broken);
    assert_eq!(second.about("register.consents").state(), State::Kept);
    tamper(&world, "delete from entry where number = 5", &[]);
    assert_eq!(found(&world, "registers").about("register.consents").state(), State::Broken);
}

#[test]
fn registers_see_a_detail_that_is_not_the_one_committed_to() {
    let (world, _) = history();
    tamper(&world, "update entry set leaf = $1 where number = 9", &[store::Value::Blob(&[1; 33])]);
    let found = found(&world, "registers");
    assert_eq!(found.about("register").state(), State::Broken);
}

#[test]
fn exits_see_an_act_that_nobody_knows() {
    let (world, _) = history();
    let ctx = world.system();
    let act = ctx.clone();
    ctx.ws
        .act(&ctx, move |tx| entry::raw(&act, tx, Stream::Application, None, &[1, 99, 0, 0]))
        .unwrap();
    broken(&world, "ASH-76");
}

#[test]
fn walls_see_a_token_of_another_workspace() {
    let (world, _) = history();
    let other = world.deployment().create_workspace("other", crate::testing::POLICY).unwrap();
    let foreign = StoredToken {
        id: 7,
        workspace: other,
        role: "admin".to_owned(),
        staff: None,
        subject: None,
        expires: None,
        revoked: None,
    };
    assert_eq!(found(&world, "walls").about("always.walls").state(), State::Kept);
    world.deployment().control().add_token(&[3; 32], &foreign, 0).unwrap();
    assert_eq!(found(&world, "walls").about("always.walls").state(), State::Broken);
}

#[test]
fn publication_sees_a_policy_that_the_ledger_does_not_know() {
    let (world, _) = history();
    assert_eq!(state(&world, "ASH-01").state, State::Said);
    let ctx = world.system();
    enter(&world, &ctx, Act::Policy, None, "2", "00000000000000000000000000000000", Vec::new());
    broken(&world, "ASH-01");
    let _ = retention::sweep(&ctx).unwrap();
    let _ = Role::Officer;
}

/// What one probe finds.
fn found(world: &World, name: &str) -> super::super::findings::Findings {
    let ctx = world.system();
    let in_force = ctx.ws.policy();
    let mut all =
        ctx.ws.read(|link| super::super::probe::run(&ctx, &in_force.policy, link)).unwrap();
    all.remove(name).unwrap()
}

fn destroy(world: &World, slot: u32, fact: Vec<u8>) {
    let ctx = world.system();
    let fact = store::journal::Ordered { order: 0, fact };
    ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, &[slot], fact).unwrap();
}

#[test]
fn screening_sees_the_number_of_a_card_in_a_text() {
    use crate::evidence::screening::holds_card;
    assert!(holds_card("bayar 4111-1111 1111 1111 ya"));
    assert!(!holds_card("bayar 4111-1111 1111 1112 ya"));
    assert!(!holds_card("bayar [card] ya"));
}

#[test]
fn declaration_sees_a_person_named_under_a_key_of_somebody_else() {
    let (world, life) = history();
    assert_eq!(state(&world, "ASH-20").state, State::Kept);
    tamper(
        &world,
        "update mention set slot = (select ledger_slot from subject where number = $2) where rid = $1",
        &[names(life.assignment), life.intern.into()],
    );
    broken(&world, "ASH-20");
}

#[test]
fn erasure_sees_a_person_who_is_named_although_erased() {
    let (world, life) = history();
    request::ask(&world.system(), request::Kind::Erasure, life.grader, None, false).unwrap();
    assert_eq!(state(&world, "ASH-96").state, State::Kept);
    tamper(
        &world,
        "insert into mention (rid, field, subject, slot, sealed) values ($1, 'grader', $2, 1, x'00')",
        &[names(life.assignment), life.grader.into()],
    );
    broken(&world, "ASH-96");
}

#[test]
fn statutory_sees_a_copy_beyond_its_end_and_one_with_more_than_its_duty() {
    let about = |world: &World| {
        let officer = world.ctx(Role::Officer, None);
        let policy = officer.ws.policy();
        let found = officer
            .ws
            .read(|link| crate::evidence::probe::run(&officer, &policy.policy, link))
            .unwrap();
        found["statutory"].about("data.attendance.statutory")
    };
    let (world, _) = history();
    let tally = about(&world);
    assert_eq!((tally.state(), tally.count()), (State::Kept, 1));
    tamper(&world, "update statutory set until = 1", &[]);
    assert_eq!(about(&world).state(), State::Broken);
    let (world, life) = history();
    tamper(&world, "update statutory set purpose = 'service'", &[]);
    assert_eq!(about(&world).state(), State::Broken);
    let (world, _) = history();
    tamper(
        &world,
        "update statutory set slot = (select slot from record where rid = $1)",
        &[names(life.attendance)],
    );
    assert_eq!(about(&world).state(), State::Broken);
}
