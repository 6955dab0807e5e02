//! A record with the wholes above it: where decisions, bars and periods are asked.

mod sql;

use std::sync::Arc;

use policy::Anchor;
use store::{Link, Slot, StoreError, value::one};

use crate::{bar::Lineage, ctx::Ctx, ids::Rid, lapse, refusal::Refusal, terms, terms::Class};

/// The clear part of a stored record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub rid: u64,
    /// Its terms.
    pub terms: u64,
    /// The time that `collected` means.
    pub at: i64,
    /// The record it is part of.
    pub whole: Option<u64>,
    /// The slot of its key.
    pub slot: Slot,
    /// Whether the slot is its own, or its whole's.
    pub own_slot: bool,
    /// The erasure that took it, if one did.
    pub job: Option<u64>,
    /// The version of the fields' form.
    pub schema: u16,
}

/// A record and its wholes, nearest first, with their classes.
#[derive(Debug, Clone)]
pub struct Chain {
    /// The rows.
    pub heads: Vec<Head>,
    /// What each row's terms mean today.
    pub classes: Vec<Arc<Class>>,
}

/// The longest way up: the check allows no circle, but a damaged file might.
const DEEPEST: usize = 16;

/// The clear part of one record.
pub fn head(link: &mut dyn Link, rid: u64) -> Result<Option<Head>, StoreError> {
    one(link, sql::HEAD, &[rid.into()], |row| {
        Ok(Head {
            rid: row.number(0)?,
            terms: row.number(1)?,
            at: row.int(2)?,
            whole: row.maybe_number(3)?,
            slot: row.small(4)?,
            own_slot: row.flag(5)?,
            job: row.maybe_number(6)?,
            schema: u16::try_from(row.int(7)?).unwrap_or(0),
        })
    })
}

/// A record with everything above it; `None` when it is not there.
pub fn load(ctx: &Ctx, link: &mut dyn Link, rid: u64) -> Result<Option<Chain>, Refusal> {
    let mut chain = Chain { heads: Vec::new(), classes: Vec::new() };
    let mut next = Some(rid);
    while let Some(rid) = next {
        let Some(found) = head(link, rid)? else { break };
        if chain.heads.len() >= DEEPEST {
            return Err(Refusal::Store(StoreError::Damaged { what: "a circle of wholes" }));
        }
        chain.classes.push(terms::class(ctx, link, found.terms)?);
        next = found.whole;
        chain.heads.push(found);
    }
    Ok((!chain.heads.is_empty()).then_some(chain))
}

/// A record that can be used: there, not taken by an erasure, not overdue.
pub fn live(ctx: &Ctx, link: &mut dyn Link, rid: Rid) -> Result<Chain, Refusal> {
    if ctx.actor.subject.is_some_and(|own| own != rid.subject()) {
        return Err(Refusal::NotFound);
    }
    let gone = |rule: &str| Refusal::Gone { rule: rule.to_owned() };
    let Some(chain) = load(ctx, link, rid.0)? else { return Err(gone("erased")) };
    if chain.heads.iter().any(|head| head.job.is_some()) {
        return Err(gone("erased"));
    }
    match chain.overdue(ctx, link, ctx.now)? {
        Some(rule) => Err(Refusal::Gone { rule }),
        None => Ok(chain),
    }
}

impl Chain {
    /// The record itself.
    pub fn head(&self) -> Result<&Head, Refusal> {
        self.heads.first().ok_or(Refusal::NotFound)
    }

    /// The class of the record itself.
    pub fn class(&self) -> Result<&Arc<Class>, Refusal> {
        self.classes.first().ok_or(Refusal::NotFound)
    }

    /// Where the record stands, for bars and features.
    pub fn lineage(&self) -> Lineage {
        Lineage {
            rids: self.heads.iter().map(|head| head.rid).collect(),
            categories: self.classes.iter().map(|class| class.category.clone()).collect(),
        }
    }

    /// The rule that has ended this record or a whole above it at `now`, if one has.
    pub fn overdue(
        &self,
        ctx: &Ctx,
        link: &mut dyn Link,
        now: i64,
    ) -> Result<Option<String>, Refusal> {
        for (place, class) in self.classes.iter().enumerate() {
            if class.ended.is_some() {
                return Ok(class.ended.clone());
            }
            for end in &class.ends {
                let anchored = self.anchor(ctx, link, place, &end.anchor)?;
                if anchored.is_some_and(|at| at < class.cutoff(ctx, end, now)) {
                    return Ok(Some(format!("data.{}.keep", class.category)));
                }
            }
        }
        Ok(None)
    }

    /// When a period of the row at `place` began; `None` while it has not.
    pub fn anchor(
        &self,
        ctx: &Ctx,
        link: &mut dyn Link,
        place: usize,
        anchor: &Anchor,
    ) -> Result<Option<i64>, Refusal> {
        Ok(match anchor {
            Anchor::Collected => self.heads.get(place).map(|head| head.at),
            Anchor::Event { category, event } => {
                let above = self.classes.iter().zip(&self.heads).skip(place);
                let holder = above.clone().find(|(class, _)| class.category == *category);
                let Some((_, head)) = holder else { return Ok(None) };
                let found = happened(link, head.rid, &format!("{category}.{event}"))?;
                let policy = ctx.ws.policy();
                match policy.policy.category(category).filter(|_| event == "closed") {
                    Some(account) if found.is_none() => lapse::lapsed(ctx, link, head, account)?,
                    _ => found,
                }
            }
            Anchor::FeatureOff(feature) => {
                ctx.ws.feature(feature).and_then(|(on, at)| (!on).then_some(at))
            }
            Anchor::WorkspaceClosed => ctx.ws.closed(),
            // Nothing can be connected yet, so this has not begun.
            Anchor::Disconnected(_) => None,
        })
    }
}

/// When an event last happened to a record and was not cleared since.
pub fn happened(link: &mut dyn Link, rid: u64, name: &str) -> Result<Option<i64>, StoreError> {
    one(link, sql::EVENT, &[rid.into(), name.into()], |row| row.int(0))
}
