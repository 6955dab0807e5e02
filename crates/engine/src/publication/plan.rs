//! What a further version would do to live data, counted before anything changes.

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use policy::Period;
use serde_json::{Map, Value};
use store::{Link, value::all};

use super::{Obstacle, obstacle, sql};
use crate::{
    chain::{self, Chain},
    ctx::{Actor, Ctx},
    decision,
    deployment::Deployment,
    entry::{self, Act, Entry, Stream},
    lookup, record,
    refusal::Refusal,
    terms::{self, Class, Kept, Stored},
    time,
    versions::Path,
    workspace::InForce,
};

/// One kind of thing that a version does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Records end sooner than now.
    EndsSooner,
    /// Records whose period has not begun end sooner once it has.
    EndsSoonerOnceBegun,
    /// Records are kept longer than now.
    EndsLater,
    /// Records whose period has not begun are kept longer once it has.
    EndsLaterOnceBegun,
    /// Records keep the shorter end that they were collected under; the name says why.
    KeepsOldTerms,
    /// Records of a category that is no more are erased.
    CategoryErased,
    /// Records are of a category with another name.
    CategoryRenamed,
    /// Values of a field that is no more are erased.
    FieldErased,
    /// Values stand under another name.
    FieldRenamed,
    /// Values become values of another type.
    ValuesCast,
    /// Values do not fit the new type and are erased.
    ValuesDoNotFit,
    /// Records may not be used any more for a purpose.
    PurposeGone,
    /// Records may not be used for a purpose that came later.
    PurposeNotForOld,
    /// Consents do not cover what a purpose uses now.
    ConsentDoesNotCover,
    /// Consents are for a purpose that is no more.
    ConsentForNothing,
    /// An index is built.
    LookUpBuilt,
    /// An index is dropped.
    LookUpDropped,
}

impl What {
    /// The word for programs.
    pub fn word(self) -> &'static str {
        match self {
            What::EndsSooner => "ends_sooner",
            What::EndsSoonerOnceBegun => "ends_sooner_once_begun",
            What::EndsLater => "ends_later",
            What::EndsLaterOnceBegun => "ends_later_once_begun",
            What::KeepsOldTerms => "keeps_old_terms",
            What::CategoryErased => "category_erased",
            What::CategoryRenamed => "category_renamed",
            What::FieldErased => "field_erased",
            What::FieldRenamed => "field_renamed",
            What::ValuesCast => "values_cast",
            What::ValuesDoNotFit => "values_do_not_fit",
            What::PurposeGone => "purpose_gone",
            What::PurposeNotForOld => "purpose_not_for_old",
            What::ConsentDoesNotCover => "consent_does_not_cover",
            What::ConsentForNothing => "consent_for_nothing",
            What::LookUpBuilt => "look_up_built",
            What::LookUpDropped => "look_up_dropped",
        }
    }
}

/// What happens to some records or consents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// The workspace, by name.
    pub workspace: String,
    /// The row: a category or a purpose, by its name in the new version where it has one.
    pub row: String,
    /// What happens.
    pub what: What,
    /// The field, purpose or old name that it is about; empty where the row says all.
    pub name: String,
    /// How many.
    pub count: u64,
    /// How many of these are unreadable as soon as it is in force, and erased by the next sweep.
    pub at_once: u64,
}

/// What a version would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Plan {
    /// The number that it would have.
    pub number: u64,
    /// The company's name of the version.
    pub version: String,
    /// The first moment at which it could come into force, if it were published now: what is counted is
    /// counted for then.
    pub effective: i64,
    /// How long people are told before, when it needs that, and the row or article that wants it.
    pub notice: Option<(Period, String)>,
    /// What somebody must agree to in writing as well: the rule, and what wants it.
    pub approvals: Vec<(String, String)>,
    /// Why it cannot come into force as it is.
    pub obstacles: Vec<Obstacle>,
    /// What it would do.
    pub effects: Vec<Effect>,
}

impl Deployment {
    /// Counts what a version would do to every workspace of its company if it were published now and came
    /// into force as soon as it may. Nothing is changed; the look itself is entered in each ledger.
    pub fn plan(&self, source: &str) -> Result<Plan, Refusal> {
        let next = self.next(source)?;
        let mut plan = Plan {
            number: next.in_force.number,
            version: next.in_force.policy.version.clone(),
            effective: next.published.at,
            notice: next.needed.notice.clone(),
            approvals: next.needed.approvals.clone(),
            obstacles: Vec::new(),
            effects: Vec::new(),
        };
        for listed in self.workspaces()?.into_iter().filter(|one| one.publisher == next.publisher) {
            let ctx = self.ctx(self.workspace(listed.number)?, Actor::janji());
            looked(&ctx)?;
            plan.obstacles.extend(obstacle::all(&ctx, &listed.name, &next.in_force)?);
            let then = Ctx { now: plan.effective, settled: plan.effective, ..ctx };
            plan.effects.extend(effects(&then, &listed.name, &next.in_force)?);
        }
        Ok(plan)
    }
}

