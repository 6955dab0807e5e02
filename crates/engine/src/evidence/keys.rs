//! Which keys are live, and which rows need one.

use store::Link;

use super::{probe::Look, sample::Head, sql};
use crate::{ctx::Ctx, refusal::Refusal};

/// The live keys beside the rows that refer to them.
#[derive(Debug)]
pub(super) struct Keys {
    live: Vec<bool>,
    /// Live keys that were handed out and that no row refers to.
    pub(super) lost: u64,
    /// How many keys rows refer to.
    pub(super) used: u64,
}

impl Keys {
    pub(super) fn gather(ctx: &Ctx, link: &mut dyn Link) -> Result<Keys, Refusal> {
        let taken = store::value::one(link, sql::SLOTS_TAKEN, &[], |row| row.small(0))?;
        let taken = usize::try_from(taken.unwrap_or(0)).unwrap_or(0);
        let mut used = vec![false; taken];
        link.rows(sql::SLOTS_USED, &[], &mut |row| {
            if let Some(slot) = used.get_mut(row.small(0)? as usize) {
                *slot = true;
            }
            Ok(())
        })?;
        let slots = ctx.ws.guard().live(ctx.ws.number())?;
        let most = slots.last().map_or(0, |slot| *slot as usize + 1);
        let mut live = vec![false; most.max(taken)];
        for slot in slots {
            if let Some(slot) = live.get_mut(slot as usize) {
                *slot = true;
            }
        }
        let lost = live.iter().zip(&used).filter(|(live, used)| **live && !**used).count();
        let count = used.iter().filter(|used| **used).count();
        Ok(Keys { live, lost: lost as u64, used: count as u64 })
    }

    /// Whether a slot holds a key.
    pub(super) fn is_live(&self, slot: u32) -> bool {
        self.live.get(slot as usize).copied().unwrap_or(false)
    }
}

impl Look<'_> {
    /// Whether a row that nothing has taken has lost its key. Keys are looked at after the snapshot, so
    /// a row without one is looked at again.
    pub(super) fn lost_its_key(&mut self, head: &Head) -> Result<bool, Refusal> {
        if head.job.is_some() || self.keys.is_live(head.slot) {
            return Ok(false);
        }
        let rid = head.rid;
        self.ctx.ws.read(|link| {
            let again =
                store::value::one(link, sql::RECORD, &[rid.into()], |row| row.maybe_number(6))?;
            Ok(again.is_some_and(|job| job.is_none()))
        })
    }
}
