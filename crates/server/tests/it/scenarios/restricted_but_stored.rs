//! Scenario 8: restricted data are stored and not used; their end comes on time, unless a claim needs them.

use serde_json::{Value, json};

use super::stage::{from, living, records, slots, staff, until, wait};
use crate::world::{TestServer, Workspace};

/// Someone who asked for restriction the day after the data were collected.
struct Story {
    server: TestServer,
    ws: Workspace,
    security: String,
    person: String,
    user: String,
    technical: String,
    request: String,
}

const ADDRESS: &str = "203.0.113.7";
/// The technical record was collected on 2 March in Jakarta: ninety days end here.
const DUE: &str = "2026-05-30T17:00:00Z";
const BEFORE: &str = "2026-05-30T16:59:59Z";

fn restricted(claim: bool) -> Story {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let user = server.subject(&ws, &["user"]);
    server.account(&ws, &user, "sari@example.com");
    let fields = json!({"ip": ADDRESS, "browser": "Firefox 128"});
    let technical = server.record(&ws.system, &user, "technical", None, fields).id();
    let security = staff(&server, &ws, "security");
    let person = server.person(&ws, &user);
    until(&server, &ws, "2026-03-03T02:00:00Z");
    let body = json!({"subject": user, "kind": "restriction", "claim": claim});
    let request = server.post(&person, "/v1/requests", body).id();
    Story { server, ws, security, person, user, technical, request }
}

impl Story {
    fn read(&self, token: &str) -> crate::world::Answer {
        self.server.get(token, &format!("/v1/records/{}?purpose=security", self.technical))
    }

    fn decide(&self) -> Value {
        let question = json!({
            "subject": self.user, "category": "technical", "purpose": "security",
            "actor": "security",
        });
        self.server.post(&self.ws.officer, "/v1/decide", question).json()
    }

    fn found(&self) -> usize {
        let question =
            json!({"field": "account.email", "value": "sari@example.com", "purpose": "service"});
        records(&self.server.post(&self.ws.system, "/v1/records/find", question)).len()
    }

    fn listed(&self, token: &str, purpose: &str) -> usize {
        let path = format!("/v1/records?subject={}&purpose={purpose}", self.user);
        records(&self.server.get(token, &path)).len()
    }

    /// The people whom the company's own export takes along.
    fn exported(&self) -> bool {
        let opened = self.server.deployment.workspace(self.ws.number).unwrap();
        let actor = engine::Actor { role: engine::Role::System, token: 0, subject: None };
        let ctx = self.server.deployment.ctx(opened, actor);
        let number = engine::subject::number(&ctx, &self.user).unwrap();
        engine::export::exportable(&ctx).unwrap().contains(&number)
    }

    fn bars(&self) -> Value {
        let told = self.server.get(&self.person, &format!("/v1/subjects/{}", self.user));
        assert_eq!(told.status, 200, "{}", told.text());
        told.json()["bars"].clone()
    }

    fn lift(&self) {
        let path = format!("/v1/requests/{}/lift", self.request);
        let lifted = self.server.post(&self.ws.officer, &path, json!({}));
        assert_eq!(lifted.status, 204, "{}", lifted.text());
    }

    fn sweep_one(&self) -> crate::world::Answer {
        self.server.post(&self.ws.admin, "/v1/sweeps", json!({"record": self.technical}))
    }
}

