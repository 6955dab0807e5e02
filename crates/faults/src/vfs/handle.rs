//! An open file of SQLite as the disk knows it: the safe half of the file methods.

use std::{
    ffi::{c_int, c_void},
    ptr,
    sync::Arc,
};

use rusqlite::ffi;

use crate::{
    disk::Inner,
    failure::Failure,
    locks::Owner,
    names::{Inode, folder_of},
    shm::Region,
    state::State,
};

/// What an open file is to the disk; of no use after a crash.
pub(super) struct Handle {
    pub(super) disk: Arc<Inner>,
    pub(super) inode: Inode,
    pub(super) owner: Owner,
    boot: u64,
    /// The name that the first sync makes durable too, as SQLite does on Unix for a fresh journal or
    /// WAL. Here it does so whichever connection made the file, as the sync of a fresh file has that
    /// effect on the usual Linux file systems.
    fresh: Option<String>,
    /// The shared memory that SQLite was shown, kept until it says that it is done with it.
    mapped: Vec<Arc<Region>>,
}

impl Handle {
    pub(super) fn open(
        disk: Arc<Inner>,
        name: Option<&str>,
        flags: c_int,
    ) -> Result<Handle, Failure> {
        let mut state = disk.state();
        let named = name.filter(|_| flags & ffi::SQLITE_OPEN_DELETEONCLOSE == 0);
        let found = named.and_then(|name| state.names.find(name));
        state.alive(state.boot())?;
        let inode = match found {
            Some(_) if flags & ffi::SQLITE_OPEN_EXCLUSIVE != 0 => return Err(Failure::Missing),
            Some(inode) => inode,
            None if flags & ffi::SQLITE_OPEN_CREATE == 0 => return Err(Failure::Missing),
            None => state.make(named)?,
        };
        state.open(inode);
        let journal =
            ffi::SQLITE_OPEN_MAIN_JOURNAL | ffi::SQLITE_OPEN_SUPER_JOURNAL | ffi::SQLITE_OPEN_WAL;
        let fresh = named.filter(|_| flags & journal != 0).map(str::to_owned);
        let (owner, boot) = (state.number(), state.boot());
        drop(state);
        Ok(Handle { disk, inode, owner, boot, fresh, mapped: Vec::new() })
    }

    /// Runs an operation on the disk, unless the handle is dead.
    pub(super) fn on_disk<T>(
        &self,
        act: impl FnOnce(&mut State) -> Result<T, Failure>,
    ) -> Result<T, Failure> {
        let mut state = self.disk.state();
        state.alive(self.boot)?;
        act(&mut state)
    }

    pub(super) fn close(&self) {
        // A dead handle has nothing to give back: the crash did it.
        let _ = self.on_disk(|state| {
            let node = state.node(self.inode)?;
            node.locks.lower(self.owner, ffi::SQLITE_LOCK_NONE);
            node.shm.unmap(self.owner);
            state.close(self.inode);
            Ok(())
        });
    }

    /// Reads what is there, and says how much that was.
    pub(super) fn read(&self, offset: usize, into: &mut [u8]) -> Result<usize, Failure> {
        self.on_disk(|state| {
            let bytes = state.node(self.inode)?.contents.live();
            let found = bytes.get(offset..).unwrap_or_default();
            let len = found.len().min(into.len());
            if let (Some(into), Some(found)) = (into.get_mut(..len), found.get(..len)) {
                into.copy_from_slice(found);
            }
            Ok(len)
        })
    }

    pub(super) fn sync(&mut self) -> Result<(), Failure> {
        self.on_disk(|state| state.sync(self.inode))?;
        if let Some(name) = &self.fresh {
            self.on_disk(|state| {
                if state.names.is_durable(name, self.inode) {
                    Ok(())
                } else {
                    state.sync_folder(folder_of(name))
                }
            })?;
            self.fresh = None;
        }
        Ok(())
    }

    pub(super) fn map(
        &mut self,
        number: usize,
        size: usize,
        extend: bool,
    ) -> Result<*mut c_void, Failure> {
        let region = self
            .on_disk(|state| state.node(self.inode)?.shm.map(self.owner, number, size, extend))?;
        let Some(region) = region else { return Ok(ptr::null_mut()) };
        let start = region.start().cast();
        self.mapped.push(region);
        Ok(start)
    }

    pub(super) fn lock_shm(&self, first: c_int, count: c_int, flags: c_int) -> Result<(), Failure> {
        let first = usize::try_from(first).map_err(|_| Failure::Dead)?;
        let count = usize::try_from(count).map_err(|_| Failure::Dead)?;
        self.on_disk(|state| {
            let shm = &mut state.node(self.inode)?.shm;
            if flags & ffi::SQLITE_SHM_UNLOCK != 0 {
                shm.unlock(self.owner, first, count);
                Ok(())
            } else {
                shm.lock(self.owner, first, count, flags & ffi::SQLITE_SHM_EXCLUSIVE != 0)
            }
        })
    }

    pub(super) fn unmap(&mut self) {
        // A dead handle has nothing to give back: the crash did it.
        let _ = self.on_disk(|state| {
            state.node(self.inode)?.shm.unmap(self.owner);
            Ok(())
        });
        self.mapped.clear();
    }
}
