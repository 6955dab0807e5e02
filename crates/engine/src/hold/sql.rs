//! Statements of holds.

pub(super) const ADD: &str = "
    insert into hold (id, subject, category, rid, placed, released, slot, sealed)
    values ($1, $2, $3, $4, $5, null, $6, $7)";
pub(super) const RELEASE: &str = "update hold set released = $2 where id = $1";
pub(super) const FIND: &str = "
    select id, subject, category, rid, placed, released from hold where id = $1";
pub(super) const LIST: &str = "
    select id, subject, category, rid, placed, released from hold
    where $1 is null or subject = $1 order by placed desc, id";
pub(super) const TAKEN_WHOLE: &str = "
    select id from job where subject = $1 and whole_subject = 1 and state < 6";
pub(super) const ENDED: &str = "select id, slot from hold where released < $1";
pub(super) const FORGET: &str = "delete from hold where id = $1";
