//! Epochs: roots are sealed under the newest epoch's secret, and a secret dies when its epoch is old
//! enough. Real destruction, of the copies in backups too, happens here and only here.

use std::path::Path;

use crypto::{Key, Random};

use super::{Guard, Inner, sql};
use crate::{
    Link, Sqlite, StoreError, WorkspaceNo,
    disk::Disk,
    provider::RootProvider,
    sqlite::Use,
    value::{all, one},
};

/// The epoch that runs now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Epoch {
    /// Its number, from 1.
    pub number: u64,
    /// When it began, in microseconds since 1970.
    pub started: i64,
}

fn context(workspace: WorkspaceNo, epoch: u64) -> Vec<u8> {
    [b"janji root v1\0".as_slice(), &workspace.to_be_bytes(), &epoch.to_be_bytes()].concat()
}

fn unwrap_root(
    secret: &Key,
    workspace: WorkspaceNo,
    epoch: u64,
    wrapped: &[u8],
) -> Result<Key, StoreError> {
    let plain = crypto::unwrap(secret, &context(workspace, epoch), wrapped)
        .map_err(|_| StoreError::Damaged { what: "a root key" })?;
    let bytes: [u8; 32] =
        plain.as_slice().try_into().map_err(|_| StoreError::Damaged { what: "a root key" })?;
    Ok(Key::from_bytes(bytes))
}

impl Guard {
    /// The running epoch; the first one begins when a guard is first asked.
    pub fn epoch(&self, now: i64) -> Result<Epoch, StoreError> {
        let mut inner = self.lock()?;
        if let Some(epoch) = inner.epoch()? {
            return Ok(epoch);
        }
        inner.start_epoch(1, now)?;
        Ok(Epoch { number: 1, started: now })
    }

    /// Ends the running epoch: a new secret, each root sealed under it, one row a workspace. The old
    /// secret stays until [`Guard::destroy_epochs`].
    pub fn turn_epoch(&self, now: i64) -> Result<Epoch, StoreError> {
        let mut inner = self.lock()?;
        let next = inner.epoch()?.map_or(1, |epoch| epoch.number + 1);
        inner.start_epoch(next, now)?;
        // What the old roots wrapped must not linger in the journal file of the database.
        inner.link.checkpoint()?;
        Ok(Epoch { number: next, started: now })
    }

    /// Destroys the secrets of all epochs up to `last`, after `backup` (a fresh copy of guard.db) was
    /// read back and every root in it opened.
    pub fn destroy_epochs(
        &self,
        last: u64,
        now: i64,
        disk: &dyn Disk,
        backup: &Path,
    ) -> Result<Vec<u64>, StoreError> {
        let mut inner = self.lock()?;
        inner.open_copy(disk, backup)?;
        let gone = all(&mut inner.link, sql::EPOCHS_LEFT, &[last.into()], |row| row.number(0))?;
        for epoch in &gone {
            inner.provider.destroy(*epoch)?;
        }
        inner.change(|inner| {
            inner.link.run(sql::EPOCH_DESTROYED, &[last.into(), now.into()]).map(|_| ())
        })?;
        Ok(gone)
    }

    /// The newest epoch that began by this time and is over; 0 for none.
    pub fn ended_epoch(&self, started: i64) -> Result<u64, StoreError> {
        let mut inner = self.lock()?;
        let found =
            one(&mut inner.link, sql::EPOCH_STARTED, &[started.into()], |row| row.number(0));
        Ok(found?.unwrap_or(0))
    }

    /// The newest epoch whose secret is destroyed, 0 for none: what was erased in it or before is gone
    /// from every copy.
    pub fn dead_epoch(&self) -> Result<u64, StoreError> {
        let mut inner = self.lock()?;
        Ok(one(&mut inner.link, sql::EPOCH_DEAD, &[], |row| row.number(0))?.unwrap_or(0))
    }

