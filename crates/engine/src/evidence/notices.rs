//! Was everybody told who had to be: does each hold that stands have the notice of its person?

use policy::Keep;
use store::value::all;

use super::{findings::Findings, probe::Look, sql};
use crate::{refusal::Refusal, time};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("holds whose people are told");
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
