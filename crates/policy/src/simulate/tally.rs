//! The counts of a simulation, by day: what came, what ended by which rule, what is stored, what is due.

use std::fmt::Write;

use jiff::{Span, civil::Date};

use super::{calendar::Calendar, cases::Run, life::Lived, plan::Plan};

/// What a population left behind, day by day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Simulated {
    /// The first day.
    pub start: Date,
    /// What was stored, by row of the policy.
    pub kept: Vec<Kept>,
    /// The clocks of requests and complaints, by step.
    pub clocks: Vec<Clock>,
}

/// One row of the policy over the days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kept {
    /// Its path, such as `data.selfie`.
    pub path: String,
    /// The records that came on each day.
    pub collected: Vec<u64>,
    /// The records that ended on each day, by the path of the rule that ended them.
    pub ended: Vec<(String, Vec<u64>)>,
    /// The records that are stored when the day is over.
    pub stored: Vec<u64>,
    /// The records that have ended and still lie in a backup that can be opened.
    pub in_backups: Vec<u64>,
}

/// One step of the cases over the days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Its path, such as `request.answer`.
    pub path: String,
    /// The clocks that began on each day.
    pub opened: Vec<u64>,
    /// The clocks whose last day it is.
    pub due: Vec<u64>,
    /// The clocks that stopped because it was done.
    pub answered: Vec<u64>,
}

/// The counts while lives are lived.
#[derive(Debug)]
pub(super) struct Tally {
    days: usize,
    collected: Vec<Vec<u64>>,
    ended: Vec<Vec<(usize, Vec<u64>)>>,
    clocks: Vec<Clock>,
    #[cfg(test)]
    pub(super) seen: Option<Vec<(Lived, u64)>>,
}

impl Tally {
    pub(super) fn new(plan: &Plan, days: u32) -> Self {
        let days = usize::try_from(days).unwrap_or_default();
        let none = || vec![0; days];
        let clock = |path: &str| Clock {
            path: path.to_owned(),
            opened: none(),
            due: none(),
            answered: none(),
        };
        Self {
            days,
            collected: plan.rows.iter().map(|_| none()).collect(),
            ended: plan.rows.iter().map(|_| Vec::new()).collect(),
            clocks: plan.cases.clocks.iter().map(|timed| clock(timed.path)).collect(),
            #[cfg(test)]
            seen: None,
        }
    }

    /// Counts a record, from its day to its end.
    pub(super) fn record(&mut self, lived: &Lived, people: u64) {
        #[cfg(test)]
        if let Some(seen) = &mut self.seen {
            seen.push((*lived, people));
        }
        if let Some(days) = self.collected.get_mut(lived.row) {
            add(days, lived.from, people);
        }
        if usize::try_from(lived.until).is_ok_and(|day| day >= self.days) {
            return;
        }
        let Some(rules) = self.ended.get_mut(lived.row) else { return };
        let at = rules.iter().position(|(rule, _)| *rule == lived.rule).unwrap_or_else(|| {
            rules.push((lived.rule, vec![0; self.days]));
            rules.len() - 1
        });
        if let Some((_, days)) = rules.get_mut(at) {
            add(days, lived.until, people);
        }
    }

    /// Counts a step of a case.
    pub(super) fn clock(&mut self, number: usize, opened: u32, run: Run, people: u64) {
        let Some(clock) = self.clocks.get_mut(number) else { return };
        add(&mut clock.opened, opened, people);
        add(&mut clock.due, run.due, people);
        add(&mut clock.answered, run.done, people);
    }

