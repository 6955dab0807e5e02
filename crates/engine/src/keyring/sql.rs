//! Statements of named keys.

pub(super) const FIND: &str = "select slot from named_key where name = $1";
pub(super) const ADD: &str = "insert into named_key (name, slot) values ($1, $2)";
pub(super) const BETWEEN: &str = "
    select name, slot from named_key where name >= $1 and name < $2 order by name";
pub(super) const FORGET: &str = "delete from named_key where name = $1";
