//! What a person, a company and an officer do with the interface, end to end.

use serde_json::json;

use crate::world::TestServer;

#[test]
fn a_record_is_written_read_for_a_purpose_changed_and_found() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &sari, "sari@example.com");

    let read = server.get(&ws.system, &format!("/v1/records/{account}?purpose=service"));
    assert_eq!(read.status, 200, "{}", read.text());
    assert_eq!(read.json()["fields"]["email"], "sari@example.com");
    assert_eq!(read.json()["subject"], sari);
    assert_eq!(read.header("cache-control"), "no-store");
    assert_eq!(read.header("x-content-type-options"), "nosniff");

    let path = format!("/v1/records/{account}");
    let changed = server.patch(&ws.system, &path, json!({"fields": {"phone": "+62 811 1234"}}));
    assert_eq!(changed.status, 204, "{}", changed.text());

    let question =
        json!({"field": "account.email", "value": " SARI@example.com", "purpose": "service"});
    let found = server.post(&ws.system, "/v1/records/find", question);
    assert_eq!(found.json()["records"][0]["fields"]["phone"], "+62 811 1234", "{}", found.text());

    let list = server.get(&ws.system, &format!("/v1/records?subject={sari}&purpose=service"));
    assert_eq!(list.json()["records"].as_array().unwrap().len(), 1);
    assert!(list.json().get("next").is_none());
}

#[test]
fn a_list_goes_on_where_the_page_before_ended() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &sari, "sari@example.com");
    for text in ["one", "two", "three"] {
        let fields = json!({"message": text});
        server.record(&ws.system, &sari, "ticket", Some(&account), fields).id();
    }
    let path = format!("/v1/records?subject={sari}&category=ticket&purpose=support&limit=2");
    let first = server.get(&ws.system, &path).json();
    assert_eq!(first["records"].as_array().unwrap().len(), 2);
    let next = first["next"].as_str().unwrap();
    let second = server.get(&ws.system, &format!("{path}&cursor={next}")).json();
    assert_eq!(second["records"].as_array().unwrap().len(), 1);
    assert!(second.get("next").is_none());
}

#[test]
fn a_use_without_a_lawful_purpose_is_denied_and_entered() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &sari, "sari@example.com");

    let read = server.get(&ws.hr, &format!("/v1/records/{account}?purpose=service"));
    assert_eq!(read.status, 403, "{}", read.text());
    assert_eq!(read.header("content-type"), "application/problem+json");
    assert_eq!(read.json()["type"], "https://janji.dev/problems/denied");
    assert!(read.json()["rule"].is_string());

    let person = server.person(&ws, &sari);
    let history = server.get(&person, &format!("/v1/ledger/entries?subject={sari}")).json();
    let entries = history["entries"].as_array().unwrap();
    assert!(entries.iter().any(|entry| entry["act"] == "refused" && entry["role"] == "hr"));
}

#[test]
fn a_decision_can_be_asked_for_without_reading() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["intern"]);
    let ask = |actor: &str, purpose: &str| {
        let question = json!({
            "subject": sari, "category": "engagement", "purpose": purpose, "actor": actor,
        });
        server.post(&ws.officer, "/v1/decide", question)
    };
    let yes = ask("hr", "internal_management");
    assert_eq!(yes.json()["decision"], "allow", "{}", yes.text());
    assert_eq!(yes.json()["basis"], "contract");
    let no = ask("support", "internal_management");
    assert_eq!(no.json()["decision"], "deny");
    assert!(no.json()["rule"].is_string());
    assert_eq!(ask("chef", "internal_management").status, 422);
}

#[test]
fn consent_is_given_and_withdrawn_and_what_rested_on_it_goes() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &sari);
    let account = server.account(&ws, &sari, "sari@example.com");
    let talk = json!({"message": "hello", "author": "person"});

    let before = server.record(&ws.system, &sari, "conversation", Some(&account), talk.clone());
    assert_eq!(before.status, 403, "{}", before.text());
    let consent = json!({"subject": sari, "purpose": "conversation", "language": "id"});
    server.post(&person, "/v1/consents", consent).id();
    let talk = server.record(&ws.system, &sari, "conversation", Some(&account), talk).id();

    let withdrawal = json!({"subject": sari, "purpose": "conversation"});
    let withdrawn = server.post(&person, "/v1/consents/withdraw", withdrawal);
    assert_eq!(withdrawn.json(), json!({"erased": 1, "held": 0}), "{}", withdrawn.text());
    let gone = server.get(&ws.system, &format!("/v1/records/{talk}?purpose=conversation"));
    assert_eq!(gone.status, 410);
    let listed = server.get(&person, &format!("/v1/consents?subject={sari}")).json();
    assert!(listed["consents"][0]["withdrawn"].is_string());
}

