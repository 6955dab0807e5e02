//! Is everything gone when it should be, and nothing before? Each record's end is reckoned by itself from
//! the policy file, its own time and its events; cut-offs and classes are not asked.

use std::collections::BTreeMap;

use policy::{Anchor, Chosen, End, Keep, Period, Unit};
use store::value::{all, one};

use super::{
    findings::Findings,
    lapses,
    probe::{HOUR, LATE, Look},
    sample::{Head, Line, Terms},
    sql,
};
use crate::{chain, ids::Rid, refusal::Refusal, time, versions::Versions};

const DAY: i64 = 24 * HOUR;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("things with an end");
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        record(look, head, &mut found)?;
    }
    for _ in 0..look.keys.lost {
        found.broken("", "keys of rows that are gone");
    }
    closed_accounts(look, &mut found)?;
    registers(look, &mut found)?;
    Ok(found)
}

fn record(look: &mut Look<'_>, head: &Head, found: &mut Findings) -> Result<(), Refusal> {
    let line = look.line(head)?;
    let row = format!("data.{}", line.first().map_or("", |(_, category)| category));
    found.looked(&row);
    let category = line.first().and_then(|(_, category)| look.policy.category(category));
    let never = category.is_some_and(|category| category.keep == Keep::Never);
    found.broken_if(never, &row, "stored though it may not be");
    if line.iter().any(|(above, _)| above.job.is_some()) {
        return Ok(());
    }
    events(look, head, &row, found)?;
    let end = end(look, &line, false)?;
    let read = chain::live(look.ctx, look.link, Rid(head.rid));
    let readable = read.is_ok();
    let Some(end) = end.filter(|end| *end <= look.ctx.now) else {
        if let Some(end) = end {
            found.next(&row, end);
        }
        // What a shorter choice ended once does not come back with a longer one.
        let could = self::end(look, &line, true)?.is_some_and(|end| end <= look.ctx.now);
        let lost = look.lost_its_key(head)?;
        found.broken_if((lost || !readable) && !could, &row, "ended before its time");
        return Ok(());
    };
    found.broken_if(readable, &row, "readable after its end");
    if look.sample.held(&line) {
        found.held(&row);
    } else if head.waiting {
        let kept = look.sample.holds_some(Rid(head.rid).subject());
        found.broken_if(!kept, &row, "waits though nothing holds it");
        found.held(&row);
    } else if look.ctx.settled > end.max(said(look)).saturating_add(LATE) {
        found.broken(&row, "not destroyed in its hour");
    } else {
        found.due(&row);
    }
    Ok(())
}

/// The earliest end of a record and the wholes above it: by what was promised when it was collected, by the
/// policy of then and every later one, and by the settings of today; `ever`: by every value that a setting
/// had as well. A shorter end holds at once; a longer one for what comes, and for what is there when people
/// were told in time and the basis allows it.
fn end(look: &mut Look<'_>, line: &Line, ever: bool) -> Result<Option<i64>, Refusal> {
    let in_force = look.ctx.ws.policy();
    let versions = &in_force.versions;
    let mut ends = Vec::new();
    for (place, (head, _)) in line.iter().enumerate() {
        let above = line.get(place..).unwrap_or_default();
        let sample = look.sample;
        let Some(terms) = sample.terms.get(&head.terms) else { continue };
        let mut rules = Rules::default();
        for end in &terms.ends {
            rules.add(today(versions, terms.policy, &end.anchor), end.period);
        }
        let numbers = versions.list().map(|(number, _)| number);
        for number in numbers.filter(|number| *number >= terms.policy) {
            let Some(policy) = versions.policy(number) else { continue };
            let name = versions.called(terms.policy, &terms.then, number);
            let Some(category) = policy.category(name) else {
                // From then on it was collected no more, and what was there is due.
                ends.extend(versions.at(number));
                break;
            };
            let Keep::Ends(own) = &category.keep else { continue };
            for end in own {
                let anchor = today(versions, number, &end.anchor);
                if number > terms.policy
                    && let Some(before) = lengthened(look, terms, number, end)
                    && let Some(began) = began(look, above, &anchor)?
                    && due(look, before, began) > versions.at(number).unwrap_or(i64::MAX)
                    && heard(look, head, number, ever)?
                {
                    rules.lengthen(&anchor, before, end.period);
                }
                for period in periods(look, policy, end, ever) {
                    rules.add(anchor.clone(), period);
                }
            }
        }
        for (anchor, period) in rules.0 {
            let began = began(look, above, &anchor)?;
            ends.extend(began.map(|at| due(look, period, at)));
        }
    }
    Ok(ends.into_iter().min())
}

/// Whether the person of a record was there when people were told of a version; `ever`: certainly, and not
/// while they were being told.
fn heard(look: &mut Look<'_>, head: &Head, number: u64, ever: bool) -> Result<bool, Refusal> {
    let person = [Rid(head.rid).subject().into()];
    let created = one(look.link, sql::CREATED, &person, |row| row.int(0))?;
    let told = look.ctx.ws.policy().versions.told(number);
    let told = told.map(|told| if ever { told.saturating_sub(HOUR) } else { told });
    Ok(created.zip(told).is_some_and(|(created, told)| created <= told))
}

