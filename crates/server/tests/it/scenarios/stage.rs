//! What the stories share: time that passes, pictures with a place in them, certificates, keys.

use std::{collections::BTreeSet, path::PathBuf};

use engine::{Setup, clock::TestClock, time};
use ledger::{
    certificate::{Verdict, verify},
    trust::Trust,
};
use serde_json::{Value, json};

use crate::world::{Answer, TestServer, Workspace};

/// A server whose time begins here.
pub(crate) fn from(start: &str) -> TestServer {
    let clock = TestClock::at(time::parse(start).unwrap());
    TestServer::open(tempfile::tempdir().unwrap(), clock, escrowed, |_| {})
}

/// An escrow beside the data folder.
pub(crate) fn escrowed(setup: &mut Setup) {
    setup.escrows = vec![setup.folder.parent().unwrap().join("escrow")];
}

/// A folder beside the data folder.
pub(crate) fn beside(server: &TestServer, name: &str) -> PathBuf {
    server.folder.path().join(name)
}

/// Lets time pass up to this second, over HTTP; no housekeeping runs.
pub(crate) fn wait(server: &TestServer, ws: &Workspace, until: &str) {
    let left = time::parse(until).unwrap() - server.deployment.reading().now;
    assert!(left >= 0 && left % 1_000_000 == 0, "{until} is not ahead");
    let body = json!({"run": left / 1_000_000});
    let moved = server.post(&ws.admin, "/v1/test/clock", body);
    assert_eq!(moved.json()["now"], until, "{}", moved.text());
}

/// Lets time pass up to this second, with the housekeeping at the end of it.
pub(crate) fn until(server: &TestServer, ws: &Workspace, time: &str) {
    wait(server, ws, time);
    server.deployment.tick().unwrap();
}

/// What the housekeeping does once an hour, now.
pub(crate) fn sweep(server: &TestServer, ws: &Workspace) {
    let swept = server.post(&ws.admin, "/v1/sweeps", json!({}));
    assert_eq!(swept.status, 200, "{}", swept.text());
    server.deployment.tick().unwrap();
}

/// A JPEG whose camera wrote where it was.
pub(crate) fn jpeg(place: &str, picture: &str) -> Vec<u8> {
    fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
        let length = u16::try_from(content.len() + 2).unwrap().to_be_bytes();
        [&[0xff, marker], &length[..], content].concat()
    }
    // TIFF, big-endian: one directory with the pointer to the GPS directory (0x8825), and there the latitude.
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    exif.extend(b"\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
    exif.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\x2c\0\0\0\0");
    exif.extend([0, 0, 0, 6, 0, 0, 0, 1, 0, 0, 0, 12, 0, 0, 0, 1, 0, 0, 0, 30, 0, 0, 0, 1]);
    exif.extend(place.as_bytes());
    let xmp = format!("http://ns.adobe.com/xap/1.0/\0<exif:GPSLatitude>{place}</exif:GPSLatitude>");
    [
        vec![0xff, 0xd8],
        segment(0xe0, b"JFIF\0\x01\x02\0\0\x01\0\x01\0\0"),
        segment(0xe1, &exif),
        segment(0xe1, xmp.as_bytes()),
        segment(0xfe, place.as_bytes()),
        segment(0xda, b"\x01\x01\0\0\x3f\0"),
        picture.as_bytes().to_vec(),
        vec![0xff, 0xd9],
        place.as_bytes().to_vec(),
    ]
    .concat()
}

/// Whether some bytes hold others.
pub(crate) fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

/// Uploads a file for a record to come.
pub(crate) fn upload(
    server: &TestServer,
    token: &str,
    whose: &str,
    field: &str,
    media: &str,
    bytes: &[u8],
) -> Answer {
    let (category, field) = field.split_once('.').unwrap();
    let path = format!("/v1/blobs?subject={whose}&category={category}&field={field}");
    let bearer = format!("Bearer {token}");
    let headers = [("authorization", bearer.as_str()), ("content-type", media)];
    server.send("POST", &path, &headers, Some(bytes))
}

/// Records that the person consents to a purpose.
pub(crate) fn consent(server: &TestServer, ws: &Workspace, whose: &str, purpose: &str) {
    let body = json!({"subject": whose, "purpose": purpose, "language": "id"});
    server.post(&ws.system, "/v1/consents", body).id();
}

/// Raises an event on a record, now.
pub(crate) fn event(server: &TestServer, ws: &Workspace, record: &str, name: &str) {
    let body = json!({"record": record, "event": name});
    let raised = server.post(&ws.system, "/v1/events", body);
    assert_eq!(raised.status, 204, "{}", raised.text());
}

/// Makes a token of a role of staff.
pub(crate) fn staff(server: &TestServer, ws: &Workspace, role: &str) -> String {
    let made = server.post(&ws.admin, "/v1/tokens", json!({"role": "staff", "staff": role}));
    made.json()["token"].as_str().unwrap().to_owned()
}

/// An engagement that began in January.
pub(crate) fn engagement(server: &TestServer, ws: &Workspace, whose: &str) -> String {
    let fields = json!({"engagement_kind": "internship", "started_on": "2026-01-05"});
    server.record(&ws.system, whose, "engagement", None, fields).id()
}

/// The key that an auditor would pin.
pub(crate) fn pinned(server: &TestServer, ws: &Workspace) -> Trust {
    let known = server.get(&ws.system, "/v1/ledger").json();
    Trust::pinned(vec![known["deployment"]["vkey"].as_str().unwrap().parse().unwrap()])
}

/// A certificate as its file, and what it says to one who pinned the key.
pub(crate) fn certificate(server: &TestServer, ws: &Workspace, id: &str) -> (Vec<u8>, Verdict) {
    let file = server.get(&ws.officer, &format!("/v1/certificates/{id}"));
    assert_eq!(file.status, 200, "{}", file.text());
    let verdict = verify(&file.bytes, &pinned(server, ws)).unwrap();
    (file.bytes, verdict)
}

/// The certificates about a subject, newest first.
pub(crate) fn certificates(server: &TestServer, ws: &Workspace, whose: &str) -> Vec<Value> {
    let list = server.get(&ws.officer, &format!("/v1/certificates?subject={whose}"));
    assert_eq!(list.status, 200, "{}", list.text());
    list.json()["certificates"].as_array().unwrap().clone()
}

/// The key slots that the rows of a subject name.
pub(crate) fn slots(server: &TestServer, ws: &Workspace, whose: &str) -> BTreeSet<u32> {
    let opened = server.deployment.workspace(ws.number).unwrap();
    let actor = engine::Actor { role: engine::Role::System, token: 0, subject: None };
    let ctx = server.deployment.ctx(opened.clone(), actor);
    let number = engine::subject::number(&ctx, whose).unwrap();
    let found = opened
        .read(|link| Ok(store::value::all(link, SLOTS, &[number.into()], |row| row.small(0))?));
    found.unwrap().into_iter().collect()
}

/// Records and uploads are numbered by subject and place; a slot that a whole lends is the whole's.
const SLOTS: &str = "
    select slot from record where rid >> 27 = $1
    union select slot from blob where number >> 27 = $1
    union select slot from detail where subject = $1
    union select ledger_slot from subject where number = $1";

/// The key slots of a workspace that hold a key.
pub(crate) fn living(server: &TestServer, ws: &Workspace) -> BTreeSet<u32> {
    server.deployment.guard().live(ws.number).unwrap().into_iter().collect()
}

/// The records of a list, or none where it is refused.
pub(crate) fn records(answer: &Answer) -> Vec<Value> {
    answer.json()["records"].as_array().cloned().unwrap_or_default()
}
