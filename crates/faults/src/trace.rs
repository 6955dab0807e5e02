//! The trace: what was done to a disk, in order, so that a test can check that a sync came first.

use crate::failure::{Crash, Fault};

/// One thing that happened; paths are absolute, with `/` between the parts.
///
/// A failed operation leaves [`Event::Failed`] instead of its own event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// A file was made; its name is durable after the next [`Event::SyncFolder`] of its folder.
    Made(String),
    /// Bytes were written.
    Write {
        /// The file's path; `(temporary)` for a file without a name.
        file: String,
        /// Where the bytes went.
        offset: u64,
        /// How many bytes.
        len: u64,
    },
    /// A file was cut, or grown with zeros, to this length.
    Truncate {
        /// The file's path.
        file: String,
        /// Its new length.
        len: u64,
    },
    /// All earlier writes to this file are durable.
    Sync(String),
    /// All earlier changes to names in this folder are durable.
    SyncFolder(String),
    /// A file was moved.
    Rename {
        /// The path it had.
        from: String,
        /// The path it has.
        to: String,
    },
    /// A file was removed.
    Removed(String),
    /// One operation failed, as the test asked for.
    Failed(Fault),
    /// The process died in an operation, at the step that the test set.
    Died,
    /// The test crashed the disk.
    Crashed(Crash),
    /// Operations work again.
    Rebooted,
    /// What the test said at this point.
    Note(String),
}
