//! What must be met before a feature may be switched on: the officer records each, with the paper that
//! shows it. The reference stands in the sealed entry only.

mod sql;

use std::collections::BTreeMap;

use store::{Link, Tx, value::all};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    refusal::Refusal,
};

/// The longest reference that an entry takes.
const LONGEST: usize = 60;

/// Records that a need of a feature is met.
pub fn meet(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    feature: &str,
    need: &str,
    reference: &str,
) -> Result<(), Refusal> {
    if ctx.actor.role != Role::Officer {
        return Err(Refusal::Forbidden);
    }
    let in_force = ctx.ws.policy();
    let Some(declared) = in_force.policy.feature(feature) else {
        return Err(Refusal::invalid("feature", "feature"));
    };
    let rule = format!("feature.{feature}.needs");
    if !declared.needs.iter().any(|known| known == need) {
        return Err(Refusal::invalid("need", rule));
    }
    if reference.trim().is_empty() || reference.len() > LONGEST {
        return Err(Refusal::invalid("reference", format!("1 to {LONGEST} bytes")));
    }
    let entry = Entry {
        act: Act::Need,
        stream: Stream::Security,
        subject: None,
        purpose: reference,
        rule: need,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    let (feature, need) = (feature.to_owned(), need.to_owned());
    fact::give(ctx, tx, &Fact::Need { feature, need, at: ctx.now })
}

pub(crate) fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    feature: &str,
    need: &str,
    at: i64,
) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[feature.into(), need.into(), at.into()])?;
    ctx.ws.choose(|choices| {
        choices.needs.insert((feature.to_owned(), need.to_owned()), at);
    });
    Ok(())
}

/// The first need of a feature that nobody has recorded as met.
pub(crate) fn unmet(ctx: &Ctx, feature: &policy::Feature) -> Option<String> {
    let choices = ctx.ws.choices();
    let met = |need: &String| choices.needs.contains_key(&(feature.id.clone(), need.clone()));
    feature.needs.iter().find(|need| !met(need)).cloned()
}

/// Every need that is met: feature and need, since when.
pub(crate) fn met(link: &mut dyn Link) -> Result<BTreeMap<(String, String), i64>, Refusal> {
    let rows = all(link, sql::ALL, &[], |row| Ok(((row.text(0)?, row.text(1)?), row.int(2)?)))?;
    Ok(rows.into_iter().collect())
}
