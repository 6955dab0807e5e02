//! Connection settings and transaction control.

pub(crate) const SETTINGS: &str = "
    pragma page_size = 4096;
    pragma journal_mode = wal;
    pragma synchronous = full;
    pragma secure_delete = on;
    pragma foreign_keys = off;
    pragma temp_store = memory;
    pragma wal_autocheckpoint = 2000;
    pragma journal_size_limit = 16777216;
    pragma mmap_size = 0;
    pragma trusted_schema = off;";
pub(crate) const WRITER_CACHE: &str = "pragma cache_size = -8192;";
pub(crate) const READER_CACHE: &str = "pragma cache_size = -1024; pragma query_only = on;";
pub(crate) const BEGIN: &str = "begin immediate";
pub(crate) const BEGIN_READ: &str = "begin deferred";
pub(crate) const COMMIT: &str = "commit";
pub(crate) const ROLLBACK: &str = "rollback";
pub(crate) const SAVEPOINT: &str = "savepoint work";
pub(crate) const RELEASE: &str = "release work";
pub(crate) const ROLLBACK_TO: &str = "rollback to work";
pub(crate) const TRUNCATE: &str = "pragma wal_checkpoint(truncate)";
pub(crate) const SETTLE: &str = "pragma wal_checkpoint(passive)";
pub(crate) const VACUUM: &str = "vacuum";
pub(crate) const VACUUM_INTO: &str = "vacuum into $1";
pub(crate) const INTEGRITY: &str = "pragma integrity_check";

pub(crate) const MIGRATIONS: &str =
    "create table if not exists migration (number bigint primary key, name text not null)";
pub(crate) const MIGRATED: &str = "select coalesce(max(number), 0) from migration";
pub(crate) const MIGRATE: &str = "insert into migration (number, name) values ($1, $2)";

pub(crate) const COUNTERS: &str = "
    create table if not exists counter (name text primary key, value bigint not null)";
pub(crate) const COUNTER_LOAD: &str = "select name, value from counter";
pub(crate) const COUNTER_SAVE: &str = "
    insert into counter (name, value) values ($1, $2)
    on conflict (name) do update set value = excluded.value";
