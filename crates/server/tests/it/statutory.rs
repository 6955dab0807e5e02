//! Invoices outlive the customer, because tax law asks for them: some fields, for the books, until their day.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use crate::{
    scenarios::stage::{beside, certificate, escrowed, event, from, living, staff, until},
    world::{TestServer, Workspace},
};

pub(crate) const SHOP: &str = include_str!("../policies/shop.toml");
const NAME: &str = "Sari Pembeli";
const EMAIL: &str = "sari.buyer@example.com";
const ADDRESS: &str = "Jalan Melati 7";
const MESSAGE: &str = "leave it with the neighbour";

struct Story {
    server: TestServer,
    ws: Workspace,
    sari: String,
    person: String,
    invoice: String,
    visit: String,
}

/// A workspace of the shop, with a token for each role; `hr` is its finance team.
pub(crate) fn shop(server: &TestServer) -> Workspace {
    let number = server.deployment.create_workspace("shop", SHOP).unwrap();
    let token = |role| {
        let new = engine::token::New { role, subject: None, expires: None };
        server.deployment.token(number, &new).unwrap()
    };
    Workspace {
        number,
        system: token(engine::Role::System),
        admin: token(engine::Role::Admin),
        officer: token(engine::Role::Officer),
        hr: token(engine::Role::Staff("finance".to_owned())),
    }
}

fn bought() -> Story {
    let server = from("2026-03-02T02:00:00Z");
    let ws = shop(&server);
    let sari = server.subject(&ws, &["customer"]);
    let person = server.person(&ws, &sari);
    let fields = json!({"full_name": NAME, "email": EMAIL});
    server.record(&ws.system, &sari, "account", None, fields).id();
    let fields = json!({
        "invoice_number": "INV-0042", "invoice_date": "2026-03-02", "full_name": NAME,
        "amount": {"amount": "125000", "currency": "IDR"}, "address": ADDRESS, "message": MESSAGE,
    });
    let invoice = server.record(&ws.system, &sari, "invoice", None, fields).id();
    let visit = server.record(&ws.system, &sari, "visit", None, json!({"page": "/"})).id();
    Story { server, ws, sari, person, invoice, visit }
}

impl Story {
    fn erase(&self) -> Value {
        let body = json!({"subject": self.sari, "kind": "erasure"});
        let answer = self.server.post(&self.person, "/v1/requests", body);
        assert_eq!(answer.status, 201, "{}", answer.text());
        answer.json()
    }

    fn copies(&self, token: &str) -> Vec<Value> {
        let path = "/v1/statutory?category=invoice&purpose=bookkeeping";
        let answer = self.server.get(token, path);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["copies"].as_array().unwrap().clone()
    }
}

fn minimal() -> Value {
    json!({
        "invoice_number": "INV-0042", "invoice_date": "2026-03-02", "full_name": NAME,
        "amount": {"amount": "125000", "currency": "IDR"},
    })
}

#[test]
fn the_answer_and_the_certificate_say_what_stays_why_and_until_when() {
    let story = bought();
    let Story { server, ws, .. } = &story;
    let answer = story.erase();
    let until = "2036-03-01T17:00:00Z";
    let kept = json!([{
        "reason": "legal_duty", "category": "invoice", "rule": "data.invoice.statutory",
        "purpose": "bookkeeping", "records": 1, "until": until,
    }]);
    assert_eq!((&answer["state"], &answer["kept"]), (&json!("answered"), &kept));
    assert_eq!(answer["erased"], 3);
    let path = format!("/v1/requests/{}", answer["id"].as_str().unwrap());
    assert_eq!(server.get(&ws.officer, &path).json()["kept"], kept);
    let id = answer["certificate"].as_str().unwrap();
    let said = certificate(server, ws, id).1.statement.to_string();
    for word in ["kept_by_law", "data.invoice.statutory", "bookkeeping", until] {
        assert!(said.contains(word), "{word}: {said}");
    }
    assert!(!said.contains("INV-0042"));
}

#[test]
fn only_the_named_fields_stay_for_that_duty_and_nobody_else() {
    let story = bought();
    let Story { server, ws, invoice, visit, sari, person } = &story;
    event(server, ws, visit, "left");
    story.erase();
    assert_eq!(story.copies(&ws.hr)[0]["fields"], minimal());
    assert_eq!(story.copies(&ws.system).len(), 1);
    for purpose in ["billing", "bookkeeping"] {
        let path = format!("/v1/records/{invoice}?purpose={purpose}");
        assert_ne!(server.get(&ws.hr, &path).status, 200);
    }
    let ask = |token: &str, category: &str, purpose: &str| {
        server.get(token, &format!("/v1/statutory?category={category}&purpose={purpose}")).status
    };
    assert_eq!(ask(&ws.hr, "invoice", "billing"), 403);
    assert_eq!(ask(&ws.hr, "account", "bookkeeping"), 403);
    assert_eq!(ask(&staff(server, ws, "support"), "invoice", "bookkeeping"), 403);
    for token in [&ws.officer, &ws.admin, person] {
        assert!(matches!(ask(token, "invoice", "bookkeeping"), 403 | 410), "{token}");
    }
    let copy = &story.copies(&ws.hr)[0];
    let text = copy.to_string();
    for word in [sari.as_str(), invoice, ADDRESS, MESSAGE, EMAIL] {
        assert!(!text.contains(word), "{word} in {text}");
    }
    let find = json!({"field": "account.email", "value": EMAIL, "purpose": "service"});
    assert_eq!(server.post(&ws.system, "/v1/records/find", find).json()["records"], json!([]));
}

