//! What a policy will do, drawn before there is any data: a seeded population lives some days under its rules and clocks.
//!
//! Periods, cut-offs and deadlines are those that the engine keeps; how often things happen is assumed, and `ASSUMED` says how.

mod calendar;
mod cases;
mod chance;
mod chart;
mod life;
mod plan;
mod tally;
mod words;

#[cfg(test)]
mod tests;

use std::fmt;

use jiff::civil::Date;

use crate::model::Policy;
use calendar::Calendar;
use plan::Plan;
pub use tally::{Clock, Kept, Simulated};

/// No picture is longer: a hundred years.
pub const MOST_DAYS: u32 = 36_500;
/// No picture has more people.
pub const MOST_PEOPLE: u64 = 1_000_000;
/// Days times rows: what the counts may take in memory.
const MOST_CELLS: usize = 8_000_000;
/// Lives times days: what the arithmetic may take in time.
const MOST_LIVED: u64 = 4_000_000;
/// More lives than this make no smoother picture.
const MOST_LIVES: u64 = 2_000;

/// What is assumed about people, for whoever reads the numbers.
pub const ASSUMED: &str = words::ASSUMED_EN;

/// Whom to draw, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Population {
    /// How many days, the first included.
    pub days: u32,
    /// How many people come over these days.
    pub people: u64,
    /// The same seed draws the same lives.
    pub seed: u64,
    /// The first day; the day from which the policy holds when left out.
    pub start: Option<Date>,
}

/// Why nothing was drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TooMuch {
    /// More days than are drawn, or none.
    Days,
    /// More people than are drawn.
    People,
    /// The last day is none of the calendar's.
    Start,
    /// The policy has too many rows for so many days.
    Rows,
}

impl fmt::Display for TooMuch {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Days => write!(out, "the days are from 1 to {MOST_DAYS}"),
            Self::People => write!(out, "there are at most {MOST_PEOPLE} people"),
            Self::Start => write!(out, "the first day is one of the years 1 to 9000"),
            Self::Rows => write!(out, "the policy has too many rows for so many days"),
        }
    }
}

impl std::error::Error for TooMuch {}

impl Policy {
    /// Lets a population live under the policy, planned rows included, and counts what is kept and what is due each day.
    pub fn simulate(&self, population: &Population) -> Result<Simulated, TooMuch> {
        let (calendar, mut plan) = self.prepare(population)?;
        plan.measure(&calendar);
        let mut tally = tally::Tally::new(&plan, population.days);
        for life in lives(population, &plan) {
            life::live(&plan, &calendar, &life, &mut tally);
        }
        Ok(tally.done(&plan, &calendar))
    }

    fn prepare(&self, population: &Population) -> Result<(Calendar, Plan), TooMuch> {
        if !(1..=MOST_DAYS).contains(&population.days) {
            return Err(TooMuch::Days);
        }
        if population.people > MOST_PEOPLE {
            return Err(TooMuch::People);
        }
        let start = population.start.unwrap_or(self.effective);
        let zone = self.company.zone.clone();
        let calendar = Calendar::new(start, population.days, zone).ok_or(TooMuch::Start)?;
        let plan = Plan::of(self);
        let days = usize::try_from(population.days).unwrap_or(usize::MAX);
        if plan.rows.len().saturating_mul(days) > MOST_CELLS {
            return Err(TooMuch::Rows);
        }
        Ok((calendar, plan))
    }
}

/// The lives to live: one for each person, or for as many people together as keep the work bounded.
fn lives(population: &Population, plan: &Plan) -> impl Iterator<Item = life::Life> {
    let most = (MOST_LIVED / u64::from(population.days)).clamp(100, MOST_LIVES);
    let count = population.people.min(most);
    let (each, more) = match count {
        0 => (0, 0),
        count => (population.people / count, population.people % count),
    };
    let (days, seed, kinds) = (population.days, population.seed, plan.kinds);
    (0..count).map(move |number| {
        let people = each + u64::from(number < more);
        life::Life::of(seed, number, people, kinds, days)
    })
}
