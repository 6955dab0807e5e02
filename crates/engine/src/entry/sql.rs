//! Statements of ledger entries.

pub(super) const ADD: &str = "insert into entry (number, leaf) values ($1, $2)";
pub(super) const DETAIL_ADD: &str = "
    insert into detail (number, subject, stream, at, slot, sealed) values ($1, $2, $3, $4, $5, $6)";
pub(super) const LIST_ADD: &str = "
    insert into entry_list (number, part, slot, sealed) values ($1, $2, $3, $4)";
pub(super) const DETAIL: &str = "select subject, slot, sealed from detail where number = $1";
pub(super) const UPTO: &str = "select number from history_upto where id = 1";
pub(super) const UPTO_SAVE: &str = "update history_upto set number = $1 where id = 1";
pub(super) const NEWS: &str = "
    insert into history (subject, number) select subject, number from detail
    where number >= $1 and number < $2 and subject is not null order by subject, number";
pub(super) const RECENT: &str = "
    select number, slot, sealed from detail where number >= $2 and number < $3 and subject = $1
    order by number desc limit $4";
pub(super) const HISTORY: &str = "
    select d.number, d.slot, d.sealed from history h join detail d on d.number = h.number
    where h.subject = $1 and h.number < $2 order by h.number desc limit $3";
pub(super) const FORGET: &str = "
    delete from detail where number in (select number from history where subject = $1)";
pub(super) const FORGET_RECENT: &str = "delete from detail where number >= $2 and subject = $1";
pub(super) const FORGET_HISTORY: &str = "delete from history where subject = $1";
pub(super) const AT: &str = "
    select number, at from detail where number >= $1 order by number limit 1";
pub(super) const EXPIRE: &str = "
    delete from detail where number < $3 and stream = $1 and at < $2";
pub(super) const EXPIRE_HISTORY: &str = "
    delete from history where number < $1
    and not exists (select 1 from detail where detail.number = history.number)";
pub(super) const LEAVES: &str = "
    select number, leaf from entry where number >= $1 order by number limit $2";
