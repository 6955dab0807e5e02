//! Statements of certificates.

pub(super) const ADD: &str = "
    insert into certificate (id, job, kind, issued, entry) values ($1, $2, $3, $4, $5)";
pub(super) const LIST: &str = "
    select c.id, c.job, c.kind, c.issued from certificate c join job j on j.id = c.job
    where $1 is null or j.subject = $1 order by c.issued desc, c.id limit $2";
pub(super) const OF_JOB: &str = "
    select id from certificate where job = $1 order by issued desc, kind limit 1";
pub(super) const ENTRY: &str = "select entry, job from certificate where id = $1";
pub(super) const EXPIRE_STATEMENTS: &str = "
    delete from detail where number in (select entry from certificate where issued < $1)";
pub(super) const EXPIRE: &str = "delete from certificate where issued < $1";
