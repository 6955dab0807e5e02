//! guard.db: the key pages of every workspace, their roots, the journal and the high-water marks. It is
//! written rarely (bars, erasures, new pages, epochs) and each write is durable when it returns.

mod epoch;
mod sql;

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use crypto::{Key, Random, SigningKey, SlotKey, VerifyKey};

pub use epoch::{Epoch, check_copy};

use crate::{
    Link, Slot, Sqlite, StoreError, Value, WorkspaceNo,
    disk::Disk,
    escrow::Escrow,
    journal::{Body, Marks, ORIGIN, Ordered, Record},
    keys::{Cache, FANOUT, Page, Tree, TreeStore},
    migrate::{Migration, migrate},
    provider::RootProvider,
    value::{all, one},
};

const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "keys and journal",
    script: include_str!("../migrations/guard-1.sql"),
}];

/// What the guard needs from outside.
#[derive(Debug)]
pub struct Parts {
    /// Where guard.db lies.
    pub disk: Arc<dyn Disk>,
    /// The path of guard.db.
    pub path: PathBuf,
    /// Who keeps the epoch secrets.
    pub provider: Box<dyn RootProvider>,
    /// Signs the journal.
    pub signer: SigningKey,
    /// Who else keeps the journal.
    pub escrows: Vec<Escrow>,
    /// Whether this is a restored guard, which must find its journal in an escrow.
    pub restored: bool,
}

/// The guard database, open.
pub struct Guard {
    inner: Mutex<Inner>,
    cache: Cache,
}

struct Inner {
    link: Sqlite,
    provider: Box<dyn RootProvider>,
    signer: SigningKey,
    verifier: VerifyKey,
    escrows: Vec<Escrow>,
    head: (u64, [u8; 32]),
    rng: Box<dyn Random>,
    /// A failed write leaves memory and file apart; then only a new start helps.
    broken: bool,
}

impl fmt::Debug for Guard {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Guard")
    }
}

/// The pages inside the guard's own transaction.
struct Pages<'a> {
    link: &'a mut Sqlite,
    workspace: WorkspaceNo,
}

impl TreeStore for Pages<'_> {
    fn load(&mut self, level: u8, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
        let at = [self.workspace.into(), u32::from(level).into(), number.into()];
        one(self.link, sql::PAGE, &at, |row| row.bytes(0))
    }

    fn save(&mut self, level: u8, number: u32, sealed: &[u8]) -> Result<(), StoreError> {
        let level = u32::from(level);
        let values = [self.workspace.into(), level.into(), number.into(), sealed.into()];
        self.link.run(sql::PAGE_SAVE, &values).map(|_| ())
    }

    fn remove(&mut self, level: u8, number: u32) -> Result<(), StoreError> {
        let at = [self.workspace.into(), u32::from(level).into(), number.into()];
        self.link.run(sql::PAGE_REMOVE, &at).map(|_| ())
    }
}

impl Guard {
    /// Opens guard.db and brings it and the escrows to the same journal. A restored guard takes over
    /// what an escrow has beyond it, and refuses when no escrow has a journal.
    pub fn open(parts: Parts, rng: Box<dyn Random>) -> Result<Guard, StoreError> {
        let mut link = Sqlite::open_first(&*parts.disk, &parts.path)?;
        migrate(&mut link, MIGRATIONS)?;
        let mut inner = Inner {
            link,
            provider: parts.provider,
            verifier: parts.signer.verify_key(),
            signer: parts.signer,
            escrows: parts.escrows,
            head: (0, ORIGIN),
            rng,
            broken: false,
        };
        inner.load_head()?;
        inner.meet_escrows(parts.restored)?;
        Ok(Guard { inner: Mutex::new(inner), cache: Cache::new() })
    }

