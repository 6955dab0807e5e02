//! Writing and changing records: everything is checked before the first statement.

use policy::{Category, Keep, Sealing};
use serde_json::{Map, Value};
use store::{StoreError, Tx};

use super::{KIND, open, place, sql};
use crate::{
    aggregate,
    bar::Lineage,
    blob, chain,
    chain::{Chain, Head},
    closing,
    ctx::Ctx,
    decision::{self, Allowed, Denied},
    entry::{self, Act, Entry, Stream},
    field,
    ids::Rid,
    lookup, mention,
    publication::evolve,
    refusal::Refusal,
    screen::{self, Masked},
    subject::{self, Subject},
    terms::{self, Terms},
};

/// A record to be written.
#[derive(Debug)]
pub struct New<'a> {
    /// About whom.
    pub subject: u64,
    /// What kind.
    pub category: &'a str,
    /// The record it is part of, where the policy says it is part of one.
    pub whole: Option<Rid>,
    /// The values.
    pub fields: &'a Map<String, Value>,
    /// When it was collected; now, unless the client says so.
    pub at: Option<i64>,
}

/// A record as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// Its number.
    pub rid: Rid,
    /// What was masked on its way in.
    pub masked: Vec<Masked>,
}

/// A client's clock may be wrong by so much, and may send what it collected while offline so late.
pub(crate) const EARLIEST: i64 = 48 * 3_600_000_000;
pub(crate) const LATEST: i64 = 300_000_000;

/// The time an act claims, if it is near enough: an older one needs a second person.
pub(crate) fn claimed(ctx: &Ctx, at: Option<i64>) -> Result<i64, Refusal> {
    let at = at.unwrap_or(ctx.now);
    if at < ctx.now - EARLIEST {
        return Err(Refusal::invalid(
            "at",
            "back-dating by more than 48 hours needs a second person",
        ));
    }
    if at > ctx.now + LATEST {
        return Err(Refusal::invalid("at", "a time to come"));
    }
    Ok(at)
}

/// Writes one record: one key slot or its whole's, sealed, looked up, entered, all in one transaction.
pub fn write(ctx: &Ctx, tx: &mut Tx<'_>, new: &New<'_>) -> Result<Written, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(category) = in_force.policy.category(new.category) else {
        return Err(Refusal::invalid("category", "data"));
    };
    let person = subject::load(ctx, tx.link(), new.subject)?;
    let at = claimed(ctx, new.at)?;
    let whole = whole_of(ctx, tx, &person, category, new.whole)?;
    let allowed = collectable(ctx, tx, &person, category, whole.as_ref())?;
    let mut fields = new.fields.clone();
    let masked = screen::mask(category, &mut fields);
    field::check(category, &fields)?;
    let rid = Rid::new(person.number, subject::next_record(tx, person.number)?);
    blob::claim(ctx, tx, category, rid, &fields)?;
    mention::put(ctx, tx, category, rid, new.fields, &mut fields)?;
    let terms = terms::number(ctx, tx, &terms_of(ctx, &person, category, &allowed))?;
    let (slot, own_slot) = match (&category.sealing, &whole) {
        (Sealing::Whole, Some(whole)) => (whole.head()?.slot, false),
        _ => (tx.take_slot()?, true),
    };
    let whole = new.whole.map(|rid| rid.0);
    let schema = schema(ctx);
    let head = Head { rid: rid.0, terms, at, whole, slot, own_slot, job: None, schema };
    let sealed = seal(ctx, tx, category, &head, &fields)?;
    let values = [
        rid.0.into(),
        terms.into(),
        at.into(),
        whole.into(),
        slot.into(),
        own_slot.into(),
        i64::from(schema).into(),
        (&sealed).into(),
    ];
    tx.run(sql::ADD, &values)?;
    if let Some(whole) = whole {
        tx.run(sql::PART_ADD, &[whole.into(), rid.0.into(), (&category.id).into()])?;
    }
    lookup::add(ctx, tx, category, rid.0, &fields)?;
    note(ctx, tx, Act::Write, &person, &category.id, rid)?;
    Ok(Written { rid, masked })
}

/// Changes some fields of a record: given ones are replaced, `null` removes an optional one.
pub fn change(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    changes: &Map<String, Value>,
) -> Result<(), Refusal> {
    replace(ctx, tx, rid, changes, true)
}

/// As [`change`], whatever purposes and features say: a person's values are put right while they are held.
pub(crate) fn correct(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    changes: &Map<String, Value>,
) -> Result<(), Refusal> {
    replace(ctx, tx, rid, changes, false)
}

