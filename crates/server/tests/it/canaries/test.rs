//! The search itself.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
};

use serde_json::json;

use super::{
    drive::{Drive, Person, Sent},
    listen,
    marks::Marks,
    seeker::{Found, Seeker},
};
use crate::{
    scenarios::stage::{beside, escrowed, living, slots},
    world::{TestServer, Workspace},
};

/// Every file under a folder.
fn files(folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path));
        } else {
            let bytes = std::fs::read(&path).unwrap();
            found.push((path, bytes));
        }
    }
    found
}

/// What was found, once for each mark, form and file.
fn search(marks: &Marks, folder: &Path) -> Vec<String> {
    let seeker = Seeker::new(&marks.all());
    let mut found = BTreeSet::new();
    for (path, bytes) in files(folder) {
        let name = path.display().to_string();
        for one in seeker.seek(&bytes).into_iter().chain(seeker.plain(name.as_bytes())) {
            let what = marks.meaning(&one.mark);
            found.insert(format!("{what} ({}) {} in {name}", one.mark, one.form));
        }
    }
    found.into_iter().collect()
}

fn undriven(drive: &Drive) -> Vec<String> {
    let document = server::openapi(true);
    let mut missing = Vec::new();
    for (path, operations) in document["paths"].as_object().unwrap() {
        for method in operations.as_object().unwrap().keys() {
            let route = format!("{} {path}", method.to_uppercase());
            // The reference speaks of no closing, and these two carry no value.
            let ends = path.starts_with("/v1/workspace/");
            if !ends && !drive.driven.borrow().contains(&route) {
                missing.push(route);
            }
        }
    }
    missing
}

/// Answers that repeat what was asked, by route and kind of mark.
fn echoes(drive: &Drive) -> BTreeMap<String, String> {
    let seeker = Seeker::new(&drive.marks.all());
    let mut found = BTreeMap::new();
    for (asked, answer) in drive.bare.borrow().iter() {
        let headers: Vec<String> =
            answer.headers.iter().map(|(name, value)| format!("{name}: {value}\n")).collect();
        let bytes = [headers.concat().as_bytes(), answer.bytes.as_slice()].concat();
        for Found { mark, form, .. } in seeker.plain(&bytes) {
            let what = drive.marks.meaning(&mark);
            let path = asked.split('?').next().unwrap();
            let route: Vec<&str> = path.split('/').take(3).collect();
            let key = format!("{} {}: {what} {form}", answer.status, route.join("/"));
            found.insert(key, format!("{asked} {}", answer.text()));
        }
    }
    found
}

/// The slots that only this person's rows name; with the last row gone they must be dead.
fn erase(drive: &Drive, person: &Person) -> BTreeSet<u32> {
    let Drive { server, ws, .. } = drive;
    let before = slots(server, ws, &person.id);
    let alive = living(server, ws);
    assert!(before.len() > 10, "{before:?}");
    let alive = before.iter().filter(|slot| alive.contains(slot)).count();
    assert!(alive > 10, "{alive}");
    let body = Sent::Json(json!({"subject": person.id, "kind": "erasure"}));
    let asked = drive.call(&person.token, "POST /v1/requests", "/v1/requests", body);
    assert_eq!(asked.json()["state"], "answered", "{}", asked.text());
    before
}

/// Every route with marks, as it is meant to be used and as it is not; answers the person to erase and one who
/// stays.
fn use_all(drive: &Drive) -> (Person, Person) {
    let (person, stays) = (drive.person(), drive.person());
    for category in [
        "account",
        "credentials",
        "form_answers",
        "ticket",
        "engagement",
        "attendance",
        "selfie",
        "place",
        "assignment",
        "report",
        "conversation",
        "workflow",
        "webhook_event",
        "technical",
    ] {
        assert!(person.records.contains_key(category), "{category} was refused");
    }
    assert_eq!(person.blobs.len(), 4, "photo, attachment, selfie, submission");
    drive.use_everything(&person);
    drive.use_everything(&stays);
    drive.run_the_workspace(&drive.person());
    drive.look_at_the_pages();
    drive.misuse(&drive.person());
    drive.server.deployment.tick().unwrap();
    assert_eq!(undriven(drive), Vec::<String>::new(), "no route without its canary");
    (person, stays)
}

fn dead(server: &TestServer, ws: &Workspace, slots: &BTreeSet<u32>) {
    let alive = living(server, ws);
    let left: Vec<&u32> = slots.intersection(&alive).collect();
    assert!(left.is_empty(), "keys of someone erased: {left:?}");
}

#[test]
fn no_canary_lies_on_disk_in_clear() {
    listen::begin();
    let drive = Drive::new();
    let (person, stays) = use_all(&drive);
    assert!(drive.bare.borrow().iter().all(|(_, answer)| answer.status != 500));
    let echoes = echoes(&drive);
    assert!(echoes.is_empty(), "{echoes:#?}");

    engine::backup::take(&drive.server.deployment, &beside(&drive.server, "backups"), 30).unwrap();
    let root = drive.server.folder.path().to_owned();
    assert!(public_words_are_found(&root), "the search reads what lies there");
    assert_eq!(search(&drive.marks, &root), Vec::<String>::new());

    let before = erase(&drive, &person);
    drive.server.deployment.tick().unwrap();
    assert_eq!(search(&drive.marks, &root.join("data")), Vec::<String>::new());
    dead(&drive.server, &drive.ws, &before);

    let Drive { server, ws, marks, .. } = drive;
    let (folder, clock) = server.stop();
    assert_eq!(search(&marks, &root.join("data")), Vec::<String>::new());
    let server = TestServer::open(folder, clock, escrowed, |_| {});
    dead(&server, &ws, &before);
    let gone = server.get(&ws.system, &format!("/v1/subjects/{}", person.id));
    assert_eq!(gone.status, 410, "{}", gone.text());
    let record = format!("/v1/records/{}?purpose=support", stays.records["ticket"]);
    assert_eq!(server.get(&ws.system, &record).status, 200, "the other one is still there");
    drop(server);
    let heard = Seeker::new(&marks.all()).plain(listen::heard().as_bytes());
    assert_eq!(heard, [], "said aloud");
}

/// Words that are no secret lie there in clear, in the database and in its copy.
fn public_words_are_found(root: &Path) -> bool {
    let seeker = Seeker::new(&["webhook_event"]);
    let found: BTreeSet<PathBuf> = files(root)
        .into_iter()
        .filter(|(_, bytes)| !seeker.plain(bytes).is_empty())
        .map(|(path, _)| path)
        .collect();
    ["data/ws", "backups"]
        .iter()
        .all(|part| found.iter().any(|path| path.display().to_string().contains(part)))
}

#[test]
fn what_a_server_says_is_heard() {
    listen::begin();
    let mark = Marks::default().word("said");
    tracing::debug!(name = mark, "a careless line");
    assert!(!Seeker::new(&[&mark]).plain(listen::heard().as_bytes()).is_empty());
}
