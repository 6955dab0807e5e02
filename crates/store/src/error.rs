//! What storage can answer instead of success.

use std::path::PathBuf;

/// Every failure of storage; none of them carries a stored value.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database refused or failed; nothing of the transaction is kept.
    #[error("the database failed")]
    Database(#[from] rusqlite::Error),
    /// A file could not be read or written.
    #[error("the file {path} failed")]
    File {
        /// Which file.
        path: PathBuf,
        /// What the operating system said.
        #[source]
        source: std::io::Error,
    },
    /// A key was destroyed: what it sealed cannot be opened any more.
    #[error("the key is destroyed")]
    KeyDestroyed,
    /// Stored bytes do not have the form they were written in.
    #[error("stored bytes are damaged: {what}")]
    Damaged {
        /// Which kind of bytes.
        what: &'static str,
    },
    /// The epoch's secret is gone, so that nothing sealed under it can be opened.
    #[error("the secret of epoch {epoch} is not there")]
    EpochGone {
        /// Which epoch.
        epoch: u64,
    },
    /// A transaction wrote personal data and recorded no ledger entry.
    #[error("personal data were written without a ledger entry")]
    Unrecorded,
    /// The guard journal does not continue where it should.
    #[error("the guard journal is broken after record {after}")]
    JournalBroken {
        /// The last record that holds.
        after: u64,
    },
    /// The writer failed earlier and the workspace must be opened anew.
    #[error("the workspace must be opened again")]
    Reopen,
    /// A workspace ran out of numbers.
    #[error("the workspace has no {what} left")]
    Exhausted {
        /// Which numbers.
        what: &'static str,
    },
}

impl StoreError {
    /// Whether a sync failed: then the operating system may have dropped what it should have written, and
    /// calls it written. Only a new process, which reads what is really there, may go on.
    pub fn lost_sync(&self) -> bool {
        const FSYNC: i32 = rusqlite::ffi::SQLITE_IOERR_FSYNC;
        const DIR_FSYNC: i32 = rusqlite::ffi::SQLITE_IOERR_DIR_FSYNC;
        matches!(
            self,
            StoreError::Database(rusqlite::Error::SqliteFailure(failure, _))
                if [FSYNC, DIR_FSYNC].contains(&failure.extended_code)
        )
    }

    /// Adds the path to an operating system's error.
    pub fn file(path: &std::path::Path) -> impl FnOnce(std::io::Error) -> StoreError + '_ {
        move |source| StoreError::File { path: path.to_owned(), source }
    }
}
