//! Somebody who graded others is erased: grades and feedback stay, and nothing says who gave them.

use serde_json::{Value, json};

use super::stage::{
    beside, engagement, escrowed, event, from, living, slots, staff, until, upload,
};
use crate::world::{TestServer, Workspace};

const NAME: &str = "Ratna Penilai";
const EMAIL: &str = "ratna.grader@example.com";
const LEARNERS: usize = 8;

struct Story {
    ws: Workspace,
    ratna: String,
    learners: Vec<String>,
    works: Vec<String>,
    readers: Vec<String>,
}

fn graded(server: &TestServer) -> Story {
    let ws = server.workspace("main");
    let ratna = server.subject(&ws, &["employee"]);
    let fields = json!({"first_name": NAME, "last_name": "Guru", "email": EMAIL});
    server.record(&ws.system, &ratna, "account", None, fields).id();
    let (mut learners, mut works) = (Vec::new(), Vec::new());
    for number in 0..LEARNERS {
        let learner = server.subject(&ws, &["intern"]);
        let whole = engagement(server, &ws, &learner);
        let field = "assignment.submission";
        let sent = upload(server, &ws.system, &learner, field, "text/plain", b"an essay").id();
        let fields = json!({"submission": sent});
        let work = server.record(&ws.system, &learner, "assignment", Some(&whole), fields).id();
        event(server, &ws, &work, "submitted");
        let mark = json!({"fields": {
            "grade": format!("{}", 70 + number), "feedback": "well argued", "grader": ratna,
        }});
        let graded = server.patch(&ws.system, &format!("/v1/records/{work}"), mark);
        assert_eq!(graded.status, 204, "{}", graded.text());
        learners.push(learner);
        works.push(work);
    }
    let readers = learners.iter().map(|learner| server.person(&ws, learner)).collect();
    Story { ws, ratna, learners, works, readers }
}

fn read(server: &TestServer, token: &str, work: &str) -> Value {
    let path = format!("/v1/records/{work}?purpose=internal_management");
    let answer = server.get(token, &path);
    assert_eq!(answer.status, 200, "{}", answer.text());
    answer.json()["fields"].clone()
}

fn copy(server: &TestServer, token: &str, subject: &str) -> Value {
    let asked = server.post(token, "/v1/requests", json!({"subject": subject, "kind": "access"}));
    let copy = server.get(token, &format!("/v1/requests/{}/export", asked.id()));
    assert_eq!(copy.status, 200, "{}", copy.text());
    copy.json()
}

/// Every way in which learners, staff and the backend see the grades says no more than this.
fn nobody_is_named(server: &TestServer, story: &Story) {
    let Story { ws, ratna, learners, works, readers } = story;
    let mut said = Vec::new();
    for ((learner, work), reader) in learners.iter().zip(works).zip(readers) {
        for token in [reader, &ws.system, &staff(server, ws, "grader")] {
            let fields = read(server, token, work);
            assert_eq!(fields["grader"], json!({"erased": true}));
            assert_eq!(fields["feedback"], "well argued");
        }
        said.push(copy(server, reader, learner).to_string());
        let list = format!(
            "/v1/records?subject={learner}&category=assignment&purpose=internal_management"
        );
        said.push(server.get(&ws.hr, &list).text());
    }
    let find = json!({"field": "account.email", "value": EMAIL, "purpose": "service"});
    said.push(server.post(&ws.system, "/v1/records/find", find).text());
    for text in said {
        for word in [NAME, EMAIL, ratna] {
            assert!(!text.contains(word), "{word} in {text}");
        }
    }
}

