//! Statements of the counts.

pub(super) const PEOPLE: &str = "select count(*) from subject";
pub(super) const RECORDS: &str = "select count(*) from record";
pub(super) const HOLDS: &str = "select count(*) from hold where released is null";
