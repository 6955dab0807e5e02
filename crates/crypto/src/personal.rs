//! Values about a person, which open only with a reason.

use std::fmt;

/// A personal value: it cannot be printed, logged, copied or serialised, and opens only with a
/// `Grant`.
pub struct Personal<T>(T);

impl<T> Personal<T> {
    /// Wraps a value the moment it enters the program.
    pub fn new(value: T) -> Personal<T> {
        Personal(value)
    }

    /// Gives the value up to whoever holds a grant.
    pub fn open(self, _grant: &Grant) -> T {
        self.0
    }

    /// Lends the value to whoever holds a grant.
    pub fn look(&self, _grant: &Grant) -> &T {
        &self.0
    }
}

impl<T> fmt::Debug for Personal<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[personal]")
    }
}

/// Leave to open personal values, given by a decision that stands in the ledger.
#[derive(Debug)]
pub struct Grant {
    ground: Ground,
}

/// Why personal values may be opened; all but the first are no purpose of the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Ground {
    /// A purpose that the policy declares.
    Purpose,
    /// The person's own right of access.
    Access,
    /// A legal hold: the only ground for held rows of an erased person.
    LegalHold,
    /// Rotation, re-tagging, backup: nobody sees the value.
    Maintenance,
    /// A check that a promise is kept: nobody sees the value.
    Probe,
}

impl Grant {
    /// Makes a grant. Only the engine's `decision` module may call this; a lint names it elsewhere.
    #[must_use]
    pub fn mint(ground: Ground) -> Grant {
        Grant { ground }
    }

    /// Which ground it stands on, for the ledger.
    pub fn ground(&self) -> Ground {
        self.ground
    }
}

#[cfg(test)]
mod tests;
