//! The plan that a workspace holds. What a smaller plan lacks is switched off in the same act, so that the
//! periods that begin with `off` begin; a larger plan switches nothing on.

mod sql;

use policy::Feature;
use store::{Link, Tx, value::one};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    feature,
    refusal::Refusal,
};

/// Gives the workspace a plan that the policy names: what the company's own backend does.
pub fn change(ctx: &Ctx, tx: &mut Tx<'_>, plan: &str) -> Result<(), Refusal> {
    if ctx.actor.role != Role::System {
        return Err(Refusal::Forbidden);
    }
    let in_force = ctx.ws.policy();
    if !in_force.policy.plans.iter().any(|known| known == plan) {
        return Err(Refusal::invalid("plan", "scope.plans"));
    }
    let held = ctx.ws.choices().plan.clone();
    if held.as_deref() == Some(plan) {
        return Ok(());
    }
    let entry = Entry {
        act: Act::Plan,
        stream: Stream::Security,
        subject: None,
        purpose: "",
        rule: plan,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    let lost = |one: &Feature| has(one, held.as_deref()) && !has(one, Some(plan));
    let loses = in_force.policy.features.iter().any(lost);
    let fact = Fact::Plan { plan: plan.to_owned(), at: ctx.now };
    if loses {
        fact::take_away(ctx, tx, &fact)?;
    } else {
        fact::give(ctx, tx, &fact)?;
    }
    feature::settle(ctx, tx)
}

/// Whether a plan has a feature. A feature that names plans is in no other, and not where there is none.
pub(crate) fn has(feature: &Feature, plan: Option<&str>) -> bool {
    feature.plans.is_empty() || plan.is_some_and(|plan| feature.plans.iter().any(|one| one == plan))
}

pub(crate) fn put(ctx: &Ctx, tx: &mut Tx<'_>, plan: &str, at: i64) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[plan.into(), at.into()])?;
    ctx.ws.choose(|choices| choices.plan = Some(plan.to_owned()));
    Ok(())
}

/// The plan that was given last.
pub(crate) fn held(link: &mut dyn Link) -> Result<Option<String>, Refusal> {
    Ok(one(link, sql::HELD, &[], |row| row.text(0))?)
}
