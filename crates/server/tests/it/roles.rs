//! Every route of the description, with every role and with none.

use serde_json::{Value, json};

use crate::world::{Answer, TestServer};

/// Each route of the description: method, path with parts filled in, roles.
fn routes() -> Vec<(String, String, Vec<String>)> {
    let description = server::openapi(true);
    let mut routes = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            let roles = operation["x-roles"].as_array().unwrap().iter();
            let roles = roles.map(|role| role.as_str().unwrap().to_owned()).collect();
            routes.push((method.to_uppercase(), path.clone(), roles));
        }
    }
    routes
}

fn filled(path: &str) -> String {
    path.replace("{id}", "rec_00000000000000000000000000")
        .replace("{feature}", "chat")
        .replace("{need}", "transparency")
        .replace("{setting}", "nothing")
        .replace("{document}", "nothing")
}

fn call(server: &TestServer, token: Option<&str>, method: &str, path: &str) -> Answer {
    let bearer = token.map(|token| format!("Bearer {token}"));
    let mut headers = vec![("content-type", "application/json")];
    headers.extend(bearer.as_deref().map(|bearer| ("authorization", bearer)));
    let body = (!matches!(method, "GET" | "DELETE")).then_some(&b"{\"nonsense\":1}"[..]);
    server.send(method, &filled(path), &headers, body)
}

#[test]
fn without_a_known_token_every_route_answers_401() {
    let server = TestServer::start();
    server.workspace("main");
    let unknown = format!("janji_{}", "0".repeat(64));
    let routes = routes();
    assert!(routes.len() > 35, "{}", routes.len());
    for (method, path, _) in routes {
        for token in [None, Some("nonsense"), Some(unknown.as_str())] {
            let answer = call(&server, token, &method, &path);
            assert_eq!(answer.status, 401, "{method} {path}");
            assert_eq!(answer.header("www-authenticate"), "Bearer realm=\"janji\"");
            assert_eq!(answer.header("cache-control"), "no-store");
            assert_eq!(answer.json()["type"], "https://janji.dev/problems/unauthorised");
        }
    }
}

#[test]
fn each_role_enters_where_the_table_lets_it_and_nowhere_else() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &sari);
    let tokens = [
        ("system", &ws.system),
        ("admin", &ws.admin),
        ("officer", &ws.officer),
        ("staff", &ws.hr),
        ("person", &person),
    ];
    for (method, path, roles) in routes() {
        for (role, token) in tokens {
            let answer = call(&server, Some(token), &method, &path);
            let forbidden = answer.status == 403
                && answer.json()["type"] == "https://janji.dev/problems/forbidden";
            let may = roles.iter().any(|allowed| allowed == role);
            assert_eq!(forbidden, !may, "{role} {method} {path}: {}", answer.text());
            assert!(answer.status < 500, "{role} {method} {path}: {}", answer.text());
        }
    }
}

#[test]
fn a_person_reaches_nobody_else() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let budi = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &budi, "budi@example.com");
    let person = server.person(&ws, &sari);
    for path in [
        format!("/v1/subjects/{budi}"),
        format!("/v1/records/{account}?purpose=service"),
        format!("/v1/records?subject={budi}&purpose=service"),
        format!("/v1/consents?subject={budi}"),
        format!("/v1/requests?subject={budi}"),
        format!("/v1/notices?subject={budi}"),
        format!("/v1/grants?subject={budi}"),
        format!("/v1/approvals?subject={budi}"),
        format!("/v1/ledger/entries?subject={budi}"),
        format!("/v1/certificates?subject={budi}"),
    ] {
        let answer = server.get(&person, &path);
        assert_eq!(answer.status, 404, "{path}: {}", answer.text());
    }
    let request = json!({"subject": budi, "kind": "erasure"});
    assert_eq!(server.post(&person, "/v1/requests", request).status, 404);
}

#[test]
fn an_unknown_path_and_an_unknown_method_say_so() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let nothing = server.get(&ws.system, "/v1/nothing");
    assert_eq!((nothing.status, nothing.json()["status"].as_u64()), (404, Some(404)));
    let method = server.send("PUT", "/v1/records", &[], Some(b"{}"));
    assert_eq!(method.status, 405);
    assert_eq!(method.header("allow"), "POST, GET");
    assert_eq!(method.json()["type"], "https://janji.dev/problems/method");
}

#[test]
fn an_unknown_field_is_refused_by_name_and_a_value_is_never_repeated() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    let refused = |body: Value| server.post(&ws.system, "/v1/subjects", body);
    let unknown = refused(json!({"people": ["user"], "nickname": "canary-1"}));
    assert_eq!(unknown.status, 422);
    assert_eq!(unknown.json()["field"], "nickname");
    assert!(!unknown.text().contains("canary-1"));
    let typed = refused(json!({"people": "canary-2"}));
    assert_eq!((typed.status, typed.json()["field"].as_str()), (422, Some("people")));
    assert!(!typed.text().contains("canary-2"));
    let value = refused(json!({"people": ["canary-3"]}));
    assert_eq!(value.status, 422);
    assert!(!value.text().contains("canary-3"));
    let query = server.get(&ws.system, "/v1/features?verbose=canary-4");
    assert_eq!((query.status, query.json()["field"].as_str()), (422, Some("verbose")));
    assert!(!query.text().contains("canary-4"));
}
