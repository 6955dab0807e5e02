//! What the law has a company keep of somebody who is erased: a copy with the fields that the policy names
//! and no more, under a key of its own, for one purpose, until the category's own end. It names nobody.

mod sql;

use policy::{Anchor, Category};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use store::{Link, Slot, StoreError, Tx, value::all};

use crate::{
    chain::{self, Chain},
    ctx::Ctx,
    decision::{self, Denied},
    entry::{self, Act, Entry, Stream},
    fact::Fact,
    ids::{self, Kind},
    record,
    refusal::Refusal,
    time,
};

/// The kind byte of a sealed copy.
pub(crate) const KIND: u8 = b'S';

/// The version of a copy's form; a policy that would change what copies hold is refused.
const SCHEMA: u16 = 1;

/// What an erasure leaves of one category.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Kept {
    /// The category.
    pub category: String,
    /// The legal duty, and the only purpose that may use it.
    pub purpose: String,
    /// When the last of the copies ends.
    pub until: i64,
    /// How many copies.
    pub copies: u64,
    /// Whether they were lost since: a backup from before the erasure was restored, and cannot open what the
    /// erasure has destroyed.
    #[serde(default)]
    pub lost: bool,
}

impl Kept {
    /// The path of the rule.
    pub fn rule(&self) -> String {
        rule(&self.category)
    }
}

fn rule(category: &str) -> String {
    format!("data.{category}.statutory")
}

/// One copy as a reader gets it.
#[derive(Debug)]
pub struct View {
    /// Its number.
    pub id: u64,
    /// When it ends.
    pub until: i64,
    /// Its values.
    pub fields: record::Fields,
}

/// In T1, before anything is taken: copies what must stay of these records, which belong to one person who
/// is being erased. What has come to its end, or could not be read any more, leaves nothing.
pub(crate) fn leave(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    job: u64,
    rids: impl Iterator<Item = u64>,
) -> Result<Vec<Kept>, Refusal> {
    let in_force = ctx.ws.policy();
    let mut kept: Vec<(Kept, Vec<u64>)> = Vec::new();
    for rid in rids {
        let Some(chain) = chain::load(ctx, tx.link(), rid)? else { continue };
        let Some(category) = in_force.policy.category(&chain.class()?.category) else { continue };
        let Some(duty) = &category.statutory else { continue };
        let until = until(ctx, tx.link(), &chain)?;
        let over = chain.overdue(ctx, tx.link(), ctx.now)?.is_some();
        if over || until <= ctx.now {
            continue;
        }
        let Some(id) = copy(ctx, tx, category, &duty.purpose, &chain, until)? else { continue };
        let known = kept.iter_mut().find(|(kept, _)| kept.category == category.id);
        if let Some((kept, ids)) = known {
            kept.until = kept.until.max(until);
            kept.copies += 1;
            ids.push(id);
        } else {
            let (category, purpose) = (category.id.clone(), duty.purpose.clone());
            kept.push((Kept { category, purpose, until, copies: 1, lost: false }, vec![id]));
        }
    }
    for (kept, ids) in &kept {
        remember(tx, job, kept)?;
        note(ctx, tx, Act::Keep, &kept.purpose, &kept.rule(), ids)?;
    }
    Ok(kept.into_iter().map(|(kept, _)| kept).collect())
}

/// When a copy ends: at the record's own end, with the moment of erasure in the place of an event that has
/// not happened. What switches and connections would end, a legal duty outlives.
fn until(ctx: &Ctx, link: &mut dyn Link, chain: &Chain) -> Result<i64, Refusal> {
    let own = chain.classes.iter().enumerate().find(|(_, class)| !class.ends.is_empty());
    let Some((place, class)) = own else { return Ok(ctx.now) };
    let (mut ends, mut others) = (Vec::new(), Vec::new());
    for end in &class.ends {
        let at = chain.anchor(ctx, link, place, &end.anchor)?;
        let certain = matches!(end.anchor, Anchor::Collected | Anchor::Event { .. });
        let from = time::timestamp(at.unwrap_or(ctx.now));
        let zone = &ctx.ws.policy().policy.company.zone;
        let due = end.period.due(from, zone).as_microsecond();
        if certain { ends.push(due) } else { others.push(due) }
    }
    Ok(ends.into_iter().min().or(others.into_iter().min()).unwrap_or(ctx.now))
}

