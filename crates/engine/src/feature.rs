//! Features and switches of a workspace. Off until switched on; switching off can start a period.

mod sql;

use std::collections::BTreeMap;

use store::{Link, Tx, value::all};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    refusal::Refusal,
};

/// Switches a feature that the policy declares.
pub fn switch(ctx: &Ctx, tx: &mut Tx<'_>, name: &str, on: bool) -> Result<(), Refusal> {
    if ctx.actor.role != Role::Admin {
        return Err(Refusal::Forbidden);
    }
    let policy = ctx.ws.policy();
    let Some(feature) = policy.policy.features.iter().find(|feature| feature.id == name) else {
        return Err(Refusal::invalid("feature", "feature"));
    };
    if on && let Some(rule) = &feature.closed {
        return Err(Refusal::Denied { reason: "planned", rule: rule.clone() });
    }
    if ctx.ws.feature(name).is_some_and(|(now, _)| now == on) {
        return Ok(());
    }
    let switched = Fact::Feature { name: name.to_owned(), on, at: ctx.now };
    if on {
        fact::give(ctx, tx, &switched)?;
    } else {
        fact::take_away(ctx, tx, &switched)?;
    }
    let entry = Entry {
        act: Act::Feature,
        stream: Stream::Security,
        subject: None,
        purpose: if on { "on" } else { "off" },
        rule: name,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
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