    /// Gives a new workspace its root key. Doing it twice changes nothing.
    pub fn create_workspace(&self, workspace: WorkspaceNo) -> Result<(), StoreError> {
        let mut inner = self.lock()?;
        inner.change(|inner| {
            if one(&mut inner.link, sql::ROOT, &[workspace.into()], |row| row.number(0))?.is_none()
            {
                let root = Key::random(&mut *inner.rng);
                inner.save_root(workspace, &root)?;
                inner.save_marks(workspace, Marks::default())?;
            }
            Ok(())
        })
    }

    /// The key of a slot, ready for use.
    pub fn key(&self, workspace: WorkspaceNo, slot: Slot) -> Result<SlotKey, StoreError> {
        self.raw_key(workspace, slot).map(|key| SlotKey::new(&key))
    }

    /// The key of a slot itself, for what is not a sealed record: look-up tags, public ids.
    pub fn raw_key(&self, workspace: WorkspaceNo, slot: Slot) -> Result<Key, StoreError> {
        let number = slot / FANOUT;
        let place = slot.to_le_bytes()[0];
        if let Some(page) = self.cache.find(workspace, number) {
            return page.key(place).ok_or(StoreError::KeyDestroyed);
        }
        let mut inner = self.lock()?;
        let page = inner.leaf(workspace, number)?.ok_or(StoreError::KeyDestroyed)?;
        let key = page.key(place).ok_or(StoreError::KeyDestroyed);
        self.cache.keep(workspace, number, Arc::new(page));
        key
    }

    /// Makes keys for at least `slots` more slots and raises the other marks; answers the new marks.
    pub fn extend(
        &self,
        workspace: WorkspaceNo,
        slots: u32,
        subjects: u64,
        records: u64,
        at: i64,
    ) -> Result<Marks, StoreError> {
        let mut inner = self.lock()?;
        inner.change(|inner| {
            let mut marks = inner.marks(workspace)?;
            let first = u32::try_from(marks.slots / u64::from(FANOUT))
                .map_err(|_| StoreError::Exhausted { what: "key slots" })?;
            let pages = slots.div_ceil(FANOUT);
            if pages > 0 {
                inner.with_tree(workspace, |tree, rng| tree.make(first, pages, rng))?;
            }
            marks.slots += u64::from(pages) * u64::from(FANOUT);
            marks.subjects = marks.subjects.max(subjects);
            marks.records = marks.records.max(records);
            inner.save_marks(workspace, marks)?;
            inner.append(workspace, at, vec![Body::Marks(marks)])?;
            Ok(marks)
        })
    }

    /// Adds facts to the journal, durable here and in each escrow; answers the last one's number.
    pub fn append(
        &self,
        workspace: WorkspaceNo,
        at: i64,
        facts: Vec<Ordered>,
    ) -> Result<u64, StoreError> {
        let mut inner = self.lock()?;
        let bodies = facts.into_iter().map(Body::Fact).collect();
        inner.change(|inner| inner.append(workspace, at, bodies))
    }

    /// Destroys keys and says so in the journal; answers the record's number.
    pub fn destroy(
        &self,
        workspace: WorkspaceNo,
        at: i64,
        slots: &[Slot],
        fact: Ordered,
    ) -> Result<u64, StoreError> {
        let mut inner = self.lock()?;
        let number = inner.change(|inner| {
            inner.blank(workspace, slots)?;
            inner.append(workspace, at, vec![Body::Destroy { slots: slots.to_vec(), fact }])
        })?;
        for slot in slots {
            self.cache.forget(workspace, slot / FANOUT);
        }
        Ok(number)
    }

    /// The records of a workspace after a number, in order.
    pub fn journal(&self, workspace: WorkspaceNo, after: u64) -> Result<Vec<Record>, StoreError> {
        let mut inner = self.lock()?;
        let values = [workspace.into(), after.into()];
        let records = all(&mut inner.link, sql::JOURNAL_OF, &values, |row| row.bytes(0))?;
        records.iter().map(|bytes| decode(bytes)).collect()
    }

    /// The number of the newest record of all.
    pub fn head(&self) -> Result<u64, StoreError> {
        Ok(self.lock()?.head.0)
    }

