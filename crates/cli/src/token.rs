//! `janji token`: who may use the API.

use anyhow::Result;
use server::socket;

use crate::{
    folder::{Data, word},
    out,
};

/// What can be done with tokens.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Make a token and show it, this once
    Create(Create),
    /// End a token
    Revoke(Revoke),
}

/// What a new token is.
#[derive(Debug, clap::Args)]
pub(crate) struct Create {
    #[command(flatten)]
    data: Data,
    /// The workspace that it opens
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// system, admin, officer, person, or staff:ROLE with a role of the policy
    #[arg(long)]
    role: String,
    /// The person of a person's token
    #[arg(long, value_name = "ID")]
    subject: Option<String>,
    /// For how many days; for ever when not said
    #[arg(long)]
    days: Option<u32>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Which token ends.
#[derive(Debug, clap::Args)]
pub(crate) struct Revoke {
    #[command(flatten)]
    data: Data,
    /// The workspace that it opens
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// Its number, as `token create` showed it
    id: u64,
}

/// Makes or ends a token.
pub(crate) fn run(command: &Command) -> Result<u8> {
    match command {
        Command::Create(args) => create(args),
        Command::Revoke(args) => {
            let (workspace, id) = (args.workspace.clone(), args.id);
            args.data.perform(&socket::Command::TokenRevoke { workspace, id })?;
            out::line(&format!("revoked {id}"))?;
            Ok(0)
        }
    }
}

fn create(args: &Create) -> Result<u8> {
    let made = args.data.perform(&socket::Command::TokenCreate {
        workspace: args.workspace.clone(),
        role: args.role.clone(),
        subject: args.subject.clone(),
        days: args.days,
    })?;
    if args.json {
        out::line(&made.done.to_string())?;
    } else {
        out::line(word(&made.done, "token"))?;
        let id = made.done.get("id").and_then(serde_json::Value::as_u64).unwrap_or(0);
        out::note(&format!("token {id}; it is not shown again"));
    }
    Ok(0)
}
