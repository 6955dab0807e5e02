//! A workspace with one intern, and the words in which the tests act.

use serde_json::{Value, json};

use crate::world::{Answer, TestServer, Workspace};

/// The smallest picture that a decoder takes, with a place that a camera wrote into it.
pub(super) const PHOTO: &[u8] = &[
    0xff, 0xd8, 0xff, 0xe1, 0x00, 0x10, b'E', b'x', b'i', b'f', 0, 0, b'G', b'P', b'S', b'-', b'6',
    b'.', b'2', b'!', 0xff, 0xdb, 0x00, 0x04, 0x01, 0x02, 0xff, 0xda, 0x00, 0x04, 0x01, 0x02, 0x11,
    0x22, 0xff, 0xd9,
];

/// A server with one workspace.
pub(super) struct Scene {
    pub(super) server: TestServer,
    pub(super) ws: Workspace,
}

/// Somebody with an account, an engagement and one day of attendance.
pub(super) struct Intern {
    pub(super) id: String,
    pub(super) token: String,
    pub(super) account: String,
    pub(super) engagement: String,
    pub(super) attendance: String,
}

impl Scene {
    pub(super) fn new() -> Scene {
        let server = TestServer::start();
        let ws = server.workspace("main");
        Scene { server, ws }
    }

    pub(super) fn intern(&self, name: &str) -> Intern {
        let id = self.server.subject(&self.ws, &["intern"]);
        let token = self.server.person(&self.ws, &id);
        let fields = json!({
            "first_name": name, "last_name": "Dewi", "email": format!("{name}@example.org"),
        });
        let account = self.write(&id, "account", None, fields).id();
        let started = json!({"engagement_kind": "internship", "started_on": "2026-03-02"});
        let engagement = self.write(&id, "engagement", None, started).id();
        let attendance = self.clock_in(&id, &engagement);
        Intern { id, token, account, engagement, attendance }
    }

    pub(super) fn clock_in(&self, subject: &str, engagement: &str) -> String {
        let fields = json!({"clock_in": self.now(), "method": "qr"});
        self.write(subject, "attendance", Some(engagement), fields).id()
    }

    pub(super) fn write(
        &self,
        subject: &str,
        category: &str,
        whole: Option<&str>,
        fields: Value,
    ) -> Answer {
        self.server.record(&self.ws.system, subject, category, whole, fields)
    }

    /// Uploads bytes for a field of a record to come.
    pub(super) fn upload(&self, subject: &str, category: &str, field: &str) -> Answer {
        let path = format!("/v1/blobs?subject={subject}&category={category}&field={field}");
        let bearer = format!("Bearer {}", self.ws.system);
        let headers = [("authorization", bearer.as_str()), ("content-type", "image/jpeg")];
        self.server.send("POST", &path, &headers, Some(PHOTO))
    }

    /// A selfie at clock-in; its person has consented.
    pub(super) fn selfie(&self, intern: &Intern) -> (String, String) {
        self.consent(intern, "presence_photo");
        let photo = self.upload(&intern.id, "selfie", "selfie").id();
        let fields = json!({"selfie": photo});
        (self.write(&intern.id, "selfie", Some(&intern.attendance), fields).id(), photo)
    }

    pub(super) fn consent(&self, intern: &Intern, purpose: &str) -> String {
        let body = json!({"subject": intern.id, "purpose": purpose, "language": "id"});
        self.server.post(&intern.token, "/v1/consents", body).id()
    }

    pub(super) fn withdraw(&self, intern: &Intern, purpose: &str) -> Value {
        let body = json!({"subject": intern.id, "purpose": purpose});
        self.server.post(&intern.token, "/v1/consents/withdraw", body).json()
    }

    pub(super) fn read(&self, token: &str, record: &str, purpose: &str) -> Answer {
        self.server.get(token, &format!("/v1/records/{record}?purpose={purpose}"))
    }

    /// Reads as the backend of the company.
    pub(super) fn status(&self, record: &str, purpose: &str) -> u16 {
        self.read(&self.ws.system, record, purpose).status
    }

    pub(super) fn staff(&self, role: &str) -> String {
        let made =
            self.server.post(&self.ws.admin, "/v1/tokens", json!({"role": "staff", "staff": role}));
        made.json()["token"].as_str().unwrap().to_owned()
    }

