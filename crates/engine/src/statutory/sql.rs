//! Statements of copies that a legal duty keeps.

pub(super) const ADD: &str = "
    insert into statutory (id, category, purpose, until, slot, sealed)
    values ($1, $2, $3, $4, $5, $6)";
pub(super) const JOB_ADD: &str = "
    insert into job_kept (job, category, purpose, until, copies, lost)
    values ($1, $2, $3, $4, $5, $6) on conflict (job, category) do nothing";
pub(super) const OF_JOB: &str = "
    select category, purpose, until, copies, lost from job_kept where job = $1 order by category";
pub(super) const LIST: &str = "
    select id, until, slot, sealed from statutory
    where category = $1 and purpose = $2 and until > $3 and id > $4 order by id limit $5";
pub(super) const DUE: &str = "
    select id, category, purpose, slot from statutory where until <= $1
    order by category, purpose, id limit 500";
pub(super) const END: &str = "delete from statutory where id = $1";
