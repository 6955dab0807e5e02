//! `janji demo`: several companies on one server, each under its own policy and with people who never lived;
//! three years of them in about a minute, and then what a stranger can check of it.

mod ashari;
mod client;
mod company;
mod ending;
mod hands;
mod names;
mod picture;
mod smartta;
mod stage;
mod takara;
mod tapsence;
mod tarrasmart;

use std::{path::PathBuf, time::Instant};

use anyhow::{Context, Result};
use serde_json::{Value, json};

use self::{
    company::{BACKUP, WEEKS},
    ending::Ending,
    stage::{Player, Stage},
};
use crate::out;
pub(crate) use client::Client;

/// The policy that the benchmark measures under.
pub(crate) const POLICY: &str = ashari::ABOUT.policy;

/// The policies of all companies of the demo, which are the largest that are known.
pub(crate) const POLICIES: [&str; 5] = [
    ashari::ABOUT.policy,
    smartta::ABOUT.policy,
    takara::ABOUT.policy,
    tapsence::ABOUT.policy,
    tarrasmart::ABOUT.policy,
];

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
    let began = Instant::now();
    let say = |line: &str| if args.json { Ok(()) } else { out::line(line) };
    let address = if args.no_serve { ([127, 0, 0, 1], 0).into() } else { args.listen };
    let (stage, mut players) = Stage::set(args.data.clone(), address, company::all())?;
    introduce(&stage, &players, &say)?;
    let mut set = None;
    for week in 0..WEEKS {
        one_week(&stage, &mut players, week)?;
        if week == BACKUP {
            set = Some(stage.backup()?);
        }
        stage.pass_a_week()?;
        if week % 13 == 12 {
            let acts: usize = players.iter().map(|player| player.hands.acts()).sum();
            say(&format!("  {}  {:>7} acts", stage.day().date(), thousands(acts)))?;
        }
    }
    let seconds = began.elapsed().as_secs_f64();
    let acts: usize = players.iter().map(|player| player.hands.acts()).sum();
    say(&format!("{} acts over HTTP in {seconds:.0} seconds.", thousands(acts)))?;
    let ending = Ending::of(&stage, &players, &set.context("no backup was taken")?)?;
    ending.show(&players, &say)?;
    if args.json {
        let mut summary = ending.json(&players);
        if let Value::Object(summary) = &mut summary {
            summary.insert("acts".to_owned(), acts.into());
            summary.insert("seconds".to_owned(), json!((seconds * 10.0).round() / 10.0));
            summary.insert("data".to_owned(), json!(stage.folder()));
        }
        out::line(&serde_json::to_string_pretty(&summary)?)?;
    }
    let fine = ending.is_fine();
    if !args.no_serve {
        stage.serve(&players)?;
    }
    Ok(u8::from(!fine))
}

/// Says who is who before anything happens.
fn introduce(stage: &Stage, players: &[Player], say: &dyn Fn(&str) -> Result<()>) -> Result<()> {
    let companies = players.len();
    say(&format!(
        "{companies} companies, {companies} policies, one server. Nobody in it is real."
    ))?;
    say("")?;
    for player in players {
        let about = player.about;
        say(&format!("  {:<12}{:<24}{}", about.brand, about.place, about.story))?;
    }
    say("")?;
    say(&format!("Three years on a test clock, into {}", stage.folder().display()))
}

/// Lets one week happen everywhere at the same time.
fn one_week(stage: &Stage, players: &mut [Player], week: usize) -> Result<()> {
    let day = stage.day();
    std::thread::scope(|scope| {
        let threads: Vec<_> = players
            .iter_mut()
            .map(|player| {
                scope.spawn(move || {
                    let played = player.story.week(&player.hands, day, week);
                    played.with_context(|| format!("{}, week {week}", player.about.brand))
                })
            })
            .collect();
        threads.into_iter().try_for_each(|thread| {
            thread.join().map_err(|_| anyhow::anyhow!("a company stopped"))?
        })
    })
}

/// A number with a comma between its thousands.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests;
