//! `janji explain`: what a finding means, or what a rule of a policy stands for.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::{folder, out};

/// What `janji explain` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The id of a finding, or a row or key such as data.account.keep
    rule: String,
    /// The policy to look in; without it, what the row or key means in the language
    #[arg(long, value_name = "FILE")]
    policy: Option<PathBuf>,
}

/// Explains one word.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let policy = match &args.policy {
        None => None,
        Some(file) => {
            let checked = policy::check(&file.display().to_string(), &folder::text(file)?);
            if checked.policy.is_none() {
                bail!("{} has errors; `janji check` shows them", file.display());
            }
            checked.policy
        }
    };
    match policy::explain(&args.rule, policy.as_ref()) {
        Some(text) => out::line(text.trim_end()).map(|()| 0),
        None if policy.is_none() => {
            bail!(
                "`{}` is no finding and no row or key; --policy FILE looks in a policy",
                args.rule
            )
        }
        None => bail!("`{}` is no finding and no row of this policy", args.rule),
    }
}
