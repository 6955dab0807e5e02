//! Statements of mentions.

pub(super) const DROP_ONE: &str = "delete from mention where rid = $1 and field = $2";
pub(super) const ADD: &str = "
    insert into mention (rid, field, subject, slot, sealed) values ($1, $2, $3, $4, $5)";
pub(super) const OF: &str = "
    select field, subject, slot, sealed from mention where rid = $1 order by field";
pub(super) const FIELDS: &str = "select field from mention where rid = $1";
pub(super) const ABOUT: &str = "
    select rid, field from mention where subject = $1 order by rid, field";
pub(super) const FORGET: &str = "delete from mention where subject = $1";
