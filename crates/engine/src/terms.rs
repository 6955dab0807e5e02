//! Terms and classes. Terms are what a record was collected under, immutable. A class is what that means
//! today, derived from the terms and the policy in force, so that a changed rule for a million records
//! is one row.

mod sql;

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use policy::{Anchor, Basis, End, Keep, Period, Policy, Unit};
use store::{
    Link, Row, StoreError, Tx,
    value::{all, one},
};

use crate::{ctx::Ctx, ids, refusal::Refusal, setting, time, workspace::InForce};

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
    /// The version that was announced before the person came, so that their notice of it was shorter; 0: none.
    pub late: u64,
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
    /// What is anchored before these times is over, however much longer its period became since.
    pub floors: Vec<(Anchor, i64)>,
    /// The rule that ended all of it, when its category was removed.
    pub ended: Option<String>,
    /// The policy, by number, and the category under which it was collected.
    pub collected: (u64, String),
}

impl Class {
    /// What was anchored before this time is over by one of the ends at `now`.
    pub(crate) fn cutoff(&self, ctx: &Ctx, end: &End, now: i64) -> i64 {
        let floors = self.floors.iter().filter(|(anchor, _)| *anchor == end.anchor);
        let floor = floors.map(|(_, floor)| *floor).max().unwrap_or(i64::MIN);
        ctx.ws.cutoff(end.period, now).max(floor)
    }
}

/// Why what was collected is not kept as long as a later version promises.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kept {
    /// People were not told in full time before.
    NoNotice,
    /// It rests on a basis that covers the time of then only.
    Basis,
    /// The length is what a workspace chooses: that acts on what comes.
    Setting,
    /// The two are not the same rule with another number.
    Apart,
}

impl Kept {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            Kept::NoNotice => "no_notice",
            Kept::Basis => "basis",
            Kept::Setting => "setting",
            Kept::Apart => "not_comparable",
        }
    }
}

/// Terms as stored, with the class that was derived from them last.
#[derive(Debug, Clone)]
pub(crate) struct Stored {
    pub(crate) id: u64,
    pub(crate) terms: Terms,
    pub(crate) class: Class,
}

fn list(words: &[String]) -> String {
    words.join(" ")
}

fn words(list: &str) -> Vec<String> {
    list.split_whitespace().map(str::to_owned).collect()
}

/// The ends of a category as a policy and the workspace's settings say them now.
fn current(ctx: &Ctx, policy: &Policy, category: &str) -> Vec<End> {
    match policy.category(category).map(|category| &category.keep) {
        Some(Keep::Ends(ends)) => ends
            .iter()
            .map(|end| End { period: setting::period(ctx, policy, end), ..end.clone() })
            .collect(),
        Some(Keep::Never | Keep::WithWhole | Keep::ForEver) | None => Vec::new(),
    }
}

