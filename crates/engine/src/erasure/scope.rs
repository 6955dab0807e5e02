//! What an erasure takes: records with their parts and blobs, but nothing that a bar keeps, and no whole
//! of something kept: a held record stays with what it hangs on.

use std::collections::{BTreeMap, BTreeSet, btree_map::Entry};

use store::{Slot, Tx};

use super::{Target, sql};
use crate::{
    bar::{self, Bar},
    blob, chain,
    ctx::Ctx,
    ids::Rid,
    mention, record,
    refusal::Refusal,
};

/// One record to erase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) rid: u64,
    /// The slot to destroy, when it is this record's own.
    pub(super) slot: Option<Slot>,
    /// Whether its key is one that lives on: then its bytes go, but not its key.
    pub(super) shared: bool,
}

/// Everything that an erasure takes and leaves.
#[derive(Debug, Default)]
pub(super) struct Scoped {
    pub(super) records: Vec<Taken>,
    pub(super) blobs: Vec<(u64, Slot)>,
    pub(super) held: Vec<u64>,
    /// Whether a record of somebody else that may not be deleted names the person.
    pub(super) named: bool,
}

impl Scoped {
    /// Whether something of what was asked for must stay.
    pub(super) fn waits(&self) -> bool {
        self.named || !self.held.is_empty()
    }

    /// The subject, when all of it is about one.
    pub(super) fn one_subject(&self) -> Option<u64> {
        let rids = self.records.iter().map(|record| record.rid);
        let mut subjects = rids.chain(self.blobs.iter().map(|(number, _)| *number));
        let first = Rid(subjects.next()?).subject();
        subjects.all(|rid| Rid(rid).subject() == first).then_some(first)
    }
}

pub(super) fn of(ctx: &Ctx, tx: &mut Tx<'_>, target: &Target) -> Result<Scoped, Refusal> {
    let roots = match target {
        Target::Records(rids) => rids.clone(),
        Target::Subject(subject) => record::of_subject(tx.link(), *subject)?,
        Target::Uploads(blobs) => {
            return Ok(Scoped { blobs: blobs.clone(), ..Scoped::default() });
        }
    };
    let all = with_parts(tx, roots)?;
    let mut bars: BTreeMap<u64, Vec<Bar>> = BTreeMap::new();
    let mut held = BTreeSet::new();
    for rid in &all {
        let subject = Rid(*rid).subject();
        let standing = match bars.entry(subject) {
            Entry::Occupied(known) => known.into_mut(),
            Entry::Vacant(new) => new.insert(bar::of(tx.link(), subject)?),
        };
        if standing.iter().any(|bar| bar.forbids_delete) {
            let Some(chain) = chain::load(ctx, tx.link(), *rid)? else { continue };
            let lineage = chain.lineage();
            if bar::forbids_delete(standing, &lineage) {
                held.extend(lineage.rids.iter().filter(|rid| all.contains(rid)));
            }
        }
    }
    let mut scoped = Scoped::default();
    let mut own = BTreeSet::new();
    let mut heads = Vec::new();
    for rid in all.difference(&held) {
        if let Some(head) = chain::head(tx.link(), *rid)?.filter(|head| head.job.is_none()) {
            if head.own_slot {
                own.insert(head.slot);
            }
            heads.push(head);
        }
    }
    for head in heads {
        let slot = head.own_slot.then_some(head.slot);
        scoped.records.push(Taken { rid: head.rid, slot, shared: !own.contains(&head.slot) });
        let blobs = blob::of_record(tx.link(), head.rid)?;
        scoped.blobs.extend(blobs.into_iter().map(|blob| (blob.number, blob.slot)));
    }
    if let (Target::Subject(subject), true) = (target, held.is_empty()) {
        scoped.blobs = blob::of_subject(tx.link(), *subject)?;
    }
    if let Target::Subject(subject) = target {
        scoped.named = mention::kept_elsewhere(ctx, tx.link(), *subject)?;
    }
    scoped.held = held.into_iter().collect();
    Ok(scoped)
}

/// The records with all their parts, and the parts of those.
fn with_parts(tx: &mut Tx<'_>, roots: Vec<u64>) -> Result<BTreeSet<u64>, Refusal> {
    let mut all = BTreeSet::new();
    let mut next = roots;
    while let Some(rid) = next.pop() {
        if all.insert(rid) {
            next.extend(tx.all(sql::PARTS, &[rid.into()], |row| row.number(0))?);
        }
    }
    Ok(all)
}
