//! Counts of groups, from records that nobody reads. A month is counted once it is over, each field of it once:
//! that is the whole budget, and asking again gives the same numbers. Groups below the policy's size are left
//! out, numbers carry noise (differential privacy, Dwork and Roth 2014), and nobody's key is kept.

mod noise;
mod sql;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use policy::{Category, FieldKind};
use serde_json::Value;
use store::{StoreError, Tx, value::one};

use crate::{
    bar::Lineage,
    chain,
    ctx::{Ctx, Role},
    decision,
    entry::{self, Act, Entry, Stream},
    ids::Rid,
    record,
    refusal::Refusal,
    subject,
};

/// What is to be counted.
#[derive(Debug, Clone)]
pub struct Ask {
    /// The category of counts.
    pub category: String,
    /// The field whose values make the groups, such as `usage.page`.
    pub field: String,
    /// The month, such as `2026-03`.
    pub month: String,
    /// What for.
    pub purpose: String,
}

/// One month of one field, counted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The field whose values make the groups.
    pub field: String,
    /// The month.
    pub month: String,
    /// When it was counted.
    pub made: i64,
    /// The smallest group at that time.
    pub groups_of: u32,
    /// People in each group, with noise.
    pub groups: BTreeMap<String, u64>,
}

/// A person counts in at most so many groups of a release, which bounds what one person can change.
pub const GROUPS_A_PERSON: usize = 3;

/// Counts, or gives what was counted before.
pub fn release(ctx: &Ctx, tx: &mut Tx<'_>, ask: &Ask) -> Result<Release, Refusal> {
    let in_force = ctx.ws.policy();
    let (aggregate, smallest) = aggregate(&in_force.policy, &ask.category)?;
    let (feeding, field) = feeding(&in_force.policy, aggregate, &ask.field)?;
    decision::allowed_at_all(ctx, aggregate, &ask.purpose)?;
    let (from, until) = month(ctx, &ask.month)?;
    if let Some(known) = find(tx, ask)? {
        enter(ctx, tx, ask, &[])?;
        return Ok(known);
    }
    let mut people: BTreeMap<u64, BTreeSet<String>> = BTreeMap::new();
    let mut counted = Vec::new();
    for rid in records(ctx, tx, &feeding.id, from, until)? {
        if let Some(value) = value(ctx, tx, aggregate, rid, field)? {
            people.entry(rid.subject()).or_default().insert(value);
            counted.push(rid.0);
        }
    }
    let mut groups: BTreeMap<String, u64> = BTreeMap::new();
    for values in people.into_values() {
        for value in first_by_hash(values) {
            *groups.entry(value).or_default() += 1;
        }
    }
    let smallest_group = u64::from(smallest);
    groups.retain(|_, count| *count >= smallest_group);
    for count in groups.values_mut() {
        *count = noise::added(tx.rng(), *count);
    }
    // A group that noise took below the line would tell that it was near it.
    groups.retain(|_, count| *count >= smallest_group);
    let release = Release {
        field: ask.field.clone(),
        month: ask.month.clone(),
        made: ctx.now,
        groups_of: smallest,
        groups,
    };
    put(tx, ask, &release)?;
    enter(ctx, tx, ask, &counted)?;
    Ok(release)
}

/// Everything that was counted into a category, oldest month first.
pub fn of(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &str,
    purpose: &str,
) -> Result<Vec<Release>, Refusal> {
    let in_force = ctx.ws.policy();
    let (aggregate, _) = aggregate(&in_force.policy, category)?;
    decision::allowed_at_all(ctx, aggregate, purpose)?;
    let ask = Ask {
        category: category.to_owned(),
        field: String::new(),
        month: String::new(),
        purpose: purpose.to_owned(),
    };
    let rows = tx.all(sql::OF, &[category.into()], row)?;
    enter(ctx, tx, &ask, &[])?;
    rows.into_iter().map(read).collect()
}

fn aggregate<'p>(policy: &'p policy::Policy, id: &str) -> Result<(&'p Category, u32), Refusal> {
    let category = policy.category(id);
    let smallest = category.and_then(|category| Some((category, category.groups_of?)));
    smallest.ok_or_else(|| Refusal::invalid("category", "data.*.groups_of"))
}

/// The category whose records are counted, and the field of it that groups them: one of few values.
fn feeding<'p>(
    policy: &'p policy::Policy,
    aggregate: &Category,
    path: &str,
) -> Result<(&'p Category, &'p str), Refusal> {
    let found = path.split_once('.').and_then(|(id, name)| {
        let category = policy.category(id)?;
        let fed = category.feeds.as_deref() == Some(&aggregate.id);
        let field = category.fields.iter().find(|field| field.name == name)?;
        let grouping =
            matches!(field.kind, FieldKind::Text | FieldKind::Options(_) | FieldKind::YesNo);
        (fed && grouping).then_some((category, field.name.as_str()))
    });
    found.ok_or_else(|| Refusal::invalid("field", "data.*.feeds"))
}