/// Seals one copy; `None` when the record has none of the fields.
fn copy(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &Category,
    purpose: &str,
    chain: &Chain,
    until: i64,
) -> Result<Option<u64>, Refusal> {
    let Some(duty) = &category.statutory else { return Ok(None) };
    let grant = decision::built_in(crypto::Ground::Maintenance);
    let mut fields = record::open(ctx, tx.link(), chain)?.open(&grant);
    fields.retain(|name, _| duty.fields.contains(name));
    if fields.is_empty() {
        return Ok(None);
    }
    let plain = zeroize::Zeroizing::new(
        serde_json::to_vec(&fields)
            .map_err(|_| Refusal::Store(StoreError::Damaged { what: "fields" }))?,
    );
    let (id, slot) = (ids::fresh(tx.rng()), tx.take_slot()?);
    let nonce = crypto::random(tx.rng());
    let sealed =
        crypto::seal(&tx.key(slot)?, KIND, &place(ctx, &category.id, id, slot), nonce, &plain);
    let values = [
        id.into(),
        (&category.id).into(),
        purpose.into(),
        until.into(),
        slot.into(),
        (&sealed).into(),
    ];
    tx.run(sql::ADD, &values)?;
    Ok(Some(id))
}

/// The place that binds a copy: no person, and no record of one.
pub(crate) fn place<'a>(ctx: &Ctx, category: &'a str, id: u64, slot: Slot) -> crypto::Place<'a> {
    crypto::Place {
        workspace: ctx.ws.number(),
        subject: 0,
        category,
        record: id,
        schema: SCHEMA,
        slot,
    }
}

