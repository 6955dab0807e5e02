//! A workspace ends: closed at once, its people erased after sixty days, what the law keeps stays.

use serde_json::{Value, json};

use crate::{
    scenarios::stage::{beside, certificates, escrowed, from, pinned, until},
    statutory::shop,
    world::{TestServer, Workspace},
};

struct Story {
    server: TestServer,
    ws: Workspace,
    sari: String,
    person: String,
    account: String,
}

fn running() -> Story {
    let server = from("2026-03-02T02:00:00Z");
    let ws = shop(&server);
    let sari = server.subject(&ws, &["customer"]);
    let person = server.person(&ws, &sari);
    let fields = json!({"full_name": "Sari", "email": "sari@example.org"});
    let account = server.record(&ws.system, &sari, "account", None, fields).id();
    let fields = json!({
        "invoice_number": "INV-1", "invoice_date": "2026-03-02",
        "amount": {"amount": "1000", "currency": "IDR"},
    });
    server.record(&ws.system, &sari, "invoice", None, fields).id();
    Story { server, ws, sari, person, account }
}

impl Story {
    fn close(&self) -> Value {
        let closed = self.server.post(&self.ws.admin, "/v1/workspace/close", json!({}));
        assert_eq!(closed.status, 200, "{}", closed.text());
        closed.json()
    }

    fn read(&self) -> (u16, Value) {
        let path = format!("/v1/records/{}?purpose=service", self.account);
        let answer = self.server.get(&self.ws.system, &path);
        (answer.status, answer.json()["reason"].clone())
    }

    fn copies(&self, token: &str) -> usize {
        let path = "/v1/statutory?category=invoice&purpose=bookkeeping";
        self.server.get(token, path).json()["copies"].as_array().map_or(0, Vec::len)
    }
}

#[test]
fn a_closed_workspace_takes_nothing_and_is_used_for_nothing() {
    let story = running();
    let Story { server, ws, sari, person, account } = &story;
    assert_eq!(server.post(&ws.system, "/v1/workspace/close", json!({})).status, 403);
    let closed = story.close();
    assert_eq!((&closed["until"], &closed["held"]), (&json!("2026-04-30T17:00:00Z"), &json!(0)));
    assert_eq!(server.post(&ws.admin, "/v1/workspace/close", json!({})).status, 409);
    assert_eq!(story.read(), (403, json!("closed")));
    let fields = json!({"page": "/"});
    let written = server.record(&ws.system, sari, "visit", None, fields);
    let made = server.post(&ws.system, "/v1/subjects", json!({"people": ["customer"]}));
    let path = format!("/v1/records/{account}");
    let changed = server.patch(&ws.system, &path, json!({"fields": {"full_name": "S"}}));
    for refused in [written, made, changed] {
        assert_eq!((refused.status, &refused.json()["reason"]), (423, &json!("closed")));
    }
    let asked = server.post(person, "/v1/requests", json!({"subject": sari, "kind": "access"}));
    let copy = server.get(person, &format!("/v1/requests/{}/export", asked.id()));
    assert_eq!(copy.json()["records"].as_array().map(Vec::len), Some(2), "{}", copy.text());
    let opened = server.post(&ws.admin, "/v1/workspace/reopen", json!({}));
    assert_eq!(opened.status, 204, "{}", opened.text());
    assert_eq!(story.read().0, 200);
    assert_eq!(server.post(&ws.admin, "/v1/workspace/reopen", json!({})).status, 409);
}

