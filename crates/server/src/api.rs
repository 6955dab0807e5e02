//! The JSON interface under `/v1`: one file for each resource. A handler extracts, calls the engine once and
//! renders; nothing here decides.

pub(crate) mod aggregates;
pub(crate) mod approvals;
pub(crate) mod bare;
pub(crate) mod blobs;
pub(crate) mod certificates;
pub(crate) mod choices;
pub(crate) mod clock;
pub(crate) mod closing;
pub(crate) mod consents;
pub(crate) mod decisions;
pub(crate) mod events;
pub(crate) mod features;
pub(crate) mod grants;
pub(crate) mod holds;
pub(crate) mod ledger;
pub(crate) mod notices;
pub(crate) mod policy;
pub(crate) mod promises;
pub(crate) mod records;
pub(crate) mod requests;
pub(crate) mod statutory;
pub(crate) mod subjects;
pub(crate) mod sweeps;
pub(crate) mod tokens;

use engine::{Ctx, Refusal, ids::Kind, subject, time};
use serde_json::{Map, Value};

/// The public id of a number.
fn shown(ctx: &Ctx, kind: Kind, number: u64) -> String {
    ctx.ws.ids().show(kind, number)
}

/// A time as the interface writes it.
fn at(micros: i64) -> Value {
    time::rfc3339(micros).into()
}

/// An object without the fields that have no value.
fn document<const N: usize>(fields: [(&str, Option<Value>); N]) -> Value {
    let given = fields.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)));
    Value::Object(given.collect::<Map<String, Value>>())
}

/// The number of a subject whom the actor may know of, also when it is erased by now.
fn known_subject(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    let number = subject::number(ctx, shown)?;
    match ctx.actor.subject {
        Some(own) if own != number => Err(Refusal::NotFound),
        _ => Ok(number),
    }
}

/// Whose data a list is about: for a person always their own.
fn maybe_subject(ctx: &Ctx, shown: Option<&str>) -> Result<Option<u64>, Refusal> {
    match shown {
        Some(shown) => known_subject(ctx, shown).map(Some),
        None => Ok(ctx.actor.subject),
    }
}