fn looked(ctx: &Ctx) -> Result<(), Refusal> {
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| {
        let entry = Entry {
            act: Act::Probe,
            stream: Stream::Application,
            subject: None,
            purpose: "plan",
            rule: "policy",
            records: &[],
        };
        entry::record(&act, tx, &entry).map(|_| ())
    })
}

/// Records looked at in one snapshot.
const BATCH: u32 = 2_000;

#[derive(Default)]
struct Counts(BTreeMap<(String, What, String), (u64, u64)>);

impl Counts {
    fn add(&mut self, row: &str, what: What, name: &str, count: u64, at_once: u64) {
        if count > 0 {
            let key = (row.to_owned(), what, name.to_owned());
            let sum = self.0.entry(key).or_default();
            sum.0 += count;
            sum.1 += at_once;
        }
    }
}

/// The terms of a workspace with what they mean now and would mean.
struct Meaning {
    now: Arc<InForce>,
    stored: HashMap<u64, Stored>,
    next: HashMap<u64, Arc<Class>>,
    /// Why some are kept shorter than is promised.
    kept: HashMap<u64, Kept>,
}

fn effects(ctx: &Ctx, workspace: &str, next: &InForce) -> Result<Vec<Effect>, Refusal> {
    let mut counts = Counts::default();
    let meaning = ctx.ws.read(|link| {
        let stored = terms::stored(link)?;
        let now = ctx.ws.policy();
        let derive = |one: &Stored| Arc::new(terms::derive(ctx, next, one, now.number));
        let kept = |one: &Stored| Some((one.id, terms::kept_back(ctx, next, one, now.number)?));
        let kept = stored.iter().filter_map(kept).collect();
        let next = stored.iter().map(|one| (one.id, derive(one))).collect();
        Ok(Meaning {
            now,
            next,
            kept,
            stored: stored.into_iter().map(|one| (one.id, one)).collect(),
        })
    })?;
    let mut after = 0_u64;
    loop {
        let rids = ctx.ws.read(|link| {
            let values = [after.into(), BATCH.into()];
            let rids = all(link, sql::AFTER, &values, |row| row.number(0))?;
            for rid in &rids {
                record(ctx, link, &meaning, next, *rid, &mut counts)?;
            }
            Ok(rids)
        })?;
        let Some(last) = rids.last() else { break };
        after = *last;
    }
    ctx.ws.read(|link| consents(link, &meaning, next, &mut counts))?;
    for (field, built) in lookup::changes(&meaning.now, next) {
        let row = field.split('.').next().unwrap_or_default();
        let what = if built { What::LookUpBuilt } else { What::LookUpDropped };
        let name = field.split('.').nth(1).unwrap_or_default();
        counts.add(&format!("data.{row}"), what, name, 1, 0);
    }
    let effect = |((row, what, name), (count, at_once))| Effect {
        workspace: workspace.to_owned(),
        row,
        what,
        name,
        count,
        at_once,
    };
    Ok(counts.0.into_iter().map(effect).collect())
}

/// What happens to one record. What is overdue by then is none of the new version's doing.
fn record(
    ctx: &Ctx,
    link: &mut dyn Link,
    meaning: &Meaning,
    next: &InForce,
    rid: u64,
    counts: &mut Counts,
) -> Result<(), Refusal> {
    let Some(chain) = chain::load(ctx, link, rid)? else { return Ok(()) };
    if chain.overdue(ctx, link, ctx.now)?.is_some() {
        return Ok(());
    }
    let head = chain.head()?;
    let (Some(stored), Some(class)) =
        (meaning.stored.get(&head.terms), meaning.next.get(&head.terms))
    else {
        return Ok(());
    };
    let row = format!("data.{}", class.category);
    if class.ended.is_some() {
        counts.add(&row, What::CategoryErased, "", 1, 1);
        return Ok(());
    }
    ends(ctx, link, meaning, &chain, &row, counts)?;
    if stored.class.category != class.category {
        counts.add(&row, What::CategoryRenamed, &stored.class.category, 1, 0);
    }
    for purpose in stored.class.purposes.iter().filter(|one| !class.purposes.contains(one)) {
        counts.add(&row, What::PurposeGone, purpose, 1, 0);
    }
    let listed = next.policy.category(&class.category).map(|one| one.purposes.as_slice());
    for purpose in listed.unwrap_or_default().iter().filter(|one| !class.purposes.contains(one)) {
        counts.add(&row, What::PurposeNotForOld, purpose, 1, 0);
    }
    let step = next.versions.path(meaning.now.number, &stored.class.category);
    let Some(step) = step.filter(|step| !step.is_plain()) else { return Ok(()) };
    let opened = record::open_under(ctx, &meaning.now, link, head, &stored.class)?;
    if let Some(opened) = opened {
        let grant = decision::built_in(crypto::Ground::Maintenance);
        fields(opened.look(&grant), step, &row, counts);
    }
    Ok(())
}

