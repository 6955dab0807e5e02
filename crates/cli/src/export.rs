//! `janji export`: JSON lines, one person each.

use std::{
    fs::{self, File},
    io::{self, BufWriter, Write},
    path::PathBuf,
};

use anyhow::{Context, Result};
use server::socket::Command;

use crate::{folder::Data, out};

/// What `janji export` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: Data,
    /// The workspace
    #[arg(long, value_name = "NAME")]
    workspace: String,
    /// The copy that this person has a right to; without it everybody but those who restricted their data
    #[arg(long, value_name = "ID")]
    subject: Option<String>,
    /// Write to a new file instead of standard output
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Gives the data out. They are in clear: what happens to them then is nobody's promise.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let command =
        Command::Export { workspace: args.workspace.clone(), subject: args.subject.clone() };
    let mut file: Box<dyn Write> = match &args.out {
        Some(path) => Box::new(BufWriter::new(private(path)?)),
        None => Box::new(BufWriter::new(io::stdout().lock())),
    };
    let done = args.data.each(&command, &mut |part| {
        serde_json::to_writer(&mut file, &part).map_err(io::Error::from)?;
        Ok(file.write_all(b"\n")?)
    });
    let done = match (done, &args.out) {
        (Err(error), Some(path)) => {
            // Half an export must not be taken for a whole one.
            let _ = fs::remove_file(path);
            return Err(error);
        }
        (done, _) => done?,
    };
    file.flush()?;
    drop(file);
    if args.out.is_some() {
        out::note(&format!("people: {}", done.get("people").unwrap_or(&serde_json::Value::Null)));
    }
    Ok(0)
}

/// A new file that only its owner reads.
fn private(path: &PathBuf) -> Result<File> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).with_context(|| format!("{} cannot be made", path.display()))
}
