//! `janji workspace`: tenants, each under a policy of its company.

use std::path::PathBuf;

use anyhow::Result;
use server::socket;

use crate::{
    check,
    folder::{self, Data, word},
    out,
};

/// What can be done with workspaces.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Make a workspace with a policy in force
    Create(Create),
    /// Switch a feature that the policy declares
    Feature(Toggle),
    /// Give a workspace a plan that the policy names; what it lacks is switched off
    Plan(Buy),
    /// Close a workspace: no use from now on, and everybody erased when the policy's period is over
    Close(Named),
    /// Open a closed workspace again, before its period is over
    Reopen(Named),
    /// List the workspaces, and the key that proofs are pinned to
    List(List),
}

/// What a new workspace is.
#[derive(Debug, clap::Args)]
pub(crate) struct Create {
    #[command(flatten)]
    data: Data,
    /// Its name: a to z, 0 to 9 and -
    name: String,
    /// The policy; further workspaces of a company bring the same
    #[arg(long, value_name = "FILE")]
    policy: PathBuf,
}

/// Which workspace.
#[derive(Debug, clap::Args)]
pub(crate) struct Named {
    #[command(flatten)]
    data: Data,
    /// The workspace
    name: String,
}

/// What is switched.
#[derive(Debug, clap::Args)]
pub(crate) struct Toggle {
    #[command(flatten)]
    data: Data,
    /// The workspace
    name: String,
    /// The feature
    feature: String,
    /// on or off
    state: Switch,
}

/// What is given.
#[derive(Debug, clap::Args)]
pub(crate) struct Buy {
    #[command(flatten)]
    data: Data,
    /// The workspace
    name: String,
    /// The plan
    plan: String,
}

/// On or off.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub(crate) enum Switch {
    /// From now on it may be used
    On,
    /// From now on it may not; its period begins
    Off,
}

/// Which folder is listed.
#[derive(Debug, clap::Args)]
pub(crate) struct List {
    #[command(flatten)]
    data: Data,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Makes, switches or lists.
pub(crate) fn run(command: &Command) -> Result<u8> {
    match command {
        Command::Create(args) => create(args),
        Command::Feature(args) => {
            let on = args.state == Switch::On;
            args.data.perform(&socket::Command::WorkspaceFeature {
                workspace: args.name.clone(),
                feature: args.feature.clone(),
                on,
            })?;
            out::line(&format!(
                "{} is {} in {}",
                args.feature,
                if on { "on" } else { "off" },
                args.name
            ))?;
            Ok(0)
        }
        Command::Plan(args) => {
            let (workspace, plan) = (args.name.clone(), args.plan.clone());
            args.data.perform(&socket::Command::WorkspacePlan { workspace, plan })?;
            out::line(&format!("{} holds the plan {}", args.name, args.plan))?;
            Ok(0)
        }
        Command::Close(args) => close(args),
        Command::Reopen(args) => {
            let workspace = args.name.clone();
            args.data.perform(&socket::Command::WorkspaceReopen { workspace })?;
            out::line(&format!("{} is open again", args.name))?;
            Ok(0)
        }
        Command::List(args) => list(args),
    }
}

fn close(args: &Named) -> Result<u8> {
    let workspace = args.name.clone();
    let closed = args.data.perform(&socket::Command::WorkspaceClose { workspace })?.done;
    let until = word(&closed, "until");
    out::line(&format!("{} is closed; everybody in it is erased after {until}", args.name))?;
    let held = closed.get("held").and_then(serde_json::Value::as_u64).unwrap_or(0);
    if held > 0 {
        out::line(&format!("{held} holds stand: what they keep waits for their release"))?;
    }
    Ok(0)
}

fn create(args: &Create) -> Result<u8> {
    let source = folder::text(&args.policy)?;
    let name = args.policy.display().to_string();
    let checked = policy::check(&name, &source);
    if checked.policy.is_none() {
        check::show(&name, &source, &checked.findings)?;
        return Ok(1);
    }
    let command = socket::Command::WorkspaceCreate { name: args.name.clone(), policy: source };
    let made = args.data.perform(&command)?;
    out::line(&format!("made workspace {}", args.name))?;
    out::line(&format!("proofs are signed by {}", word(&made.done, "key")))?;
    Ok(0)
}

fn list(args: &List) -> Result<u8> {
    let answer = args.data.perform(&socket::Command::WorkspaceList)?;
    let key = word(&answer.done, "key");
    if args.json {
        let whole = serde_json::json!({ "key": key, "workspaces": answer.parts });
        out::line(&serde_json::to_string_pretty(&whole)?)?;
        return Ok(0);
    }
    let row = |part| ["workspace", "company"].map(|name| word(part, name).to_owned()).to_vec();
    out::table(&answer.parts.iter().map(row).collect::<Vec<_>>())?;
    out::line(&format!("proofs are signed by {key}"))?;
    Ok(0)
}