/// Of the ends that run from one anchor and count in one unit the shortest; days and months are not
/// compared, because a month is sometimes shorter than 30 days.
fn earliest(ends: impl IntoIterator<Item = End>) -> Vec<End> {
    let mut shortest: BTreeMap<(String, &'static str), End> = BTreeMap::new();
    for end in ends.into_iter().map(|end| End { setting: None, ..end }) {
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

fn read_anchor(words: &str) -> Option<Anchor> {
    Some(match words.split_once(' ') {
        None if words == "collected" => Anchor::Collected,
        None if words == "workspace.closed" => Anchor::WorkspaceClosed,
        Some(("event", name)) => {
            let (category, event) = name.split_once('.')?;
            Anchor::Event { category: category.to_owned(), event: event.to_owned() }
        }
        Some(("off", name)) => Anchor::FeatureOff(name.to_owned()),
        Some(("disconnected", name)) => Anchor::Disconnected(name.to_owned()),
        _ => return None,
    })
}

fn write_floors(floors: &[(Anchor, i64)]) -> String {
    let line = |(anchor, floor): &(Anchor, i64)| format!("{floor} {}", anchor_word(anchor));
    floors.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn read_floors(text: &str) -> Result<Vec<(Anchor, i64)>, StoreError> {
    let read = |line: &str| {
        let (floor, anchor) = line.split_once(' ')?;
        Some((read_anchor(anchor)?, floor.parse().ok()?))
    };
    text.lines().map(|line| read(line).ok_or(StoreError::Damaged { what: "a class" })).collect()
}

fn write_ends(ends: &[End]) -> String {
    let line = |end: &End| {
        let Period { count, unit } = end.period;
        format!("{count} {} {}", unit_word(unit), anchor_word(&end.anchor))
    };
    ends.iter().map(line).collect::<Vec<_>>().join("\n")
}

fn read_end(line: &str) -> Option<End> {
    let mut words = line.splitn(3, ' ');
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
    let anchor = read_anchor(words.next()?)?;
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
    let ends = promised(ctx, &ctx.ws.policy().policy, &terms.category);
    let (purposes, basis, own) = (list(&terms.purposes), list(&terms.basis), write_ends(&ends));
    let values = [
        terms.policy.into(),
        (&terms.category).into(),
        (&purposes).into(),
        (&basis).into(),
        (&terms.source).into(),
        (&own).into(),
        terms.late.into(),
    ];
    if let Some(number) = tx.one(sql::FIND, &values, |row| row.number(0))? {
        ctx.ws.know_terms(terms, number);
        return Ok(number);
    }
    let id = ids::fresh(tx.rng());
    let [policy, category, purposes_value, basis_value, source, ends_value, late] = values;
    let values =
        [id.into(), policy, category, purposes_value, basis_value, source, ends_value, late];
    tx.run(sql::ADD, &values)?;
    let class = Class {
        category: terms.category.clone(),
        purposes: purposes_today(&ctx.ws.policy(), &terms.category, terms),
        ends,
        floors: Vec::new(),
        ended: None,
        collected: (terms.policy, terms.category.clone()),
    };
    put_class(tx, id, &class)?;
    ctx.ws.know_class(id, class);
    Ok(id)
}

fn put_class(tx: &mut Tx<'_>, id: u64, class: &Class) -> Result<(), Refusal> {
    let (purposes, ends) = (list(&class.purposes), write_ends(&class.ends));
    let floors = write_floors(&class.floors);
    let values = [
        id.into(),
        (&class.category).into(),
        (&purposes).into(),
        (&ends).into(),
        class.ended.as_deref().into(),
        (&floors).into(),
    ];
    tx.run(sql::PUT_CLASS, &values)?;
    Ok(())
}

/// Derives every class again, after the policy or a setting changed. What was collected keeps the
/// shortest end that it ever had, with the one exception that [`longer`] decides: shortening acts on what
/// is there, lengthening on what comes.
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
            policy: row.number(6)?,
            category: row.text(7)?,
            purposes: words(&row.text(8)?),
            basis: words(&row.text(9)?),
            source: row.text(10)?,
            late: row.number(11)?,
        };
        Ok(Stored { id: row.number(0)?, terms, class: class_of(row, 1)? })
    })
}

/// What terms mean under a policy; `named` is the version in whose names the class stands.
pub(crate) fn derive(ctx: &Ctx, in_force: &InForce, stored: &Stored, named: u64) -> Class {
    let terms = &stored.terms;
    let path = in_force.versions.path(terms.policy, &terms.category);
    let today = path.and_then(|path| path.today.as_deref());
    let last = path.map_or(stored.class.category.as_str(), |path| path.last.as_str());
    let before = renamed(&stored.class, named, in_force);
    let current = today.map(|today| current(ctx, &in_force.policy, today)).unwrap_or_default();
    let mut floors: Vec<(Anchor, i64)> = stored.class.floors.clone();
    for (anchor, _) in &mut floors {
        *anchor = anchor_called(anchor, named, in_force);
    }
    let mut ends = Vec::new();
    for end in before {
        match today.map(|today| longer(ctx, in_force, stored, named, today, &end)) {
            Some(Longer::To(period)) => {
                floors.push((end.anchor.clone(), floor(in_force, named, &end)));
                ends.push(End { period, ..end });
            }
            _ => ends.push(end),
        }
    }
    Class {
        category: last.to_owned(),
        purposes: today.map(|today| purposes_today(in_force, today, terms)).unwrap_or_default(),
        ends: earliest(ends.into_iter().chain(current)),
        floors,
        ended: today.is_none().then(|| format!("data.{last} removed")),
        collected: stored.class.collected.clone(),
    }
}

/// What a later version does to one end of what was collected before.
enum Longer {
    /// It becomes this long.
    To(Period),
    /// The version promises longer, and this keeps the end where it was.
    Refused(Kept),
    /// The version promises no longer.
    No,
}

