//! How long things are kept: to the second, and not a day less.

use serde_json::json;

use super::scene::{Intern, Scene};

#[test]
fn ash_66_69_112_every_category_that_is_stored_has_an_end_that_comes() {
    let scene = Scene::new();
    let policy = scene.policy("en");
    let data =
        policy["chapters"].as_array().unwrap().iter().find(|one| one["id"] == "data").unwrap();
    for row in data["rows"].as_array().unwrap() {
        let facts = row["facts"].to_string();
        let ends = ["kept", "restorable"].iter().any(|word| facts.contains(word));
        assert!(ends, "{row}");
        assert!(!facts.contains("as needed"), "{row}");
    }
    let intern = scene.intern("sari");
    scene.consent(&intern, "conversation");
    let talk = json!({"message": "halo", "author": "intern"});
    let talk = scene.write(&intern.id, "conversation", Some(&intern.account), talk).id();
    scene.until("2027-03-01T16:59:59Z");
    assert_eq!(scene.status(&talk, "conversation"), 200);
    scene.until("2027-03-01T17:00:00Z");
    assert_eq!(scene.status(&talk, "conversation"), 410);
    scene.sweep();
    assert_eq!(scene.promise("ASH-66")["state"], "kept");
}

#[test]
fn ash_67_the_last_copy_of_a_closed_account_goes_no_later_than_30_days_after() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.event(&intern.account, "closed");
    scene.until("2026-03-31T17:00:00Z");
    assert_eq!(scene.status(&intern.account, "service"), 410);
    assert!(scene.sweep()["erased"].as_u64().unwrap() >= 1);
    assert!(!scene.copy(&scene.ws.system, &intern.id).text().contains("sari@example.org"));
}

#[test]
fn ash_115_a_closed_account_is_restorable_for_30_days_and_used_for_nothing() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.event(&intern.account, "closed");
    for purpose in ["service", "security", "messages"] {
        let refused = scene.read(&scene.ws.system, &intern.account, purpose);
        assert_eq!(refused.status, 403, "{purpose}: {}", refused.text());
    }
    assert_eq!(scene.read(&intern.token, &intern.account, "service").status, 403);
    scene.until("2026-03-31T16:59:00Z");
    assert_eq!(scene.sweep()["erased"], 0);
    scene.until("2026-03-31T17:00:00Z");
    assert_eq!(scene.status(&intern.account, "service"), 410);
    scene.sweep();
    let restored = json!({"record": intern.account, "event": "restored"});
    assert_eq!(scene.server.post(&scene.ws.system, "/v1/events", restored).status, 410);
}

#[test]
fn ash_160_a_restored_account_is_whole_again_and_its_next_closing_counts_anew() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.event(&intern.account, "closed");
    scene.until("2026-03-31T02:00:00Z");
    scene.event(&intern.account, "restored");
    scene.until("2026-06-01T02:00:00Z");
    scene.sweep();
    let read = scene.read(&scene.ws.system, &intern.account, "service").json();
    assert_eq!(read["fields"]["email"], "sari@example.org");
    scene.event(&intern.account, "closed");
    scene.until("2026-06-30T16:59:59Z");
    assert_eq!(scene.status(&intern.account, "service"), 403);
    scene.until("2026-06-30T17:00:00Z");
    assert_eq!(scene.status(&intern.account, "service"), 410);
}

#[test]
fn ash_116_attendance_stays_while_somebody_is_employed() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.until("2036-03-02T02:00:00Z");
    scene.sweep();
    let read = scene.read(&scene.ws.hr, &intern.attendance, "internal_management");
    assert_eq!(read.status, 200, "{}", read.text());
}

#[test]
fn ash_117_attendance_goes_three_years_after_the_end_and_not_before() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.until("2026-06-30T05:00:00Z");
    scene.event(&intern.engagement, "ended");
    scene.until("2029-06-29T16:59:59Z");
    scene.sweep();
    assert_eq!(scene.status(&intern.attendance, "internal_management"), 200);
    scene.until("2029-06-29T17:00:00Z");
    assert_eq!(scene.status(&intern.attendance, "internal_management"), 410);
    scene.sweep();
    assert!(!scene.copy(&scene.ws.system, &intern.id).text().contains("clock_in"));
}

