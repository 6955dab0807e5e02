//! A backup must not resurrect: an older backup, restored and served, shows nobody who was erased since.

use std::path::PathBuf;

use engine::{Deployment, clock::TestClock};
use serde_json::{Value, json};
use tempfile::TempDir;

use super::stage::{
    beside, certificate, consent, escrowed, from, living, pinned, records, slots, until, upload,
};
use crate::world::{Answer, TestServer, Workspace};

const EMAIL: &str = "sari.erased@example.com";
const VALUES: [&str; 5] = [EMAIL, "Sari", "Dewi", "please call me", "the attached letter"];

/// Someone who is in the backup and was erased after it, and someone who was not.
struct Story {
    ws: Workspace,
    sari: String,
    person: String,
    account: String,
    ticket: String,
    letter: String,
    access: String,
    restriction: String,
    hold: String,
    budis: String,
    slots: std::collections::BTreeSet<u32>,
    set: PathBuf,
    certificate: String,
}

fn erased_after_a_backup() -> (TestServer, Story) {
    let server = from("2026-03-02T02:00:00Z");
    let ws = server.workspace("main");
    let sari = server.subject(&ws, &["user"]);
    let person = server.person(&ws, &sari);
    let account = server.account(&ws, &sari, EMAIL);
    consent(&server, &ws, &sari, "conversation");
    let letter =
        upload(&server, &ws.system, &sari, "ticket.attachment", "text/plain", VALUES[4].as_bytes());
    let letter = letter.id();
    let fields = json!({"message": VALUES[3], "attachment": letter});
    let ticket = server.record(&ws.system, &sari, "ticket", Some(&account), fields).id();
    let ask = |kind: &str| {
        server.post(&person, "/v1/requests", json!({"subject": sari, "kind": kind})).id()
    };
    let (access, restriction) = (ask("access"), ask("restriction"));
    let lift = format!("/v1/requests/{restriction}/lift");
    assert_eq!(server.post(&ws.officer, &lift, json!({})).status, 204);
    let hold = json!({"subject": sari, "case": "Case 1"});
    let hold = server.post(&ws.officer, "/v1/holds", hold).id();
    let release = format!("/v1/holds/{hold}/release");
    assert_eq!(server.post(&ws.officer, &release, json!({})).status, 200);
    let budi = server.subject(&ws, &["user"]);
    let budis = server.account(&ws, &budi, "budi@example.com");
    let slots = slots(&server, &ws, &sari);
    until(&server, &ws, "2026-03-02T03:00:00Z");
    let set = engine::backup::take(&server.deployment, &beside(&server, "backups"), 30).unwrap();
    until(&server, &ws, "2026-03-02T04:00:00Z");
    let erasure = json!({"subject": sari, "kind": "erasure"});
    let erasure = server.post(&person, "/v1/requests", erasure).json();
    assert_eq!(erasure["state"], "answered", "{erasure}");
    let certificate = erasure["certificate"].as_str().unwrap().to_owned();
    until(&server, &ws, "2026-03-02T05:00:00Z");
    let set = set.folder;
    let story = Story {
        ws,
        sari,
        person,
        account,
        ticket,
        letter,
        access,
        restriction,
        hold,
        budis,
        slots,
        set,
        certificate,
    };
    (server, story)
}

/// The restored folder, served in place of the old host.
fn restored(server: TestServer, story: &Story) -> TestServer {
    engine::restore::restore(&story.set, &beside(&server, "escrow"), &beside(&server, "new"))
        .unwrap();
    let (folder, clock) = server.stop();
    std::fs::remove_dir_all(folder.path().join("data")).unwrap();
    open(folder, clock)
}

fn open(folder: TempDir, clock: TestClock) -> TestServer {
    let prepare = |setup: &mut engine::Setup| {
        escrowed(setup);
        setup.folder = setup.folder.parent().unwrap().join("new");
    };
    TestServer::open(folder, clock, prepare, |_| {})
}

