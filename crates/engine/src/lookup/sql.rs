//! Statements of look-ups.

pub(super) const KEY: &str = "
    select id, slot, state from lookup_key where field = $1 and state < 2
    order by generation desc limit 1";
pub(super) const GENERATION: &str = "
    select coalesce(max(generation) + 1, 1) from lookup_key where field = $1";
pub(super) const KEY_ADD: &str = "
    insert into lookup_key (id, field, generation, slot, form, state)
    values ($1, $2, $3, $4, $5, $6)";
pub(super) const LIVE: &str = "select id, field, form from lookup_key where state < 2 order by id";
pub(super) const RENAME: &str = "update lookup_key set field = $2 where id = $1";
pub(super) const STATE: &str = "update lookup_key set state = $2 where id = $1";
pub(super) const UNFINISHED: &str = "select 1 from lookup_key where state <> 1 limit 1";
pub(super) const THIN: &str = "
    delete from lookup where rid between $1 and $2
    and lookup_key in (select id from lookup_key where state = $3)";
pub(super) const BUILT: &str = "update lookup_key set state = $2 where state = $1";
pub(super) const GONE: &str = "select id, slot from lookup_key where state = $1";
pub(super) const FORGET: &str = "delete from lookup_key where id = $1";
pub(super) const FIND: &str = "select rid from lookup where lookup_key = $1 and tag = $2";
pub(super) const ADD: &str = "
    insert into lookup (lookup_key, tag, rid) values ($1, $2, $3)
    on conflict (lookup_key, tag, rid) do nothing";
pub(super) const REMOVE: &str = "delete from lookup where rid = $1";