#[test]
fn a_hold_wins_over_deletion_and_request_and_its_release_resumes() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &sari);
    let account = server.account(&ws, &sari, "sari@example.com");
    let hold = json!({"subject": sari, "category": "account", "case": "Case 12/2026"});
    let hold = server.post(&ws.officer, "/v1/holds", hold).id();

    for path in [
        format!("/v1/records/{account}"),
        format!("/v1/records/{account}/key"),
        format!("/v1/subjects/{sari}"),
    ] {
        let refused = server.delete(&ws.admin, &path);
        assert_eq!(refused.status, 423, "{path}: {}", refused.text());
        assert_eq!(refused.json()["type"], "https://janji.dev/problems/held");
    }
    let asked = server.post(&person, "/v1/requests", json!({"subject": sari, "kind": "erasure"}));
    assert_eq!(asked.status, 201, "{}", asked.text());
    assert_eq!(asked.json()["state"], "waiting");
    assert_eq!(asked.json()["kept"], json!([{"record": account, "reason": "legal_hold"}]));
    let told = server.get(&person, &format!("/v1/subjects/{sari}")).json();
    assert_eq!(told["state"], "condemned");
    assert!(told["bars"].as_array().unwrap().iter().any(|bar| bar["kind"] == "hold"));

    let released = server.post(&ws.officer, &format!("/v1/holds/{hold}/release"), json!({}));
    assert_eq!(released.json(), json!({"erased": 1}), "{}", released.text());
    assert_eq!(server.get(&ws.system, &format!("/v1/subjects/{sari}")).status, 410);
}

#[test]
fn an_erasure_answers_with_a_certificate_that_can_be_fetched() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    server.account(&ws, &sari, "sari@example.com");
    let asked =
        server.post(&ws.system, "/v1/requests", json!({"subject": sari, "kind": "erasure"}));
    assert_eq!(asked.json()["erased"], 1, "{}", asked.text());
    let certificate = asked.json()["certificate"].as_str().unwrap().to_owned();
    let file = server.get(&ws.system, &format!("/v1/certificates/{certificate}"));
    assert_eq!(file.status, 200, "{}", file.text());
    let ledger = server.get(&ws.system, "/v1/ledger").json();
    let key = ledger["deployment"]["vkey"].as_str().unwrap();
    let trust = ledger::trust::Trust::pinned(vec![key.parse().unwrap()]);
    ledger::certificate::verify(&file.bytes, &trust).unwrap();
    let request = asked.json()["id"].as_str().unwrap().to_owned();
    let read = server.get(&ws.system, &format!("/v1/requests/{request}")).json();
    assert_eq!(read["state"], "answered");
    assert_eq!(read["certificate"], certificate);
}

#[test]
fn a_request_for_access_gives_the_whole_copy_and_no_other_kind_does() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &sari);
    server.account(&ws, &sari, "sari@example.com");
    let ask = |kind: &str| {
        server.post(&person, "/v1/requests", json!({"subject": sari, "kind": kind})).id()
    };
    let access = ask("access");
    let copy = server.get(&person, &format!("/v1/requests/{access}/export"));
    assert_eq!(copy.json()["records"][0]["fields"]["first_name"], "Sari", "{}", copy.text());
    let restriction = ask("restriction");
    let refused = server.get(&person, &format!("/v1/requests/{restriction}/export"));
    assert_eq!(refused.status, 409);
    let lifted = server.post(&person, &format!("/v1/requests/{restriction}/lift"), json!({}));
    assert_eq!(lifted.status, 204, "{}", lifted.text());
    let all = server.get(&person, &format!("/v1/requests?subject={sari}")).json();
    assert_eq!(all["requests"].as_array().unwrap().len(), 2);
}

#[test]
fn what_is_due_is_unreadable_at_once_and_swept_on_demand() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let fields = json!({"ip": "203.0.113.7", "browser": "x"});
    let record = server.record(&ws.system, &sari, "technical", None, fields).id();
    let early = server.post(&ws.admin, "/v1/sweeps", json!({"record": record}));
    assert_eq!(early.status, 409, "{}", early.text());
    let moved = server.post(&ws.admin, "/v1/test/clock", json!({"run": 92 * 86_400}));
    assert_eq!(moved.status, 200, "{}", moved.text());
    let path = format!("/v1/records/{record}?purpose=security");
    assert_eq!(server.get(&ws.system, &path).status, 410);
    let swept = server.post(&ws.admin, "/v1/sweeps", json!({}));
    assert_eq!(swept.json(), json!({"erased": 1, "held": 0}), "{}", swept.text());
}

#[test]
fn a_revoked_token_is_unknown_at_once() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"role": "staff", "staff": "support", "days": 1});
    let made = server.post(&ws.admin, "/v1/tokens", body).json();
    let token = made["token"].as_str().unwrap().to_owned();
    assert_eq!(server.get(&token, "/v1/features").status, 200);
    let revoked = server.delete(&ws.admin, &format!("/v1/tokens/{}", made["id"]));
    assert_eq!(revoked.status, 204, "{}", revoked.text());
    let after = server.get(&token, "/v1/features");
    assert_eq!(after.status, 401);
    assert!(after.header("www-authenticate").starts_with("Bearer"));
}
