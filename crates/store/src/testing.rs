//! What the tests of storage share: a folder on the real disk that goes when they end, and a guard in it.

use std::{
    fs,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use crypto::{Seeded, SigningKey};

use crate::{
    Guard, StoreError,
    disk::{Disk, RealDisk},
    escrow::Escrow,
    guard::Parts,
    provider::FileProvider,
};

pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new() -> Folder {
        static COUNT: AtomicU64 = AtomicU64::new(0);
        let name = format!("{}-{}", std::process::id(), COUNT.fetch_add(1, Ordering::Relaxed));
        let path = std::env::temp_dir().join("janji-store-tests").join(name);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        Path::join(&self.0, name)
    }

    pub(crate) fn key() -> SigningKey {
        SigningKey::from_seed(&[7; 32])
    }

    pub(crate) fn escrow(&self) -> Escrow {
        Escrow::new(Arc::new(RealDisk), &self.path("escrow"))
    }

    /// Opens the guard of this folder with one escrow and a first epoch.
    pub(crate) fn open_guard(&self, restored: bool, seed: u64) -> Result<Guard, StoreError> {
        self.open_with(&["escrow"], restored, seed)
    }

    pub(crate) fn open_with(
        &self,
        escrows: &[&str],
        restored: bool,
        seed: u64,
    ) -> Result<Guard, StoreError> {
        let disk: Arc<dyn Disk> = Arc::new(RealDisk);
        let escrow = |name: &&str| Escrow::new(Arc::new(RealDisk), &self.path(name));
        let folders = vec![self.path("secrets"), self.path("escrow")];
        let parts = Parts {
            disk: Arc::clone(&disk),
            path: self.path("guard.db"),
            provider: Box::new(FileProvider::new(disk, folders)?),
            signer: Folder::key(),
            escrows: escrows.iter().map(escrow).collect(),
            restored,
        };
        let guard = Guard::open(parts, Box::new(Seeded::new(seed)))?;
        guard.epoch(0)?;
        Ok(guard)
    }

    pub(crate) fn guard(&self, seed: u64) -> Guard {
        self.open_guard(false, seed).unwrap()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // A folder that stays behind in the temporary ones harms no one.
        let _ = fs::remove_dir_all(&self.0);
    }
}
