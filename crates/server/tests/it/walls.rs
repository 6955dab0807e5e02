//! Walls between workspaces: another's id is nobody's, and the answer does not tell which.

use serde_json::json;

use crate::world::{Answer, TestServer, Workspace};

/// One of everything in a workspace.
struct Things {
    subject: String,
    record: String,
    hold: String,
    request: String,
    certificate: String,
    blob: String,
    notice: String,
    grant: String,
    token: String,
}

fn things(server: &TestServer, ws: &Workspace) -> Things {
    let subject = server.subject(ws, &["user"]);
    let record = server.account(ws, &subject, "a@example.com");
    let hold = json!({"subject": subject, "case": "1"});
    let hold = server.post(&ws.admin, "/v1/holds", hold).id();
    let asked = json!({"subject": subject, "kind": "access"});
    let request = server.post(&ws.system, "/v1/requests", asked).id();
    let gone = server.subject(ws, &["user"]);
    let deleted = server.delete(&ws.admin, &format!("/v1/subjects/{gone}"));
    let certificate = deleted.json()["certificate"].as_str().unwrap().to_owned();
    let bearer = format!("Bearer {}", ws.system);
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    let path = format!("/v1/blobs?subject={subject}&category=ticket&field=attachment");
    let blob = server.send("POST", &path, &headers, Some(b"text"));
    let blob = blob.id();
    let token = server.post(&ws.admin, "/v1/tokens", json!({"role": "system"}));
    let token = token.json()["id"].to_string();
    let told = server.get(&ws.system, &format!("/v1/notices?subject={subject}")).json();
    let notice = told["notices"][0]["id"].as_str().unwrap().to_owned();
    let grant = granted(server, ws, &subject, &record);
    Things { subject, record, hold, request, certificate, blob, notice, grant, token }
}

/// Access that support has to a ticket.
fn granted(server: &TestServer, ws: &Workspace, subject: &str, account: &str) -> String {
    let fields = json!({"message": "no sound"});
    let ticket = server.record(&ws.system, subject, "ticket", Some(account), fields).id();
    let made = server.post(&ws.admin, "/v1/tokens", json!({"role": "staff", "staff": "support"}));
    let support = made.json()["token"].as_str().unwrap().to_owned();
    let body = json!({"subject": subject, "purpose": "support", "ticket": ticket});
    server.post(&support, "/v1/grants", body).id()
}

/// Ids of the right form that were never given out.
fn nothing() -> Things {
    let id = |prefix: &str| format!("{prefix}_0000000000000000000000000z");
    Things {
        subject: id("sub"),
        record: id("rec"),
        hold: id("hol"),
        request: id("req"),
        certificate: id("crt"),
        blob: id("blo"),
        notice: id("not"),
        grant: id("gra"),
        token: "4294967295".to_owned(),
    }
}

fn everything(server: &TestServer, ws: &Workspace, ids: &Things) -> Vec<(String, Answer)> {
    let Things { subject, record, hold, request, certificate, blob, notice, grant, token } = ids;
    let mut answers = Vec::new();
    for path in [
        format!("/v1/subjects/{subject}"),
        format!("/v1/records?subject={subject}&purpose=service"),
        format!("/v1/records/{record}?purpose=service"),
        format!("/v1/blobs/{blob}?purpose=service"),
        format!("/v1/consents?subject={subject}"),
        format!("/v1/approvals?subject={subject}"),
        format!("/v1/requests?subject={subject}"),
        format!("/v1/requests/{request}"),
        format!("/v1/requests/{request}/export"),
        format!("/v1/notices?subject={subject}"),
        format!("/v1/ledger/entries?subject={subject}"),
        format!("/v1/certificates?subject={subject}"),
        format!("/v1/certificates/{certificate}"),
    ] {
        answers.push((format!("GET {path}"), server.get(&ws.system, &path)));
    }
    let holds = format!("/v1/holds?subject={subject}");
    answers.push((holds.clone(), server.get(&ws.officer, &holds)));
    for path in [
        format!("/v1/subjects/{subject}"),
        format!("/v1/records/{record}"),
        format!("/v1/records/{record}/key"),
        format!("/v1/tokens/{token}"),
    ] {
        answers.push((format!("DELETE {path}"), server.delete(&ws.admin, &path)));
    }
    let change = server.patch(&ws.system, &format!("/v1/records/{record}"), json!({"fields": {}}));
    answers.push(("PATCH".to_owned(), change));
    let fields = json!({"first_name": "A", "last_name": "B", "email": "c@example.com"});
    for (path, body) in [
        ("/v1/records", json!({"subject": subject, "category": "account", "fields": fields})),
        ("/v1/events", json!({"record": record, "event": "signed_in"})),
        ("/v1/decide", json!({"subject": subject, "category": "account", "purpose": "service"})),
        ("/v1/consents", json!({"subject": subject, "purpose": "automation", "language": "id"})),
        ("/v1/consents/withdraw", json!({"subject": subject, "purpose": "automation"})),
        ("/v1/approvals", json!({"subject": subject, "by": "school"})),
        ("/v1/approvals/withdraw", json!({"subject": subject, "by": "school"})),
        ("/v1/requests", json!({"subject": subject, "kind": "erasure"})),
    ] {
        answers.push((path.to_owned(), server.post(&ws.system, path, body)));
    }
    for (path, body) in [
        ("/v1/holds".to_owned(), json!({"subject": subject, "case": "2"})),
        (format!("/v1/holds/{hold}/release"), json!({})),
        ("/v1/sweeps".to_owned(), json!({"record": record})),
        (format!("/v1/grants/{grant}/approve"), json!({})),
        (format!("/v1/grants/{grant}/withdraw"), json!({})),
        ("/v1/tokens".to_owned(), json!({"role": "person", "subject": subject})),
    ] {
        answers.push((path.clone(), server.post(&ws.admin, &path, body)));
    }
    for path in [format!("/v1/requests/{request}/lift"), format!("/v1/notices/{notice}/seen")] {
        answers.push((path.clone(), server.post(&ws.system, &path, json!({}))));
    }
    answers
}

#[test]
fn an_id_of_another_workspace_answers_as_one_that_never_was() {
    let server = TestServer::start();
    let (a, b) = (server.workspace("a"), server.workspace("b"));
    assert_ne!(a.number, b.number);
    let of_a = things(&server, &a);
    let foreign = everything(&server, &b, &of_a);
    let never = everything(&server, &b, &nothing());
    for ((name, foreign), (_, never)) in foreign.iter().zip(&never) {
        assert_eq!(foreign.status, 404, "{name}: {}", foreign.text());
        assert_eq!(foreign.face(), never.face(), "{name}");
    }
    let still = server.get(&a.system, &format!("/v1/records/{}?purpose=service", of_a.record));
    assert_eq!(still.status, 200, "{}", still.text());
}

#[test]
fn a_value_is_found_in_its_own_workspace_only() {
    let server = TestServer::start();
    let (a, b) = (server.workspace("a"), server.workspace("b"));
    let sari = server.subject(&a, &["user"]);
    server.account(&a, &sari, "sari@example.com");
    let question =
        || json!({"field": "account.email", "value": "sari@example.com", "purpose": "service"});
    let own = server.post(&a.system, "/v1/records/find", question()).json();
    assert_eq!(own["records"].as_array().unwrap().len(), 1);
    let other = server.post(&b.system, "/v1/records/find", question()).json();
    assert_eq!(other, json!({"records": []}));
}
