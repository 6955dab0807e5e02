//! What is collected: what is declared, given by the person, and nothing else.

use serde_json::json;

use super::scene::{PHOTO, Scene};

#[test]
fn ash_08_110_using_a_service_is_no_consent() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.until("2026-04-02T02:00:00Z");
    scene.read(&intern.token, &intern.account, "service");
    let listed = scene.server.get(&intern.token, &format!("/v1/consents?subject={}", intern.id));
    assert_eq!(listed.json()["consents"], json!([]));
    let talk = json!({"message": "halo", "author": "intern"});
    let refused = scene.write(&intern.id, "conversation", Some(&intern.account), talk);
    assert_eq!(refused.status, 403);
    assert_eq!(refused.json()["reason"], "no_consent");
}

#[test]
fn ash_09_an_account_has_a_first_and_a_last_name_and_nothing_undeclared() {
    let scene = Scene::new();
    let sari = scene.server.subject(&scene.ws, &["user"]);
    let fields = json!({"first_name": "Sari", "email": "sari@example.org"});
    let refused = scene.write(&sari, "account", None, fields);
    assert_eq!((refused.status, refused.json()["field"].as_str()), (422, Some("last_name")));
    let fields = json!({
        "first_name": "Sari", "last_name": "Dewi", "email": "s@example.org", "faith": "none",
    });
    let refused = scene.write(&sari, "account", None, fields);
    assert_eq!((refused.status, refused.json()["field"].as_str()), (422, Some("faith")));
    let account = scene.server.account(&scene.ws, &sari, "sari@example.org");
    let read = scene.read(&scene.ws.system, &account, "service").json();
    assert_eq!(read["fields"]["first_name"], "Sari");
}

#[test]
fn ash_10_an_e_mail_address_is_collected_once_and_must_be_one() {
    let scene = Scene::new();
    let [sari, other] = ["user", "user"].map(|kind| scene.server.subject(&scene.ws, &[kind]));
    scene.server.account(&scene.ws, &sari, "sari@example.org");
    let fields = |email| json!({"first_name": "A", "last_name": "B", "email": email});
    assert_eq!(scene.write(&other, "account", None, fields("nobody")).status, 422);
    let taken = scene.write(&other, "account", None, fields(" SARI@example.org "));
    assert_ne!(taken.status, 201, "{}", taken.text());
}

#[test]
fn ash_11_a_photo_is_there_only_when_one_was_uploaded() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let read = scene.read(&scene.ws.system, &intern.account, "service").json();
    assert!(read["fields"].get("photo").is_none());
    let other = scene.server.subject(&scene.ws, &["user"]);
    let photo = scene.upload(&other, "account", "photo").id();
    let fields =
        json!({"first_name": "A", "last_name": "B", "email": "a@example.org", "photo": photo});
    let account = scene.write(&other, "account", None, fields).id();
    let read = scene.read(&scene.ws.system, &account, "service").json();
    assert_eq!(read["fields"]["photo"], photo);
}

#[test]
fn ash_12_without_a_phone_number_there_is_no_field_of_it() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let copy = scene.copy(&intern.token, &intern.id).json();
    let account = &copy["records"][0]["fields"];
    assert_eq!(account["first_name"], "sari");
    assert!(account.get("phone").is_none());
    let phone = json!({"fields": {"phone": "+62 811 1234"}});
    scene.server.patch(&scene.ws.system, &format!("/v1/records/{}", intern.account), phone);
    let copy = scene.copy(&intern.token, &intern.id).json();
    assert_eq!(copy["records"][0]["fields"]["phone"], "+62 811 1234");
}

#[test]
fn ash_14_nothing_is_collected_for_a_feature_that_is_off() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.feature("attendance", false);
    let fields = json!({"clock_in": scene.now(), "method": "qr"});
    let refused = scene.write(&intern.id, "attendance", Some(&intern.engagement), fields.clone());
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("feature_off")));
    scene.feature("attendance", true);
    scene.write(&intern.id, "attendance", Some(&intern.engagement), fields).id();
}

