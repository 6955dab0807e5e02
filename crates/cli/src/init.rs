//! `janji init`: a policy that passes the check and a configuration, both with comments.

use std::{fs, io::Write, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::out;

const POLICY: &str = include_str!("init/policy.toml");
const CONFIG: &str = include_str!("init/janji.toml");

/// What `janji init` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder, made when missing; it becomes the data folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
}

/// Writes both files, and neither when one is there.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let files = [("policy.toml", POLICY), (server::config::FILE, CONFIG)];
    if let Some((name, _)) = files.iter().find(|(name, _)| args.folder.join(name).exists()) {
        bail!("{} is there already", args.folder.join(name).display());
    }
    fs::create_dir_all(&args.folder)
        .with_context(|| format!("{} cannot be made", args.folder.display()))?;
    for (name, text) in files {
        let path = args.folder.join(name);
        let mut file = fs::File::create_new(&path)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        file.write_all(text.as_bytes())?;
        out::line(&format!("wrote {}", path.display()))?;
    }
    let folder = args.folder.display();
    out::line("next:")?;
    out::line(&format!("  janji check {folder}/policy.toml"))?;
    out::line(&format!(
        "  janji workspace create main --policy {folder}/policy.toml --data {folder}"
    ))?;
    out::line(&format!("  janji serve --data {folder}"))?;
    Ok(0)
}
