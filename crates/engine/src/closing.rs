//! The end of a workspace: closed by its admin, it takes nothing new and is used for nothing; its people can
//! still fetch their copies. When the period is over everybody is erased; what a legal duty keeps outlives it.

mod sql;

use policy::Period;
use store::{Link, Tx, value::one};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    erasure::{self, Begun, Cause, Target},
    fact::{self, Fact},
    hold,
    refusal::Refusal,
    subject, time,
};

const RULE: &str = "workspace.closing";
const KEEP: &str = "workspace.closing.keep";

/// A closed workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Closed {
    /// Since when.
    pub since: i64,
    /// When everybody in it is erased.
    pub until: i64,
    /// How many holds stand: what they keep waits for their release.
    pub held: u64,
}

/// Refuses what adds something to a closed workspace.
pub(crate) fn is_open(ctx: &Ctx) -> Result<(), Refusal> {
    match ctx.ws.closed() {
        Some(_) => Err(Refusal::Held { reason: "closed" }),
        None => Ok(()),
    }
}

fn period(ctx: &Ctx) -> Result<Period, Refusal> {
    let rule = "workspace.closing: the policy does not say how long a closed workspace is kept";
    ctx.ws.policy().policy.closing.ok_or_else(|| Refusal::invalid("policy", rule))
}

fn may(ctx: &Ctx) -> Result<(), Refusal> {
    if ctx.actor.role == Role::Admin { Ok(()) } else { Err(Refusal::Forbidden) }
}

/// Closes the workspace.
pub fn close(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Closed, Refusal> {
    may(ctx)?;
    let period = period(ctx)?;
    if ctx.ws.closed().is_some() {
        return Err(Refusal::Conflict { reason: "closed already" });
    }
    fact::take_away(ctx, tx, &Fact::Closed { at: ctx.now })?;
    note(ctx, tx, "closed")?;
    let standing = hold::list(tx.link(), None)?;
    let held = standing.iter().filter(|hold| hold.released.is_none()).count();
    let zone = &ctx.ws.policy().policy.company.zone;
    let until = period.due(time::timestamp(ctx.now), zone).as_microsecond();
    Ok(Closed { since: ctx.now, until, held: u64::try_from(held).unwrap_or(u64::MAX) })
}

/// Opens a closed workspace again, before its period is over.
pub fn reopen(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    may(ctx)?;
    let Some(since) = ctx.ws.closed() else {
        return Err(Refusal::Conflict { reason: "not closed" });
    };
    if since < ctx.ws.cutoff(period(ctx)?, ctx.now) {
        return Err(Refusal::Gone { rule: KEEP.to_owned() });
    }
    if ctx.ws.control().is_ended(ctx.ws.number())? {
        return Err(Refusal::Conflict { reason: "the publisher has ended" });
    }
    fact::give(ctx, tx, &Fact::Reopened { at: ctx.now })?;
    note(ctx, tx, "reopened")
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>, what: &str) -> Result<(), Refusal> {
    let entry = Entry {
        act: Act::Maintain,
        stream: Stream::Proof,
        subject: None,
        purpose: what,
        rule: RULE,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Closes at a time, or opens.
pub(crate) fn put(ctx: &Ctx, tx: &mut Tx<'_>, since: Option<i64>) -> Result<(), Refusal> {
    tx.run(sql::OPEN, &[])?;
    if let Some(since) = since {
        tx.run(sql::CLOSE, &[since.into()])?;
    }
    ctx.ws.set_closed(since);
    Ok(())
}

/// Since when the workspace is closed, from its rows.
pub(crate) fn since(link: &mut dyn Link) -> Result<Option<i64>, Refusal> {
    Ok(one(link, sql::SINCE, &[], |row| row.int(0))?)
}

/// Erases everybody when the period is over; whom a hold keeps, at its release. Then tokens end.
/// Answers how many people began to go.
pub(crate) fn sweep(ctx: &Ctx) -> Result<usize, Refusal> {
    let (Some(since), Some(period)) = (ctx.ws.closed(), ctx.ws.policy().policy.closing) else {
        return Ok(0);
    };
    if since >= ctx.ws.cutoff(period, ctx.settled) {
        return Ok(0);
    }
    let mut began = 0;
    for number in ctx.ws.read(subject::all)? {
        let act = ctx.clone();
        let begun = ctx.ws.act(ctx, move |tx| {
            if subject::find(tx.link(), number)?.is_none() || !erasure::may_go_on(&act, tx, number)?
            {
                return Ok(Begun::default());
            }
            erasure::begin(&act, tx, Cause::Closing, KEEP, &Target::Subject(number))
        })?;
        if let Some(job) = begun.job {
            erasure::run(ctx, job)?;
            began += 1;
        }
    }
    end(ctx)?;
    Ok(began)
}

/// When nobody is left, and once: nobody signs in any more.
fn end(ctx: &Ctx) -> Result<(), Refusal> {
    let over = ctx.ws.read(|link| {
        let ended = one(link, sql::ENDED, &[], |row| row.maybe_int(0))?.flatten();
        Ok(ended.is_some() || !subject::all(link)?.is_empty())
    })?;
    if over {
        return Ok(());
    }
    ctx.ws.control().end_tokens(ctx.ws.number(), ctx.now)?;
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| {
        tx.run(sql::END, &[act.now.into()])?;
        note(&act, tx, "ended")
    })
}