/// Every request that could show the person, by every token, with what was answered.
fn everything(server: &TestServer, story: &Story) -> Vec<(String, Answer)> {
    let Story { ws, sari, account, .. } = story;
    let mut answers = Vec::new();
    let tokens = [&ws.system, &ws.officer, &ws.admin, &ws.hr, &story.person];
    for (who, token) in ["system", "officer", "admin", "hr", "person"].iter().zip(tokens) {
        let mut keep = |name: &str, answer: Answer| answers.push((format!("{who} {name}"), answer));
        for path in looks(story) {
            keep(&format!("GET {path}"), server.get(token, &path));
        }
        let patch = json!({"fields": {"phone": "+62 811 0000"}});
        let path = format!("/v1/records/{account}");
        keep("PATCH record", server.patch(token, &path, patch));
        for (path, body) in acts(story) {
            keep(&format!("POST {path}"), server.post(token, &path, body));
        }
        for path in [format!("/v1/records/{account}"), format!("/v1/subjects/{sari}")] {
            keep(&format!("DELETE {path}"), server.delete(token, &path));
        }
        let sent = upload(server, token, sari, "ticket.attachment", "text/plain", b"more");
        keep("POST blob", sent);
    }
    answers
}

fn looks(story: &Story) -> Vec<String> {
    let Story { sari, account, ticket, letter, access, certificate, .. } = story;
    vec![
        format!("/v1/subjects/{sari}"),
        format!("/v1/records?subject={sari}&purpose=service"),
        format!("/v1/records?subject={sari}&purpose=support"),
        format!("/v1/records/{account}?purpose=service"),
        format!("/v1/records/{ticket}?purpose=support"),
        format!("/v1/blobs/{letter}?purpose=support"),
        format!("/v1/consents?subject={sari}"),
        format!("/v1/holds?subject={sari}"),
        format!("/v1/requests?subject={sari}"),
        format!("/v1/requests/{access}"),
        format!("/v1/requests/{access}/export"),
        format!("/v1/ledger/entries?subject={sari}"),
        format!("/v1/certificates?subject={sari}"),
        format!("/v1/certificates/{certificate}"),
    ]
}

fn acts(story: &Story) -> Vec<(String, Value)> {
    let Story { sari, account, ticket, restriction, hold, .. } = story;
    let fields = json!({"ip": "203.0.113.7", "browser": "x"});
    let found = json!({"field": "account.email", "value": EMAIL, "purpose": "service"});
    let asked = json!({"subject": sari, "category": "account", "purpose": "service"});
    let given = json!({"subject": sari, "purpose": "automation", "language": "id"});
    let acts = [
        ("/v1/records", json!({"subject": sari, "category": "technical", "fields": fields})),
        ("/v1/records/find", found),
        ("/v1/events", json!({"record": ticket, "event": "resolved"})),
        ("/v1/decide", asked),
        ("/v1/consents", given),
        ("/v1/consents/withdraw", json!({"subject": sari, "purpose": "conversation"})),
        ("/v1/holds", json!({"subject": sari, "case": "2"})),
        ("/v1/requests", json!({"subject": sari, "kind": "access"})),
        ("/v1/tokens", json!({"role": "person", "subject": sari})),
        ("/v1/sweeps", json!({"record": account})),
    ];
    let mut acts = acts.map(|(path, body)| (path.to_owned(), body)).to_vec();
    acts.push((format!("/v1/holds/{hold}/release"), json!({})));
    acts.push((format!("/v1/requests/{restriction}/lift"), json!({})));
    acts
}

/// What is proof, and names nobody, may be answered; everything else is refused or empty.
fn nobody(name: &str, answer: &Answer) {
    let text = answer.text();
    for value in VALUES {
        assert!(!text.contains(value), "{name}: {text}");
    }
    let proof = ["/v1/certificates", "/v1/requests", "/v1/consents?", "/v1/holds"];
    let told = answer.status == 200 && proof.iter().any(|path| name.contains(path));
    let empty =
        answer.status == 200 && name.ends_with("/v1/records/find") && text == r#"{"records":[]}"#;
    let refused = matches!(answer.status, 401 | 403 | 404 | 409 | 410);
    assert!(told || empty || refused, "{name}: {} {text}", answer.status);
}