#[test]
fn ash_15_attendance_has_the_times_of_clock_in_and_clock_out() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let path = format!("/v1/records/{}", intern.attendance);
    let out = json!({"fields": {"clock_out": "2026-03-02T10:00:00Z"}});
    assert_eq!(scene.server.patch(&scene.ws.system, &path, out).status, 204);
    let wrong = json!({"fields": {"clock_out": "five"}});
    assert_eq!(scene.server.patch(&scene.ws.system, &path, wrong).status, 422);
    let read = scene.read(&scene.ws.hr, &intern.attendance, "internal_management").json();
    assert_eq!(read["fields"]["clock_in"], "2026-03-02T02:00:00Z");
    assert_eq!(read["fields"]["clock_out"], "2026-03-02T10:00:00Z");
}

#[test]
fn ash_16_a_selfie_is_a_photo_without_what_the_camera_wrote_beside_it() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    assert_eq!(scene.upload(&intern.id, "selfie", "selfie").status, 403);
    let (_, photo) = scene.selfie(&intern);
    let read = scene.server.get(&scene.ws.hr, &format!("/v1/blobs/{photo}?purpose=presence_photo"));
    assert_eq!(read.status, 200, "{}", read.text());
    assert!(read.bytes.len() < PHOTO.len());
    assert!(!read.text().contains("GPS"));
    let whole = scene.read(&scene.ws.hr, &intern.attendance, "internal_management").json();
    assert_eq!(whole["parts"][0]["category"], "selfie");
}

#[test]
fn ash_17_a_place_has_degrees_that_exist_and_may_have_an_address() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.consent(&intern, "presence_place");
    let place = |latitude: f64| {
        let location = json!({"latitude": latitude, "longitude": 106.8});
        let fields = json!({"location": location, "address": "Jalan Sudirman"});
        scene.write(&intern.id, "place", Some(&intern.attendance), fields)
    };
    assert_eq!(place(91.0).status, 422);
    let place = place(-6.2).id();
    let read = scene.read(&scene.ws.hr, &place, "presence_place").json();
    assert_eq!(read["fields"]["location"]["latitude"], -6.2);
}

#[test]
fn ash_18_34_35_address_and_browser_are_collected_and_leave_after_90_days() {
    let scene = Scene::new();
    let guest = scene.server.subject(&scene.ws, &["guest"]);
    let bad = json!({"ip": "999.1.1.1", "browser": "Firefox 128"});
    assert_eq!(scene.write(&guest, "technical", None, bad).status, 422);
    let fields = json!({"ip": "192.0.2.7", "browser": "Firefox 128"});
    let record = scene.write(&guest, "technical", None, fields).id();
    scene.until("2026-05-30T16:59:59Z");
    assert_eq!(scene.status(&record, "security"), 200);
    scene.until("2026-05-30T17:00:00Z");
    assert_eq!(scene.status(&record, "security"), 410);
    assert_eq!(scene.copy(&scene.ws.system, &guest).json()["records"], json!([]));
}

#[test]
fn ash_19_answers_in_forms_appear_in_the_copy() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let refused =
        scene.write(&intern.id, "form_answers", Some(&intern.account), json!({"q1": "M"}));
    assert_eq!(refused.status, 422);
    let fields = json!({"answers": "size M"});
    scene.write(&intern.id, "form_answers", Some(&intern.account), fields).id();
    assert!(scene.copy(&intern.token, &intern.id).text().contains("size M"));
}

#[test]
fn ash_20_work_handed_in_is_graded_and_nobody_else_sees_it() {
    let scene = Scene::new();
    let [sari, other] = ["sari", "budi"].map(|name| scene.intern(name));
    let work = scene.upload(&sari.id, "assignment", "submission").id();
    let fields = json!({"submission": work});
    let record = scene.write(&sari.id, "assignment", Some(&sari.engagement), fields).id();
    let grader = scene.staff("grader");
    let grade = json!({"fields": {"grade": "A", "feedback": "well done"}});
    let marked = scene.server.patch(&grader, &format!("/v1/records/{record}"), grade);
    assert_eq!(marked.status, 204, "{}", marked.text());
    let own = scene.read(&sari.token, &record, "internal_management");
    assert_eq!(own.json()["fields"]["grade"], "A", "{}", own.text());
    assert_eq!(scene.read(&other.token, &record, "internal_management").status, 404);
}

