//! Statements of events.

pub(super) const PUT: &str = "
    insert into event (rid, name, at) values ($1, $2, $3)
    on conflict (rid, name) do update set at = case when excluded.at > event.at
    then excluded.at else event.at end";
pub(super) const CLEAR: &str = "delete from event where rid = $1 and name = $2 and at <= $3";
