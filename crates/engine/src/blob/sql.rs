//! Statements of blobs.

pub(super) const ADD: &str = "
    insert into blob (number, rid, category, field, slot, size, media, at, job, schema)
    values ($1, null, $2, $3, $4, $5, $6, $7, null, $8)";
pub(super) const CLAIM: &str = "
    update blob set rid = $2
    where number = $1 and rid is null and category = $3 and field = $4 and job is null";
pub(super) const FIND: &str = "
    select number, rid, category, field, slot, media, job, schema from blob where number = $1";
pub(super) const OF_RECORD: &str = "select number from blob where rid = $1 and job is null";
pub(super) const RANGE: &str = "
    select number, slot from blob where number between $1 and $2 and job is null";
pub(super) const UNCLAIMED: &str = "
    select number, slot from blob where rid is null and at < $1 and job is null";
