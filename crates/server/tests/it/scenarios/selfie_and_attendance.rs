//! Scenario 1: the selfie goes after ninety days, the attendance three years after the internship.

use serde_json::{Value, json};

use super::stage::{
    beside, certificate, certificates, consent, engagement, event, from, holds, jpeg, living,
    records, slots, sweep, until, upload, wait,
};
use crate::world::{TestServer, Workspace};

const PLACE: &str = "6 deg 12 min 30 sec South, Monas";
const PICTURE: &str = "a face at eight in the morning";

/// An intern who clocked in with a selfie at 08:00 in Jakarta on 1 March 2026.
struct Story {
    server: TestServer,
    ws: Workspace,
    intern: String,
    account: String,
    engagement: String,
    attendance: String,
    selfie: String,
    photo: String,
}

fn clocked_in() -> Story {
    let server = from("2026-03-01T01:00:00Z");
    let ws = server.workspace("main");
    let intern = server.subject(&ws, &["intern"]);
    let account = server.account(&ws, &intern, "wati@example.com");
    consent(&server, &ws, &intern, "presence_photo");
    let engagement = engagement(&server, &ws, &intern);
    let fields = json!({"clock_in": "2026-03-01T01:00:00Z", "method": "selfie"});
    let attendance =
        server.record(&ws.system, &intern, "attendance", Some(&engagement), fields).id();
    let taken = jpeg(PLACE, PICTURE);
    assert!(holds(&taken, PLACE.as_bytes()));
    let photo = upload(&server, &ws.system, &intern, "selfie.selfie", "image/jpeg", &taken).id();
    let fields = json!({"selfie": photo});
    let selfie = server.record(&ws.system, &intern, "selfie", Some(&attendance), fields).id();
    server.deployment.tick().unwrap();
    Story { server, ws, intern, account, engagement, attendance, selfie, photo }
}

impl Story {
    fn selfie_status(&self) -> [u16; 2] {
        let Story { server, ws, selfie, photo, .. } = self;
        [format!("/v1/records/{selfie}"), format!("/v1/blobs/{photo}")]
            .map(|path| server.get(&ws.hr, &format!("{path}?purpose=presence_photo")).status)
    }

    fn attendance(&self) -> Value {
        let path = format!("/v1/records/{}?purpose=internal_management", self.attendance);
        let read = self.server.get(&self.ws.hr, &path);
        assert_eq!(read.status, 200, "{}", read.text());
        read.json()
    }

    /// The person's own copy of everything.
    fn copy(&self) -> String {
        let person = self.server.person(&self.ws, &self.intern);
        let asked = json!({"subject": self.intern, "kind": "access"});
        let asked = self.server.post(&person, "/v1/requests", asked).id();
        let copy = self.server.get(&person, &format!("/v1/requests/{asked}/export"));
        assert_eq!(copy.status, 200, "{}", copy.text());
        copy.text()
    }

    fn listed(&self) -> usize {
        let whose = &self.intern;
        let path = format!("/v1/records?subject={whose}&category=selfie&purpose=presence_photo");
        records(&self.server.get(&self.ws.hr, &path)).len()
    }

    fn part(&self) -> Value {
        let parts = self.attendance()["parts"].clone();
        assert_eq!(parts.as_array().unwrap().len(), 1, "{parts}");
        parts[0].clone()
    }
}

#[test]
fn a_downloaded_selfie_says_nothing_of_where_it_was_taken() {
    let story = clocked_in();
    let path = format!("/v1/blobs/{}?purpose=presence_photo", story.photo);
    let read = story.server.get(&story.ws.hr, &path);
    assert_eq!(read.status, 200, "{}", read.text());
    assert!(holds(&read.bytes, PICTURE.as_bytes()), "the picture itself is there");
    for trace in [PLACE.as_bytes(), b"Exif", b"GPS", b"\x88\x25"] {
        assert!(!holds(&read.bytes, trace), "{:?}", String::from_utf8_lossy(trace));
    }
}

