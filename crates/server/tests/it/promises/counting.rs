//! Use is counted in groups, and what is counted is read by nobody.

use serde_json::{Value, json};

use super::scene::Scene;

fn visit(scene: &Scene, page: &str) -> (String, u16) {
    let guest = scene.server.subject(&scene.ws, &["guest"]);
    let fields = json!({"page": page, "duration": 3, "interaction": "click"});
    let made = scene.write(&guest, "usage", None, fields);
    (guest, made.status)
}

fn count(scene: &Scene, token: &str) -> Value {
    let body = json!({
        "category": "statistics", "field": "usage.page", "month": "2026-03", "purpose": "improvement",
    });
    let counted = scene.server.post(token, "/v1/aggregates", body);
    assert_eq!(counted.status, 201, "{}", counted.text());
    counted.json()
}

#[test]
fn ash_36_37_70_pages_and_clicks_are_collected_to_be_counted_in_groups_of_ten() {
    let scene = Scene::new();
    let page = "/harga-7Q2";
    let (guest, status) = visit(&scene, page);
    assert_eq!(status, 201);
    for _ in 0..49 {
        visit(&scene, page);
    }
    for _ in 0..9 {
        visit(&scene, "/rahasia-7Q2");
    }
    // Nobody reads a visit; the person sees it in the copy.
    let listed = |purpose: &str| {
        let path = format!("/v1/records?subject={guest}&purpose={purpose}");
        scene.server.get(&scene.ws.system, &path)
    };
    for purpose in ["improvement", "service", "security"] {
        assert!(!listed(purpose).text().contains(page), "{purpose}");
    }
    let own = scene.server.person(&scene.ws, &guest);
    assert!(scene.copy(&own, &guest).text().contains(page));
    scene.until("2026-04-01T00:00:00Z");
    let counted = count(&scene, &scene.ws.system);
    let groups = counted["groups"].as_array().unwrap();
    assert_eq!(groups.len(), 1, "{counted}");
    assert_eq!(groups[0]["value"], page);
    assert!(!counted.to_string().contains(&guest));
}

#[test]
fn ash_44_48_124_counts_serve_improvement_stay_for_ever_and_leave_out_who_objects() {
    let scene = Scene::new();
    let guests: Vec<String> = (0..40).map(|_| visit(&scene, "/mulai").0).collect();
    let quiet = &guests[0];
    let own = scene.server.person(&scene.ws, quiet);
    let body = json!({"subject": quiet, "kind": "objection", "purpose": "improvement"});
    assert_eq!(scene.server.post(&own, "/v1/requests", body).status, 201);
    let fields = json!({"page": "/mulai", "duration": 3, "interaction": "click"});
    assert_eq!(scene.write(quiet, "usage", None, fields).json()["reason"], "objection");
    scene.until("2026-04-01T00:00:00Z");
    let counted = count(&scene, &scene.ws.system);
    scene.until("2026-08-01T00:00:00Z");
    scene.sweep();
    let read = |purpose: &str| {
        let path = format!("/v1/aggregates?category=statistics&purpose={purpose}");
        scene.server.get(&scene.ws.system, &path)
    };
    assert_eq!(read("improvement").json()["aggregates"], json!([counted]));
    assert_eq!(read("service").status, 403);
    let copy = scene.copy(&scene.server.person(&scene.ws, &guests[1]), &guests[1]);
    assert!(!copy.text().contains("/mulai"));
}
