//! The records that probes look at: all of them, or another slice of a large workspace each time.

use std::collections::BTreeMap;

use policy::{End, Policy};
use serde_json::Map;
use store::{
    Link, StoreError, Value,
    value::{all, one},
};

use super::{probe::Look, sql};
use crate::{
    ctx::Ctx,
    ids::Rid,
    record::{Fields, KIND},
    refusal::Refusal,
    terms,
};

/// More records than this are sampled.
const MOST: u64 = 50_000;
/// So many of the sample are opened.
const OPENED: usize = 1_000;
/// The longest way up that is followed.
const DEEPEST: usize = 16;
/// What the slices of a sample are counted by; so large a prime that no person falls out for good.
const MIXER: u64 = 1_000_003;

/// The clear part of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    pub(super) rid: u64,
    pub(super) terms: u64,
    pub(super) at: i64,
    pub(super) whole: Option<u64>,
    pub(super) slot: u32,
    pub(super) waiting: bool,
    pub(super) job: Option<u64>,
    pub(super) schema: u16,
}

/// What a record was collected under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Terms {
    /// What its category is called today, or was called last.
    pub(super) category: String,
    pub(super) purposes: Vec<String>,
    /// The lawful basis of each of these.
    pub(super) basis: Vec<String>,
    /// The ends that were promised then.
    pub(super) ends: Vec<End>,
    /// The policy, by number, and the category as they were then.
    pub(super) policy: u64,
    pub(super) then: String,
}

/// A bar that stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Standing {
    pub(super) id: u64,
    pub(super) kind: String,
    pub(super) subject: u64,
    pub(super) rid: Option<u64>,
    pub(super) category: Option<String>,
    pub(super) purpose: Option<String>,
    pub(super) forbids_delete: bool,
    pub(super) since: i64,
}

/// A record whose values were opened, and the bytes it lies in.
#[derive(Debug)]
pub(super) struct Opened {
    pub(super) rid: u64,
    pub(super) terms: u64,
    pub(super) category: String,
    pub(super) sealed: Vec<u8>,
    /// The names of the values as they are stored.
    pub(super) stored: Vec<String>,
    /// The policy, by number, and the category that they were sealed under.
    pub(super) under: (u64, String),
    /// The values as they are read today.
    pub(super) fields: Fields,
}

/// What was taken from the snapshot for all probes.
#[derive(Debug)]
pub(super) struct Sample {
    pub(super) heads: Vec<Head>,
    pub(super) terms: BTreeMap<u64, Terms>,
    pub(super) bars: Vec<Standing>,
    pub(super) features: BTreeMap<String, (bool, i64)>,
    /// Every value that a setting ever had, oldest first.
    pub(super) settings: Vec<(String, String, i64)>,
    pub(super) opened: Vec<Opened>,
    /// Records of which the bytes did not open although nothing has taken them.
    pub(super) closed: u64,
}

/// A record with the wholes above it, nearest first, each with its category.
pub(super) type Line = Vec<(Head, String)>;

impl Sample {
    pub(super) fn take(ctx: &Ctx, policy: &Policy, link: &mut dyn Link) -> Result<Sample, Refusal> {
        let count = one(link, sql::RECORD_COUNT, &[], |row| row.number(0))?.unwrap_or(0);
        let step = count.div_ceil(MOST).max(1);
        let slice = ctx.now.unsigned_abs() % step;
        let heads = all(link, sql::RECORDS, &[MIXER.into(), step.into(), slice.into()], head_row)?;
        let versions = &ctx.ws.policy().versions;
        let terms = all(link, sql::TERMS, &[], |row| {
            let list = |text: String| text.split_whitespace().map(str::to_owned).collect();
            let (purposes, basis) = (list(row.text(2)?), list(row.text(5)?));
            let (policy, then) = (row.number(4)?, row.text(1)?);
            let category = versions.called(policy, &then, versions.newest()).to_owned();
            let ends = terms::read_ends(&row.text(3)?)?;
            Ok((row.number(0)?, Terms { category, purposes, basis, ends, policy, then }))
        })?;
        let features =
            all(link, sql::FEATURES, &[], |row| Ok((row.text(0)?, (row.flag(1)?, row.int(2)?))))?;
        let mut sample = Sample {
            heads,
            terms: terms.into_iter().collect(),
            bars: all(link, sql::BARS, &[], bar_row)?,
            features: features.into_iter().collect(),
            settings: all(link, sql::SETTINGS, &[], |row| {
                Ok((row.text(0)?, row.text(1)?, row.int(2)?))
            })?,
            opened: Vec::new(),
            closed: 0,
        };
        sample.open(ctx, policy, link)?;
        Ok(sample)
    }

