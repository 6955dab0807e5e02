//! Statements of consents.

pub(super) const STANDING: &str = "
    select id, subject, purpose, given, withdrawn, policy, language, for_child from consent
    where subject = $1 and purpose = $2 and withdrawn is null and policy >= $3
    order by for_child limit 1";
pub(super) const EVER: &str = "select 1 from consent where subject = $1 and purpose = $2";
pub(super) const OF: &str = "
    select id, subject, purpose, given, withdrawn, policy, language, for_child
    from consent where subject = $1 order by given, id";
pub(super) const FIND: &str = "
    select id, subject, purpose, given, withdrawn, policy, language, for_child
    from consent where id = $1";
pub(super) const PUT: &str = "
    insert into consent (id, subject, purpose, given, withdrawn, policy, language, for_child)
    values ($1, $2, $3, $4, null, $5, $6, $7)
    on conflict (id) do nothing";
pub(super) const END: &str = "
    update consent set withdrawn = $3
    where subject = $1 and purpose = $2 and withdrawn is null and given <= $3";
pub(super) const END_ALL: &str = "
    update consent set withdrawn = $2 where subject = $1 and withdrawn is null";
pub(super) const EXPIRE: &str = "delete from consent where withdrawn < $1";