fn remember(tx: &mut Tx<'_>, job: u64, kept: &Kept) -> Result<(), Refusal> {
    let values = [
        job.into(),
        (&kept.category).into(),
        (&kept.purpose).into(),
        kept.until.into(),
        kept.copies.into(),
        kept.lost.into(),
    ];
    tx.run(sql::JOB_ADD, &values)?;
    Ok(())
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    act: Act,
    purpose: &str,
    rule: &str,
    records: &[u64],
) -> Result<(), Refusal> {
    let entry = Entry { act, stream: Stream::Proof, subject: None, purpose, rule, records };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// A replayed erasure that this database has never heard of: its copies were made in data that the backup
/// does not have, and the keys that could make them again are destroyed. It says so.
pub(crate) fn replay(ctx: &Ctx, tx: &mut Tx<'_>, job: u64, all: &[Kept]) -> Result<(), Refusal> {
    for kept in all {
        remember(tx, job, &Kept { lost: true, ..kept.clone() })?;
        note(ctx, tx, Act::Recover, "copies not in the backup", &kept.rule(), &[])?;
    }
    Ok(())
}

/// What an erasure left.
pub fn of_job(link: &mut dyn Link, job: u64) -> Result<Vec<Kept>, Refusal> {
    Ok(all(link, sql::OF_JOB, &[job.into()], |row| {
        Ok(Kept {
            category: row.text(0)?,
            purpose: row.text(1)?,
            until: row.int(2)?,
            copies: row.number(3)?,
            lost: row.flag(4)?,
        })
    })?)
}

/// A page of copies and whether there are more.
pub type Page = (Vec<View>, bool);

/// Reads the copies of a category for the duty that keeps them, in the writer's own transaction. A refusal
/// is an answer too, and entered as well.
pub fn list(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &str,
    purpose: &str,
    after: Option<u64>,
    limit: usize,
) -> Result<Result<Page, Refusal>, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(declared) = in_force.policy.category(category) else {
        return Err(Refusal::invalid("category", "data"));
    };
    let page = match decision::by_duty(ctx, declared, purpose) {
        Ok(()) => Ok(open_page(ctx, tx.link(), category, purpose, after, limit)?),
        Err(denied) => Err(denied),
    };
    let ids: Vec<u64> =
        page.as_ref().map_or_else(|_| Vec::new(), |(views, _)| ids_of(views.as_slice()));
    let refused = page.as_ref().err().map(|denied: &Denied| denied.reason);
    let entry = Entry {
        act: if refused.is_some() { Act::Refuse } else { Act::Read },
        stream: Stream::Application,
        subject: None,
        purpose,
        rule: refused.unwrap_or("statutory"),
        records: &ids,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(page.map_err(Refusal::from))
}

fn ids_of(views: &[View]) -> Vec<u64> {
    views.iter().map(|view| view.id).collect()
}

fn open_page(
    ctx: &Ctx,
    link: &mut dyn Link,
    category: &str,
    purpose: &str,
    after: Option<u64>,
    limit: usize,
) -> Result<Page, Refusal> {
    let limit = limit.min(record::MOST);
    let more = u32::try_from(limit + 1).unwrap_or(u32::MAX);
    let values =
        [category.into(), purpose.into(), ctx.now.into(), after.unwrap_or(0).into(), more.into()];
    let rows = all(link, sql::LIST, &values, |row| {
        Ok((row.number(0)?, row.int(1)?, row.small(2)?, row.bytes(3)?))
    })?;
    let more = rows.len() > limit;
    let mut views = Vec::new();
    for (id, until, slot, sealed) in rows.into_iter().take(limit) {
        let key = match ctx.ws.key(slot) {
            Ok(key) => key,
            Err(StoreError::KeyDestroyed) => continue,
            Err(error) => return Err(error.into()),
        };
        let plain = crypto::open(&key, KIND, &place(ctx, category, id, slot), &sealed)?;
        let fields: Map<String, Value> = serde_json::from_slice(&plain)
            .map_err(|_| Refusal::Store(StoreError::Damaged { what: "a copy's fields" }))?;
        views.push(View { id, until, fields: record::Fields::new(fields) });
    }
    Ok((views, more))
}

/// The values of a copy that was read, for the one it was read for.
pub fn seen(view: View) -> Map<String, Value> {
    view.fields.open(&decision::built_in(crypto::Ground::Purpose))
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Copy, shown).ok_or(Refusal::NotFound)
}

/// Ends the copies whose time has come: their keys first, then their rows, so that a crash between does it
/// again. Answers how many.
pub(crate) fn sweep(ctx: &Ctx) -> Result<usize, Refusal> {
    let settled = ctx.settled;
    let due = ctx.ws.read(|link| {
        Ok(all(link, sql::DUE, &[settled.into()], |row| {
            Ok((row.number(0)?, row.text(1)?, row.text(2)?, row.small(3)?))
        })?)
    })?;
    if due.is_empty() {
        return Ok(0);
    }
    let slots: Vec<Slot> = due.iter().map(|(.., slot)| *slot).collect();
    let fact = Fact::destroyed("data.*.statutory")?;
    ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, &slots, fact)?;
    let act = ctx.clone();
    let count = due.len();
    ctx.ws.act(ctx, move |tx| {
        let mut rest = due.as_slice();
        while let Some((_, category, purpose, _)) = rest.first() {
            let same =
                rest.iter().take_while(|(_, other, for_, _)| (other, for_) == (category, purpose));
            let (now, later) = rest.split_at(same.count());
            let ids: Vec<u64> = now.iter().map(|(id, ..)| *id).collect();
            for id in &ids {
                tx.run(sql::END, &[(*id).into()])?;
            }
            note(&act, tx, Act::Erase, purpose, &rule(category), &ids)?;
            rest = later;
        }
        Ok(())
    })?;
    ctx.ws.rows_went();
    Ok(count)
}
