//! Statements of ledger entries.

pub(super) const ADD: &str = "insert into entry (number, leaf) values ($1, $2)";
pub(super) const DETAIL_ADD: &str = "
    insert into detail (number, subject, stream, at, slot, sealed) values ($1, $2, $3, $4, $5, $6)";
pub(super) const LIST_ADD: &str = "
    insert into entry_list (number, part, slot, sealed) values ($1, $2, $3, $4)";
pub(super) const DETAIL: &str = "select subject, slot, sealed from detail where number = $1";
pub(super) const HISTORY: &str = "
    select number, slot, sealed from detail where subject = $1 and number < $2
    order by number desc limit $3";
pub(super) const FORGET: &str = "delete from detail where subject = $1";
pub(super) const EXPIRE: &str = "delete from detail where stream = $1 and at < $2";
pub(super) const LEAVES: &str = "
    select number, leaf from entry where number >= $1 order by number limit $2";
