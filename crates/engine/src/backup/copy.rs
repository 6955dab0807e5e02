//! Copying files into a set, each hashed on the way.

use std::{
    io::ErrorKind,
    path::{Path, PathBuf},
};

use crypto::Digest;
use store::{Link, Sqlite, StoreError, disk::Disk, sqlite::Use};

use super::manifest::{FORMAT, MANIFEST, Manifest, Row};
use crate::{certificate::hex, refusal::Refusal};

/// How much is in memory at a time.
const PIECE: usize = 4 << 20;

/// A set that is being written.
pub(super) struct Set<'a> {
    disk: &'a dyn Disk,
    /// The data folder.
    from: &'a Path,
    folder: PathBuf,
    rows: Vec<Row>,
}

impl<'a> Set<'a> {
    pub(super) fn begin(
        disk: &'a dyn Disk,
        from: &'a Path,
        folder: &Path,
    ) -> Result<Set<'a>, Refusal> {
        disk.create_folder(folder).map_err(StoreError::file(folder))?;
        Ok(Set { disk, from, folder: folder.to_owned(), rows: Vec::new() })
    }

    /// The place in the set of a file of the data folder, its folder made.
    fn place(&self, source: &Path) -> Result<(String, PathBuf), Refusal> {
        let inside = source.strip_prefix(self.from).unwrap_or(source);
        let target = self.folder.join(inside);
        if let Some(folder) = target.parent() {
            self.disk.create_folder(folder).map_err(StoreError::file(folder))?;
        }
        let names = inside.components().map(|part| part.as_os_str().to_string_lossy().into_owned());
        Ok((names.collect::<Vec<_>>().join("/"), target))
    }

    /// Copies a database with its own means, under another name until nothing is in it that must not be.
    pub(super) fn database(
        &mut self,
        source: &Path,
        write: impl FnOnce(&Path) -> Result<(), Refusal>,
        drop: Option<&'static str>,
    ) -> Result<(), Refusal> {
        let (name, target) = self.place(source)?;
        let fresh = self.folder.join("fresh.db");
        self.disk.remove(&fresh).map_err(StoreError::file(&fresh))?;
        write(&fresh)?;
        if let Some(statement) = drop {
            let mut copy = Sqlite::open(self.disk, &fresh, Use::Write)?;
            copy.run(statement, &[])?;
            copy.compact()?;
        }
        self.disk.rename(&fresh, &target).map_err(StoreError::file(&target))?;
        let (size, hash) = hashed(self.disk, &target)?;
        self.rows.push(Row { path: name, size, sha256: hex(&hash) });
        Ok(())
    }

    /// Copies a file as it is; one that is gone, or went meanwhile, is left out.
    pub(super) fn file(&mut self, source: &Path) -> Result<(), Refusal> {
        if self.disk.len(source).map_err(StoreError::file(source))?.is_none() {
            return Ok(());
        }
        let (name, target) = self.place(source)?;
        let copied = copy_file(self.disk, source, &target);
        if let Err(StoreError::File { source: error, .. }) = &copied
            && error.kind() == ErrorKind::NotFound
        {
            self.disk.remove(&target).map_err(StoreError::file(&target))?;
            return Ok(());
        }
        let (size, hash) = copied?;
        self.rows.push(Row { path: name, size, sha256: hex(&hash) });
        Ok(())
    }

    /// Writes bytes under the name of a file of the data folder.
    pub(super) fn bytes(&mut self, source: &Path, bytes: &[u8]) -> Result<(), Refusal> {
        let (path, target) = self.place(source)?;
        self.disk.replace(&target, bytes).map_err(StoreError::file(&target))?;
        let sha256 = hex(&crypto::sha256(&[bytes]));
        self.rows.push(Row { path, size: bytes.len() as u64, sha256 });
        Ok(())
    }

    /// Copies a folder and what is below it, but not the folders named.
    pub(super) fn tree(&mut self, folder: &Path, without: &[&str]) -> Result<(), Refusal> {
        for file in files(self.disk, folder, without)? {
            self.file(&file)?;
        }
        Ok(())
    }

    /// Writes the manifest, from when on the set counts.
    pub(super) fn finish(
        self,
        at: &str,
        epoch: u64,
        journal: u64,
    ) -> Result<(PathBuf, usize), Refusal> {
        let files = self.rows.len();
        let format = FORMAT.to_owned();
        let manifest = Manifest { format, at: at.to_owned(), epoch, journal, files: self.rows };
        let text = serde_json::to_string_pretty(&manifest)
            .map_err(|error| Refusal::Refused(error.to_string()))?;
        let path = self.folder.join(MANIFEST);
        self.disk.replace(&path, text.as_bytes()).map_err(StoreError::file(&path))?;
        Ok((self.folder, files))
    }
}

