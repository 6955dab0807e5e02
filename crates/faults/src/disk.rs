//! The disk as a test holds it.

use std::{
    fmt, fs, io,
    path::Path,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
};

use crate::{
    contents::Tearing,
    failure::{Crash, Fault},
    names::{folder_of, key},
    state::State,
    trace::Event,
    vfs,
};

/// A disk in memory that fails as the test asks; clones are the same disk.
///
/// Paths are absolute (`data/x` means `/data/x`), folders are made with `create_folder`, and the root
/// is there from the start. Chance is seeded: one thread that does the same gets the same trace and the
/// same losses. (Not the same bytes: SQLite draws WAL salts and `random()` from a generator of its own,
/// seeded once a process.)
#[derive(Clone)]
pub struct SimDisk {
    inner: Arc<Inner>,
}

/// What open SQLite files share with the disk; the VFS is given back when the last of them goes.
pub(crate) struct Inner {
    vfs: vfs::Place,
    state: Mutex<State>,
}

impl Inner {
    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn vfs(&self) -> &vfs::Place {
        &self.vfs
    }
}

impl SimDisk {
    /// An empty disk, with a SQLite VFS of its own.
    pub fn new(seed: u64) -> SimDisk {
        let inner = Arc::new_cyclic(|disk: &Weak<Inner>| Inner {
            vfs: vfs::Place::take(disk.clone()),
            state: Mutex::new(State::new(seed)),
        });
        SimDisk { inner }
    }

    /// Ends the process: settles what the disk still holds, after which everything fails until
    /// [`reboot`](Self::reboot).
    ///
    /// A power loss keeps what was synced and, of each change since, all, nothing, some 512-byte
    /// sectors or the mere length; of our own appends always a prefix. Names that changed since the
    /// last sync of their folder may be old or new; a moved file is at one of its two names.
    pub fn crash(&self, how: Crash) {
        self.state().crash(how);
    }

    /// Lets the process die in the `step`-th operation from now (1 is the next), which may be done in
    /// part; it and all after it fail. [`crash`](Self::crash) then says what is left.
    pub fn set_crash_at(&self, step: u64) {
        self.state().set_crash_at(step);
    }

    /// Lets one operation fail: the first that `kind` can hit, from the `step`-th from now on.
    pub fn fail_at(&self, step: u64, kind: Fault) {
        self.state().fail_at(step, kind);
    }

    /// The operations so far (writes, syncs, truncations, renames, removals), to draw steps from.
    pub fn steps(&self) -> u64 {
        self.state().steps()
    }

    /// Whether everything fails now: after the step of [`set_crash_at`](Self::set_crash_at) or a crash.
    pub fn is_dead(&self) -> bool {
        let state = self.state();
        state.alive(state.boot()).is_err()
    }

    /// Starts a new process on what is left: locks are gone and old SQLite handles stay dead. Without
    /// a crash before it, the process is taken to be killed. Our own files have no handles: end the
    /// threads of the old process first.
    pub fn reboot(&self) {
        self.state().reboot();
    }

    /// Switches the trace, which is off at first; off forgets it.
    pub fn trace_on(&self, on: bool) {
        self.state().trace_on(on);
    }

    /// What happened since the trace was switched on.
    pub fn trace(&self) -> Vec<Event> {
        self.state().trace()
    }

    /// Puts a word of the test into the trace, such as `acknowledged 17`.
    pub fn note(&self, text: &str) {
        self.state().record(|| Event::Note(text.to_owned()));
    }

    /// The files below a prefix that a power loss now could change: with writes not synced, with a
    /// sync that failed, or with contents but a name not synced.
    pub fn unsynced(&self, prefix: &str) -> Vec<String> {
        self.state().unsynced(prefix)
    }

    /// The bytes of all files, also of open ones without a name, to search for what must not be there.
    pub fn snapshot(&self) -> Vec<(String, Vec<u8>)> {
        self.state().snapshot()
    }

    /// Lets a power loss tear our own appends by sectors and leave zeros, as some file systems do;
    /// off at first, as `Disk::append` promises a prefix.
    pub fn harsh_appends(&self, on: bool) {
        self.state().append_tearing = if on { Tearing::Sectors } else { Tearing::Prefix };
    }

    /// Lets every sync answer that it was done and do nothing, as some virtual disks do: a crash test that
    /// passes on such a disk tests nothing. Off at first.
    pub fn lying_syncs(&self, on: bool) {
        self.state().syncs_lie = on;
    }

    /// Tells SQLite that a write leaves its sector's other bytes alone (which is true here), for
    /// databases opened from now on; off at first.
    ///
    /// SQLite claims it by default on Unix, so *on* takes the code path of a real server. *Off*, each
    /// WAL commit fills its last sector with a frame that nobody needs, whose rest stays unsynced: then
    /// [`unsynced`](Self::unsynced) names the WAL after every commit.
    pub fn powersafe(&self, on: bool) {
        self.state().powersafe = on;
    }

    /// Copies a real folder's files to a folder here, all of it synced.
    pub fn copy_in(&self, real: &Path, folder: &Path) -> io::Result<()> {
        self.place_folder(&key(folder));
        for entry in fs::read_dir(real)? {
            let entry = entry?;
            let target = folder.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                self.copy_in(&entry.path(), &target)?;
            } else {
                let bytes = fs::read(entry.path())?;
                self.state().place(&key(&target), bytes);
            }
        }
        Ok(())
    }

    /// Copies all files below a folder here to a real folder, for a look from outside.
    pub fn copy_out(&self, folder: &Path, real: &Path) -> io::Result<()> {
        let below = format!("{}/", key(folder));
        fs::create_dir_all(real)?;
        for (name, bytes) in self.snapshot() {
            let Some(rest) = name.strip_prefix(&below) else { continue };
            let target = real.join(rest);
            if let Some(parent) = target.parent() {
                fs::create_dir_all(parent)?;
            }
            fs::write(target, bytes)?;
        }
        Ok(())
    }

    pub(crate) fn state(&self) -> MutexGuard<'_, State> {
        self.inner.state()
    }

    pub(crate) fn vfs_name(&self) -> &str {
        self.inner.vfs().name()
    }

    #[cfg(test)]
    pub(crate) fn downgrade(&self) -> Weak<Inner> {
        Arc::downgrade(&self.inner)
    }

    fn place_folder(&self, folder: &str) {
        if !folder.is_empty() {
            self.place_folder(folder_of(folder));
            self.state().names.make_folder(folder);
        }
    }
}

impl fmt::Debug for SimDisk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("SimDisk").field(&self.vfs_name()).finish()
    }
}