/// The first and the last instant of a month that is over.
fn month(ctx: &Ctx, text: &str) -> Result<(i64, i64), Refusal> {
    let bad = || Refusal::invalid("month", "a month such as 2026-03");
    let form = text.len() == 7 && text.is_ascii();
    let first = format!("{text}-01").parse::<jiff::civil::Date>().ok().filter(|_| form);
    let first = first.ok_or_else(bad)?;
    let next = first.last_of_month().tomorrow().map_err(|_| bad())?;
    let policy = ctx.ws.policy();
    let start = |date: jiff::civil::Date| {
        date.to_zoned(policy.policy.company.zone.clone())
            .map(|zoned| zoned.timestamp().as_microsecond())
            .map_err(|_| bad())
    };
    let (from, until) = (start(first)?, start(next)?);
    if until > ctx.settled {
        return Err(Refusal::Conflict { reason: "the month is not over" });
    }
    Ok((from, until))
}

fn records(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    category: &str,
    from: i64,
    until: i64,
) -> Result<Vec<Rid>, Refusal> {
    let mut found = Vec::new();
    for (id, class) in ctx.ws.classes() {
        if class.category == category {
            let values = [id.into(), from.into(), until.into()];
            found.extend(tx.all(sql::RECORDS, &values, |row| row.number(0))?);
        }
    }
    Ok(found.into_iter().map(Rid).collect())
}

/// The value that groups a record; nothing when it has none, is gone, or its person is not to be counted.
fn value(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    aggregate: &Category,
    rid: Rid,
    field: &str,
) -> Result<Option<String>, Refusal> {
    let chain = match chain::live(ctx, tx.link(), rid) {
        Ok(chain) => chain,
        Err(Refusal::Gone { .. }) => return Ok(None),
        Err(error) => return Err(error),
    };
    let person = match subject::load(ctx, tx.link(), rid.subject()) {
        Ok(person) => person,
        Err(Refusal::Gone { .. } | Refusal::NotFound) => return Ok(None),
        Err(error) => return Err(error),
    };
    let lineage: Lineage = chain.lineage();
    let counted = decision::counted(ctx, tx.link(), &person, &lineage, aggregate)?;
    let Ok(allowed) = counted else { return Ok(None) };
    let fields = record::open(ctx, tx.link(), &chain)?.open(&decision::grant(&allowed));
    Ok(fields.get(field).and_then(|value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(yes) => Some(yes.to_string()),
        _ => None,
    }))
}

/// Some values of one person, chosen by what they are and not by how often or when.
fn first_by_hash(values: BTreeSet<String>) -> Vec<String> {
    let mut values: Vec<String> = values.into_iter().collect();
    values.sort_by_cached_key(|value| crypto::sha256(&[value.as_bytes()]));
    values.truncate(GROUPS_A_PERSON);
    values
}

fn enter(ctx: &Ctx, tx: &mut Tx<'_>, ask: &Ask, records: &[u64]) -> Result<(), Refusal> {
    let rule = format!("data.{}.groups_of", ask.category);
    let entry = Entry {
        act: Act::Count,
        stream: Stream::Application,
        subject: None,
        purpose: &ask.purpose,
        rule: &rule,
        records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

fn put(tx: &mut Tx<'_>, ask: &Ask, release: &Release) -> Result<(), Refusal> {
    let groups: serde_json::Map<String, Value> =
        release.groups.iter().map(|(value, count)| (value.clone(), (*count).into())).collect();
    let groups = Value::Object(groups).to_string();
    let values = [
        (&ask.category).into(),
        (&release.field).into(),
        (&release.month).into(),
        release.made.into(),
        release.groups_of.into(),
        (&groups).into(),
    ];
    tx.run(sql::ADD, &values)?;
    Ok(())
}

fn find(tx: &mut Tx<'_>, ask: &Ask) -> Result<Option<Release>, Refusal> {
    let values = [(&ask.category).into(), (&ask.field).into(), (&ask.month).into()];
    one(tx.link(), sql::FIND, &values, row)?.map(read).transpose()
}

type Stored = (String, String, i64, u32, String);

fn row(row: store::Row<'_>) -> Result<Stored, StoreError> {
    Ok((row.text(0)?, row.text(1)?, row.int(2)?, row.small(3)?, row.text(4)?))
}

fn read((field, month, made, groups_of, groups): Stored) -> Result<Release, Refusal> {
    let groups = serde_json::from_str(&groups)
        .map_err(|_| Refusal::Store(StoreError::Damaged { what: "counts of groups" }))?;
    Ok(Release { field, month, made, groups_of, groups })
}

/// Whether records of a category may be collected about somebody in order to be counted.
pub(crate) fn may_feed(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &subject::Subject,
    category: &Category,
    lineage: &Lineage,
) -> Result<bool, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(target) = category.feeds.as_deref().and_then(|id| in_force.policy.category(id)) else {
        return Ok(false);
    };
    let about = person.people.iter().any(|kind| category.of.contains(kind));
    if !about || ctx.actor.role == Role::Admin {
        return Ok(false);
    }
    match decision::counted(ctx, tx.link(), person, lineage, target)? {
        Ok(_) => Ok(true),
        Err(denied) => Err(denied.into()),
    }
}
