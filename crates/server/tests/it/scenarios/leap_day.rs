//! Scenario 11: an account last used on a leap day lapses twelve months later by the calendar, after a warning,
//! with a grace in which it can be restored.

use serde_json::{Value, json};

use super::stage::{certificates, event, from, sweep, until, wait};
use crate::world::{Answer, TestServer, Workspace};

struct Story {
    server: TestServer,
    ws: Workspace,
    person: String,
    user: String,
    account: String,
}

/// Somebody who signed in on 29 February 2028 at noon in Jakarta, and never again.
fn leap() -> Story {
    let server = from("2028-02-29T03:00:00Z");
    let ws = server.workspace("main");
    let user = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &user, "sari@example.com");
    let person = server.person(&ws, &user);
    until(&server, &ws, "2028-02-29T05:00:00Z");
    event(&server, &ws, &account, "signed_in");
    Story { server, ws, person, user, account }
}

const LAPSE: &str = "2029-02-28T17:00:00Z";

impl Story {
    fn until(&self, time: &str) {
        until(&self.server, &self.ws, time);
    }

    fn read(&self) -> Answer {
        self.server.get(&self.ws.system, &format!("/v1/records/{}?purpose=service", self.account))
    }

    /// The account as its person sees it.
    fn account(&self) -> Value {
        let told = self.server.get(&self.person, &format!("/v1/subjects/{}", self.user));
        assert_eq!(told.status, 200, "{}", told.text());
        told.json()["accounts"][0].clone()
    }

    fn notices(&self, language: &str) -> Vec<Value> {
        let told = self.server.get(&self.person, &format!("/v1/notices?lang={language}"));
        assert_eq!(told.status, 200, "{}", told.text());
        told.json()["notices"].as_array().unwrap().clone()
    }

    fn raise(&self, name: &str) -> Answer {
        let body = json!({"record": self.account, "event": name});
        self.server.post(&self.ws.system, "/v1/events", body)
    }
}

#[test]
fn twelve_months_after_a_leap_day_the_account_closes_on_the_first_of_march_after_a_warning() {
    let story = leap();
    story.until("2029-01-29T16:00:00Z");
    assert!(story.notices("en").is_empty());
    story.until("2029-01-29T17:00:00Z");
    let told = story.notices("en");
    assert_eq!(told.len(), 1, "{told:?}");
    assert_eq!(told[0]["kind"], "lapse");
    assert_eq!(told[0]["record"], story.account);
    assert_eq!(told[0]["effective"], LAPSE);
    let text = told[0]["text"].as_str().unwrap();
    assert!(text.starts_with("Account closes on 2029-03-01"), "{text}");
    assert!(text.contains("restored for 30 days"), "{text}");
    let text = story.notices("id")[0]["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("Akun ditutup pada 2029-03-01"), "{text}");

    let path = format!("/v1/notices/{}/seen", told[0]["id"].as_str().unwrap());
    assert_eq!(story.server.post(&story.person, &path, json!({})).status, 204);
    assert_eq!(story.notices("en")[0]["seen"], "2029-01-29T17:00:00Z");

    story.until("2029-02-28T16:59:59Z");
    assert_eq!(story.account()["state"], "active");
    assert_eq!(story.account()["lapses"], LAPSE);
    assert_eq!(story.read().status, 200);
    wait(&story.server, &story.ws, LAPSE);
    assert_eq!(story.account()["state"], "closed", "before any sweep");
    sweep(&story.server, &story.ws);
    assert_eq!(story.account()["closed"], LAPSE);
    assert_eq!(story.account()["ends"], "2029-03-30T17:00:00Z");
    let refused = story.read().json();
    assert_eq!(
        (&refused["reason"], &refused["rule"]),
        (&json!("closed"), &json!("data.account.grace"))
    );
    let path = format!("/v1/ledger/entries?subject={}", story.user);
    let history = story.server.get(&story.person, &path).json();
    let closed = |entry: &&Value| entry["rule"] == "data.account.lapses" && entry["act"] == "event";
    let entries = history["entries"].as_array().unwrap();
    assert_eq!(entries.iter().filter(closed).count(), 1, "{history}");
}

#[test]
fn a_sign_in_one_second_before_resets_and_nothing_but_a_sign_in_does() {
    let story = leap();
    story.until("2029-01-30T00:00:00Z");
    // What runs in the background is no sign-in.
    let settings = json!({"settings": "steps"});
    let Story { server, ws, user, account, .. } = &story;
    let body = json!({"subject": user, "purpose": "automation", "language": "id"});
    server.post(&ws.system, "/v1/consents", body).id();
    server.record(&ws.system, user, "workflow", Some(account), settings).id();
    assert_eq!(story.read().status, 200);
    assert_eq!(story.account()["lapses"], LAPSE);
    story.until("2029-02-28T16:59:59Z");
    assert_eq!(story.raise("signed_in").status, 204);
    assert!(story.notices("en").is_empty(), "the warning is not true any more");
    story.until("2029-03-05T00:00:00Z");
    assert_eq!(story.account()["state"], "active");
    assert_eq!(story.account()["lapses"], "2030-02-27T17:00:00Z");
    assert_eq!(story.read().status, 200);
}

#[test]
fn in_its_grace_the_account_comes_back_and_after_it_never() {
    let story = leap();
    story.until("2029-01-30T00:00:00Z");
    story.until("2029-03-01T00:00:00Z");
    let refused = story.raise("signed_in");
    assert_eq!((refused.status, refused.json()["reason"].as_str()), (403, Some("closed")));
    story.until("2029-03-30T16:00:00Z");
    assert_eq!(story.raise("restored").status, 204);
    assert_eq!(story.account()["state"], "active");
    assert_eq!(story.read().status, 200);

    let story = leap();
    story.until("2029-01-30T00:00:00Z");
    story.until("2029-03-01T00:00:00Z");
    wait(&story.server, &story.ws, "2029-03-30T17:00:00Z");
    assert_eq!(story.raise("restored").status, 410);
    sweep(&story.server, &story.ws);
    assert_eq!(story.read().status, 410);
    let issued = certificates(&story.server, &story.ws, &story.user);
    assert!(issued.iter().any(|one| one["grade"] == "erased"), "{issued:?}");
}
