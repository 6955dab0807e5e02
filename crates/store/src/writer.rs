//! The one writer of a workspace. A turn takes many acts, gives each a savepoint, and commits them
//! with one sync; nobody is answered before that. It is a plain struct that tests step by hand.

use std::{fmt, sync::Arc};

use crypto::Random;

use crate::{
    Counters, Guard, Link, Sqlite, StoreError, Tx, Value, WorkspaceNo,
    journal::{Marks, Ordered},
    sql,
    value::all,
};

/// An act that waits for its turn.
pub trait Work: Send {
    /// Acts inside the transaction; `false` undoes this act alone.
    fn run(&mut self, tx: &mut Tx<'_>) -> bool;
    /// Learns, after the commit, whether the act is durable. An undone act learns `Ok` as well: its
    /// refusal stands.
    fn done(self: Box<Self>, committed: Result<(), StoreError>);
}

/// The writing side of one workspace's database.
pub struct Writer {
    link: Sqlite,
    guard: Arc<Guard>,
    workspace: WorkspaceNo,
    personal: &'static [&'static str],
    counters: Counters,
    rng: Box<dyn Random>,
    broken: bool,
    lost_sync: bool,
    /// The first free slot when keys were last made ahead: tells how fast they go.
    stocked_at: u64,
}

impl fmt::Debug for Writer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Writer({})", self.workspace)
    }
}

/// Fewer free slots than this after a turn, and more are made before the next.
const LOW_SLOTS: u64 = 512;
const LEAST_SLOTS: u32 = 2048;
const MOST_SLOTS: u32 = 16_384;

/// The names under which counters are stored, with how to reach each.
type Field = fn(&mut Counters) -> &mut u64;
const COUNTERS: [(&str, Field); 9] = [
    ("slot", |c| &mut c.slot),
    ("slot_limit", |c| &mut c.slot_limit),
    ("subject", |c| &mut c.subject),
    ("subject_limit", |c| &mut c.subject_limit),
    ("record_limit", |c| &mut c.record_limit),
    ("record_floor", |c| &mut c.record_floor),
    ("entry", |c| &mut c.entry),
    ("applied_guard", |c| &mut c.applied_guard),
    ("fact", |c| &mut c.fact),
];

