//! Statements of subjects.

pub(super) const ADD: &str = "
    insert into subject (number, people, country, state, ledger_slot, next_record, created)
    values ($1, $2, $3, 'active', $4, 1, $5)";
pub(super) const FIND: &str = "
    select number, people, country, state, ledger_slot, created from subject where number = $1";
pub(super) const NEXT: &str = "select next_record from subject where number = $1";
pub(super) const TAKE: &str = "
    update subject set next_record = $2 where number = $1 and state = 'active'";
pub(super) const CONDEMN: &str = "update subject set state = 'condemned' where number = $1";
pub(super) const REMOVE: &str = "delete from subject where number = $1";
pub(super) const ALL: &str = "select number from subject order by number";
