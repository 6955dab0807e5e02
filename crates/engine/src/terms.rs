//! Terms and classes. Terms are what a record was collected under, immutable. A class is what that means
//! today, derived from the terms and the policy in force, so that a changed rule for a million records
//! is one row.

mod sql;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use policy::{Anchor, End, Keep, Period, Unit};
use store::{
    Link, Row, StoreError, Tx,
    value::{all, one},
};

use crate::{ctx::Ctx, ids, refusal::Refusal, setting};

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

/// The ends of a category as the policy and the workspace's settings say them now.
fn current(ctx: &Ctx, category: &str) -> Vec<End> {
    let in_force = ctx.ws.policy();
    match in_force.policy.category(category).map(|category| &category.keep) {
        Some(Keep::Ends(ends)) => ends
            .iter()
            .map(|end| End { period: setting::period(ctx, end), setting: None, ..end.clone() })
            .collect(),
        Some(Keep::Never | Keep::WithWhole | Keep::ForEver) | None => Vec::new(),
    }
}

/// Of the ends that run from one anchor and count in one unit the shortest; units are not compared,
/// because a month is sometimes shorter than 30 days.
fn earliest(ends: impl IntoIterator<Item = End>) -> Vec<End> {
    let mut shortest: BTreeMap<(String, &'static str), End> = BTreeMap::new();
    for end in ends {
        let unit = if end.period.count == 0 { "" } else { unit_word(end.period.unit) };
        let place = shortest.entry((anchor_word(&end.anchor), unit)).or_insert_with(|| end.clone());
        if end.period.count < place.period.count {
            *place = end;
        }
    }
    let at_once: Vec<String> = shortest
        .keys()
        .filter(|(_, unit)| unit.is_empty())
        .map(|(anchor, _)| anchor.clone())
        .collect();
    shortest.retain(|(anchor, unit), _| unit.is_empty() || !at_once.contains(anchor));
    shortest.into_values().collect()
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

fn anchor_word(anchor: &Anchor) -> String {
    match anchor {
        Anchor::Collected => "collected".to_owned(),
        Anchor::Event { category, event } => format!("event {category}.{event}"),
        Anchor::FeatureOff(feature) => format!("off {feature}"),
        Anchor::Disconnected(integration) => format!("disconnected {integration}"),
        Anchor::WorkspaceClosed => "workspace.closed".to_owned(),
    }
}

fn write_ends(ends: &[End]) -> String {
    let line = |end: &End| {
        let Period { count, unit } = end.period;
        format!("{count} {} {}", unit_word(unit), anchor_word(&end.anchor))
    };
    ends.iter().map(line).collect::<Vec<_>>().join("\n")
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
    Some(End { period: Period { count, unit }, setting: None, anchor })
}

/// Reads ends as they stand in terms and classes.
pub(crate) fn read_ends(text: &str) -> Result<Vec<End>, StoreError> {
    text.lines().map(|line| read_end(line).ok_or(StoreError::Damaged { what: "a class" })).collect()
}

/// The number of these terms, made with their class when they are new. Terms whose class has become
/// shorter than what is promised now are not used again: what comes is not bound by what was chosen before.
pub(crate) fn number(ctx: &Ctx, tx: &mut Tx<'_>, terms: &Terms) -> Result<u64, Refusal> {
    if let Some(number) = ctx.ws.known_terms(terms) {
        return Ok(number);
    }
    let ends = earliest(current(ctx, &terms.category));
    let (purposes, basis, own) = (list(&terms.purposes), list(&terms.basis), write_ends(&ends));
    let values = [
        terms.policy.into(),
        (&terms.category).into(),
        (&purposes).into(),
        (&basis).into(),
        (&terms.source).into(),
        (&own).into(),
    ];
    if let Some(number) = tx.one(sql::FIND, &values, |row| row.number(0))? {
        ctx.ws.know_terms(terms, number);
        return Ok(number);
    }
    let id = ids::fresh(tx.rng());
    let [policy, category, purposes_value, basis_value, source, ends_value] = values;
    let values = [id.into(), policy, category, purposes_value, basis_value, source, ends_value];
    tx.run(sql::ADD, &values)?;
    let class = Class { category: terms.category.clone(), purposes: terms.purposes.clone(), ends };
    put_class(tx, id, &class)?;
    ctx.ws.know_class(id, class);
    Ok(id)
}

fn put_class(tx: &mut Tx<'_>, id: u64, class: &Class) -> Result<(), Refusal> {
    let (purposes, ends) = (list(&class.purposes), write_ends(&class.ends));
    let values = [id.into(), (&class.category).into(), (&purposes).into(), (&ends).into()];
    tx.run(sql::PUT_CLASS, &values)?;
    Ok(())
}

/// Derives every class again, after the policy or a setting changed. What was collected keeps the
/// shortest end that it ever had: shortening acts on what is there, lengthening on what comes.
pub(crate) fn recompute(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    let rows = tx.all(sql::ALL, &[], |row| {
        let ends = (read_ends(&row.text(3)?)?, read_ends(&row.text(4)?)?);
        Ok((row.number(0)?, row.text(1)?, words(&row.text(2)?), ends))
    })?;
    let mut classes = HashMap::new();
    for (id, category, mut purposes, (own, before)) in rows {
        let listed = in_force.policy.category(&category).map(|category| &category.purposes);
        purposes.retain(|purpose| listed.is_some_and(|listed| listed.contains(purpose)));
        let ends = earliest(current(ctx, &category).into_iter().chain(own).chain(before));
        let class = Class { category, purposes, ends };
        put_class(tx, id, &class)?;
        classes.insert(id, Arc::new(class));
    }
    ctx.ws.know_classes(classes);
    ctx.ws.changed();
    Ok(())
}

fn class_of(row: Row<'_>, first: usize) -> Result<Class, StoreError> {
    Ok(Class {
        category: row.text(first)?,
        purposes: words(&row.text(first + 1)?),
        ends: read_ends(&row.text(first + 2)?)?,
    })
}

/// What terms mean today.
pub fn class(ctx: &Ctx, link: &mut dyn Link, id: u64) -> Result<Arc<Class>, Refusal> {
    if let Some(class) = ctx.ws.known_class(id) {
        return Ok(class);
    }
    // A class is known before anything of its terms is committed: this is for a damaged memory only.
    let class = one(link, sql::CLASS, &[id.into()], |row| class_of(row, 0))?;
    let class = class.ok_or(Refusal::Store(StoreError::Damaged { what: "a record's class" }))?;
    Ok(Arc::new(class))
}

/// Every class by its terms' number, read when a workspace opens.
pub(crate) fn load(link: &mut dyn Link) -> Result<HashMap<u64, Arc<Class>>, Refusal> {
    let rows =
        all(link, sql::CLASSES, &[], |row| Ok((row.number(0)?, Arc::new(class_of(row, 1)?))))?;
    Ok(rows.into_iter().collect())
}
