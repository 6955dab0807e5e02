//! Statements over control.db.

pub(super) const PUBLISHER_ADD: &str = "
    insert into publisher (id, name, origin) values ($1, $2, $3) on conflict (id) do nothing";
pub(super) const PUBLISHERS: &str = "select id, name from publisher order by id";
pub(super) const POLICY_ADD: &str = "
    insert into policy (publisher, number, version, source, hash, in_force, told)
    values ($1, $2, $3, $4, $5, $6, $7) on conflict (publisher, number) do nothing";
pub(super) const POLICY: &str = "
    select number, source, hash, in_force, told from policy
    where publisher = $1 order by number desc limit 1";
pub(super) const POLICIES: &str = "
    select number, source, hash, in_force, told from policy where publisher = $1 order by number";
pub(super) const ANNOUNCE: &str = "
    insert into announcement
    (publisher, id, number, version, source, hash, made, effective, lead, cancelled)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null) on conflict (publisher, id) do nothing";
pub(super) const ANNOUNCED: &str = "
    select id, number, version, source, hash, made, effective, lead, cancelled from announcement
    where publisher = $1 order by id desc limit 1";
pub(super) const CANCEL: &str = "
    update announcement set cancelled = $3
    where publisher = $1 and id = $2 and cancelled is null";
pub(super) const STAFF_TOKENS: &str = "
    select staff, count(*) from token
    where workspace = $1 and staff is not null and revoked is null
    and (expires is null or expires > $2) group by staff order by staff";
pub(super) const WORKSPACE_ADD: &str = "
    insert into workspace (number, name, publisher, made, ready) values ($1, $2, $3, $4, 0)";
pub(super) const WORKSPACE_READY: &str = "update workspace set ready = 1 where number = $1";
pub(super) const WORKSPACES: &str = "
    select number, name, publisher, made, ready from workspace order by number";
pub(super) const TOKEN_ADD: &str = "
    insert into token (hash, id, workspace, role, staff, subject, made, expires)
    values ($1, $2, $3, $4, $5, $6, $7, $8)";
pub(super) const TOKEN: &str = "
    select id, workspace, role, staff, subject, expires, revoked from token where hash = $1";
pub(super) const TOKEN_OF: &str = "
    select id, workspace, role, staff, subject, expires, revoked from token
    where workspace = $1 and id = $2";
pub(super) const TOKEN_END: &str = "
    update token set revoked = $2 where id = $1 and revoked is null";
pub(super) const TOKENS_END: &str = "
    update token set revoked = $2 where workspace = $1 and revoked is null";
pub(super) const PUBLISHER_END: &str = "
    update publisher set ended = $2 where id = $1 and ended is null";
pub(super) const PUBLISHER_ENDED: &str = "select ended from publisher where id = $1";
pub(super) const PUBLISHER_OF: &str = "select publisher from workspace where number = $1";
pub(super) const SETTING: &str = "select value from setting where name = $1";
pub(super) const SETTING_SAVE: &str = "
    insert into setting (name, value) values ($1, $2)
    on conflict (name) do update set value = excluded.value";
pub(super) const ANCHOR_ADD: &str = "
    insert into anchor (number, workspace, generation, size, body, leaf)
    values ((select coalesce(max(number) + 1, 0) from anchor), $1, $2, $3, $4, $5)";
pub(super) const ANCHOR: &str = "
    select number from anchor where workspace = $1 and generation = $2 and size = $3";
pub(super) const ANCHOR_COUNT: &str = "select coalesce(max(number) + 1, 0) from anchor";
pub(super) const ANCHOR_LEAVES: &str = "
    select leaf from anchor where number >= $1 order by number limit $2";
pub(super) const ANCHOR_BODY: &str = "select body from anchor where number = $1";
pub(super) const CHECKPOINT_ADD: &str = "
    insert into anchor_checkpoint (generation, size, at, note) values ($1, $2, $3, $4)
    on conflict (generation, size) do nothing";
pub(super) const CHECKPOINT: &str = "
    select size, note from anchor_checkpoint where generation = $1 order by size desc limit 1";
pub(super) const LOG_ADD: &str = "
    insert into anchor_log (generation, origin, folder, base, started) values ($1, $2, $3, $4, $5)
    on conflict (generation) do nothing";
pub(super) const LOG: &str = "
    select generation, origin, folder, base from anchor_log order by generation desc limit 1";
pub(super) const LOGS: &str = "
    select generation, origin, folder, base from anchor_log order by generation desc";
pub(super) const LOG_OF: &str = "
    select generation, origin, folder, base from anchor_log where base <= $1
    order by generation desc limit 1";
