//! What a person can ask for, and has at once.

use serde_json::json;

use super::scene::Scene;

#[test]
fn ash_94_the_copy_holds_everything_of_the_person_and_nothing_of_others() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.intern("budi");
    scene.consent(&intern, "conversation");
    let talk = json!({"message": "canary-talk", "author": "intern"});
    scene.write(&intern.id, "conversation", Some(&intern.account), talk).id();
    let ticket = json!({"message": "canary-ticket"});
    scene.write(&intern.id, "ticket", Some(&intern.account), ticket).id();
    scene.ask(&intern.token, &intern.id, "restriction");
    let copy = scene.copy(&intern.token, &intern.id);
    assert_eq!(copy.status, 200, "{}", copy.text());
    for canary in ["canary-talk", "canary-ticket", "sari@example.org", "clock_in"] {
        assert!(copy.text().contains(canary), "{canary}");
    }
    assert!(!copy.text().contains("budi"));
    assert_eq!(copy.json()["records"].as_array().unwrap().len(), 5);
    assert_eq!(copy.json()["consents"][0]["purpose"], "conversation");
    assert!(copy.json()["history"].as_array().unwrap().len() >= 5);
}

#[test]
fn ash_97_restricted_data_are_stored_and_used_for_nothing() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let request = scene.ask(&intern.token, &intern.id, "restriction");
    for (token, purpose) in
        [(&scene.ws.hr, "internal_management"), (&scene.ws.system, "school_reports")]
    {
        let refused = scene.read(token, &intern.attendance, purpose);
        assert_eq!(refused.json()["reason"], "restricted", "{}", refused.text());
    }
    assert_eq!(scene.copy(&intern.token, &intern.id).status, 200);
    assert_eq!(scene.promise("ASH-97")["state"], "kept");
    let id = request["id"].as_str().unwrap();
    let lifted = scene.server.post(&intern.token, &format!("/v1/requests/{id}/lift"), json!({}));
    assert_eq!(lifted.status, 204, "{}", lifted.text());
    assert_eq!(scene.read(&scene.ws.hr, &intern.attendance, "internal_management").status, 200);
}

#[test]
fn ash_98_consent_is_withdrawn_at_any_time_with_effect_at_once() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let (selfie, _) = scene.selfie(&intern);
    assert_eq!(scene.withdraw(&intern, "presence_photo")["erased"], 1);
    let upload = scene.upload(&intern.id, "selfie", "selfie");
    assert_eq!((upload.status, upload.json()["reason"].as_str()), (403, Some("no_consent")));
    assert_eq!(scene.status(&selfie, "presence_photo"), 410);
    let listed =
        scene.server.get(&intern.token, &format!("/v1/consents?subject={}", intern.id)).json();
    assert!(listed["consents"][0]["withdrawn"].is_string(), "{listed}");
    let staff = json!({"subject": intern.id, "purpose": "presence_photo", "language": "id"});
    assert_eq!(scene.server.post(&scene.ws.hr, "/v1/consents", staff).status, 403);
}

#[test]
fn ash_95_a_wrong_name_is_put_right_and_the_old_one_is_gone() {
    let scene = Scene::new();
    let intern = scene.intern("sarri");
    let body = json!({
        "subject": intern.id, "kind": "correction", "record": intern.account,
        "fields": {"first_name": "sari"},
    });
    let asked = scene.server.post(&intern.token, "/v1/requests", body);
    assert_eq!(asked.status, 201, "{}", asked.text());
    assert!(!asked.text().contains("sari"));
    let read = scene.read(&scene.ws.system, &intern.account, "service").json();
    assert_eq!(read["fields"]["first_name"], "sari");
    // The restriction of use is no reason to keep something wrong.
    scene.ask(&intern.token, &intern.id, "restriction");
    let body = json!({
        "subject": intern.id, "kind": "correction", "record": intern.account,
        "fields": {"last_name": "Dewanti"},
    });
    assert_eq!(scene.server.post(&intern.token, "/v1/requests", body).status, 201);
    let copy = scene.copy(&intern.token, &intern.id);
    assert!(copy.text().contains("Dewanti") && !copy.text().contains("\"sarri\""));
}

#[test]
fn what_is_held_is_put_right_though_its_feature_is_off_and_copies_break_no_promise() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.feature("attendance", false);
    let path = format!("/v1/records/{}", intern.attendance);
    let fields = json!({"method": "manual"});
    let changed = scene.server.patch(&scene.ws.system, &path, json!({"fields": fields}));
    assert_eq!((changed.status, changed.json()["reason"].as_str()), (403, Some("feature_off")));
    let body = json!({
        "subject": intern.id, "kind": "correction", "record": intern.attendance, "fields": fields,
    });
    let asked = scene.server.post(&intern.token, "/v1/requests", body);
    assert_eq!(asked.status, 201, "{}", asked.text());
    assert!(scene.copy(&intern.token, &intern.id).text().contains("manual"));
    let asked = scene.ask(&intern.token, &intern.id, "portability");
    let path = format!("/v1/requests/{}/export", asked["id"].as_str().unwrap());
    assert_eq!(scene.server.get(&intern.token, &path).status, 200);
    let told = scene.server.get(&scene.ws.officer, "/v1/promises").json();
    let promises = told["promises"].as_array().unwrap().iter();
    let broken: Vec<_> = promises.filter(|one| one["state"] == "broken").collect();
    assert!(broken.is_empty(), "{broken:?}");
}