fn ends(
    ctx: &Ctx,
    link: &mut dyn Link,
    meaning: &Meaning,
    chain: &Chain,
    row: &str,
    counts: &mut Counts,
) -> Result<(), Refusal> {
    let class = |head: &chain::Head| meaning.next.get(&head.terms).map(Arc::clone);
    let later: Option<Vec<Arc<Class>>> = chain.heads.iter().map(class).collect();
    let Some(later) = later else { return Ok(()) };
    let meant = Chain { heads: chain.heads.clone(), classes: later };
    let (old, new) = (end(ctx, link, chain)?, end(ctx, link, &meant)?);
    if new.begun < old.begun {
        let at_once = meant.overdue(ctx, link, ctx.now)?.is_some();
        counts.add(row, What::EndsSooner, "", 1, u64::from(at_once));
    } else if new.begun > old.begun {
        counts.add(row, What::EndsLater, "", 1, 0);
    } else if new.open < old.open {
        counts.add(row, What::EndsSoonerOnceBegun, "", 1, 0);
    } else if new.open > old.open {
        counts.add(row, What::EndsLaterOnceBegun, "", 1, 0);
    }
    if let Some(kept) = meaning.kept.get(&chain.head()?.terms) {
        counts.add(row, What::KeepsOldTerms, kept.word(), 1, 0);
    }
    Ok(())
}

/// The end of a record: by the periods that have begun, and the length of those that have not.
struct When {
    begun: i64,
    open: i64,
}

fn end(ctx: &Ctx, link: &mut dyn Link, chain: &Chain) -> Result<When, Refusal> {
    let in_force = ctx.ws.policy();
    let zone = &in_force.policy.company.zone;
    let mut when = When { begun: i64::MAX, open: i64::MAX };
    for (place, class) in chain.classes.iter().enumerate() {
        if class.ended.is_some() {
            when.begun = when.begun.min(ctx.now);
        }
        for end in &class.ends {
            match chain.anchor(ctx, link, place, &end.anchor)? {
                Some(at) => {
                    let due = end.period.due(time::timestamp(at), zone).as_microsecond();
                    when.begun = when.begun.min(due);
                }
                None => when.open = when.open.min(end.period.rough()),
            }
        }
    }
    Ok(when)
}

fn fields(now: &Map<String, Value>, step: &Path, row: &str, counts: &mut Counts) {
    let later = step.today(now.clone());
    for (field, becomes) in step.turns() {
        if !now.contains_key(field) {
            continue;
        }
        match becomes {
            None => counts.add(row, What::FieldErased, field, 1, 0),
            Some((name, cast)) => {
                if cast && !later.contains_key(name) {
                    counts.add(row, What::ValuesDoNotFit, field, 1, 0);
                } else if cast {
                    counts.add(row, What::ValuesCast, field, 1, 0);
                }
                if name != field {
                    counts.add(row, What::FieldRenamed, field, 1, 0);
                }
            }
        }
    }
}

fn consents(
    link: &mut dyn Link,
    meaning: &Meaning,
    next: &InForce,
    counts: &mut Counts,
) -> Result<(), Refusal> {
    let standing =
        all(link, sql::CONSENTS, &[], |row| Ok((row.text(0)?, row.number(1)?, row.number(2)?)))?;
    for (purpose, policy, count) in standing {
        let row = format!("purpose.{purpose}");
        let consent = |policy: &policy::Policy| {
            policy.purpose(&purpose).is_some_and(policy::Purpose::consent)
        };
        if !consent(&next.policy) {
            if consent(&meaning.now.policy) {
                counts.add(&row, What::ConsentForNothing, "", count, 0);
            }
        } else if policy < next.versions.widened(&purpose)
            && policy >= meaning.now.versions.widened(&purpose)
        {
            counts.add(&row, What::ConsentDoesNotCover, "", count, 0);
        }
    }
    Ok(())
}
