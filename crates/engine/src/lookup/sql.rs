//! Statements of look-ups.

pub(super) const KEYS: &str = "
    select id, slot from lookup_key where field = $1 order by generation desc";
pub(super) const KEY_ADD: &str = "
    insert into lookup_key (id, field, generation, slot) values ($1, $2, $3, $4)";
pub(super) const FIND: &str = "select rid from lookup where lookup_key = $1 and tag = $2";
pub(super) const ADD: &str = "
    insert into lookup (lookup_key, tag, rid) values ($1, $2, $3)
    on conflict (lookup_key, tag, rid) do nothing";
pub(super) const REMOVE: &str = "delete from lookup where rid = $1";
