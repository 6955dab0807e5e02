//! What a workspace may choose within the bounds of its policy. A shorter life acts on what is there, a
//! longer one on what comes.

mod sql;

use std::collections::BTreeMap;

use policy::{Chosen, End, Period};
use serde_json::Value;
use store::{Link, Tx, value::all};

use crate::{
    closing,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    refusal::Refusal,
    terms,
};

/// Chooses a value for a setting that the policy declares.
pub fn choose(ctx: &Ctx, tx: &mut Tx<'_>, name: &str, given: &Value) -> Result<(), Refusal> {
    closing::is_open(ctx)?;
    if ctx.actor.role != Role::Admin {
        return Err(Refusal::Forbidden);
    }
    let in_force = ctx.ws.policy();
    let Some(setting) = in_force.policy.setting(name) else {
        return Err(Refusal::invalid("setting", "setting"));
    };
    let refused = |key: &str| Refusal::invalid("value", format!("setting.{name}.{key}"));
    let text = match (given, setting.default()) {
        (Value::Bool(on), Chosen::Switch(_)) => on.to_string(),
        (Value::Number(number), Chosen::Number(_)) => number.to_string(),
        (Value::String(text), Chosen::Length(_) | Chosen::Choice(_)) => text.clone(),
        _ => return Err(refused("default")),
    };
    let chosen = setting.read(&text).map_err(refused)?;
    let before = value(ctx, name).unwrap_or_else(|| setting.default());
    if chosen == before && ctx.ws.choices().settings.get(name) == Some(&text) {
        return Ok(());
    }
    let entry = Entry {
        act: Act::Setting,
        stream: Stream::Security,
        subject: None,
        purpose: &text,
        rule: name,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    let fact = Fact::Setting { name: name.to_owned(), value: text, at: ctx.now };
    if chosen.only_gives(&before) {
        fact::give(ctx, tx, &fact)
    } else {
        fact::take_away(ctx, tx, &fact)
    }
}

pub(crate) fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    name: &str,
    value: &str,
    at: i64,
) -> Result<(), Refusal> {
    tx.run(sql::PUT, &[name.into(), value.into(), at.into()])?;
    ctx.ws.choose(|choices| {
        choices.settings.insert(name.to_owned(), value.to_owned());
    });
    terms::recompute(ctx, tx)
}

/// What was chosen last for each setting, as written.
pub(crate) fn chosen(link: &mut dyn Link) -> Result<BTreeMap<String, String>, Refusal> {
    // A later choice comes later and replaces an earlier one.
    Ok(all(link, sql::ALL, &[], |row| Ok((row.text(0)?, row.text(1)?)))?.into_iter().collect())
}

/// The value of a setting now: what was chosen, brought within the bounds of the policy in force.
pub fn value(ctx: &Ctx, name: &str) -> Option<Chosen> {
    value_under(ctx, &ctx.ws.policy().policy, name)
}

fn value_under(ctx: &Ctx, policy: &policy::Policy, name: &str) -> Option<Chosen> {
    let setting = policy.setting(name)?;
    Some(match ctx.ws.choices().settings.get(name) {
        Some(text) => setting.nearest(text),
        None => setting.default(),
    })
}

/// How long an end of a policy takes now.
pub(crate) fn period(ctx: &Ctx, policy: &policy::Policy, end: &End) -> Period {
    match end.setting.as_deref().and_then(|name| value_under(ctx, policy, name)) {
        Some(Chosen::Length(period)) => period,
        _ => end.period,
    }
}
