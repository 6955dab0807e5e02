//! An escrow: a folder on another device that keeps a copy of the guard journal, so that a restored
//! backup learns what was taken away since.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crypto::VerifyKey;

use crate::{
    StoreError,
    disk::Disk,
    journal::{ORIGIN, Record},
};

/// One escrow folder.
#[derive(Debug, Clone)]
pub struct Escrow {
    disk: Arc<dyn Disk>,
    file: PathBuf,
}

impl Escrow {
    /// The escrow in `folder`; nothing is written yet.
    pub fn new(disk: Arc<dyn Disk>, folder: &Path) -> Escrow {
        Escrow { disk, file: folder.join("guard-journal") }
    }

    /// Whether the escrow has a journal at all.
    pub fn exists(&self) -> Result<bool, StoreError> {
        Ok(self.disk.len(&self.file).map_err(StoreError::file(&self.file))?.is_some())
    }

    /// Adds records at the end; they are durable when this returns.
    pub fn append(&self, records: &[Record]) -> Result<(), StoreError> {
        if let Some(folder) = self.file.parent() {
            self.disk.create_folder(folder).map_err(StoreError::file(folder))?;
        }
        let bytes: Vec<u8> = records.iter().flat_map(Record::encode).collect();
        let before = self.disk.len(&self.file).map_err(StoreError::file(&self.file))?;
        self.disk.append(&self.file, &bytes).map_err(|error| {
            // What a failed sync leaves may never reach the medium, whatever a later one says: it is cut
            // off here and written again when the guard is opened. That this fails too changes nothing.
            let _ = self.disk.truncate(&self.file, before.unwrap_or(0));
            StoreError::file(&self.file)(error)
        })
    }

    /// Every record whose chain and signature hold; a torn tail is cut off.
    pub fn records(&self, key: &VerifyKey) -> Result<Vec<Record>, StoreError> {
        if !self.exists()? {
            return Ok(Vec::new());
        }
        let bytes = self.disk.read(&self.file).map_err(StoreError::file(&self.file))?;
        let mut rest = bytes.as_slice();
        let mut records: Vec<Record> = Vec::new();
        while let Some((record, after)) = Record::decode(rest)? {
            let previous = records.last().map_or((0, &ORIGIN), |last| (last.number, &last.hash));
            if !record.follows(previous, key) {
                return Err(StoreError::JournalBroken { after: previous.0 });
            }
            records.push(record);
            rest = after;
        }
        if !rest.is_empty() {
            let sound = (bytes.len() - rest.len()) as u64;
            self.disk.truncate(&self.file, sound).map_err(StoreError::file(&self.file))?;
        }
        Ok(records)
    }
}

#[cfg(test)]
mod tests;