    pub(super) fn event(&self, record: &str, event: &str) {
        let body = json!({"record": record, "event": event});
        let raised = self.server.post(&self.ws.system, "/v1/events", body);
        assert_eq!(raised.status, 204, "{}", raised.text());
    }

    pub(super) fn ask(&self, token: &str, subject: &str, kind: &str) -> Value {
        let body = json!({"subject": subject, "kind": kind});
        let asked = self.server.post(token, "/v1/requests", body);
        assert_eq!(asked.status, 201, "{}", asked.text());
        asked.json()
    }

    pub(super) fn decide(
        &self,
        token: &str,
        subject: &str,
        category: &str,
        purpose: &str,
    ) -> Value {
        let body = json!({"subject": subject, "category": category, "purpose": purpose});
        self.server.post(token, "/v1/decide", body).json()
    }

    pub(super) fn feature(&self, name: &str, on: bool) {
        let path = format!("/v1/features/{name}");
        let answer = self.server.put(&self.ws.admin, &path, json!({"on": on}));
        assert_eq!(answer.status, 204, "{}", answer.text());
    }

    pub(super) fn hold(&self, subject: &str, category: Option<&str>) -> String {
        let mut body = json!({"subject": subject, "case": "Case 12/2026"});
        if let Some(category) = category {
            body["category"] = category.into();
        }
        self.server.post(&self.ws.officer, "/v1/holds", body).id()
    }

    /// The copy that a person has a right to.
    pub(super) fn copy(&self, token: &str, subject: &str) -> Answer {
        let request = self.ask(token, subject, "access");
        let id = request["id"].as_str().unwrap();
        self.server.get(token, &format!("/v1/requests/{id}/export"))
    }

    pub(super) fn history(&self, token: &str, subject: &str) -> Answer {
        self.server.get(token, &format!("/v1/ledger/entries?subject={subject}&limit=200"))
    }

    fn turn(&self, seconds: i64) -> String {
        let body = json!({"run": seconds});
        let answer = self.server.post(&self.ws.admin, "/v1/test/clock", body);
        assert_eq!(answer.status, 200, "{}", answer.text());
        answer.json()["now"].as_str().unwrap().to_owned()
    }

    pub(super) fn now(&self) -> String {
        self.turn(0)
    }

    /// Time passes up to this moment; nothing is swept.
    pub(super) fn until(&self, time: &str) {
        let seconds = |text: &str| engine::time::parse(text).unwrap() / 1_000_000;
        let left = seconds(time) - seconds(&self.now());
        assert!(left >= 0, "{time} is past");
        self.turn(left);
    }

    pub(super) fn sweep(&self) -> Value {
        let swept = self.server.post(&self.ws.admin, "/v1/sweeps", json!({}));
        assert_eq!(swept.status, 200, "{}", swept.text());
        swept.json()
    }

    /// The published policy in a language.
    pub(super) fn policy(&self, language: &str) -> Value {
        self.server.send("GET", &format!("/policy.json?lang={language}"), &[], None).json()
    }

    /// One row of the published policy.
    pub(super) fn row(&self, language: &str, path: &str) -> Value {
        let policy = self.policy(language);
        let rows = policy["chapters"].as_array().unwrap().iter();
        let mut rows = rows.flat_map(|chapter| chapter["rows"].as_array().unwrap());
        rows.find(|row| row["path"] == path).unwrap_or(&Value::Null).clone()
    }

    /// The values of a published row.
    pub(super) fn values(&self, path: &str) -> Vec<String> {
        let row = self.row("en", path);
        let facts = row["facts"].as_array().unwrap().iter();
        facts.map(|fact| fact["value"].as_str().unwrap().to_owned()).collect()
    }

    /// The number of files of the server that hold these bytes.
    pub(super) fn holding(&self, bytes: &[u8]) -> usize {
        let holds = |file: &Vec<u8>| file.windows(bytes.len()).any(|window| window == bytes);
        self.server.files().iter().filter(|file| holds(file)).count()
    }

    pub(super) fn promise(&self, id: &str) -> Value {
        let told = self.server.get(&self.ws.officer, "/v1/promises").json();
        let all = told["promises"].as_array().unwrap();
        all.iter().find(|one| one["promise"] == id).unwrap().clone()
    }
}
