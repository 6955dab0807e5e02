//! Statements of records.

pub(super) const SEALED: &str = "select sealed from record where rid = $1 and job is null";
pub(super) const ADD: &str = "
    insert into record (rid, terms, at, whole, slot, own_slot, waiting, job, schema, sealed)
    values ($1, $2, $3, $4, $5, $6, 0, null, $7, $8)";
pub(super) const CHANGE: &str = "
    update record set sealed = $2, schema = $3 where rid = $1 and job is null";
pub(super) const PART_ADD: &str = "insert into part (whole, rid, category) values ($1, $2, $3)";
pub(super) const PARTS: &str = "select rid, category from part where whole = $1 order by rid";
pub(super) const RANGE: &str = "
    select rid from record where rid between $1 and $2 and job is null order by rid";
