//! Statements of requests.

pub(super) const ADD: &str = "
    insert into request (id, subject, kind, purpose, state, received, answered, closed, job, bar)
    values ($1, $2, $3, $4, $5, $6, $6, null, $7, $8)";
pub(super) const CLOSE: &str = "update request set state = 'closed', closed = $2 where id = $1";
pub(super) const WAITING: &str = "
    select id from request where subject = $1 and state = 'waiting' order by received, id";
pub(super) const RESUMED: &str = "
    update request set state = 'answered', answered = $2, job = coalesce($3, job) where id = $1";
pub(super) const FIND: &str = "
    select id, subject, kind, purpose, state, received, answered, job, bar from request where id = $1";
pub(super) const OF: &str = "
    select id, subject, kind, purpose, state, received, answered, job, bar
    from request where subject = $1 order by received desc, id";
pub(super) const ALL_WAITING: &str = "
    select distinct subject from request where state = 'waiting' order by subject";
pub(super) const PLACED: &str = "select id from request where bar = $1";
