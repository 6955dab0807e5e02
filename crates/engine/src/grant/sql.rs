//! Statements of access that staff ask for.

pub(super) const ADD: &str = "
    insert into access (id, subject, purpose, rid, ticket, token, staff, asked, sealed)
    values ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
pub(super) const STAND: &str = "update access set given = $2, until = $3 where id = $1";
pub(super) const OWNER: &str = "update access set owner = $2 where id = $1";
pub(super) const WORKSPACE: &str = "update access set workspace = $2 where id = $1";
pub(super) const SECOND: &str = "update access set second = $2 where id = $1";
pub(super) const CASE: &str = "update access set officer = $2 where id = $1";
pub(super) const END: &str = "update access set ended = $2 where id = $1 and ended is null";
pub(super) const RESOLVED: &str = "
    update access set ended = $2 where ticket = $1 and ended is null";
pub(super) const FIND: &str = "
    select id, subject, purpose, rid, ticket, token, staff, asked, owner, workspace, second, officer,
    given, until, ended from access where id = $1";
pub(super) const LIST: &str = "
    select id, subject, purpose, rid, ticket, token, staff, asked, owner, workspace, second, officer,
    given, until, ended from access where $1 is null or subject = $1 order by asked desc, id limit 200";
pub(super) const STANDING: &str = "
    select id, subject, purpose, rid, ticket, token, staff, asked, owner, workspace, second, officer,
    given, until, ended from access where subject = $1 and purpose = $2 and token = $3 and ended is null
    and given <= $4 and (until is null or until > $4) order by given desc, id";
pub(super) const EXPIRE: &str = "
    delete from access where ended < $1 or until < $1 or (given is null and asked < $1)";
pub(super) const FORGET: &str = "delete from access where subject = $1";
