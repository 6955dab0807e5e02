//! Scenario 2: a hold wins over erasure, the person is told, and the release resumes what waited.

use serde_json::{Value, json};

use super::stage::{
    certificate, consent, engagement, event, from, jpeg, living, records, slots, until, upload,
};
use crate::world::{Answer, TestServer, Workspace};

/// An intern with attendance under a hold and an assignment under none.
struct Story {
    server: TestServer,
    ws: Workspace,
    person: String,
    intern: String,
    engagement: String,
    attendance: String,
    selfie: String,
    photo: String,
    assignment: String,
    work: String,
    hold: String,
}

fn held() -> Story {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let intern = server.subject(&ws, &["intern"]);
    let person = server.person(&ws, &intern);
    consent(&server, &ws, &intern, "presence_photo");
    let engagement = engagement(&server, &ws, &intern);
    let part = |category: &str, whole: &str, fields: Value| {
        server.record(&ws.system, &intern, category, Some(whole), fields).id()
    };
    let clock = json!({"clock_in": "2026-03-02T01:00:00Z", "method": "qr"});
    let attendance = part("attendance", &engagement, clock);
    let photo =
        upload(&server, &ws.system, &intern, "selfie.selfie", "image/jpeg", &jpeg("here", "face"));
    let photo = photo.id();
    let selfie = part("selfie", &attendance, json!({"selfie": photo}));
    let work = upload(
        &server,
        &ws.system,
        &intern,
        "assignment.submission",
        "text/plain",
        b"my essay about the sea",
    );
    let work = work.id();
    let assignment = part("assignment", &engagement, json!({"submission": work, "grade": "B"}));
    let hold = json!({"subject": intern, "category": "attendance", "case": "Case 12/2026"});
    let hold = server.post(&ws.officer, "/v1/holds", hold).id();
    event(&server, &ws, &engagement, "ended");
    server.deployment.tick().unwrap();
    Story {
        server,
        ws,
        person,
        intern,
        engagement,
        attendance,
        selfie,
        photo,
        assignment,
        work,
        hold,
    }
}

impl Story {
    fn ask(&self) -> Answer {
        let body = json!({"subject": self.intern, "kind": "erasure"});
        let asked = self.server.post(&self.person, "/v1/requests", body);
        assert_eq!(asked.status, 201, "{}", asked.text());
        asked
    }

    fn read(&self, token: &str, record: &str, purpose: &str) -> Answer {
        self.server.get(token, &format!("/v1/records/{record}?purpose={purpose}"))
    }

    /// Everything that deletes, aimed at what is held.
    fn deleters(&self) -> Vec<(String, Answer)> {
        let Story { server, ws, intern, engagement, attendance, selfie, .. } = self;
        let mut answers = Vec::new();
        for record in [engagement, attendance, selfie] {
            for path in [format!("/v1/records/{record}"), format!("/v1/records/{record}/key")] {
                answers.push((path.clone(), server.delete(&ws.admin, &path)));
            }
        }
        let path = format!("/v1/subjects/{intern}");
        answers.push((path.clone(), server.delete(&ws.admin, &path)));
        for record in [attendance, selfie] {
            let swept = server.post(&ws.admin, "/v1/sweeps", json!({"record": record}));
            answers.push((format!("sweep of {record}"), swept));
        }
        answers
    }
}

const PURPOSES: [&str; 13] = [
    "service",
    "messages",
    "support",
    "internal_management",
    "presence_photo",
    "presence_place",
    "school_reports",
    "conversation",
    "automation",
    "connection",
    "improvement",
    "security",
    "legal",
];

