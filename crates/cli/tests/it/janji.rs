//! A folder of its own, the binary on it, and a small client.

use std::{
    fs,
    io::{BufRead, BufReader, Read},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use serde_json::{Value, json};
use tempfile::TempDir;

/// What a command printed and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ran {
    pub(crate) fn of(output: &Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            err: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }

    /// The output of a command that must end well.
    pub(crate) fn fine(self) -> String {
        assert_eq!(self.code, 0, "{self:?}");
        self.out
    }

    pub(crate) fn json(self) -> Value {
        serde_json::from_str(&self.fine()).unwrap()
    }

    /// A command that must end with this code and say this somewhere.
    #[track_caller]
    pub(crate) fn says(self, code: i32, text: &str) {
        assert_eq!(self.code, code, "{self:?}");
        assert!(self.out.contains(text) || self.err.contains(text), "no `{text}` in {self:?}");
    }
}

/// Runs `janji` with these arguments.
pub(crate) fn janji(args: &[&str]) -> Ran {
    Ran::of(&Command::new(env!("CARGO_BIN_EXE_janji")).args(args).output().unwrap())
}

/// A data folder that `init` made, with an escrow beside it.
pub(crate) struct Folder {
    temp: TempDir,
}

impl Folder {
    /// With one workspace `main`.
    pub(crate) fn new() -> Folder {
        let folder = Folder::empty();
        folder.make("main").fine();
        folder
    }

    /// Policy and configuration, and nothing else yet.
    pub(crate) fn empty() -> Folder {
        let folder = Folder { temp: tempfile::tempdir().unwrap() };
        janji(&["init", &folder.data()]).fine();
        let config = folder.path("data/janji.toml");
        let text = fs::read_to_string(&config).unwrap();
        let escrow = format!("escrows = [\"{}\"]", folder.path("escrow").display());
        fs::write(&config, text.replace("# escrows = [\"/mnt/escrow\"]", &escrow)).unwrap();
        folder
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.temp.path().join(name)
    }

    pub(crate) fn text(&self, name: &str) -> String {
        self.path(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn data(&self) -> String {
        self.text("data")
    }

    /// Runs a command on this folder.
    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        let data = self.data();
        janji(&[args, &["--data", &data]].concat())
    }

    pub(crate) fn make(&self, workspace: &str) -> Ran {
        let policy = self.text("data/policy.toml");
        self.run(&["workspace", "create", workspace, "--policy", &policy])
    }

    pub(crate) fn token(&self, role: &str) -> String {
        let made = self.run(&["token", "create", "--workspace", "main", "--role", role]);
        made.fine().trim().to_owned()
    }

    /// The key that proofs are pinned to.
    pub(crate) fn key(&self) -> String {
        let listed = self.run(&["workspace", "list", "--json"]).json();
        listed["key"].as_str().unwrap().to_owned()
    }

    pub(crate) fn serve(&self, args: &[&str]) -> Server {
        Server::start(Path::new(&self.data()), args)
    }
}

/// `janji serve` in a process of its own, gone when this is.
pub(crate) struct Server {
    process: Child,
    pub(crate) base: String,
}

impl Server {
    pub(crate) fn start(data: &Path, args: &[&str]) -> Server {
        let mut process = Command::new(env!("CARGO_BIN_EXE_janji"))
            .args(["serve", "--listen", "127.0.0.1:0", "--data"])
            .arg(data)
            .args(args)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stdout.take().unwrap()).read_line(&mut line).unwrap();
        let Some(base) = line.trim().strip_prefix("listening on ") else {
            let mut said = String::new();
            process.stderr.take().unwrap().read_to_string(&mut said).unwrap();
            panic!("it does not serve: {said}");
        };
        Server { base: base.to_owned(), process }
    }

    pub(crate) fn client(&self, token: &str) -> Client {
        Client::new(&self.base, token)
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Asks it to end and answers its exit code.
    pub(crate) fn end(mut self) -> i32 {
        let id = self.process.id().to_string();
        assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
        self.process.wait().unwrap().code().unwrap_or(-1)
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// A client of the API with one token.
#[derive(Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    base: String,
    token: String,
}

impl Client {
    pub(crate) fn new(base: &str, token: &str) -> Client {
        let config = ureq::Agent::config_builder().http_status_as_error(false).build();
        Client { agent: config.into(), base: base.to_owned(), token: token.to_owned() }
    }

    /// Status and body; `None` when the server is not there, or went while it answered.
    pub(crate) fn ask(
        &self,
        method: &str,
        path: &str,
        body: Option<&Value>,
    ) -> Option<(u16, Vec<u8>)> {
        loop {
            let bearer = format!("Bearer {}", self.token);
            let request = ureq::http::Request::builder()
                .method(method)
                .uri(format!("{}{path}", self.base))
                .header("authorization", bearer)
                .header("content-type", "application/json");
            let bytes = body.map_or(Vec::new(), |body| body.to_string().into_bytes());
            let mut answer = self.agent.run(request.body(bytes).unwrap()).ok()?;
            let status = answer.status().as_u16();
            let bytes = answer.body_mut().read_to_vec().ok()?;
            // Asking again is what 429 asks for.
            if status != 429 {
                return Some((status, bytes));
            }
        }
    }

    pub(crate) fn get(&self, path: &str) -> (u16, Vec<u8>) {
        self.ask("GET", path, None).unwrap()
    }

    /// A good answer to a POST.
    pub(crate) fn post(&self, path: &str, body: &Value) -> Value {
        let (status, bytes) = self.ask("POST", path, Some(body)).unwrap();
        assert!(status < 300, "{path}: {status} {}", String::from_utf8_lossy(&bytes));
        serde_json::from_slice(&bytes).unwrap()
    }

    /// A person with an account: the ids of both.
    pub(crate) fn account(&self, email: &str) -> (String, String) {
        let person = self.post("/v1/subjects", &json!({ "people": ["customer"] }));
        let person = person["id"].as_str().unwrap().to_owned();
        let fields = json!({ "full_name": "Sari Dewi", "email": email });
        let account = json!({ "subject": person, "category": "account", "fields": fields });
        let account = self.post("/v1/records", &account);
        (person, account["id"].as_str().unwrap().to_owned())
    }

    /// The status of reading a record for the service.
    pub(crate) fn read(&self, record: &str) -> u16 {
        self.get(&format!("/v1/records/{record}?purpose=service")).0
    }

    /// Erases a person; answers the certificate's id.
    pub(crate) fn erase(&self, person: &str) -> String {
        let (status, bytes) = self.ask("DELETE", &format!("/v1/subjects/{person}"), None).unwrap();
        assert_eq!(status, 200, "{}", String::from_utf8_lossy(&bytes));
        let done: Value = serde_json::from_slice(&bytes).unwrap();
        done["certificate"].as_str().unwrap().to_owned()
    }
}
