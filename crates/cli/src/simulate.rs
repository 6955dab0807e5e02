//! `janji simulate`: what the periods and clocks of a policy will do, from the file alone.

use std::{fs, path::PathBuf};

use anyhow::{Context, Result, bail};
use jiff::civil::Date;
use policy::simulate::{ASSUMED, Population};

use crate::{check, folder, out};

/// What is written.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Csv,
    Svg,
}

/// What `janji simulate` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = ASSUMED)]
pub(crate) struct Args {
    /// The policy file
    file: PathBuf,
    /// How many days to draw, at most 36500
    #[arg(long, value_name = "N")]
    days: u32,
    /// How many people come over these days, at most 1000000
    #[arg(long, value_name = "N", default_value_t = 1_000)]
    people: u64,
    /// The same seed draws the same lives
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    /// The first day; the day from which the policy holds when left out
    #[arg(long, value_name = "DATE")]
    start: Option<Date>,
    /// A table of numbers, or a picture
    #[arg(long, value_enum, default_value = "csv")]
    format: Format,
    /// One of the policy's languages, for the picture; the binding one when left out
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Where to write it; to standard output when left out
    #[arg(long, value_name = "FILE")]
    out: Option<PathBuf>,
}

/// Draws the days; 1 when the policy has errors.
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
    let (days, people, seed, start) = (args.days, args.people, args.seed, args.start);
    let population = Population { days, people, seed, start };
    let simulated = policy.simulate(&population)?;
    let text = match args.format {
        Format::Csv => simulated.to_csv(),
        Format::Svg => simulated.to_svg(&policy, &population, language),
    };
    match &args.out {
        None => out::line(text.trim_end())?,
        Some(file) => fs::write(file, text)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    }
    Ok(0)
}