#[test]
fn a_request_under_a_hold_erases_the_rest_at_once_and_says_what_stays_and_why() {
    let story = held();
    let Story { server, ws, intern, engagement, attendance, selfie, .. } = &story;
    let before = slots(server, ws, intern);
    let asked = story.ask().json();
    assert_eq!(asked["state"], "waiting", "{asked}");
    assert_eq!(asked["erased"], 1, "{asked}");
    let mut kept: Vec<&str> = Vec::new();
    for one in asked["kept"].as_array().unwrap() {
        assert_eq!(one["reason"], "legal_hold");
        kept.push(one["record"].as_str().unwrap());
    }
    kept.sort_unstable();
    let mut expected = [engagement.as_str(), attendance, selfie];
    expected.sort_unstable();
    assert_eq!(kept, expected, "the held rows with what they hang on");

    let work = format!("/v1/blobs/{}?purpose=internal_management", story.work);
    assert_eq!(story.read(&ws.hr, &story.assignment, "internal_management").status, 410);
    assert_eq!(server.get(&ws.hr, &work).status, 410);
    let dead = before.difference(&living(server, ws)).count();
    assert_eq!(dead, 2, "the keys of assignment and file die now");
    let (_, verdict) = certificate(server, ws, asked["certificate"].as_str().unwrap());
    assert_eq!(verdict.statement["whole_subject"], false);
    assert_eq!(verdict.statement["subject"], json!(intern));

    let told = server.get(&story.person, &format!("/v1/subjects/{intern}")).json();
    assert_eq!(told["state"], "condemned");
    let bars = told["bars"].as_array().unwrap();
    let hold = bars.iter().find(|bar| bar["kind"] == "hold").unwrap();
    assert_eq!(hold["category"], "attendance");
    assert!(!told.to_string().contains("Case 12"), "the case is not the person's: {told}");
    let mine = server.get(&story.person, &format!("/v1/requests?subject={intern}")).json();
    assert_eq!(mine["requests"][0]["state"], "waiting", "{mine}");
}

#[test]
fn what_a_hold_keeps_of_an_erased_person_is_used_for_nothing() {
    let story = held();
    let Story { server, ws, intern, attendance, selfie, photo, engagement, person, .. } = &story;
    story.ask();
    let tokens = [&ws.system, &ws.hr, &ws.officer, person];
    for purpose in PURPOSES {
        for token in tokens {
            for record in [attendance, selfie, engagement] {
                let read = story.read(token, record, purpose);
                assert_eq!(read.status, 403, "{purpose}: {}", read.text());
            }
            let blob = server.get(token, &format!("/v1/blobs/{photo}?purpose={purpose}"));
            assert_eq!(blob.status, 403, "{purpose}: {}", blob.text());
            let list = format!("/v1/records?subject={intern}&purpose={purpose}");
            assert!(records(&server.get(token, &list)).is_empty(), "{purpose}");
        }
        for category in ["attendance", "selfie", "engagement"] {
            let question =
                json!({"subject": intern, "category": category, "purpose": purpose, "actor": "hr"});
            let decided = server.post(&ws.officer, "/v1/decide", question).json();
            assert_eq!(decided["decision"], "deny", "{category} {purpose}: {decided}");
        }
    }
    let allowed_before = story.read(&ws.hr, attendance, "internal_management").json();
    assert_eq!(allowed_before["reason"], "condemned", "{allowed_before}");
    let fields = json!({"clock_in": "2026-03-02T03:00:00Z", "method": "qr"});
    let more = server.record(&ws.system, intern, "attendance", Some(engagement), fields);
    assert!([403, 410].contains(&more.status), "nothing new: {}", more.text());
    let path = format!("/v1/records/{attendance}");
    let change = server.patch(&ws.system, &path, json!({"fields": {"method": "nfc"}}));
    assert!([403, 410].contains(&change.status), "no change: {}", change.text());
    let access = json!({"subject": intern, "kind": "access"});
    let access = server.post(person, "/v1/requests", access);
    if access.status == 201 {
        let id = access.json()["id"].as_str().unwrap().to_owned();
        let copy = server.get(person, &format!("/v1/requests/{id}/export"));
        assert_eq!(copy.status, 410, "{}", copy.text());
    }
}