    /// The marks of a workspace.
    pub fn marks(&self, workspace: WorkspaceNo) -> Result<Marks, StoreError> {
        self.lock()?.marks(workspace)
    }

    /// Every slot of a workspace that holds a key.
    pub fn live(&self, workspace: WorkspaceNo) -> Result<Vec<Slot>, StoreError> {
        let mut inner = self.lock()?;
        let leaves = u32::try_from(inner.marks(workspace)?.slots / u64::from(FANOUT)).unwrap_or(0);
        inner.with_tree(workspace, |tree, _| tree.live(leaves))
    }

    /// Writes a compact copy of guard.db.
    pub fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        self.lock()?.link.copy_to(path)
    }

    /// Whether a write failed, so that nothing goes on before a new start.
    pub fn is_broken(&self) -> bool {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner).broken
    }

    fn lock(&self) -> Result<MutexGuard<'_, Inner>, StoreError> {
        let inner = self.inner.lock().unwrap_or_else(PoisonError::into_inner);
        if inner.broken { Err(StoreError::Reopen) } else { Ok(inner) }
    }
}

fn decode(bytes: &[u8]) -> Result<Record, StoreError> {
    Record::decode(bytes)?
        .map(|(record, _)| record)
        .ok_or(StoreError::Damaged { what: "a journal record" })
}

impl Inner {
    /// One durable change: all of it or nothing, and after a failure no more until a new start, because
    /// a commit that answered with an error may still have reached the disk.
    fn change<T>(
        &mut self,
        act: impl FnOnce(&mut Inner) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let head = self.head;
        let done = self.change_here(act).and_then(|value| {
            self.escrow_after(head.0)?;
            Ok(value)
        });
        self.broken |= done.is_err();
        done
    }

    /// As [`Inner::change`], but no escrow learns of it.
    fn change_here<T>(
        &mut self,
        act: impl FnOnce(&mut Inner) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        self.link.run(crate::sql::BEGIN, &[])?;
        let done = act(self).and_then(|value| {
            self.link.run(crate::sql::COMMIT, &[])?;
            Ok(value)
        });
        self.broken |= done.is_err();
        done
    }

    fn load_head(&mut self) -> Result<(), StoreError> {
        if let Some(bytes) = one(&mut self.link, sql::JOURNAL_LAST, &[], |row| row.bytes(0))? {
            let record = decode(&bytes)?;
            self.head = (record.number, record.hash);
        }
        Ok(())
    }

    fn append(
        &mut self,
        workspace: WorkspaceNo,
        at: i64,
        bodies: Vec<Body>,
    ) -> Result<u64, StoreError> {
        for body in bodies {
            let record =
                Record::chain((self.head.0, &self.head.1), workspace, at, body, &self.signer);
            self.store(&record)?;
        }
        Ok(self.head.0)
    }

    fn store(&mut self, record: &Record) -> Result<(), StoreError> {
        let bytes = record.encode();
        let values = [record.number.into(), record.workspace.into(), Value::Blob(&bytes)];
        self.link.run(sql::JOURNAL_ADD, &values)?;
        self.head = (record.number, record.hash);
        Ok(())
    }

    fn escrow_after(&mut self, number: u64) -> Result<(), StoreError> {
        if self.head.0 == number || self.escrows.is_empty() {
            return Ok(());
        }
        let rows = all(&mut self.link, sql::JOURNAL_AFTER, &[number.into()], |row| row.bytes(0))?;
        let records = rows.iter().map(|bytes| decode(bytes)).collect::<Result<Vec<_>, _>>()?;
        self.escrows.iter().try_for_each(|escrow| escrow.append(&records))
    }

