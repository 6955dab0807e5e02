//! One life under the policy: what is collected, and the day and the rule of its end.

use super::{
    calendar::Calendar,
    chance::Chance,
    plan::{From, Pace, Plan, Register, Stored},
    tally::Tally,
};

/// A day that does not come.
const NEVER: u32 = u32::MAX;

/// A person, or as many as live the same life.
#[derive(Debug, Clone, Copy)]
pub(super) struct Life {
    chance: Chance,
    people: u64,
    kind: usize,
    came: u32,
    left: u32,
    /// Whether the leaving is said: an account closed, an engagement ended.
    says: bool,
    /// Whether the leaving is a request for erasure.
    erases: bool,
    days: u32,
}

/// A record and what its parts need to know of it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lived {
    pub(super) row: usize,
    pub(super) from: u32,
    pub(super) until: u32,
    pub(super) rule: usize,
    closed: u32,
    chance: Chance,
}

/// Who lives, and the days that hold for all of the life.
struct Living<'l> {
    plan: &'l Plan,
    calendar: &'l Calendar,
    life: &'l Life,
    erased: u32,
    tally: &'l mut Tally,
}

impl Life {
    /// A life: it begins on any of the days and lasts up to four years.
    pub(super) fn of(seed: u64, number: u64, people: u64, kinds: usize, days: u32) -> Self {
        let chance = Chance::seeded(seed).of(number);
        let mut own = chance;
        let kind = u64::try_from(kinds).unwrap_or(1).max(1);
        let came = own.below(days);
        Self {
            chance,
            people,
            kind: usize::try_from(number % kind).unwrap_or_default(),
            came,
            left: came.saturating_add(own.gap(730)),
            says: own.below(10) < 7,
            erases: own.below(10) < 2,
            days,
        }
    }

    fn consented(&self, purpose: u64) -> Option<u32> {
        let mut chance = self.chance.of(purpose);
        let given = chance.below(5) < 4;
        given.then(|| self.came.saturating_add(chance.gap(1_095)))
    }
}

/// Lives a life to its end or to the end of the days.
pub(super) fn live(plan: &Plan, calendar: &Calendar, life: &Life, tally: &mut Tally) {
    let mut living = Living { plan, calendar, life, erased: NEVER, tally };
    living.erased = living.erasure();
    for (at, row) in plan.rows.iter().enumerate() {
        match row.register {
            Some(register) => living.register(at, row, register),
            None if row.top && row.of.contains(&life.kind) => living.collect(at, None),
            None => {}
        }
    }
    living.cases(true);
    living.cases(false);
}