/// What one record is kept by: of the periods from one anchor, counted alike, the shortest.
#[derive(Default)]
struct Rules(Vec<(Anchor, Period)>);

impl Rules {
    fn add(&mut self, anchor: Anchor, period: Period) {
        let alike =
            |one: &&mut (Anchor, Period)| one.0 == anchor && family(one.1) == family(period);
        match self.0.iter_mut().find(alike) {
            Some(one) if period.rough() < one.1.rough() => one.1 = period,
            Some(_) => {}
            None => self.0.push((anchor, period)),
        }
    }

    fn lengthen(&mut self, anchor: &Anchor, before: Period, after: Period) {
        let same = |one: &&mut (Anchor, Period)| one.0 == *anchor && one.1 == before;
        self.0.iter_mut().filter(same).for_each(|one| one.1 = after);
    }
}

/// Periods of one family are longer and shorter than each other on every day of the year.
fn family(period: Period) -> u8 {
    match period.unit {
        Unit::Minute | Unit::Hour => 0,
        Unit::Day => 1,
        Unit::BusinessDay => 2,
        Unit::Month | Unit::Year => 3,
    }
}

/// The plain period that a version says longer for what is there too: people were told in time, and what it
/// was collected on is a contract, a duty of law or a legitimate interest and nobody's consent.
fn lengthened(look: &Look<'_>, terms: &Terms, number: u64, end: &End) -> Option<Period> {
    let in_force = look.ctx.ws.policy();
    let versions = &in_force.versions;
    let earlier =
        versions.list().map(|(number, _)| number).take_while(|one| *one < number).last()?;
    let category = |number: u64| {
        let name = versions.called(terms.policy, &terms.then, number);
        versions.policy(number)?.category(name)
    };
    let (before, after) = (category(earlier)?, category(number)?);
    let Keep::Ends(ends) = &before.keep else { return None };
    let anchor = today(versions, number, &end.anchor);
    let mut same = ends.iter().filter(|one| today(versions, earlier, &one.anchor) == anchor);
    let (Some(one), None) = (same.next(), same.next()) else { return None };
    let policy = versions.policy(number)?;
    let consent = after.purposes.iter().filter_map(|id| policy.purpose(id));
    let plain = one.setting.is_none() && end.setting.is_none();
    let allows = |basis: &String| {
        ["contract", "legal_duty", "legitimate_interest"].contains(&basis.as_str())
    };
    let longer =
        family(one.period) == family(end.period) && one.period.rough() < end.period.rough();
    let allowed = plain
        && longer
        && versions.noticed(number)
        && !terms.basis.is_empty()
        && terms.basis.iter().all(allows)
        && !consent.into_iter().any(|purpose| purpose.needs_consent(after));
    allowed.then_some(one.period)
}

/// How long an end of a policy takes: the setting's last value, or all that it had.
fn periods(look: &Look<'_>, policy: &policy::Policy, end: &End, ever: bool) -> Vec<Period> {
    let chosen = |name: &String| {
        let setting = policy.setting(name)?;
        let values = look.sample.settings.iter().filter(|(own, ..)| own == name);
        let mut had: Vec<Period> = values
            .filter_map(|(_, text, _)| match setting.nearest(text) {
                Chosen::Length(period) => Some(period),
                _ => None,
            })
            .collect();
        had.insert(0, end.period);
        Some(if ever { had } else { had.split_off(had.len().saturating_sub(1)) })
    };
    end.setting.as_ref().and_then(chosen).unwrap_or_else(|| vec![end.period])
}

/// When the newest version came into force, which may have ended things that were not due before.
fn said(look: &Look<'_>) -> i64 {
    let in_force = look.ctx.ws.policy();
    in_force.versions.at(in_force.number).unwrap_or(0)
}

/// An anchor of a version in the names of today.
fn today(versions: &Versions, number: u64, anchor: &Anchor) -> Anchor {
    let mut anchor = anchor.clone();
    if let Anchor::Event { category, .. } = &mut anchor {
        *category = versions.called(number, category, versions.newest()).to_owned();
    }
    anchor
}

fn due(look: &Look<'_>, period: Period, at: i64) -> i64 {
    period.due(time::timestamp(at), &look.policy.company.zone).as_microsecond()
}

/// When a period began for a record that stands here, if it has.
fn began(
    look: &mut Look<'_>,
    line: &[(Head, String)],
    anchor: &Anchor,
) -> Result<Option<i64>, Refusal> {
    Ok(match anchor {
        Anchor::Collected => line.first().map(|(head, _)| head.at),
        Anchor::Event { category, event } => {
            let holder = line.iter().find(|(_, own)| own == category).map(|(head, _)| head);
            let Some(head) = holder else { return Ok(None) };
            let name = format!("{category}.{event}");
            let events = look.events(head.rid)?;
            let happened = events.into_iter().find(|(own, _)| *own == name).map(|(_, at)| at);
            match look.policy.category(category).filter(|_| event == "closed") {
                Some(account) if happened.is_none() => lapses::lapsed(look, head, account)?,
                _ => happened,
            }
        }
        Anchor::FeatureOff(feature) => {
            look.sample.features.get(feature).and_then(|(on, at)| (!on).then_some(*at))
        }
        Anchor::WorkspaceClosed => one(look.link, sql::CLOSED, &[], |row| row.int(0))?,
        Anchor::Disconnected(_) => None,
    })
}

