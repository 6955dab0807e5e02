//! One open file of SQLite.
//!
//! The methods promise nothing (`xDeviceCharacteristics` is 0) unless the test says otherwise. Without
//! `SQLITE_IOCAP_POWERSAFE_OVERWRITE`, SQLite takes it that a write may spoil its sector's other bytes
//! and fills the WAL up to the end of a sector before it syncs a commit. (This disk never spoils bytes
//! outside a write.) The sector size is 512: it is the unit that a crash keeps whole, and the one that
//! SQLite's pager uses on Unix, so that SQLite leaves no more room between writes than there.

use std::{
    ffi::{c_int, c_void},
    mem, ptr, slice,
    sync::atomic::{Ordering, fence},
};

use rusqlite::ffi;

use super::{code, handle::Handle};
use crate::contents::{SECTOR, Tearing};

/// The memory that SQLite sets aside for each file.
#[repr(C)]
struct SimFile {
    base: ffi::sqlite3_file,
    handle: *mut Handle,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "two pointers are 16 bytes"
)]
pub(super) const SIZE: c_int = mem::size_of::<SimFile>() as c_int;

static METHODS: ffi::sqlite3_io_methods = ffi::sqlite3_io_methods {
    iVersion: 3,
    xClose: Some(close),
    xRead: Some(read),
    xWrite: Some(write),
    xTruncate: Some(truncate),
    xSync: Some(sync),
    xFileSize: Some(file_size),
    xLock: Some(lock),
    xUnlock: Some(unlock),
    xCheckReservedLock: Some(check_reserved_lock),
    xFileControl: Some(file_control),
    xSectorSize: Some(sector_size),
    xDeviceCharacteristics: Some(device_characteristics),
    xShmMap: Some(shm_map),
    xShmLock: Some(shm_lock),
    xShmBarrier: Some(shm_barrier),
    xShmUnmap: Some(shm_unmap),
    xFetch: Some(fetch),
    xUnfetch: Some(unfetch),
};

/// Puts a handle into SQLite's memory for it.
///
/// # Safety
/// `file` has room for `SIZE` bytes, aligned for a pointer.
pub(super) unsafe fn install(file: *mut ffi::sqlite3_file, handle: Handle) {
    let handle = Box::into_raw(Box::new(handle));
    let base = ffi::sqlite3_file { pMethods: &raw const METHODS };
    // SAFETY: the caller's promise.
    unsafe { file.cast::<SimFile>().write(SimFile { base, handle }) };
}

/// # Safety
/// `file` was filled by [`install`] and is not closed. SQLite uses one file from one thread at a time,
/// so that nobody else refers to the handle during `'a`.
unsafe fn handle<'a>(file: *mut ffi::sqlite3_file) -> &'a mut Handle {
    // SAFETY: the caller's promise.
    unsafe { &mut *(*file.cast::<SimFile>()).handle }
}

unsafe extern "C" fn close(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite passes an open file, and no longer uses it after this.
    let handle = unsafe {
        (*file).pMethods = ptr::null();
        Box::from_raw((*file.cast::<SimFile>()).handle)
    };
    handle.close();
    ffi::SQLITE_OK
}

unsafe extern "C" fn read(
    file: *mut ffi::sqlite3_file,
    into: *mut c_void,
    len: c_int,
    offset: i64,
) -> c_int {
    let (Ok(len), Ok(offset)) = (usize::try_from(len), usize::try_from(offset)) else {
        return ffi::SQLITE_IOERR_READ;
    };
    // SAFETY: SQLite passes an open file and room for `len` bytes, zeroed here first.
    let (handle, into) = unsafe {
        ptr::write_bytes(into.cast::<u8>(), 0, len);
        (handle(file), slice::from_raw_parts_mut(into.cast::<u8>(), len))
    };
    match handle.read(offset, into) {
        Ok(found) if found == len => ffi::SQLITE_OK,
        Ok(_) => ffi::SQLITE_IOERR_SHORT_READ,
        Err(_) => ffi::SQLITE_IOERR_READ,
    }
}

unsafe extern "C" fn write(
    file: *mut ffi::sqlite3_file,
    from: *const c_void,
    len: c_int,
    offset: i64,
) -> c_int {
    let (Ok(len), Ok(offset)) = (usize::try_from(len), usize::try_from(offset)) else {
        return ffi::SQLITE_IOERR_WRITE;
    };
    // SAFETY: SQLite passes an open file and `len` bytes.
    let (handle, bytes) = unsafe { (handle(file), slice::from_raw_parts(from.cast::<u8>(), len)) };
    let inode = handle.inode;
    code(handle.on_disk(|state| state.write(inode, offset, bytes, Tearing::Sectors)))
}

