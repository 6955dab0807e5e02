//! Papers that a customer accepts before the company processes anything for it.

mod sql;

use std::collections::BTreeMap;

use store::{Link, Tx, value::all};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    refusal::Refusal,
};

/// Accepts a paper that the policy asks for; the first time counts.
pub fn accept(ctx: &Ctx, tx: &mut Tx<'_>, paper: &str) -> Result<(), Refusal> {
    if ctx.actor.role != Role::Admin {
        return Err(Refusal::Forbidden);
    }
    let in_force = ctx.ws.policy();
    if !in_force.policy.papers.iter().any(|known| known.id == paper && known.before_use) {
        return Err(Refusal::invalid("document", "document"));
    }
    if ctx.ws.choices().papers.contains_key(paper) {
        return Ok(());
    }
    let entry = Entry {
        act: Act::Accept,
        stream: Stream::Security,
        subject: None,
        purpose: "",
        rule: paper,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    fact::give(ctx, tx, &Fact::Accept { paper: paper.to_owned(), at: ctx.now })
}

pub(crate) fn put(ctx: &Ctx, tx: &mut Tx<'_>, paper: &str, at: i64) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[paper.into(), at.into()])?;
    ctx.ws.choose(|choices| {
        choices.papers.entry(paper.to_owned()).or_insert(at);
    });
    Ok(())
}

/// The first paper that must be accepted before data of customers are processed, and is not.
pub(crate) fn missing(ctx: &Ctx) -> Option<String> {
    let (in_force, choices) = (ctx.ws.policy(), ctx.ws.choices());
    let papers = in_force.policy.papers.iter().filter(|paper| paper.before_use);
    papers.map(|paper| &paper.id).find(|id| !choices.papers.contains_key(*id)).cloned()
}

/// Every paper that was accepted, since when.
pub(crate) fn accepted(link: &mut dyn Link) -> Result<BTreeMap<String, i64>, Refusal> {
    Ok(all(link, sql::ALL, &[], |row| Ok((row.text(0)?, row.int(1)?)))?.into_iter().collect())
}
