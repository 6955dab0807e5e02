//! Was everybody told who had to be: has each hold that stands the notice of its person, and each version of
//! the policy those of whom it concerns, in full time before it is in force?

use policy::Keep;
use store::value::{all, one};

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{publication::needed, refusal::Refusal, time};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("holds and versions that people are told of");
    versions(look, &mut found);
    announced(look, &mut found)?;
    let holds = all(look.link, sql::HOLDS_TOLD, &[], |row| {
        Ok((row.number(0)?, row.int(1)?, row.number(2)?))
    })?;
    for (subject, placed, told) in holds {
        found.looked("");
        let here = look.count(sql::LEFT_SUBJECT, &[subject.into()])? > 0;
        found.broken_if(here && told == 0 && kept(look, placed), "", "untold");
    }
    Ok(found)
}

/// Did each version that takes or changes something wait for its notice?
fn versions(look: &Look<'_>, found: &mut Findings) {
    let in_force = look.ctx.ws.policy();
    let versions = &in_force.versions;
    let numbers: Vec<u64> = versions.list().map(|(number, _)| number).collect();
    for (before, number) in numbers.iter().zip(numbers.iter().skip(1)) {
        let (Some(old), Some(new)) = (versions.policy(*before), versions.policy(*number)) else {
            continue;
        };
        found.looked("");
        let Some((lead, _)) = needed::of(old, new).notice else { continue };
        let zone = &old.company.zone;
        let heard = versions.told(*number).map(|told| time::later(lead, told, zone));
        let early = heard.is_none_or(|heard| versions.at(*number).is_none_or(|at| at < heard));
        found.broken_if(early, "", "in force before its notice had run out");
    }
}

/// Has everybody the notice of a version that is announced, and does it come into force in its time?
fn announced(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let control = look.ctx.ws.control();
    let number = look.ctx.ws.number();
    let listed = control.workspaces()?.into_iter().find(|one| one.number == number);
    let Some(listed) = listed else { return Ok(()) };
    let Some((announced, coming)) = control.coming(listed.publisher)? else { return Ok(()) };
    found.looked("");
    let told = one(look.link, sql::ANNOUNCED, &[announced.id.into()], |row| row.maybe_int(0))?;
    let whom = needed::of(look.policy, &coming.policy).whom;
    let untold =
        all(look.link, sql::UNTOLD, &[announced.id.into()], |row| Ok((row.text(0)?, row.int(1)?)))?;
    for (kinds, created) in untold {
        if kinds.split_whitespace().any(|kind| whom.contains(kind)) {
            let late = told.flatten().is_some_and(|told| created < told);
            found.broken_if(late, "", "untold");
            found.due("");
        }
    }
    if look.ctx.settled > announced.effective.saturating_add(LATE) {
        // Something stands against it: it stays announced, and `janji prove` says what.
        found.due("");
    }
    Ok(())
}

/// Whether a notice of then is still kept: as long as the log of uses.
fn kept(look: &Look<'_>, made: i64) -> bool {
    match look.policy.register("application_log").map(|register| &register.keep) {
        Some(Keep::Ends(ends)) => ends.first().is_some_and(|end| {
            let zone = &look.policy.company.zone;
            end.period.due(time::timestamp(made), zone).as_microsecond() > look.ctx.now
        }),
        _ => true,
    }
}
