//! Is nobody kept who was too young, and was nothing of a minor written or used without all who must agree?

use std::collections::BTreeMap;

use jiff::civil::Date;
use policy::{Children, MinAge, SettingKind};
use store::value::{all, one};

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{entry::Act, minor, refusal::Refusal, time};

/// Minors looked at.
const MOST: u64 = 5_000;

/// Somebody whose day of birth is kept.
struct Minor {
    born: Date,
    created: i64,
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("minors, and acts about them,");
    let Some(children) = look.policy.children.clone() else { return Ok(found) };
    let minors = minors(look, &mut found)?;
    for one in minors.values() {
        found.looked("");
        let young = years(look, one.born, one.created) < youngest(look, &children, one.created);
        found.broken_if(young, "", "accepted too young");
        let Some(approval) = &children.approval else { continue };
        if years(look, one.born, look.ctx.now) >= i64::from(approval.under) {
            let settled = years(look, one.born, look.ctx.settled.saturating_sub(LATE));
            let late = settled >= i64::from(approval.under);
            found.broken_if(late, "", "kept after coming of age");
            found.due("");
        }
    }
    if let Some(approval) = &children.approval {
        acts(look, approval, &minors, &mut found)?;
    }
    Ok(found)
}

/// Everyone whose day of birth is kept. It opens, and its person is there.
fn minors(look: &mut Look<'_>, found: &mut Findings) -> Result<BTreeMap<u64, Minor>, Refusal> {
    let rows = all(look.link, sql::MINORS, &[MOST.into()], |row| {
        Ok((row.number(0)?, row.small(1)?, row.bytes(2)?, row.maybe_int(3)?))
    })?;
    let mut minors = BTreeMap::new();
    for (subject, slot, sealed, created) in rows {
        let born = minor::open(look.ctx, subject, slot, &sealed).ok().flatten();
        if let (Some(born), Some(created)) = (born, created) {
            minors.insert(subject, Minor { born, created });
            continue;
        }
        // An erasure may have begun since the snapshot was taken.
        let there = look
            .ctx
            .ws
            .read(|link| Ok(one(link, sql::MINOR, &[subject.into()], |row| row.int(0))?))?;
        found.broken_if(there.is_some(), "", "whose day of birth belongs to nobody");
    }
    Ok(minors)
}

/// Age in whole years on a civil day of the company: reckoned from the days, not from the instants.
fn years(look: &Look<'_>, born: Date, at: i64) -> i64 {
    let zone = look.policy.company.zone.clone();
    let today = time::timestamp(at).to_zoned(zone).date();
    let had_birthday = (today.month(), today.day()) >= (born.month(), born.day());
    let years = i64::from(today.year()) - i64::from(born.year());
    if had_birthday { years } else { years - 1 }
}

/// The youngest age that was accepted at a time.
fn youngest(look: &Look<'_>, children: &Children, at: i64) -> i64 {
    match &children.min_age {
        MinAge::Years(years) => i64::from(*years),
        MinAge::Setting(name) => {
            let chosen = look.sample.settings.iter().rev();
            let mut chosen = chosen.filter(|(id, _, since)| id == name && *since <= at);
            let chosen = chosen.next().and_then(|(_, value, _)| value.parse::<i64>().ok());
            match look.policy.setting(name).map(|setting| &setting.kind) {
                Some(SettingKind::Number { default, min, max }) => {
                    chosen.map_or(*default, |chosen| chosen.clamp(*min, *max))
                }
                _ => 0,
            }
        }
    }
}

/// Each write and use about a minor had the approval of all at that moment.
fn acts(
    look: &mut Look<'_>,
    approval: &policy::Approval,
    minors: &BTreeMap<u64, Minor>,
    found: &mut Findings,
) -> Result<(), Refusal> {
    let entries = look.entries;
    let kept = |act: Act| matches!(act, Act::Write | Act::Change | Act::Blob | Act::Consent);
    let uses = entries.uses().chain(entries.seen.iter().filter(|seen| kept(seen.detail.act)));
    for seen in uses {
        let at = seen.detail.at;
        let Some(subject) = seen.subject else { continue };
        let Some(minor) = minors.get(&subject) else { continue };
        if years(look, minor.born, at) >= i64::from(approval.under) {
            continue;
        }
        found.looked("");
        let given = all(look.link, sql::APPROVALS, &[subject.into()], |row| {
            Ok((row.text(0)?, row.int(1)?, row.maybe_int(2)?))
        })?;
        let agreed = |by: &String| {
            given.iter().any(|(who, given, withdrawn)| {
                who == by && *given <= at && withdrawn.is_none_or(|end| end >= at)
            })
        };
        found.broken_if(!approval.by.iter().all(agreed), "", "without the approval of all");
    }
    Ok(())
}
