//! How operations fail, said once for both layers: as an IO error and as a SQLite result code.

use std::{ffi::c_int, io};

use rusqlite::ffi;

/// What ended the process, which decides what the disk still holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crash {
    /// The machine lost power: what was not synced may be kept, lost or torn.
    PowerLoss,
    /// The process was killed: the operating system keeps every completed write.
    Kill,
}

/// A failure of one operation, after which the disk works again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// A write, truncation, rename or removal fails; of a write a part may be there.
    WriteError,
    /// A sync fails. As on Linux, what it should have covered is in doubt from then on: a later sync
    /// that succeeds does not cover it.
    SyncError,
    /// A write finds no space; a part of it may be there.
    Full,
}

/// The kinds of operation that are counted as steps.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    Write,
    Sync,
    Name,
}

impl Fault {
    pub(crate) fn hits(self, class: Class) -> bool {
        match self {
            Fault::WriteError => class != Class::Sync,
            Fault::SyncError => class == Class::Sync,
            Fault::Full => class == Class::Write,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// The process is dead, or the handle is of a process before the last reboot.
    Dead,
    /// The process dies in this very operation, which may be done in part.
    Dying,
    Fault(Fault),
    Missing,
    IsFolder,
    Busy,
}

impl Failure {
    pub(crate) fn code(self) -> c_int {
        match self {
            Failure::Dead | Failure::Dying => ffi::SQLITE_IOERR,
            Failure::Fault(Fault::WriteError) => ffi::SQLITE_IOERR_WRITE,
            Failure::Fault(Fault::SyncError) => ffi::SQLITE_IOERR_FSYNC,
            Failure::Fault(Fault::Full) => ffi::SQLITE_FULL,
            Failure::Missing | Failure::IsFolder => ffi::SQLITE_CANTOPEN,
            Failure::Busy => ffi::SQLITE_BUSY,
        }
    }
}

impl From<Failure> for io::Error {
    fn from(failure: Failure) -> io::Error {
        match failure {
            Failure::Dead | Failure::Dying => io::Error::other("the simulated process is dead"),
            Failure::Fault(Fault::WriteError) => io::Error::other("simulated write error"),
            Failure::Fault(Fault::SyncError) => io::Error::other("simulated sync error"),
            Failure::Fault(Fault::Full) => io::ErrorKind::StorageFull.into(),
            Failure::Missing => io::ErrorKind::NotFound.into(),
            Failure::IsFolder => io::ErrorKind::IsADirectory.into(),
            Failure::Busy => io::ErrorKind::ResourceBusy.into(),
        }
    }
}