#[test]
fn a_copy_has_a_key_of_its_own_that_ends_on_its_day() {
    let story = bought();
    let Story { server, ws, .. } = &story;
    let before = living(server, ws);
    story.erase();
    let slots = slots(server, ws);
    assert_eq!(slots.len(), 1);
    assert!(slots.is_subset(&living(server, ws)) && !before.is_empty());
    let again = json!({"subject": story.sari, "kind": "erasure"});
    assert_eq!(server.post(&ws.system, "/v1/requests", again).status, 410);
    assert_eq!(story.copies(&ws.hr).len(), 1);
    until(server, ws, "2036-03-01T16:59:59Z");
    assert_eq!(story.copies(&ws.hr).len(), 1);
    until(server, ws, "2036-03-01T19:00:00Z");
    assert_eq!(story.copies(&ws.hr), Vec::<Value>::new());
    assert!(slots.is_disjoint(&living(server, ws)));
}

fn slots(server: &TestServer, ws: &Workspace) -> BTreeSet<u32> {
    let opened = server.deployment.workspace(ws.number).unwrap();
    let found = opened.read(|link| {
        Ok(store::value::all(link, "select slot from statutory", &[], |row| row.small(0))?)
    });
    found.unwrap().into_iter().collect()
}

#[test]
fn a_hold_wins_and_the_copy_is_made_at_its_release() {
    let story = bought();
    let Story { server, ws, sari, .. } = &story;
    let hold = json!({"subject": sari, "category": "invoice", "case": "Case 9"});
    let hold = server.post(&ws.officer, "/v1/holds", hold).id();
    let answer = story.erase();
    assert_eq!(answer["state"], "waiting");
    assert_eq!(answer["kept"][0]["reason"], "legal_hold");
    assert_eq!(story.copies(&ws.hr), Vec::<Value>::new());
    let release = format!("/v1/holds/{hold}/release");
    assert_eq!(server.post(&ws.officer, &release, json!({})).status, 200);
    assert_eq!(story.copies(&ws.hr)[0]["fields"], minimal());
}

fn restored(story: Story, set: &std::path::Path) -> Story {
    let Story { server, ws, sari, person, invoice, visit } = story;
    engine::restore::restore(set, &beside(&server, "escrow"), &beside(&server, "new")).unwrap();
    let (folder, clock) = server.stop();
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    let prepare = |setup: &mut engine::Setup| {
        escrowed(setup);
        setup.folder = setup.folder.parent().unwrap().join("new");
    };
    let server = TestServer::open(folder, clock, prepare, |_| {});
    Story { server, ws, sari, person, invoice, visit }
}

#[test]
fn a_backup_from_after_the_erasure_brings_the_copy() {
    let story = bought();
    story.erase();
    until(&story.server, &story.ws, "2026-03-02T03:00:00Z");
    let backups = beside(&story.server, "backups");
    let set = engine::backup::take(&story.server.deployment, &backups, 30).unwrap();
    let story = restored(story, &set.folder);
    assert_eq!(story.copies(&story.ws.hr)[0]["fields"], minimal());
}

#[test]
fn a_backup_from_before_the_erasure_says_that_the_copy_is_lost() {
    let story = bought();
    until(&story.server, &story.ws, "2026-03-02T03:00:00Z");
    let backups = beside(&story.server, "backups");
    let set = engine::backup::take(&story.server.deployment, &backups, 30).unwrap();
    story.erase();
    until(&story.server, &story.ws, "2026-03-02T05:00:00Z");
    let story = restored(story, &set.folder);
    assert_eq!(story.copies(&story.ws.hr), Vec::<Value>::new());
    assert!(slots(&story.server, &story.ws).is_empty());
    let path = format!("/v1/certificates?subject={}", story.sari);
    story.server.deployment.tick().unwrap();
    let issued = story.server.get(&story.ws.officer, &path).json();
    let id = issued["certificates"][0]["id"].as_str().unwrap().to_owned();
    let said = certificate(&story.server, &story.ws, &id).1.statement;
    assert_eq!(said["kept_by_law"][0]["lost_in_a_restore"], true, "{said}");
}
