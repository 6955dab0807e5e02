//! Restoring a backup into an empty folder. It copies and marks; what was taken away since the backup is
//! replayed when the folder is opened, before the first byte is served.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use crypto::{SigningKey, Zeroizing};
use store::{
    StoreError,
    disk::{Disk, RealDisk},
    escrow::Escrow,
    guard::check_copy,
    provider::{FileProvider, RootProvider},
};

use crate::{
    backup::{MANIFEST, Manifest, copy_file, guards, hashed},
    certificate::hex,
    deployment::restored,
    refusal::Refusal,
};

/// What was brought back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was taken, in RFC 3339.
    pub taken: String,
    /// How many files were copied.
    pub files: usize,
    /// The epoch of the guard's copy.
    pub epoch: u64,
    /// How many records of the guard journal the next opening has to compare with.
    pub journal: u64,
}

fn refused(text: impl Into<String>) -> Refusal {
    Refusal::Refused(text.into())
}

/// Restores `set` into the empty folder `into`. `escrow` brings the secrets and the guard journal: without the
/// journal nobody knows what was erased since, so there is no restore without it.
pub fn restore(set: &Path, escrow: &Path, into: &Path) -> Result<Restored, Refusal> {
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    restore_on(&disk, set, escrow, into)
}

/// As [`restore`], on any disk.
pub fn restore_on(
    disk: &Arc<dyn Disk>,
    set: &Path,
    escrow: &Path,
    into: &Path,
) -> Result<Restored, Refusal> {
    if !disk.list(into).map_err(StoreError::file(into))?.is_empty() {
        return Err(refused("the folder to restore into is not empty"));
    }
    let manifest = checked(&**disk, set)?;
    let journal = journal(disk, escrow, &manifest)?;
    let secrets = escrow.join("secrets");
    let provider = FileProvider::new(Arc::clone(disk), vec![secrets.clone()])?;
    disk.create_folder(into).map_err(StoreError::file(into))?;
    let unfinished = into.join(restored::UNFINISHED);
    let text = b"a restore into this folder was begun\n";
    disk.replace(&unfinished, text).map_err(StoreError::file(&unfinished))?;
    let epoch = guard(&**disk, set, &manifest, &provider, into)?;
    for row in &manifest.files {
        copy(&**disk, &set.join(&row.path), &into.join(&row.path))?;
    }
    for name in disk.list(&secrets).map_err(StoreError::file(&secrets))? {
        if Path::new(&name).extension().is_some_and(|end| end == "key") {
            copy(&**disk, &secrets.join(&name), &into.join("secrets").join(&name))?;
        }
    }
    restored::mark(&**disk, into)?;
    disk.remove(&unfinished).map_err(StoreError::file(&unfinished))?;
    Ok(Restored { taken: manifest.at, files: manifest.files.len(), epoch, journal })
}

fn copy(disk: &dyn Disk, from: &Path, to: &Path) -> Result<(), StoreError> {
    if let Some(folder) = to.parent() {
        disk.create_folder(folder).map_err(StoreError::file(folder))?;
    }
    copy_file(disk, from, to).map(|_| ())
}

/// The manifest, after every file it names was read and compared.
fn checked(disk: &dyn Disk, set: &Path) -> Result<Manifest, Refusal> {
    let path = set.join(MANIFEST);
    if disk.len(&path).map_err(StoreError::file(&path))?.is_none() {
        return Err(refused("there is no finished backup in this folder: it has no manifest"));
    }
    let manifest = Manifest::parse(&disk.read(&path).map_err(StoreError::file(&path))?)?;
    for row in &manifest.files {
        let file = set.join(&row.path);
        let (size, hash) = hashed(disk, &file)?;
        if size != row.size || hex(&hash) != row.sha256 {
            return Err(refused(format!("{} is not the file that was backed up", row.path)));
        }
    }
    Ok(manifest)
}

/// The number of the last record in the escrow's journal, whose chain and signatures hold.
fn journal(disk: &Arc<dyn Disk>, folder: &Path, manifest: &Manifest) -> Result<u64, Refusal> {
    let path = folder.join("secrets").join("deployment.key");
    let escrow = Escrow::new(Arc::clone(disk), folder);
    if !escrow.exists()? {
        return Err(refused(
            "the escrow has no guard journal: without it nobody knows what was erased since",
        ));
    }
    if disk.len(&path).map_err(StoreError::file(&path))?.is_none() {
        return Err(refused("the escrow has no deployment.key: nothing proves its journal"));
    }
    let seed = Zeroizing::new(disk.read(&path).map_err(StoreError::file(&path))?);
    let seed: &[u8; 32] =
        seed.as_slice().try_into().map_err(|_| StoreError::Damaged { what: "a signing key" })?;
    let records = escrow.records(&SigningKey::from_seed(seed).verify_key())?;
    let last = records.last().map_or(0, |record| record.number);
    if last < manifest.journal {
        return Err(refused("the escrow's journal ends before the backup: it is not the newest"));
    }
    Ok(last)
}

/// Brings the newest copy of the guard that can be opened, of the backup's epoch or a later one.
fn guard(
    disk: &dyn Disk,
    set: &Path,
    manifest: &Manifest,
    provider: &dyn RootProvider,
    into: &Path,
) -> Result<u64, Refusal> {
    let beside: PathBuf = set.parent().unwrap_or(set).to_owned();
    let target = into.join("guard.db");
    for (epoch, path) in guards(disk, &beside)?.into_iter().rev() {
        if epoch < manifest.epoch {
            break;
        }
        copy(disk, &path, &target)?;
        match check_copy(disk, &target, provider) {
            Ok(()) => return Ok(epoch),
            Err(StoreError::EpochGone { .. } | StoreError::Damaged { .. }) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Err(refused(
        "no copy of the guard can be opened: the secrets of its epochs are destroyed, or not in this escrow",
    ))
}

#[cfg(test)]
mod tests;
