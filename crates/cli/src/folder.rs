//! The way to a data folder: through the socket of the server that has it open, or by opening it here.

use std::{
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow, bail};
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

/// A policy file's text, with its name in the error. What is larger than any policy is not read, and of what has
/// no size, such as a pipe or a device, no more than a policy can have.
pub(crate) fn text(path: &Path) -> Result<String> {
    let name = path.display();
    let file = File::open(path).with_context(|| format!("{name} cannot be read"))?;
    let size = file.metadata().with_context(|| format!("{name} cannot be read"))?.len();
    let most = u64::try_from(policy::LARGEST)?;
    let mut bytes = Vec::new();
    if size <= most {
        let read = file.take(most + 1).read_to_end(&mut bytes);
        read.with_context(|| format!("{name} cannot be read"))?;
    }
    if size > most || bytes.len() > policy::LARGEST {
        bail!("{name} is too large: no policy has more than {} MiB (too-large)", most >> 20);
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        let lines = error.as_bytes().iter().take(at).filter(|byte| **byte == b'\n').count();
        anyhow!("{name} is not UTF-8: byte {at}, on line {}, is part of no character", lines + 1)
    })
}

/// A text of an answer.
pub(crate) fn word<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or("")
}
