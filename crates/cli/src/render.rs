//! `janji render`: the page of a policy, from the file alone.

use std::{
    fs,
    io::{self, Write},
    path::PathBuf,
};

use anyhow::{Context, Result, bail};
use policy::{Document, Policy, View};

use crate::{check, folder, out, ropa};

/// What the page is written as.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Format {
    Html,
    Md,
    Json,
    /// Only in builds with the feature `pdf`
    Pdf,
    /// The W3C's Data Privacy Vocabulary, as JSON-LD
    Dpv,
    /// The record of processing activities, as comma-separated values
    RopaCsv,
    /// The record of processing activities, as a workbook
    RopaXlsx,
}

/// What `janji render` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The policy file
    file: PathBuf,
    /// One of the policy's languages; the binding one when left out
    #[arg(long, value_name = "LANGUAGE")]
    lang: Option<String>,
    /// Only what concerns one kind of person, by its id under `scope.people`
    #[arg(long = "for", value_name = "PEOPLE")]
    people: Option<String>,
    /// Only what holds for people in one country, such as `ID`
    #[arg(long = "in", value_name = "COUNTRY")]
    country: Option<String>,
    /// Where the whole page stands, for the link on a page that shows a part of it
    #[arg(long, value_name = "ADDRESS")]
    whole: Option<String>,
    /// The version before, for a chapter of what changed since
    #[arg(long, value_name = "OLD")]
    since: Option<PathBuf>,
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
    let changes = changes(args, &policy, language)?;
    let view = view(args, &policy, &changes)?;
    let document = policy.document(language, &view);
    let page = match args.format {
        Format::Html => server::render(&document, args.whole.as_deref()).into_bytes(),
        Format::Md => document.to_markdown().into_bytes(),
        Format::Json => document.to_json().into_bytes(),
        Format::Pdf => pdf(args, &document)?,
        Format::Dpv => policy.to_dpv(language).into_bytes(),
        Format::RopaCsv => policy.ropa(language).to_csv().into_bytes(),
        Format::RopaXlsx => ropa::workbook(&policy.ropa(language), policy.effective)?,
    };
    match (&args.out, args.format) {
        (None, Format::Pdf | Format::RopaCsv | Format::RopaXlsx) => {
            io::stdout().lock().write_all(&page)?;
        }
        (None, _) => out::line(String::from_utf8(page)?.trim_end())?,
        (Some(file), _) => fs::write(file, page)
            .with_context(|| format!("{} cannot be written", file.display()))?,
    }
    Ok(0)
}

/// What changed since the version before; nothing where none is named.
fn changes(args: &Args, policy: &Policy, language: &str) -> Result<Vec<(String, String)>> {
    let Some(file) = &args.since else { return Ok(Vec::new()) };
    let Some(before) = policy::published(&folder::text(file)?) else {
        bail!("{} is no policy", file.display());
    };
    Ok(policy::diff(&before, policy).lines(&before, policy, language))
}

#[cfg(feature = "pdf")]
fn pdf(args: &Args, document: &Document) -> Result<Vec<u8>> {
    if args.out.is_none() && io::IsTerminal::is_terminal(&io::stdout()) {
        bail!("a PDF is no text for a terminal: name a file with `--out`");
    }
    Ok(server::render_pdf(document)?)
}

#[cfg(not(feature = "pdf"))]
fn pdf(_: &Args, _: &Document) -> Result<Vec<u8>> {
    bail!(
        "this build writes no PDF: build it with `--features pdf`, or print the HTML page, which is made for paper as well"
    )
}

/// Whose view is asked for; a kind of person or a country that nobody knows is a slip.
fn view<'a>(args: &'a Args, policy: &Policy, changes: &'a [(String, String)]) -> Result<View<'a>> {
    if let Some(people) = args.people.as_ref().filter(|people| !policy.knows_people(people)) {
        bail!(
            "the policy is about nobody called `{people}`, but about {}",
            policy.people.join(", ")
        );
    }
    if let Some(country) = args.country.as_ref().filter(|code| !Policy::knows_country(code)) {
        bail!("`{country}` is no country: write its code, such as `ID`");
    }
    Ok(View { people: args.people.as_deref(), country: args.country.as_deref(), changes })
}
