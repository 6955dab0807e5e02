//! Requests and complaints, and the clocks that run while they are open.

use jiff::Timestamp;

use super::{calendar::Calendar, chance::Chance, plan::value};
use crate::{model::Policy, period::Period, phrase, step::Step};

/// The steps of a policy's cases.
#[derive(Debug)]
pub(super) struct Cases {
    country: String,
    /// The rights that people ask for, erasure apart.
    rights: Vec<String>,
    pub(super) clocks: Vec<Timed>,
}

/// One step and its clock.
#[derive(Debug)]
pub(super) struct Timed {
    pub(super) path: &'static str,
    pub(super) request: bool,
    pub(super) ends: bool,
    step: Step,
    extend: Option<Period>,
}

/// A step of one case: the day on which it falls due, and the one on which it was done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Run {
    pub(super) due: u32,
    pub(super) done: u32,
}

/// Every step that is drawn: of a request or of a complaint, and whether it ends the case.
const STEPS: [(&str, bool, bool); 4] = [
    ("request.acknowledge", true, false),
    ("request.answer", true, true),
    ("complaint.acknowledge", false, false),
    ("complaint.answer", false, true),
];

impl Cases {
    pub(super) fn of(policy: &Policy) -> Self {
        let right = |path: &str| path.strip_prefix("right.").map(str::to_owned);
        let rights = policy.rows.iter().filter_map(|row| right(&row.path));
        let clock = |(path, request, ends): (&'static str, bool, bool)| {
            let row = policy.rows.iter().find(|row| row.path == path)?;
            let key = |name: &str| row.keys.iter().find(|key| key.key == name);
            let (within, _) = phrase::within(key("within")?.value.trim_matches('"')).ok()?;
            let step = Step { within, capped: key("cap").is_some() };
            Some(Timed { path, request, ends, step, extend: value(policy, path, "extend") })
        };
        Self {
            country: policy.company.country.clone(),
            rights: rights.filter(|right| right != "erasure").collect(),
            clocks: STEPS.into_iter().filter_map(clock).collect(),
        }
    }

    /// Whether requests are answered within a term.
    pub(super) fn answers(&self) -> bool {
        self.clocks.iter().any(|clock| clock.request && clock.ends)
    }

    /// A right that somebody asks for.
    pub(super) fn asked(&self, mut chance: Chance) -> &str {
        let bound = u32::try_from(self.rights.len()).unwrap_or(1);
        let at = usize::try_from(chance.below(bound)).unwrap_or_default();
        self.rights.get(at).map_or("information", String::as_str)
    }
}

impl Timed {
    /// Lets the clock of a case run: done on some day until it is due, once in ten with the extension.
    pub(super) fn run(
        &self,
        cases: &Cases,
        calendar: &Calendar,
        asked: &str,
        opened: u32,
        mut chance: Chance,
    ) -> Run {
        let received = calendar.noon(opened);
        let deadline = self.step.due(asked, &cases.country, received, calendar.zone());
        let more = self.extend.filter(|_| chance.below(10) == 0);
        let extended =
            more.map_or(deadline, |more| more.deadline(before(deadline), calendar.zone()));
        let (first, due) = (calendar.last_day(deadline), calendar.last_day(extended));
        let from = if more.is_some() { first } else { opened };
        Run { due, done: (from + chance.below(due.saturating_sub(from) + 1)).min(due) }
    }
}

fn before(instant: Timestamp) -> Timestamp {
    instant.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap_or(instant)
}
