//! Every file that Janji writes itself goes through a [`Disk`], so that tests can fail, lose and tear
//! writes. SQLite writes through the VFS that the disk names.

use std::{
    any::Any,
    collections::BTreeSet,
    fmt,
    fs::{self, File, OpenOptions},
    io::{self, Read, Seek, SeekFrom, Write},
    path::{Path, PathBuf},
};

/// The few file operations that the server needs, each durable when it returns.
pub trait Disk: fmt::Debug + Send + Sync {
    /// Reads a whole file.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// Reads up to `len` bytes at `offset`; fewer at the end of the file.
    fn read_at(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>>;
    /// The length of a file, `None` when there is none.
    fn len(&self, path: &Path) -> io::Result<Option<u64>>;
    /// The names in a folder, sorted; empty when there is no folder.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes a folder and its parents.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Creates or replaces a file whole: after a crash it holds the old bytes or the new ones.
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Replaces several files, each as [`Disk::replace`] does; all are durable when this returns. A disk
    /// may sync their folders once instead of once a file.
    fn replace_all(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        files.iter().try_for_each(|(path, bytes)| self.replace(path, bytes))
    }
    /// Appends to a file, made when missing; after a crash a prefix of `bytes` may be there.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Cuts a file to `len` bytes.
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()>;
    /// Moves a file over another, in one step.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Removes a file; that it is not there is no error.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Removes an empty folder; disks without folders of their own have nothing to do.
    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        let _ = folder;
        Ok(())
    }
    /// Takes a lock on a file for as long as the answer lives; an error when another process has it.
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any + Send + Sync>> {
        let _ = path;
        Ok(Box::new(()))
    }
    /// The device that a folder lies on, where that can be told.
    fn device(&self, folder: &Path) -> Option<u64> {
        let _ = folder;
        None
    }
    /// The name of the SQLite VFS that stores on this disk; `None` is SQLite's default.
    fn sqlite_vfs(&self) -> Option<&str> {
        None
    }
}

/// The operating system's files.
#[derive(Debug, Default, Clone, Copy)]
pub struct RealDisk;

fn parent(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn read_at(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        let mut file = File::open(path)?;
        file.seek(SeekFrom::Start(offset))?;
        let mut bytes = Vec::with_capacity(len);
        file.take(len as u64).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    fn len(&self, path: &Path) -> io::Result<Option<u64>> {
        match fs::metadata(path) {
            Ok(meta) => Ok(Some(meta.len())),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(error),
        }
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut names = Vec::new();
        for entry in entries {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        if folder.is_dir() {
            return Ok(());
        }
        let above = parent(folder);
        if above != folder {
            self.create_folder(above)?;
        }
        let mut builder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
        match builder.create(folder) {
            Err(error) if error.kind() != io::ErrorKind::AlreadyExists => return Err(error),
            _ => {}
        }
        sync_folder(above)
    }

    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        put(path, bytes)?;
        sync_folder(parent(path))
    }

    fn replace_all(&self, files: &[(PathBuf, &[u8])]) -> io::Result<()> {
        let mut folders = BTreeSet::new();
        for (path, bytes) in files {
            put(path, bytes)?;
            folders.insert(parent(path));
        }
        folders.into_iter().try_for_each(sync_folder)
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        let made = !path.exists();
        let mut file = private().create(true).append(true).open(path)?;
        file.write_all(bytes)?;
        file.sync_data()?;
        if made { sync_folder(parent(path)) } else { Ok(()) }
    }

    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        let file = OpenOptions::new().write(true).open(path)?;
        file.set_len(len)?;
        file.sync_all()
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)?;
        sync_folder(parent(to))?;
        sync_folder(parent(from))
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        match fs::remove_file(path) {
            Ok(()) => sync_folder(parent(path)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn remove_folder(&self, folder: &Path) -> io::Result<()> {
        match fs::remove_dir(folder) {
            Ok(()) => sync_folder(parent(folder)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any + Send + Sync>> {
        let file = private().create(true).append(true).open(path)?;
        file.try_lock()?;
        Ok(Box::new(file))
    }

    #[cfg(unix)]
    fn device(&self, folder: &Path) -> Option<u64> {
        Some(std::os::unix::fs::MetadataExt::dev(&fs::metadata(folder).ok()?))
    }
}

/// Writes a file beside its place, syncs it and moves it there; the folder is not synced yet.
fn put(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    let fresh = Path::new(&name);
    let mut file = private().create(true).truncate(true).write(true).open(fresh)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(fresh, path)
}

/// Files that hold keys or sealed data are for the server's own user only.
fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
