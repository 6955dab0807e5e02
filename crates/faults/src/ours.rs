//! Our own file layer on the simulated disk: the same operations, in the same order, as on a real one.

use std::{io, path::Path};

use store::disk::Disk;

use crate::{
    contents::Tearing,
    disk::SimDisk,
    failure::Failure,
    names::{folder_of, key},
    state::State,
};

impl Disk for SimDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        let state = self.state();
        Ok(state.find(&key(path))?.ok_or(Failure::Missing)?.live().to_vec())
    }

    fn read_at(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let state = self.state();
        let bytes = state.find(&key(path))?.ok_or(Failure::Missing)?.live();
        let start = usize::try_from(offset).unwrap_or(usize::MAX).min(bytes.len());
        let end = start.saturating_add(len).min(bytes.len());
        Ok(bytes.get(start..end).unwrap_or_default().to_vec())
    }

    fn len(&self, path: &Path) -> io::Result<Option<u64>> {
        let state = self.state();
        Ok(state.find(&key(path))?.map(|contents| contents.live().len() as u64))
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let state = self.state();
        state.alive(state.boot())?;
        Ok(state.names.list(&key(folder)))
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        let mut state = self.state();
        state.alive(state.boot())?;
        Ok(create_folder(&mut state, &key(folder))?)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let path = key(path);
        let fresh = format!("{path}.new");
        let inode = match state.names.find(&fresh) {
            Some(inode) => {
                state.truncate(inode, 0)?;
                inode
            }
            None => state.make(Some(&fresh))?,
        };
        state.write(inode, 0, bytes, Tearing::Sectors)?;
        state.sync(inode)?;
        state.rename(&fresh, &path)?;
        Ok(state.sync_folder(folder_of(&path))?)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let mut state = self.state();
        let path = key(path);
        let found = state.names.find(&path);
        let inode = match found {
            Some(inode) => inode,
            None => state.make(Some(&path))?,
        };
        let tearing = state.append_tearing;
        let end = state.node(inode)?.contents.live().len();
        state.write(inode, end, bytes, tearing)?;
        state.sync(inode)?;
        if found.is_none() {
            state.sync_folder(folder_of(&path))?;
        }
        Ok(())
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let mut state = self.state();
        let inode = state.names.find(&key(path)).ok_or(Failure::Missing)?;
        let len = usize::try_from(len).map_err(io::Error::other)?;
        state.truncate(inode, len)?;
        Ok(state.sync(inode)?)
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        let mut state = self.state();
        let (from, to) = (key(from), key(to));
        state.rename(&from, &to)?;
        state.sync_folder(folder_of(&to))?;
        Ok(state.sync_folder(folder_of(&from))?)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        let mut state = self.state();
        let path = key(path);
        match state.remove(&path) {
            Ok(()) => Ok(state.sync_folder(folder_of(&path))?),
            Err(Failure::Missing) => Ok(()),
            Err(failure) => Err(failure.into()),
        }
    }

    fn sqlite_vfs(&self) -> Option<&str> {
        Some(self.vfs_name())
    }
}

fn create_folder(state: &mut State, folder: &str) -> Result<(), Failure> {
    if state.names.is_folder(folder) {
        return Ok(());
    }
    create_folder(state, folder_of(folder))?;
    state.make_folder(folder)
}