/// Whether an end of what was collected becomes longer with a version: when the version says the same rule
/// with a longer period, people were told in full time, and no basis is one that covered the old time only.
/// Where that cannot be decided it stays as it was.
fn longer(
    ctx: &Ctx,
    in_force: &InForce,
    stored: &Stored,
    named: u64,
    today: &str,
    end: &End,
) -> Longer {
    let versions = &in_force.versions;
    let Some(old) = versions.policy(named).filter(|_| named < in_force.number) else {
        return Longer::No;
    };
    let same = |one: &&End| one.anchor == end.anchor;
    let ends = current(ctx, &in_force.policy, today);
    let mut said = ends.iter().filter(same);
    let (Some(said), None) = (said.next(), said.next()) else {
        return Longer::Refused(Kept::Apart);
    };
    let (scale_now, scale_then) = (scale(said.period), scale(end.period));
    if scale_now.0 == scale_then.0 && scale_now.1 <= scale_then.1 {
        return Longer::No;
    }
    let promised = current(ctx, old, &stored.class.category);
    let promised = promised.iter().map(|end| called(end, named, in_force));
    let before: Vec<End> = promised.filter(|one| one.anchor == end.anchor).collect();
    if before.iter().any(|one| one.period == said.period) {
        // What it was shortened by is no change of this version.
        return Longer::No;
    }
    let [before] = before.as_slice() else { return Longer::Refused(Kept::Apart) };
    if said.setting.is_some() || before.setting.is_some() {
        return Longer::Refused(Kept::Setting);
    }
    if scale_now.0 != scale_then.0 || before.period != end.period {
        return Longer::Refused(Kept::Apart);
    }
    if !versions.noticed(in_force.number) || stored.terms.late == in_force.number {
        return Longer::Refused(Kept::NoNotice);
    }
    if !outlives(in_force, today, &stored.terms) {
        return Longer::Refused(Kept::Basis);
    }
    Longer::To(said.period)
}

/// Whether every basis of what was collected allows it to be kept longer than was said then. A consent
/// covered the time that was shown with it, and an instruction is another's to change.
fn outlives(in_force: &InForce, category: &str, terms: &Terms) -> bool {
    let allows = |basis: &String| {
        let known = Basis::from_word(basis);
        matches!(known, Some(Basis::Contract | Basis::LegalDuty | Basis::LegitimateInterest))
    };
    let asks = |category: &policy::Category| {
        let purpose = |id: &String| in_force.policy.purpose(id);
        category.purposes.iter().filter_map(purpose).any(|one| one.needs_consent(category))
    };
    let category = in_force.policy.category(category);
    !terms.basis.is_empty()
        && terms.basis.iter().all(allows)
        && category.is_some_and(|category| !asks(category))
}

/// What was over by an end when a version came into force stays over.
fn floor(in_force: &InForce, named: u64, end: &End) -> i64 {
    let at = time::timestamp(in_force.versions.at(in_force.number).unwrap_or(i64::MAX));
    let zone = in_force.versions.policy(named).unwrap_or(&in_force.policy);
    end.period.cutoff(at, &zone.company.zone).as_microsecond()
}

/// Why terms are kept shorter than a version promises for their category, if they are.
pub(crate) fn kept_back(
    ctx: &Ctx,
    in_force: &InForce,
    stored: &Stored,
    named: u64,
) -> Option<Kept> {
    let path = in_force.versions.path(stored.terms.policy, &stored.terms.category)?;
    let today = path.today.as_deref()?;
    let before = renamed(&stored.class, named, in_force);
    let refused =
        before.iter().filter_map(|end| match longer(ctx, in_force, stored, named, today, end) {
            Longer::Refused(why) => Some(why),
            Longer::To(_) | Longer::No => None,
        });
    refused.max()
}

/// An end in the names of a policy.
fn called(end: &End, since: u64, in_force: &InForce) -> End {
    End { anchor: anchor_called(&end.anchor, since, in_force), ..end.clone() }
}

fn anchor_called(anchor: &Anchor, since: u64, in_force: &InForce) -> Anchor {
    let mut anchor = anchor.clone();
    if let Anchor::Event { category, .. } = &mut anchor {
        *category = in_force.versions.called(since, category, in_force.number).to_owned();
    }
    anchor
}

/// The ends of a class of one version in the names of a later one.
pub(crate) fn renamed(class: &Class, named: u64, in_force: &InForce) -> Vec<End> {
    earliest(class.ends.iter().map(|end| called(end, named, in_force)))
}

/// The ends that a policy promises for what is collected now.
fn promised(ctx: &Ctx, policy: &Policy, category: &str) -> Vec<End> {
    earliest(current(ctx, policy, category))
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
        floors: read_floors(&row.text(first + 4)?)?,
        collected: (row.number(first + 5)?, row.text(first + 6)?),
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
