//! Statements of needs.

pub(super) const PUT: &str = "
    insert into need (feature, name, at) values ($1, $2, $3)
    on conflict (feature, name) do update set at = excluded.at";
pub(super) const ALL: &str = "select feature, name, at from need";
