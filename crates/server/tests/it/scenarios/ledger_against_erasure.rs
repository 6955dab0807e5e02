//! Scenario 25: the ledger outlives the person and does not name them.

use std::collections::BTreeMap;

use ledger::{
    checkpoint::Checkpoint,
    note::Vkey,
    tile::Tiles,
    tree::{consistency_proof, verify_consistency},
    verify_log,
};
use serde_json::json;

use super::stage::{certificate, from, holds};
use crate::{
    canaries::seeker::Seeker,
    world::{TestServer, Workspace},
};

const EMAIL: &str = "wati.kusuma.8841@example.com";

/// How many reads are entered: a few hundred, or as many as `JANJI_ENTRIES` says.
#[expect(clippy::disallowed_methods, reason = "how long a test takes is for its caller to say")]
fn entries() -> usize {
    std::env::var("JANJI_ENTRIES").map_or(400, |text| text.parse().unwrap())
}

/// The log of the workspace as anyone can fetch it, read file by file and verified whole.
fn verified(server: &TestServer, ws: &Workspace) -> (Checkpoint, String) {
    let known = server.get(&ws.system, "/v1/ledger").json();
    let tiles = known["tiles"].as_str().unwrap().to_owned();
    let vkey: Vkey = known["vkey"].as_str().unwrap().parse().unwrap();
    let read = |path: &str| {
        let file = server.send("GET", &format!("{tiles}{path}"), &[], None);
        (file.status == 200).then_some(file.bytes)
    };
    (verify_log(&read, &vkey).unwrap(), tiles)
}

#[test]
fn a_log_of_many_entries_about_a_person_verifies_before_and_after_their_erasure() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let wati = server.subject(&ws, &["user"]);
    let account = server.account(&ws, &wati, EMAIL);
    let path = format!("/v1/records/{account}?purpose=service");
    let many = entries();
    for number in 0..many {
        assert_eq!(server.get(&ws.system, &path).status, 200);
        // A token may ask a thousand times a second: the long run stays below.
        if number % 1000 == 999 {
            server.deployment.tick().unwrap();
        }
    }
    server.deployment.tick().unwrap();
    let (before, _) = verified(&server, &ws);
    assert!(before.size > many as u64, "{}", before.size);
    let history = format!("/v1/ledger/entries?subject={wati}&limit=200");
    let told = server.get(&ws.system, &history).json();
    assert_eq!(told["entries"].as_array().unwrap().len(), 200);
    assert_eq!(detail_rows(&server, &ws, &wati), many + 3, "subject, record, reads, this look");

    let asked = json!({"subject": wati, "kind": "erasure"});
    let asked = server.post(&ws.system, "/v1/requests", asked).json();
    server.deployment.tick().unwrap();
    let (after, tiles) = verified(&server, &ws);
    assert!(after.size > before.size);
    let read = |path: &str| {
        let file = server.send("GET", &format!("{tiles}{path}"), &[], None);
        (file.status == 200).then_some(file.bytes)
    };
    let hashes = Tiles { read: &read, size: after.size };
    let proof = consistency_proof(before.size, after.size, &hashes).unwrap();
    assert!(verify_consistency(before.size, &before.root, after.size, &after.root, &proof));

    assert_eq!(server.get(&ws.system, &history).status, 410);
    assert_eq!(detail_rows(&server, &ws, &wati), 0);
    let (file, verdict) = certificate(&server, &ws, asked["certificate"].as_str().unwrap());
    assert_eq!(verdict.statement["whole_subject"], true);
    for name in [EMAIL, "wati", "kusuma", "Sari", "Dewi", "example.com"] {
        assert!(!holds(&file, name.as_bytes()), "{name}");
        assert!(!verdict.statement.to_string().contains(name), "{name}");
    }
    assert!(server.files().iter().all(|file| Seeker::new(&[EMAIL]).seek(file).is_empty()));
    let deployed = server.get(&ws.system, "/v1/ledger").json();
    let vkey: Vkey = deployed["deployment"]["vkey"].as_str().unwrap().parse().unwrap();
    let read = |path: &str| {
        let file = server.send("GET", &format!("/ledger/deployment/{path}"), &[], None);
        (file.status == 200).then_some(file.bytes)
    };
    verify_log(&read, &vkey).unwrap();
}

/// How many sealed details name the subject.
fn detail_rows(server: &TestServer, ws: &Workspace, whose: &str) -> usize {
    let opened = server.deployment.workspace(ws.number).unwrap();
    let actor = engine::Actor { role: engine::Role::System, token: 0, subject: None };
    let ctx = server.deployment.ctx(opened.clone(), actor);
    let number = engine::subject::number(&ctx, whose).unwrap();
    let sql = "select count(*) from detail where subject = $1";
    let count = opened
        .read(|link| Ok(store::value::one(link, sql, &[number.into()], |row| row.number(0))?));
    usize::try_from(count.unwrap().unwrap()).unwrap()
}

#[test]
fn every_entry_is_one_length_and_no_two_are_alike() {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    for number in 0..3 {
        let user = server.subject(&ws, &["user"]);
        let account = server.account(&ws, &user, &format!("u{number}@example.com"));
        for _ in 0..20 {
            server.get(&ws.system, &format!("/v1/records/{account}?purpose=service"));
        }
    }
    server.deployment.tick().unwrap();
    let (checkpoint, tiles) = verified(&server, &ws);
    let read = |path: &str| {
        let file = server.send("GET", &format!("{tiles}{path}"), &[], None);
        (file.status == 200).then_some(file.bytes)
    };
    let mut seen = BTreeMap::new();
    for index in 0..checkpoint.size.div_ceil(ledger::tile::WIDTH) {
        let width = ledger::tile::width(checkpoint.size, 0, index);
        for entry in ledger::tile::entries(&read, index, width).unwrap() {
            assert_eq!((entry.len(), entry[0]), (33, 1));
            *seen.entry(entry).or_insert(0) += 1;
        }
    }
    assert_eq!(seen.len() as u64, checkpoint.size, "the same act twice is two different entries");
}
