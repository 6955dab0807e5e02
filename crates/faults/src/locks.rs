//! SQLite's five-step lock on a database file, between the connections of one process.

use std::ffi::c_int;

use rusqlite::ffi::{
    SQLITE_LOCK_EXCLUSIVE, SQLITE_LOCK_NONE, SQLITE_LOCK_PENDING, SQLITE_LOCK_RESERVED,
    SQLITE_LOCK_SHARED,
};

use crate::failure::Failure;

/// An open file of SQLite, for locks; never used twice on one disk.
pub(crate) type Owner = u64;

#[derive(Debug, Default)]
pub(crate) struct Locks(Vec<(Owner, c_int)>);

impl Locks {
    /// Raises an owner's lock. A writer that waits for readers holds PENDING, so that no new reader
    /// comes; recovery, which goes from SHARED to EXCLUSIVE, does not, or two of them would deadlock.
    pub(crate) fn raise(&mut self, owner: Owner, wanted: c_int) -> Result<(), Failure> {
        let mine = self.held(owner);
        if mine >= wanted {
            return Ok(());
        }
        let others =
            self.0.iter().filter(|(other, _)| *other != owner).map(|(_, held)| *held).max();
        let others = others.unwrap_or(SQLITE_LOCK_NONE);
        let limit =
            if wanted == SQLITE_LOCK_SHARED { SQLITE_LOCK_PENDING } else { SQLITE_LOCK_RESERVED };
        if others >= limit {
            return Err(Failure::Busy);
        }
        if wanted == SQLITE_LOCK_EXCLUSIVE && others >= SQLITE_LOCK_SHARED {
            if mine == SQLITE_LOCK_RESERVED {
                self.set(owner, SQLITE_LOCK_PENDING);
            }
            return Err(Failure::Busy);
        }
        self.set(owner, wanted);
        Ok(())
    }

    pub(crate) fn lower(&mut self, owner: Owner, to: c_int) {
        if self.held(owner) > to {
            self.set(owner, to);
        }
    }

    pub(crate) fn is_reserved(&self) -> bool {
        self.0.iter().any(|(_, held)| *held >= SQLITE_LOCK_RESERVED)
    }

    fn held(&self, owner: Owner) -> c_int {
        self.0.iter().find(|(other, _)| *other == owner).map_or(SQLITE_LOCK_NONE, |(_, held)| *held)
    }

    fn set(&mut self, owner: Owner, level: c_int) {
        self.0.retain(|(other, _)| *other != owner);
        if level > SQLITE_LOCK_NONE {
            self.0.push((owner, level));
        }
    }
}
