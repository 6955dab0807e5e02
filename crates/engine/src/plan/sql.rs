//! Statements of plans.

pub(super) const PUT: &str = "
    insert into plan (number, name, at)
    values ((select coalesce(max(number), 0) + 1 from plan), $1, $2)";
pub(super) const HELD: &str = "select name from plan order by number desc limit 1";
