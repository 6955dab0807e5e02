//! Terms and classes. Terms are what a record was collected under, immutable. A class is what that means
//! today, derived from the terms and the policy in force, so that a changed rule for a million records
//! is one row.

mod sql;

use policy::{Anchor, Category, End, Keep, Period, Unit};
use store::{Link, StoreError, Tx, value::one};

use crate::{ctx::Ctx, ids, refusal::Refusal};

/// What a record was collected under.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Terms {
    /// The number of the policy.
    pub policy: u64,
    /// The category.
    pub category: String,
    /// The purposes it was collected for.
    pub purposes: Vec<String>,
    /// The lawful bases of these purposes, in the same order.
    pub basis: Vec<String>,
    /// Who gave it: the role that wrote it.
    pub source: String,
}

/// What terms mean today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The category.
    pub category: String,
    /// The purposes that are still allowed.
    pub purposes: Vec<String>,
    /// When it ends; empty: with its whole.
    pub ends: Vec<End>,
}

fn list(words: &[String]) -> String {
    words.join(" ")
}

fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// The ends of a category as the policy says them.
pub fn ends(category: &Category) -> &[End] {
    match &category.keep {
        Keep::Ends(ends) => ends,
        Keep::Never | Keep::WithWhole | Keep::ForEver => &[],
    }
}

fn unit_word(unit: Unit) -> &'static str {
    match unit {
        Unit::Minute => "minute",
        Unit::Hour => "hour",
        Unit::Day => "day",
        Unit::BusinessDay => "business-day",
        Unit::Month => "month",
        Unit::Year => "year",
    }
}

fn write_ends(ends: &[End]) -> String {
    let mut lines = Vec::new();
    for end in ends {
        let anchor = match &end.anchor {
            Anchor::Collected => "collected".to_owned(),
            Anchor::Event { category, event } => format!("event {category}.{event}"),
            Anchor::FeatureOff(feature) => format!("off {feature}"),
            Anchor::Disconnected(integration) => format!("disconnected {integration}"),
            Anchor::WorkspaceClosed => "workspace.closed".to_owned(),
        };
        lines.push(format!("{} {} {anchor}", end.period.count, unit_word(end.period.unit)));
    }
    lines.join("\n")
}

fn read_end(line: &str) -> Option<End> {
    let mut words = line.split(' ');
    let count = words.next()?.parse().ok()?;
    let unit = match words.next()? {
        "minute" => Unit::Minute,
        "hour" => Unit::Hour,
        "day" => Unit::Day,
        "business-day" => Unit::BusinessDay,
        "month" => Unit::Month,
        "year" => Unit::Year,
        _ => return None,
    };
    let anchor = match (words.next()?, words.next()) {
        ("collected", None) => Anchor::Collected,
        ("event", Some(name)) => {
            let (category, event) = name.split_once('.')?;
            Anchor::Event { category: category.to_owned(), event: event.to_owned() }
        }
        ("off", Some(name)) => Anchor::FeatureOff(name.to_owned()),
        ("disconnected", Some(name)) => Anchor::Disconnected(name.to_owned()),
        ("workspace.closed", None) => Anchor::WorkspaceClosed,
        _ => return None,
    };
    Some(End { period: Period { count, unit }, anchor })
}

fn read_ends(text: &str) -> Result<Vec<End>, StoreError> {
    text.lines().map(|line| read_end(line).ok_or(StoreError::Damaged { what: "a class" })).collect()
}

/// The number of these terms, made with their class when they are new.
pub(crate) fn number(ctx: &Ctx, tx: &mut Tx<'_>, terms: &Terms) -> Result<u64, Refusal> {
    if let Some(number) = ctx.ws.known_terms(terms) {
        return Ok(number);
    }
    let (purposes, basis) = (list(&terms.purposes), list(&terms.basis));
    let values = [
        terms.policy.into(),
        (&terms.category).into(),
        (&purposes).into(),
        (&basis).into(),
        (&terms.source).into(),
    ];
    if let Some(number) = tx.one(sql::FIND, &values, |row| row.number(0))? {
        ctx.ws.know_terms(terms, number);
        return Ok(number);
    }
    let id = ids::fresh(tx.rng());
    let [policy, category, purposes_value, basis_value, source] = values;
    tx.run(sql::ADD, &[id.into(), policy, category, purposes_value, basis_value, source])?;
    put_class(ctx, tx, id, &terms.category, &purposes)?;
    Ok(id)
}

fn put_class(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: u64,
    category: &str,
    purposes: &str,
) -> Result<(), Refusal> {
    let policy = ctx.ws.policy();
    let ends = policy.policy.category(category).map(ends).unwrap_or_default();
    let ends = write_ends(ends);
    tx.run(sql::PUT_CLASS, &[id.into(), category.into(), purposes.into(), (&ends).into()])?;
    Ok(())
}

/// What terms mean today.
pub fn class(ctx: &Ctx, link: &mut dyn Link, id: u64) -> Result<std::sync::Arc<Class>, Refusal> {
    if let Some(class) = ctx.ws.known_class(id) {
        return Ok(class);
    }
    let class = one(link, sql::CLASS, &[id.into()], |row| {
        Ok(Class {
            category: row.text(0)?,
            purposes: words(&row.text(1)?),
            ends: read_ends(&row.text(2)?)?,
        })
    })?;
    let class = class.ok_or(Refusal::Store(StoreError::Damaged { what: "a record's class" }))?;
    Ok(ctx.ws.know_class(id, class))
}

/// Every class in use, with its terms' number.
pub(crate) fn classes(
    ctx: &Ctx,
    link: &mut dyn Link,
) -> Result<Vec<(u64, std::sync::Arc<Class>)>, Refusal> {
    let ids = store::value::all(link, sql::CLASSES, &[], |row| row.number(0))?;
    ids.into_iter().map(|id| Ok((id, class(ctx, link, id)?))).collect()
}
