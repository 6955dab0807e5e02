//! The children's gate: who is too young, who must agree, and the day on which nobody else answers any more.

use serde_json::{Value, json};

use crate::{
    scenarios::stage::{from, until, wait},
    world::{Answer, TestServer, Workspace},
};

const TAPSENCE: &str = include_str!("../../../../policies/tapsence.toml");

/// Makes a person born on a day.
pub(crate) fn born(server: &TestServer, ws: &Workspace, people: &str, day: &str) -> Answer {
    let body = json!({"people": [people], "country": "ID", "born": day});
    server.post(&ws.system, "/v1/subjects", body)
}

/// Records what an approver said; answers whose approval is missing then.
pub(crate) fn says(server: &TestServer, ws: &Workspace, act: &str, whose: &str, by: &str) -> Value {
    let body = json!({"subject": whose, "by": by});
    let said = server.post(&ws.officer, &format!("/v1/approvals{act}"), body);
    assert!(said.status < 300, "{}", said.text());
    said.json()["missing"].clone()
}

pub(crate) fn write(server: &TestServer, ws: &Workspace, whose: &str) -> Answer {
    let fields = json!({"first_name": "Sari", "last_name": "Dewi", "email": "sari@example.org"});
    server.record(&ws.system, whose, "account", None, fields)
}

pub(crate) fn refused(answer: &Answer, reason: &str, rule: &str) {
    let told = answer.json();
    assert_eq!(answer.status, 403, "{}", answer.text());
    assert_eq!((&told["reason"], &told["rule"]), (&json!(reason), &json!(rule)), "{told}");
}

fn shut(answer: &Answer) {
    refused(answer, "approval", "children.approval.by");
}

fn counted(server: &TestServer, ws: &Workspace, sql: &'static str) -> u64 {
    let opened = server.deployment.workspace(ws.number).unwrap();
    let count = opened.read(|link| Ok(store::value::one(link, sql, &[], |row| row.number(0))?));
    count.unwrap().unwrap()
}

#[test]
fn nothing_of_an_intern_under_18_is_there_before_parent_and_school_agree() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let sari = born(&server, &ws, "intern", "2009-07-23").id();
    let person = server.person(&ws, &sari);
    let consent = json!({"subject": sari, "purpose": "conversation", "language": "id"});
    shut(&write(&server, &ws, &sari));
    assert_eq!(says(&server, &ws, "", &sari, "guardian"), json!(["school"]));
    shut(&write(&server, &ws, &sari));
    shut(&server.post(&person, "/v1/consents", consent.clone()));
    let path = format!("/v1/blobs?subject={sari}&category=ticket&field=attachment");
    let bearer = format!("Bearer {}", ws.system);
    let headers = [("authorization", bearer.as_str()), ("content-type", "text/plain")];
    shut(&server.send("POST", &path, &headers, Some(b"text")));
    assert_eq!(counted(&server, &ws, "select count(*) from record"), 0);
    assert_eq!(counted(&server, &ws, "select count(*) from blob"), 0);
    assert_eq!(says(&server, &ws, "", &sari, "school"), json!([]));
    let account = write(&server, &ws, &sari).id();
    let read =
        |purpose: &str| server.get(&ws.system, &format!("/v1/records/{account}?purpose={purpose}"));
    assert_eq!(read("service").status, 200);
    assert_eq!(server.post(&person, "/v1/consents", consent).status, 201);
    // The parent withdraws: nothing is used from that moment, by anybody; the copy of what is held is a right.
    assert_eq!(says(&server, &ws, "/withdraw", &sari, "guardian"), json!(["guardian"]));
    shut(&read("service"));
    shut(&server.get(&person, &format!("/v1/records/{account}?purpose=service")));
    shut(&server.get(&ws.system, &format!("/v1/records?subject={sari}&purpose=service")));
    shut(&server.patch(&ws.system, &format!("/v1/records/{account}"), json!({"fields": {}})));
    let asked = json!({"subject": sari, "kind": "access"});
    let asked = server.post(&person, "/v1/requests", asked).id();
    let copy = server.get(&person, &format!("/v1/requests/{asked}/export"));
    assert_eq!(copy.json()["born"], "2009-07-23", "{}", copy.text());
    assert_eq!(copy.json()["approvals"].as_array().unwrap().len(), 2);
    assert_eq!(says(&server, &ws, "", &sari, "guardian"), json!([]));
    assert_eq!(read("service").status, 200);
}

