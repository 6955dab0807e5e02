//! Epochs turn on the clock. At the end of each: a new secret, roots sealed under it, a copy of the guard
//! written and opened again, and only then the oldest secret destroyed.

use super::Deployment;
use crate::{clock::Reading, refusal::Refusal};
use store::StoreError;

impl Deployment {
    /// Turns the epoch when its time is over on both clocks. A server that slept through several turns
    /// once; which secrets die is a matter of time, not of turns, so that horizons hold all the same.
    pub(super) fn turn_epoch(&self, reading: Reading) -> Result<(), Refusal> {
        let settings = self.control.settings();
        let running = self.guard.epoch(reading.settled)?;
        if reading.settled < running.started.saturating_add(settings.epoch) {
            return self.destroy_old(running.number, reading);
        }
        let fresh = self.guard.turn_epoch(reading.settled)?;
        self.copy_guard(fresh.number)?;
        self.destroy_old(fresh.number, reading)
    }

    /// Destroys the secrets that the running epoch leaves behind, if any is left.
    fn destroy_old(&self, running: u64, reading: Reading) -> Result<(), Refusal> {
        let settings = self.control.settings();
        let kept = i64::try_from(settings.keep_epochs).unwrap_or(i64::MAX);
        let kept = settings.epoch.saturating_mul(kept);
        let last = self.guard.ended_epoch(reading.settled.saturating_sub(kept))?;
        if last == 0 || self.guard.dead_epoch()? >= last {
            return Ok(());
        }
        let copy = self.copy_guard(running)?;
        self.guard.destroy_epochs(last, reading.settled, &*self.disk, &copy)?;
        let folder = self.folder.join("guard-copies");
        for name in self.disk.list(&folder).map_err(StoreError::file(&folder))? {
            let old = name
                .strip_prefix("guard-")
                .and_then(|rest| rest.split('.').next())
                .and_then(|number| number.parse::<u64>().ok())
                .is_some_and(|number| number <= last);
            if old {
                let path = folder.join(&name);
                self.disk.remove(&path).map_err(StoreError::file(&path))?;
            }
        }
        Ok(())
    }

    /// Writes this epoch's copy of guard.db, replacing an earlier one of the same epoch.
    pub(crate) fn copy_guard(&self, epoch: u64) -> Result<std::path::PathBuf, Refusal> {
        let folder = self.folder.join("guard-copies");
        self.disk.create_folder(&folder).map_err(StoreError::file(&folder))?;
        let (fresh, path) = (folder.join("fresh.db"), folder.join(format!("guard-{epoch}.db")));
        self.disk.remove(&fresh).map_err(StoreError::file(&fresh))?;
        self.guard.copy_to(&fresh)?;
        self.disk.rename(&fresh, &path).map_err(StoreError::file(&path))?;
        Ok(path)
    }
}
