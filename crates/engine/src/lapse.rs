//! Accounts that nobody uses: told in time, closed by themselves, restorable in their grace, then erased.
//! The states are derived from the last use and the notice; housekeeping only writes down what is so.

mod sql;

use policy::{Anchor, Category, End, Period};
use store::{Link, Tx, value::all};

use crate::{
    chain::{self, Chain, Head},
    ctx::Ctx,
    event,
    ids::Rid,
    notice, record,
    refusal::Refusal,
    subject, time,
};

/// Where an account stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Used within its time.
    Active,
    /// Its lapse has come and waits for the notice's lead time.
    Marked,
    /// Closed: used for nothing, restorable until its end.
    Closed,
}

impl Stage {
    /// The word in the API.
    pub fn word(self) -> &'static str {
        match self {
            Stage::Active => "active",
            Stage::Marked => "marked",
            Stage::Closed => "closed",
        }
    }
}

/// The life of one account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Life {
    /// The record.
    pub rid: u64,
    /// Its category.
    pub category: String,
    /// Where it stands now.
    pub stage: Stage,
    /// When it lapses, or did, when nobody uses it; not for an account that closes by an act only.
    pub lapses: Option<i64>,
    /// When its person was told of the lapse.
    pub told: Option<i64>,
    /// Since when it is closed.
    pub closed: Option<i64>,
    /// When a closed one is erased.
    pub ends: Option<i64>,
}

/// The accounts of a subject: every record of a category that can be closed and restored.
pub fn of(ctx: &Ctx, link: &mut dyn Link, subject: u64) -> Result<Vec<Life>, Refusal> {
    let in_force = ctx.ws.policy();
    let mut lives = Vec::new();
    for rid in record::of_subject(link, subject)? {
        let Some(chain) = chain::load(ctx, link, rid)? else { continue };
        let category = in_force.policy.category(&chain.class()?.category);
        let Some((category, grace)) = category.and_then(|one| Some((one, one.grace?))) else {
            continue;
        };
        lives.push(life(ctx, link, chain.head()?, category, grace)?);
    }
    Ok(lives)
}

fn life(
    ctx: &Ctx,
    link: &mut dyn Link,
    head: &Head,
    category: &Category,
    grace: Period,
) -> Result<Life, Refusal> {
    let closed = closed_since(ctx, link, head, category)?;
    let person = Rid(head.rid).subject();
    let told = notice::told(link, person, notice::Kind::Lapse, head.rid)?.map(|(made, _)| made);
    let lapses = match &category.lapses {
        Some(lapses) => Some(due(ctx, lapses.period, last_use(link, head, category, lapses)?)),
        None => None,
    };
    let stage = match (closed, lapses) {
        (Some(_), _) => Stage::Closed,
        (None, Some(at)) if at <= ctx.now => Stage::Marked,
        _ => Stage::Active,
    };
    Ok(Life {
        rid: head.rid,
        category: category.id.clone(),
        stage,
        lapses,
        told,
        closed,
        ends: closed.map(|at| due(ctx, grace, at)),
    })
}

fn due(ctx: &Ctx, period: Period, at: i64) -> i64 {
    period.due(time::timestamp(at), &ctx.ws.policy().policy.company.zone).as_microsecond()
}

/// How long before a lapse its person is told.
fn lead(ctx: &Ctx) -> Period {
    let in_force = ctx.ws.policy();
    in_force.policy.notice("lapse").and_then(|notice| notice.before).unwrap_or(Period::ZERO)
}

/// The last sign of use: the event that the rule counts from, a restoration, or the making of the account.
fn last_use(
    link: &mut dyn Link,
    head: &Head,
    category: &Category,
    lapses: &End,
) -> Result<i64, Refusal> {
    let mut last = head.at;
    let restored = format!("{}.restored", category.id);
    last = last.max(chain::happened(link, head.rid, &restored)?.unwrap_or(last));
    if let Anchor::Event { category, event } = &lapses.anchor {
        let name = format!("{category}.{event}");
        last = last.max(chain::happened(link, head.rid, &name)?.unwrap_or(last));
    }
    Ok(last)
}

/// When a lapse that was told of closes the account: at its time, but never before the notice's lead time
/// has run.
fn closes(ctx: &Ctx, link: &mut dyn Link, head: &Head, last: i64, lapses: &End) -> Closes {
    let told = notice::told(link, Rid(head.rid).subject(), notice::Kind::Lapse, head.rid)?;
    Ok(told.map(|(made, effective)| due(ctx, lapses.period, last).max(effective.unwrap_or(made))))
}

type Closes = Result<Option<i64>, Refusal>;

/// Since when an account is closed, by an act or by its lapse, whether or not housekeeping has run.
pub(crate) fn closed_since(
    ctx: &Ctx,
    link: &mut dyn Link,
    head: &Head,
    category: &Category,
) -> Closes {
    let closed = chain::happened(link, head.rid, &format!("{}.closed", category.id))?;
    match closed {
        Some(at) => Ok(Some(at)),
        None => lapsed(ctx, link, head, category),
    }
}

/// Since when a lapse holds that nobody has written down yet.
pub(crate) fn lapsed(ctx: &Ctx, link: &mut dyn Link, head: &Head, category: &Category) -> Closes {
    let Some(lapses) = &category.lapses else { return Ok(None) };
    let edge = ctx.ws.cutoff(lapses.period, ctx.now);
    if head.at >= edge {
        return Ok(None);
    }
    let last = last_use(link, head, category, lapses)?;
    if last >= edge {
        return Ok(None);
    }
    Ok(closes(ctx, link, head, last, lapses)?.filter(|at| *at <= ctx.now))
}

