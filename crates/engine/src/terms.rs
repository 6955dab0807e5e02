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

use crate::{ctx::Ctx, ids, refusal::Refusal, setting, workspace::InForce};

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
    /// The rule that ended all of it, when its category was removed.
    pub ended: Option<String>,
    /// The policy, by number, and the category under which it was collected.
    pub collected: (u64, String),
}

/// Terms as stored, with the class that was derived from them last.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: u64,
    pub(crate) terms: Terms,
    /// The ends at collection.
    own: Vec<End>,
    pub(crate) class: Class,
}

fn list(words: &[String]) -> String {
    words.join(" ")
}

fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// The ends of a category as a policy and the workspace's settings say them now.
fn current(ctx: &Ctx, in_force: &InForce, category: &str) -> Vec<End> {
    match in_force.policy.category(category).map(|category| &category.keep) {
        Some(Keep::Ends(ends)) => ends
            .iter()
            .map(|end| End {
                period: setting::period(ctx, &in_force.policy, end),
                setting: None,
                ..end.clone()
            })
            .collect(),
        Some(Keep::Never | Keep::WithWhole | Keep::ForEver) | None => Vec::new(),
    }
}

/// Of the ends that run from one anchor and count in one unit the shortest; days and months are not
/// compared, because a month is sometimes shorter than 30 days.
fn earliest(ends: impl IntoIterator<Item = End>) -> Vec<End> {
    let mut shortest: BTreeMap<(String, &'static str), End> = BTreeMap::new();
    for end in ends {
        let key = (anchor_word(&end.anchor), scale(end.period).0);
        let place = shortest.entry(key).or_insert_with(|| end.clone());
        if scale(end.period).1 < scale(place.period).1 {
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

/// A period in the smallest unit that it can be compared in.
fn scale(period: Period) -> (&'static str, u64) {
    let count = u64::from(period.count);
    match period.unit {
        _ if count == 0 => ("", 0),
        Unit::Hour => ("minute", count * 60),
        Unit::Year => ("month", count * 12),
        unit => (unit_word(unit), count),
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
    let ends = promised(ctx, &ctx.ws.policy(), &terms.category);
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
    let class = Class {
        category: terms.category.clone(),
        purposes: purposes_today(&ctx.ws.policy(), &terms.category, terms),
        ends,
        ended: None,
        collected: (terms.policy, terms.category.clone()),
    };
    put_class(tx, id, &class)?;
    ctx.ws.know_class(id, class);
    Ok(id)
}

fn put_class(tx: &mut Tx<'_>, id: u64, class: &Class) -> Result<(), Refusal> {
    let (purposes, ends) = (list(&class.purposes), write_ends(&class.ends));
    let values = [
        id.into(),
        (&class.category).into(),
        (&purposes).into(),
        (&ends).into(),
        class.ended.as_deref().into(),
    ];
    tx.run(sql::PUT_CLASS, &values)?;
    Ok(())
}

/// Derives every class again, after the policy or a setting changed. What was collected keeps the
/// shortest end that it ever had: shortening acts on what is there, lengthening on what comes.
pub(crate) fn recompute(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    recompute_after(ctx, tx, ctx.ws.policy().number)
}

/// As [`recompute`], of classes that speak in the names of an earlier version.
pub(crate) fn recompute_after(ctx: &Ctx, tx: &mut Tx<'_>, named: u64) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    let mut classes = HashMap::new();
    for stored in stored(tx.link())? {
        let class = derive(ctx, &in_force, &stored, named);
        put_class(tx, stored.id, &class)?;
        classes.insert(stored.id, Arc::new(class));
    }
    ctx.ws.know_classes(classes);
    ctx.ws.changed();
    Ok(())
}

/// All terms with their classes.
pub(crate) fn stored(link: &mut dyn Link) -> Result<Vec<Stored>, StoreError> {
    all(link, sql::ALL, &[], |row| {
        let terms = Terms {
            policy: row.number(5)?,
            category: row.text(6)?,
            purposes: words(&row.text(7)?),
            basis: words(&row.text(8)?),
            source: row.text(9)?,
        };
        let own = read_ends(&row.text(10)?)?;
        Ok(Stored { id: row.number(0)?, terms, own, class: class_of(row, 1)? })
    })
}

/// What terms mean under a policy; `named` is the version in whose names the class stands.
pub(crate) fn derive(ctx: &Ctx, in_force: &InForce, stored: &Stored, named: u64) -> Class {
    let terms = &stored.terms;
    let path = in_force.versions.path(terms.policy, &terms.category);
    let today = path.and_then(|path| path.today.as_deref());
    let last = path.map_or(stored.class.category.as_str(), |path| path.last.as_str());
    let own = stored.own.iter().map(|end| called(end, terms.policy, in_force));
    let before = renamed(&stored.class, named, in_force);
    let current = today.map(|today| current(ctx, in_force, today)).unwrap_or_default();
    Class {
        category: last.to_owned(),
        purposes: today.map(|today| purposes_today(in_force, today, terms)).unwrap_or_default(),
        ends: earliest(current.into_iter().chain(own).chain(before)),
        ended: today.is_none().then(|| format!("data.{last} removed")),
        collected: stored.class.collected.clone(),
    }
}

/// An end in the names of a policy.
fn called(end: &End, since: u64, in_force: &InForce) -> End {
    let mut end = end.clone();
    if let Anchor::Event { category, .. } = &mut end.anchor {
        *category = in_force.versions.called(since, category, in_force.number).to_owned();
    }
    end
}

/// The ends of a class of one version in the names of a later one.
pub(crate) fn renamed(class: &Class, named: u64, in_force: &InForce) -> Vec<End> {
    earliest(class.ends.iter().map(|end| called(end, named, in_force)))
}

/// The ends that a policy promises for what is collected now.
pub(crate) fn promised(ctx: &Ctx, in_force: &InForce, category: &str) -> Vec<End> {
    earliest(current(ctx, in_force, category))
}

/// The purposes that what was collected may serve today: those of then that are still said, unless they
/// rested on a consent and do not any more; and those that a consent of today can allow.
fn purposes_today(in_force: &InForce, category: &str, terms: &Terms) -> Vec<String> {
    let Some(category) = in_force.policy.category(category) else { return Vec::new() };
    let asks = |id: &str| {
        in_force.policy.purpose(id).is_some_and(|purpose| purpose.needs_consent(category))
    };
    let asked = |id: &String| {
        let basis = terms.purposes.iter().position(|own| own == id);
        let basis = basis.and_then(|place| terms.basis.get(place));
        basis.is_some_and(|basis| basis == "consent" || basis == "explicit_consent")
    };
    let allowed = |id: &&String| asks(id) || (terms.purposes.contains(id) && !asked(id));
    category.purposes.iter().filter(allowed).cloned().collect()
}

fn class_of(row: Row<'_>, first: usize) -> Result<Class, StoreError> {
    Ok(Class {
        category: row.text(first)?,
        purposes: words(&row.text(first + 1)?),
        ends: read_ends(&row.text(first + 2)?)?,
        ended: row.maybe_text(first + 3)?,
        collected: (row.number(first + 4)?, row.text(first + 5)?),
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
