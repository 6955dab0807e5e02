//! Time from outside, never trusted alone. A wall clock may jump; a second source (the highest time ever
//! seen, moved on by measured uptime) bounds what a jump can do.

use std::{
    fmt,
    path::PathBuf,
    sync::{Arc, Mutex},
};

use store::{StoreError, disk::Disk};

/// Where time comes from: the operating system, or a test.
pub trait Clock: fmt::Debug + Send + Sync {
    /// The wall clock, in microseconds since 1970.
    fn wall(&self) -> i64;
    /// Microseconds this process has run, from a source that no one can set.
    fn uptime(&self) -> i64;
}

/// The two readings that every act carries.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reading {
    /// Decides what is readable: the later of both sources.
    pub now: i64,
    /// Decides what may be destroyed.
    pub settled: i64,
    /// Whether the sources are too far apart, which raises an alarm.
    pub apart: bool,
}

const HOUR: i64 = 3_600_000_000;
/// A wall clock further ahead than this is not believed at once.
const JUMP: i64 = 26 * HOUR;
/// After so much real running it is.
const PATIENCE: i64 = 24 * HOUR;
/// How often the high-water mark is written.
const SAVE: i64 = 60_000_000;

/// Both sources of one server, with the mark that survives a restart.
#[derive(Debug)]
pub struct Time {
    clock: Box<dyn Clock>,
    file: PathBuf,
    state: Mutex<State>,
}

#[derive(Debug, Clone, Copy)]
struct State {
    /// The settled time at `mark_uptime`.
    mark: i64,
    mark_uptime: i64,
    /// Uptime at which the wall clock was first seen too far ahead.
    jumped: Option<i64>,
    saved: i64,
}

impl Time {
    /// Takes up the marks that were left in `file`; a new folder believes its first wall time.
    pub fn open(clock: Box<dyn Clock>, disk: &dyn Disk, file: PathBuf) -> Result<Time, StoreError> {
        let (wall, uptime) = (clock.wall(), clock.uptime());
        let stored = match disk.len(&file).map_err(StoreError::file(&file))? {
            Some(_) => parse(&disk.read(&file).map_err(StoreError::file(&file))?)?,
            None => wall,
        };
        let state = State { mark: stored, mark_uptime: uptime, jumped: None, saved: i64::MIN };
        Ok(Time { clock, file, state: Mutex::new(state) })
    }

    /// Reads both sources.
    pub fn read(&self) -> Reading {
        let (wall, uptime) = (self.clock.wall(), self.clock.uptime());
        let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        let measured = state.mark + (uptime - state.mark_uptime).max(0);
        let ahead = wall - measured;
        let settled = if ahead > JUMP {
            let since = *state.jumped.get_or_insert(uptime);
            if uptime - since >= PATIENCE {
                state.jumped = None;
                wall
            } else {
                measured
            }
        } else {
            state.jumped = None;
            wall.max(measured)
        };
        state.mark = settled;
        state.mark_uptime = uptime;
        // A wall clock that went back cannot undo what the measured time has reached.
        Reading { now: wall.max(settled), settled, apart: state.jumped.is_some() || ahead < -JUMP }
    }

    /// Writes the marks when it is time to; called by the housekeeping.
    pub fn save(&self, disk: &dyn Disk, force: bool) -> Result<(), StoreError> {
        let text = {
            let mut state = self.state.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
            if !force && state.mark - state.saved < SAVE && state.saved != i64::MIN {
                return Ok(());
            }
            state.saved = state.mark;
            format!("settled {}\n", state.mark)
        };
        disk.replace(&self.file, text.as_bytes()).map_err(StoreError::file(&self.file))
    }
}

fn parse(bytes: &[u8]) -> Result<i64, StoreError> {
    std::str::from_utf8(bytes)
        .ok()
        .and_then(|text| text.strip_prefix("settled "))
        .and_then(|text| text.trim_end().parse().ok())
        .ok_or(StoreError::Damaged { what: "the clock file" })
}

/// A clock that only moves when it is told to: for tests, demos and simulation. A folder that was served
/// with one is marked for ever.
#[derive(Debug, Clone)]
pub struct TestClock(Arc<Mutex<(i64, i64)>>);

impl TestClock {
    /// A clock that stands at this time.
    pub fn at(wall: i64) -> TestClock {
        TestClock(Arc::new(Mutex::new((wall, 0))))
    }

    /// Lets time pass: wall clock and uptime together.
    pub fn run(&self, micros: i64) {
        let mut times = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        times.0 = times.0.saturating_add(micros.max(0));
        times.1 = times.1.saturating_add(micros.max(0));
    }

    /// Sets the wall clock alone, as somebody might who lies about the time.
    pub fn set(&self, wall: i64) {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0 = wall;
    }
}

impl Clock for TestClock {
    fn wall(&self) -> i64 {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).0
    }

    fn uptime(&self) -> i64 {
        self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner).1
    }
}

/// The operating system's clocks.
#[derive(Debug)]
pub struct SystemClock(std::time::Instant);

impl SystemClock {
    /// Starts measuring uptime.
    pub fn start() -> SystemClock {
        SystemClock(std::time::Instant::now())
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that asks the wall clock")]
    fn wall(&self) -> i64 {
        jiff::Timestamp::now().as_microsecond()
    }

    fn uptime(&self) -> i64 {
        i64::try_from(self.0.elapsed().as_micros()).unwrap_or(i64::MAX)
    }
}
