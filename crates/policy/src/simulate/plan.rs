//! A policy as its simulation needs it: rows by number, ends as tables of days.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    calendar::{Calendar, Due},
    cases::Cases,
    chance::tag,
};
use crate::{
    model::{Anchor, Category, End, Keep, Policy},
    period::Period,
    phrase,
};

/// The parts of a policy that decide how long something is stored.
#[derive(Debug)]
pub(super) struct Plan {
    pub(super) rows: Vec<Stored>,
    /// The paths of the rules, by number.
    pub(super) rules: Vec<String>,
    /// How many kinds of people there are.
    pub(super) kinds: usize,
    /// How long backups hold what has ended.
    pub(super) gone: Option<(Period, Due)>,
    pub(super) cases: Cases,
    pub(super) erasure: Option<usize>,
    periods: Vec<(Period, Due)>,
}

/// What is stored under one row.
#[derive(Debug)]
pub(super) struct Stored {
    pub(super) path: String,
    pub(super) tag: u64,
    /// The kinds of people, by number.
    pub(super) of: Vec<usize>,
    pub(super) parts: Vec<usize>,
    pub(super) top: bool,
    pub(super) pace: Pace,
    pub(super) ends: Vec<Ending>,
    /// An account: its grace, the period after which it lapses unused, and both rules.
    pub(super) account: Option<Account>,
    /// The purposes that wait for consent; empty when something else allows it too.
    pub(super) consents: Vec<Consent>,
    /// Whether one of its own events may be taken back.
    pub(super) reopened: bool,
    pub(super) register: Option<Register>,
}

#[derive(Debug)]
pub(super) struct Account {
    pub(super) grace: usize,
    pub(super) rule: usize,
    pub(super) lapses: Option<(usize, usize)>,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Consent {
    pub(super) purpose: u64,
    pub(super) rule: usize,
}

/// How often something is collected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Pace {
    /// Once, when its person or its whole comes.
    Once,
    /// About every so many days.
    Every(u32),
}

/// One end of a row.
#[derive(Debug)]
pub(super) struct Ending {
    pub(super) period: usize,
    pub(super) rule: usize,
    pub(super) from: From,
}

/// What an end runs from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum From {
    Collected,
    /// An event of the row itself or of a whole above it.
    Event {
        row: usize,
        name: u64,
        closed: bool,
    },
    /// The person disconnects an integration.
    Disconnected(u64),
}

/// Registers whose entries a life makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Register {
    Log,
    Consents,
    Requests,
    Complaints,
}

impl Plan {
    /// What of a policy is stored and ends. Counts of groups and what only passes through are left out.
    pub(super) fn of(policy: &Policy) -> Self {
        let mut plan = Self {
            rows: Vec::new(),
            rules: Vec::new(),
            kinds: policy.people.len(),
            gone: None,
            cases: Cases::of(policy),
            erasure: None,
            periods: Vec::new(),
        };
        let kept = |one: &&Category| {
            one.groups_of.is_none() && one.keep != Keep::Never && one.keep != Keep::ForEver
        };
        let kept: Vec<&Category> = policy.categories.iter().filter(kept).collect();
        let place: BTreeMap<&str, usize> =
            kept.iter().enumerate().map(|(at, one)| (one.id.as_str(), at)).collect();
        for category in &kept {
            let row = plan.category(policy, category, &place);
            plan.rows.push(row);
        }
        plan.link(&kept, &place);
        plan.registers(policy);
        let has = |path: &str| policy.rows.iter().any(|row| row.path == path);
        if has("right.erasure") && plan.cases.answers() {
            plan.erasure = Some(plan.rule("right.erasure"));
        }
        plan.gone =
            value(policy, "security.backups", "gone").map(|period| (period, Due::default()));
        plan
    }

    /// Works out the days on which every period is over.
    pub(super) fn measure(&mut self, calendar: &Calendar) {
        for (period, due) in self.periods.iter_mut().chain(&mut self.gone) {
            *due = calendar.due(*period);
        }
    }

    /// The day on which a period that began on a day is over.
    pub(super) fn due(&self, period: usize, began: u32) -> u32 {
        self.periods.get(period).map_or(u32::MAX, |(_, due)| due.after(began))
    }

    fn category(
        &mut self,
        policy: &Policy,
        category: &Category,
        place: &BTreeMap<&str, usize>,
    ) -> Stored {
        let path = format!("data.{}", category.id);
        let account = category.grace.map(|grace| Account {
            grace: self.period(grace),
            rule: self.rule(&format!("{path}.grace")),
            lapses: category
                .lapses
                .as_ref()
                .map(|end| (self.period(end.period), self.rule(&format!("{path}.lapses")))),
        });
        let ends = match &category.keep {
            Keep::Ends(ends) if account.is_none() => ends.as_slice(),
            _ => &[],
        };
        let ends = ends.iter().filter_map(|end| self.ending(&path, end, place)).collect();
        let kind = |id: &String| policy.people.iter().position(|known| known == id);
        Stored {
            tag: tag(&path),
            of: category.of.iter().filter_map(kind).collect(),
            parts: Vec::new(),
            top: category.part_of.is_none(),
            pace: pace(category),
            ends,
            account,
            consents: self.consents(policy, category),
            reopened: category.events.iter().any(|event| event.clears.is_some()),
            register: None,
            path,
        }
    }

