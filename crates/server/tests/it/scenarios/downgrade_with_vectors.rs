//! Scenario 16: a workspace with faces moves to a plan without them. Recognising stops at once, the vectors
//! wait no longer than the workspace chose, and buying the plan again brings back only those who still agree.

use serde_json::{Value, json};

use super::stage::{from, living, slots, sweep, until, wait};
use crate::world::{Answer, STUDIO, TestServer, Workspace};

struct Story {
    server: TestServer,
    ws: Workspace,
    sari: Person,
    budi: Person,
}

struct Person {
    id: String,
    face: String,
}

/// A studio where two people agreed to be recognised, with thirty days of grace, or what else is chosen.
fn studio(grace: Option<&str>) -> Story {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.bare_workspace("studio", STUDIO, "manager");
    done(&server.put(&ws.system, "/v1/plan", json!({"plan": "studio"})));
    for need in ["transparency", "impact_assessment", "other_method"] {
        let path = format!("/v1/features/face/needs/{need}");
        done(&server.put(&ws.officer, &path, json!({"reference": "file 7 of 2026"})));
    }
    done(&server.put(&ws.admin, "/v1/features/face", json!({"on": true})));
    if let Some(grace) = grace {
        done(&server.put(&ws.admin, "/v1/settings/face_grace", json!({"value": grace})));
    }
    let [sari, budi] = ["sari", "budi"].map(|name| person(&server, &ws, name));
    Story { server, ws, sari, budi }
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, 204, "{}", answer.text());
}

fn person(server: &TestServer, ws: &Workspace, name: &str) -> Person {
    let id = server.subject(ws, &["employee"]);
    let fields = json!({"full_name": name, "email": format!("{name}@example.com")});
    let employee = server.record(&ws.system, &id, "employee", None, fields).id();
    let body = json!({"subject": id, "purpose": "face_match", "language": "en"});
    server.post(&ws.system, "/v1/consents", body).id();
    let fields = json!({"face_vector": [0.25, 0.5]});
    let face = server.record(&ws.system, &id, "face_vector", Some(&employee), fields).id();
    Person { id, face }
}

impl Story {
    fn matched(&self, person: &Person) -> (u16, Value) {
        let path = format!("/v1/records/{}?purpose=face_match", person.face);
        let read = self.server.get(&self.ws.system, &path);
        (read.status, read.json()["rule"].clone())
    }

    fn holds(&self, plan: &str) {
        done(&self.server.put(&self.ws.system, "/v1/plan", json!({"plan": plan})));
    }

    fn switch_on(&self) -> Answer {
        self.server.put(&self.ws.admin, "/v1/features/face", json!({"on": true}))
    }
}

#[test]
fn a_smaller_plan_ends_recognising_at_once_and_the_vectors_after_the_grace() {
    let story = studio(Some("30 days"));
    let Story { server, ws, sari, .. } = &story;
    assert_eq!(story.matched(sari).0, 200);
    until(server, ws, "2026-03-10T02:00:00Z");
    story.holds("starter");
    assert_eq!(story.matched(sari), (403, json!("data.face_vector.when")));
    let again = story.switch_on();
    assert_eq!((again.status, again.json()["reason"].as_str()), (403, Some("plan")));
    assert_eq!(again.json()["rule"], "feature.face.plans");
    let before = slots(server, ws, &sari.id);
    until(server, ws, "2026-04-08T16:59:59Z");
    assert!(before.is_subset(&living(server, ws)), "kept until the last second of the grace");
    wait(server, ws, "2026-04-08T17:00:00Z");
    assert_eq!(story.matched(sari).0, 410, "unreadable before any sweep");
    sweep(server, ws);
    assert_eq!(before.difference(&living(server, ws)).count(), 1, "the key of the face alone");
    assert_eq!(story.matched(&story.budi).0, 410, "the same hour for everyone");
    story.holds("studio");
    done(&story.switch_on());
    assert_eq!(story.matched(sari).0, 410, "gone is gone");
}

#[test]
fn without_a_grace_the_vectors_go_with_the_plan() {
    let story = studio(None);
    let Story { server, ws, sari, .. } = &story;
    let before = slots(server, ws, &sari.id);
    story.holds("starter");
    wait(server, ws, "2026-03-02T02:00:01Z");
    assert_eq!(story.matched(sari).0, 410);
    sweep(server, ws);
    assert_eq!(before.difference(&living(server, ws)).count(), 1);
}

#[test]
fn a_grace_that_is_shortened_while_it_runs_ends_it() {
    let story = studio(Some("30 days"));
    let Story { server, ws, sari, .. } = &story;
    story.holds("starter");
    until(server, ws, "2026-03-12T02:00:00Z");
    done(&server.put(&ws.admin, "/v1/settings/face_grace", json!({"value": "5 days"})));
    assert_eq!(story.matched(sari).0, 410);
    let longer = server.put(&ws.admin, "/v1/settings/face_grace", json!({"value": "31 days"}));
    assert_eq!(
        (longer.status, longer.json()["rule"].as_str()),
        (422, Some("setting.face_grace.max"))
    );
    done(&server.put(&ws.admin, "/v1/settings/face_grace", json!({"value": "30 days"})));
    assert_eq!(story.matched(sari).0, 410, "a longer grace brings nothing back");
}

#[test]
fn buying_the_plan_again_restores_only_those_who_still_agree() {
    let story = studio(Some("30 days"));
    let Story { server, ws, sari, budi } = &story;
    story.holds("starter");
    until(server, ws, "2026-03-15T02:00:00Z");
    let body = json!({"subject": budi.id, "purpose": "face_match"});
    let withdrawn = server.post(&ws.system, "/v1/consents/withdraw", body);
    assert_eq!(withdrawn.json()["erased"], 1, "{}", withdrawn.text());
    until(server, ws, "2026-03-22T02:00:00Z");
    story.holds("studio");
    assert_eq!(story.matched(sari).0, 403, "a larger plan switches nothing on");
    done(&story.switch_on());
    assert_eq!(story.matched(sari).0, 200);
    assert_eq!(story.matched(budi).0, 410);
    until(server, ws, "2026-06-01T02:00:00Z");
    assert_eq!(story.matched(sari).0, 200, "the grace ended when it was on again");
}
