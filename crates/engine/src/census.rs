//! How much a workspace holds: counts, and nothing about anybody.

mod sql;

use store::value::one;

use crate::{refusal::Refusal, workspace::Workspace};

/// Counts of one moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Census {
    /// People of whom something is kept.
    pub people: u64,
    /// Records, those that wait for a hold too.
    pub records: u64,
    /// Holds that stand.
    pub holds: u64,
}

/// Counts what is there.
pub fn count(ws: &Workspace) -> Result<Census, Refusal> {
    ws.read(|link| {
        let mut count = |query| one(link, query, &[], |row| row.number(0));
        Ok(Census {
            people: count(sql::PEOPLE)?.unwrap_or(0),
            records: count(sql::RECORDS)?.unwrap_or(0),
            holds: count(sql::HOLDS)?.unwrap_or(0),
        })
    })
}

#[cfg(test)]
mod tests;
