//! Retention: what is due is unreadable at once; the sweep destroys it. One job for each rule and batch,
//! a hold is met once and the record then waits for its release.

mod registers;
mod sql;

use policy::{Anchor, Keep, Period};
use store::{Link, Tx};

use crate::{
    approval, chain, closing,
    ctx::{Ctx, Role},
    erasure::{self, Begun, Cause, Target},
    ids::Rid,
    lapse,
    refusal::Refusal,
    request, setting, statutory,
};

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Records erased.
    pub erased: usize,
    /// Records that a hold kept.
    pub held: usize,
    /// The jobs, each with a certificate.
    pub jobs: Vec<u64>,
}

/// Records in one job.
const BATCH: u32 = 500;

/// Erases everything whose end has come by the settled time, and what registers no longer keep.
pub fn sweep(ctx: &Ctx) -> Result<Swept, Refusal> {
    let janji = ctx.as_janji();
    request::resume_all(&janji)?;
    lapse::keep(&janji)?;
    approval::come_of_age(&janji)?;
    let mut swept = Swept::default();
    loop {
        let act = janji.clone();
        let begun = janji.ws.act(&janji, move |tx| due_batch(&act, tx))?;
        let Some(begun) = begun else { break };
        swept.erased += begun.records;
        swept.held += begun.held.len();
        if let Some(job) = begun.job {
            erasure::run(&janji, job)?;
            swept.jobs.push(job);
        }
    }
    closing::sweep(&janji)?;
    while statutory::sweep(&janji)? > 0 {}
    registers::expire(&janji)?;
    Ok(swept)
}

/// Erases one record if it is due: what an admin may start by hand.
pub fn sweep_one(ctx: &Ctx, rid: Rid) -> Result<Begun, Refusal> {
    if ctx.actor.role != Role::Admin {
        return Err(Refusal::Forbidden);
    }
    let act = ctx.as_janji();
    let begun = ctx.ws.act(ctx, move |tx| {
        let gone = || Refusal::Gone { rule: "erased".to_owned() };
        let chain = chain::load(&act, tx.link(), rid.0)?.ok_or_else(gone)?;
        if chain.head()?.job.is_some() {
            return Err(gone());
        }
        let Some(rule) = chain.overdue(&act, tx.link(), act.settled)? else {
            return Err(Refusal::Conflict { reason: "not due" });
        };
        let begun = erasure::begin(&act, tx, Cause::Sweep, &rule, &Target::Records(vec![rid.0]))?;
        if begun.held.is_empty() { Ok(begun) } else { Err(Refusal::Held { reason: "legal_hold" }) }
    })?;
    if let Some(job) = begun.job {
        erasure::run(&ctx.as_janji(), job)?;
    }
    Ok(begun)
}

/// The next batch that is due, taken (T1); `None` when nothing is due any more.
pub(crate) fn due_batch(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<Option<Begun>, Refusal> {
    for (id, class) in ctx.ws.classes() {
        if let Some(rule) = &class.ended {
            let values = [id.into(), BATCH.into()];
            let due = tx.all(sql::OF_TERMS, &values, |row| row.number(0))?;
            if !due.is_empty() {
                return take(ctx, tx, rule, due).map(Some);
            }
            continue;
        }
        for end in &class.ends {
            let due = due(ctx, tx.link(), id, class.cutoff(ctx, end, ctx.settled), &end.anchor)?;
            if due.is_empty() {
                continue;
            }
            let rule = format!("data.{}.keep", class.category);
            return take(ctx, tx, &rule, due).map(Some);
        }
    }
    let uploads = crate::blob::unclaimed(tx.link(), ctx.settled - crate::blob::UNCLAIMED)?;
    if uploads.is_empty() {
        return Ok(None);
    }
    let target = Target::Uploads(uploads);
    Ok(Some(erasure::begin(ctx, tx, Cause::Sweep, "data.*.fields (unclaimed)", &target)?))
}

/// Takes what is due (T1), and marks what a hold keeps.
fn take(ctx: &Ctx, tx: &mut Tx<'_>, rule: &str, due: Vec<u64>) -> Result<Begun, Refusal> {
    let begun = erasure::begin(ctx, tx, Cause::Sweep, rule, &Target::Records(due))?;
    for rid in &begun.held {
        tx.run(sql::WAIT, &[(*rid).into()])?;
    }
    if begun.job.is_none() {
        // Everything was held: the marks alone are kept, with an entry of their own.
        note_held(ctx, tx, rule, &begun.held)?;
    }
    Ok(begun)
}

fn note_held(ctx: &Ctx, tx: &mut Tx<'_>, rule: &str, held: &[u64]) -> Result<(), Refusal> {
    let entry = crate::entry::Entry {
        act: crate::entry::Act::Refuse,
        stream: crate::entry::Stream::Proof,
        subject: None,
        purpose: "sweep",
        rule,
        records: held,
    };
    crate::entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Records of one class that are due by one of its ends and do not wait for a bar.
fn due(
    ctx: &Ctx,
    link: &mut dyn Link,
    terms: u64,
    cutoff: i64,
    anchor: &Anchor,
) -> Result<Vec<u64>, Refusal> {
    let rows = |row: store::Row<'_>| row.number(0);
    match anchor {
        Anchor::Collected => {
            let values = [terms.into(), cutoff.into(), BATCH.into()];
            Ok(store::value::all(link, sql::COLLECTED, &values, rows)?)
        }
        Anchor::Event { category, event } => {
            let name = format!("{category}.{event}");
            let happened =
                store::value::all(link, sql::EVENTS, &[(&name).into(), cutoff.into()], rows)?;
            let mut due = Vec::new();
            for holder in happened {
                due.extend(below(link, holder, terms)?);
                if due.len() >= BATCH as usize {
                    break;
                }
            }
            Ok(due)
        }
        Anchor::FeatureOff(feature) => match ctx.ws.feature(feature) {
            Some((false, at)) if at < cutoff => {
                Ok(store::value::all(link, sql::OF_TERMS, &[terms.into(), BATCH.into()], rows)?)
            }
            _ => Ok(Vec::new()),
        },
        Anchor::WorkspaceClosed => match ctx.ws.closed() {
            Some(at) if at < cutoff => {
                Ok(store::value::all(link, sql::OF_TERMS, &[terms.into(), BATCH.into()], rows)?)
            }
            _ => Ok(Vec::new()),
        },
        Anchor::Disconnected(_) => Ok(Vec::new()),
    }
}

/// The record itself and its parts, all the way down, that have these terms and do not wait.
fn below(link: &mut dyn Link, holder: u64, terms: u64) -> Result<Vec<u64>, Refusal> {
    let mut found = Vec::new();
    let mut next = vec![holder];
    while let Some(rid) = next.pop() {
        let here = [rid.into(), terms.into()];
        if store::value::one(link, sql::IS_DUE, &here, |row| row.number(0))?.is_some() {
            found.push(rid);
        }
        next.extend(store::value::all(link, sql::PARTS, &[rid.into()], |row| row.number(0))?);
    }
    Ok(found)
}

/// The period that a register keeps its entries, when the policy names one.
pub(crate) fn register_period(ctx: &Ctx, register: &str) -> Option<Period> {
    match &ctx.ws.policy().policy.register(register)?.keep {
        Keep::Ends(ends) => {
            ends.first().map(|end| setting::period(ctx, &ctx.ws.policy().policy, end))
        }
        _ => None,
    }
}
