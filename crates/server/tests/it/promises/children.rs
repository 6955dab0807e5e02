//! Who is too young, and who must agree.

use serde_json::json;

use super::scene::Scene;
use crate::children::{born, refused, says, write};

#[test]
fn ash_101_103_nobody_under_13_is_accepted_and_nothing_of_them_is_stored() {
    let scene = Scene::new();
    let Scene { server, ws } = &scene;
    let entries = |sql: &'static str| {
        let opened = server.deployment.workspace(ws.number).unwrap();
        let count = opened.read(|link| Ok(store::value::one(link, sql, &[], |row| row.number(0))?));
        count.unwrap().unwrap()
    };
    let unnamed = "select count(*) from detail where subject is null";
    let before = entries(unnamed);
    refused(&born(server, ws, "user", "2013-03-03"), "too_young", "children.min_age");
    assert_eq!(entries("select count(*) from subject"), 0);
    assert_eq!(entries("select count(*) from minor"), 0);
    assert_eq!(entries("select count(*) from detail where subject is not null"), 0);
    assert_eq!(entries(unnamed), before + 1, "the refusal is entered and names nobody");
    assert_eq!(scene.holding(b"2013-03-03"), 0);
    let today = born(server, ws, "user", "2013-03-02");
    assert_eq!(today.status, 201, "{}", today.text());
    assert_eq!(born(server, ws, "intern", "2013-03-02").status, 201);
    assert_eq!(scene.promise("ASH-101")["state"], "kept");
    assert_eq!(scene.promise("ASH-103")["state"], "kept");
    assert_eq!(scene.promise("ASH-101")["looked_at"], 1);
}

#[test]
fn ash_102_an_intern_under_18_needs_the_approval_of_parent_and_school() {
    let scene = Scene::new();
    let Scene { server, ws } = &scene;
    let sari = born(server, ws, "intern", "2009-07-23").id();
    let closed = |answer| refused(&answer, "approval", "children.approval.by");
    closed(write(server, ws, &sari));
    assert_eq!(says(server, ws, "", &sari, "guardian"), json!(["school"]));
    closed(write(server, ws, &sari));
    assert_eq!(says(server, ws, "", &sari, "school"), json!([]));
    let account = write(server, ws, &sari).id();
    assert_eq!(scene.status(&account, "service"), 200);
    assert_eq!(says(server, ws, "/withdraw", &sari, "guardian"), json!(["guardian"]));
    closed(scene.read(&ws.system, &account, "service"));
    assert_eq!(scene.holding(b"2009-07-23"), 0);
    assert_eq!(scene.promise("ASH-102")["state"], "kept");
    assert_eq!(scene.promise("ASH-102")["looked_at"], 3);
}
