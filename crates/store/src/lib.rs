//! Storage: the disk, the database driver, transactions with group commit, keys and the guard journal.
//! Knows no domain record.

pub mod disk;
mod error;
pub mod escrow;
pub mod guard;
pub mod journal;
pub mod keys;
pub mod migrate;
pub mod provider;
mod sql;
pub mod sqlite;
#[cfg(test)]
mod testing;
pub mod tx;
pub mod value;
pub mod writer;

pub use error::StoreError;
pub use guard::Guard;
pub use sqlite::Sqlite;
pub use tx::{Counters, Tx};
pub use value::{Link, Row, Value};
pub use writer::{Work, Writer};

/// The number of a workspace, in every key path and journal record.
pub type WorkspaceNo = u64;

/// The number of one key in a workspace's key pages; never handed out twice.
pub type Slot = u32;
