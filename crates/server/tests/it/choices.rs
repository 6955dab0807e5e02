//! What a workspace chooses, over HTTP.

use serde_json::json;

use crate::world::{STUDIO, TestServer, Workspace};

fn studio() -> (TestServer, Workspace) {
    let server = TestServer::start();
    let ws = server.bare_workspace("studio", STUDIO, "manager");
    (server, ws)
}

#[test]
fn settings_are_listed_with_their_bounds_and_chosen_within_them() {
    let (server, ws) = studio();
    let put = |name: &str, value: serde_json::Value| {
        server.put(&ws.admin, &format!("/v1/settings/{name}"), json!({"value": value}))
    };
    assert_eq!(put("visitor_keep", json!("30 days")).status, 204);
    assert_eq!(put("training", json!(true)).status, 204);
    let listed = server.get(&ws.hr, "/v1/settings").json();
    let settings = listed["settings"].as_array().unwrap();
    let expected = json!({"setting": "visitor_keep", "value": "30 days", "default": "90 days",
        "min": "1 day", "max": "1 year"});
    assert!(settings.contains(&expected), "{listed}");
    let expected = json!({"setting": "training", "value": true, "default": false});
    assert!(settings.contains(&expected), "{listed}");
    for (name, value, rule) in [
        ("visitor_keep", json!("2 years"), "setting.visitor_keep.max"),
        ("visitor_keep", json!("1 hour"), "setting.visitor_keep.min"),
        ("visitor_keep", json!("canary"), "setting.visitor_keep.default"),
        ("training", json!("canary"), "setting.training.default"),
        ("canary", json!(true), "setting"),
    ] {
        let refused = put(name, value);
        assert_eq!(refused.status, 422, "{}", refused.text());
        assert_eq!(refused.json()["rule"], rule);
        assert!(!refused.text().contains("canary"), "{}", refused.text());
    }
    assert_eq!(server.get(&ws.system, "/v1/settings").json(), listed, "nothing else was changed");
}

#[test]
fn a_plan_is_given_by_the_backend_and_read_by_everyone() {
    let (server, ws) = studio();
    let none = server.get(&ws.admin, "/v1/plan").json();
    assert_eq!(none, json!({"plans": ["starter", "studio"]}));
    let refused = server.put(&ws.system, "/v1/plan", json!({"plan": "canary"}));
    assert_eq!((refused.status, refused.json()["rule"].as_str()), (422, Some("scope.plans")));
    assert!(!refused.text().contains("canary"));
    assert_eq!(server.put(&ws.system, "/v1/plan", json!({"plan": "studio"})).status, 204);
    assert_eq!(server.get(&ws.admin, "/v1/plan").json()["plan"], "studio");
}

#[test]
fn a_feature_waits_for_its_plan_and_each_of_its_needs() {
    let (server, ws) = studio();
    let on = || server.put(&ws.admin, "/v1/features/face", json!({"on": true}));
    let why = |answer: crate::world::Answer| {
        (answer.status, answer.json()["reason"].clone(), answer.json()["rule"].clone())
    };
    assert_eq!(why(on()), (403, json!("plan"), json!("feature.face.plans")));
    assert_eq!(server.put(&ws.system, "/v1/plan", json!({"plan": "studio"})).status, 204);
    for need in ["transparency", "impact_assessment", "other_method"] {
        assert_eq!(why(on()), (409, json!("needs"), json!("feature.face.needs")));
        let path = format!("/v1/features/face/needs/{need}");
        let met = server.put(&ws.officer, &path, json!({"reference": "file 7 of 2026"}));
        assert_eq!(met.status, 204, "{}", met.text());
    }
    assert_eq!(on().status, 204);
    let files = server.files();
    let clear = |file: &Vec<u8>| file.windows(14).any(|part| part == b"file 7 of 2026");
    assert!(!files.iter().any(clear), "the reference lies nowhere in clear");
}

#[test]
fn what_is_processed_for_a_customer_waits_for_the_documents() {
    let (server, ws) = studio();
    assert_eq!(server.put(&ws.admin, "/v1/features/visitors", json!({"on": true})).status, 204);
    let visitor = server.subject(&ws, &["visitor"]);
    let write = || server.record(&ws.system, &visitor, "visit", None, json!({"full_name": "Budi"}));
    let refused = write();
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("document")));
    assert_eq!(refused.json()["rule"], "document.processing_agreement.given");
    let open = json!({"documents": [{"document": "processing_agreement", "before_use": true}]});
    assert_eq!(server.get(&ws.admin, "/v1/documents").json(), open);
    let path = "/v1/documents/processing_agreement/accept";
    let bearer = format!("Bearer {}", ws.admin);
    for _ in 0..2 {
        let accepted = server.send("POST", path, &[("authorization", &bearer)], None);
        assert_eq!(accepted.status, 204, "{}", accepted.text());
    }
    let listed = server.get(&ws.admin, "/v1/documents").json();
    assert_eq!(listed["documents"][0]["accepted"], crate::world::START);
    write().id();
}
