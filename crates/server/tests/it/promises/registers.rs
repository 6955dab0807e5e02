//! What must be remembered, and until when.

use serde_json::Value;

use super::scene::Scene;

fn acts(scene: &Scene, subject: &str) -> Vec<String> {
    let told = scene.history(&scene.ws.officer, subject);
    let entries = told.json()["entries"].as_array().unwrap().clone();
    entries.iter().map(|entry: &Value| entry["act"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn ash_122_what_the_application_did_is_remembered_for_90_days() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.read(&scene.ws.hr, &intern.attendance, "internal_management");
    assert!(acts(&scene, &intern.id).contains(&"read".to_owned()));
    scene.until("2026-05-30T16:59:59Z");
    scene.sweep();
    assert!(acts(&scene, &intern.id).contains(&"record written".to_owned()));
    scene.until("2026-05-30T17:00:00Z");
    scene.sweep();
    let left = acts(&scene, &intern.id);
    assert!(!left.contains(&"record written".to_owned()), "{left:?}");
    assert_eq!(scene.promise("ASH-122")["state"], "kept");
}

#[test]
fn ash_123_what_concerns_safety_is_remembered_for_a_year() {
    let scene = Scene::new();
    let counted = |scene: &Scene| scene.promise("ASH-123")["looked_at"].as_u64().unwrap();
    let before = counted(&scene);
    scene.staff("support");
    scene.feature("chat", false);
    assert_eq!(counted(&scene), before + 2);
    scene.until("2026-06-30T02:00:00Z");
    scene.sweep();
    assert_eq!(counted(&scene), before + 2);
    scene.until("2027-03-01T17:00:00Z");
    scene.sweep();
    assert!(counted(&scene) < before);
    assert_eq!(scene.promise("ASH-123")["state"], "kept");
}
