//! Records: one item of one category about one subject. Written with a key of their own or their whole's,
//! read only for a purpose, changed, found, and never more than the policy declares.

mod read;
mod sql;
mod write;

use crypto::{Personal, Place};
use serde_json::{Map, Value};
use store::{Link, StoreError, value::one};

pub(crate) use read::{MOST, view};
pub use read::{find, list, present, read, read_now, seen};
pub use write::{New, Written, change, write};
pub(crate) use write::{claimed, correct, may_collect, schema, seal};

use crate::{
    chain::{self, Chain, Head},
    ctx::Ctx,
    decision::{self, Allowed, Denied},
    ids::Rid,
    lapse,
    refusal::Refusal,
    subject::Subject,
    terms::Class,
    workspace::InForce,
};

/// The kind byte of a sealed record.
pub(crate) const KIND: u8 = b'R';

/// The fields of one record; personal, whatever they hold.
pub type Fields = Personal<Map<String, Value>>;

/// A record as a reader gets it.
#[derive(Debug)]
pub struct View {
    /// Its number.
    pub rid: Rid,
    /// Its category.
    pub category: String,
    /// The time that `collected` means.
    pub at: i64,
    /// The record it is part of.
    pub whole: Option<Rid>,
    /// Its values.
    pub fields: Fields,
    /// Its parts, those that are gone too.
    pub parts: Vec<Part>,
    /// Other people that its values name.
    pub(crate) names: Vec<u64>,
}

/// A part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its number.
    pub rid: Rid,
    /// Its category.
    pub category: String,
    /// Whether it can still be read; otherwise it says that it was deleted.
    pub live: bool,
}

/// The place that binds a sealed record to its row.
pub(crate) fn place<'a>(ctx: &Ctx, category: &'a str, head: &Head) -> Place<'a> {
    Place {
        workspace: ctx.ws.number(),
        subject: Rid(head.rid).subject(),
        category,
        record: head.rid,
        schema: head.schema,
        slot: head.slot,
    }
}

/// Opens the values of a record that a decision has admitted, as the policy in force knows them: who is
/// mentioned stands elsewhere.
pub(crate) fn open(ctx: &Ctx, link: &mut dyn Link, chain: &Chain) -> Result<Fields, Refusal> {
    stored(ctx, link, chain).map(Personal::new)
}

fn stored(ctx: &Ctx, link: &mut dyn Link, chain: &Chain) -> Result<Map<String, Value>, Refusal> {
    let in_force = ctx.ws.policy();
    let found = stored_under(ctx, &in_force, link, chain.head()?, chain.class()?)?;
    found.ok_or_else(|| Refusal::Gone { rule: "erased".to_owned() })
}

/// Opens the values of a record as a policy knows them; `None` when it or its key is gone.
pub(crate) fn open_under(
    ctx: &Ctx,
    policy: &InForce,
    link: &mut dyn Link,
    head: &Head,
    class: &Class,
) -> Result<Option<Fields>, Refusal> {
    Ok(stored_under(ctx, policy, link, head, class)?.map(Personal::new))
}

fn stored_under(
    ctx: &Ctx,
    policy: &InForce,
    link: &mut dyn Link,
    head: &Head,
    class: &Class,
) -> Result<Option<Map<String, Value>>, Refusal> {
    let Some(sealed) = one(link, sql::SEALED, &[head.rid.into()], |row| row.bytes(0))? else {
        return Ok(None);
    };
    let key = match ctx.ws.key(head.slot) {
        Ok(key) => key,
        Err(StoreError::KeyDestroyed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let schema = u64::from(head.schema);
    let (since, category) = &class.collected;
    // It was sealed under the name that its category had then.
    let category = policy.versions.called(*since, category, schema);
    let plain = crypto::open(&key, KIND, &place(ctx, category, head), &sealed)?;
    let mut fields: Map<String, Value> = serde_json::from_slice(&plain)
        .map_err(|_| Refusal::Store(StoreError::Damaged { what: "a record's fields" }))?;
    if let Some(path) = policy.versions.path(schema, category).filter(|path| !path.is_plain()) {
        fields = path.today(fields);
    }
    Ok(Some(fields))
}

/// Whether this record may be used for this purpose now.
pub(crate) fn admit(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: &Subject,
    rid: Rid,
    purpose: &str,
) -> Result<Result<(Chain, Allowed), Denied>, Refusal> {
    let chain = chain::live(ctx, link, rid)?;
    if !chain.class()?.purposes.iter().any(|allowed| allowed == purpose) {
        // The policy may list more today than the record was collected for.
        let rule = format!("data.{}.for", chain.class()?.category);
        let decided = decision::decide(ctx, link, subject, &chain.lineage(), purpose)?;
        return Ok(Err(decided.err().unwrap_or(Denied { reason: "not_collected_for", rule })));
    }
    let frozen = closed(link, &chain, ctx)?;
    let decided = decision::decide(ctx, link, subject, &chain.lineage(), purpose)?;
    Ok(match (decided, frozen) {
        (Err(denied), _) => Err(denied),
        (Ok(_), Some(rule)) => Err(Denied { reason: "closed", rule }),
        (Ok(allowed), None) => Ok((chain, allowed)),
    })
}

/// The rule under which a closed account waits for its end: restorable, used for nothing.
fn closed(link: &mut dyn Link, chain: &Chain, ctx: &Ctx) -> Result<Option<String>, Refusal> {
    let policy = ctx.ws.policy();
    for (head, class) in chain.heads.iter().zip(&chain.classes) {
        let graced = policy.policy.category(&class.category).filter(|c| c.grace.is_some());
        let Some(category) = graced else { continue };
        if lapse::closed_since(ctx, link, head, category)?.is_some() {
            return Ok(Some(format!("data.{}.grace", class.category)));
        }
    }
    Ok(None)
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<Rid, Refusal> {
    ctx.ws.ids().find(crate::ids::Kind::Record, shown).map(Rid).ok_or(Refusal::NotFound)
}

/// Every record of a subject that no erasure has taken, in order.
pub(crate) fn of_subject(link: &mut dyn Link, subject: u64) -> Result<Vec<u64>, StoreError> {
    let (first, last) = Rid::range(subject);
    store::value::all(link, sql::RANGE, &[first.into(), last.into()], |row| row.number(0))
}
