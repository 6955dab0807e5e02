//! `janji check`: everything that is wrong with a policy, at once; for people, for programs, and put right where
//! there is no doubt.

mod diff;
mod repair;
mod sarif;

use std::{
    io::IsTerminal,
    path::{Path, PathBuf},
};

use anyhow::Result;
use clap::ValueEnum;
use policy::{Finding, Severity};
use serde_json::{Value, json};

use crate::{folder, out};

/// What `janji check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Policy files
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
    /// How the findings are printed
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Put right what has one right answer, then say what is left
    #[arg(long)]
    fix: bool,
    /// Show what --fix would change, and write nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// Drawn like a compiler's
    Text,
    /// One JSON array
    Json,
    /// SARIF 2.1.0, which code hosts show beside the lines
    Sarif,
}

/// A file with what is wrong in it.
struct Report {
    file: PathBuf,
    source: String,
    findings: Vec<Finding>,
}

/// Checks the files; 1 when there is an error or a warning.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let mut reports = Vec::new();
    for file in &args.files {
        let report = if args.fix { repair::run(file, args.dry_run)? } else { read(file)? };
        if args.format == Format::Text && !args.dry_run {
            show(&report.file.display().to_string(), &report.source, &report.findings)?;
        }
        reports.push(report);
    }
    match args.format {
        _ if args.dry_run => {}
        Format::Text => {}
        Format::Json => {
            let all: Vec<Value> = reports.iter().flat_map(documents).collect();
            out::line(&serde_json::to_string_pretty(&all)?)?;
        }
        Format::Sarif => {
            let log = sarif::log(&reports, &std::env::current_dir()?);
            out::line(&serde_json::to_string_pretty(&log)?)?;
        }
    }
    let grave = |one: &Finding| one.severity != Severity::Note;
    Ok(u8::from(reports.iter().flat_map(|report| &report.findings).any(grave)))
}

fn read(file: &Path) -> Result<Report> {
    let source = folder::text(file)?;
    let findings = policy::check(&file.display().to_string(), &source).findings;
    Ok(Report { file: file.to_owned(), source, findings })
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

fn documents(report: &Report) -> Vec<Value> {
    let name = report.file.display().to_string();
    report.findings.iter().map(|finding| document(&name, &report.source, finding)).collect()
}

fn document(name: &str, source: &str, finding: &Finding) -> Value {
    let (line, column) = place(source, finding.span.start);
    let fix = finding.fix.as_ref().map(|fix| {
        let edit = |(span, text): &(std::ops::Range<usize>, String)| {
            json!({ "start": span.start, "end": span.end, "text": text })
        };
        let edits: Vec<Value> = fix.edits.iter().map(edit).collect();
        json!({ "title": fix.title, "safe": fix.safe, "edits": edits })
    });
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
        "fix": fix,
    })
}

/// Line and column, from 1, of a byte of the source.
fn place(source: &str, byte: usize) -> (usize, usize) {
    let before = source.get(..byte.min(source.len())).unwrap_or(source);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}
