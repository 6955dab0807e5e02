//! Statements of notices.

pub(super) const ADD: &str = "
    insert into notice
    (id, subject, kind, rule, about, made, effective, mail, seen, acknowledged, void)
    values ($1, $2, $3, $4, $5, $6, $7, $8, null, null, null)
    on conflict (subject, kind, about) do nothing";
pub(super) const OF: &str = "
    select id, subject, kind, rule, about, made, effective, mail, seen, acknowledged, void
    from notice
    where subject = $1 order by made desc, id limit 200";
pub(super) const FIND: &str = "
    select id, subject, kind, rule, about, made, effective, mail, seen, acknowledged, void
    from notice where id = $1";
pub(super) const SEEN: &str = "update notice set seen = $2 where id = $1 and seen is null";
pub(super) const TOLD: &str = "
    select made, effective from notice where subject = $1 and kind = $2 and about = $3";
pub(super) const VOID: &str = "
    delete from notice where subject = $1 and kind = $2 and about = $3";
pub(super) const EXPIRE: &str = "
    delete from notice where made < $1 and (effective is null or effective < $1)";
pub(super) const FORGET: &str = "delete from notice where subject = $1";
pub(super) const ACKNOWLEDGE: &str = "
    update notice set acknowledged = $2 where id = $1 and acknowledged is null";
pub(super) const TAKE_BACK: &str = "
    update notice set void = $3 where kind = $1 and about = $2 and void is null";
