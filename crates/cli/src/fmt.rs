//! `janji fmt`: policy files in the house style.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result};

use crate::{check, folder, out};

/// What `janji fmt` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Policy files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Write nothing; end with 1 when a file is not in the house style
    #[arg(long)]
    check: bool,
}

/// Formats the files; 1 when one cannot be read as TOML, or with `--check` would change.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let mut bad = false;
    for file in &args.files {
        let source = folder::text(file)?;
        let name = file.display().to_string();
        match policy::format(&source) {
            Err(findings) => {
                check::show(&name, &source, &findings)?;
                bad = true;
            }
            Ok(styled) if styled == source => {}
            Ok(_) if args.check => {
                out::line(&format!("{name}: not in the house style"))?;
                bad = true;
            }
            Ok(styled) => {
                fs::write(file, styled).with_context(|| format!("{name} cannot be written"))?;
                out::line(&format!("{name}: formatted"))?;
            }
        }
    }
    Ok(u8::from(bad))
}
