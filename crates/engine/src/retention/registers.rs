//! What must be remembered to run and to prove ends too: ledger details by stream, consents after their
//! withdrawal, holds after their release, idempotency keys after a day.

use store::Tx;

use super::register_period;
use crate::{
    approval, certificate, consent,
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    fact::Fact,
    grant, hold, idempotency, keyring, notice,
    refusal::Refusal,
};

/// Ends what registers no longer keep.
pub(super) fn expire(ctx: &Ctx) -> Result<(), Refusal> {
    for (register, stream) in
        [("application_log", Stream::Application), ("security_log", Stream::Security)]
    {
        if let Some(period) = register_period(ctx, register) {
            let before = ctx.ws.cutoff(period, ctx.settled);
            let act = ctx.clone();
            let days = ctx.ws.act(ctx, move |tx| {
                let ended = entry::expire(tx, stream, before)?;
                note(&act, tx, register, ended)?;
                if stream == Stream::Application {
                    // A notice says what the log says of it, and is kept as long.
                    let ended = notice::expire(tx, before)? + grant::expire(tx, before)?;
                    note(&act, tx, register, ended)?;
                }
                Ok(keyring::ended_days(tx, stream, before)?)
            })?;
            destroy_named(ctx, days)?;
        }
    }
    let act = ctx.clone();
    let holds = ctx.ws.act(ctx, move |tx| {
        idempotency::expire(&act, tx)?;
        if let Some(period) = register_period(&act, "consents") {
            let before = act.ws.cutoff(period, act.settled);
            let ended = consent::expire(tx, before)? + approval::expire(tx, before)?;
            note(&act, tx, "consents", ended)?;
        }
        let Some(period) = register_period(&act, "holds") else { return Ok(Vec::new()) };
        let ended = hold::ended(tx, act.ws.cutoff(period, act.settled))?;
        note(&act, tx, "holds", ended.len())?;
        Ok(ended)
    })?;
    if let Some(period) = register_period(ctx, "certificates") {
        let before = ctx.ws.cutoff(period, ctx.settled);
        let act = ctx.clone();
        ctx.ws.act(ctx, move |tx| {
            let ended = certificate::expire(tx, before)?;
            note(&act, tx, "certificates", ended)
        })?;
    }
    if !holds.is_empty() {
        let slots: Vec<u32> = holds.iter().map(|(_, slot)| *slot).collect();
        destroy(ctx, &slots, "register.holds")?;
        let act = ctx.clone();
        ctx.ws.act(ctx, move |tx| {
            hold::forget(tx, &holds)?;
            note(&act, tx, "holds", holds.len())
        })?;
    }
    Ok(())
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>, register: &str, ended: usize) -> Result<(), Refusal> {
    if ended == 0 {
        return Ok(());
    }
    let rule = format!("register.{register}.keep");
    let purpose = ended.to_string();
    let entry = Entry {
        act: Act::Maintain,
        stream: Stream::Proof,
        subject: None,
        purpose: &purpose,
        rule: &rule,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Destroys the keys of days that ended, then forgets their names: a crash between does it again.
fn destroy_named(ctx: &Ctx, days: Vec<(String, u32)>) -> Result<(), Refusal> {
    if days.is_empty() {
        return Ok(());
    }
    let slots: Vec<u32> = days.iter().map(|(_, slot)| *slot).collect();
    destroy(ctx, &slots, "register.streams")?;
    ctx.ws.act(ctx, move |tx| days.iter().try_for_each(|(name, _)| Ok(keyring::forget(tx, name)?)))
}

fn destroy(ctx: &Ctx, slots: &[u32], why: &str) -> Result<(), Refusal> {
    let fact = Fact::destroyed(why)?;
    ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, slots, fact)?;
    Ok(())
}