    /// Opens some of the records, spread over the sample.
    fn open(&mut self, ctx: &Ctx, policy: &Policy, link: &mut dyn Link) -> Result<(), Refusal> {
        let step = self.heads.len().div_ceil(OPENED).max(1);
        for head in self.heads.iter().step_by(step).filter(|head| head.job.is_none()) {
            let Some(terms) = self.terms.get(&head.terms) else { continue };
            if policy.category(&terms.category).is_none() {
                continue;
            }
            let sealed = one(link, sql::SEALED, &[head.rid.into()], |row| row.bytes(0))?;
            let Some(sealed) = sealed else { continue };
            let Ok(key) = ctx.ws.key(head.slot) else {
                // An erasure may have begun, and destroyed the key, since the snapshot was taken.
                let now = ctx.ws.read(|link| Ok(crate::chain::head(link, head.rid)?))?;
                self.closed += u64::from(now.is_some_and(|now| now.job.is_none()));
                continue;
            };
            let schema = u64::from(head.schema);
            let in_force = ctx.ws.policy();
            let then = in_force.versions.called(terms.policy, &terms.then, schema);
            let place = place(ctx.ws.number(), head, then);
            let fields = crypto::open(&key, KIND, &place, &sealed)
                .ok()
                .and_then(|plain| serde_json::from_slice::<Map<_, _>>(&plain).ok());
            let Some(fields) = fields else {
                self.closed += 1;
                continue;
            };
            let path = in_force.versions.path(schema, then);
            self.opened.push(Opened {
                rid: head.rid,
                terms: head.terms,
                category: terms.category.clone(),
                sealed,
                stored: fields.keys().cloned().collect(),
                under: (schema, then.to_owned()),
                fields: Fields::new(path.map(|path| path.today(fields)).unwrap_or_default()),
            });
        }
        Ok(())
    }

    /// The category that a record's terms name.
    pub(super) fn category(&self, head: &Head) -> Option<&str> {
        self.terms.get(&head.terms).map(|terms| terms.category.as_str())
    }

    /// Whether a bar of this sort stands over the record or something above it.
    pub(super) fn held(&self, line: &Line) -> bool {
        let Some((head, _)) = line.first() else { return false };
        let subject = Rid(head.rid).subject();
        self.bars
            .iter()
            .any(|bar| bar.forbids_delete && bar.subject == subject && bar.is_over(line))
    }

    /// Whether anything at all of a person may not be deleted.
    pub(super) fn holds_some(&self, subject: u64) -> bool {
        self.bars.iter().any(|bar| bar.forbids_delete && bar.subject == subject)
    }
}

impl Standing {
    /// Whether the bar's scope reaches a record that stands here.
    pub(super) fn is_over(&self, line: &Line) -> bool {
        let rid = self.rid.is_none_or(|rid| line.iter().any(|(head, _)| head.rid == rid));
        let category = |own: &String| line.iter().any(|(_, category)| category == own);
        rid && self.category.as_ref().is_none_or(category)
    }
}

/// The place that binds a record's bytes, reckoned from its row.
pub(super) fn place<'a>(workspace: u64, head: &Head, category: &'a str) -> crypto::Place<'a> {
    crypto::Place {
        workspace,
        subject: Rid(head.rid).subject(),
        category,
        record: head.rid,
        schema: head.schema,
        slot: head.slot,
    }
}

fn head_row(row: store::Row<'_>) -> Result<Head, StoreError> {
    Ok(Head {
        rid: row.number(0)?,
        terms: row.number(1)?,
        at: row.int(2)?,
        whole: row.maybe_number(3)?,
        slot: row.small(4)?,
        waiting: row.flag(5)?,
        job: row.maybe_number(6)?,
        schema: u16::try_from(row.int(7)?).unwrap_or(0),
    })
}

fn bar_row(row: store::Row<'_>) -> Result<Standing, StoreError> {
    Ok(Standing {
        id: row.number(0)?,
        kind: row.text(1)?,
        subject: row.number(2)?,
        rid: row.maybe_number(3)?,
        category: row.maybe_text(4)?,
        purpose: row.maybe_text(5)?,
        forbids_delete: row.flag(6)?,
        since: row.int(7)?,
    })
}

impl Look<'_> {
    /// The row of one record.
    pub(super) fn head(&mut self, rid: u64) -> Result<Option<Head>, Refusal> {
        Ok(one(self.link, sql::RECORD, &[rid.into()], head_row)?)
    }

    /// The rows of one person.
    pub(super) fn heads_of(&mut self, subject: u64) -> Result<Vec<Head>, Refusal> {
        let (first, last) = Rid::range(subject);
        Ok(all(self.link, sql::RECORDS_OF, &[first.into(), last.into()], head_row)?)
    }

    /// A record with what is above it, as far as it is there.
    pub(super) fn line(&mut self, head: &Head) -> Result<Line, Refusal> {
        let mut line = Line::new();
        let mut next = Some(head.clone());
        while let Some(head) = next {
            let category = self.sample.category(&head).unwrap_or_default().to_owned();
            next = match head.whole {
                Some(whole) if line.len() < DEEPEST => self.head(whole)?,
                _ => None,
            };
            line.push((head, category));
        }
        Ok(line)
    }

    /// How many rows a statement counts.
    pub(super) fn count(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
    ) -> Result<u64, Refusal> {
        Ok(one(self.link, sql, values, |row| row.number(0))?.unwrap_or(0))
    }
}