fn replace(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    changes: &Map<String, Value>,
    collecting: bool,
) -> Result<(), Refusal> {
    let chain = chain::live(ctx, tx.link(), rid)?;
    let person = subject::load(ctx, tx.link(), rid.subject())?;
    let in_force = ctx.ws.policy();
    let class = chain.class()?;
    let category = in_force
        .policy
        .category(&class.category)
        .ok_or_else(|| Refusal::invalid("category", "data"))?;
    if collecting {
        let whole = whole_of(ctx, tx, &person, category, chain.head()?.whole.map(Rid))?;
        collectable(ctx, tx, &person, category, whole.as_ref())?;
    }
    evolve::first(ctx, tx, &chain)?;
    let grant = decision::built_in(crypto::Ground::Maintenance);
    let before = open(ctx, tx.link(), &chain)?.open(&grant);
    let mut fields = before.clone();
    for (name, value) in changes {
        if category.fields.iter().any(|field| field.name == *name && field::is_blob(&field.kind)) {
            let rule = format!("data.{}.fields: a blob is not replaced", category.id);
            return Err(Refusal::invalid(name.clone(), rule));
        }
        match value {
            Value::Null => fields.remove(name),
            value => fields.insert(name.clone(), value.clone()),
        };
    }
    screen::mask(category, &mut fields);
    field::check_changed(category, &before, &fields)?;
    mention::put(ctx, tx, category, rid, changes, &mut fields)?;
    let head = Head { schema: schema(ctx), ..chain.head()?.clone() };
    let sealed = seal(ctx, tx, category, &head, &fields)?;
    let values = [rid.0.into(), (&sealed).into(), i64::from(head.schema).into()];
    if tx.run(sql::CHANGE, &values)? == 0 {
        return Err(Refusal::Gone { rule: "erased".to_owned() });
    }
    lookup::remove(tx, rid.0)?;
    lookup::add(ctx, tx, category, rid.0, &fields)?;
    note(ctx, tx, Act::Change, &person, &category.id, rid)
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    act: Act,
    person: &Subject,
    rule: &str,
    rid: Rid,
) -> Result<(), Refusal> {
    let stream = Stream::Application;
    let records = [rid.0];
    let subject = person.ledger();
    let entry = Entry { act, stream, subject, purpose: "", rule, records: &records };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// The version of the fields' form: the number of the policy in force.
pub(crate) fn schema(ctx: &Ctx) -> u16 {
    u16::try_from(ctx.ws.policy().number).unwrap_or(u16::MAX)
}

pub(crate) fn seal(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    head: &Head,
    fields: &Map<String, Value>,
) -> Result<Vec<u8>, Refusal> {
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(fields)
            .map_err(|_| Refusal::Store(StoreError::Damaged { what: "fields" }))?,
    );
    let key = tx.key(head.slot)?;
    let nonce = crypto::random(tx.rng());
    Ok(crypto::seal(&key, KIND, &place(ctx, &category.id, head), nonce, &plain))
}

fn terms_of(ctx: &Ctx, person: &Subject, category: &Category, allowed: &[Allowed]) -> Terms {
    let announced = ctx.ws.announced().filter(|(_, made)| person.created > *made);
    Terms {
        policy: ctx.ws.policy().number,
        category: category.id.clone(),
        purposes: allowed.iter().map(|one| one.purpose.clone()).collect(),
        basis: allowed.iter().map(|one| one.basis.clone()).collect(),
        source: ctx.actor.role.word().to_owned(),
        late: announced.map_or(0, |(number, _)| number),
    }
}

/// The whole that the policy asks for, of the same subject and of the right category.
fn whole_of(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    category: &Category,
    given: Option<Rid>,
) -> Result<Option<Chain>, Refusal> {
    let rule = || format!("data.{}.part_of", category.id);
    match (&category.part_of, given) {
        (None, None) => Ok(None),
        (Some(part_of), Some(rid)) => {
            if rid.subject() != person.number {
                return Err(Refusal::NotFound);
            }
            let chain = chain::live(ctx, tx.link(), rid)?;
            if chain.class()?.category != *part_of {
                return Err(Refusal::invalid("part_of", rule()));
            }
            Ok(Some(chain))
        }
        _ => Err(Refusal::invalid("part_of", rule())),
    }
}

/// The purposes that a record may be collected for now: at least one, or it may not be collected.
fn collectable(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    category: &Category,
    whole: Option<&Chain>,
) -> Result<Vec<Allowed>, Refusal> {
    closing::is_open(ctx)?;
    if let Some(rule) = &category.closed {
        return Err(Refusal::Denied { reason: "category_closed", rule: rule.clone() });
    }
    if category.groups_of.is_some() {
        let rule = format!("data.{}.groups_of", category.id);
        return Err(Refusal::Denied { reason: "counted_only", rule });
    }
    if category.keep == Keep::Never {
        let rule = format!("data.{}.keep", category.id);
        return Err(Refusal::Denied { reason: "never_stored", rule });
    }
    let mut lineage = Lineage { rids: Vec::new(), categories: vec![category.id.clone()] };
    if let Some(whole) = whole {
        if let Some(rule) = super::closed(tx.link(), whole, ctx)? {
            return Err(Refusal::Denied { reason: "closed", rule });
        }
        let above = whole.lineage();
        lineage.rids.extend(above.rids);
        lineage.categories.extend(above.categories);
    }
    let mut allowed = Vec::new();
    let mut refused = None;
    for purpose in &category.purposes {
        // The backend collects for the company; staff and persons collect within their own purposes.
        match decision::decide(ctx, tx.link(), person, &lineage, purpose)? {
            Ok(yes) => allowed.push(yes),
            Err(denied) => refused = refused.or(Some(denied)),
        }
    }
    if category.purposes.is_empty() && aggregate::may_feed(ctx, tx, person, category, &lineage)? {
        return Ok(allowed);
    }
    if allowed.is_empty() {
        let rule = format!("data.{}.for", category.id);
        return Err(refused.unwrap_or(Denied { reason: "no_purpose", rule }).into());
    }
    Ok(allowed)
}

/// Whether records of a category may be collected about a person now: asked before an upload is stored.
pub(crate) fn may_collect(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    category: &Category,
) -> Result<(), Refusal> {
    collectable(ctx, tx, person, category, None).map(|_| ())
}
