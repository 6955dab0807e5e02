//! The steps of an erasure after T1, each a commit of its own.

use store::{StoreError, Tx, journal::Ordered};

use super::{Cause, Job, Scope, find, sql};
use crate::{
    approval, blob, certificate, consent,
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    fact::Fact,
    grant, log, mention, minor, notice,
    refusal::Refusal,
    statutory::{self, Kept},
    subject,
};

/// T2 and T3, after which the caller may say that it is erased; T4 and T5 follow at once or after a crash.
pub fn run(ctx: &Ctx, job: u64) -> Result<(), Refusal> {
    keys_and_rows(ctx, job)?;
    finish(ctx, job)
}

/// T2: destroys keys; T3: deletes rows, in this order, so that no crash leaves a row without its reason.
fn keys_and_rows(ctx: &Ctx, id: u64) -> Result<(), Refusal> {
    let job = load(ctx, id)?;
    if job.state >= 3 {
        return Ok(());
    }
    let (slots, scope) = ctx.ws.read(|link| {
        let mut slots =
            store::value::all(link, sql::RECORD_SLOTS, &[id.into()], |row| row.small(0))?;
        slots.extend(store::value::all(link, sql::BLOB_SLOTS, &[id.into()], |row| row.small(0))?);
        if let (Some(person), true) = (job.subject, job.whole_subject) {
            slots.extend(subject::find(link, person)?.map(|person| person.ledger_slot));
        }
        slots.sort_unstable();
        slots.dedup();
        let rids = store::value::all(link, sql::RIDS, &[id.into()], |row| row.number(0))?;
        let kept = statutory::of_job(link, id)?;
        Ok((slots, scope_of(&job, rids, kept)))
    })?;
    let fact = Fact::Erase(scope.clone()).encode()?;
    let fact = Ordered { order: job.fact_order, fact };
    let number = ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, &slots, fact)?;
    let epoch = ctx.ws.guard().epoch(ctx.now)?.number;
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| {
        tx.applied(number);
        drop_rows(&act, tx, &scope, number, epoch)
    })?;
    ctx.ws.rows_went();
    Ok(())
}

fn scope_of(job: &Job, rids: Vec<u64>, kept: Vec<Kept>) -> Scope {
    let cause = [Cause::Sweep, Cause::Request, Cause::Withdrawal, Cause::Deletion, Cause::Closing]
        .into_iter()
        .find(|cause| cause.word() == job.cause)
        .unwrap_or(Cause::Deletion);
    Scope {
        job: job.id,
        cause,
        rule: job.rule.clone(),
        subject: job.subject,
        whole_subject: job.whole_subject,
        rids,
        at: job.made,
        kept,
    }
}

