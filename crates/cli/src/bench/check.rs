//! `janji bench check`: the check of policies of every size, each in a process of its own, beside what reading the
//! same file as TOML costs in the same run.

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use anyhow::{Context, Result};
use policy::Length;
use serde_json::{Value, json};

use crate::{demo, folder, out};

/// What `janji bench check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// End with 1 when a bound is broken: 20 ms for the largest policy known, 2 s and 500 MB for 100,000 rules,
    /// and no growth beyond sorting
    #[arg(long)]
    gate: bool,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// What is measured in a process of its own.
#[derive(Debug, Clone, Copy, clap::ValueEnum)]
pub(crate) enum Act {
    /// The whole check, and every finding drawn
    Check,
    /// The same file read as TOML
    Toml,
}

/// Bounds of `--gate`.
const LARGEST_KNOWN: Duration = Duration::from_millis(20);
const HUNDRED_THOUSAND: f64 = 2_000.0;
const MEMORY: f64 = 500.0;
/// From 10,000 to 100,000 sorting grows 12.5 times; half as much again is the measure's own.
const GROWTH: f64 = 12.5 * 1.5;

/// One file, checked and read.
struct Measured {
    name: &'static str,
    megabytes: f64,
    check: Cost,
    toml: Cost,
}

#[derive(Clone, Copy)]
struct Cost {
    /// Processor time, in milliseconds: what a busy machine does besides is not counted.
    ms: f64,
    /// The most memory at any time, in megabytes.
    mb: f64,
}

pub(crate) fn run(args: &Args) -> Result<u8> {
    let folder = std::env::temp_dir().join(format!("janji-bench-{}", std::process::id()));
    fs::create_dir_all(&folder)?;
    let known = demo::POLICIES.into_iter().max_by_key(|policy| policy.len());
    let (name, known) = ("the largest policy known", known.context("no policy")?);
    let file = written(&folder, "known", known)?;
    let process = whole(&file)?;
    let samples = [
        (name, known.to_owned()),
        ("1,000 rules", policy::sample(Length::Rules(1_000))),
        ("10,000 rules", policy::sample(Length::Rules(10_000))),
        ("100,000 rules", policy::sample(Length::Rules(100_000))),
        ("100,000 rows", policy::sample(Length::Rows(100_000))),
        ("30,000 rows of mistakes", policy::mistaken(30_000)),
    ];
    let mut measured = Vec::new();
    for (name, source) in samples {
        let file = written(&folder, "sample", &source)?;
        let (check, toml) = (apart(&file, "check")?, apart(&file, "toml")?);
        measured.push(Measured { name, megabytes: megabytes(source.len()), check, toml });
    }
    fs::remove_dir_all(&folder)?;
    let ms = |wanted: &str| {
        measured.iter().find(|one| one.name == wanted).map_or(f64::MAX, |one| one.check.ms)
    };
    let growth = ms("100,000 rules") / ms("10,000 rules").max(0.001);
    let fits = |one: &Measured| one.check.ms < HUNDRED_THOUSAND && one.check.mb < MEMORY;
    let large = measured.iter().filter(|one| one.name == "100,000 rules").all(fits);
    let fine = process < LARGEST_KNOWN && large && growth <= GROWTH;
    show(args, process, &measured, growth, fine)?;
    Ok(u8::from(args.gate && !fine))
}

fn show(
    args: &Args,
    process: Duration,
    measured: &[Measured],
    growth: f64,
    fine: bool,
) -> Result<()> {
    let whole = process.as_secs_f64() * 1_000.0;
    if args.json {
        let rows: Vec<Value> = measured
            .iter()
            .map(|one| {
                json!({
                    "file": one.name, "mb": one.megabytes,
                    "check_ms": one.check.ms, "check_peak_mb": one.check.mb,
                    "toml_ms": one.toml.ms, "toml_peak_mb": one.toml.mb,
                })
            })
            .collect();
        let all = json!({
            "files": rows, "largest_known_process_ms": whole, "growth": growth, "passed": fine,
        });
        return out::line(&serde_json::to_string_pretty(&all)?);
    }
    let head = ["", "file", "check", "peak", "as TOML", "peak", "check / TOML"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    for one in measured {
        table.push(vec![
            one.name.to_owned(),
            format!("{:.2} MB", one.megabytes),
            format!("{:.1} ms", one.check.ms),
            format!("{:.0} MB", one.check.mb),
            format!("{:.1} ms", one.toml.ms),
            format!("{:.0} MB", one.toml.mb),
            format!("{:.1}", one.check.ms / one.toml.ms.max(0.001)),
        ]);
    }
    out::table(&table)?;
    out::line(&format!(
        "janji check of the largest policy known: {whole:.1} ms from start to end of the process \
         (below {} ms)",
        LARGEST_KNOWN.as_millis()
    ))?;
    out::line(&format!("ten times as many rules: {growth:.1} times the time (at most {GROWTH:.1})"))
}

/// The shortest of twenty runs of the command itself, from its start to its end.
fn whole(file: &Path) -> Result<Duration> {
    let mut best = Duration::MAX;
    for _ in 0..20 {
        let began = Instant::now();
        let mut command = Command::new(std::env::current_exe()?);
        command.arg("check").arg(file).stdout(Stdio::null()).status()?;
        best = best.min(began.elapsed());
    }
    Ok(best)
}

/// What one act costs in a process of its own: the less of two runs.
fn apart(file: &Path, act: &str) -> Result<Cost> {
    let once = || -> Result<Cost> {
        let mut command = Command::new(std::env::current_exe()?);
        let answer = command.args(["bench", "once", act]).arg(file).output()?;
        let answer: Value = serde_json::from_slice(&answer.stdout).context("no answer")?;
        let number = |name: &str| answer.get(name).and_then(Value::as_f64).context("a number");
        Ok(Cost { ms: number("ms")?, mb: number("mb")? })
    };
    let (one, two) = (once()?, once()?);
    Ok(if one.ms <= two.ms { one } else { two })
}

/// Performs an act and says what this process has cost so far.
pub(crate) fn once(act: Act, file: &Path) -> Result<()> {
    let source = folder::text(file)?;
    match act {
        Act::Check => {
            for finding in policy::check("policy.toml", &source).findings {
                finding.render("policy.toml", &source, false);
            }
        }
        Act::Toml => drop(toml::de::DeTable::parse_recoverable(&source)),
    }
    let spent = fs::read_to_string("/proc/self/schedstat")?;
    let spent: f64 = spent.split(' ').next().context("schedstat")?.parse()?;
    let status = fs::read_to_string("/proc/self/status")?;
    let most = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).context("VmHWM")?;
    let most: f64 = most.trim().trim_end_matches(" kB").parse()?;
    out::line(&json!({ "ms": spent / 1e6, "mb": most / 1024.0 }).to_string())
}

fn written(folder: &Path, name: &str, source: &str) -> Result<PathBuf> {
    let file = folder.join(format!("{name}.toml"));
    fs::write(&file, source)?;
    Ok(file)
}

#[expect(clippy::cast_precision_loss, reason = "the size of a file, to two places")]
fn megabytes(bytes: usize) -> f64 {
    bytes as f64 / 1e6
}
