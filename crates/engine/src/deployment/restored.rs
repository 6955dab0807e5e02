//! After a restore: numbers start above everything that was handed out, keys that nothing refers to are
//! destroyed, look-ups are built anew, and a successor log begins.

use std::{collections::BTreeSet, path::Path};

use store::{Slot, StoreError};

use super::Deployment;
use crate::{
    chain, ctx::Ctx, decision, fact::Fact, log, lookup, record, refusal::Refusal, subject,
};

mod sql;

/// The file that says: this folder was restored and has not been opened since.
pub(crate) const MARK: &str = "restored";
/// The file that says: a restore into this folder is not finished. No such folder is opened.
pub(crate) const UNFINISHED: &str = "restoring";

impl Deployment {
    /// Opens every workspace of a restored folder before anything is served, then forgets the mark.
    pub(super) fn take_over(&self, restored: bool) -> Result<(), Refusal> {
        if !restored {
            return Ok(());
        }
        self.catch_up_epochs()?;
        let apart: [u8; 4] = crypto::random(&mut *self.chance(3));
        let now = self.reading().now;
        self.control.succeed(&crate::certificate::hex(&apart), now)?;
        for listed in self.workspaces()? {
            let ws = self.open_recovered(&listed, true)?;
            self.opened().insert(listed.number, ws);
        }
        let mark = self.folder.join(MARK);
        self.disk.remove(&mark).map_err(StoreError::file(&mark))?;
        Ok(())
    }

    /// The copy of the guard may be epochs behind the secrets. Certificates since then have promised
    /// their horizon by those numbers, so counting goes on above them.
    fn catch_up_epochs(&self) -> Result<(), Refusal> {
        let newest = self.guard.secrets()?.last().copied().unwrap_or(0);
        let now = self.reading().settled;
        while self.guard.epoch(now)?.number < newest {
            self.guard.turn_epoch(now)?;
        }
        Ok(())
    }

    pub(super) fn after_restore(&self, ctx: &Ctx) -> Result<(), Refusal> {
        blank_unused(ctx)?;
        rebuild_lookups(ctx)?;
        let act = ctx.clone();
        let generation =
            ctx.ws.read(|link| Ok(log::newest(link)?.map_or(0, |log| log.generation)))?;
        let origin = self.free_origin(ctx.ws.number(), generation + 1)?;
        ctx.ws.act(ctx, move |tx| log::begin(&act, tx, &origin))
    }

    /// The first generation after `from` that has no files on this disk.
    fn free_origin(&self, number: u64, from: u64) -> Result<String, Refusal> {
        let mut generation = from;
        loop {
            let origin = self.origin(number, generation);
            let folder = self.folder.join("log").join(log::folder(&origin));
            let there = self.disk.list(&folder).map_err(StoreError::file(&folder))?;
            if there.is_empty() {
                return Ok(origin);
            }
            generation += 1;
        }
    }
}

/// Destroys live keys that no row refers to: those of the free list before the restore, and of rows that
/// the backup is too old to hold.
fn blank_unused(ctx: &Ctx) -> Result<(), Refusal> {
    let used: BTreeSet<Slot> = ctx.ws.read(|link| {
        let mut used = BTreeSet::new();
        for statement in sql::SLOTS {
            link.rows(statement, &[], &mut |row| {
                used.insert(row.small(0)?);
                Ok(())
            })?;
        }
        Ok(used)
    })?;
    let free = ctx.ws.writer().counters();
    let unused: Vec<Slot> = ctx
        .ws
        .guard()
        .live(ctx.ws.number())?
        .into_iter()
        .filter(|slot| !used.contains(slot) && u64::from(*slot) < free.slot)
        .collect();
    if unused.is_empty() {
        return Ok(());
    }
    let fact = Fact::destroyed("unused after restore")?;
    ctx.ws.guard().destroy(ctx.ws.number(), ctx.now, &unused, fact)?;
    Ok(())
}

/// Backups hold no look-ups; they are computed again from the records themselves.
fn rebuild_lookups(ctx: &Ctx) -> Result<(), Refusal> {
    let subjects = ctx.ws.read(subject::all)?;
    for number in subjects {
        let act = ctx.clone();
        ctx.ws.act(ctx, move |tx| {
            let in_force = act.ws.policy();
            for rid in record::of_subject(tx.link(), number)? {
                let Some(chain) = chain::load(&act, tx.link(), rid)? else { continue };
                let Some(category) = in_force.policy.category(&chain.class()?.category) else {
                    continue;
                };
                if category.fields.iter().all(|field| field.find == policy::Find::No) {
                    continue;
                }
                let grant = decision::built_in(crypto::Ground::Maintenance);
                let fields = record::open(&act, tx.link(), &chain)?.open(&grant);
                lookup::add_again(&act, tx, category, rid, &fields)?;
            }
            super::note(&act, tx, "look-ups built", "always.keys_destroyed")
        })?;
    }
    Ok(())
}

/// Says that a folder was just restored; the next opening replays and takes over.
pub(crate) fn mark(disk: &dyn store::disk::Disk, folder: &Path) -> Result<(), Refusal> {
    let path = folder.join(MARK);
    Ok(disk.replace(&path, b"restored, not opened yet\n").map_err(StoreError::file(&path))?)
}