    /// A feature that goes off and a workspace that closes are no part of a life: such an end does not come.
    fn ending(&mut self, path: &str, end: &End, place: &BTreeMap<&str, usize>) -> Option<Ending> {
        let from = match &end.anchor {
            Anchor::Collected => From::Collected,
            Anchor::Event { category, event } => From::Event {
                row: *place.get(category.as_str())?,
                name: tag(event),
                closed: event == "closed",
            },
            Anchor::Disconnected(integration) => From::Disconnected(tag(integration)),
            Anchor::FeatureOff(_) | Anchor::WorkspaceClosed => return None,
        };
        let rule = self.rule(&format!("{path}.keep"));
        Some(Ending { period: self.period(end.period), rule, from })
    }

    fn consents(&mut self, policy: &Policy, category: &Category) -> Vec<Consent> {
        let purposes: Vec<_> =
            category.purposes.iter().filter_map(|id| policy.purpose(id)).collect();
        if !purposes.iter().all(|purpose| purpose.needs_consent(category)) {
            return Vec::new();
        }
        purposes
            .iter()
            .map(|one| Consent {
                purpose: tag(&one.id),
                rule: self.rule(&format!("purpose.{}.basis", one.id)),
            })
            .collect()
    }

    /// Parts hang on the nearest whole that is stored.
    fn link(&mut self, kept: &[&Category], place: &BTreeMap<&str, usize>) {
        for (at, category) in kept.iter().enumerate() {
            let whole = category.part_of.as_deref().and_then(|id| place.get(id));
            if let Some(whole) = whole.and_then(|whole| self.rows.get_mut(*whole)) {
                whole.parts.push(at);
            } else if let Some(row) = self.rows.get_mut(at) {
                row.top = true;
            }
        }
    }

    fn registers(&mut self, policy: &Policy) {
        for register in &policy.registers {
            let what = match register.id.as_str() {
                "application_log" | "security_log" => Register::Log,
                "consents" => Register::Consents,
                "requests" => Register::Requests,
                "complaints" => Register::Complaints,
                _ => continue,
            };
            let Keep::Ends(ends) = &register.keep else { continue };
            let path = format!("register.{}", register.id);
            let here = BTreeMap::from([(register.id.as_str(), self.rows.len())]);
            let ends = ends.iter().filter_map(|end| self.ending(&path, end, &here)).collect();
            self.rows.push(Stored {
                tag: tag(&path),
                of: (0..self.kinds).collect(),
                parts: Vec::new(),
                top: true,
                pace: Pace::Every(7),
                ends,
                account: None,
                consents: Vec::new(),
                reopened: false,
                register: Some(what),
                path,
            });
        }
    }

    /// The purposes that anybody is asked to consent to.
    pub(super) fn asked(&self) -> BTreeSet<u64> {
        self.rows.iter().flat_map(|row| row.consents.iter().map(|one| one.purpose)).collect()
    }

    fn period(&mut self, period: Period) -> usize {
        if let Some(at) = self.periods.iter().position(|(known, _)| *known == period) {
            return at;
        }
        self.periods.push((period, Due::default()));
        self.periods.len() - 1
    }

    fn rule(&mut self, path: &str) -> usize {
        if let Some(at) = self.rules.iter().position(|known| known == path) {
            return at;
        }
        self.rules.push(path.to_owned());
        self.rules.len() - 1
    }
}

/// What a life collects of a category; the words of this are in `ASSUMED`.
fn pace(category: &Category) -> Pace {
    let own = !category.events.is_empty();
    let linked = |ends: &[End]| {
        ends.iter().any(|end| matches!(end.anchor, Anchor::FeatureOff(_) | Anchor::Disconnected(_)))
    };
    match &category.keep {
        Keep::WithWhole => Pace::Once,
        _ if category.grace.is_some() || (own && !category.parts.is_empty()) => Pace::Once,
        Keep::Ends(ends) if linked(ends) => Pace::Once,
        _ if own => Pace::Every(30),
        _ => Pace::Every(7),
    }
}

/// The period under a key of a row, when the policy has it.
pub(super) fn value(policy: &Policy, path: &str, key: &str) -> Option<Period> {
    let row = policy.rows.iter().find(|row| row.path == path)?;
    let key = row.keys.iter().find(|one| one.key == key)?;
    phrase::period(key.value.trim_matches('"')).ok()
}
