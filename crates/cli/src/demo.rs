//! `janji demo`: a company's policy on a running server, forty people who never lived, three years in under
//! a minute, and then what a stranger can check of it.

mod client;
mod ending;
mod people;
mod picture;
mod stage;
mod story;

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use crate::out;
pub(crate) use client::Client;
pub(crate) use stage::POLICY;
use stage::Stage;

/// What `janji demo` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folder for the demo's data; a fresh one under the system's temporary folder when not given
    #[arg(long)]
    data: Option<PathBuf>,
    /// Where the pages are served afterwards
    #[arg(long, default_value = "127.0.0.1:7878")]
    listen: std::net::SocketAddr,
    /// End after the story instead of serving the pages
    #[arg(long)]
    no_serve: bool,
    /// Print one JSON object at the end instead of the story
    #[arg(long)]
    json: bool,
}

/// Runs the demo; the answer is the exit code.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let began = std::time::Instant::now();
    let say = |line: &str| if args.json { Ok(()) } else { out::line(line) };
    let address = if args.no_serve { ([127, 0, 0, 1], 0).into() } else { args.listen };
    let stage = Stage::set(args.data.clone(), address)?;
    say("Janji demo: the policy of Ashari Tech, 40 synthetic interns, three simulated years.")?;
    say(&format!("Data in {}", stage.folder().display()))?;
    let hands = stage.hands()?;
    let mut told = story::Told::default();
    let mut set = None;
    for week in 0..story::WEEKS {
        story::week(&hands, &stage, &mut told, week)?;
        if week == story::BACKUP {
            set = Some(stage.backup()?);
        }
        stage.pass_a_week()?;
        if week % 13 == 12 {
            say(&format!("  {}  {:>6} acts", stage.date(), told.acts))?;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    say(&format!("{} acts over HTTP in {seconds:.1} s; {} refused.", told.acts, told.refused))?;
    let promises = ending::promises(&hands, &say)?;
    let certificates = ending::certificates(&hands, &stage, &told, &say)?;
    let restored = ending::restore(&stage, set.as_deref(), &told, &say)?;
    let kept = promises.get("kept").and_then(Value::as_u64).unwrap_or(0);
    let broken = promises.get("broken").and_then(Value::as_u64).unwrap_or(0);
    let fine = broken == 0 && certificates.iter().all(|one| one.verified) && restored;
    if args.json {
        let files: Vec<Value> = certificates
            .iter()
            .map(|one| json!({ "file": one.file, "what": one.what, "verified": one.verified }))
            .collect();
        let summary = json!({
            "acts": told.acts,
            "refused": told.refused,
            "seconds": (seconds * 10.0).round() / 10.0,
            "promises": promises,
            "kept": kept,
            "certificates": files,
            "erased_stay_erased_after_restore": restored,
            "data": stage.folder(),
        });
        out::line(&serde_json::to_string_pretty(&summary)?)?;
    }
    if !args.no_serve {
        let port = stage.address().port();
        out::line("")?;
        out::line(&format!("The pages are served at http://localhost:{port}"))?;
        out::line(&format!("  the policy  http://localhost:{port}/policy"))?;
        out::line(&format!("  the proof   http://localhost:{port}/trust"))?;
        out::line("Ctrl-C ends it.")?;
        stage.serve();
    }
    Ok(u8::from(!fine))
}
