//! The stage of the demo: a server with a test clock on a fresh folder, under the company's policy.

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use engine::{Deployment, RealDisk, Role, Setup, clock::TestClock, token::New};
use serde_json::json;
use server::{Running, Settings};

use super::{client::Client, story::Hands};

/// The policy that the demo keeps.
pub(crate) const POLICY: &str = include_str!("../../../../policies/ashari.toml");
/// A Friday evening in Jakarta.
const START: &str = "2026-01-09T10:00:00Z";
const DAY: i64 = 86_400_000_000;
/// Epochs of thirty days, so that three years are 36 of them and not a thousand.
const EPOCH: i64 = 30 * DAY;

/// A running server with the clock in our hands.
#[derive(Debug)]
pub(crate) struct Stage {
    folder: PathBuf,
    clock: TestClock,
    deployment: Arc<Deployment>,
    running: Running,
    workspace: u64,
}

/// How a folder of the demo is opened.
pub(crate) fn setup(folder: &Path, escrow: &Path, clock: &TestClock) -> Setup {
    Setup {
        folder: folder.to_owned(),
        disk: Arc::new(RealDisk),
        clock: Box::new(clock.clone()),
        test_clock: true,
        seed: None,
        escrows: vec![escrow.to_owned()],
        // The escrow lies beside the data here: good enough to show, not to run.
        accept_total_loss: true,
        epoch: EPOCH,
        keep_epochs: 7,
    }
}

impl Stage {
    /// Makes the folder, the workspace and the server.
    pub(crate) fn set(folder: Option<PathBuf>, address: SocketAddr) -> Result<Stage> {
        let unique = format!("janji-demo-{}", std::process::id());
        let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(unique));
        anyhow::ensure!(!folder.join("data").exists(), "{} is not empty", folder.display());
        let start = engine::time::parse(START).context("the start")?;
        let clock = TestClock::at(start);
        let (data, escrow) = (folder.join("data"), folder.join("escrow"));
        let deployment = Arc::new(Deployment::open(setup(&data, &escrow, &clock))?);
        let workspace = deployment.create_workspace("demo", POLICY)?;
        let settings = Settings {
            address,
            rate: 1_000_000,
            burst: 1_000_000,
            test_clock: Some(clock.clone()),
            housekeeping: false,
            ..Settings::default()
        };
        let running = server::serve(settings, Arc::clone(&deployment))?;
        Ok(Stage { folder, clock, deployment, running, workspace })
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.running.address()
    }

    pub(crate) fn clock(&self) -> &TestClock {
        &self.clock
    }

    pub(crate) fn deployment(&self) -> &Arc<Deployment> {
        &self.deployment
    }

    fn token(&self, role: Role) -> Result<Client> {
        let token =
            self.deployment.token(self.workspace, &New { role, subject: None, expires: None })?;
        Ok(Client::new(&format!("http://{}", self.address()), &token))
    }

    /// Tokens for everyone, and the features that the company uses.
    pub(crate) fn hands(&self) -> Result<Hands> {
        let admin = self.token(Role::Admin)?;
        for feature in ["attendance", "learning", "forms", "chat", "automation"] {
            admin.must("PUT", &format!("/v1/features/{feature}"), &json!({ "on": true }))?;
        }
        Ok(Hands {
            system: self.token(Role::System)?,
            people_team: self.token(Role::Staff("hr".to_owned()))?,
            officer: self.token(Role::Officer)?,
        })
    }

    /// Today, as a date.
    pub(crate) fn date(&self) -> String {
        engine::time::date(self.deployment.reading().now, &jiff::tz::TimeZone::UTC)
    }

    /// A morning of the week that ends today.
    pub(crate) fn morning(&self, day: u64) -> String {
        let back = DAY * (4 - i64::try_from(day).unwrap_or(0)) + DAY / 3;
        engine::time::rfc3339(self.deployment.reading().now - back)
    }

    /// Lets seven days pass, with the housekeeping at their end.
    pub(crate) fn pass_a_week(&self) -> Result<()> {
        self.clock.run(7 * DAY);
        Ok(self.deployment.tick()?)
    }

    /// Takes a backup and answers its folder.
    pub(crate) fn backup(&self) -> Result<PathBuf> {
        let backup = engine::backup::backup(&self.deployment, &self.folder.join("backups"))?;
        Ok(backup.folder)
    }

    /// Serves until the process is told to end. The demo's time stands still meanwhile.
    pub(crate) fn serve(self) {
        self.running.wait();
    }
}