    /// After a crash an escrow may lack the newest records; after a restore it has more than we do.
    fn meet_escrows(&mut self, restored: bool) -> Result<(), StoreError> {
        let mut found = false;
        let mut ends = Vec::new();
        for escrow in self.escrows.clone() {
            found |= escrow.exists()?;
            let records = escrow.records(&self.verifier)?;
            self.same_history(&records)?;
            let news: Vec<&Record> =
                records.iter().filter(|record| record.number > self.head.0).collect();
            if !news.is_empty() {
                // Not told to the escrows as a change is: the one they come from has them.
                self.change_here(|inner| inner.replay(&news))?;
            }
            ends.push((escrow, records.last().map_or(0, |last| last.number)));
        }
        for (escrow, end) in ends {
            if end < self.head.0 {
                self.escrow_one(&escrow, end)?;
            }
        }
        if restored && !found {
            return Err(StoreError::JournalBroken { after: self.head.0 });
        }
        Ok(())
    }

    /// An escrow of another history must neither be continued nor believed.
    fn same_history(&mut self, records: &[Record]) -> Result<(), StoreError> {
        let Some(shared) = records.iter().rfind(|record| record.number <= self.head.0) else {
            return Ok(());
        };
        let own =
            one(&mut self.link, sql::JOURNAL_AT, &[shared.number.into()], |row| row.bytes(0))?;
        if own.is_none_or(|own| own != shared.encode()) {
            return Err(StoreError::JournalBroken { after: shared.number.saturating_sub(1) });
        }
        Ok(())
    }

    fn escrow_one(&mut self, escrow: &Escrow, after: u64) -> Result<(), StoreError> {
        let rows = all(&mut self.link, sql::JOURNAL_AFTER, &[after.into()], |row| row.bytes(0))?;
        let records = rows.iter().map(|bytes| decode(bytes)).collect::<Result<Vec<_>, _>>()?;
        escrow.append(&records)
    }

    /// Takes over records that only an escrow has: keys they destroyed are destroyed here too.
    fn replay(&mut self, records: &[&Record]) -> Result<(), StoreError> {
        for record in records {
            if !record.follows((self.head.0, &self.head.1), &self.verifier) {
                return Err(StoreError::JournalBroken { after: self.head.0 });
            }
            match &record.body {
                Body::Marks(marks) => self.save_marks(record.workspace, *marks)?,
                Body::Destroy { slots, .. } => self.blank(record.workspace, slots)?,
                Body::Fact(_) => {}
            }
            self.store(record)?;
        }
        Ok(())
    }

    fn blank(&mut self, workspace: WorkspaceNo, slots: &[Slot]) -> Result<(), StoreError> {
        if slots.is_empty() {
            return Ok(());
        }
        let root = self.with_tree(workspace, |tree, rng| {
            tree.destroy(slots, rng)?;
            Ok(tree.root.duplicate())
        })?;
        self.save_root(workspace, &root)
    }

    fn leaf(&mut self, workspace: WorkspaceNo, number: u32) -> Result<Option<Page>, StoreError> {
        self.with_tree(workspace, |tree, _| tree.leaf(number))
    }

    fn with_tree<T>(
        &mut self,
        workspace: WorkspaceNo,
        act: impl FnOnce(&mut Tree<'_>, &mut dyn Random) -> Result<T, StoreError>,
    ) -> Result<T, StoreError> {
        let root = self.root(workspace)?;
        let mut pages = Pages { link: &mut self.link, workspace };
        act(&mut Tree { workspace, root, store: &mut pages }, &mut *self.rng)
    }

    fn marks(&mut self, workspace: WorkspaceNo) -> Result<Marks, StoreError> {
        let marks = one(&mut self.link, sql::MARK, &[workspace.into()], |row| {
            Ok(Marks { slots: row.number(0)?, subjects: row.number(1)?, records: row.number(2)? })
        })?;
        Ok(marks.unwrap_or_default())
    }

    fn save_marks(&mut self, workspace: WorkspaceNo, marks: Marks) -> Result<(), StoreError> {
        let values =
            [workspace.into(), marks.slots.into(), marks.subjects.into(), marks.records.into()];
        self.link.run(sql::MARK_SAVE, &values).map(|_| ())
    }
}

#[cfg(test)]
mod tests;