/// Refuses the use of an account that is closed: it is restored first.
pub(crate) fn refuse_use(
    ctx: &Ctx,
    link: &mut dyn Link,
    chain: &Chain,
    category: &Category,
    name: &str,
    at: i64,
) -> Result<(), Refusal> {
    if !counts(category, name) {
        return Ok(());
    }
    let closed = closed_since(ctx, link, chain.head()?, category)?;
    if closed.is_some_and(|since| since <= at) {
        let rule = format!("data.{}.grace", category.id);
        return Err(Refusal::Denied { reason: "closed", rule });
    }
    Ok(())
}

/// Whether an event is the one that a category's lapse counts from.
fn counts(category: &Category, name: &str) -> bool {
    let anchor = category.lapses.as_ref().map(|lapses| &lapses.anchor);
    matches!(anchor, Some(Anchor::Event { event, .. }) if event == name)
}

/// After a use or a restoration the notice of a lapse is not true any more.
pub(crate) fn used(ctx: &Ctx, tx: &mut Tx<'_>, rid: u64, name: &str) -> Result<(), Refusal> {
    let Some((category, event)) = name.split_once('.') else { return Ok(()) };
    let in_force = ctx.ws.policy();
    let Some(category) = in_force.policy.category(category) else { return Ok(()) };
    if category.lapses.is_some() && (event == "restored" || counts(category, event)) {
        notice::void(tx, Rid(rid).subject(), notice::Kind::Lapse, rid)?;
    }
    Ok(())
}

/// Accounts in one act.
const BATCH: usize = 200;

/// Tells those whose accounts will lapse, and closes those whose lapse has come by the settled time.
pub(crate) fn keep(ctx: &Ctx) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    for category in in_force.policy.categories.iter().filter(|one| one.grace.is_some()) {
        let Some(lapses) = &category.lapses else { continue };
        let waiting = ctx.ws.read(|link| {
            let mut waiting = Vec::new();
            for rid in near(ctx, link, category, lapses)? {
                if next(ctx, link, category, lapses, rid)?.is_some() {
                    waiting.push(rid);
                }
            }
            Ok(waiting)
        })?;
        for batch in waiting.chunks(BATCH) {
            let (act, batch, id) = (ctx.clone(), batch.to_vec(), category.id.clone());
            ctx.ws
                .act(ctx, move |tx| batch.iter().try_for_each(|rid| go_on(&act, tx, &id, *rid)))?;
        }
    }
    Ok(())
}

/// The accounts whose lapse comes no later than a notice of now takes effect.
fn near(
    ctx: &Ctx,
    link: &mut dyn Link,
    category: &Category,
    lapses: &End,
) -> Result<Vec<u64>, Refusal> {
    let zone = &ctx.ws.policy().policy.company.zone;
    let heard = time::timestamp(due(ctx, lead(ctx), ctx.settled));
    let edge = lapses.period.cutoff(heard, zone).as_microsecond();
    let used = match &lapses.anchor {
        Anchor::Event { event, .. } => format!("{}.{event}", category.id),
        _ => String::new(),
    };
    let (closed, restored) =
        (format!("{}.closed", category.id), format!("{}.restored", category.id));
    let values =
        [(&category.id).into(), edge.into(), (&closed).into(), (&used).into(), (&restored).into()];
    Ok(all(link, sql::NEAR, &values, |row| row.number(0))?)
}

/// What comes next for an account that is near its lapse.
enum Next {
    /// Its person is told when it closes.
    Tell(i64),
    /// It closes, since then.
    Close(i64),
}

fn next(
    ctx: &Ctx,
    link: &mut dyn Link,
    category: &Category,
    lapses: &End,
    rid: u64,
) -> Result<Option<Next>, Refusal> {
    let Some(head) = chain::head(link, rid)?.filter(|head| head.job.is_none()) else {
        return Ok(None);
    };
    let known = subject::find(link, Rid(rid).subject())?;
    let closed = chain::happened(link, rid, &format!("{}.closed", category.id))?;
    if closed.is_some() || known.is_none_or(|person| person.condemned) {
        return Ok(None);
    }
    let last = last_use(link, &head, category, lapses)?;
    let lapse = due(ctx, lapses.period, last);
    Ok(match closes(ctx, link, &head, last, lapses)? {
        Some(at) => (at <= ctx.settled).then_some(Next::Close(at)),
        None if lapse > due(ctx, lead(ctx), ctx.settled) => None,
        None => Some(Next::Tell(lapse.max(due(ctx, lead(ctx), ctx.now)))),
    })
}

fn go_on(ctx: &Ctx, tx: &mut Tx<'_>, category: &str, rid: u64) -> Result<(), Refusal> {
    let in_force = ctx.ws.policy();
    let Some(category) = in_force.policy.category(category) else { return Ok(()) };
    let Some(lapses) = &category.lapses else { return Ok(()) };
    let rule = format!("data.{}.lapses", category.id);
    // Somebody may have signed in since the snapshot.
    match next(ctx, tx.link(), category, lapses, rid)? {
        None => Ok(()),
        Some(Next::Tell(effective)) => {
            let new = notice::New {
                subject: Rid(rid).subject(),
                kind: notice::Kind::Lapse,
                rule: &rule,
                about: rid,
                effective: Some(effective),
            };
            notice::tell(ctx, tx, &new)
        }
        Some(Next::Close(at)) => event::lapse(ctx, tx, Rid(rid), &category.id, at),
    }
}

#[cfg(test)]
mod tests;
