//! Statements over guard.db.

pub(super) const ROOT: &str = "select epoch, wrapped from root where workspace = $1";
pub(super) const ROOT_SAVE: &str = "
    insert into root (workspace, epoch, wrapped) values ($1, $2, $3)
    on conflict (workspace) do update set epoch = excluded.epoch, wrapped = excluded.wrapped";
pub(super) const ROOTS: &str = "select workspace, epoch, wrapped from root order by workspace";
pub(super) const PAGE: &str =
    "select sealed from page where workspace = $1 and level = $2 and number = $3";
pub(super) const PAGE_SAVE: &str = "
    insert into page (workspace, level, number, sealed) values ($1, $2, $3, $4)
    on conflict (workspace, level, number) do update set sealed = excluded.sealed";
pub(super) const PAGE_REMOVE: &str =
    "delete from page where workspace = $1 and level = $2 and number = $3";
pub(super) const MARK: &str = "select slots, subjects, records from mark where workspace = $1";
pub(super) const MARK_SAVE: &str = "
    insert into mark (workspace, slots, subjects, records) values ($1, $2, $3, $4)
    on conflict (workspace) do update
    set slots = excluded.slots, subjects = excluded.subjects, records = excluded.records";
pub(super) const JOURNAL_ADD: &str =
    "insert into journal (number, workspace, record) values ($1, $2, $3)";
pub(super) const JOURNAL_AFTER: &str =
    "select record from journal where number > $1 order by number";
pub(super) const JOURNAL_OF: &str =
    "select record from journal where workspace = $1 and number > $2 order by number";
pub(super) const JOURNAL_AT: &str = "select record from journal where number = $1";
pub(super) const JOURNAL_LAST: &str =
    "select record from journal where number = (select max(number) from journal)";
pub(super) const EPOCH: &str = "
    select number, started from epoch where number = (select max(number) from epoch)";
pub(super) const EPOCH_START: &str = "insert into epoch (number, started) values ($1, $2)";
pub(super) const EPOCH_END: &str = "update epoch set ended = $2 where number = $1";
pub(super) const EPOCH_DESTROYED: &str =
    "update epoch set destroyed = $2 where number <= $1 and destroyed is null";
pub(super) const EPOCHS_LEFT: &str = "
    select number from epoch where destroyed is null and number <= $1 order by number";
pub(super) const EPOCH_STARTED: &str = "
    select coalesce(max(number), 0) from epoch
    where started <= $1 and number < (select max(number) from epoch)";
pub(super) const EPOCH_DEAD: &str =
    "select coalesce(max(number), 0) from epoch where destroyed is not null";