#[test]
fn restricted_data_are_used_by_nobody_and_stay_stored() {
    let story = restricted(false);
    let Story { server, ws, security, person, user, .. } = &story;
    let decided = story.decide();
    assert_eq!((&decided["decision"], &decided["reason"]), (&json!("deny"), &json!("restricted")));
    for token in [security, &ws.system] {
        let read = story.read(token);
        assert_eq!(read.status, 403, "{}", read.text());
        assert_eq!(read.json()["reason"], "restricted", "{}", read.text());
        assert_eq!(story.listed(token, "security"), 0);
    }
    assert_eq!(story.listed(&ws.system, "service"), 0);
    assert_eq!(story.found(), 0);
    assert!(!story.exported());
    let stored = slots(server, ws, user);
    assert!(stored.is_subset(&living(server, ws)), "storage stays");

    let own = story.read(person);
    assert_eq!(own.json()["fields"]["ip"], ADDRESS, "{}", own.text());
    let asked = json!({"subject": user, "kind": "access"});
    let asked = server.post(person, "/v1/requests", asked).id();
    let copy = server.get(person, &format!("/v1/requests/{asked}/export"));
    assert!(copy.text().contains(ADDRESS), "the person's own copy: {}", copy.text());
    let history = server.get(person, &format!("/v1/ledger/entries?subject={user}")).json();
    let refused = history["entries"].as_array().unwrap().iter();
    assert!(refused.filter(|entry| entry["act"] == "refused").count() >= 2, "{history}");
}

#[test]
fn lifting_a_restriction_is_seen_and_gives_use_back() {
    let story = restricted(false);
    assert_eq!(story.bars()[0]["kind"], "restriction");
    story.lift();
    assert_eq!(story.bars(), json!([]));
    assert_eq!(story.decide()["decision"], "allow");
    assert_eq!(story.read(&story.security).status, 200);
    assert_eq!(story.found(), 1);
    assert!(story.exported());
    let path = format!("/v1/requests/{}", story.request);
    let closed = story.server.get(&story.person, &path).json();
    assert_eq!(closed["state"], "closed", "{closed}");
    let history = format!("/v1/ledger/entries?subject={}", story.user);
    let history = story.server.get(&story.person, &history).json();
    let acts = history["entries"].as_array().unwrap().iter();
    assert!(acts.filter(|entry| entry["act"] == "bar lifted").count() == 1, "{history}");
}

#[test]
fn restriction_alone_does_not_keep_data_beyond_their_time() {
    let story = restricted(false);
    let Story { server, ws, user, .. } = &story;
    let before = slots(server, ws, user);
    until(server, ws, BEFORE);
    assert_eq!(story.sweep_one().status, 409);
    assert_eq!(story.read(&story.person).status, 200);
    wait(server, ws, DUE);
    assert_eq!(story.read(&story.person).status, 410);
    assert_eq!(story.sweep_one().status, 200);
    assert_eq!(story.sweep_one().status, 410);
    assert!(!before.is_subset(&living(server, ws)), "its key is gone");
    assert_eq!(story.bars()[0]["kind"], "restriction", "and the restriction still stands");
}

#[test]
fn a_restriction_for_a_claim_makes_the_sweep_wait_until_it_is_lifted() {
    let story = restricted(true);
    let Story { server, ws, user, technical, .. } = &story;
    assert_eq!(story.bars()[0]["kind"], "restriction_for_claim");
    assert_eq!(story.decide()["reason"], "restricted");
    let before = slots(server, ws, user);
    wait(server, ws, BEFORE);
    assert_eq!(story.sweep_one().status, 409);
    until(server, ws, DUE);
    until(server, ws, "2026-07-01T00:00:00Z");
    assert_eq!(story.sweep_one().status, 423);
    let deleted = server.delete(&ws.admin, &format!("/v1/records/{technical}"));
    assert_eq!(deleted.status, 423, "{}", deleted.text());
    let whole = server.delete(&ws.admin, &format!("/v1/subjects/{user}"));
    assert_eq!(whole.status, 423, "{}", whole.text());
    assert!(before.is_subset(&living(server, ws)), "the claim needs them");

    story.lift();
    until(server, ws, "2026-07-01T01:00:00Z");
    assert_eq!(story.read(&story.person).status, 410);
    assert_eq!(story.sweep_one().status, 410);
    assert!(!before.is_subset(&living(server, ws)), "its key is gone after all");
}