#[test]
fn when_the_period_is_over_everybody_is_erased_and_invoices_outlive_it() {
    let story = running();
    let Story { server, ws, sari, .. } = &story;
    story.close();
    let trust = pinned(server, ws);
    until(server, ws, "2026-04-30T16:00:00Z");
    assert_eq!(story.read(), (403, json!("closed")));
    assert!(certificates(server, ws, sari).is_empty());
    let number = ws.number;
    server.clock.run(3 * 3_600_000_000);
    server.deployment.tick().unwrap();
    let opened = server.deployment.workspace(number).unwrap();
    let left = |sql: &'static str| -> Vec<u64> {
        opened.read(|link| Ok(store::value::all(link, sql, &[], |row| row.number(0))?)).unwrap()
    };
    assert_eq!(left("select number from subject"), Vec::<u64>::new());
    assert_eq!(left("select rid from record"), Vec::<u64>::new());
    assert_eq!(left("select id from statutory").len(), 1);
    for token in [&ws.admin, &ws.system, &ws.officer, &story.person] {
        assert_eq!(server.get(token, "/v1/features").status, 401);
    }
    let new = engine::token::New { role: engine::Role::Officer, subject: None, expires: None };
    let officer = server.deployment.token(number, &new).unwrap();
    let staff = engine::Role::Staff("finance".to_owned());
    let new = engine::token::New { role: staff, subject: None, expires: None };
    let finance = server.deployment.token(number, &new).unwrap();
    assert_eq!(story.copies(&finance), 1);
    let listed = server.get(&officer, &format!("/v1/certificates?subject={sari}")).json();
    let id = listed["certificates"][0]["id"].as_str().unwrap();
    let file = server.get(&officer, &format!("/v1/certificates/{id}"));
    let verdict = ledger::certificate::verify(&file.bytes, &trust).unwrap();
    assert_eq!(verdict.statement["rule"], "workspace.closing.keep");
    assert_eq!(verdict.statement["cause"], "closing");
    let promises = server.get(&officer, "/v1/promises");
    assert_eq!(promises.status, 200);
    let tiles = server.get(&officer, "/v1/ledger").json()["tiles"].as_str().unwrap().to_owned();
    let path = format!("{}/checkpoint", tiles.trim_end_matches('/'));
    assert_eq!(server.send("GET", &path, &[], None).status, 200, "{path}");
}

#[test]
fn a_hold_wins_over_the_end_of_a_workspace() {
    let story = running();
    let Story { server, ws, sari, .. } = &story;
    let hold = json!({"subject": sari, "case": "Case 4"});
    let hold = server.post(&ws.officer, "/v1/holds", hold).id();
    assert_eq!(story.close()["held"], 1);
    until(server, ws, "2026-05-02T02:00:00Z");
    let path = format!("/v1/subjects/{sari}");
    assert_eq!(server.get(&ws.officer, &path).status, 200);
    assert_eq!(story.read(), (403, json!("closed")));
    assert_eq!(server.post(&ws.admin, "/v1/workspace/reopen", json!({})).status, 410);
    let release = format!("/v1/holds/{hold}/release");
    assert_eq!(server.post(&ws.officer, &release, json!({})).status, 200);
    server.clock.run(2 * 3_600_000_000);
    server.deployment.tick().unwrap();
    assert_eq!(server.get(&ws.officer, &path).status, 401);
}

#[test]
fn a_restored_backup_is_closed_too() {
    let story = running();
    until(&story.server, &story.ws, "2026-03-02T03:00:00Z");
    let backups = beside(&story.server, "backups");
    let set = engine::backup::take(&story.server.deployment, &backups, 30).unwrap();
    story.close();
    let Story { server, ws, sari, person, account } = story;
    let escrow = beside(&server, "escrow");
    engine::restore::restore(&set.folder, &escrow, &beside(&server, "new")).unwrap();
    let (folder, clock) = server.stop();
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    let prepare = |setup: &mut engine::Setup| {
        escrowed(setup);
        setup.folder = setup.folder.parent().unwrap().join("new");
    };
    let server = TestServer::open(folder, clock, prepare, |_| {});
    let story = Story { server, ws, sari, person, account };
    assert_eq!(story.read(), (403, json!("closed")));
}

#[test]
fn a_policy_that_says_nothing_of_closing_closes_nothing() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let refused = server.post(&ws.admin, "/v1/workspace/close", json!({}));
    assert_eq!(refused.status, 422);
    assert!(refused.text().contains("workspace.closing"), "{}", refused.text());
}

#[test]
fn a_publisher_ends_when_all_its_workspaces_are_closed() {
    let story = running();
    let name = "Toko Buku";
    assert!(story.server.deployment.close_publisher(name).is_err());
    story.close();
    story.server.deployment.close_publisher(name).unwrap();
    let page = story.server.send("GET", "/policy?lang=en", &[], None);
    assert_eq!(page.status, 200);
    assert!(page.text().contains("has closed its service here"), "{}", page.text());
    let again = story.server.deployment.create_workspace("later", crate::statutory::SHOP);
    assert!(again.is_err());
    assert_eq!(story.server.post(&story.ws.admin, "/v1/workspace/reopen", json!({})).status, 409);
}
