//! What must be true, kept beside the engine and written independently of it.

use std::collections::{BTreeMap, BTreeSet};

use policy::{Anchor, Keep, Policy};
use serde_json::{Map, Value};
use store::Slot;

use crate::{bar::Kind, time};

#[derive(Debug, Clone, Default)]
pub(super) struct Model {
    pub(super) people: BTreeMap<u64, Person>,
    pub(super) records: BTreeMap<u64, Rec>,
    pub(super) blobs: BTreeMap<u64, Upload>,
    pub(super) bars: BTreeMap<u64, Standing>,
    pub(super) features: BTreeMap<String, (bool, i64)>,
    pub(super) gone: Gone,
    /// The leaves of the workspace's log that were seen, by number.
    pub(super) leaves: Vec<Vec<u8>>,
    /// Checkpoints that anyone could have read: path, size, root.
    pub(super) tips: Vec<(String, u64, [u8; 32])>,
    /// Counted up, so that every value is one of its kind.
    pub(super) words: u64,
}

/// What was erased, for ever.
#[derive(Debug, Clone, Default)]
pub(super) struct Gone {
    pub(super) people: BTreeSet<u64>,
    pub(super) records: BTreeSet<u64>,
    pub(super) blobs: BTreeSet<u64>,
    pub(super) slots: BTreeSet<Slot>,
}

#[derive(Debug, Clone)]
pub(super) struct Person {
    pub(super) kind: &'static str,
    pub(super) ledger_slot: Slot,
    /// An erasure waits for a hold.
    pub(super) condemned: bool,
    pub(super) consents: BTreeMap<String, (i64, Option<i64>)>,
}

#[derive(Debug, Clone)]
pub(super) struct Rec {
    pub(super) subject: u64,
    pub(super) category: String,
    pub(super) whole: Option<u64>,
    pub(super) at: i64,
    pub(super) fields: Map<String, Value>,
    pub(super) purposes: Vec<String>,
    pub(super) slot: Slot,
    pub(super) own_slot: bool,
    pub(super) events: BTreeMap<String, i64>,
}

#[derive(Debug, Clone)]
pub(super) struct Upload {
    pub(super) subject: u64,
    pub(super) category: String,
    pub(super) field: String,
    pub(super) bytes: Vec<u8>,
    pub(super) at: i64,
    pub(super) rid: Option<u64>,
    pub(super) slot: Slot,
}

/// A bar that stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Standing {
    pub(super) kind: Kind,
    pub(super) subject: u64,
    pub(super) category: Option<String>,
    pub(super) rid: Option<u64>,
    pub(super) purpose: Option<String>,
    /// The request that placed it.
    pub(super) request: Option<u64>,
}

impl Standing {
    fn forbids_delete(&self) -> bool {
        matches!(self.kind, Kind::Hold | Kind::RestrictionForClaim)
    }

    fn forbids_use(&self) -> bool {
        matches!(self.kind, Kind::Condemned | Kind::Restriction | Kind::RestrictionForClaim)
    }
}

impl Model {
    /// The record and the wholes above it.
    pub(super) fn lineage(&self, rid: u64) -> Vec<(u64, &Rec)> {
        let mut found = Vec::new();
        let mut next = Some(rid);
        while let Some((rid, rec)) = next.and_then(|rid| Some((rid, self.records.get(&rid)?))) {
            found.push((rid, rec));
            next = rec.whole;
        }
        found
    }

    fn covers(&self, bar: &Standing, rid: u64) -> bool {
        let lineage = self.lineage(rid);
        lineage.first().is_some_and(|(_, rec)| rec.subject == bar.subject)
            && bar.rid.is_none_or(|rid| lineage.iter().any(|(here, _)| *here == rid))
            && bar.category.as_ref().is_none_or(|c| lineage.iter().any(|(_, r)| r.category == *c))
    }

    pub(super) fn is_held(&self, rid: u64) -> bool {
        self.bars.values().any(|bar| bar.forbids_delete() && self.covers(bar, rid))
    }

    /// Whether the period of a record or of a whole above it is over.
    pub(super) fn is_overdue(&self, policy: &Policy, rid: u64, now: i64) -> bool {
        let lineage = self.lineage(rid);
        lineage.iter().enumerate().any(|(place, (_, rec))| {
            let Some(Keep::Ends(ends)) = policy.category(&rec.category).map(|c| &c.keep) else {
                return false;
            };
            ends.iter().any(|end| {
                let anchor = match &end.anchor {
                    Anchor::Collected => Some(rec.at),
                    Anchor::Event { category, event } => lineage[place..]
                        .iter()
                        .find(|(_, above)| above.category == *category)
                        .and_then(|(_, above)| above.events.get(event).copied()),
                    _ => None,
                };
                anchor.is_some_and(|at| {
                    let due = end.period.due(time::timestamp(at), &policy.company.zone);
                    due.as_microsecond() <= now
                })
            })
        })
    }