#[test]
fn a_selfie_ends_after_ninety_days_and_not_a_second_before() {
    let story = clocked_in();
    let Story { server, ws, intern, .. } = &story;
    let before = slots(server, ws, intern);
    until(server, ws, "2026-05-29T16:59:59Z");
    assert_eq!(story.selfie_status(), [200, 200]);
    assert_eq!(story.listed(), 1);
    assert!(story.copy().contains(&story.photo));
    assert_eq!(story.part()["state"], "live");
    assert!(before.is_subset(&living(server, ws)));
    assert!(certificates(server, ws, intern).is_empty());

    wait(server, ws, "2026-05-29T17:00:00Z");
    assert_eq!(story.selfie_status(), [410, 410], "unreadable before any sweep");
    sweep(server, ws);
    assert_eq!(story.selfie_status(), [410, 410]);
    assert_eq!(story.listed(), 0);
    let copy = story.copy();
    assert!(!copy.contains(&story.photo) && !copy.contains(&story.selfie), "{copy}");
    assert!(copy.contains(&story.attendance), "{copy}");
    let expected = json!({"id": story.selfie, "category": "selfie", "state": "deleted"});
    assert_eq!(story.part(), expected);
    let question =
        json!({"field": "account.email", "value": "wati@example.com", "purpose": "service"});
    let found = records(&server.post(&ws.system, "/v1/records/find", question));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0]["id"], story.account);
    let dead = before.difference(&living(server, ws)).count();
    assert_eq!(dead, 2, "the keys of record and picture, and no other");
    let blobs = server.deployment.folder().join("blob").join(format!("{:016x}", ws.number));
    let left = std::fs::read_dir(blobs).unwrap().filter(|file| {
        let file = file.as_ref().unwrap();
        file.file_type().unwrap().is_file()
    });
    assert_eq!(left.count(), 0, "the sealed picture is gone too");
}

#[test]
fn the_end_of_a_selfie_is_certified_and_no_backup_opens_it_thirty_days_later() {
    let story = clocked_in();
    let Story { server, ws, intern, .. } = &story;
    until(server, ws, "2026-05-29T16:00:00Z");
    let backups = beside(server, "backups");
    let set = engine::backup::take(&server.deployment, &backups, 30).unwrap().folder;
    let restored = |name: &str| {
        let into = beside(server, name);
        engine::restore::restore(&set, &beside(server, "escrow"), &into)
    };
    until(server, ws, "2026-05-29T17:00:00Z");
    let erased = certificates(server, ws, intern);
    assert_eq!(erased.len(), 1, "{erased:?}");
    assert_eq!(erased[0]["grade"], "erased");
    let (file, verdict) = certificate(server, ws, erased[0]["id"].as_str().unwrap());
    let said = &verdict.statement;
    for (name, value) in [
        ("rule", json!("data.selfie.keep")),
        ("cause", json!("sweep")),
        ("policy", json!("1")),
        ("subject", json!(intern)),
        ("whole_subject", json!(false)),
        ("records", json!(1)),
        ("blobs", json!(1)),
        ("keys", json!("destroyed")),
        ("unreadable_since", json!("2026-05-29T17:00:00Z")),
    ] {
        assert_eq!(said[name], value, "{name}: {said}");
    }
    let horizon = said["horizon"].as_str().unwrap();
    assert!(horizon <= "2026-06-28T17:00:00Z", "{horizon}");
    for name in ["Sari", "Dewi", "wati"] {
        assert!(!holds(&verdict.statement.to_string().into_bytes(), name.as_bytes()));
        assert!(!holds(&file, name.as_bytes()));
    }
    restored("before").unwrap();

    let mut grade = Value::Null;
    let mut days = 0;
    while grade != "complete" && days < 30 {
        server.post(&ws.admin, "/v1/test/clock", json!({"run": 86_400}));
        server.deployment.tick().unwrap();
        days += 1;
        grade = certificates(server, ws, intern)[0]["grade"].clone();
    }
    assert_eq!(grade, "complete", "after {days} days");
    assert!(engine::time::parse(horizon).unwrap() <= server.deployment.reading().now);
    let newest = certificates(server, ws, intern)[0]["id"].as_str().unwrap().to_owned();
    server.deployment.tick().unwrap();
    let (_, verdict) = certificate(server, ws, &newest);
    assert_eq!(verdict.statement["grade"], "complete");
    let refused = restored("after").unwrap_err().to_string();
    assert!(refused.contains("no copy of the guard can be opened"), "{refused}");
}

#[test]
fn attendance_stays_until_three_years_after_the_internship() {
    let story = clocked_in();
    let Story { server, ws, intern, engagement, attendance, .. } = &story;
    until(server, ws, "2026-06-30T05:00:00Z");
    event(server, ws, engagement, "ended");
    let before = slots(server, ws, intern);
    until(server, ws, "2029-06-29T16:59:59Z");
    assert_eq!(story.attendance()["fields"]["method"], "selfie");
    let last = certificates(server, ws, intern).len();

    wait(server, ws, "2029-06-29T17:00:00Z");
    let path = format!("/v1/records/{attendance}?purpose=internal_management");
    assert_eq!(server.get(&ws.hr, &path).status, 410, "unreadable before any sweep");
    sweep(server, ws);
    let swept = certificates(server, ws, intern);
    assert!(swept.len() > last, "{swept:?}");
    assert_eq!(server.get(&ws.hr, &path).status, 410);
    let left = slots(server, ws, intern);
    assert!(left.len() < before.len());
    let gone: Vec<u32> = before.difference(&left).copied().collect();
    let living = living(server, ws);
    assert!(gone.iter().all(|slot| !living.contains(slot)), "{gone:?}");
}
