//! `janji check --fix`: puts right what has one right answer. A file is replaced whole or not at all.

use std::{
    fs::{self, File, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, bail};

use super::{Report, diff};
use crate::{folder, out};

/// Applies the safe changes of a file and says them; what is left is the report.
pub(super) fn run(file: &Path, dry: bool) -> Result<Report> {
    let name = file.display().to_string();
    let about = fs::symlink_metadata(file).with_context(|| format!("{name} cannot be read"))?;
    if !about.is_file() {
        bail!("{name} is a link or no file, and is not written over; name the file itself");
    }
    let source = folder::text(file)?;
    let fixed = policy::fix(&source);
    if dry {
        out::text(&diff::unified(&name, &source, &fixed.text))?;
    } else if fixed.text != source {
        replace(file, &about.permissions(), &source, &fixed.text)?;
        for done in &fixed.done {
            out::note(&format!("{name}:{}: {} [{}]", done.line, done.title, done.rule));
        }
    }
    Ok(Report { file: file.to_owned(), source: fixed.text, findings: fixed.left })
}

/// Writes beside the file and puts the new one in its place, unless somebody has changed it meanwhile.
fn replace(file: &Path, permissions: &fs::Permissions, old: &str, new: &str) -> Result<()> {
    let name = file.display().to_string();
    let beside = beside(file)?;
    let written = write(&beside, permissions, new).and_then(|()| {
        let now = fs::symlink_metadata(file).with_context(|| format!("{name} is gone"))?;
        if !now.is_file() || folder::text(file)? != old {
            bail!("{name} has changed meanwhile, and was left as it is");
        }
        fs::rename(&beside, file).with_context(|| format!("{name} cannot be replaced"))
    });
    if written.is_err() {
        // Whatever went wrong is told; that the half file cannot be removed either adds nothing.
        let _ = fs::remove_file(&beside);
    }
    written
}

/// A name of its own in the same folder, so that the rename stays on one disk.
fn beside(file: &Path) -> Result<PathBuf> {
    let name = file.file_name().context("a file has a name")?.to_string_lossy().into_owned();
    Ok(file.with_file_name(format!(".{name}.{}.fixing", std::process::id())))
}

fn write(path: &Path, permissions: &fs::Permissions, text: &str) -> Result<()> {
    let name = path.display();
    // Never through something that stands there already, be it a link.
    let mut file: File = OpenOptions::new()
        .write(true)
        .create_new(true)
        .open(path)
        .with_context(|| format!("{name} cannot be written"))?;
    file.set_permissions(permissions.clone())?;
    file.write_all(text.as_bytes())?;
    file.sync_all()?;
    Ok(())
}

#[cfg(test)]
mod tests;