impl Writer {
    /// Takes over an open, migrated database. `personal` names the tables of personal data.
    pub fn new(
        mut link: Sqlite,
        guard: Arc<Guard>,
        workspace: WorkspaceNo,
        personal: &'static [&'static str],
        rng: Box<dyn Random>,
    ) -> Result<Writer, StoreError> {
        link.script(sql::COUNTERS)?;
        let mut counters = Counters::default();
        for (name, value) in
            all(&mut link, sql::COUNTER_LOAD, &[], |row| Ok((row.text(0)?, row.number(1)?)))?
        {
            if let Some((_, field)) = COUNTERS.iter().find(|(known, _)| *known == name) {
                *field(&mut counters) = value;
            }
        }
        let stocked_at = counters.slot;
        Ok(Writer {
            link,
            guard,
            workspace,
            personal,
            counters,
            rng,
            broken: false,
            lost_sync: false,
            stocked_at,
        })
    }

    /// Whether a commit's sync failed, so that no connection of this process may write here again.
    pub fn lost_sync(&self) -> bool {
        self.lost_sync
    }

    /// The numbers as last committed.
    pub fn counters(&self) -> Counters {
        self.counters
    }

    /// Takes up the guard's marks. After a restore every number starts above them, because lower ones
    /// may have been handed out since the backup.
    pub fn start_above(&mut self, marks: Marks, restored: bool) {
        self.counters.slot_limit = marks.slots;
        self.counters.subject_limit = marks.subjects;
        self.counters.record_limit = marks.records;
        if restored {
            self.counters.slot = marks.slots;
            self.counters.subject = self.counters.subject.max(marks.subjects);
            self.counters.record_floor = marks.records;
        }
    }

    /// The connection, for reading between turns.
    pub fn link(&mut self) -> &mut Sqlite {
        &mut self.link
    }

    /// Whether a turn failed in a way that only opening anew can mend.
    pub fn is_broken(&self) -> bool {
        self.broken
    }

    /// Makes keys ahead of need, outside any transaction: twice what the last stock gave out.
    pub fn stock(&mut self, at: i64) -> Result<(), StoreError> {
        if self.counters.slot_limit.saturating_sub(self.counters.slot) < LOW_SLOTS {
            let used = self.counters.slot.saturating_sub(self.stocked_at).saturating_mul(2);
            let ahead = u32::try_from(used).unwrap_or(MOST_SLOTS).clamp(LEAST_SLOTS, MOST_SLOTS);
            let marks = self.guard.extend(self.workspace, ahead, 0, 0, at)?;
            self.counters.slot_limit = marks.slots;
            self.stocked_at = self.counters.slot;
        }
        Ok(())
    }

    /// One turn: runs the acts, commits once, then tells each.
    pub fn turn(&mut self, at: i64, works: Vec<Box<dyn Work>>) {
        if self.broken {
            for work in works {
                work.done(Err(StoreError::Reopen));
            }
            return;
        }
        let before = self.counters;
        let mut facts = Facts::default();
        let mut acted = Vec::with_capacity(works.len());
        let mut ran = self.link.run(sql::BEGIN, &[]).map(|_| ());
        for mut work in works {
            let mut refused = None;
            if ran.is_ok() {
                match self.act(at, &mut *work, &mut facts) {
                    Ok(verdict) => refused = verdict,
                    Err(error) => ran = Err(error),
                }
            }
            acted.push((work, refused));
        }
        let committed = ran.and_then(|()| self.commit(at, before, facts.takes));
        if let Err(error) = &committed {
            self.lost_sync |= error.lost_sync();
            self.broken = true;
            // A rollback can only fail when the transaction is gone already.
            let _ = self.link.run(sql::ROLLBACK, &[]);
        } else if !facts.gives.is_empty()
            && self.guard.append(self.workspace, at, facts.gives).is_err()
        {
            self.broken = true;
        }
        for (work, refused) in acted {
            work.done(match (refused, &committed) {
                (Some(error), _) => Err(error),
                (None, Ok(())) => Ok(()),
                (None, Err(_)) => Err(StoreError::Reopen),
            });
        }
    }

    /// One act in its savepoint. `Ok(Some)`: this act alone is refused; `Err`: the turn is lost.
    fn act(
        &mut self,
        at: i64,
        work: &mut dyn Work,
        facts: &mut Facts,
    ) -> Result<Option<StoreError>, StoreError> {
        self.link.run(sql::SAVEPOINT, &[])?;
        let before = self.counters;
        let mut tx = Tx {
            link: &mut self.link,
            guard: &self.guard,
            workspace: self.workspace,
            counters: &mut self.counters,
            rng: &mut *self.rng,
            personal: self.personal,
            wrote_personal: false,
            recorded: false,
            takes: Vec::new(),
            gives: Vec::new(),
            at,
        };
        let keep = work.run(&mut tx);
        let unrecorded = tx.wrote_personal && !tx.recorded;
        let (takes, gives) = (std::mem::take(&mut tx.takes), std::mem::take(&mut tx.gives));
        if keep && !unrecorded {
            self.link.run(sql::RELEASE, &[])?;
            facts.takes.extend(takes);
            facts.gives.extend(gives);
            return Ok(None);
        }
        self.link.run(sql::ROLLBACK_TO, &[])?;
        self.link.run(sql::RELEASE, &[])?;
        // Limits were raised in the guard for good; everything else is undone.
        let limits = self.counters;
        self.counters = Counters {
            slot_limit: limits.slot_limit,
            subject_limit: limits.subject_limit,
            record_limit: limits.record_limit,
            ..before
        };
        Ok((keep && unrecorded).then_some(StoreError::Unrecorded))
    }

    fn commit(&mut self, at: i64, before: Counters, takes: Vec<Ordered>) -> Result<(), StoreError> {
        if !takes.is_empty() {
            let number = self.guard.append(self.workspace, at, takes)?;
            self.counters.applied_guard = self.counters.applied_guard.max(number);
        }
        let (mut old, mut new) = (before, self.counters);
        for (name, field) in COUNTERS {
            let value = *field(&mut new);
            if value != *field(&mut old) {
                self.link.run(sql::COUNTER_SAVE, &[Value::Text(name), value.into()])?;
            }
        }
        self.link.run(sql::COMMIT, &[]).map(|_| ())
    }
}

#[derive(Default)]
struct Facts {
    takes: Vec<Ordered>,
    gives: Vec<Ordered>,
}

#[cfg(test)]
mod tests;
