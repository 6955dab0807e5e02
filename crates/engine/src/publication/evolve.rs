//! Bringing stored data to a new version, in the background: fields that are collected no more leave the
//! sealed records and take their files along, values of a new type are cast, indexes are built and dropped.
//! Until then reads show what the policy in force knows, so nothing waits for this.

use std::collections::BTreeMap;

use policy::Category;
use store::{Slot, StoreError, Tx, value::one};

use super::sql;
use crate::{
    bar, blob, chain,
    chain::{Chain, Head},
    ctx::Ctx,
    decision,
    entry::{self, Act, Entry, Stream},
    erasure::{self, Cause, Target},
    fact::Fact,
    ids::Rid,
    lookup, mention, record,
    refusal::Refusal,
    terms,
    versions::Path,
};

/// Records walked through in one commit.
const BATCH: u32 = 500;
/// Commits in one turn of the housekeeping.
const TURNS: usize = 40;

/// What a batch did.
struct Batch {
    /// Files to be erased.
    jobs: Vec<u64>,
    /// Keys of indexes that were dropped, when the walk is over.
    keys: Vec<(u64, Slot)>,
    more: bool,
}

/// Goes on with the walk where it stands; done again it changes nothing.
pub(crate) fn go_on(ctx: &Ctx) -> Result<(), Refusal> {
    for _ in 0..TURNS {
        if !step(ctx)? {
            break;
        }
    }
    Ok(())
}

/// Walks once more if a hold kept something the last time.
pub(crate) fn again(ctx: &Ctx) -> Result<(), Refusal> {
    let waits = ctx.ws.read(|link| {
        let state = one(link, sql::STATE, &[], |row| Ok((row.maybe_number(0)?, row.number(1)?)))?;
        Ok(matches!(state, Some((None, held)) if held > 0))
    })?;
    if waits {
        ctx.ws.act(ctx, |tx| Ok(tx.run(sql::AGAIN, &[])?))?;
    }
    Ok(())
}

fn step(ctx: &Ctx) -> Result<bool, Refusal> {
    let upto = ctx.ws.read(|link| Ok(one(link, sql::STATE, &[], |row| row.maybe_number(0))?))?;
    let Some(upto) = upto.flatten() else { return Ok(false) };
    let act = ctx.clone();
    let batch = ctx.ws.act(ctx, move |tx| batch(&act, tx, upto))?;
    for job in &batch.jobs {
        erasure::run(ctx, *job)?;
    }
    if batch.more {
        return Ok(true);
    }
    if !batch.keys.is_empty() {
        let slots: Vec<Slot> = batch.keys.iter().map(|(_, slot)| *slot).collect();
        let fact = Fact::destroyed("look-ups of no more use")?;
        ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, &slots, fact)?;
    }
    ctx.ws.act(ctx, move |tx| {
        lookup::forget(tx, &batch.keys)?;
        let none: Option<u64> = None;
        Ok(tx.run(sql::ADVANCE, &[none.into(), 0_u64.into()])?)
    })?;
    Ok(false)
}

fn batch(ctx: &Ctx, tx: &mut Tx<'_>, upto: u64) -> Result<Batch, Refusal> {
    let mut batch = Batch { jobs: Vec::new(), keys: Vec::new(), more: true };
    let work = is_due(ctx, tx)?;
    let rows = if work {
        tx.all(sql::AFTER, &[upto.into(), BATCH.into()], |row| row.number(0))?
    } else {
        Vec::new()
    };
    let Some(last) = rows.last().copied() else {
        batch.more = false;
        batch.keys = lookup::walked(tx)?;
        return Ok(batch);
    };
    let (mut done, mut held) = (Vec::new(), 0_u64);
    let mut files = Files::new();
    for rid in rows {
        match one_record(ctx, tx, rid, &mut files)? {
            Some(true) => done.push(rid),
            Some(false) => held += 1,
            None => {}
        }
    }
    let thinned = lookup::thin(tx, upto, last)?;
    for (category, files) in files {
        let rule = format!("data.{category}.fields");
        let begun = erasure::begin(ctx, tx, Cause::Sweep, &rule, &Target::Uploads(files))?;
        batch.jobs.extend(begun.job);
    }
    if !done.is_empty() || thinned > 0 {
        ctx.ws.rows_went();
        note(ctx, tx, &done)?;
    }
    tx.run(sql::ADVANCE, &[last.into(), held.into()])?;
    Ok(batch)
}

type Files = BTreeMap<String, Vec<(u64, Slot)>>;

