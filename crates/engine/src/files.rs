//! The public files of a log: tiles, entry bundles, checkpoint.

use std::path::{Path, PathBuf};

use store::{StoreError, disk::Disk};

use crate::refusal::Refusal;

/// The folder of one log.
#[derive(Debug, Clone)]
pub(crate) struct LogFiles<'a> {
    disk: &'a dyn Disk,
    folder: PathBuf,
}

impl<'a> LogFiles<'a> {
    pub(crate) fn new(disk: &'a dyn Disk, folder: &Path) -> LogFiles<'a> {
        LogFiles { disk, folder: folder.to_owned() }
    }

    /// A file of the log, `None` when it is not there.
    pub(crate) fn read(&self, path: &str) -> Option<Vec<u8>> {
        let path = self.folder.join(path);
        self.disk.len(&path).ok().flatten()?;
        self.disk.read(&path).ok()
    }

    /// Writes files; all are durable when this returns, and nothing points to them before. One that is there
    /// with the same bytes is written again: a process that was killed may have left it without a sync.
    pub(crate) fn write(&self, files: &[(String, Vec<u8>)]) -> Result<(), Refusal> {
        let mut fresh = Vec::with_capacity(files.len());
        for (name, bytes) in files {
            if self.read(name).is_some_and(|there| there != *bytes) {
                // The bytes of a tile follow from the entries; others mean another history.
                return Err(Refusal::Ledger { what: format!("{name} holds another history") });
            }
            let path = self.folder.join(name);
            if let Some(folder) = path.parent() {
                self.disk.create_folder(folder).map_err(StoreError::file(folder))?;
            }
            fresh.push((path, bytes.as_slice()));
        }
        self.disk.replace_all(&fresh).map_err(StoreError::file(&self.folder))?;
        Ok(())
    }

    /// Publishes a signed checkpoint.
    pub(crate) fn checkpoint(&self, note: &str) -> Result<(), Refusal> {
        self.put("checkpoint", note.as_bytes())
    }

    fn put(&self, name: &str, bytes: &[u8]) -> Result<(), Refusal> {
        let path = self.folder.join(name);
        if let Some(folder) = path.parent() {
            self.disk.create_folder(folder).map_err(StoreError::file(folder))?;
        }
        self.disk.replace(&path, bytes).map_err(StoreError::file(&path))?;
        Ok(())
    }
}