    /// Whether a record may be read by someone who may ask.
    pub(super) fn may_read(&self, policy: &Policy, rid: u64, purpose: &str, now: i64) -> bool {
        let Some(rec) = self.records.get(&rid) else { return false };
        let Some(person) = self.people.get(&rec.subject) else { return false };
        let consents = policy.purpose(purpose).is_some_and(policy::Purpose::consent);
        let lineage = self.lineage(rid);
        let closed = lineage.iter().any(|(_, above)| {
            policy.category(&above.category).is_some_and(|c| c.grace.is_some())
                && above.events.contains_key("closed")
        });
        let off = lineage.iter().any(|(_, above)| {
            let when = policy.category(&above.category).and_then(|c| c.when.as_ref());
            when.is_some_and(|feature| !self.features.get(feature).is_some_and(|(on, _)| *on))
        });
        rec.purposes.iter().any(|own| own == purpose)
            && !closed
            && !off
            && !self.is_overdue(policy, rid, now)
            && !self.bars.values().any(|bar| bar.forbids_use() && self.covers(bar, rid))
            && (!consents || person.consents.get(purpose).is_some_and(|c| c.1.is_none()))
    }

    /// The records with all their parts.
    fn with_parts(&self, roots: &[u64]) -> BTreeSet<u64> {
        let mut all: BTreeSet<u64> =
            roots.iter().copied().filter(|rid| self.records.contains_key(rid)).collect();
        loop {
            let more: Vec<u64> = self
                .records
                .iter()
                .filter(|(rid, rec)| {
                    !all.contains(rid) && rec.whole.is_some_and(|whole| all.contains(&whole))
                })
                .map(|(rid, _)| *rid)
                .collect();
            if more.is_empty() {
                return all;
            }
            all.extend(more);
        }
    }

    /// What an erasure of these would take and what a hold keeps.
    pub(super) fn scope(&self, roots: &[u64]) -> (BTreeSet<u64>, BTreeSet<u64>) {
        let all = self.with_parts(roots);
        let mut held = BTreeSet::new();
        for rid in &all {
            if self.is_held(*rid) {
                held.extend(
                    self.lineage(*rid).iter().map(|(rid, _)| *rid).filter(|rid| all.contains(rid)),
                );
            }
        }
        (all.difference(&held).copied().collect(), held)
    }

    /// Records are gone, with their blobs and keys.
    pub(super) fn erase(&mut self, taken: &BTreeSet<u64>) {
        for rid in taken {
            let Some(rec) = self.records.remove(rid) else { continue };
            self.gone.records.insert(*rid);
            if rec.own_slot {
                self.gone.slots.insert(rec.slot);
            }
            let blobs: Vec<u64> = self
                .blobs
                .iter()
                .filter(|(_, blob)| blob.rid == Some(*rid))
                .map(|(number, _)| *number)
                .collect();
            for number in blobs {
                self.erase_blob(number);
            }
        }
    }

    pub(super) fn erase_blob(&mut self, number: u64) {
        if let Some(blob) = self.blobs.remove(&number) {
            self.gone.blobs.insert(number);
            self.gone.slots.insert(blob.slot);
        }
    }

    pub(super) fn records_of(&self, subject: u64) -> Vec<u64> {
        self.records.iter().filter(|(_, r)| r.subject == subject).map(|(rid, _)| *rid).collect()
    }

    /// The person is erased, or as much as no hold keeps; answers how many records went.
    pub(super) fn erase_person(&mut self, subject: u64) -> usize {
        let (taken, held) = self.scope(&self.records_of(subject));
        self.erase(&taken);
        if held.is_empty() {
            let blobs: Vec<u64> = self
                .blobs
                .iter()
                .filter(|(_, blob)| blob.subject == subject)
                .map(|(number, _)| *number)
                .collect();
            for number in blobs {
                self.erase_blob(number);
            }
            if let Some(person) = self.people.remove(&subject) {
                self.gone.people.insert(subject);
                self.gone.slots.insert(person.ledger_slot);
            }
            self.bars.retain(|_, bar| bar.subject != subject);
        } else if let Some(person) = self.people.get_mut(&subject) {
            person.condemned = true;
        }
        taken.len()
    }

    /// Records of a person that rest on no purpose any more.
    pub(super) fn orphaned(&self, policy: &Policy, subject: u64) -> Vec<u64> {
        let Some(person) = self.people.get(&subject) else { return Vec::new() };
        let rests = |purpose: &String| {
            !policy.purpose(purpose).is_some_and(policy::Purpose::consent)
                || person.consents.get(purpose).is_some_and(|c| c.1.is_none())
        };
        self.records
            .iter()
            .filter(|(_, rec)| rec.subject == subject && !rec.purposes.iter().any(rests))
            .map(|(rid, _)| *rid)
            .collect()
    }

    pub(super) fn fresh_word(&mut self) -> u64 {
        self.words += 1;
        self.words
    }
}
