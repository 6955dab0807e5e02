//! `janji bench`: what compliance costs, as a ratio to the same durable work without it, in one run on one
//! machine. Absolute figures are printed and never promised.

mod arms;
mod check;
mod child;
mod load;

use std::{path::PathBuf, time::Duration};

use anyhow::Result;
use serde_json::{Value, json};

use crate::out;
use arms::Arm;
use load::Measured;

/// What `janji bench` takes.
#[derive(Debug, clap::Subcommand)]
pub(crate) enum Command {
    /// Writes and reads of 1 KB records over HTTP beside a bare table in the same server
    Vault(Vault),
    /// The check of policies of every size, beside reading the same file as TOML
    Check(check::Args),
    /// One act of that, in a process of its own
    #[command(hide = true)]
    Once {
        /// What is measured
        act: check::Act,
        /// The file
        file: PathBuf,
    },
    /// The server of a benchmark; ends when its standard input does
    #[command(hide = true)]
    Serve {
        /// A fresh or earlier folder of a benchmark
        #[arg(long)]
        data: PathBuf,
    },
}

/// How long and how wide.
#[derive(Debug, clap::Args)]
pub(crate) struct Vault {
    /// Connections at the same time
    #[arg(long, default_value_t = 16)]
    connections: usize,
    /// Seconds of each arm in each round
    #[arg(long, default_value_t = 3)]
    seconds: u64,
    /// Rounds; arms take turns
    #[arg(long, default_value_t = 3)]
    rounds: usize,
    /// A folder on the disk to be measured; the system's temporary folder when not given
    #[arg(long)]
    data: Option<PathBuf>,
    /// Print one JSON object instead of a table
    #[arg(long)]
    json: bool,
}

/// Reads must reach this part of the bare arm, writes that one.
const READS: f64 = 0.6;
const WRITES: f64 = 0.4;

/// Runs a benchmark; the answer is the exit code.
pub(crate) fn run(command: &Command) -> Result<u8> {
    match command {
        Command::Vault(args) => vault(args),
        Command::Check(args) => check::run(args),
        Command::Once { act, file } => check::once(*act, file).map(|()| 0),
        Command::Serve { data } => child::serve(data).map(|()| 0),
    }
}

fn vault(args: &Vault) -> Result<u8> {
    let folder = args.data.clone().unwrap_or_else(|| {
        std::env::temp_dir().join(format!("janji-bench-{}", std::process::id()))
    });
    let fdatasync = load::fdatasync(&folder)?;
    let server = child::Child::start(&folder)?;
    let stock = arms::Stock::fill(&server, 400)?;
    let mut measured: Vec<(Arm, Measured)> =
        Arm::ALL.iter().map(|arm| (*arm, Measured::default())).collect();
    for round in 0..args.rounds {
        for (arm, sum) in &mut measured {
            let time = Duration::from_secs(args.seconds);
            let one = load::run(&server, &stock, *arm, args.connections, time, round)?;
            sum.add(one);
        }
    }
    server.stop()?;
    // The same folder again, for what an idle server costs.
    let idle = child::Child::start(&folder)?;
    let (started, resident) = (idle.started(), idle.resident()?);
    idle.stop()?;
    let rate = |wanted: Arm| {
        measured.iter().find(|(arm, _)| *arm == wanted).map_or(0.0, |(_, sum)| sum.rate())
    };
    let reads = rate(Arm::VaultRead) / rate(Arm::BareRead);
    let writes = rate(Arm::VaultWrite) / rate(Arm::BareWrite);
    let binary = std::fs::metadata(std::env::current_exe()?)?.len();
    let fine = reads >= READS && writes >= WRITES;
    let rows: Vec<Value> = measured.iter().map(|(arm, sum)| sum.json(arm.name())).collect();
    if args.json {
        let all = json!({
            "connections": args.connections, "arms": rows, "fdatasync_median_us": fdatasync,
            "reads_to_bare": reads, "writes_to_bare": writes,
            "idle_resident_mb": resident, "start_ms": started.as_millis(), "binary_mb": binary >> 20,
            "passed": fine,
        });
        out::line(&serde_json::to_string_pretty(&all)?)?;
    } else {
        out::line(&format!("{} connections, 1 KB values, durable, one run:", args.connections))?;
        for (arm, sum) in &measured {
            out::line(&sum.line(arm.name()))?;
        }
        out::line(&format!("median fdatasync          {fdatasync} µs"))?;
        out::line(&format!("ledgered reads / bare     {reads:.2}   (at least {READS})"))?;
        out::line(&format!("sealed writes / bare      {writes:.2}   (at least {WRITES})"))?;
        out::line(&format!("idle server               {resident} MB resident"))?;
        out::line(&format!("start to first answer     {} ms", started.as_millis()))?;
        out::line(&format!("binary                    {} MB", binary >> 20))?;
    }
    let _ = std::fs::remove_dir_all(&folder);
    Ok(u8::from(!fine))
}
