//! Approval: those who answer for a minor agree, each of them, before anything is written or used, and may
//! withdraw it at any time with effect at once. It ends by itself when the person comes of age.

mod sql;

use store::{
    Link, Slot, Tx,
    value::{all, one},
};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids, minor,
    refusal::Refusal,
    subject::{self, Subject},
};

/// The rule that names who must agree.
const RULE: &str = "children.approval.by";

/// An approval as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Approval {
    /// Who agreed, a word of the policy.
    pub by: String,
    /// When.
    pub given: i64,
    /// When it was withdrawn, or ended.
    pub withdrawn: Option<i64>,
}

/// Records that somebody who answers for a minor agrees. Agreeing again changes nothing.
pub fn give(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, by: &str) -> Result<(), Refusal> {
    let person = may(ctx, tx, subject, by)?;
    if !minor::is(ctx, tx.link(), subject, ctx.settled)? {
        return Err(Refusal::Conflict { reason: "no approval is needed for this person" });
    }
    if stands(tx.link(), subject, by)? {
        return Ok(());
    }
    let id = ids::fresh(tx.rng());
    fact::give(ctx, tx, &Fact::Approve { id, subject, by: by.to_owned(), at: ctx.now })?;
    note(ctx, tx, &person, Act::Approval, by, "given")
}

/// Withdraws an approval, effective now. Withdrawing twice keeps the first date.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, by: &str) -> Result<(), Refusal> {
    let person = may(ctx, tx, subject, by)?;
    if !stands(tx.link(), subject, by)? {
        let ever = one(tx.link(), sql::EVER, &[subject.into(), by.into()], |row| row.int(0))?;
        return ever.map(|_| ()).ok_or(Refusal::NotFound);
    }
    fact::take_away(ctx, tx, &Fact::Disapprove { subject, by: by.to_owned(), at: ctx.now })?;
    note(ctx, tx, &person, Act::Approval, by, "withdrawn")
}

/// The backend and the officer record what approvers said; the person does not approve for themself.
fn may(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, by: &str) -> Result<Subject, Refusal> {
    if !matches!(ctx.actor.role, Role::System | Role::Officer) {
        return Err(Refusal::Forbidden);
    }
    let person = subject::load(ctx, tx.link(), subject)?;
    if person.condemned {
        return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
    }
    if !approvers(ctx).iter().any(|known| known == by) {
        return Err(Refusal::invalid("by", RULE));
    }
    Ok(person)
}

fn approvers(ctx: &Ctx) -> Vec<String> {
    let in_force = ctx.ws.policy();
    let children = in_force.policy.children.as_ref();
    let approval = children.and_then(|children| children.approval.as_ref());
    approval.map(|approval| approval.by.clone()).unwrap_or_default()
}

fn stands(link: &mut dyn Link, subject: u64, by: &str) -> Result<bool, Refusal> {
    Ok(one(link, sql::STANDING, &[subject.into(), by.into()], |row| row.int(0))?.is_some())
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    act: Act,
    purpose: &str,
    rule: &str,
) -> Result<(), Refusal> {
    enter(ctx, tx, person.ledger(), act, purpose, rule)
}

fn enter(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    subject: Option<(u64, Slot)>,
    act: Act,
    purpose: &str,
    rule: &str,
) -> Result<(), Refusal> {
    let stream = Stream::Application;
    let entry = Entry { act, stream, subject, purpose, rule, records: &[] };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whose approval is missing for a person, in the order of the policy; nobody's for one who is of age.
pub fn missing(ctx: &Ctx, link: &mut dyn Link, subject: u64) -> Result<Vec<String>, Refusal> {
    if !minor::is(ctx, link, subject, ctx.settled)? {
        return Ok(Vec::new());
    }
    let mut missing = Vec::new();
    for by in approvers(ctx) {
        if !stands(link, subject, &by)? {
            missing.push(by);
        }
    }
    Ok(missing)
}

/// The rule under which nothing of a person may be written or used yet, or any more.
pub(crate) fn lacks(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: u64,
) -> Result<Option<&'static str>, Refusal> {
    Ok((!missing(ctx, link, subject)?.is_empty()).then_some(RULE))
}

/// Every approval for a person, given and withdrawn, oldest first.
pub fn of(link: &mut dyn Link, subject: u64) -> Result<Vec<Approval>, Refusal> {
    Ok(all(link, sql::OF, &[subject.into()], |row| {
        Ok(Approval { by: row.text(0)?, given: row.int(1)?, withdrawn: row.maybe_int(2)? })
    })?)
}

pub(crate) fn put(
    tx: &mut Tx<'_>,
    id: u64,
    subject: u64,
    by: &str,
    at: i64,
) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[id.into(), subject.into(), by.into(), at.into()])?;
    Ok(())
}

pub(crate) fn end(tx: &mut Tx<'_>, subject: u64, by: &str, at: i64) -> Result<(), Refusal> {
    tx.run(sql::END, &[subject.into(), by.into(), at.into()])?;
    Ok(())
}

/// Deletes every approval for a person who is erased.
pub(crate) fn forget(tx: &mut Tx<'_>, subject: u64) -> Result<(), Refusal> {
    tx.run(sql::FORGET, &[subject.into()])?;
    Ok(())
}

/// Deletes approvals that ended before a time: they are kept as long as consents.
pub(crate) fn expire(tx: &mut Tx<'_>, before: i64) -> Result<usize, Refusal> {
    Ok(tx.run(sql::EXPIRE, &[before.into()])?)
}

/// People in one act.
const BATCH: usize = 200;

/// Those who came of age by the settled time answer for themselves: their day of birth goes, and what others
/// agreed to ends.
pub(crate) fn come_of_age(ctx: &Ctx) -> Result<(), Refusal> {
    let grown = ctx.ws.read(|link| minor::grown(ctx, link))?;
    for batch in grown.chunks(BATCH) {
        let (act, batch) = (ctx.clone(), batch.to_vec());
        ctx.ws.act(ctx, move |tx| {
            for (subject, slot) in &batch {
                // An erasure may have come between.
                if minor::forget(tx, *subject)? {
                    tx.run(sql::END_ALL, &[(*subject).into(), act.now.into()])?;
                    let whose = Some((*subject, *slot));
                    enter(&act, tx, whose, Act::OfAge, "", "children.approval.under")?;
                }
            }
            Ok(())
        })?;
        ctx.ws.changed();
        ctx.ws.rows_went();
    }
    Ok(())
}
