//! A server for tests and a small blocking client.

use std::{sync::Arc, time::Duration};

use engine::{Deployment, Role, Setup, clock::TestClock, token};
use serde_json::{Value, json};
use server::{Running, Settings, serve};
use store::disk::RealDisk;
use tempfile::TempDir;

pub(crate) const POLICY: &str = include_str!("../../../../policies/ashari.toml");
/// A policy whose workspaces choose.
pub(crate) const STUDIO: &str = include_str!("../policies/studio.toml");
pub(crate) const START: &str = "2026-03-02T02:00:00Z";

/// A running server in a folder of its own.
pub(crate) struct TestServer {
    pub(crate) clock: TestClock,
    pub(crate) deployment: Arc<Deployment>,
    pub(crate) running: Option<Running>,
    pub(crate) folder: TempDir,
    agent: ureq::Agent,
    address: String,
}

/// One answer.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) headers: Vec<(String, String)>,
    pub(crate) bytes: Vec<u8>,
}

impl Answer {
    pub(crate) fn json(&self) -> Value {
        serde_json::from_slice(&self.bytes).unwrap_or(Value::Null)
    }

    pub(crate) fn text(&self) -> String {
        String::from_utf8_lossy(&self.bytes).into_owned()
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        let found = self.headers.iter().find(|(known, _)| known == name);
        found.map_or("", |(_, value)| value.as_str())
    }

    /// The id that a 201 gives; anything else fails with what came.
    pub(crate) fn id(&self) -> String {
        assert_eq!(self.status, 201, "{}", self.text());
        self.json()["id"].as_str().unwrap().to_owned()
    }

    /// What two answers that tell no difference have in common: all but the date.
    pub(crate) fn face(&self) -> (u16, Vec<(String, String)>, String) {
        let headers = self.headers.iter().filter(|(name, _)| name != "date").cloned();
        (self.status, headers.collect(), self.text())
    }
}

/// Tokens of one workspace.
pub(crate) struct Workspace {
    pub(crate) number: u64,
    pub(crate) system: String,
    pub(crate) admin: String,
    pub(crate) officer: String,
    pub(crate) hr: String,
}

impl TestServer {
    pub(crate) fn start() -> TestServer {
        TestServer::with(|_| {})
    }

    pub(crate) fn with(adapt: impl FnOnce(&mut Settings)) -> TestServer {
        let folder = tempfile::tempdir().unwrap();
        let clock = TestClock::at(engine::time::parse(START).unwrap());
        TestServer::open(folder, clock, |_| {}, adapt)
    }

