//! Statements of accounts that lapse.

pub(super) const NEAR: &str = "
    select r.rid from record r join class c on c.terms = r.terms
    where c.category = $1 and r.at < $2 and r.waiting = 0 and r.job is null
    and not exists (select 1 from event e where e.rid = r.rid
    and (e.name = $3 or (e.at >= $2 and (e.name = $4 or e.name = $5))))";
