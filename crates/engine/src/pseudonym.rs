//! Reading under pseudonyms (Art. 4(5) GDPR): values that say who somebody is become keyed tokens, what might
//! name people in ways that nobody can find is left out. A token is the same for the same value of a field
//! within one purpose of one workspace, and says nothing anywhere else.

use policy::Veil;
use serde_json::{Map, Value};

use crate::{
    ctx::Ctx,
    decision::{self, Allowed, Denied},
    record::{Fields, View},
    refusal::Refusal,
};

#[cfg(test)]
mod tests;

/// Whether readers for a purpose see people under pseudonyms only; the refusal for what cannot be shown so.
pub(crate) fn refuses(ctx: &Ctx, purpose: &str) -> Result<(), Denied> {
    let pseudonymous = ctx.ws.policy().policy.purpose(purpose).is_some_and(|one| one.pseudonymous);
    if pseudonymous {
        let rule = format!("purpose.{purpose}.people");
        return Err(Denied { reason: "pseudonymous", rule });
    }
    Ok(())
}

/// The view as readers for the allowed purpose may see it.
pub(crate) fn veil(ctx: &Ctx, allowed: &Allowed, view: View) -> Result<View, Refusal> {
    if refuses(ctx, &allowed.purpose).is_ok() {
        return Ok(view);
    }
    let in_force = ctx.ws.policy();
    let declared = in_force.policy.category(&view.category);
    let key = ctx.ws.raw_key(ctx.ws.pseudonyms())?;
    let mut shown = Map::new();
    for (name, value) in view.fields.open(&decision::grant(allowed)) {
        let field = declared.and_then(|one| one.fields.iter().find(|own| own.name == name));
        match field.map_or(Veil::Omitted, policy::veil) {
            Veil::Shown => {
                shown.insert(name, value);
            }
            Veil::Token => {
                let token = token(&key, &allowed.purpose, &name, &value);
                shown.insert(name, Value::String(token));
            }
            Veil::Omitted => {}
        }
    }
    Ok(View { fields: Fields::new(shown), ..view })
}

fn token(key: &crypto::Key, purpose: &str, field: &str, value: &Value) -> String {
    let plain = match value {
        Value::String(text) => text.trim().to_lowercase(),
        other => other.to_string(),
    };
    let length = |text: &str| u64::try_from(text.len()).unwrap_or(u64::MAX).to_be_bytes();
    let parts: [&[u8]; 6] = [
        b"janji pseudonym v1\0",
        &length(purpose),
        purpose.as_bytes(),
        &length(field),
        field.as_bytes(),
        plain.as_bytes(),
    ];
    let tag = crypto::tag(key, &parts);
    format!("psn_{}", crate::certificate::hex(tag.get(..16).unwrap_or_default()))
}