impl Living<'_> {
    /// Whoever leaves by a request for erasure is erased on the day of its answer.
    fn erasure(&self) -> u32 {
        let Life { left, erases, says, days, chance, .. } = *self.life;
        if self.plan.erasure.is_none() || !erases || !says || left >= days {
            return NEVER;
        }
        let answer = self.plan.cases.clocks.iter().find(|clock| clock.request && clock.ends);
        answer.map_or(NEVER, |clock| {
            clock.run(&self.plan.cases, self.calendar, "erasure", left, chance.of(ERASURE)).done
        })
    }

    /// Collects everything of a row: about a person, or on the record of a whole.
    fn collect(&mut self, at: usize, whole: Option<&Lived>) {
        let Some(row) = self.plan.rows.get(at) else { return };
        let chance = whole.map_or(self.life.chance, |whole| whole.chance).of(row.tag);
        let from = whole.map_or(self.life.came, |whole| whole.from);
        let once = whole.is_some_and(|whole| self.repeated(whole.row));
        let stop = self.life.left.min(self.life.days).min(whole.map_or(NEVER, |whole| whole.until));
        match row.pace {
            Pace::Every(mean) if !once => {
                let mut chance = chance;
                let mut day = from.saturating_add(chance.below(mean));
                while day < stop {
                    self.record(at, day, whole, chance.of(u64::from(day)));
                    day = day.saturating_add(chance.gap(mean));
                }
            }
            _ if from < stop => self.record(at, from, whole, chance),
            _ => {}
        }
    }

    /// Whether a whole comes again and again, so that its parts come with each.
    fn repeated(&self, row: usize) -> bool {
        self.plan.rows.get(row).is_some_and(|row| row.pace != Pace::Once)
    }

    /// Collects one record, and its parts with it.
    fn record(&mut self, at: usize, day: u32, whole: Option<&Lived>, chance: Chance) {
        let Some(row) = self.plan.rows.get(at) else { return };
        let Some((until, rule)) = self.allowed(row, day) else { return };
        let closed = row.account.as_ref().map_or(NEVER, |_| self.closed(row));
        let mut lived = Lived { row: at, from: day, until, rule, closed, chance };
        let mut end = |until: u32, rule: usize| {
            if until < lived.until {
                (lived.until, lived.rule) = (until.max(day), rule);
            }
        };
        if let Some(account) = &row.account {
            let lapsed = account.lapses.filter(|_| !self.life.says).map(|(_, rule)| rule);
            end(self.plan.due(account.grace, closed), lapsed.unwrap_or(account.rule));
        }
        for ending in &row.ends {
            end(self.ends(ending.from, ending.period, at, day, chance, whole), ending.rule);
        }
        if let Some(whole) = whole {
            end(whole.until, whole.rule);
        }
        if let Some(rule) = self.plan.erasure {
            end(self.erased, rule);
        }
        self.tally.record(&lived, self.life.people);
        for part in &row.parts {
            let fits =
                self.plan.rows.get(*part).is_some_and(|part| part.of.contains(&self.life.kind));
            if fits {
                self.collect(*part, Some(&lived));
            }
        }
    }

    /// Whether it may be collected on a day; with the day on which the last consent to it goes, where it rests on one.
    fn allowed(&self, row: &Stored, day: u32) -> Option<(u32, usize)> {
        if row.consents.is_empty() {
            return Some((NEVER, 0));
        }
        let held = row
            .consents
            .iter()
            .filter_map(|one| Some((self.life.consented(one.purpose)?, one.rule)));
        held.filter(|(until, _)| *until > day).max()
    }

    /// The day on which an account closes: when its person says so, or unused for so long.
    fn closed(&self, row: &Stored) -> u32 {
        let lapses = row.account.as_ref().and_then(|account| account.lapses);
        match (self.life.says, lapses) {
            (true, _) => self.life.left,
            (false, Some((period, _))) => self.plan.due(period, self.life.left),
            (false, None) => NEVER,
        }
    }

    fn ends(
        &self,
        from: From,
        period: usize,
        at: usize,
        day: u32,
        chance: Chance,
        whole: Option<&Lived>,
    ) -> u32 {
        let due = |day: u32| self.plan.due(period, day);
        match from {
            From::Collected => due(day),
            From::Disconnected(name) => {
                let mut chance = self.life.chance.of(name);
                due(self.life.came.saturating_add(chance.gap(365)).max(day).min(self.life.left))
            }
            From::Event { closed: true, row, .. } if row != at => {
                due(whole.filter(|whole| whole.row == row).map_or(NEVER, |whole| whole.closed))
            }
            From::Event { row, name, .. } => {
                let of = if row == at {
                    Some((day, chance))
                } else {
                    whole.filter(|whole| whole.row == row).map(|whole| (whole.from, whole.chance))
                };
                self.event(row, name, of, period)
            }
        }
    }

    /// The end after an event. What comes once has its event when the person leaves and says so; the rest some days after
    /// it came, and one in ten of those that can be is opened again.
    fn event(&self, row: usize, name: u64, of: Option<(u32, Chance)>, period: usize) -> u32 {
        let due = |day: u32| self.plan.due(period, day);
        if !self.repeated(row) {
            return if self.life.says { due(self.life.left) } else { NEVER };
        }
        let Some((from, chance)) = of else { return NEVER };
        let mut chance = chance.of(name);
        let first = from.saturating_add(chance.gap(5));
        let again = chance.below(10) == 0;
        let reopens = again && self.plan.rows.get(row).is_some_and(|row| row.reopened);
        let reopened = first.saturating_add(REOPENED_AFTER);
        if reopens && due(first) > reopened {
            due(reopened.saturating_add(REOPENED_FOR))
        } else {
            due(first)
        }
    }

    fn register(&mut self, at: usize, row: &Stored, register: Register) {
        match register {
            Register::Log => self.collect(at, None),
            Register::Consents => {
                for purpose in self.plan.asked() {
                    if let Some(withdrawn) = self.life.consented(purpose) {
                        self.entry(at, row, self.life.came, withdrawn);
                    }
                }
            }
            // Its cases come one by one.
            Register::Requests | Register::Complaints => {}
        }
    }

    /// An entry of a register, which runs from what closed it.
    fn entry(&mut self, at: usize, row: &Stored, day: u32, closed: u32) {
        if day >= self.life.days {
            return;
        }
        let mut lived = Lived {
            row: at,
            from: day,
            until: NEVER,
            rule: 0,
            closed: NEVER,
            chance: self.life.chance,
        };
        for ending in &row.ends {
            let from = if ending.from == From::Collected { day } else { closed };
            let until = self.plan.due(ending.period, from);
            if until < lived.until {
                (lived.until, lived.rule) = (until, ending.rule);
            }
        }
        self.tally.record(&lived, self.life.people);
    }

    /// A life's requests or complaints, with their clocks.
    fn cases(&mut self, requests: bool) {
        let often = if requests { 3_650 } else { 7_300 };
        let mut chance = self.life.chance.of(if requests { REQUESTS } else { COMPLAINTS });
        let stop = self.life.left.min(self.life.days);
        let mut day = self.life.came.saturating_add(chance.gap(often));
        if requests && self.erased != NEVER {
            self.case(requests, self.life.left, "erasure", self.life.chance.of(ERASURE));
        }
        while day < stop {
            let own = chance.of(u64::from(day));
            let plan = self.plan;
            self.case(requests, day, plan.cases.asked(own), own);
            day = day.saturating_add(chance.gap(often));
        }
    }

    fn case(&mut self, requests: bool, day: u32, asked: &str, chance: Chance) {
        let plan = self.plan;
        let mut closed = NEVER;
        for (number, clock) in plan.cases.clocks.iter().enumerate() {
            if clock.request != requests {
                continue;
            }
            let run = clock.run(&plan.cases, self.calendar, asked, day, chance);
            if clock.ends {
                closed = run.done;
            }
            self.tally.clock(number, day, run, self.life.people);
        }
        let register = if requests { Register::Requests } else { Register::Complaints };
        let row = plan.rows.iter().enumerate().find(|(_, row)| row.register == Some(register));
        if let Some((at, row)) = row.filter(|_| closed != NEVER) {
            self.entry(at, row, day, closed);
        }
    }
}

/// The streams of cases.
const REQUESTS: u64 = 0x4e9;
const COMPLAINTS: u64 = 0xc03;
/// The stream of a request for erasure.
const ERASURE: u64 = 0xe7a5;
/// Days until something resolved is opened again, and until it is resolved then.
const REOPENED_AFTER: u32 = 3;
const REOPENED_FOR: u32 = 10;
