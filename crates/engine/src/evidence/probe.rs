//! The probes: one for each name in the table of what the engine enforces.

use std::collections::BTreeMap;

use policy::Policy;
use store::{Link, StoreError};

use super::{
    aggregates, children, choices, closing, consent, decision, declaration, entries::Entries,
    erasure, exits, features, findings::Findings, grants, holds, keys::Keys, lapses, lookup,
    notices, pseudonyms, publication, registers, retention, rights, sample::Sample, screening,
    sealing, statutory, walls,
};
use crate::{ctx::Ctx, refusal::Refusal};

/// What a probe looks with: one snapshot, gathered once for all of them.
pub(super) struct Look<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) policy: &'a Policy,
    pub(super) link: &'a mut dyn Link,
    pub(super) sample: &'a Sample,
    pub(super) entries: &'a Entries,
    pub(super) keys: &'a Keys,
}

/// A probe counts what it sees.
pub(super) type Probe = fn(&mut Look<'_>) -> Result<Findings, Refusal>;

/// What each probe found, by its name.
pub(super) type Found = BTreeMap<&'static str, Findings>;

/// Every probe by the name that the table of enforced rules uses.
pub(super) const PROBES: &[(&str, Probe)] = &[
    ("aggregates", aggregates::probe),
    ("children", children::probe),
    ("choices", choices::probe),
    ("closing", closing::probe),
    ("consent", consent::probe),
    ("decision", decision::probe),
    ("declaration", declaration::probe),
    ("erasure", erasure::probe),
    ("exits", exits::probe),
    ("features", features::probe),
    ("grants", grants::probe),
    ("holds", holds::probe),
    ("lapses", lapses::probe),
    ("lookup", lookup::probe),
    ("pseudonyms", pseudonyms::probe),
    ("notices", notices::probe),
    ("publication", publication::probe),
    ("registers", registers::probe),
    ("retention", retention::probe),
    ("rights", rights::probe),
    ("screening", screening::probe),
    ("sealing", sealing::probe),
    ("statutory", statutory::probe),
    ("walls", walls::probe),
];

/// An hour: how long something due may wait for the sweep.
pub(super) const HOUR: i64 = 3_600_000_000;
/// How late housekeeping may be before a probe says so.
pub(super) const LATE: i64 = HOUR + HOUR / 4;

/// Runs every probe on one snapshot. What cannot be read contradicts the promise; only a database that
/// must be opened anew ends the run.
pub(super) fn run(ctx: &Ctx, policy: &Policy, link: &mut dyn Link) -> Result<Found, Refusal> {
    let sample = Sample::take(ctx, policy, link)?;
    let entries = Entries::newest(ctx, link)?;
    // The snapshot first, the keys after it: a key that is live later and was unused before is lost.
    let keys = Keys::gather(ctx, link)?;
    let mut found = Found::new();
    for (name, probe) in PROBES {
        let mut look = Look { ctx, policy, link, sample: &sample, entries: &entries, keys: &keys };
        let findings = match probe(&mut look) {
            Err(Refusal::Store(StoreError::Reopen)) => return Err(StoreError::Reopen.into()),
            Err(_) => Findings::unreadable(),
            Ok(findings) => findings,
        };
        found.insert(name, findings);
    }
    Ok(found)
}
