//! Statements of counts.

pub(super) const RECORDS: &str = "
    select rid from record where terms = $1 and at >= $2 and at < $3 and job is null order by rid";
pub(super) const ADD: &str = "
    insert into aggregate (category, field, month, made, groups_of, groups)
    values ($1, $2, $3, $4, $5, $6)";
pub(super) const FIND: &str = "
    select field, month, made, groups_of, groups from aggregate
    where category = $1 and field = $2 and month = $3";
pub(super) const OF: &str = "
    select field, month, made, groups_of, groups from aggregate where category = $1
    order by month, field";