    /// A server on a folder that may have been served before.
    pub(crate) fn open(
        folder: TempDir,
        clock: TestClock,
        prepare: impl FnOnce(&mut Setup),
        adapt: impl FnOnce(&mut Settings),
    ) -> TestServer {
        let mut setup = Setup {
            folder: folder.path().join("data"),
            disk: Arc::new(RealDisk),
            clock: Box::new(clock.clone()),
            test_clock: true,
            seed: None,
            escrows: Vec::new(),
            accept_total_loss: true,
            epoch: engine::deployment::DAY,
            keep_epochs: 7,
        };
        prepare(&mut setup);
        let deployment = Arc::new(Deployment::open(setup).unwrap());
        let mut settings = Settings {
            address: ([127, 0, 0, 1], 0).into(),
            test_clock: Some(clock.clone()),
            housekeeping: false,
            ..Settings::default()
        };
        adapt(&mut settings);
        let running = serve(settings, Arc::clone(&deployment)).unwrap();
        let address = format!("http://{}", running.address());
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(Duration::from_secs(20)));
        let agent = ureq::Agent::new_with_config(config.build());
        TestServer { clock, deployment, running: Some(running), folder, agent, address }
    }

    /// Ends it; what is left is its folder and the time.
    pub(crate) fn stop(self) -> (TempDir, TestClock) {
        let TestServer { clock, deployment, running, folder, .. } = self;
        running.unwrap().stop();
        drop(deployment);
        (folder, clock)
    }

    pub(crate) fn address(&self) -> std::net::SocketAddr {
        self.running.as_ref().unwrap().address()
    }

    /// A workspace with every feature on, and a token for each role.
    pub(crate) fn workspace(&self, name: &str) -> Workspace {
        self.workspace_of(name, POLICY)
    }

    /// The same under another policy with the features of the reference.
    pub(crate) fn workspace_of(&self, name: &str, policy: &str) -> Workspace {
        let workspace = self.bare_workspace(name, policy, "hr");
        for feature in ["attendance", "learning", "forms", "chat", "automation"] {
            let path = format!("/v1/features/{feature}");
            let answer = self.put(&workspace.admin, &path, json!({"on": true}));
            assert_eq!(answer.status, 204, "{}", answer.text());
        }
        workspace
    }

    /// A workspace under a policy of its own, with nothing chosen; `hr` is a token of this staff.
    pub(crate) fn bare_workspace(&self, name: &str, policy: &str, staff: &str) -> Workspace {
        let number = self.deployment.create_workspace(name, policy).unwrap();
        let token = |role| {
            let new = token::New { role, subject: None, expires: None };
            self.deployment.token(number, &new).unwrap()
        };
        Workspace {
            number,
            system: token(Role::System),
            admin: token(Role::Admin),
            officer: token(Role::Officer),
            hr: token(Role::Staff(staff.to_owned())),
        }
    }

    /// A token of a person, made by the admin.
    pub(crate) fn person(&self, workspace: &Workspace, subject: &str) -> String {
        let body = json!({"role": "person", "subject": subject});
        let made = self.post(&workspace.admin, "/v1/tokens", body);
        assert_eq!(made.status, 201, "{}", made.text());
        made.json()["token"].as_str().unwrap().to_owned()
    }

    pub(crate) fn send(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: Option<&[u8]>,
    ) -> Answer {
        let mut request =
            ureq::http::Request::builder().method(method).uri(format!("{}{path}", self.address));
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let answer = match body {
            Some(body) => self.agent.run(request.body(body).unwrap()),
            None => self.agent.run(request.body(()).unwrap()),
        };
        let mut answer = answer.unwrap();
        let headers = answer.headers().iter().map(|(name, value)| {
            (name.as_str().to_owned(), value.to_str().unwrap_or("").to_owned())
        });
        Answer {
            status: answer.status().as_u16(),
            headers: headers.collect(),
            bytes: answer.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap(),
        }
    }

    fn json(&self, method: &str, token: &str, path: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
        self.send(method, path, &headers, Some(body.to_string().as_bytes()))
    }

    pub(crate) fn get(&self, token: &str, path: &str) -> Answer {
        self.send("GET", path, &[("authorization", &format!("Bearer {token}"))], None)
    }

    pub(crate) fn delete(&self, token: &str, path: &str) -> Answer {
        self.send("DELETE", path, &[("authorization", &format!("Bearer {token}"))], None)
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]
    pub(crate) fn post(&self, token: &str, path: &str, body: Value) -> Answer {
        self.json("POST", token, path, &body)
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]
    pub(crate) fn put(&self, token: &str, path: &str, body: Value) -> Answer {
        self.json("PUT", token, path, &body)
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]
    pub(crate) fn patch(&self, token: &str, path: &str, body: Value) -> Answer {
        self.json("PATCH", token, path, &body)
    }

    pub(crate) fn post_with_key(&self, token: &str, path: &str, key: &str, body: &Value) -> Answer {
        let bearer = format!("Bearer {token}");
        let headers = [
            ("authorization", bearer.as_str()),
            ("content-type", "application/json"),
            ("idempotency-key", key),
        ];
        self.send("POST", path, &headers, Some(body.to_string().as_bytes()))
    }

    pub(crate) fn subject(&self, workspace: &Workspace, people: &[&str]) -> String {
        let body = json!({"people": people, "country": "ID"});
        self.post(&workspace.system, "/v1/subjects", body).id()
    }

    #[expect(clippy::needless_pass_by_value, reason = "literals read better without a borrow")]
    pub(crate) fn record(
        &self,
        token: &str,
        subject: &str,
        category: &str,
        whole: Option<&str>,
        fields: Value,
    ) -> Answer {
        let mut body = json!({"subject": subject, "category": category, "fields": fields});
        if let Some(whole) = whole {
            body["part_of"] = whole.into();
        }
        self.post(token, "/v1/records", body)
    }

    pub(crate) fn account(&self, workspace: &Workspace, subject: &str, email: &str) -> String {
        let fields = json!({"first_name": "Sari", "last_name": "Dewi", "email": email});
        self.record(&workspace.system, subject, "account", None, fields).id()
    }

    /// Every file of the folder, for canaries.
    pub(crate) fn files(&self) -> Vec<Vec<u8>> {
        fn walk(folder: &std::path::Path, found: &mut Vec<Vec<u8>>) {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    walk(&path, found);
                } else {
                    found.push(std::fs::read(&path).unwrap());
                }
            }
        }
        let mut found = Vec::new();
        walk(self.folder.path(), &mut found);
        found
    }
}
