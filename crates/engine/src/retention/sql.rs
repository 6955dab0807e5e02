//! Statements of the sweep.

pub(super) const COLLECTED: &str = "
    select rid from record where terms = $1 and at < $2 and waiting = 0 and job is null
    order by at limit $3";
pub(super) const EVENTS: &str = "select rid from event where name = $1 and at < $2";
pub(super) const OF_TERMS: &str = "
    select rid from record where terms = $1 and waiting = 0 and job is null order by at limit $2";
pub(super) const IS_DUE: &str = "
    select rid from record where rid = $1 and terms = $2 and waiting = 0 and job is null";
pub(super) const PARTS: &str = "select rid from part where whole = $1";
pub(super) const WAIT: &str = "update record set waiting = 1 where rid = $1";
