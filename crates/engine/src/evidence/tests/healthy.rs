use super::{State, history, live, prove};
use crate::{Role, entry, entry::Act, testing::World};

fn wrong(world: &World) -> Vec<String> {
    let proved = prove(&world.ctx(Role::Officer, None)).unwrap();
    let bad = |state: State| state == State::Broken || state == State::Due;
    proved
        .iter()
        .filter(|one| bad(one.state))
        .map(|one| format!("{} {:?} {}", one.promise, one.rules, one.evidence))
        .collect()
}

#[test]
fn a_new_workspace_breaks_nothing() {
    let world = World::new("2026-03-01T01:00:00Z");
    assert_eq!(wrong(&world), Vec::<String>::new());
}

#[test]
fn at_least_fifty_promises_are_kept_or_said_in_a_healthy_life() {
    let (world, _) = history();
    assert_eq!(wrong(&world), Vec::<String>::new());
    let proved = prove(&world.ctx(Role::Officer, None)).unwrap();
    let count = |state| proved.iter().filter(|one| one.state == state).count();
    let [kept, said] = [State::Kept, State::Said].map(count);
    assert!(kept + said >= 50, "{kept} kept, {said} said");
    assert_eq!(kept + said + count(State::Evidence) + count(State::Planned), proved.len());
}

#[test]
fn a_life_of_years_breaks_nothing_at_any_stop() {
    let (world, life) = history();
    let stops = ["2026-05-29T16:59:00Z", "2026-05-29T18:10:00Z"];
    for stop in stops {
        world.until(stop);
        assert_eq!(wrong(&world), Vec::<String>::new(), "{stop}");
    }
    world.event(life.engagement, "ended");
    world.event(life.account, "closed");
    for stop in [
        "2026-06-10T03:00:00Z",
        "2026-06-30T03:00:00Z",
        "2027-06-02T00:00:00Z",
        "2029-06-02T00:00:00Z",
    ] {
        world.until(stop);
        assert_eq!(wrong(&world), Vec::<String>::new(), "{stop}");
    }
    world.until("2037-01-01T00:00:00Z");
    assert_eq!(wrong(&world), Vec::<String>::new());
}

#[test]
fn a_restart_and_a_second_life_break_nothing() {
    let (mut world, _) = history();
    world.restart();
    live(&world, "ina@example.org");
    assert_eq!(wrong(&world), Vec::<String>::new());
}

#[test]
fn looking_is_entered_once() {
    let world = World::new("2026-03-01T01:00:00Z");
    let looks = |world: &World| {
        let ctx = world.system();
        let count = |link: &mut dyn store::Link| {
            let mut count = 0;
            for number in 0..100 {
                let detail = entry::detail(&ctx, link, number)?;
                count += usize::from(detail.is_some_and(|one| one.act == Act::Probe));
            }
            Ok(count)
        };
        ctx.ws.read(count).unwrap()
    };
    assert_eq!(looks(&world), 0);
    prove(&world.ctx(Role::Officer, None)).unwrap();
    assert_eq!(looks(&world), 1);
}

#[test]
fn evidence_names_no_value_and_no_id() {
    let (world, life) = history();
    let shown = world.ws().ids().show(crate::ids::Kind::Subject, life.intern);
    for one in prove(&world.ctx(Role::Officer, None)).unwrap() {
        for word in ["Sari", "example", "selamat", &shown, "sub_", "rec_"] {
            assert!(!one.evidence.contains(word), "{one:?}");
        }
        assert!(one.evidence.len() < 200, "{one:?}");
    }
}

#[test]
fn what_is_due_but_unswept_is_due_and_not_broken() {
    let (world, _) = history();
    let until = crate::testing::micros("2026-05-29T17:00:01Z");
    world.until("2026-05-29T16:30:00Z");
    world.clock.run(until - world.deployment().reading().now);
    let proved = super::state(&world, "ASH-118");
    assert_eq!(proved.state, State::Due, "{proved:?}");
}

#[test]
fn the_companys_own_export_is_no_use_for_an_undeclared_purpose() {
    let (world, _) = super::history();
    let ctx = world.system();
    for person in crate::export::exportable(&ctx).unwrap() {
        crate::export::company(&ctx, person).unwrap().released(&ctx).unwrap();
    }
    let told = crate::evidence::prove(&ctx).unwrap();
    let broken: Vec<_> =
        told.iter().filter(|one| one.state == crate::evidence::State::Broken).collect();
    assert!(broken.is_empty(), "{broken:?}");
}
