//! Statements of approvals.

pub(super) const STANDING: &str = "
    select 1 from approval where subject = $1 and approver = $2 and withdrawn is null";
pub(super) const EVER: &str = "select 1 from approval where subject = $1 and approver = $2";
pub(super) const OF: &str = "
    select approver, given, withdrawn from approval where subject = $1 order by given, id";
pub(super) const PUT: &str = "
    insert into approval (id, subject, approver, given, withdrawn)
    values ($1, $2, $3, $4, null) on conflict (id) do nothing";
pub(super) const END: &str = "
    update approval set withdrawn = $3
    where subject = $1 and approver = $2 and withdrawn is null and given <= $3";
pub(super) const END_ALL: &str = "
    update approval set withdrawn = $2 where subject = $1 and withdrawn is null";
pub(super) const FORGET: &str = "delete from approval where subject = $1";
pub(super) const EXPIRE: &str = "delete from approval where withdrawn < $1";
