//! What replay adds to the facts: a crash can leave the first half of an act in the guard's journal, and
//! the other half must follow, or a bar would stand that nobody can lift and data would wait for nothing.

use store::Tx;

use crate::{bar, ctx::Ctx, event, fact::Fact, refusal::Refusal, request};

/// Completes the acts behind facts that were just replayed; each was applied before.
pub(super) fn finish(ctx: &Ctx, tx: &mut Tx<'_>, facts: &[(u64, Fact)]) -> Result<(), Refusal> {
    for (_, fact) in facts {
        match fact {
            Fact::Bar(placed) if bar::stands(tx.link(), placed.id)? => {
                request::recover(ctx, tx, placed)?;
            }
            Fact::Withdraw { subject, purpose, .. } => {
                request::erase_orphans(ctx, tx, *subject, purpose)?;
            }
            Fact::Event { rid, name, at, clears: false } => clear(ctx, tx, *rid, name, *at)?,
            _ => {}
        }
    }
    Ok(())
}

/// An event that stops a period gives; of its two facts the journal may have the other one alone.
fn clear(ctx: &Ctx, tx: &mut Tx<'_>, rid: u64, name: &str, at: i64) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    let Some((id, event)) = name.split_once('.') else { return Ok(()) };
    let rules = in_force.policy.category(id).map(|category| category.events.as_slice());
    let rule = rules.unwrap_or_default().iter().find(|rule| rule.name == event);
    if let Some(cleared) = rule.and_then(|rule| rule.clears.as_ref()) {
        event::put(tx, rid, &format!("{id}.{cleared}"), at, true)?;
    }
    Ok(())
}