#[test]
fn ash_21_reports_are_of_four_declared_kinds() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let report = |kind: &str| {
        let fields = json!({"report_kind": kind, "report_text": "a week"});
        scene.write(&intern.id, "report", Some(&intern.engagement), fields).status
    };
    for kind in ["weekly", "activity", "skill", "reflection"] {
        assert_eq!(report(kind), 201, "{kind}");
    }
    assert_eq!(report("gossip"), 422);
    let list =
        format!("/v1/records?subject={}&category=report&purpose=internal_management", intern.id);
    assert_eq!(
        scene.server.get(&scene.ws.hr, &list).json()["records"].as_array().unwrap().len(),
        4
    );
    let refused = scene.server.get(&scene.staff("support"), &list);
    assert_eq!(refused.status, 403, "{}", refused.text());
}

#[test]
fn ash_22_a_conversation_keeps_both_directions_and_goes_with_the_consent() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.consent(&intern, "conversation");
    let say = |author: &str, message: &str| {
        let fields = json!({"message": message, "author": author});
        scene.write(&intern.id, "conversation", Some(&intern.account), fields).id()
    };
    let [asked, answered] = [say("intern", "canary asks"), say("assistant", "canary answers")];
    let copy = scene.copy(&intern.token, &intern.id).text();
    assert!(copy.contains("canary asks") && copy.contains("canary answers"));
    assert_eq!(scene.withdraw(&intern, "conversation")["erased"], 2);
    for record in [asked, answered] {
        assert_eq!(scene.status(&record, "conversation"), 410);
    }
    assert!(!scene.copy(&intern.token, &intern.id).text().contains("canary"));
}

#[test]
fn ash_23_settings_of_automation_are_kept_for_those_who_consent() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let fields = json!({"settings": "each morning", "connection_secret": "canary-secret-1"});
    let write = || scene.write(&intern.id, "workflow", Some(&intern.account), fields.clone());
    assert_eq!(write().status, 403);
    scene.consent(&intern, "automation");
    let record = write().id();
    assert_eq!(scene.status(&record, "automation"), 200);
    assert_eq!(scene.holding(b"canary-secret-1"), 0);
}

#[test]
fn ash_24_of_an_event_from_outside_only_the_envelope_is_taken() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.consent(&intern, "automation");
    let mut fields = json!({
        "event_kind": "mail", "event_time": "2026-03-02T01:00:00Z", "event_sender": "b@example.org",
        "body": "canary",
    });
    let write = |fields| scene.write(&intern.id, "webhook_event", Some(&intern.account), fields);
    let refused = write(fields.clone());
    assert_eq!((refused.status, refused.json()["field"].as_str()), (422, Some("body")));
    fields.as_object_mut().unwrap().remove("body");
    let record = write(fields).id();
    scene.until("2026-03-31T17:00:00Z");
    assert_eq!(scene.status(&record, "automation"), 410);
}

#[test]
fn ash_32_55_73_87_the_text_of_mail_is_stored_nowhere_and_goes_nowhere() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let canary = "Kopi-pagi-7Q2";
    let mail = json!({
        "mail_headers": canary, "mail_body": canary, "mail_attachment_names": canary, "mail_labels": canary,
    });
    let refused = scene.write(&intern.id, "gmail", Some(&intern.account), mail);
    assert_eq!(refused.status, 403, "{}", refused.text());
    assert!(!refused.text().contains(canary));
    assert_eq!(scene.holding(canary.as_bytes()), 0);
    let copy = scene.copy(&intern.token, &intern.id);
    assert_eq!(copy.status, 200);
    assert!(!copy.text().contains(canary) && !copy.text().contains("\"gmail\""));
}
