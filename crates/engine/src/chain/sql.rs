//! Statements that walk from a record to its wholes.

pub(super) const HEAD: &str = "
    select rid, terms, at, whole, slot, own_slot, job, schema from record where rid = $1";
pub(super) const EVENT: &str = "select at from event where rid = $1 and name = $2";
