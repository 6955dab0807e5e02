//! What a probe counts, by the row of the policy that it concerns.

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use super::State;
use crate::time;

/// Counts of one row.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Tally {
    looked: u64,
    due: u64,
    held: u64,
    faults: BTreeMap<&'static str, u64>,
    /// The next time at which something ends.
    next: Option<i64>,
}

/// Everything that one probe counted. The row `""` concerns every rule of the probe.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Findings {
    noun: &'static str,
    rows: BTreeMap<String, Tally>,
}

/// The sections whose rules are about one row; a rule of any other section is about all.
const BY_ROW: &[&str] = &["data", "purpose", "register", "feature", "setting"];

impl Findings {
    /// Begins to count things of a name.
    pub(super) fn of(noun: &'static str) -> Findings {
        Findings { noun, rows: BTreeMap::new() }
    }

    /// What stands in place of counts when they could not be made.
    pub(super) fn unreadable() -> Findings {
        let mut found = Findings::of("things");
        found.broken("", "could not be read");
        found
    }

    fn row(&mut self, row: &str) -> &mut Tally {
        self.rows.entry(row.to_owned()).or_default()
    }

    /// One more thing was looked at.
    pub(super) fn looked(&mut self, row: &str) {
        self.looked_at(row, 1);
    }

    /// So many more things were looked at.
    pub(super) fn looked_at(&mut self, row: &str, count: u64) {
        self.row(row).looked += count;
    }

    /// One of them is due and waits for the sweep.
    pub(super) fn due(&mut self, row: &str) {
        self.row(row).due += 1;
    }

    /// One of them is kept by a hold.
    pub(super) fn held(&mut self, row: &str) {
        self.row(row).held += 1;
    }

    /// One of them contradicts a promise; the words say how.
    pub(super) fn broken(&mut self, row: &str, how: &'static str) {
        *self.row(row).faults.entry(how).or_default() += 1;
    }

    /// As [`Findings::broken`], when `fault` says so.
    pub(super) fn broken_if(&mut self, fault: bool, row: &str, how: &'static str) {
        if fault {
            self.broken(row, how);
        }
    }

    /// Something ends then.
    pub(super) fn next(&mut self, row: &str, at: i64) {
        let tally = self.row(row);
        tally.next = Some(tally.next.map_or(at, |known| known.min(at)));
    }

    /// What concerns a rule: its own row with what concerns everything, or all rows together.
    pub(super) fn about(&self, path: &str) -> Tally {
        let mut parts = path.split('.');
        let (section, id) = (parts.next().unwrap_or_default(), parts.next());
        let mut sum = Tally::default();
        match id.filter(|_| BY_ROW.contains(&section)) {
            Some(id) => {
                let row = format!("{section}.{id}");
                let rows = [row.as_str(), ""].into_iter().filter_map(|row| self.rows.get(row));
                rows.for_each(|tally| sum.add(tally));
            }
            None => self.rows.values().for_each(|tally| sum.add(tally)),
        }
        sum
    }

    /// The counts in words.
    pub(super) fn words(&self, tally: &Tally, zone: &TimeZone) -> String {
        if tally.looked == 0 && tally.faults.is_empty() {
            return "nothing to look at yet".to_owned();
        }
        let mut words = vec![format!("{} looked at: {}", self.noun, tally.looked)];
        if tally.due > 0 {
            words.push(format!("{} due now", tally.due));
        }
        if tally.held > 0 {
            words.push(format!("{} held", tally.held));
        }
        words.extend(tally.faults.iter().map(|(how, count)| format!("{count} {how}")));
        words.extend(tally.next.map(|at| format!("next end {}", time::date(at, zone))));
        words.join(", ")
    }
}

impl Tally {
    fn add(&mut self, other: &Tally) {
        self.looked += other.looked;
        self.due += other.due;
        self.held += other.held;
        for (how, count) in &other.faults {
            *self.faults.entry(how).or_default() += count;
        }
        self.next = self.next.into_iter().chain(other.next).min();
    }

    /// How many things were looked at.
    pub(super) fn count(&self) -> u64 {
        self.looked
    }

    /// What the counts mean.
    pub(super) fn state(&self) -> State {
        if !self.faults.is_empty() {
            State::Broken
        } else if self.due > 0 {
            State::Due
        } else {
            State::Kept
        }
    }
}