#[test]
fn a_hold_wins_over_admin_keys_subject_and_sweep_and_over_time() {
    let story = held();
    let Story { server, ws, intern, attendance, .. } = &story;
    let early = server.delete(&ws.admin, &format!("/v1/subjects/{intern}"));
    assert_eq!(early.status, 423, "before any request too: {}", early.text());
    let whole =
        server.get(&ws.hr, &format!("/v1/records/{attendance}?purpose=internal_management"));
    assert_eq!(whole.status, 200, "a refused deletion changes nothing: {}", whole.text());
    story.ask();
    for day in ["2026-03-03", "2026-03-20", "2027-03-02", "2029-03-02"] {
        until(server, ws, &format!("{day}T02:00:00Z"));
    }
    let before = slots(server, ws, intern);
    for (name, answer) in story.deleters() {
        assert_eq!(answer.status, 423, "{name}: {}", answer.text());
        assert_eq!(answer.json()["reason"], "legal_hold", "{name}: {}", answer.text());
    }
    let all = server.post(&ws.admin, "/v1/sweeps", json!({}));
    assert_eq!(all.status, 200, "{}", all.text());
    assert_eq!(all.json()["erased"], 0, "{}", all.text());
    for _ in 0..9 {
        server.post(&ws.admin, "/v1/test/clock", json!({"run": 86_400}));
        server.deployment.tick().unwrap();
    }
    let held: Vec<u32> = before.iter().copied().collect();
    let after = slots(server, ws, intern);
    let records = held.iter().filter(|slot| after.contains(slot)).count();
    assert!(records >= 4, "engagement, attendance, selfie and photograph stay: {after:?}");
    let living = living(server, ws);
    assert!(after.iter().all(|slot| living.contains(slot)), "keys turn over and stay alive");
}

#[test]
fn a_release_completes_the_waiting_erasure_without_a_second_request() {
    let story = held();
    let Story { server, ws, intern, attendance, person, hold, .. } = &story;
    let asked = story.ask().json();
    let request = asked["id"].as_str().unwrap().to_owned();
    let before = slots(server, ws, intern);
    until(server, ws, "2026-03-09T02:00:00Z");
    let released = server.post(&ws.officer, &format!("/v1/holds/{hold}/release"), json!({}));
    assert_eq!(released.status, 200, "{}", released.text());
    assert_eq!(released.json()["erased"], 3, "{}", released.text());

    assert_eq!(server.get(&ws.officer, &format!("/v1/subjects/{intern}")).status, 410);
    assert_eq!(story.read(&ws.hr, attendance, "internal_management").status, 410);
    assert!(before.is_disjoint(&living(server, ws)));
    let read = server.get(&ws.officer, &format!("/v1/requests/{request}"));
    assert_eq!(read.json()["state"], "answered", "{}", read.text());
    let newest = read.json()["certificate"].as_str().unwrap().to_owned();
    let (_, verdict) = certificate(server, ws, &newest);
    assert_eq!(verdict.statement["whole_subject"], true, "{}", verdict.statement);
    assert_eq!(verdict.statement["rule"], "right.erasure");
    let mine = server.get(person, &format!("/v1/requests?subject={intern}"));
    if mine.status == 200 {
        assert_eq!(mine.json()["requests"][0]["state"], "answered", "{}", mine.text());
    }
    let again = server.post(&ws.officer, &format!("/v1/holds/{hold}/release"), json!({}));
    assert_eq!(again.status, 409, "{}", again.text());
}

#[test]
fn of_two_holds_the_last_release_resumes_the_erasure() {
    let story = held();
    let Story { server, ws, intern, attendance, hold, .. } = &story;
    let second = json!({"subject": intern, "record": attendance, "case": "another"});
    let second = server.post(&ws.admin, "/v1/holds", second).id();
    story.ask();
    let first = server.post(&ws.officer, &format!("/v1/holds/{hold}/release"), json!({}));
    assert_eq!(first.status, 200, "{}", first.text());
    assert_eq!(server.get(&ws.officer, &format!("/v1/subjects/{intern}")).status, 200);
    let refused = server.delete(&ws.admin, &format!("/v1/records/{attendance}"));
    assert_eq!(refused.status, 423, "{}", refused.text());
    let last = server.post(&ws.officer, &format!("/v1/holds/{second}/release"), json!({}));
    assert_eq!(last.status, 200, "{}", last.text());
    assert_eq!(server.get(&ws.officer, &format!("/v1/subjects/{intern}")).status, 410);
}