    /// The epochs whose secret the provider still has, to check against what the guard says.
    pub fn secrets(&self) -> Result<Vec<u64>, StoreError> {
        self.lock()?.provider.epochs()
    }
}

impl Inner {
    pub(super) fn epoch(&mut self) -> Result<Option<Epoch>, StoreError> {
        one(&mut self.link, sql::EPOCH, &[], |row| {
            Ok(Epoch { number: row.number(0)?, started: row.int(1)? })
        })
    }

    fn start_epoch(&mut self, number: u64, now: i64) -> Result<(), StoreError> {
        self.provider.create(number, &mut *self.rng)?;
        let secret = self.provider.secret(number)?;
        self.change(|inner| {
            for (workspace, epoch, wrapped) in inner.roots()? {
                let old = inner.provider.secret(epoch)?;
                let root = unwrap_root(&old, workspace, epoch, &wrapped)?;
                inner.wrap_root(&secret, workspace, number, &root)?;
            }
            inner.link.run(sql::EPOCH_END, &[number.wrapping_sub(1).into(), now.into()])?;
            inner.link.run(sql::EPOCH_START, &[number.into(), now.into()]).map(|_| ())
        })
    }

    fn roots(&mut self) -> Result<Vec<(WorkspaceNo, u64, Vec<u8>)>, StoreError> {
        all(&mut self.link, sql::ROOTS, &[], |row| {
            Ok((row.number(0)?, row.number(1)?, row.bytes(2)?))
        })
    }

    pub(super) fn root(&mut self, workspace: WorkspaceNo) -> Result<Key, StoreError> {
        let found = one(&mut self.link, sql::ROOT, &[workspace.into()], |row| {
            Ok((row.number(0)?, row.bytes(1)?))
        })?;
        let (epoch, wrapped) = found.ok_or(StoreError::KeyDestroyed)?;
        let secret = self.provider.secret(epoch)?;
        unwrap_root(&secret, workspace, epoch, &wrapped)
    }

    /// Seals a root under the running epoch.
    pub(super) fn save_root(
        &mut self,
        workspace: WorkspaceNo,
        root: &Key,
    ) -> Result<(), StoreError> {
        let epoch = self.epoch()?.map_or(0, |epoch| epoch.number);
        let secret = self.provider.secret(epoch)?;
        self.wrap_root(&secret, workspace, epoch, root)
    }

    fn wrap_root(
        &mut self,
        secret: &Key,
        workspace: WorkspaceNo,
        epoch: u64,
        root: &Key,
    ) -> Result<(), StoreError> {
        let rng: &mut dyn Random = &mut *self.rng;
        let wrapped = crypto::wrap(secret, &context(workspace, epoch), root.bytes(), rng);
        let values = [workspace.into(), epoch.into(), wrapped.as_slice().into()];
        self.link.run(sql::ROOT_SAVE, &values).map(|_| ())
    }

    /// Reads a copy of guard.db back and opens every root in it.
    fn open_copy(&mut self, disk: &dyn Disk, path: &Path) -> Result<(), StoreError> {
        check_copy(disk, path, &*self.provider)
    }
}

/// Reads a copy of guard.db and opens every root in it: only then is it worth keeping, or restoring.
pub fn check_copy(
    disk: &dyn Disk,
    path: &Path,
    provider: &dyn RootProvider,
) -> Result<(), StoreError> {
    let mut copy = Sqlite::open(disk, path, Use::Write)?;
    if !copy.is_sound()? {
        return Err(StoreError::Damaged { what: "the copy of the guard" });
    }
    let roots =
        all(&mut copy, sql::ROOTS, &[], |row| Ok((row.number(0)?, row.number(1)?, row.bytes(2)?)))?;
    for (workspace, epoch, wrapped) in roots {
        unwrap_root(&provider.secret(epoch)?, workspace, epoch, &wrapped)?;
    }
    Ok(())
}
