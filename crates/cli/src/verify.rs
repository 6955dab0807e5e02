//! `janji verify`: a certificate or a whole log, checked here, with no key but those that were pinned and no
//! network.

use std::{
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result, anyhow};
use ledger::{
    certificate::{self, Verdict, VerifyError},
    checkpoint::CheckpointError,
    note::{NoteError, Vkey},
    trust::{Trust, TrustError},
};
use serde_json::Value;

use crate::{folder, out};

/// What `janji verify` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// A certificate file, or the folder of a log
    path: PathBuf,
    /// A key that is trusted, as /trust or `janji workspace list` shows it
    #[arg(long = "key", value_name = "VKEY")]
    keys: Vec<String>,
    /// A C2SP tlog-policy: keys, witnesses and how many of them must have seen it
    #[arg(long, value_name = "FILE", conflicts_with = "keys")]
    policy: Option<PathBuf>,
}

/// Verifies; 1 when it does not hold, or nobody here can tell.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let trust = trust(args)?;
    if args.path.is_dir() { log(&args.path, &trust) } else { file(&args.path, &trust) }
}

fn trust(args: &Args) -> Result<Trust> {
    if let Some(path) = &args.policy {
        return Trust::parse_policy(&folder::text(path)?)
            .with_context(|| format!("{} is no trust policy", path.display()));
    }
    let read = |text: &String| {
        text.parse::<Vkey>().map_err(|error| anyhow!("`{text}` is no key: {error}"))
    };
    Ok(Trust::pinned(args.keys.iter().map(read).collect::<Result<_>>()?))
}

fn failed(why: &str) -> Result<u8> {
    out::line(why)?;
    Ok(1)
}

fn file(path: &Path, trust: &Trust) -> Result<u8> {
    let bytes = fs::read(path).with_context(|| format!("{} cannot be read", path.display()))?;
    match certificate::verify(&bytes, trust) {
        Ok(verdict) => tell(&verdict).map(|()| 0),
        Err(VerifyError::SignerUnknown) => failed(
            "signer not known: it may be genuine, but nothing here can tell; pin the server's key with --key",
        ),
        Err(error) => failed(&format!("not proven: {}", chain(&error))),
    }
}

fn chain(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut next = error.source();
    while let Some(source) = next {
        text.push_str(": ");
        text.push_str(&source.to_string());
        next = source.source();
    }
    text
}

/// Who, what, when, in plain words.
fn tell(verdict: &Verdict) -> Result<()> {
    let said = |name: &str| match verdict.statement.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => "-".to_owned(),
        Some(value) => value.to_string(),
    };
    let whole = verdict.statement.get("whole_subject") == Some(&Value::Bool(true));
    let what = format!(
        "{} of {} ({} records, {} blobs)",
        said("kind"),
        if whole { "everything about one person" } else { "records" },
        said("records"),
        said("blobs"),
    );
    let log = &verdict.log;
    let mut lines = vec![
        ("verified", format!("certificate {}", said("certificate"))),
        ("what", what),
        ("person", said("subject")),
        (
            "why",
            format!("{} under {}, policy version {}", said("cause"), said("rule"), said("policy")),
        ),
        ("unreadable", format!("since {}", said("unreadable_since"))),
        ("keys", format!("{}, {}", said("keys"), said("keys_destroyed"))),
        (
            "grade",
            format!("{}; no copy in any backup opens after {}", said("grade"), said("horizon")),
        ),
        ("log", format!("entry {} of {} in {}", verdict.index, log.size, log.origin)),
        ("signed by", verdict.deployment.signer.name().to_owned()),
    ];
    for (name, seconds) in &verdict.deployment.witnesses {
        let at = i64::try_from(*seconds).unwrap_or(0).saturating_mul(1_000_000);
        lines.push(("seen by", format!("{name}, {}", engine::time::rfc3339(at))));
    }
    lines.push(("not shown", said("does_not_show")));
    let rows: Vec<Vec<String>> =
        lines.into_iter().map(|(name, text)| vec![name.to_owned(), text]).collect();
    out::table(&rows)
}

/// A log's folder: every entry, every tile and the signed root.
fn log(folder: &Path, trust: &Trust) -> Result<u8> {
    let note = folder::text(&folder.join("checkpoint"))?;
    let believed = match trust.check(&note) {
        Ok(believed) => believed,
        Err(
            TrustError::SignerUnknown
            | TrustError::Checkpoint(CheckpointError::Note(NoteError::Unsigned)),
        ) => {
            return failed("signer not known: pin the key of this log with --key");
        }
        Err(error) => return failed(&format!("not proven: {}", chain(&error))),
    };
    let read = |path: &str| fs::read(folder.join(path)).ok();
    match ledger::verify_log(&read, &believed.signer) {
        Ok(checkpoint) => {
            let (origin, size) = (checkpoint.origin, checkpoint.size);
            out::line(&format!(
                "verified: all {size} entries of {origin} give the root it signed"
            ))?;
            Ok(0)
        }
        Err(error) => failed(&format!("not proven: {}", chain(&error))),
    }
}
