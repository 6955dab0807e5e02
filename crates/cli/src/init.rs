//! `janji init`: a policy that passes the check and a configuration, both with comments; or the beginning of a policy, made of
//! texts that are there already.

use std::{borrow::Cow, fs, io::Write, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{import, out};

const POLICY: &str = include_str!("init/policy.toml");
const CONFIG: &str = include_str!("init/janji.toml");

/// What `janji init` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder, made when missing; it becomes the data folder
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// Texts to begin from: a policy in plain text or Markdown, or Fides manifests (.yml)
    #[arg(long, value_name = "PATH", num_args = 1..)]
    from: Vec<PathBuf>,
}

/// Writes both files, and neither when one is there.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let policy = match args.from.as_slice() {
        [] => Cow::Borrowed(POLICY),
        from => Cow::Owned(import::policy(from)?),
    };
    let files = [("policy.toml", policy.as_ref()), (server::config::FILE, CONFIG)];
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
    if !args.from.is_empty() {
        return out::line("it asks for what the texts do not say; each row says where it was read")
            .map(|()| 0);
    }
    out::line(&format!(
        "  janji workspace create main --policy {folder}/policy.toml --data {folder}"
    ))?;
    out::line(&format!("  janji serve --data {folder}"))?;
    Ok(0)
}
