//! Statements of minors.

pub(super) const ADD: &str = "insert into minor (subject, slot, sealed) values ($1, $2, $3)";
pub(super) const FIND: &str = "select slot, sealed from minor where subject = $1";
pub(super) const ALL: &str = "select subject, slot, sealed from minor order by subject";
pub(super) const FORGET: &str = "delete from minor where subject = $1";
