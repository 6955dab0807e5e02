//! A repeated request gets its first answer again.

use serde_json::json;

use crate::world::TestServer;

#[test]
fn the_same_key_and_request_act_once_and_answer_alike() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"people": ["user"]});
    let first = server.post_with_key(&ws.system, "/v1/subjects", "k-1", &body);
    let again = server.post_with_key(&ws.system, "/v1/subjects", "k-1", &body);
    assert_eq!(first.face(), again.face());
    let other = server.post_with_key(&ws.system, "/v1/subjects", "k-2", &body);
    assert_ne!(first.id(), other.id());
}

#[test]
fn the_same_key_with_another_request_is_refused() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let first = json!({"people": ["user"]});
    server.post_with_key(&ws.system, "/v1/subjects", "k", &first).id();
    let other = json!({"people": ["intern"]});
    let refused = server.post_with_key(&ws.system, "/v1/subjects", "k", &other);
    assert_eq!(refused.status, 422, "{}", refused.text());
    assert_eq!(refused.json()["field"], "Idempotency-Key");
}

#[test]
fn a_key_belongs_to_its_token() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"people": ["user"]});
    let one = server.post_with_key(&ws.system, "/v1/subjects", "k", &body).id();
    let other = server.post_with_key(&ws.admin, "/v1/subjects", "k", &body).id();
    assert_ne!(one, other);
}

#[test]
fn work_of_several_commits_is_done_once_too() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    server.account(&ws, &sari, "sari@example.com");
    let body = json!({"subject": sari, "kind": "erasure"});
    let first = server.post_with_key(&ws.system, "/v1/requests", "k", &body);
    assert_eq!(first.json()["erased"], 1, "{}", first.text());
    let again = server.post_with_key(&ws.system, "/v1/requests", "k", &body);
    assert_eq!(first.face(), again.face());
}

#[test]
fn a_refused_request_is_tried_anew() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let body = json!({"subject": sari, "purpose": "automation"});
    let early = server.post_with_key(&ws.system, "/v1/consents/withdraw", "k", &body);
    assert_eq!(early.status, 404, "{}", early.text());
    let consent = json!({"subject": sari, "purpose": "automation", "language": "id"});
    server.post(&ws.system, "/v1/consents", consent).id();
    let late = server.post_with_key(&ws.system, "/v1/consents/withdraw", "k", &body);
    assert_eq!(late.status, 200, "{}", late.text());
}

#[test]
fn a_token_is_shown_once_and_stored_nowhere() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"role": "system"});
    let first = server.post_with_key(&ws.admin, "/v1/tokens", "k", &body).json();
    let again = server.post_with_key(&ws.admin, "/v1/tokens", "k", &body).json();
    assert_eq!(first["id"], again["id"]);
    assert!(again.get("token").is_none());
    let token = first["token"].as_str().unwrap().as_bytes().to_vec();
    for file in server.files() {
        assert!(!file.windows(token.len()).any(|part| part == token));
    }
}

#[test]
fn a_key_of_no_visible_characters_is_refused() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"people": ["user"]});
    for key in ["a b", &"x".repeat(129)] {
        let refused = server.post_with_key(&ws.system, "/v1/subjects", key, &body);
        assert_eq!(refused.status, 422, "{}", refused.text());
    }
}

#[test]
fn a_key_is_forgotten_after_a_day() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let body = json!({"people": ["user"]});
    let first = server.post_with_key(&ws.system, "/v1/subjects", "k", &body).id();
    server.clock.run(25 * 3_600_000_000);
    let later = server.post_with_key(&ws.system, "/v1/subjects", "k", &body).id();
    assert_ne!(first, later);
}