    pub(super) fn done(self, plan: &Plan, calendar: &Calendar) -> Simulated {
        let rows = plan.rows.iter().zip(self.collected).zip(self.ended);
        let kept = rows.map(|((row, collected), mut ended)| {
            ended.sort_by_key(|(rule, _)| *rule);
            let all = sums(&ended, self.days);
            let stored = running(&collected, &all);
            let gone = plan.gone.as_ref().map(|(_, due)| moved(&all, |day| due.after(day)));
            let in_backups = gone.map_or_else(|| vec![0; self.days], |gone| running(&all, &gone));
            let named = |(rule, days)| (plan.rules.get(rule).cloned().unwrap_or_default(), days);
            let ended = ended.into_iter().map(named).collect();
            Kept { path: row.path.clone(), collected, ended, stored, in_backups }
        });
        Simulated { start: calendar.start, kept: kept.collect(), clocks: self.clocks }
    }
}

/// Beyond the last day nothing is counted.
fn add(days: &mut [u64], day: u32, people: u64) {
    let day = usize::try_from(day).ok().and_then(|day| days.get_mut(day));
    if let Some(count) = day {
        *count += people;
    }
}

fn sums(ended: &[(usize, Vec<u64>)], days: usize) -> Vec<u64> {
    let mut all = vec![0; days];
    for (_, one) in ended {
        all.iter_mut().zip(one).for_each(|(sum, count)| *sum += count);
    }
    all
}

/// What is there when each day is over.
fn running(came: &[u64], went: &[u64]) -> Vec<u64> {
    let mut there = 0;
    let day = |(came, went): (&u64, &u64)| {
        there = (there + came).saturating_sub(*went);
        there
    };
    came.iter().zip(went).map(day).collect()
}

/// The same counts on later days.
fn moved(counts: &[u64], to: impl Fn(u32) -> u32) -> Vec<u64> {
    let mut later = vec![0; counts.len()];
    for (day, count) in (0u32..).zip(counts) {
        add(&mut later, to(day), *count);
    }
    later
}

impl Simulated {
    /// The numbers as a table: for each day a line for each row that has any, then one for each clock that moved.
    ///
    /// `ended_by` names the rules of the ends with their counts, separated by semicolons.
    pub fn to_csv(&self) -> String {
        let mut text =
            "date,row,collected,stored,ended,ended_by,in_backups,opened,due,answered\n".to_owned();
        let days = self.kept.first().map_or_else(
            || self.clocks.first().map_or(0, |clock| clock.opened.len()),
            |kept| kept.collected.len(),
        );
        for day in 0..days {
            let date = self.date(day);
            for kept in &self.kept {
                kept.line(&mut text, date, day);
            }
            for clock in &self.clocks {
                clock.line(&mut text, date, day);
            }
        }
        text
    }

    /// The date of a day by its number.
    pub(super) fn date(&self, day: usize) -> Date {
        let span = Span::new().days(i64::try_from(day).unwrap_or_default());
        self.start.checked_add(span).unwrap_or(Date::MAX)
    }
}

impl Kept {
    fn line(&self, text: &mut String, date: Date, day: usize) {
        let at = |days: &[u64]| days.get(day).copied().unwrap_or_default();
        let by: Vec<String> = self
            .ended
            .iter()
            .map(|(rule, days)| (rule, at(days)))
            .filter(|(_, count)| *count > 0)
            .map(|(rule, count)| format!("{rule}={count}"))
            .collect();
        let ended: u64 = self.ended.iter().map(|(_, days)| at(days)).sum();
        let (collected, stored) = (at(&self.collected), at(&self.stored));
        let copies = at(&self.in_backups);
        if collected + stored + ended + copies > 0 {
            let (path, by) = (&self.path, by.join(";"));
            let _ = writeln!(text, "{date},{path},{collected},{stored},{ended},{by},{copies},,,");
        }
    }
}

impl Clock {
    fn line(&self, text: &mut String, date: Date, day: usize) {
        let at = |days: &[u64]| days.get(day).copied().unwrap_or_default();
        let (opened, due, answered) = (at(&self.opened), at(&self.due), at(&self.answered));
        if opened + due + answered > 0 {
            let _ = writeln!(text, "{date},{},,,,,,{opened},{due},{answered}", self.path);
        }
    }
}
