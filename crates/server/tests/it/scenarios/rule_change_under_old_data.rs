//! Scenario 19: the policy changes while data live. What was collected under the first version is kept as long
//! as the second says only where people were told in full time and the basis allows it; a shorter third acts
//! when its notice has run out; each certificate names the versions.

use engine::{publication::Outcome, time};
use serde_json::{Value, json};

use super::stage::{
    certificate, certificates, consent, engagement, event, from, sweep, until, upload, wait,
};
use crate::world::{POLICY, TestServer, Workspace};

const KEEP: &str = "keep     = \"2 years after submitted\"\ncovers   = { fields = [\"ASH-20\"]";

fn version(name: &str, period: &str) -> String {
    let keep = KEEP.replace("2 years", period);
    assert!(POLICY.contains(KEEP));
    POLICY
        .replacen("version   = \"1\"", &format!("version   = \"{name}\""), 1)
        .replacen(KEEP, &keep, 1)
}

/// Publishes, and answers when it comes into force.
fn publish(server: &TestServer, source: &str) -> String {
    let effective = match server.deployment.publish(source).unwrap() {
        Outcome::Announced { effective, .. } => Some(effective),
        Outcome::InForce { .. } | Outcome::Refused(_) => None,
    };
    time::rfc3339(effective.unwrap())
}

fn submitted(server: &TestServer, ws: &Workspace, whose: &str, whole: &str) -> String {
    let work = upload(server, &ws.system, whose, "assignment.submission", "text/plain", b"work");
    let fields = json!({"submission": work.id()});
    let rid = server.record(&ws.system, whose, "assignment", Some(whole), fields).id();
    event(server, ws, &rid, "submitted");
    rid
}

fn status(server: &TestServer, ws: &Workspace, rid: &str) -> u16 {
    server.get(&ws.hr, &format!("/v1/records/{rid}?purpose=internal_management")).status
}

/// The statement of the newest certificate about a person.
fn statement(server: &TestServer, ws: &Workspace, whose: &str) -> Value {
    let listed = certificates(server, ws, whose);
    certificate(server, ws, listed[0]["id"].as_str().unwrap()).1.statement
}

#[test]
fn scenario_19_a_rule_change_under_old_data() {
    let server = from("2026-03-01T01:00:00Z");
    let ws = server.workspace("main");
    let intern = server.subject(&ws, &["intern"]);
    let whole = engagement(&server, &ws, &intern);
    let first = submitted(&server, &ws, &intern, &whole);
    until(&server, &ws, "2026-06-01T01:00:00Z");
    assert_eq!(publish(&server, &version("2", "4 years")), "2026-06-15T01:00:00Z");

    // Until its notice has run out nothing changes; the page says what is coming, and when.
    let page = |query: &str| server.send("GET", &format!("/policy{query}"), &[], None).text();
    until(&server, &ws, "2026-06-15T00:59:59Z");
    assert!(page(".md?lang=en").contains("2 years after"));
    assert!(page("?lang=en").contains("A new version is announced"));
    assert!(page("?lang=en&version=2").contains("announced and not in force"));
    until(&server, &ws, "2026-06-15T01:00:00Z");
    assert!(page(".md?lang=en").contains("4 years"));
    assert!(page(".md?lang=en&version=1").contains("2 years after"), "it says what it said");
    let changed = "What changed since the last version";
    assert!(page(".md?lang=en").contains(changed), "the new page says what is new in it");
    assert!(!page(".md?lang=en&version=1").contains(changed), "the first has nothing before it");
    assert_eq!(server.send("GET", "/policy.json?version=9", &[], None).status, 404);
    let second = submitted(&server, &ws, &intern, &whole);

    // Notice was given in full, and a contract and a legal duty allow it: four years for the first one too.
    until(&server, &ws, "2028-02-29T17:00:00Z");
    assert_eq!([status(&server, &ws, &first), status(&server, &ws, &second)], [200, 200]);

    // A shorter version acts on everything as soon as it is in force, and not a second before.
    until(&server, &ws, "2028-06-02T01:00:00Z");
    assert_eq!(publish(&server, &version("3", "1 year")), "2028-06-16T01:00:00Z");
    until(&server, &ws, "2028-06-16T00:59:59Z");
    assert_eq!([status(&server, &ws, &first), status(&server, &ws, &second)], [200, 200]);
    until(&server, &ws, "2028-06-16T01:00:00Z");
    assert_eq!([status(&server, &ws, &first), status(&server, &ws, &second)], [410, 410]);
    sweep(&server, &ws);
    let listed = certificates(&server, &ws, &intern);
    let said = listed.iter().map(|one| {
        let said = certificate(&server, &ws, one["id"].as_str().unwrap()).1.statement;
        assert_eq!((&said["rule"], &said["policy"]), (&json!("data.assignment.keep"), &json!("3")));
        said["collected_under"].clone()
    });
    // Both are issued in the same moment, so that their order means nothing.
    let said: Vec<Value> = said.collect();
    assert!(said.len() == 2 && [json!(["1"]), json!(["2"])].iter().all(|one| said.contains(one)));
    let proved = server.get(&ws.officer, "/v1/promises").json();
    let broken: Vec<&Value> =
        proved["promises"].as_array().unwrap().iter().filter(|p| p["state"] == "broken").collect();
    assert!(broken.is_empty(), "{broken:?}");
}

const TALK: &str = "for      = [\"conversation\"]\nkeep     = \"1 year\"";

#[test]
fn scenario_19_what_rests_on_consent_keeps_the_shorter_time() {
    let server = from("2026-03-01T01:00:00Z");
    let ws = server.workspace("main");
    let user = server.subject(&ws, &["user"]);
    let fields = json!({"first_name": "Sari", "last_name": "Dewi", "email": "sari@example.com"});
    let account = server.record(&ws.system, &user, "account", None, fields).id();
    consent(&server, &ws, &user, "conversation");
    let talk = |server: &TestServer| {
        let fields = json!({"message": "hello", "author": "person"});
        server.record(&ws.system, &user, "conversation", Some(&account), fields).id()
    };
    let first = talk(&server);
    let named = |name: &str, period: &str| {
        let named = format!("version   = \"{name}\"");
        let text = POLICY.replacen("version   = \"1\"", &named, 1);
        text.replacen(TALK, &TALK.replace("1 year", period), 1)
    };
    until(&server, &ws, &publish(&server, &named("2", "3 years")));
    consent(&server, &ws, &user, "conversation");
    until(&server, &ws, "2027-02-20T01:00:00Z");
    event(&server, &ws, &account, "signed_in");
    let second = talk(&server);
    let read =
        |id: &str| server.get(&ws.system, &format!("/v1/records/{id}?purpose=conversation")).status;
    wait(&server, &ws, "2027-02-28T16:59:59Z");
    assert_eq!([read(&first), read(&second)], [200, 200]);
    wait(&server, &ws, "2027-02-28T17:00:00Z");
    assert_eq!([read(&first), read(&second)], [410, 200], "the consent covered one year");
    sweep(&server, &ws);
    let said = statement(&server, &ws, &user);
    assert_eq!((&said["collected_under"], &said["policy"]), (&json!(["1"]), &json!("2")));
}
