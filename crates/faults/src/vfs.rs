//! The SQLite VFS of a disk: names, time and chance here, open files in [`file`].
//!
//! Each disk takes a place among the registered VFSs and gives it back, so that a place outlives its
//! disk and SQLite never holds a pointer to something freed. There are as many places as there were
//! ever disks at one time.

mod file;
mod handle;

use std::{
    ffi::{CStr, CString, c_char, c_int},
    ptr,
    sync::{Arc, Mutex, MutexGuard, PoisonError, Weak},
    time::Duration,
};

use rusqlite::ffi;

use crate::{
    disk::Inner,
    failure::Failure,
    names::{folder_of, key},
};

/// The longest path that is taken.
const LONGEST: c_int = 1024;

/// 2026-01-01T00:00:00Z in SQLite's unit, milliseconds since the start of the Julian day numbers.
const NOW: i64 = 210_866_760_000_000 + 1_767_225_600_000;

static PLACES: Mutex<Vec<Option<Weak<Inner>>>> = Mutex::new(Vec::new());

fn places() -> MutexGuard<'static, Vec<Option<Weak<Inner>>>> {
    PLACES.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A disk's place among the VFSs, free for another disk when dropped.
pub(crate) struct Place {
    number: usize,
    name: String,
}

impl Place {
    pub(crate) fn take(disk: Weak<Inner>) -> Place {
        let mut places = places();
        let free = places.iter().position(Option::is_none);
        let number = free.unwrap_or(places.len());
        let name = format!("simulated-{number}");
        if let Some(place) = places.get_mut(number) {
            *place = Some(disk);
        } else {
            places.push(Some(disk));
            register(number, &name);
        }
        Place { number, name }
    }

    pub(crate) fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(place) = places().get_mut(self.number) {
            *place = None;
        }
    }
}

/// Registers a VFS for good. Should SQLite refuse, opening by that name fails and says so.
fn register(number: usize, name: &str) {
    let Ok(name) = CString::new(name) else { return };
    // SAFETY: a null name asks for the default VFS, which lives as long as the process.
    let default = unsafe { ffi::sqlite3_vfs_find(ptr::null()).as_ref() };
    let vfs = ffi::sqlite3_vfs {
        iVersion: 2,
        szOsFile: file::SIZE,
        mxPathname: LONGEST,
        pNext: ptr::null_mut(),
        zName: name.into_raw(),
        pAppData: ptr::without_provenance_mut(number),
        xOpen: Some(open),
        xDelete: Some(delete),
        xAccess: Some(access),
        xFullPathname: Some(full_pathname),
        xDlOpen: default.and_then(|vfs| vfs.xDlOpen),
        xDlError: default.and_then(|vfs| vfs.xDlError),
        xDlSym: default.and_then(|vfs| vfs.xDlSym),
        xDlClose: default.and_then(|vfs| vfs.xDlClose),
        xRandomness: Some(randomness),
        xSleep: Some(sleep),
        xCurrentTime: Some(current_time),
        xGetLastError: Some(last_error),
        xCurrentTimeInt64: Some(current_time_int64),
        xSetSystemCall: None,
        xGetSystemCall: None,
        xNextSystemCall: None,
    };
    // SAFETY: the VFS and its name are leaked, so they outlive SQLite's list of them.
    unsafe { ffi::sqlite3_vfs_register(Box::leak(Box::new(vfs)), 0) };
}

/// # Safety
/// `vfs` is one that [`register`] made.
unsafe fn disk(vfs: *mut ffi::sqlite3_vfs) -> Option<Arc<Inner>> {
    // SAFETY: it is never freed, and nobody writes its fields but SQLite its `pNext`.
    let number = unsafe { (*vfs).pAppData }.addr();
    places().get(number)?.as_ref()?.upgrade()
}

/// # Safety
/// `name` is null or ends with a zero byte, and stays as it is for `'a`.
unsafe fn path<'a>(name: *const c_char) -> Option<&'a str> {
    if name.is_null() {
        return None;
    }
    // SAFETY: the caller's promise.
    unsafe { CStr::from_ptr(name) }.to_str().ok()
}

pub(crate) fn code(result: Result<(), Failure>) -> c_int {
    result.map_or_else(Failure::code, |()| ffi::SQLITE_OK)
}

