use serde_json::json;

use super::{Ask, Release, of, release};
use crate::{
    Refusal, Role, request,
    testing::{World, micros},
};

fn ask(world: &World, month: &str) -> Result<Release, Refusal> {
    let ctx = world.system();
    let ask = Ask {
        category: "statistics".to_owned(),
        field: "usage.page".to_owned(),
        month: month.to_owned(),
        purpose: "improvement".to_owned(),
    };
    let act = ctx.clone();
    ctx.ws.act(&ctx, move |tx| release(&act, tx, &ask))
}

fn visits(world: &World, pages: &[&str]) -> u64 {
    let subject = world.subject(&["guest"]);
    for page in pages {
        let visit = json!({"page": page, "duration": 5, "interaction": "click"});
        world.write(subject, "usage", None, visit).unwrap();
    }
    subject
}

fn month_of_visits() -> World {
    let world = World::new("2026-03-02T02:00:00Z");
    for _ in 0..60 {
        visits(&world, &["/start", "/start", "/prices"]);
    }
    for _ in 0..9 {
        visits(&world, &["/secret"]);
    }
    world
}

#[test]
fn a_month_is_counted_when_it_is_over_and_once() {
    let world = month_of_visits();
    assert!(matches!(ask(&world, "2026-03"), Err(Refusal::Conflict { .. })));
    world.until("2026-04-01T00:00:00Z");
    let first = ask(&world, "2026-03").unwrap();
    // The noise of one person in three groups is rarely over 30 and never over what a draw can give.
    for page in ["/start", "/prices"] {
        assert!((30..=90).contains(&first.groups[page]), "{first:?}");
    }
    assert_eq!(ask(&world, "2026-03").unwrap(), first);
}

#[test]
fn a_group_below_the_smallest_is_left_out() {
    let world = month_of_visits();
    world.until("2026-04-01T00:00:00Z");
    assert_eq!(ask(&world, "2026-03").unwrap().groups.get("/secret"), None);
}

#[test]
fn a_person_counts_in_three_groups_at_most() {
    let world = World::new("2026-03-02T02:00:00Z");
    let pages: Vec<String> = (0..12).map(|page| format!("/{page}")).collect();
    let pages: Vec<&str> = pages.iter().map(String::as_str).collect();
    for _ in 0..40 {
        visits(&world, &pages);
    }
    world.until("2026-04-01T00:00:00Z");
    assert!(ask(&world, "2026-03").unwrap().groups.len() <= super::GROUPS_A_PERSON);
}

#[test]
fn who_objected_is_neither_collected_nor_counted() {
    let world = World::new("2026-03-02T02:00:00Z");
    let people: Vec<u64> = (0..10).map(|_| visits(&world, &["/start"])).collect();
    for subject in &people {
        let ctx = world.ctx(Role::Person, Some(*subject));
        let purpose = Some("improvement");
        request::ask(&ctx, request::Kind::Objection, *subject, purpose, false).unwrap();
    }
    let visit = json!({"page": "/start", "duration": 5, "interaction": "click"});
    let refused = world.write(people[0], "usage", None, visit);
    assert!(matches!(refused, Err(Refusal::Denied { reason: "objection", .. })));
    world.until("2026-04-01T00:00:00Z");
    assert!(ask(&world, "2026-03").unwrap().groups.is_empty());
}

#[test]
fn counts_stay_when_the_records_they_came_from_are_gone() {
    let world = month_of_visits();
    world.until("2026-04-01T00:00:00Z");
    let counted = ask(&world, "2026-03").unwrap();
    world.until("2026-08-01T00:00:00Z");
    crate::retention::sweep(&world.system()).unwrap();
    let ctx = world.system();
    let act = ctx.clone();
    let kept = ctx.ws.act(&ctx, move |tx| of(&act, tx, "statistics", "improvement")).unwrap();
    assert_eq!(kept, [counted]);
    assert!(micros("2026-08-01T00:00:00Z") > kept[0].made);
}

#[test]
fn raw_usage_is_read_by_nobody_and_counts_are_written_by_nobody() {
    let world = World::new("2026-03-02T02:00:00Z");
    let subject = visits(&world, &["/start"]);
    let rid = crate::ids::Rid::new(subject, 1);
    for purpose in ["improvement", "service", "security"] {
        assert!(world.read(&world.system(), rid, purpose).is_err(), "{purpose}");
    }
    let refused = world.write(subject, "statistics", None, json!({}));
    assert!(matches!(refused, Err(Refusal::Denied { reason: "counted_only", .. })));
}
