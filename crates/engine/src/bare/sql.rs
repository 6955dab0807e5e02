//! Statements of the yardstick.

pub(super) const TABLES: &str = "
    create table if not exists bare (id bigint primary key, value bytea not null);
    create table if not exists bare_audit
    (id bigint primary key, record bigint not null, token bigint not null, at bigint not null)";
pub(super) const NEXT: &str = "select coalesce(max(id), 0) + 1 from bare";
pub(super) const ADD: &str = "insert into bare (id, value) values ($1, $2)";
pub(super) const READ: &str = "select value from bare where id = $1";
pub(super) const AUDIT: &str = "
    insert into bare_audit (id, record, token, at)
    values ((select coalesce(max(id), 0) + 1 from bare_audit), $1, $2, $3)";