unsafe extern "C" fn open(
    vfs: *mut ffi::sqlite3_vfs,
    name: ffi::sqlite3_filename,
    file: *mut ffi::sqlite3_file,
    flags: c_int,
    out_flags: *mut c_int,
) -> c_int {
    // SAFETY: SQLite passes our VFS, `szOsFile` bytes for the file, and a name that lives as long.
    unsafe {
        (*file).pMethods = ptr::null();
        let Some(disk) = disk(vfs) else { return ffi::SQLITE_CANTOPEN };
        match handle::Handle::open(disk, path(name), flags) {
            Ok(handle) => file::install(file, handle),
            Err(failure) => return failure.code(),
        }
        if let Some(out_flags) = out_flags.as_mut() {
            *out_flags = flags;
        }
    }
    ffi::SQLITE_OK
}

unsafe extern "C" fn delete(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    sync_folder: c_int,
) -> c_int {
    // SAFETY: SQLite passes our VFS and a name that ends with a zero byte.
    let (Some(disk), Some(name)) = (unsafe { disk(vfs) }, unsafe { path(name) }) else {
        return ffi::SQLITE_IOERR_DELETE;
    };
    let mut state = disk.state();
    match state.remove(name) {
        Ok(()) if sync_folder != 0 => code(state.sync_folder(folder_of(name))),
        Err(Failure::Missing) => ffi::SQLITE_IOERR_DELETE_NOENT,
        other => code(other),
    }
}

/// As on Unix, an empty file does not count as there.
unsafe extern "C" fn access(
    vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    flags: c_int,
    out: *mut c_int,
) -> c_int {
    // SAFETY: SQLite passes our VFS, a name that ends with a zero byte, and room for the answer.
    let (disk, name, out) = unsafe { (disk(vfs), path(name), out.as_mut()) };
    let (Some(disk), Some(name), Some(out)) = (disk, name, out) else {
        return ffi::SQLITE_IOERR_ACCESS;
    };
    match disk.state().find(name) {
        Ok(found) => {
            let counts = |len: usize| len > 0 || flags != ffi::SQLITE_ACCESS_EXISTS;
            *out = c_int::from(found.is_some_and(|contents| counts(contents.live().len())));
            ffi::SQLITE_OK
        }
        Err(failure) => failure.code(),
    }
}

unsafe extern "C" fn full_pathname(
    _vfs: *mut ffi::sqlite3_vfs,
    name: *const c_char,
    room: c_int,
    out: *mut c_char,
) -> c_int {
    // SAFETY: SQLite passes a name that ends with a zero byte.
    let Some(name) = (unsafe { path(name) }) else { return ffi::SQLITE_CANTOPEN };
    let full = key(name.as_ref());
    if !usize::try_from(room).is_ok_and(|room| full.len() < room) {
        return ffi::SQLITE_CANTOPEN;
    }
    // SAFETY: SQLite passes `room` bytes, which are more than the path's and its closing zero.
    unsafe {
        ptr::copy_nonoverlapping(full.as_ptr(), out.cast(), full.len());
        out.add(full.len()).write(0);
    }
    ffi::SQLITE_OK
}

/// Seeded, though SQLite seeds its own generator (of WAL salts and `random()`) but once a process, from
/// the default VFS: those bytes differ from run to run, while names, places and lengths do not.
unsafe extern "C" fn randomness(vfs: *mut ffi::sqlite3_vfs, len: c_int, out: *mut c_char) -> c_int {
    let Ok(count) = usize::try_from(len) else { return 0 };
    // SAFETY: SQLite passes our VFS.
    let Some(disk) = (unsafe { disk(vfs) }) else { return 0 };
    // SAFETY: SQLite passes `len` bytes to fill; any of their values is a valid `u8`.
    let bytes = unsafe {
        ptr::write_bytes(out, 0, count);
        std::slice::from_raw_parts_mut(out.cast::<u8>(), count)
    };
    disk.state().chance.fill(bytes);
    len
}

/// Sleeps in truth, as a thread that waits for another one's lock must let it run.
unsafe extern "C" fn sleep(_vfs: *mut ffi::sqlite3_vfs, micros: c_int) -> c_int {
    std::thread::sleep(Duration::from_micros(u64::try_from(micros).unwrap_or(0)));
    micros
}

unsafe extern "C" fn current_time(_vfs: *mut ffi::sqlite3_vfs, out: *mut f64) -> c_int {
    // SAFETY: SQLite passes room for the answer.
    unsafe { out.write(2_461_041.5) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn current_time_int64(_vfs: *mut ffi::sqlite3_vfs, out: *mut i64) -> c_int {
    // SAFETY: SQLite passes room for the answer.
    unsafe { out.write(NOW) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn last_error(_: *mut ffi::sqlite3_vfs, _: c_int, _: *mut c_char) -> c_int {
    0
}