unsafe extern "C" fn truncate(file: *mut ffi::sqlite3_file, len: i64) -> c_int {
    let Ok(len) = usize::try_from(len) else { return ffi::SQLITE_IOERR_TRUNCATE };
    // SAFETY: SQLite passes an open file.
    let handle = unsafe { handle(file) };
    code(handle.on_disk(|state| state.truncate(handle.inode, len)))
}

unsafe extern "C" fn sync(file: *mut ffi::sqlite3_file, _flags: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    code(unsafe { handle(file) }.sync())
}

unsafe extern "C" fn file_size(file: *mut ffi::sqlite3_file, out: *mut i64) -> c_int {
    // SAFETY: SQLite passes an open file and room for the answer.
    let (handle, out) = unsafe { (handle(file), &mut *out) };
    let size = handle.on_disk(|state| Ok(state.node(handle.inode)?.contents.live().len()));
    code(size.map(|size| *out = i64::try_from(size).unwrap_or(i64::MAX)))
}

unsafe extern "C" fn lock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    let handle = unsafe { handle(file) };
    code(handle.on_disk(|state| state.node(handle.inode)?.locks.raise(handle.owner, level)))
}

unsafe extern "C" fn unlock(file: *mut ffi::sqlite3_file, level: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    let handle = unsafe { handle(file) };
    // A dead handle holds no lock: unlocking succeeds.
    let _ = handle.on_disk(|state| {
        state.node(handle.inode)?.locks.lower(handle.owner, level);
        Ok(())
    });
    ffi::SQLITE_OK
}

unsafe extern "C" fn check_reserved_lock(file: *mut ffi::sqlite3_file, out: *mut c_int) -> c_int {
    // SAFETY: SQLite passes an open file and room for the answer.
    let (handle, out) = unsafe { (handle(file), &mut *out) };
    let held = handle.on_disk(|state| Ok(state.node(handle.inode)?.locks.is_reserved()));
    code(held.map(|held| *out = c_int::from(held)))
}

unsafe extern "C" fn file_control(_: *mut ffi::sqlite3_file, _: c_int, _: *mut c_void) -> c_int {
    ffi::SQLITE_NOTFOUND
}

unsafe extern "C" fn sector_size(_: *mut ffi::sqlite3_file) -> c_int {
    c_int::try_from(SECTOR).unwrap_or(512)
}

unsafe extern "C" fn device_characteristics(file: *mut ffi::sqlite3_file) -> c_int {
    // SAFETY: SQLite passes an open file.
    let powersafe = unsafe { handle(file) }.disk.state().powersafe;
    if powersafe { ffi::SQLITE_IOCAP_POWERSAFE_OVERWRITE } else { 0 }
}

unsafe extern "C" fn shm_map(
    file: *mut ffi::sqlite3_file,
    number: c_int,
    size: c_int,
    extend: c_int,
    out: *mut *mut c_void,
) -> c_int {
    let (Ok(number), Ok(size)) = (usize::try_from(number), usize::try_from(size)) else {
        return ffi::SQLITE_IOERR_SHMMAP;
    };
    // SAFETY: SQLite passes an open file and room for the answer.
    let (handle, out) = unsafe { (handle(file), &mut *out) };
    *out = ptr::null_mut();
    code(handle.map(number, size, extend != 0).map(|start| *out = start))
}

unsafe extern "C" fn shm_lock(
    file: *mut ffi::sqlite3_file,
    first: c_int,
    count: c_int,
    flags: c_int,
) -> c_int {
    // SAFETY: SQLite passes an open file.
    code(unsafe { handle(file) }.lock_shm(first, count, flags))
}

/// A full fence; taking the disk's lock orders this thread after those that took it before.
unsafe extern "C" fn shm_barrier(file: *mut ffi::sqlite3_file) {
    // SAFETY: SQLite passes an open file.
    drop(unsafe { handle(file) }.disk.state());
    fence(Ordering::SeqCst);
}

unsafe extern "C" fn shm_unmap(file: *mut ffi::sqlite3_file, _delete: c_int) -> c_int {
    // SAFETY: SQLite passes an open file.
    unsafe { handle(file) }.unmap();
    ffi::SQLITE_OK
}

/// There is no memory map of a file: SQLite reads and writes instead.
unsafe extern "C" fn fetch(
    _: *mut ffi::sqlite3_file,
    _: i64,
    _: c_int,
    out: *mut *mut c_void,
) -> c_int {
    // SAFETY: SQLite passes room for the answer.
    unsafe { out.write(ptr::null_mut()) };
    ffi::SQLITE_OK
}

unsafe extern "C" fn unfetch(_: *mut ffi::sqlite3_file, _: i64, _: *mut c_void) -> c_int {
    ffi::SQLITE_OK
}
