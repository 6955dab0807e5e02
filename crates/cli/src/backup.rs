//! `janji backup`: a set of sealed files in another folder.

use std::path::PathBuf;

use anyhow::Result;
use server::socket::Command;

use crate::{
    folder::{Data, word},
    out,
};

/// What `janji backup` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: Data,
    /// The folder of the sets, instead of what the configuration says
    #[arg(long, value_name = "DIR")]
    into: Option<PathBuf>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// Writes a set and says where it is.
pub(crate) fn run(args: &Args) -> Result<u8> {
    // Whoever serves the folder runs in another one.
    let into = args.into.as_deref().map(std::path::absolute).transpose()?;
    let made = args.data.perform(&Command::Backup { into })?.done;
    if args.json {
        out::line(&made.to_string())?;
    } else {
        let files = made.get("files").and_then(serde_json::Value::as_u64).unwrap_or(0);
        out::line(&format!("wrote {files} files to {}", word(&made, "folder")))?;
        out::note("secrets are not in it: a restore needs an escrow as well");
    }
    Ok(0)
}