#[test]
fn ash_118_selfies_are_gone_90_days_after_clock_in() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let (selfie, photo) = scene.selfie(&intern);
    let blob = format!("/v1/blobs/{photo}?purpose=presence_photo");
    scene.until("2026-05-30T16:59:59Z");
    assert_eq!(scene.server.get(&scene.ws.hr, &blob).status, 200);
    scene.until("2026-05-30T17:00:00Z");
    assert_eq!(scene.server.get(&scene.ws.hr, &blob).status, 410);
    assert_eq!(scene.status(&selfie, "presence_photo"), 410);
    scene.sweep();
    let whole = scene.read(&scene.ws.hr, &intern.attendance, "internal_management").json();
    assert_eq!(whole["parts"][0]["state"], "deleted");
    assert_eq!(scene.server.get(&scene.ws.hr, &blob).status, 410);
    assert_eq!(scene.promise("ASH-118")["state"], "kept");
}

#[test]
fn ash_125_work_handed_in_goes_two_years_after_it_was_submitted() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let work = scene.upload(&intern.id, "assignment", "submission").id();
    let fields = json!({"submission": work});
    let record = scene.write(&intern.id, "assignment", Some(&intern.engagement), fields).id();
    scene.event(&record, "submitted");
    scene.until("2026-09-01T02:00:00Z");
    scene.event(&record, "submitted");
    scene.until("2028-08-31T16:59:59Z");
    scene.sweep();
    assert_eq!(scene.status(&record, "internal_management"), 200);
    scene.until("2028-08-31T17:00:00Z");
    assert_eq!(scene.status(&record, "internal_management"), 410);
    scene.sweep();
    let blob = format!("/v1/blobs/{work}?purpose=internal_management");
    assert_eq!(scene.server.get(&scene.ws.hr, &blob).status, 410);
}

#[test]
fn ash_126_reports_go_two_years_after_they_were_submitted() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let fields = json!({"report_kind": "weekly", "report_text": "a week"});
    let record = scene.write(&intern.id, "report", Some(&intern.engagement), fields).id();
    scene.until("2026-03-15T02:00:00Z");
    scene.event(&record, "submitted");
    scene.until("2028-03-14T16:59:59Z");
    assert_eq!(scene.status(&record, "internal_management"), 200);
    scene.until("2028-03-14T17:00:00Z");
    scene.sweep();
    assert_eq!(scene.status(&record, "internal_management"), 410);
}

#[test]
fn ash_127_a_ticket_goes_a_year_after_it_was_last_resolved() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let file = scene.upload(&intern.id, "ticket", "attachment").id();
    let fields = json!({"message": "no sound", "attachment": file});
    let ticket = scene.write(&intern.id, "ticket", Some(&intern.account), fields).id();
    scene.event(&ticket, "resolved");
    scene.until("2027-02-02T02:00:00Z");
    scene.event(&intern.account, "signed_in");
    scene.event(&ticket, "reopened");
    scene.until("2027-06-02T02:00:00Z");
    scene.event(&intern.account, "signed_in");
    scene.sweep();
    assert_eq!(scene.status(&ticket, "support"), 200);
    scene.event(&ticket, "resolved");
    scene.until("2028-06-01T16:59:59Z");
    assert_eq!(scene.status(&ticket, "support"), 200);
    scene.until("2028-06-01T17:00:00Z");
    scene.sweep();
    assert_eq!(scene.status(&ticket, "support"), 410);
    let blob = format!("/v1/blobs/{file}?purpose=support");
    assert_eq!(scene.server.get(&scene.ws.system, &blob).status, 410);
}

#[test]
fn ash_113_114_an_account_is_kept_while_it_is_used_and_lapses_twelve_months_after() {
    let scene = Scene::new();
    let (used, idle) = (scene.intern("sari"), scene.intern("budi"));
    let state = |who: &Intern| {
        let told = scene.server.get(&who.token, &format!("/v1/subjects/{}", who.id)).json();
        told["accounts"][0]["state"].as_str().unwrap().to_owned()
    };
    for time in ["2026-11-02T02:00:00Z", "2027-02-02T02:00:00Z", "2027-03-10T02:00:00Z"] {
        scene.until(time);
        scene.sweep();
        scene.event(&used.account, "signed_in");
    }
    assert_eq!((state(&used).as_str(), scene.status(&used.account, "service")), ("active", 200));
    assert_eq!((state(&idle).as_str(), scene.status(&idle.account, "service")), ("closed", 403));
    for promise in ["ASH-113", "ASH-114"] {
        assert_eq!(scene.promise(promise)["state"], "kept");
    }
}