impl Look<'_> {
    pub(super) fn events(&mut self, rid: u64) -> Result<Vec<(String, i64)>, Refusal> {
        Ok(all(self.link, sql::EVENTS, &[rid.into()], |row| Ok((row.text(0)?, row.int(1)?)))?)
    }
}

/// Only events that the policy declares may stand on a record.
fn events(
    look: &mut Look<'_>,
    head: &Head,
    row: &str,
    found: &mut Findings,
) -> Result<(), Refusal> {
    let in_force = look.ctx.ws.policy();
    let versions = &in_force.versions;
    for (name, _) in look.events(head.rid)? {
        // Under the policy of its day or under a later one.
        let declared = name.split_once('.').is_some_and(|(category, event)| {
            let some = |number: u64| {
                let policy = versions.policy(number);
                policy.into_iter().flat_map(|policy| &policy.categories).any(|one| {
                    versions.called(number, &one.id, versions.newest()) == category
                        && one.events.iter().any(|rule| rule.name == event)
                })
            };
            look.sample.category(head) == Some(category)
                && versions.list().any(|(number, _)| some(number))
        });
        found.broken_if(!declared, row, "moved by an undeclared event");
    }
    Ok(())
}

/// What is closed waits for its end and is used for nothing.
fn closed_accounts(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let entries = look.entries;
    for category in look.policy.categories.iter().filter(|one| one.grace.is_some()) {
        let name = format!("{}.closed", category.id);
        let closed: BTreeMap<u64, i64> = all(look.link, sql::HAPPENED, &[(&name).into()], |row| {
            Ok((row.number(0)?, row.int(1)?))
        })?
        .into_iter()
        .collect();
        if closed.is_empty() {
            continue;
        }
        let row = format!("data.{}", category.id);
        for seen in entries.uses() {
            let Some(head) = seen.detail.record.map(|rid| look.head(rid)).transpose()?.flatten()
            else {
                continue;
            };
            let line = look.line(&head)?;
            let used = line
                .iter()
                .filter_map(|(above, _)| closed.get(&above.rid))
                .any(|at| *at < seen.detail.at);
            found.broken_if(used, &row, "used while closed");
        }
    }
    Ok(())
}

/// The oldest entry of each register is younger than its period.
fn registers(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let oldest: [(&str, &'static str, &[store::Value<'_>]); 5] = [
        ("application_log", sql::OLDEST_DETAIL, &[store::Value::Int(1)]),
        ("security_log", sql::OLDEST_DETAIL, &[store::Value::Int(2)]),
        ("consents", sql::OLDEST_CONSENT, &[]),
        ("holds", sql::OLDEST_HOLD, &[]),
        ("certificates", sql::OLDEST_CERTIFICATE, &[]),
    ];
    for (register, statement, values) in oldest {
        let Some(Keep::Ends(ends)) = look.policy.register(register).map(|one| &one.keep) else {
            continue;
        };
        let at = one(look.link, statement, values, |row| row.maybe_int(0))?.flatten();
        let (Some(at), Some(end)) = (at, ends.first()) else { continue };
        let row = format!("register.{register}");
        found.looked(&row);
        let end = due(
            look,
            periods(look, look.policy, end, false).first().copied().unwrap_or(end.period),
            at,
        );
        if end > look.ctx.now {
            found.next(&row, end);
        } else if look.ctx.settled > end.saturating_add(LATE) {
            found.broken(&row, "kept after its period");
        } else {
            found.due(&row);
        }
    }
    days(look, found)
}

/// The key of a day of a stream dies with the stream's period: a day later at the most.
fn days(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let names = all(look.link, sql::DAY_KEYS, &[], |row| row.text(0))?;
    for name in names {
        let mut parts = name.split('-').skip(1);
        let (stream, day) = (parts.next(), parts.next().and_then(|day| day.parse::<i64>().ok()));
        let register = match stream {
            Some("1") => "application_log",
            Some("2") => "security_log",
            _ => continue,
        };
        let Some(Keep::Ends(ends)) = look.policy.register(register).map(|one| &one.keep) else {
            continue;
        };
        let (Some(day), Some(end)) = (day, ends.first()) else { continue };
        let row = format!("register.{register}");
        found.looked(&row);
        let end = due(look, end.period, (day + 1).saturating_mul(DAY)).saturating_add(DAY + LATE);
        found.broken_if(look.ctx.settled > end, &row, "day keys kept after their period");
    }
    Ok(())
}