#[test]
fn grades_stay_for_their_two_years_and_nothing_says_who_gave_them() {
    let server = from("2026-03-02T02:00:00Z");
    let story = graded(&server);
    let Story { ws, ratna, works, readers, .. } = &story;
    let own = server.person(ws, ratna);
    assert_eq!(read(&server, &readers[0], &works[0])["grader"], json!(ratna));
    let named = json!([{"category": "assignment", "field": "grader", "records": LEARNERS}]);
    assert_eq!(copy(&server, &own, ratna)["mentions"], named);
    let keys = slots(&server, ws, ratna);
    let erased = server.post(&own, "/v1/requests", json!({"subject": ratna, "kind": "erasure"}));
    assert_eq!(erased.json()["state"], "answered", "{}", erased.text());
    assert!(living(&server, ws).is_disjoint(&keys));
    nobody_is_named(&server, &story);
    let again = json!({"fields": {"grader": ratna}});
    let path = format!("/v1/records/{}", works[0]);
    assert_eq!(server.patch(&ws.system, &path, again).status, 422);
    until(&server, ws, "2028-03-01T16:00:00Z");
    assert_eq!(read(&server, &ws.system, &works[0])["grade"], "70");
    until(&server, ws, "2028-03-02T00:00:00Z");
    let path = format!("{path}?purpose=internal_management");
    assert_eq!(server.get(&ws.system, &path).status, 410);
}

#[test]
fn a_learner_takes_submission_and_feedback_along() {
    let server = from("2026-03-02T02:00:00Z");
    let story = graded(&server);
    let Story { ws, ratna, learners, works, readers } = &story;
    let erasure = json!({"subject": learners[0], "kind": "erasure"});
    assert_eq!(server.post(&readers[0], "/v1/requests", erasure).json()["state"], "answered");
    let path = format!("/v1/records/{}?purpose=internal_management", works[0]);
    assert_eq!(server.get(&ws.system, &path).status, 410);
    let own = server.person(ws, ratna);
    let named = json!([{"category": "assignment", "field": "grader", "records": LEARNERS - 1}]);
    assert_eq!(copy(&server, &own, ratna)["mentions"], named);
    assert_eq!(read(&server, &readers[1], &works[1])["grader"], json!(ratna));
}

#[test]
fn an_id_of_another_workspace_names_nobody_here() {
    let server = from("2026-03-02T02:00:00Z");
    let story = graded(&server);
    let there = server.workspace("other");
    let stranger = server.subject(&there, &["employee"]);
    let patch = |id: &str| {
        let path = format!("/v1/records/{}", story.works[0]);
        server.patch(&story.ws.system, &path, json!({"fields": {"grader": id}}))
    };
    let never = "sub_00000000000000000000000000";
    assert_eq!(patch(&stranger).status, 422);
    assert_eq!(patch(&stranger).face(), patch(never).face());
    assert!(!patch(&stranger).text().contains(&stranger));
}

#[test]
fn a_restored_backup_names_nobody_who_was_erased_since() {
    let server = from("2026-03-02T02:00:00Z");
    let story = graded(&server);
    until(&server, &story.ws, "2026-03-02T03:00:00Z");
    let set = engine::backup::take(&server.deployment, &beside(&server, "backups"), 30).unwrap();
    let erasure = json!({"subject": story.ratna, "kind": "erasure"});
    let erased = server.post(&story.ws.system, "/v1/requests", erasure);
    assert_eq!(erased.json()["state"], "answered", "{}", erased.text());
    until(&server, &story.ws, "2026-03-02T05:00:00Z");
    engine::restore::restore(&set.folder, &beside(&server, "escrow"), &beside(&server, "new"))
        .unwrap();
    let (folder, clock) = server.stop();
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    let prepare = |setup: &mut engine::Setup| {
        escrowed(setup);
        setup.folder = setup.folder.parent().unwrap().join("new");
    };
    let server = TestServer::open(folder, clock, prepare, |_| {});
    nobody_is_named(&server, &story);
    let ws = server.deployment.workspace(story.ws.number).unwrap();
    let left = ws.read(|link| {
        Ok(store::value::all(link, "select rid from mention", &[], |row| row.number(0))?)
    });
    assert_eq!(left.unwrap(), Vec::<u64>::new());
}
