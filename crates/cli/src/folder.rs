//! The way to a data folder: through the socket of the server that has it open, or by opening it here.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use engine::{Deployment, Refusal, clock::TestClock};
use serde_json::Value;
use server::{
    config::Config,
    socket::{self, Command},
};

/// Which folder a command is about.
#[derive(Debug, clap::Args)]
pub(crate) struct Data {
    /// The data folder, with its janji.toml
    #[arg(long, value_name = "DIR", default_value = ".")]
    data: PathBuf,
}

/// What a command answered: its parts, and the end.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) parts: Vec<Value>,
    pub(crate) done: Value,
}

impl Data {
    pub(crate) fn config(&self) -> Result<Config> {
        Ok(Config::load(&self.data)?)
    }

    /// Performs a command and gathers the parts of its answer.
    pub(crate) fn perform(&self, command: &Command) -> Result<Answer> {
        let mut parts = Vec::new();
        let done = self.each(command, &mut |part| {
            parts.push(part);
            Ok(())
        })?;
        Ok(Answer { parts, done })
    }

    /// Performs a command and shows each part of its answer as it comes.
    pub(crate) fn each(
        &self,
        command: &Command,
        each: &mut dyn FnMut(Value) -> Result<()>,
    ) -> Result<Value> {
        let config = self.config()?;
        // An answer that cannot be shown ends the command with the reason why it could not.
        let mut lost = None;
        let mut take = |part| {
            each(part).map_err(|error| {
                lost = Some(error);
                Refusal::Refused("the answer could not be written".to_owned())
            })
        };
        let answered = match socket::ask(&config.server.data, command, &mut take) {
            Some(answered) => answered,
            None => here(&config, command, &mut take),
        };
        match (lost, answered) {
            (Some(error), _) => Err(error),
            (None, answered) => Ok(answered?),
        }
    }
}

/// Nobody serves the folder: this process opens it.
fn here(config: &Config, command: &Command, each: socket::Each<'_>) -> Result<Value, Refusal> {
    // The clock of a test's folder stands at the newest time that it has seen.
    let clock = config.is_test().then(|| TestClock::at(0));
    let deployment = Deployment::open(config.setup(clock.as_ref()))?;
    let answer = socket::perform(&deployment, config, command, each)?;
    deployment.close()?;
    Ok(answer)
}

/// A file's text, with its name in the error.
pub(crate) fn text(path: &Path) -> Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("{} cannot be read", path.display()))
}

/// A text of an answer.
pub(crate) fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}
