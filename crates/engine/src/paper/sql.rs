//! Statements of papers.

pub(super) const PUT: &str = "
    insert into paper (name, at) values ($1, $2) on conflict (name) do nothing";
pub(super) const ALL: &str = "select name, at from paper";