fn drop_rows(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    scope: &Scope,
    guard: u64,
    epoch: u64,
) -> Result<(), Refusal> {
    // Housekeeping may have taken the job up at the same time.
    if find(tx.link(), scope.job)?.is_some_and(|job| job.state >= 3) {
        return Ok(());
    }
    let job = [scope.job.into()];
    for statement in [
        sql::DROP_LOOKUPS,
        sql::DROP_EVENTS,
        sql::DROP_PARTS,
        sql::DROP_MENTIONS,
        sql::DROP_RECORDS,
        sql::DROP_BLOBS,
    ] {
        tx.run(statement, &job)?;
    }
    if let (Some(person), true) = (scope.subject, scope.whole_subject) {
        consent::end_all(tx, person, ctx.now)?;
        entry::forget(tx, person)?;
        mention::forget(tx, person)?;
        tx.run(sql::DROP_BARS, &[person.into()])?;
        notice::forget(tx, person)?;
        minor::forget(tx, person)?;
        approval::forget(tx, person)?;
        grant::forget(tx, person)?;
        subject::remove(tx, person)?;
    }
    let root = entry::list_root(&scope.rids);
    let values = [scope.job.into(), ctx.now.into(), guard.into(), epoch.into(), (&root).into()];
    tx.run(sql::ROWS_GONE, &values)?;
    ctx.ws.changed();
    let entry = Entry {
        act: Act::Erase,
        stream: Stream::Proof,
        subject: None,
        purpose: scope.cause.word(),
        rule: &scope.rule,
        records: &scope.rids,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Does again what the guard's journal says was erased: the second half of an erasure that a crash cut
/// off, or the whole of one that a restored backup has never heard of.
pub(crate) fn replay(ctx: &Ctx, tx: &mut Tx<'_>, scope: &Scope) -> Result<(), Refusal> {
    if find(tx.link(), scope.job)?.is_some_and(|job| job.state >= 3) {
        return Ok(());
    }
    let known = find(tx.link(), scope.job)?.is_some();
    let mut blobs = 0_u64;
    if !known {
        let mut numbers = Vec::new();
        for rid in &scope.rids {
            numbers.extend(blob::of_record(tx.link(), *rid)?.into_iter().map(|blob| blob.number));
        }
        if let (Some(person), true) = (scope.subject, scope.whole_subject) {
            numbers.extend(blob::of_subject(tx.link(), person)?.into_iter().map(|(n, _)| n));
        }
        for number in &numbers {
            tx.run(sql::BLOB_ADD, &[scope.job.into(), (*number).into()])?;
            blobs += 1;
        }
        for rid in &scope.rids {
            let none: Option<u64> = None;
            tx.run(sql::RECORD_ADD, &[scope.job.into(), (*rid).into(), none.into()])?;
        }
        statutory::replay(ctx, tx, scope.job, &scope.kept)?;
    }
    let policies = super::collected_under(tx, &scope.rids, &[])?;
    let records = u64::try_from(scope.rids.len()).unwrap_or(0);
    let values = [
        scope.job.into(),
        scope.cause.word().into(),
        (&scope.rule).into(),
        scope.subject.into(),
        scope.whole_subject.into(),
        scope.at.into(),
        records.into(),
        blobs.into(),
        (&policies).into(),
    ];
    tx.run(sql::ADD_REPLAYED, &values)?;
    let number = tx.counters().applied_guard;
    let epoch = ctx.ws.guard().epoch(ctx.now)?.number;
    drop_rows(ctx, tx, scope, number, epoch)
}

/// T4: the files of blobs; T5: entry, tiles, checkpoint, certificate.
pub fn finish(ctx: &Ctx, id: u64) -> Result<(), Refusal> {
    let job = load(ctx, id)?;
    if job.state < 4 {
        let blobs = ctx.ws.read(|link| {
            Ok(store::value::all(link, sql::BLOBS, &[id.into()], |row| row.number(0))?)
        })?;
        for number in blobs {
            blob::remove_file(ctx, number)?;
        }
        let now = ctx.now;
        ctx.ws.act(ctx, move |tx| Ok(tx.run(sql::BLOBS_GONE, &[id.into(), now.into()])?))?;
    }
    if job.state < 5 {
        let act = ctx.clone();
        ctx.ws.act(ctx, move |tx| {
            let job = find(tx.link(), id)?.ok_or(Refusal::NotFound)?;
            if job.state < 5 {
                certificate::issue(&act, tx, &job, certificate::Grade::Erased)?;
                tx.run(sql::DONE, &[id.into()])?;
            }
            Ok(())
        })?;
        log::publish(ctx)?;
    }
    Ok(())
}

/// Takes up every erasure that a crash interrupted, and certifies as complete those whose epoch is dead.
pub fn resume(ctx: &Ctx) -> Result<(), Refusal> {
    let open =
        ctx.ws.read(|link| Ok(store::value::all(link, sql::OPEN, &[], |row| row.number(0))?))?;
    for job in open {
        run(ctx, job)?;
    }
    let dead = ctx.ws.guard().dead_epoch()?;
    let complete = ctx.ws.read(|link| {
        Ok(store::value::all(link, sql::CERTIFIED, &[dead.into()], |row| row.number(0))?)
    })?;
    for id in complete {
        let act = ctx.clone();
        ctx.ws.act(ctx, move |tx| {
            if tx.run(sql::COMPLETE, &[id.into(), act.now.into()])? == 0 {
                return Ok(());
            }
            let job = find(tx.link(), id)?.ok_or(Refusal::NotFound)?;
            certificate::issue(&act, tx, &job, certificate::Grade::Complete)?;
            tx.run(sql::FORGET_RECORDS, &[id.into()])?;
            tx.run(sql::FORGET_BLOBS, &[id.into()])?;
            Ok(())
        })?;
    }
    Ok(())
}

fn load(ctx: &Ctx, id: u64) -> Result<Job, Refusal> {
    ctx.ws
        .read(|link| Ok(find(link, id)?))?
        .ok_or(Refusal::Store(StoreError::Damaged { what: "a job" }))
}
