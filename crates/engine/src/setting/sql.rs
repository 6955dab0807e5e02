//! Statements of settings.

pub(super) const PUT: &str = "
    insert into setting (number, name, value, at)
    values ((select coalesce(max(number), 0) + 1 from setting), $1, $2, $3)";
pub(super) const ALL: &str = "select name, value from setting order by number";
