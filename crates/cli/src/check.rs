//! `janji check`: everything that is wrong with a policy, at once.

use std::{io::IsTerminal, path::PathBuf};

use anyhow::Result;
use policy::{Finding, Severity};
use serde_json::{Value, json};

use crate::{folder, out};

/// What `janji check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Policy files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// Print the findings as one JSON array
    #[arg(long)]
    json: bool,
}

/// Checks the files; 1 when there is an error or a warning.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let (mut all, mut found) = (Vec::new(), false);
    for file in &args.files {
        let source = folder::text(file)?;
        let name = file.display().to_string();
        let findings = policy::check(&name, &source).findings;
        if !args.json {
            show(&name, &source, &findings)?;
        }
        found |= findings.iter().any(|one| one.severity != Severity::Note);
        all.extend(findings.iter().map(|finding| document(&name, &source, finding)));
    }
    if args.json {
        out::line(&serde_json::to_string_pretty(&all)?)?;
    }
    Ok(u8::from(found))
}

/// Draws the findings; says in one line how it went.
pub(crate) fn show(name: &str, source: &str, findings: &[Finding]) -> Result<()> {
    let colour = std::io::stdout().is_terminal();
    for finding in findings {
        out::line(&finding.render(name, source, colour))?;
        out::line("")?;
    }
    let count = |severity| findings.iter().filter(|one| one.severity == severity).count();
    let (errors, warnings) = (count(Severity::Error), count(Severity::Warning));
    out::line(&match (errors, warnings, count(Severity::Note)) {
        (0, 0, 0) => format!("{name}: fine"),
        (0, 0, notes) => format!("{name}: fine, notes: {notes}"),
        (errors, warnings, 0) => format!("{name}: errors: {errors}, warnings: {warnings}"),
        (errors, warnings, notes) => {
            format!("{name}: errors: {errors}, warnings: {warnings}, notes: {notes}")
        }
    })?;
    if findings.iter().any(|one| !one.law.is_empty()) {
        out::line("what is said of laws is no legal advice")?;
    }
    Ok(())
}

fn document(name: &str, source: &str, finding: &Finding) -> Value {
    let (line, column) = place(source, finding.span.start);
    json!({
        "file": name,
        "rule": finding.rule,
        "severity": finding.severity.word(),
        "message": finding.message,
        "line": line,
        "column": column,
        "span": { "start": finding.span.start, "end": finding.span.end },
        "law": finding.law.iter().map(ToString::to_string).collect::<Vec<_>>(),
        "why": finding.why,
        "help": finding.help,
    })
}

/// Line and column, from 1, of a byte of the source.
fn place(source: &str, byte: usize) -> (usize, usize) {
    let before = source.get(..byte.min(source.len())).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
