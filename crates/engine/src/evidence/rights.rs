//! Were requests answered, and does what they changed still stand?

use std::collections::BTreeSet;

use store::value::all;

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sample::Standing,
    sql,
};
use crate::{
    chain, export,
    ids::{Kind, Rid},
    refusal::Refusal,
};

/// Requests looked at.
const REQUESTS: u64 = 5_000;
/// People whose copy is compared with what is there.
const COPIES: u64 = 20;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("requests, restrictions and copies");
    requests(look, &mut found)?;
    let sample = look.sample;
    for bar in sample.bars.iter().filter(|bar| bar.kind.starts_with("restriction")) {
        restricted(look, bar, &mut found);
    }
    copies(look, &mut found)?;
    Ok(found)
}

/// An answered request left what it asked for; one that waits, waits for a hold.
fn requests(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let asked = all(look.link, sql::REQUESTS, &[REQUESTS.into()], |row| {
        Ok((row.text(0)?, row.text(1)?, row.number(2)?, row.maybe_number(3)?, row.int(4)?))
    })?;
    for (kind, state, subject, bar, received) in asked {
        found.looked("");
        let stands = bar.is_some_and(|id| look.sample.bars.iter().any(|one| one.id == id));
        let here = look.count(sql::LEFT_SUBJECT, &[subject.into()])? > 0;
        let late = look.ctx.settled > received.saturating_add(LATE);
        match (kind.as_str(), state.as_str()) {
            ("restriction" | "objection", "answered") => {
                found.broken_if(here && !stands, "", "answered without effect");
            }
            ("erasure", "waiting") => {
                let held = look.sample.holds_some(subject);
                found.broken_if(late && !held, "", "waiting for nothing");
            }
            ("erasure", "answered") => {
                found.broken_if(late && here, "", "answered without effect");
            }
            _ => {}
        }
    }
    Ok(())
}

/// While a restriction stands nobody but the person sees anything.
fn restricted(look: &Look<'_>, bar: &Standing, found: &mut Findings) {
    found.looked("");
    let used = look.entries.uses().any(|seen| {
        seen.subject == Some(bar.subject)
            && seen.detail.at > bar.since
            && seen.detail.role != "person"
    });
    found.broken_if(used, "", "used although restricted");
}

/// A person's copy holds everything that is there and readable. Nobody sees the copy.
fn copies(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let people = all(look.link, sql::NEWEST_PEOPLE, &[COPIES.into()], |row| row.number(0))?;
    for subject in people {
        let mut there = Vec::new();
        for head in look.heads_of(subject)?.iter().filter(|head| head.job.is_none()) {
            if chain::live(look.ctx, look.link, Rid(head.rid)).is_ok() {
                there.push(Rid(head.rid));
            }
        }
        let Ok(Ok(copy)) = export::access(look.ctx, subject).map(|copy| copy.value) else {
            continue;
        };
        found.looked("");
        let given: BTreeSet<&str> = copy
            .get("records")
            .and_then(|records| records.as_array())
            .into_iter()
            .flatten()
            .filter_map(|record| record.get("id")?.as_str())
            .collect();
        for rid in there {
            let shown = look.ctx.ws.ids().show(Kind::Record, rid.0);
            // What was erased since the snapshot is rightly not in the copy.
            let lacks = !given.contains(shown.as_str())
                && look.ctx.ws.read(|link| chain::live(look.ctx, link, rid)).is_ok();
            found.broken_if(lacks, "", "records that a copy lacks");
        }
    }
    Ok(())
}