#[test]
fn at_18_the_gate_opens_by_itself_and_only_the_persons_own_consent_counts() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let sari = born(&server, &ws, "intern", "2008-03-20").id();
    let person = server.person(&ws, &sari);
    says(&server, &ws, "", &sari, "guardian");
    says(&server, &ws, "", &sari, "school");
    let account = write(&server, &ws, &sari).id();
    let consent = json!({"subject": sari, "purpose": "conversation", "language": "id"});
    let first = server.post(&ws.system, "/v1/consents", consent.clone()).id();
    let talk = json!({"message": "halo", "author": "intern"});
    let talk = server.record(&ws.system, &sari, "conversation", Some(&account), talk).id();
    let read = |record: &str, purpose: &str| {
        server.get(&ws.system, &format!("/v1/records/{record}?purpose={purpose}"))
    };
    assert_eq!(read(&talk, "conversation").status, 200);
    says(&server, &ws, "/withdraw", &sari, "guardian");
    wait(&server, &ws, "2026-03-19T16:59:59Z");
    shut(&read(&account, "service"));
    wait(&server, &ws, "2026-03-19T17:00:00Z");
    for swept in [false, true] {
        if swept {
            until(&server, &ws, "2026-03-19T18:00:00Z");
        }
        assert_eq!(read(&account, "service").status, 200, "{swept}");
        refused(&read(&talk, "conversation"), "no_consent", "purpose.conversation.basis");
        let path = format!("/v1/approvals?subject={sari}");
        let approvals = server.get(&person, &path).json();
        assert_eq!(approvals["missing"], json!([]));
        let by = json!({"subject": sari, "by": "guardian"});
        assert_eq!(server.post(&ws.officer, "/v1/approvals", by).status, 409);
    }
    assert_eq!(counted(&server, &ws, "select count(*) from minor"), 0);
    assert_eq!(counted(&server, &ws, "select count(*) from approval where withdrawn is null"), 0);
    assert_ne!(server.post(&person, "/v1/consents", consent).id(), first);
    assert_eq!(read(&talk, "conversation").status, 200);
    let told = server.get(&ws.officer, "/v1/promises").json();
    for one in told["promises"].as_array().unwrap() {
        assert!(one["state"] != "broken" && one["state"] != "due", "{one}");
    }
}

#[test]
fn who_was_born_on_a_leap_day_comes_of_age_on_the_first_of_march() {
    let server = from("2026-02-27T02:00:00Z");
    let ws = server.workspace("main");
    let sari = born(&server, &ws, "intern", "2008-02-29").id();
    wait(&server, &ws, "2026-02-28T16:59:59Z");
    shut(&write(&server, &ws, &sari));
    wait(&server, &ws, "2026-02-28T17:00:00Z");
    assert_eq!(write(&server, &ws, &sari).status, 201);
}

#[test]
fn a_day_of_birth_is_kept_only_where_it_decides_something() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    born(&server, &ws, "user", "2009-07-23").id();
    born(&server, &ws, "intern", "1990-07-23").id();
    let declared = server.subject(&ws, &["intern"]);
    assert_eq!(counted(&server, &ws, "select count(*) from minor"), 0);
    assert_eq!(write(&server, &ws, &declared).status, 201);
    let path = format!("/v1/ledger/entries?subject={declared}");
    let entries = server.get(&ws.officer, &path).json();
    let rules: Vec<&Value> =
        entries["entries"].as_array().unwrap().iter().map(|entry| &entry["rule"]).collect();
    assert!(rules.contains(&&json!("children.min_age (declared)")), "{rules:?}");
}

#[test]
fn a_day_of_birth_that_is_none_is_refused_and_not_repeated() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    for day in ["2009-02-30", "2027-01-01", "20090723", "2009-07-23T00:00:00", "yesterday"] {
        let answer = born(&server, &ws, "intern", day);
        assert_eq!((answer.status, answer.json()["field"].as_str()), (422, Some("born")), "{day}");
        assert!(!answer.text().contains(day), "{}", answer.text());
    }
}

#[test]
fn approvals_are_for_those_whom_the_policy_names_and_those_who_need_them() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let grown = server.subject(&ws, &["intern"]);
    let sari = born(&server, &ws, "intern", "2009-07-23").id();
    let give = |act: &str, whose: &str, by: &str| {
        let body = json!({"subject": whose, "by": by});
        server.post(&ws.system, &format!("/v1/approvals{act}"), body).status
    };
    assert_eq!(give("", &grown, "guardian"), 409);
    assert_eq!(give("", &sari, "employer"), 422);
    assert_eq!(give("/withdraw", &sari, "guardian"), 404);
    assert_eq!(give("", &sari, "guardian"), 201);
    assert_eq!(give("/withdraw", &sari, "guardian"), 200);
    assert_eq!(give("/withdraw", &sari, "guardian"), 200);
}

#[test]
fn the_youngest_age_may_be_a_setting_and_a_country_may_ask_for_approval() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.bare_workspace("main", TAPSENCE, "manager");
    let make = |day: &str, country: Option<&str>| {
        let mut body = json!({"people": ["employee"], "born": day});
        if let Some(country) = country {
            body["country"] = country.into();
        }
        server.post(&ws.system, "/v1/subjects", body)
    };
    refused(&make("2010-03-03", Some("AU")), "too_young", "children.min_age");
    let missing = |id: String| {
        server.get(&ws.officer, &format!("/v1/approvals?subject={id}")).json()["missing"].clone()
    };
    assert_eq!(missing(make("2010-03-02", Some("AU")).id()), json!([]));
    assert_eq!(missing(make("2010-03-02", Some("ID")).id()), json!(["guardian"]));
    assert_eq!(missing(make("2010-03-02", None).id()), json!(["guardian"]));
    let floor = json!({"value": 17});
    assert_eq!(server.put(&ws.admin, "/v1/settings/age_floor", floor).status, 204);
    refused(&make("2010-03-02", Some("AU")), "too_young", "children.min_age");
    assert_eq!(make("2009-03-02", Some("AU")).status, 201);
}