#[test]
fn no_request_to_a_restored_backup_shows_who_was_erased_since() {
    let (server, story) = erased_after_a_backup();
    for (name, answer) in everything(&server, &story) {
        nobody(&name, &answer);
    }
    let server = restored(server, &story);
    for (name, answer) in everything(&server, &story) {
        nobody(&name, &answer);
    }
    let ws = &story.ws;
    for path in [
        format!("/v1/subjects/{}", story.sari),
        format!("/v1/records/{}?purpose=service", story.account),
        format!("/v1/blobs/{}?purpose=support", story.letter),
        format!("/v1/records?subject={}&purpose=service", story.sari),
        format!("/v1/ledger/entries?subject={}", story.sari),
    ] {
        assert_eq!(server.get(&ws.system, &path).status, 410, "{path}");
    }
    assert!(story.slots.is_disjoint(&living(&server, ws)), "a key of an erased person lives");
    let still = server.get(&ws.system, &format!("/v1/records/{}?purpose=service", story.budis));
    assert_eq!(still.json()["fields"]["email"], "budi@example.com", "{}", still.text());
}

#[test]
fn what_was_answered_after_an_erasure_is_answered_after_the_restore_too() {
    let (server, story) = erased_after_a_backup();
    let before = everything(&server, &story);
    let server = restored(server, &story);
    let after = everything(&server, &story);
    for ((name, live), (_, restored)) in before.iter().zip(&after) {
        // The request itself came after the backup; that it was fulfilled is in the journal, its row is not.
        if !name.contains("/v1/requests?") && !name.contains("/v1/certificates/") {
            assert_eq!(live.status, restored.status, "{name}: {} {}", live.text(), restored.text());
        }
    }
}

#[test]
fn an_address_of_someone_erased_can_be_registered_anew_after_a_restore() {
    let (server, story) = erased_after_a_backup();
    let server = restored(server, &story);
    let ws = &story.ws;
    let again = server.subject(ws, &["user"]);
    assert_ne!(again, story.sari);
    let account = server.account(ws, &again, EMAIL);
    let question = json!({"field": "account.email", "value": EMAIL, "purpose": "service"});
    let found = records(&server.post(&ws.system, "/v1/records/find", question));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], json!(account));
    assert_eq!(found[0]["subject"], json!(again));
}

#[test]
fn a_restored_server_goes_on_in_new_logs_and_older_certificates_stay_good() {
    let (server, story) = erased_after_a_backup();
    let ws = &story.ws;
    let before = server.get(&ws.system, "/v1/ledger").json();
    let pin = pinned(&server, ws);
    let (file, _) = certificate(&server, ws, &story.certificate);
    let server = restored(server, &story);
    server.deployment.tick().unwrap();
    ledger::certificate::verify(&file, &pin).unwrap();
    let after = server.get(&ws.system, "/v1/ledger").json();
    assert_eq!(after["generation"], 2, "{after}");
    assert_ne!(before["origin"], after["origin"], "a log that lost entries is not gone on with");
    let key = |known: &Value| {
        let vkey = known["deployment"]["vkey"].as_str().unwrap();
        vkey.rsplit_once('+').unwrap().1.to_owned()
    };
    assert_eq!(key(&before), key(&after), "the deployment signs with the key it had");
    let proven = server.get(&ws.system, &format!("/v1/certificates?subject={}", story.sari)).json();
    let newest = proven["certificates"][0]["id"].as_str().unwrap().to_owned();
    let (_, verdict) = certificate(&server, ws, &newest);
    assert_eq!(verdict.statement["subject"], json!(story.sari));
    assert_eq!(verdict.statement["whole_subject"], true);
}

#[test]
fn a_backup_is_not_restored_or_served_without_the_journal() {
    let (server, story) = erased_after_a_backup();
    let escrow = beside(&server, "escrow");
    let journal = escrow.join("guard-journal");
    let bytes = std::fs::read(&journal).unwrap();
    std::fs::remove_file(&journal).unwrap();
    let refused = engine::restore::restore(&story.set, &escrow, &beside(&server, "none"));
    assert!(refused.unwrap_err().to_string().contains("journal"));
    assert!(!beside(&server, "none").join("control.db").exists());

    std::fs::write(&journal, bytes).unwrap();
    engine::restore::restore(&story.set, &escrow, &beside(&server, "new")).unwrap();
    let (folder, clock) = server.stop();
    std::fs::remove_file(&journal).unwrap();
    let opened = Deployment::open(engine::Setup {
        folder: folder.path().join("new"),
        disk: std::sync::Arc::new(store::disk::RealDisk),
        clock: Box::new(clock),
        test_clock: true,
        seed: None,
        escrows: vec![escrow],
        accept_total_loss: true,
        epoch: engine::deployment::DAY,
        keep_epochs: 7,
    });
    assert!(opened.is_err(), "a restored folder without the journal is not served");
}
