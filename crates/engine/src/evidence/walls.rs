//! Does each workspace stand alone? Its bytes open in no other, and nobody acts here with another's token.

use std::collections::BTreeSet;

use super::{findings::Findings, probe::Look, sample::place};
use crate::{record::KIND, refusal::Refusal};

/// How many records are carried over the wall, to see that they stay shut.
const TRIED: usize = 50;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("tokens and records");
    let here = look.ctx.ws.number();
    let others: Vec<u64> = look
        .ctx
        .ws
        .control()
        .workspaces()?
        .into_iter()
        .map(|listed| listed.number)
        .filter(|number| *number != here)
        .collect();
    let tokens: BTreeSet<u64> = look.entries.seen.iter().map(|seen| seen.detail.token).collect();
    for token in tokens.into_iter().filter(|token| *token != 0) {
        found.looked("");
        let control = look.ctx.ws.control();
        if control.token_of(here, token)?.is_some() {
            continue;
        }
        for other in &others {
            let foreign = control.token_of(*other, token)?.is_some();
            found.broken_if(foreign, "", "acts with a token of another workspace");
        }
    }
    let other = others.first().copied().unwrap_or(here ^ 1);
    for opened in look.sample.opened.iter().take(TRIED) {
        let Some(head) = look.sample.heads.iter().find(|head| head.rid == opened.rid) else {
            continue;
        };
        let Ok(key) = look.ctx.ws.key(head.slot) else { continue };
        found.looked("");
        let over = crypto::open(&key, KIND, &place(other, head, &opened.category), &opened.sealed);
        found.broken_if(over.is_ok(), "", "opens in another workspace");
    }
    Ok(found)
}
