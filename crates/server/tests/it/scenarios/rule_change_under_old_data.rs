//! Scenario 19: the policy changes while data live. What was collected under the first version keeps its two
//! years when the second says four; a shorter third acts at once; each certificate names the version.

use engine::publication::Outcome;
use serde_json::{Value, json};

use super::stage::{
    certificate, certificates, engagement, event, from, sweep, until, upload, wait,
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

fn publish(server: &TestServer, source: &str) {
    let done = server.deployment.publish(source).unwrap();
    assert!(matches!(done, Outcome::InForce { .. }), "{done:?}");
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
    publish(&server, &version("2", "4 years"));
    let second = submitted(&server, &ws, &intern, &whole);

    // The public page says four years now, and still what it said before.
    let page = server.send("GET", "/policy.md?lang=en", &[], None).text();
    let before = server.send("GET", "/policy.md?lang=en&version=1", &[], None).text();
    assert!(page.contains("4 years") && before.contains("2 years after"), "{before}");
    assert_eq!(server.send("GET", "/policy.json?version=9", &[], None).status, 404);

    // What was collected under two years keeps two years, to the day.
    wait(&server, &ws, "2028-02-29T16:59:59Z");
    assert_eq!(status(&server, &ws, &first), 200);
    wait(&server, &ws, "2028-02-29T17:00:00Z");
    assert_eq!([status(&server, &ws, &first), status(&server, &ws, &second)], [410, 200]);
    sweep(&server, &ws);
    let said = statement(&server, &ws, &intern);
    assert_eq!((&said["collected_under"], &said["policy"]), (&json!(["1"]), &json!("2")));
    assert_eq!(said["rule"], "data.assignment.keep");

    // A shorter version acts at once on what is there.
    wait(&server, &ws, "2028-06-02T01:00:00Z");
    assert_eq!(status(&server, &ws, &second), 200);
    publish(&server, &version("3", "1 year"));
    assert_eq!(status(&server, &ws, &second), 410);
    sweep(&server, &ws);
    let said = statement(&server, &ws, &intern);
    assert_eq!((&said["collected_under"], &said["policy"]), (&json!(["2"]), &json!("3")));
    let proved = server.get(&ws.officer, "/v1/promises").json();
    let broken: Vec<&Value> =
        proved["promises"].as_array().unwrap().iter().filter(|p| p["state"] == "broken").collect();
    assert!(broken.is_empty(), "{broken:?}");
}
