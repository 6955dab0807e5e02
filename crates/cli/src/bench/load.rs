//! The load: a fixed number of connections, each sending its next request when the last is answered.

use std::{
    fs::File,
    io::Write,
    path::Path,
    time::{Duration, Instant},
};

use anyhow::{Result, bail};
use serde_json::{Value, json};

use super::{
    arms::{Arm, Stock},
    child::Child,
};

/// What an arm showed, over all its rounds.
#[derive(Debug, Default)]
pub(crate) struct Measured {
    latencies: Vec<u64>,
    seconds: f64,
    processor: f64,
}

impl Measured {
    pub(crate) fn add(&mut self, other: Measured) {
        self.latencies.extend(other.latencies);
        self.seconds += other.seconds;
        self.processor += other.processor;
    }

    /// Requests a second.
    pub(crate) fn rate(&self) -> f64 {
        if self.seconds > 0.0 { self.requests() / self.seconds } else { 0.0 }
    }

    #[expect(clippy::cast_precision_loss, reason = "a count of requests in a few seconds")]
    fn requests(&self) -> f64 {
        self.latencies.len() as f64
    }

    fn percentile(&self, percent: usize) -> u64 {
        let mut sorted = self.latencies.clone();
        sorted.sort_unstable();
        sorted.get(sorted.len() * percent / 100).copied().unwrap_or(0)
    }

    /// Processor time of the server for one request, in microseconds.
    fn processor_each(&self) -> f64 {
        if self.latencies.is_empty() { 0.0 } else { self.processor * 1e6 / self.requests() }
    }

    pub(crate) fn line(&self, name: &str) -> String {
        format!(
            "{name:<20} {:>8.0} a second   p50 {:>6} µs   p99 {:>6} µs   processor {:>5.0} µs each",
            self.rate(),
            self.percentile(50),
            self.percentile(99),
            self.processor_each(),
        )
    }

    pub(crate) fn json(&self, name: &str) -> Value {
        json!({
            "arm": name, "a_second": self.rate(), "p50_us": self.percentile(50),
            "p99_us": self.percentile(99), "processor_us": self.processor_each(),
        })
    }
}

/// Runs one arm for a time.
pub(crate) fn run(
    server: &Child,
    stock: &Stock,
    arm: Arm,
    connections: usize,
    time: Duration,
    round: usize,
) -> Result<Measured> {
    let before = server.processor()?;
    let began = Instant::now();
    let latencies = std::thread::scope(|scope| -> Result<Vec<u64>> {
        let threads: Vec<_> = (0..connections)
            .map(|number| {
                let client = server.client();
                scope.spawn(move || -> Result<Vec<u64>> {
                    let mut mine = Vec::new();
                    let mut turn = number * 7919 + round * 104_729;
                    while began.elapsed() < time {
                        let shot = stock.shot(arm, turn)?;
                        turn += connections;
                        let sent = Instant::now();
                        let (status, _) =
                            client.raw(shot.method, &shot.path, "application/json", shot.body)?;
                        if status >= 300 {
                            bail!("{} answered {status}", arm.name());
                        }
                        mine.push(u64::try_from(sent.elapsed().as_micros()).unwrap_or(u64::MAX));
                    }
                    Ok(mine)
                })
            })
            .collect();
        let mut all = Vec::new();
        for thread in threads {
            all.extend(thread.join().map_err(|_| anyhow::anyhow!("a client stopped"))??);
        }
        Ok(all)
    })?;
    let seconds = began.elapsed().as_secs_f64();
    Ok(Measured { latencies, seconds, processor: server.processor()? - before })
}

/// The median of a hundred syncs of one small write, in microseconds: what a durable commit cannot beat.
pub(crate) fn fdatasync(folder: &Path) -> Result<u64> {
    std::fs::create_dir_all(folder)?;
    let path = folder.join("fdatasync");
    let mut file = File::create(&path)?;
    let mut times = Vec::new();
    for _ in 0..100 {
        file.write_all(&[7; 4096])?;
        let began = Instant::now();
        file.sync_data()?;
        times.push(u64::try_from(began.elapsed().as_micros()).unwrap_or(u64::MAX));
    }
    std::fs::remove_file(&path)?;
    times.sort_unstable();
    Ok(times.get(50).copied().unwrap_or(0))
}
