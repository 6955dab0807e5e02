//! Features and switches of a workspace. Off until switched on; switching off can start a period.

mod sql;

use std::collections::BTreeMap;

use policy::Feature;
use store::{Link, Tx, value::all};

use crate::{
    closing,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    need, plan,
    refusal::Refusal,
};

/// Switches a feature that the policy declares.
pub fn switch(ctx: &Ctx, tx: &mut Tx<'_>, name: &str, on: bool) -> Result<(), Refusal> {
    if on {
        closing::is_open(ctx)?;
    }
    if ctx.actor.role != Role::Admin {
        return Err(Refusal::Forbidden);
    }
    let in_force = ctx.ws.policy();
    let Some(feature) = in_force.policy.feature(name) else {
        return Err(Refusal::invalid("feature", "feature"));
    };
    if on {
        openable(ctx, feature)?;
    }
    if ctx.ws.feature(name).is_some_and(|(now, _)| now == on) {
        return Ok(());
    }
    set(ctx, tx, name, on)
}

/// Whether a feature may be on in this workspace.
fn openable(ctx: &Ctx, feature: &Feature) -> Result<(), Refusal> {
    if let Some(rule) = &feature.closed {
        return Err(Refusal::Denied { reason: "planned", rule: rule.clone() });
    }
    if !plan::has(feature, ctx.ws.choices().plan.as_deref()) {
        let rule = format!("feature.{}.plans", feature.id);
        return Err(Refusal::Denied { reason: "plan", rule });
    }
    if need::unmet(ctx, feature).is_some() {
        let rule = format!("feature.{}.needs", feature.id);
        return Err(Refusal::Unmet { reason: "needs", rule });
    }
    Ok(())
}

/// Switches a feature off that the workspace may not have any more; its periods begin now.
pub(crate) fn lose(ctx: &Ctx, tx: &mut Tx<'_>, name: &str) -> Result<(), Refusal> {
    match ctx.ws.feature(name) {
        Some((true, _)) => set(ctx, tx, name, false),
        _ => Ok(()),
    }
}

/// Switches off what the policy in force, the plan or the needs do not allow any more: to be called
/// wherever one of them has changed.
pub(crate) fn settle(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    for name in ctx.ws.choices().features.keys() {
        let allowed = in_force.policy.feature(name).is_some_and(|one| openable(ctx, one).is_ok());
        if !allowed {
            lose(ctx, tx, name)?;
        }
    }
    Ok(())
}

fn set(ctx: &Ctx, tx: &mut Tx<'_>, name: &str, on: bool) -> Result<(), Refusal> {
    let entry = Entry {
        act: Act::Feature,
        stream: Stream::Security,
        subject: None,
        purpose: if on { "on" } else { "off" },
        rule: name,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    let switched = Fact::Feature { name: name.to_owned(), on, at: ctx.now };
    if on { fact::give(ctx, tx, &switched) } else { fact::take_away(ctx, tx, &switched) }
}

pub(crate) fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    name: &str,
    on: bool,
    at: i64,
) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[name.into(), on.into(), at.into()])?;
    ctx.ws.choose(|choices| {
        choices.features.insert(name.to_owned(), (on, at));
    });
    Ok(())
}

/// Every feature that was ever switched, with its state and since when.
pub fn switched(link: &mut dyn Link) -> Result<BTreeMap<String, (bool, i64)>, Refusal> {
    let rows = all(link, sql::ALL, &[], |row| Ok((row.text(0)?, (row.flag(1)?, row.int(2)?))))?;
    Ok(rows.into_iter().collect())
}
