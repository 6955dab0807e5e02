//! Erasure: for every cause the same, with a certificate that anybody can verify; and what stops it.

use serde_json::{Value, json};

use super::scene::Scene;

/// The statement of a certificate that verifies under the published key.
fn statement(scene: &Scene, certificate: &Value) -> Value {
    let id = certificate.as_str().unwrap();
    let file = scene.server.get(&scene.ws.officer, &format!("/v1/certificates/{id}"));
    assert_eq!(file.status, 200, "{}", file.text());
    let ledger = scene.server.get(&scene.ws.officer, "/v1/ledger").json();
    let key = ledger["deployment"]["vkey"].as_str().unwrap().parse().unwrap();
    let trust = ledger::trust::Trust::pinned(vec![key]);
    ledger::certificate::verify(&file.bytes, &trust).unwrap().statement
}

#[test]
fn ash_96_a_person_who_asks_is_erased_and_gets_a_certificate() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let other = scene.intern("budi");
    let asked = scene.ask(&intern.token, &intern.id, "erasure");
    assert_eq!((asked["state"].as_str(), asked["erased"].as_u64()), (Some("answered"), Some(3)));
    for (record, purpose) in
        [(&intern.account, "service"), (&intern.attendance, "internal_management")]
    {
        assert_eq!(scene.status(record, purpose), 410);
    }
    let person = scene.server.get(&scene.ws.system, &format!("/v1/subjects/{}", intern.id));
    assert_eq!(person.status, 410);
    let told = statement(&scene, &asked["certificate"]);
    assert_eq!(
        (told["cause"].as_str(), told["whole_subject"].as_bool()),
        (Some("request"), Some(true))
    );
    assert_eq!(scene.status(&other.account, "service"), 200);
}

#[test]
fn ash_128_expiry_and_request_leave_the_same_proof() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let guest = scene.server.subject(&scene.ws, &["guest"]);
    let fields = json!({"ip": "192.0.2.7", "browser": "Firefox 128"});
    scene.write(&guest, "technical", None, fields).id();
    let asked = scene.ask(&intern.token, &intern.id, "erasure");
    scene.until("2026-06-02T02:00:00Z");
    assert_eq!(scene.sweep()["erased"], 1);
    let listed = scene.server.get(&scene.ws.officer, "/v1/certificates").json();
    let newest = statement(&scene, &listed["certificates"][0]["id"]);
    let requested = statement(&scene, &asked["certificate"]);
    assert_eq!(
        (newest["cause"].as_str(), requested["cause"].as_str()),
        (Some("sweep"), Some("request"))
    );
    let names = |told: &Value| told.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!(names(&newest), names(&requested));
}

#[test]
fn ash_129_a_deleted_row_is_in_no_file_and_in_no_search() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let question = || {
        let body =
            json!({"field": "account.email", "value": "sari@example.org", "purpose": "service"});
        scene.server.post(&scene.ws.system, "/v1/records/find", body)
    };
    assert_eq!(question().json()["records"].as_array().unwrap().len(), 1);
    let gone = scene.server.delete(&scene.ws.admin, &format!("/v1/records/{}", intern.account));
    assert_eq!(gone.status, 200, "{}", gone.text());
    assert_eq!(question().json()["records"], json!([]));
    assert_eq!(scene.status(&intern.account, "service"), 410);
    for canary in [&b"sari@example.org"[..], b"deleted_at"] {
        assert_eq!(scene.holding(canary), 0);
    }
    assert_eq!(scene.promise("ASH-129")["state"], "kept");
    scene.server.account(
        &scene.ws,
        &scene.server.subject(&scene.ws, &["user"]),
        "sari@example.org",
    );
}

#[test]
fn ash_130_the_key_of_a_file_is_destroyed_and_the_file_removed() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let before = scene.server.files().len();
    let (selfie, photo) = scene.selfie(&intern);
    assert_eq!(scene.server.files().len(), before + 1);
    let gone = scene.server.delete(&scene.ws.admin, &format!("/v1/records/{selfie}/key"));
    let told = statement(&scene, &gone.json()["certificate"]);
    assert_eq!((told["blobs"].as_u64(), told["keys"].as_str()), (Some(1), Some("destroyed")));
    assert!(told["keys_destroyed"].is_string() && told["blobs_deleted"].is_string());
    let blob = format!("/v1/blobs/{photo}?purpose=presence_photo");
    assert_eq!(scene.server.get(&scene.ws.hr, &blob).status, 410);
    assert_eq!(scene.promise("ASH-130")["state"], "kept");
}

#[test]
fn ash_133_a_hold_stops_sweep_request_and_deletion_until_its_release() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let (selfie, _) = scene.selfie(&intern);
    let hold = scene.hold(&intern.id, Some("selfie"));
    scene.until("2026-06-02T02:00:00Z");
    let swept = scene.sweep();
    assert!(swept["held"].as_u64().unwrap() >= 1, "{swept}");
    let refused = scene.server.delete(&scene.ws.admin, &format!("/v1/subjects/{}", intern.id));
    assert_eq!(refused.status, 423, "{}", refused.text());
    let asked = scene.ask(&intern.token, &intern.id, "erasure");
    assert_eq!(asked["state"], "waiting");
    let kept = asked["kept"].as_array().unwrap();
    assert!(kept.iter().any(|one| one["record"] == selfie && one["reason"] == "legal_hold"));
    assert_eq!(scene.promise("ASH-133")["state"], "kept");
    let released =
        scene.server.post(&scene.ws.officer, &format!("/v1/holds/{hold}/release"), json!({}));
    assert!(released.json()["erased"].as_u64().unwrap() >= 1, "{}", released.text());
    let person = scene.server.get(&scene.ws.system, &format!("/v1/subjects/{}", intern.id));
    assert_eq!(person.status, 410);
}
