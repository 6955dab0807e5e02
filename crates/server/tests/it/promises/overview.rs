//! All promises together: what the server says of itself.

use serde_json::{Value, json};

use super::scene::Scene;

fn states(told: &Value) -> Vec<(String, String, String)> {
    let word = |one: &Value, name: &str| one[name].as_str().unwrap().to_owned();
    let all = told["promises"].as_array().unwrap().iter();
    all.map(|one| (word(one, "promise"), word(one, "state"), word(one, "evidence"))).collect()
}

#[test]
fn after_a_populated_life_at_least_40_promises_are_kept_and_none_is_broken() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.selfie(&intern);
    scene.consent(&intern, "conversation");
    let talk = json!({"message": "halo", "author": "intern"});
    scene.write(&intern.id, "conversation", Some(&intern.account), talk).id();
    scene.read(&scene.ws.hr, &intern.attendance, "internal_management");
    let gone = scene.intern("budi");
    scene.ask(&gone.token, &gone.id, "erasure");
    let held = scene.intern("ina");
    scene.hold(&held.id, None);
    scene.ask(&held.token, &held.id, "erasure");
    let quiet = scene.intern("wati");
    scene.ask(&quiet.token, &quiet.id, "restriction");
    scene.until("2026-06-02T02:00:00Z");
    scene.sweep();
    let told = scene.server.get(&scene.ws.officer, "/v1/promises");
    assert_eq!(told.status, 200, "{}", told.text());
    let states = states(&told.json());
    let count = |state: &str| states.iter().filter(|(_, own, _)| own == state).count();
    let bad: Vec<_> = states.iter().filter(|(_, own, _)| own == "broken" || own == "due").collect();
    assert!(bad.is_empty(), "{bad:?}");
    assert!(count("kept") >= 40, "{} kept", count("kept"));
    assert!(count("kept") + count("said") >= 60);
    assert_eq!(states.len(), 174);
}

#[test]
fn the_state_of_promises_is_for_those_who_answer_for_them() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    for (token, status) in [
        (&scene.ws.system, 200),
        (&scene.ws.admin, 200),
        (&scene.ws.officer, 200),
        (&scene.ws.hr, 403),
        (&intern.token, 403),
    ] {
        assert_eq!(scene.server.get(token, "/v1/promises").status, status);
    }
}

#[test]
fn a_promise_is_due_from_the_end_to_the_sweep_and_broken_when_no_sweep_comes() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.selfie(&intern);
    for (time, state) in [
        ("2026-05-30T16:59:59Z", "kept"),
        ("2026-05-30T17:30:00Z", "due"),
        ("2026-05-30T19:00:00Z", "broken"),
    ] {
        scene.until(time);
        assert_eq!(scene.promise("ASH-118")["state"], state, "{time}");
    }
    scene.sweep();
    assert_eq!(scene.promise("ASH-118")["state"], "kept");
}
