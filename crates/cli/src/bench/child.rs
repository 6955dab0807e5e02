//! The measured server, in a process of its own, so that its processor time and memory are its own.

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{ChildStdin, Command, Stdio},
    sync::Arc,
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use engine::{
    Actor, Deployment, RealDisk, Role, Setup, clock::SystemClock, deployment::DAY, token::New,
};
use serde_json::{Value, json};
use server::Settings;

use crate::{
    demo::{Client, POLICY},
    out,
};

/// Serves a benchmark's folder until standard input ends.
pub(crate) fn serve(data: &Path) -> Result<()> {
    let setup = Setup {
        folder: data.join("data"),
        disk: Arc::new(RealDisk),
        clock: Box::new(SystemClock::start()),
        test_clock: false,
        seed: None,
        escrows: Vec::new(),
        accept_total_loss: true,
        epoch: DAY,
        keep_epochs: 7,
    };
    let deployment = Arc::new(Deployment::open(setup)?);
    let number = match deployment.workspaces()?.first() {
        Some(listed) => listed.number,
        None => deployment.create_workspace("bench", POLICY)?,
    };
    let ws = deployment.workspace(number)?;
    let admin = deployment.ctx(ws, Actor { role: Role::Admin, token: 0, subject: None });
    let act = admin.clone();
    admin.ws.act(&admin, move |tx| engine::feature::switch(&act, tx, "forms", true))?;
    engine::bare::prepare(&admin)?;
    let token = |role| deployment.token(number, &New { role, subject: None, expires: None });
    let system = token(Role::System)?;
    let settings = Settings {
        address: ([127, 0, 0, 1], 0).into(),
        rate: u32::MAX,
        burst: u32::MAX,
        bench: true,
        ..Settings::default()
    };
    let running = server::serve(settings, Arc::clone(&deployment))?;
    let hello = json!({ "address": running.address(), "system": system });
    out::line(&hello.to_string())?;
    std::io::copy(&mut std::io::stdin(), &mut std::io::sink())?;
    running.stop();
    Ok(())
}

/// The process that serves.
#[derive(Debug)]
pub(crate) struct Child {
    process: std::process::Child,
    stdin: ChildStdin,
    address: String,
    token: String,
    started: Duration,
}

impl Child {
    /// Starts it and waits for its first answer.
    pub(crate) fn start(folder: &Path) -> Result<Child> {
        let began = Instant::now();
        let mut process = Command::new(std::env::current_exe()?)
            .args(["bench", "serve", "--data"])
            .arg(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let stdin = process.stdin.take().context("the server has no input")?;
        let stdout = process.stdout.take().context("the server has no output")?;
        let mut hello = String::new();
        BufReader::new(stdout).read_line(&mut hello)?;
        let hello: Value = serde_json::from_str(&hello).context("the server did not start")?;
        let word = |name: &str| hello.get(name).and_then(Value::as_str).map(str::to_owned);
        let address = word("address").context("no address")?;
        let token = word("system").context("no token")?;
        let mut stream = TcpStream::connect(&address)?;
        stream
            .write_all(b"GET /healthz HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        anyhow::ensure!(answer.starts_with(b"HTTP/1.1 200"), "the server is not healthy");
        Ok(Child { process, stdin, address, token, started: began.elapsed() })
    }

    /// From the start of the process to its first answer.
    pub(crate) fn started(&self) -> Duration {
        self.started
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&format!("http://{}", self.address), &self.token)
    }

    /// Processor time so far, in seconds, as Linux counts it.
    pub(crate) fn processor(&self) -> Result<f64> {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.process.id()))?;
        let after = stat.rsplit_once(") ").context("stat")?.1;
        let mut fields = after.split(' ').skip(11);
        let mut ticks = || fields.next().and_then(|field| field.parse::<f64>().ok());
        let (user, system) = (ticks().context("utime")?, ticks().context("stime")?);
        Ok((user + system) / 100.0)
    }

    /// Resident memory, in megabytes.
    pub(crate) fn resident(&self) -> Result<u64> {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.process.id()))?;
        let line = status.lines().find(|line| line.starts_with("VmRSS:")).context("VmRSS")?;
        let number = line.split_whitespace().nth(1).and_then(|number| number.parse::<u64>().ok());
        Ok(number.context("VmRSS")? / 1024)
    }

    /// Ends it.
    pub(crate) fn stop(mut self) -> Result<()> {
        drop(self.stdin);
        self.process.wait()?;
        Ok(())
    }
}
