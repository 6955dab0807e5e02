//! The stage of the demo: a server with a test clock on a fresh folder, and a workspace for each company.

use std::{
    collections::BTreeSet,
    fmt,
    fmt::Write as _,
    fs,
    net::SocketAddr,
    path::{Path, PathBuf},
    sync::Arc,
};

use anyhow::{Context, Result};
use engine::{Deployment, Role, Setup, Workspace, clock::TestClock, token::New};
use jiff::tz::TimeZone;
use serde_json::{Value, json};
use server::{
    Running, Settings,
    config::{Config, FILE},
    socket,
};

use super::{
    client::Client,
    company::{About, Story},
    hands::Hands,
};
use crate::out;

/// A Friday evening in Jakarta.
const START: &str = "2026-01-09T10:00:00Z";
const DAY: i64 = 86_400_000_000;

/// The categories of which the server takes nothing yet, because their limits or those of all their purposes
/// are only planned.
fn closed(policy: &policy::Policy) -> BTreeSet<String> {
    let open = |id: &String| {
        policy.purposes.iter().any(|purpose| purpose.id == *id && purpose.closed.is_none())
    };
    let used = |one: &policy::Category| one.feeds.is_some() || one.purposes.iter().any(open);
    let closed = policy.categories.iter().filter(|one| one.closed.is_some() || !used(one));
    closed.map(|one| one.id.clone()).collect()
}

/// A running server with the clock in our hands.
#[derive(Debug)]
pub(crate) struct Stage {
    folder: PathBuf,
    config: Config,
    clock: TestClock,
    deployment: Arc<Deployment>,
    running: Running,
}

/// One company on it.
pub(crate) struct Player {
    pub(crate) about: &'static About,
    pub(crate) story: Box<dyn Story>,
    pub(crate) hands: Hands,
    pub(crate) workspace: Arc<Workspace>,
}

impl fmt::Debug for Player {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.about.word)
    }
}

/// The present.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Day(i64);

impl Day {
    /// Today, as a date.
    pub(crate) fn date(self) -> String {
        engine::time::date(self.0, &TimeZone::UTC)
    }

    /// A morning of the week that ends today.
    pub(crate) fn morning(self, day: u64) -> String {
        let back = DAY * (4 - i64::try_from(day).unwrap_or(0)) + DAY / 3;
        engine::time::rfc3339(self.0 - back)
    }
}

/// The configuration of the folder, as an operator would write it.
fn configuration(listen: SocketAddr, companies: &[(String, String)]) -> Result<String> {
    let mut text = format!(
        "# Written by `janji demo`.\n\n[server]\nlisten = \"{listen}\"\n\n\
         [keys]\n# Three years are 36 of these epochs, and not a thousand of one day.\n\
         epoch = \"30 days\"\nkeep = 7\n\
         # It lies beside the data here: good enough to show, not to run.\n\
         escrows = [\"../escrow\"]\naccept_total_loss = true\n"
    );
    for (company, host) in companies {
        // A JSON text is a TOML text too.
        let company = serde_json::to_string(company)?;
        write!(text, "\n[publisher.{company}]\nhosts = [\"{host}\"]\n")?;
    }
    Ok(text)
}