fn note(ctx: &Ctx, tx: &mut Tx<'_>, records: &[u64]) -> Result<(), Refusal> {
    let entry = Entry {
        act: Act::Maintain,
        stream: Stream::Proof,
        subject: None,
        purpose: "brought to the policy in force",
        rule: "data",
        records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whether any record can need it: else nothing is walked through at all.
fn is_due(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<bool, Refusal> {
    if lookup::is_unfinished(tx.link())? {
        return Ok(true);
    }
    let versions = &ctx.ws.policy().versions;
    let rewrites = |stored: &terms::Stored| {
        let path = versions.path(stored.terms.policy, &stored.terms.category);
        path.is_some_and(|path| path.today.is_some() && path.rewrites())
    };
    Ok(terms::stored(tx.link())?.iter().any(rewrites))
}

/// Brings one record to the policy in force: `Some(false)` when a hold keeps it as it is, `None` when there
/// is nothing to do.
fn one_record(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: u64,
    files: &mut Files,
) -> Result<Option<bool>, Refusal> {
    let Some(chain) = chain::load(ctx, tx.link(), rid)? else { return Ok(None) };
    let in_force = ctx.ws.policy();
    let class = chain.class()?;
    // What is on its way out needs no new form.
    if class.ended.is_some() || chain.heads.iter().any(|head| head.job.is_some()) {
        return Ok(None);
    }
    let Some(category) = in_force.policy.category(&class.category) else { return Ok(None) };
    let builds = lookup::is_building(tx.link(), category)?;
    let rewrites = rewrites(ctx, &chain)?;
    if !builds && !rewrites {
        return Ok(None);
    }
    let held = rewrites && is_held(tx, &chain)?;
    let grant = decision::built_in(crypto::Ground::Maintenance);
    let fields = match record::open(ctx, tx.link(), &chain) {
        Ok(fields) => fields.open(&grant),
        Err(Refusal::Gone { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let mut built = false;
    if builds {
        built = lookup::build(ctx, tx, category, rid, &fields)?;
    }
    if rewrites && !held {
        reseal(ctx, tx, &chain, category, &fields, files)?;
    }
    Ok(if held { Some(false) } else { (built || rewrites).then_some(true) })
}

fn rewrites(ctx: &Ctx, chain: &Chain) -> Result<bool, Refusal> {
    let in_force = ctx.ws.policy();
    let schema = u64::from(chain.head()?.schema);
    let (since, category) = &chain.class()?.collected;
    let category = in_force.versions.called(*since, category, schema);
    Ok(in_force.versions.path(schema, category).is_some_and(Path::rewrites))
}

fn is_held(tx: &mut Tx<'_>, chain: &Chain) -> Result<bool, Refusal> {
    let bars = bar::of(tx.link(), Rid(chain.head()?.rid).subject())?;
    Ok(bar::forbids_delete(&bars, &chain.lineage()))
}

fn reseal(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    chain: &Chain,
    category: &Category,
    fields: &serde_json::Map<String, serde_json::Value>,
    files: &mut Files,
) -> Result<(), Refusal> {
    let head = Head { schema: record::schema(ctx), ..chain.head()?.clone() };
    let sealed = record::seal(ctx, tx, category, &head, fields)?;
    let values = [head.rid.into(), (&sealed).into(), i64::from(head.schema).into()];
    if tx.run(sql::RESEAL, &values)? != 1 {
        return Err(Refusal::Store(StoreError::Damaged { what: "a record" }));
    }
    mention::thin(tx, category, head.rid)?;
    for blob in blob::of_record(tx.link(), head.rid)? {
        if blob::today(ctx, &blob).is_none() {
            files.entry(category.id.clone()).or_default().push((blob.number, blob.slot));
        }
    }
    Ok(())
}

/// Brings one record to the policy in force before it is changed: what a change writes is of today.
pub(crate) fn first(ctx: &Ctx, tx: &mut Tx<'_>, chain: &Chain) -> Result<(), Refusal> {
    if !rewrites(ctx, chain)? {
        return Ok(());
    }
    if is_held(tx, chain)? {
        return Err(Refusal::Held { reason: "legal_hold" });
    }
    let rid = chain.head()?.rid;
    let mut files = Files::new();
    one_record(ctx, tx, rid, &mut files)?;
    for (category, files) in files {
        let rule = format!("data.{category}.fields");
        erasure::begin(ctx, tx, Cause::Sweep, &rule, &Target::Uploads(files))?;
    }
    note(ctx, tx, &[rid])
}
