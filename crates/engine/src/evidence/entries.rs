//! The newest entries of the ledger, opened and in their order.

use store::{Link, value::all};

use super::sql;
use crate::{
    ctx::Ctx,
    entry::{self, Act, Detail},
    refusal::Refusal,
};

/// How far back a probe reads.
const MOST: u64 = 20_000;

/// An entry with what its row says in the clear.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Seen {
    pub(super) subject: Option<u64>,
    pub(super) detail: Detail,
}

/// What was read.
#[derive(Debug, Default)]
pub(super) struct Entries {
    /// Oldest first.
    pub(super) seen: Vec<Seen>,
    /// Details of no act that this engine knows, certificates apart.
    pub(super) unknown: u64,
    /// Details that did not open although their key is there.
    pub(super) damaged: u64,
}

/// Copies are read on a ground of their own, whatever purposes, features and approvals say.
pub(super) fn is_copy(rule: &str) -> bool {
    ["right.access", "right.portability", "export.company"].contains(&rule)
}

impl Entries {
    pub(super) fn newest(ctx: &Ctx, link: &mut dyn Link) -> Result<Entries, Refusal> {
        let mut rows = all(link, sql::DETAILS, &[MOST.into()], |row| {
            Ok((row.number(0)?, row.maybe_number(1)?))
        })?;
        rows.reverse();
        let mut entries = Entries::default();
        for (number, subject) in rows {
            match entry::detail(ctx, link, number) {
                Ok(Some(detail)) => entries.seen.push(Seen { subject, detail }),
                Ok(None) => {
                    // A certificate's statement is an entry too; one whose key is gone is no fault.
                    let opened = entry::open(ctx, link, number)?;
                    let stray = opened.is_some_and(|one| one.bytes.first() != Some(&b'{'));
                    entries.unknown += u64::from(stray);
                }
                Err(Refusal::Sealed(_)) => entries.damaged += 1,
                Err(error) => return Err(error),
            }
        }
        Ok(entries)
    }

    /// When a person came of age, as far as the entries tell.
    pub(super) fn of_age(&self, subject: u64) -> Option<i64> {
        let own = |seen: &&Seen| seen.subject == Some(subject) && seen.detail.act == Act::OfAge;
        self.seen.iter().find(own).map(|seen| seen.detail.at)
    }

    /// The reads among them that were for a purpose, and no copy for the person or the company's own export.
    pub(super) fn uses(&self) -> impl Iterator<Item = &Seen> {
        self.seen.iter().filter(|seen| seen.detail.act == Act::Read && !is_copy(&seen.detail.rule))
    }
}