impl Stage {
    /// Makes the folder, the workspaces and the server.
    pub(crate) fn set(
        folder: Option<PathBuf>,
        address: SocketAddr,
        cast: Vec<(&'static About, Box<dyn Story>)>,
    ) -> Result<(Stage, Vec<Player>)> {
        let unique = format!("janji-demo-{}", std::process::id());
        let folder = folder.unwrap_or_else(|| std::env::temp_dir().join(unique));
        let data = folder.join("data");
        anyhow::ensure!(!data.exists(), "{} is not empty", folder.display());
        fs::create_dir_all(&data)?;
        let mut companies = Vec::new();
        for (about, _) in &cast {
            let policy = policy::check(about.word, about.policy).policy;
            let policy = policy.with_context(|| format!("the policy of {}", about.brand))?;
            companies.push((policy.company.name, about.host()));
        }
        fs::write(data.join(FILE), configuration(address, &companies)?)?;
        let config = Config::load(&data)?;
        let clock = TestClock::at(engine::time::parse(START).context("the start")?);
        let deployment = Arc::new(Deployment::open(config.setup(Some(&clock)))?);
        let mut numbers = Vec::new();
        for (about, _) in &cast {
            numbers.push(deployment.create_workspace(about.word, about.policy)?);
        }
        let settings = Settings {
            rate: 1_000_000,
            burst: 1_000_000,
            housekeeping: false,
            ..config.settings(&deployment, Some(&clock))?
        };
        let running = server::serve(settings, Arc::clone(&deployment))?;
        let stage = Stage { folder, config, clock, deployment, running };
        let players = cast.into_iter().zip(numbers).map(|((about, story), number)| {
            let hands = stage.hands(about, number)?;
            let workspace = stage.deployment.workspace(number)?;
            Ok(Player { about, story, hands, workspace })
        });
        let players = players.collect::<Result<Vec<Player>>>()?;
        Ok((stage, players))
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    pub(crate) fn deployment(&self) -> &Arc<Deployment> {
        &self.deployment
    }

    /// How another folder is opened at the demo's own time.
    pub(crate) fn setup(&self, folder: &Path, escrow: &Path) -> Setup {
        Setup {
            folder: folder.to_owned(),
            escrows: vec![escrow.to_owned()],
            ..self.config.setup(Some(&self.clock))
        }
    }

    fn token(&self, workspace: u64, role: Role) -> Result<Client> {
        let new = New { role, subject: None, expires: None };
        let token = self.deployment.token(workspace, &new)?;
        Ok(Client::new(&format!("http://{}", self.running.address()), &token))
    }

    /// Tokens for everyone at a company, what it accepts, chooses and switches on.
    fn hands(&self, about: &About, workspace: u64) -> Result<Hands> {
        let admin = self.token(workspace, Role::Admin)?;
        let policy = policy::check(about.word, about.policy).policy;
        let policy = policy.with_context(|| format!("the policy of {}", about.brand))?;
        let closed = closed(&policy);
        for document in about.documents {
            admin.must("POST", &format!("/v1/documents/{document}/accept"), &Value::Null)?;
        }
        for setting in about.settings {
            admin.must("PUT", &format!("/v1/settings/{setting}"), &json!({ "value": true }))?;
        }
        for feature in about.features {
            admin.must("PUT", &format!("/v1/features/{feature}"), &json!({ "on": true }))?;
        }
        let staff = about.staff.iter().map(|role| {
            Ok(((*role).to_owned(), self.token(workspace, Role::Staff((*role).to_owned()))?))
        });
        Ok(Hands::new(
            self.token(workspace, Role::System)?,
            self.token(workspace, Role::Officer)?,
            staff.collect::<Result<_>>()?,
            closed,
        ))
    }

    /// The present.
    pub(crate) fn day(&self) -> Day {
        Day(self.deployment.reading().now)
    }

    /// Lets seven days pass, with the housekeeping at their end.
    pub(crate) fn pass_a_week(&self) -> Result<()> {
        self.clock.run(7 * DAY);
        Ok(self.deployment.tick()?)
    }

    /// Lets time pass and does nothing else.
    #[cfg(test)]
    pub(crate) fn run(&self, micros: i64) {
        self.clock.run(micros);
    }

    /// Takes a backup and answers its folder.
    pub(crate) fn backup(&self) -> Result<PathBuf> {
        let backup = engine::backup::backup(&self.deployment, &self.folder.join("backups"))?;
        Ok(backup.folder)
    }

    /// Serves until the process is told to end. The demo's time stands still meanwhile.
    pub(crate) fn serve(self, players: &[Player]) -> Result<()> {
        let port = self.running.address().port();
        out::line("")?;
        out::line("The pages, until Ctrl-C:")?;
        for player in players {
            let address = format!("http://{}:{port}", player.about.host());
            out::line(&format!("  {:<12}{address}/policy", player.about.brand))?;
            out::line(&format!("  {:<12}{address}/trust", ""))?;
        }
        let data = self.config.server.data.display();
        out::line(&format!("Other commands work beside it: janji prove --data {data}"))?;
        let _listening = socket::listen(&self.deployment, &self.config)?;
        self.running.wait();
        Ok(())
    }
}
