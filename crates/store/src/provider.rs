//! The root provider: who keeps the secret of each epoch, and can destroy it.

use std::{
    fmt,
    path::{Path, PathBuf},
    sync::Arc,
};

use crypto::{Key, Random};
use zeroize::Zeroizing;

use crate::{StoreError, disk::Disk};

/// Keeps epoch secrets. Destroying one makes everything sealed under it unreadable for ever.
pub trait RootProvider: fmt::Debug + Send + Sync {
    /// Makes the secret of a new epoch; an epoch that has one keeps it.
    fn create(&self, epoch: u64, rng: &mut dyn Random) -> Result<(), StoreError>;
    /// The secret of an epoch.
    fn secret(&self, epoch: u64) -> Result<Key, StoreError>;
    /// Destroys the secret of an epoch; that it is gone already is no error.
    fn destroy(&self, epoch: u64) -> Result<(), StoreError>;
    /// The epochs whose secret is still there, in order.
    fn epochs(&self) -> Result<Vec<u64>, StoreError>;
}

/// Epoch secrets as files in `secrets/`, outside every backup set, with a copy in each escrow.
#[derive(Debug)]
pub struct FileProvider {
    disk: Arc<dyn Disk>,
    folders: Vec<PathBuf>,
}

fn name(epoch: u64) -> String {
    format!("epoch-{epoch}.key")
}

impl FileProvider {
    /// `folders`: the deployment's own folder first, then those of the escrows.
    pub fn new(disk: Arc<dyn Disk>, folders: Vec<PathBuf>) -> Result<FileProvider, StoreError> {
        for folder in &folders {
            disk.create_folder(folder).map_err(StoreError::file(folder))?;
        }
        Ok(FileProvider { disk, folders })
    }

    fn read(&self, folder: &Path, epoch: u64) -> Result<Option<Key>, StoreError> {
        let path = folder.join(name(epoch));
        if self.disk.len(&path).map_err(StoreError::file(&path))?.is_none() {
            return Ok(None);
        }
        let bytes = Zeroizing::new(self.disk.read(&path).map_err(StoreError::file(&path))?);
        let secret: [u8; 32] = bytes
            .as_slice()
            .try_into()
            .map_err(|_| StoreError::Damaged { what: "an epoch secret" })?;
        Ok(Some(Key::from_bytes(secret)))
    }
}

impl RootProvider for FileProvider {
    fn create(&self, epoch: u64, rng: &mut dyn Random) -> Result<(), StoreError> {
        let key = match self.secret(epoch) {
            Ok(key) => key,
            Err(StoreError::EpochGone { .. }) => Key::random(rng),
            Err(error) => return Err(error),
        };
        // Escrows first: a secret that only the server holds must never seal anything.
        for folder in self.folders.iter().rev() {
            if self.read(folder, epoch)?.is_none() {
                let path = folder.join(name(epoch));
                self.disk.replace(&path, key.bytes()).map_err(StoreError::file(&path))?;
            }
        }
        Ok(())
    }

    fn secret(&self, epoch: u64) -> Result<Key, StoreError> {
        for folder in &self.folders {
            if let Some(key) = self.read(folder, epoch)? {
                return Ok(key);
            }
        }
        Err(StoreError::EpochGone { epoch })
    }

    fn destroy(&self, epoch: u64) -> Result<(), StoreError> {
        for folder in &self.folders {
            let path = folder.join(name(epoch));
            if self.disk.len(&path).map_err(StoreError::file(&path))?.is_some() {
                // Overwriting helps where the medium writes in place, and harms nowhere.
                self.disk.replace(&path, &[0; 32]).map_err(StoreError::file(&path))?;
                self.disk.remove(&path).map_err(StoreError::file(&path))?;
            }
        }
        Ok(())
    }

    fn epochs(&self) -> Result<Vec<u64>, StoreError> {
        let mut found = Vec::new();
        for folder in &self.folders {
            for file in self.disk.list(folder).map_err(StoreError::file(folder))? {
                let number = file.strip_prefix("epoch-").and_then(|rest| rest.strip_suffix(".key"));
                if let Some(epoch) = number.and_then(|digits| digits.parse().ok()) {
                    found.push(epoch);
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }
}