/// The files in a folder and below it, in the order of their names.
pub(super) fn files(
    disk: &dyn Disk,
    folder: &Path,
    without: &[&str],
) -> Result<Vec<PathBuf>, StoreError> {
    let mut found = Vec::new();
    for name in disk.list(folder).map_err(StoreError::file(folder))? {
        let path = folder.join(&name);
        if without.contains(&name.as_str()) {
            continue;
        }
        if is_folder(disk, &path) {
            found.extend(files(disk, &path, &[])?);
        } else {
            found.push(path);
        }
    }
    Ok(found)
}

/// A folder lists something, or cannot be read as a file.
fn is_folder(disk: &dyn Disk, path: &Path) -> bool {
    let listed = disk.list(path);
    matches!(&listed, Ok(names) if !names.is_empty()) || disk.read_at(path, 0, 1).is_err()
}

/// A folder's files with their bytes, for small folders that must be seen at one moment.
pub(super) fn contents(
    disk: &dyn Disk,
    folder: &Path,
) -> Result<Vec<(PathBuf, Vec<u8>)>, StoreError> {
    let mut all = Vec::new();
    for path in files(disk, folder, &[])? {
        let bytes = disk.read(&path).map_err(StoreError::file(&path))?;
        all.push((path, bytes));
    }
    Ok(all)
}

/// Removes a folder with everything in it; the manifest goes first, so that no half set looks whole.
pub(super) fn remove_tree(disk: &dyn Disk, folder: &Path) -> Result<(), StoreError> {
    let manifest = folder.join(MANIFEST);
    disk.remove(&manifest).map_err(StoreError::file(&manifest))?;
    for name in disk.list(folder).map_err(StoreError::file(folder))? {
        let path = folder.join(name);
        if is_folder(disk, &path) {
            remove_tree(disk, &path)?;
        } else {
            disk.remove(&path).map_err(StoreError::file(&path))?;
        }
    }
    disk.remove_folder(folder).map_err(StoreError::file(folder))
}

/// Copies a file in pieces; answers its length and SHA-256.
pub(crate) fn copy_file(
    disk: &dyn Disk,
    from: &Path,
    to: &Path,
) -> Result<(u64, [u8; 32]), StoreError> {
    disk.replace(to, &[]).map_err(StoreError::file(to))?;
    pieces(disk, from, &mut |piece| disk.append(to, piece).map_err(StoreError::file(to)))
}

/// The length and SHA-256 of a file.
pub(crate) fn hashed(disk: &dyn Disk, path: &Path) -> Result<(u64, [u8; 32]), StoreError> {
    pieces(disk, path, &mut |_| Ok(()))
}

fn pieces(
    disk: &dyn Disk,
    path: &Path,
    each: &mut dyn FnMut(&[u8]) -> Result<(), StoreError>,
) -> Result<(u64, [u8; 32]), StoreError> {
    let mut digest = Digest::default();
    let mut size = 0_u64;
    loop {
        let piece = disk.read_at(path, size, PIECE).map_err(StoreError::file(path))?;
        if piece.is_empty() {
            return Ok((size, digest.finish()));
        }
        digest.update(&piece);
        each(&piece)?;
        size += piece.len() as u64;
    }
}
