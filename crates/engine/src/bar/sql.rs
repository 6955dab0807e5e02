//! Statements of bars.

pub(super) const OF: &str = "
    select id, kind, subject, rid, category, purpose, forbids_use, forbids_delete, since
    from bar where subject = $1 and lifted is null order by id";
pub(super) const PUT: &str = "
    insert into bar
    (id, kind, subject, rid, category, purpose, forbids_use, forbids_delete, since, lifted)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9, null)
    on conflict (id) do nothing";
pub(super) const LIFT: &str = "update bar set lifted = $2 where id = $1 and lifted is null";
pub(super) const SUBJECT: &str = "select subject from bar where id = $1";
pub(super) const AWAKE: &str = "
    update record set waiting = 0 where rid between $1 and $2 and waiting = 1";
pub(super) const STANDS: &str = "select 1 from bar where id = $1 and lifted is null";
