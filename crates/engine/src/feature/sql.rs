//! Statements of features.

pub(super) const PUT: &str = "
    insert into feature (name, switched_on, at) values ($1, $2, $3)
    on conflict (name) do update set switched_on = excluded.switched_on, at = excluded.at";
pub(super) const ALL: &str = "select name, switched_on, at from feature";
