//! Events start and stop periods: an engagement ended, a ticket was resolved, an account closed.

mod sql;

use store::Tx;

use crate::{
    chain, closing,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids::Rid,
    lapse, record,
    refusal::Refusal,
    subject,
};

/// Raises an event that the record's category declares. The latest counts.
pub fn raise(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    name: &str,
    at: Option<i64>,
) -> Result<(), Refusal> {
    closing::is_open(ctx)?;
    if matches!(ctx.actor.role, Role::Staff(_) | Role::Officer) {
        return Err(Refusal::Forbidden);
    }
    let chain = chain::live(ctx, tx.link(), rid)?;
    let person = subject::load(ctx, tx.link(), rid.subject())?;
    if person.condemned {
        return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
    }
    let category = chain.class()?.category.clone();
    let in_force = ctx.ws.policy();
    let rule = format!("data.{category}.events");
    let declared = in_force.policy.category(&category).and_then(|category| {
        let event = category.events.iter().find(|event| event.name == name)?;
        Some((category, event))
    });
    let Some((of, declared)) = declared else { return Err(Refusal::invalid("event", rule)) };
    let at = record::claimed(ctx, at)?;
    lapse::refuse_use(ctx, tx.link(), &chain, of, name, at)?;
    if let Some(cleared) = &declared.clears {
        let stopped = format!("{category}.{cleared}");
        fact::give(ctx, tx, &Fact::Event { rid: rid.0, name: stopped, at, clears: true })?;
    }
    let happened = format!("{category}.{name}");
    fact::take_away(ctx, tx, &Fact::Event { rid: rid.0, name: happened, at, clears: false })?;
    let records = [rid.0];
    let subject = person.ledger();
    let stream = Stream::Application;
    let entry =
        Entry { act: Act::Event, stream, subject, purpose: name, rule: &rule, records: &records };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Closes an account whose lapse came then.
pub(crate) fn lapse(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    category: &str,
    at: i64,
) -> Result<(), Refusal> {
    let name = format!("{category}.closed");
    fact::take_away(ctx, tx, &Fact::Event { rid: rid.0, name, at, clears: false })?;
    let rule = format!("data.{category}.lapses");
    let (subject, records) = (subject::find(tx.link(), rid.subject())?, [rid.0]);
    let entry = Entry {
        act: Act::Event,
        stream: Stream::Application,
        subject: subject.and_then(|person| person.ledger()),
        purpose: "closed",
        rule: &rule,
        records: &records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

pub(crate) fn put(
    tx: &mut Tx<'_>,
    rid: u64,
    name: &str,
    at: i64,
    clears: bool,
) -> Result<(), Refusal> {
    if clears {
        tx.run(sql::CLEAR, &[rid.into(), name.into(), at.into()])?;
    } else {
        tx.run(sql::PUT, &[rid.into(), name.into(), at.into()])?;
    }
    Ok(())
}
