//! Scenarios 33 and 40: staff look into one thing, for a reason, for as long as the reason lasts.

use serde_json::{Value, json};

use super::stage::{event, from, until};
use crate::world::{Answer, POLICY, TestServer, Workspace};

struct Story {
    server: TestServer,
    ws: Workspace,
    user: String,
    person: String,
    account: String,
    support: String,
    other: String,
}

/// A person with an account and two who help, under what the purpose of support needs.
fn under(needs: &str) -> Story {
    let plain = r#"by = ["support"], needs = ["ticket"] }"#;
    assert!(POLICY.contains(plain));
    let policy = POLICY.replace(plain, &format!(r#"by = ["support"], {needs} }}"#));
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace_of("main", &policy);
    let user = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &user);
    let account = server.account(&ws, &user, "sari@example.com");
    let [support, other] =
        ["support", "support"].map(|role| super::stage::staff(&server, &ws, role));
    Story { server, ws, user, person, account, support, other }
}

const ITEM: &str = r#"needs = ["named_item", "second_person"], lasts = "1 hour""#;
const TICKET: &str = r#"needs = ["ticket"]"#;

impl Story {
    fn ticket(&self) -> String {
        let fields = json!({"message": "no sound"});
        self.server.record(&self.ws.system, &self.user, "ticket", Some(&self.account), fields).id()
    }

    fn read(&self, token: &str, record: &str) -> Answer {
        self.server.get(token, &format!("/v1/records/{record}?purpose=support"))
    }

    fn ask(&self, body: &Value) -> Answer {
        let mut asked = json!({"subject": self.user, "purpose": "support"});
        for (name, value) in body.as_object().unwrap() {
            asked[name] = value.clone();
        }
        self.server.post(&self.support, "/v1/grants", asked)
    }

    fn approve(&self, token: &str, id: &str) -> Answer {
        self.server.post(token, &format!("/v1/grants/{id}/approve"), json!({}))
    }

    fn until(&self, time: &str) {
        until(&self.server, &self.ws, time);
    }

    fn needs(&self, record: &str) {
        let refused = self.read(&self.support, record);
        assert_eq!(refused.status, 403, "{}", refused.text());
        assert_eq!(refused.json()["reason"], "needs", "{}", refused.text());
        assert_eq!(refused.json()["rule"], "purpose.support.needs");
    }
}

#[test]
fn one_item_is_shown_for_one_hour_when_its_owner_and_a_second_person_say_so() {
    let story = under(ITEM);
    let (x, y) = (story.ticket(), story.ticket());
    story.needs(&x);
    assert_eq!(story.ask(&json!({})).status, 422, "an item is named");
    let id = story.ask(&json!({"record": x})).id();
    story.needs(&x);
    assert_eq!(story.approve(&story.support, &id).status, 403, "nobody approves their own");
    assert_eq!(story.approve(&story.ws.admin, &id).status, 409);
    assert_eq!(story.approve(&story.ws.hr, &id).status, 403);
    let stranger = story.server.subject(&story.ws, &["user"]);
    let stranger = story.server.person(&story.ws, &stranger);
    assert_eq!(story.approve(&stranger, &id).status, 404);
    assert_eq!(story.approve(&story.other, &id).json()["state"], "asked");
    story.needs(&x);
    let given = story.approve(&story.person, &id).json();
    assert_eq!(
        (&given["state"], &given["until"]),
        (&json!("standing"), &json!("2026-03-02T03:00:00Z"))
    );

    assert_eq!(story.read(&story.support, &x).status, 200);
    story.needs(&y);
    assert_eq!(story.read(&story.other, &x).status, 403, "it was given to another");
    let history = format!("/v1/ledger/entries?subject={}", story.user);
    let history = story.server.get(&story.person, &history).json();
    let named = |entry: &&Value| entry["act"] == "read" && entry["rule"] == id;
    assert_eq!(history["entries"].as_array().unwrap().iter().filter(named).count(), 1, "{history}");
    story.until("2026-03-02T02:59:59Z");
    assert_eq!(story.read(&story.support, &x).status, 200);
    story.until("2026-03-02T03:00:00Z");
    story.needs(&x);
}

#[test]
fn access_that_is_withdrawn_ends_at_once() {
    let story = under(ITEM);
    let x = story.ticket();
    for ender in [&story.person, &story.ws.admin, &story.support] {
        let id = story.ask(&json!({"record": x})).id();
        story.approve(&story.person, &id);
        story.approve(&story.other, &id);
        assert_eq!(story.read(&story.support, &x).status, 200);
        let path = format!("/v1/grants/{id}/withdraw");
        assert_eq!(story.server.post(&story.other, &path, json!({})).status, 404);
        assert_eq!(story.server.post(ender, &path, json!({})).status, 204);
        story.needs(&x);
        assert_eq!(story.approve(&story.person, &id).status, 409);
    }
}

#[test]
fn access_ends_at_each_resolution_of_its_ticket_and_the_year_runs_from_the_last() {
    let story = under(TICKET);
    let Story { server, ws, support, .. } = &story;
    let (ticket, beside) = (story.ticket(), story.ticket());
    story.needs(&ticket);
    assert_eq!(story.ask(&json!({})).status, 422, "a ticket is named");
    assert_eq!(story.ask(&json!({"ticket": story.account})).status, 422, "that is no ticket");
    let given = story.ask(&json!({"ticket": ticket})).json();
    assert_eq!(given["state"], "standing", "{given}");
    assert_eq!(story.read(support, &ticket).status, 200);
    story.needs(&beside);
    story.until("2026-04-01T02:00:00Z");
    event(server, ws, &ticket, "resolved");
    story.needs(&ticket);
    assert_eq!(story.ask(&json!({"ticket": ticket})).status, 422, "it is resolved");
    story.until("2027-02-01T02:00:00Z");
    event(server, ws, &story.account, "signed_in");
    event(server, ws, &ticket, "reopened");
    story.needs(&ticket);
    story.ask(&json!({"ticket": ticket})).id();
    assert_eq!(story.read(support, &ticket).status, 200);
    story.until("2027-02-10T02:00:00Z");
    event(server, ws, &ticket, "resolved");
    story.needs(&ticket);
    let own = |time: &str| {
        story.until(time);
        story.read(&ws.system, &ticket).status
    };
    event(server, ws, &story.account, "signed_in");
    assert_eq!(own("2027-04-02T02:00:00Z"), 200, "the first year does not count");
    event(server, ws, &story.account, "signed_in");
    assert_eq!(own("2028-02-09T16:59:59Z"), 200);
    assert_eq!(own("2028-02-09T17:00:00Z"), 410);
}

#[test]
fn a_workspace_gives_access_and_the_officer_approves_a_case() {
    let story = under(r#"needs = ["workspace_grant", "legal_case"], lasts = "8 hours""#);
    let x = story.ticket();
    assert_eq!(story.ask(&json!({})).status, 422, "a case is named");
    let id = story.ask(&json!({"case": "canary-case-7"})).id();
    assert_eq!(story.approve(&story.person, &id).status, 409);
    assert_eq!(story.approve(&story.ws.admin, &id).json()["state"], "asked");
    story.needs(&x);
    assert_eq!(story.approve(&story.ws.officer, &id).json()["state"], "standing");
    assert_eq!(story.read(&story.support, &x).status, 200);
    let told = story.server.get(&story.ws.admin, "/v1/grants");
    assert!(!told.text().contains("canary-case-7"));
    let lies = |file: &Vec<u8>| file.windows(13).any(|window| window == b"canary-case-7");
    assert!(!story.server.files().iter().any(lies), "the case is sealed");
    story.until("2026-03-02T10:00:00Z");
    story.needs(&x);
}
