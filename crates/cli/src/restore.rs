//! `janji restore`: a backup set and an escrow become a data folder again.

use std::path::{Path, PathBuf};

use anyhow::Result;
use engine::restore;
use server::config::Config;

use crate::out;

/// What `janji restore` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The backup set: the folder with the manifest
    #[arg(long, value_name = "DIR")]
    set: PathBuf,
    /// An escrow of the server: its secrets, and the journal of what was taken away since the backup
    #[arg(long, value_name = "DIR")]
    escrow: PathBuf,
    /// An empty folder that becomes the data folder
    #[arg(long, value_name = "DIR")]
    data: PathBuf,
}

/// Restores. What was erased, withdrawn or held since is replayed when the folder is opened.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let restored = restore::restore(&args.set, &args.escrow, &args.data)?;
    out::line(&format!("restored {} files of the backup of {}", restored.files, restored.taken))?;
    out::line(&format!(
        "the escrow's journal has {} records; what the backup lacks is replayed at the next start",
        restored.journal
    ))?;
    if !names_escrow(&args.data, &args.escrow) {
        let escrow = std::path::absolute(&args.escrow)?;
        out::note(&format!(
            "{} does not name this escrow; say escrows = [\"{}\"] under [keys] before serving it",
            args.data.join(server::config::FILE).display(),
            escrow.display()
        ));
    }
    Ok(0)
}

/// Whether the restored configuration names the escrow, without which the folder does not open.
fn names_escrow(data: &Path, escrow: &Path) -> bool {
    let Ok(escrow) = escrow.canonicalize() else { return false };
    let Ok(config) = Config::load(data) else { return false };
    config.keys.escrows.iter().any(|named| named.canonicalize().is_ok_and(|path| path == escrow))
}
