//! Statements of the end of a workspace.

pub(super) const OPEN: &str = "delete from closing where id = 1";
pub(super) const CLOSE: &str = "insert into closing (id, since, ended) values (1, $1, null)";
pub(super) const SINCE: &str = "select since from closing where id = 1";
pub(super) const ENDED: &str = "select ended from closing where id = 1";
pub(super) const END: &str = "update closing set ended = $1 where id = 1";
