//! Is a closed workspace used for nothing, and is everybody gone when its period is over?

use policy::Period;
use store::value::{all, one};

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{refusal::Refusal, time};

/// Whether the workspace has ended, and the sweeper had its time.
pub(super) fn is_over(look: &mut Look<'_>) -> Result<bool, Refusal> {
    let closed = one(look.link, sql::CLOSED, &[], |row| row.int(0))?;
    let until = closed.zip(look.policy.closing).map(|(since, period)| ends(look, since, period));
    Ok(until.is_some_and(|until| look.ctx.settled > until.saturating_add(LATE)))
}

fn ends(look: &Look<'_>, since: i64, period: Period) -> i64 {
    period.due(time::timestamp(since), &look.policy.company.zone).as_microsecond()
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("people and uses of a closed workspace");
    let closed = one(look.link, sql::CLOSED, &[], |row| row.int(0))?;
    let (Some(since), Some(period)) = (closed, look.policy.closing) else { return Ok(found) };
    // What a legal duty keeps goes on.
    let uses = look.entries.uses().filter(|seen| seen.detail.rule != "statutory");
    let uses: Vec<i64> = uses.map(|seen| seen.detail.at).collect();
    for at in uses {
        found.looked("");
        found.broken_if(at > since, "", "used while it was closed");
    }
    let until = ends(look, since, period);
    let people = all(look.link, sql::EVERYBODY, &[], |row| row.number(0))?;
    found.looked_at("", people.len() as u64);
    if until > look.ctx.now {
        found.next("", until);
        return Ok(found);
    }
    for person in people {
        if look.sample.holds_some(person) {
            found.held("");
        } else if look.ctx.settled > until.saturating_add(LATE) {
            found.broken("", "there after the workspace has ended");
        } else {
            found.due("");
        }
    }
    Ok(found)
}
