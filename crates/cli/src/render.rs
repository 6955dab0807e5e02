//! `janji render`: the page of a policy, from the file alone.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};

use crate::{check, folder, out};

/// What the page is written as.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Html,
    Md,
    Json,
    /// The W3C's Data Privacy Vocabulary, as JSON-LD
    Dpv,
}

/// What `janji render` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The policy file
    file: PathBuf,
    /// One of the policy's languages; the binding one when left out
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// What to write
    #[arg(long, value_enum, default_value = "html")]
    format: Format,
    /// Where to write it; to standard output when left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Writes the page; 1 when the policy has errors.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let source = folder::text(&args.file)?;
    let name = args.file.display().to_string();
    let checked = policy::check(&name, &source);
    let Some(policy) = checked.policy else {
        check::show(&name, &source, &checked.findings)?;
        return Ok(1);
    };
    let language = args.lang.as_ref().unwrap_or(&policy.binding);
    if !policy.languages.contains(language) {
        bail!(
            "the policy is not published in `{language}`, but in {}",
            policy.languages.join(", ")
        );
    }
    let page = match args.format {
        Format::Html => server::render(&policy, language),
        Format::Md => policy.document(language).to_markdown(),
        Format::Json => policy.document(language).to_json(),
        Format::Dpv => policy.to_dpv(language),
    };
    match &args.out {
        None => out::line(page.trim_end())?,
        Some(file) => fs::write(file, page)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    }
    Ok(0)
}
