//! Backups: sets of files in another folder. A set holds sealed data, no look-ups and no secrets; the copies
//! of the guard lie beside the sets and die with their epochs.

mod copy;
mod manifest;
mod sql;

use std::path::{Path, PathBuf};

use store::{Sqlite, StoreError, disk::Disk, sqlite::Use};

pub(crate) use copy::{copy_file, hashed};
pub(crate) use manifest::{MANIFEST, Manifest};

use crate::{
    ctx::Actor,
    deployment::{Deployment, note},
    refusal::Refusal,
    time,
};
use copy::Set;

/// How many days a set is kept, unless the configuration says less.
pub const KEEP_DAYS: u32 = 30;
/// The folder beside the sets that holds the copies of the guard.
pub(crate) const GUARD: &str = "guard";
/// What the deployment remembers of its last backup: the time, in RFC 3339.
pub const LAST: &str = "backup.last";

const DAY: i64 = 86_400_000_000;
/// Small files that a restored folder needs as they were.
const PLAIN: [&str; 3] = ["clock", "test-clock", "janji.toml"];

/// A finished backup.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// The set.
    pub folder: PathBuf,
    /// How many files are in it.
    pub files: usize,
    /// When it was begun, in microseconds since 1970.
    pub at: i64,
}

/// As [`take`], with sets kept for the usual time.
pub fn backup(deployment: &Deployment, into: &Path) -> Result<Backup, Refusal> {
    take(deployment, into, KEEP_DAYS)
}

/// Writes a set into `<into>/<time>/`, replaces this epoch's copy of the guard, and deletes the sets that are
/// older than `keep_days`. Data come before keys, so that no row in the set lacks its key in the copy.
pub fn take(deployment: &Deployment, into: &Path, keep_days: u32) -> Result<Backup, Refusal> {
    let at = deployment.reading().now;
    let disk = &**deployment.disk();
    let mut set = Set::begin(disk, deployment.folder(), &free_folder(disk, into, at)?)?;
    let workspaces = deployment.workspaces()?;
    for listed in &workspaces {
        let ws = deployment.workspace(listed.number)?;
        let database = &ws.places().database;
        // A connection of its own: the writer goes on meanwhile.
        let mut link = Sqlite::open(disk, database, Use::Write)?;
        set.database(database, |path| Ok(link.copy_to(path)?), Some(sql::DROP_LOOKUPS))?;
    }
    let mut log = Vec::new();
    let control = deployment.folder().join("control.db");
    set.database(
        &control,
        |path| {
            deployment.control().copy_to(path, |folder| {
                log = copy::contents(disk, folder)?;
                Ok(())
            })
        },
        None,
    )?;
    for listed in &workspaces {
        set.tree(&deployment.workspace(listed.number)?.places().blobs, &["pending"])?;
    }
    let epoch = copy_guard(deployment, into)?;
    for (path, bytes) in &log {
        set.bytes(path, bytes)?;
    }
    set.tree(&deployment.folder().join("log"), &["deployment"])?;
    for name in PLAIN {
        set.file(&deployment.folder().join(name))?;
    }
    let journal = deployment.guard().head()?;
    let (folder, files) = set.finish(&time::rfc3339(at), epoch, journal)?;
    for listed in &workspaces {
        let ctx = deployment.ctx(deployment.workspace(listed.number)?, Actor::janji());
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| note(&act, tx, "backup", "security.backups"))?;
    }
    deployment.control().set_setting(LAST, &time::rfc3339(at))?;
    rotate(deployment, into, keep_days)?;
    Ok(Backup { folder, files, at })
}

/// Deletes the sets that are older than so many days. Taking a backup does it too; housekeeping calls it so
/// that old sets end also where no new ones come.
pub fn rotate(deployment: &Deployment, into: &Path, keep_days: u32) -> Result<usize, Refusal> {
    let disk = &**deployment.disk();
    let before = deployment.reading().settled - i64::from(keep_days) * DAY;
    let mut gone = 0;
    for name in disk.list(into).map_err(StoreError::file(into))? {
        if taken_at(&name).is_some_and(|at| at < before) {
            copy::remove_tree(disk, &into.join(&name))?;
            gone += 1;
        }
    }
    Ok(gone)
}

/// The folder of a set that began at this time; two in one second get two folders.
fn free_folder(disk: &dyn Disk, into: &Path, at: i64) -> Result<PathBuf, Refusal> {
    let name = time::rfc3339(at).replace(':', "-");
    let there = disk.list(into).map_err(StoreError::file(into))?;
    let names = (1_u64..).map(|n| if n == 1 { name.clone() } else { format!("{name}.{n}") });
    let free = names.into_iter().find(|name| !there.contains(name)).unwrap_or(name);
    Ok(into.join(free))
}

/// When the set of this name was begun; `None` for what is no set.
fn taken_at(name: &str) -> Option<i64> {
    let name = name.split_once('.').map_or(name, |(name, _)| name);
    let (date, clock) = name.split_once('T')?;
    time::parse(&format!("{date}T{}", clock.replace('-', ":")))
}

/// One copy of the guard an epoch, and only of epochs whose secret still lives.
fn copy_guard(deployment: &Deployment, into: &Path) -> Result<u64, Refusal> {
    let disk = &**deployment.disk();
    let folder = into.join(GUARD);
    disk.create_folder(&folder).map_err(StoreError::file(&folder))?;
    let fresh = folder.join("fresh.db");
    let running = || deployment.guard().epoch(deployment.reading().settled);
    let epoch = loop {
        let before = running()?.number;
        disk.remove(&fresh).map_err(StoreError::file(&fresh))?;
        deployment.guard().copy_to(&fresh)?;
        // An epoch that turned meanwhile would give the copy a wrong name.
        if running()?.number == before {
            break before;
        }
    };
    let path = folder.join(guard_name(epoch));
    disk.rename(&fresh, &path).map_err(StoreError::file(&path))?;
    let dead = epoch.saturating_sub(deployment.control().settings().keep_epochs);
    for (number, path) in guards(disk, into)? {
        if number <= dead {
            disk.remove(&path).map_err(StoreError::file(&path))?;
        }
    }
    Ok(epoch)
}

fn guard_name(epoch: u64) -> String {
    format!("guard-{epoch}.db")
}

/// The copies of the guard beside the sets, by epoch.
pub(crate) fn guards(disk: &dyn Disk, into: &Path) -> Result<Vec<(u64, PathBuf)>, Refusal> {
    let folder = into.join(GUARD);
    let mut found = Vec::new();
    for name in disk.list(&folder).map_err(StoreError::file(&folder))? {
        let number = name.strip_prefix("guard-").and_then(|rest| rest.strip_suffix(".db"));
        if let Some(number) = number.and_then(|digits| digits.parse().ok()) {
            found.push((number, folder.join(&name)));
        }
    }
    found.sort_unstable();
    Ok(found)
}

#[cfg(test)]
mod tests;
