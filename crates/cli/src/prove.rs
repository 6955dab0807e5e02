//! `janji prove`: how each promise stands, with what was looked at.

use anyhow::Result;
use serde_json::{Value, json};
use server::socket::Command;

use crate::{
    folder::{Data, word},
    out,
};

/// What `janji prove` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: Data,
    /// One workspace instead of all
    #[arg(long, value_name = "NAME")]
    workspace: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Shows the states; 1 when a promise is broken.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let answer = args.data.perform(&Command::Prove { workspace: args.workspace.clone() })?;
    let broken = answer.done.get("broken").and_then(Value::as_u64).unwrap_or(0);
    if args.json {
        let whole = json!({
            "at": answer.done.get("at"),
            "broken": broken,
            "announced": answer.done.get("announced"),
            "promises": answer.parts,
        });
        out::line(&serde_json::to_string_pretty(&whole)?)?;
    } else {
        let head = ["WORKSPACE", "PROMISE", "STATE", "EVIDENCE"].map(str::to_owned).to_vec();
        let row = |part: &Value| {
            ["workspace", "promise", "state", "evidence"].map(|name| word(part, name).to_owned())
        };
        let rows = answer.parts.iter().map(|part| row(part).to_vec());
        out::table(&std::iter::once(head).chain(rows).collect::<Vec<_>>())?;
        announced(&answer.done)?;
        let promises = answer.parts.len();
        out::line(&format!(
            "{promises} promises, {broken} broken, at {}",
            word(&answer.done, "at")
        ))?;
    }
    Ok(u8::from(broken > 0))
}

/// Versions that wait, with what stands against those whose time has come.
fn announced(done: &Value) -> Result<()> {
    for one in done.get("announced").and_then(Value::as_array).into_iter().flatten() {
        let (company, version) = (word(one, "company"), word(one, "version"));
        let from = word(one, "effective");
        out::line(&format!("{company}: version {version} is announced for {from}"))?;
        for obstacle in one.get("obstacles").and_then(Value::as_array).into_iter().flatten() {
            let (place, rule) = (word(obstacle, "workspace"), word(obstacle, "rule"));
            let why = word(obstacle, "obstacle");
            out::line(&format!("  it cannot come into force: {place}: {rule}: {why}"))?;
        }
    }
    Ok(())
}
