//! One act's part of a transaction: its statements, the numbers it takes, the facts it adds to the
//! guard journal, and the rule that personal data never change without a ledger entry.

use std::fmt;

use crypto::{Key, Random, SlotKey};

use crate::{
    Guard, Link, Slot, StoreError, Value, WorkspaceNo,
    journal::Ordered,
    value::{self, Row},
};

/// Numbers that only grow, kept in the workspace's database; `*_limit` are what the guard allows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counters {
    /// The next free slot.
    pub slot: u64,
    /// Slots below this one have keys.
    pub slot_limit: u64,
    /// The next subject number.
    pub subject: u64,
    /// Subject numbers below this one are reserved.
    pub subject_limit: u64,
    /// Record numbers below this one are reserved, under every subject.
    pub record_limit: u64,
    /// Record numbers start here: above those of any life before a restore.
    pub record_floor: u64,
    /// The next ledger entry's index.
    pub entry: u64,
    /// The newest guard record that this database has taken over.
    pub applied_guard: u64,
    /// The place of the next fact: those before it are in this database, or were lost on the safe side.
    pub fact: u64,
}

/// A transaction as one act sees it.
pub struct Tx<'a> {
    pub(crate) link: &'a mut dyn Link,
    pub(crate) guard: &'a Guard,
    pub(crate) workspace: WorkspaceNo,
    pub(crate) counters: &'a mut Counters,
    pub(crate) rng: &'a mut dyn Random,
    pub(crate) personal: &'static [&'static str],
    pub(crate) wrote_personal: bool,
    pub(crate) recorded: bool,
    pub(crate) takes: Vec<Ordered>,
    pub(crate) gives: Vec<Ordered>,
    pub(crate) at: i64,
}

impl fmt::Debug for Tx<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Tx")
    }
}

/// Slots made at a time when the free ones run out inside an act.
const MORE_SLOTS: u32 = 1024;
const MORE_SUBJECTS: u64 = 1024;
const MORE_RECORDS: u64 = 4096;
/// Subject numbers have 36 bits, record numbers 27.
const SUBJECTS: u64 = 1 << 36;
const RECORDS: u64 = 1 << 27;

/// The table that a statement changes, if it changes one.
fn target(sql: &str) -> Option<&str> {
    let mut words = sql.split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    let mut next = || words.find(|word| !word.is_empty());
    match next()? {
        "insert" | "delete" => next().and_then(|_| next()),
        "update" => next(),
        _ => None,
    }
}

impl Tx<'_> {
    /// Runs one statement; one that changes personal data obliges the act to [`Tx::entry`].
    pub fn run(&mut self, sql: &'static str, values: &[Value<'_>]) -> Result<usize, StoreError> {
        let changed = self.link.run(sql, values)?;
        if changed > 0 && target(sql).is_some_and(|table| self.personal.contains(&table)) {
            self.wrote_personal = true;
        }
        Ok(changed)
    }

    /// Shows each row of an answer.
    pub fn rows(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        each: &mut dyn FnMut(Row<'_>) -> Result<(), StoreError>,
    ) -> Result<(), StoreError> {
        self.link.rows(sql, values, each)
    }

    /// The first row of an answer.
    pub fn one<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        make: impl FnMut(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        value::one(self.link, sql, values, make)
    }

    /// Every row of an answer.
    pub fn all<T>(
        &mut self,
        sql: &'static str,
        values: &[Value<'_>],
        make: impl FnMut(Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        value::all(self.link, sql, values, make)
    }

    /// Stores a ledger entry with a statement of the engine's that inserts it, and answers its index.
    pub fn entry(
        &mut self,
        insert: impl FnOnce(&mut dyn Link, u64) -> Result<(), StoreError>,
    ) -> Result<u64, StoreError> {
        let index = self.counters.entry;
        insert(self.link, index)?;
        self.counters.entry += 1;
        self.recorded = true;
        Ok(index)
    }

    /// The connection, for functions that only read.
    pub fn link(&mut self) -> &mut dyn Link {
        self.link
    }

    /// A fresh key slot. Keys are made ahead; when they run out here, the guard makes more first.
    pub fn take_slot(&mut self) -> Result<Slot, StoreError> {
        if self.counters.slot >= self.counters.slot_limit {
            let marks = self.guard.extend(self.workspace, MORE_SLOTS, 0, 0, self.at)?;
            self.counters.slot_limit = marks.slots;
        }
        let slot = u32::try_from(self.counters.slot)
            .map_err(|_| StoreError::Exhausted { what: "key slots" })?;
        self.counters.slot += 1;
        Ok(slot)
    }

    /// A subject number that was never used.
    pub fn take_subject(&mut self) -> Result<u64, StoreError> {
        let number = self.counters.subject;
        if number >= SUBJECTS {
            return Err(StoreError::Exhausted { what: "subject numbers" });
        }
        if number >= self.counters.subject_limit {
            let mark = number + MORE_SUBJECTS;
            let marks = self.guard.extend(self.workspace, 0, mark, 0, self.at)?;
            self.counters.subject_limit = marks.subjects;
        }
        self.counters.subject += 1;
        Ok(number)
    }

    /// Checks the record number that a subject would use next: not below any life before a restore, and
    /// reserved in the guard.
    pub fn take_record(&mut self, next: u64) -> Result<u64, StoreError> {
        let number = next.max(self.counters.record_floor);
        if number >= RECORDS {
            return Err(StoreError::Exhausted { what: "record numbers" });
        }
        if number >= self.counters.record_limit {
            let mark = number + MORE_RECORDS;
            let marks = self.guard.extend(self.workspace, 0, 0, mark, self.at)?;
            self.counters.record_limit = marks.records;
        }
        Ok(number)
    }

    /// A fact that takes use away: in the guard's journal before this transaction commits.
    pub fn take_away(&mut self, fact: Vec<u8>) {
        let order = self.take_order();
        self.takes.push(Ordered { order, fact });
    }

    /// A fact that gives: in the guard's journal after this transaction commits.
    pub fn give(&mut self, fact: Vec<u8>) {
        let order = self.take_order();
        self.gives.push(Ordered { order, fact });
    }

    /// The next place in the order of this workspace's facts, for one that the guard learns later.
    pub fn take_order(&mut self) -> u64 {
        let order = self.counters.fact;
        self.counters.fact += 1;
        order
    }

    /// Says that everything in the guard's journal up to `number` is now in this database.
    pub fn applied(&mut self, number: u64) {
        self.counters.applied_guard = self.counters.applied_guard.max(number);
    }

    /// Says that every fact up to this place in the order is now in this database.
    pub fn applied_fact(&mut self, order: u64) {
        self.counters.fact = self.counters.fact.max(order + 1);
    }

    /// The numbers as they stand.
    pub fn counters(&mut self) -> &mut Counters {
        self.counters
    }

    /// The key of a slot.
    pub fn key(&self, slot: Slot) -> Result<SlotKey, StoreError> {
        self.guard.key(self.workspace, slot)
    }

    /// The bytes of a slot's key, for tags and ids.
    pub fn raw_key(&self, slot: Slot) -> Result<Key, StoreError> {
        self.guard.raw_key(self.workspace, slot)
    }

    /// The source of chance of this workspace.
    pub fn rng(&mut self) -> &mut dyn Random {
        self.rng
    }

    /// Whose transaction this is.
    pub fn workspace(&self) -> WorkspaceNo {
        self.workspace
    }
}
