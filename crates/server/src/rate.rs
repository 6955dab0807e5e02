//! How often one token may ask: a bucket a token, filled by time that is passed in.

use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
    time::{Duration, Instant},
};

/// Who is counted: the workspace and the number of the token.
pub(crate) type Who = (u64, u64);

/// How fast a bucket fills and how much it holds.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rate {
    /// Requests a second.
    pub(crate) a_second: u32,
    /// Requests at once.
    pub(crate) burst: u32,
}

/// The buckets of all tokens that asked lately.
#[derive(Debug)]
pub(crate) struct Rates {
    rate: Rate,
    buckets: Mutex<HashMap<Who, Bucket>>,
}

#[derive(Debug, Clone, Copy)]
struct Bucket {
    left: f64,
    at: Instant,
}

/// More buckets than this, and the full ones are forgotten: they hold nothing.
const KEPT: usize = 10_000;

impl Rates {
    /// No bucket yet; each begins full.
    pub(crate) fn new(rate: Rate) -> Rates {
        Rates { rate, buckets: Mutex::default() }
    }

    /// Takes one from a bucket, or says how long to wait for the next.
    pub(crate) fn take(&self, who: Who, now: Instant) -> Result<(), Duration> {
        let (speed, most) = (f64::from(self.rate.a_second), f64::from(self.rate.burst));
        let level = |bucket: &Bucket| {
            let passed = now.saturating_duration_since(bucket.at).as_secs_f64();
            (bucket.left + passed * speed).min(most)
        };
        let mut buckets = self.buckets.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > KEPT {
            buckets.retain(|_, bucket| level(bucket) < most);
        }
        let bucket = buckets.entry(who).or_insert(Bucket { left: most, at: now });
        let left = level(bucket);
        if left < 1.0 {
            return Err(Duration::from_secs_f64((1.0 - left) / speed.max(0.001)));
        }
        *bucket = Bucket { left: left - 1.0, at: now };
        Ok(())
    }
}

#[cfg(test)]
mod tests;
