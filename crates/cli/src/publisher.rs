//! `janji publisher`: the end of a company on this server.

use anyhow::Result;
use server::socket;

use crate::{
    folder::{Data, word},
    out,
};

/// What can be done with publishers.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// End a company whose workspaces are all closed; its page says so, its public files stay
    Close(Close),
}

/// Which company.
#[derive(Debug, clap::Args)]
pub(crate) struct Close {
    #[command(flatten)]
    data: Data,
    /// The company, by its published name
    name: String,
}

/// Ends.
pub(crate) fn run(command: &Command) -> Result<u8> {
    let Command::Close(args) = command;
    let publisher = args.name.clone();
    let ended = args.data.perform(&socket::Command::PublisherClose { publisher })?.done;
    out::line(&format!("{} has ended, {}", args.name, word(&ended, "ended")))?;
    Ok(0)
}
