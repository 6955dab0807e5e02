//! Statements of erasure jobs.

pub(super) const PARTS: &str = "select rid from part where whole = $1";
pub(super) const ADD: &str = "
    insert into job
    (id, kind, rule, subject, whole_subject, state, made, records, shared, blobs, fact_order,
    policies)
    values ($1, $2, $3, $4, $5, 1, $6, $7, $8, $9, $10, $11)";
pub(super) const POLICY_OF: &str = "
    select t.policy from record r join terms t on t.id = r.terms where r.rid = $1";
pub(super) const POLICY_OF_FILE: &str = "
    select t.policy from blob b join record r on r.rid = b.rid join terms t on t.id = r.terms
    where b.number = $1";
pub(super) const ADD_REPLAYED: &str = "
    insert into job
    (id, kind, rule, subject, whole_subject, state, made, records, shared, blobs, fact_order,
    policies)
    values ($1, $2, $3, $4, $5, 2, $6, $7, 0, $8, 0, $9)
    on conflict (id) do nothing";
pub(super) const RECORD_ADD: &str = "
    insert into job_record (job, rid, slot) values ($1, $2, $3) on conflict (job, rid) do nothing";
pub(super) const RECORD_TAKE: &str = "update record set job = $2 where rid = $1";
pub(super) const BLOB_ADD: &str = "
    insert into job_blob (job, number) values ($1, $2) on conflict (job, number) do nothing";
pub(super) const BLOB_TAKE: &str = "update blob set job = $2 where number = $1";
pub(super) const FIND: &str = "
    select id, kind, rule, subject, whole_subject, state, made, keys_gone, rows_gone, blobs_gone,
    epoch, records, shared, blobs, root, complete, fact_order, policies from job where id = $1";
pub(super) const OPEN: &str = "select id from job where state < 5 order by made, id";
pub(super) const CERTIFIED: &str = "
    select id from job where state = 5 and epoch <= $1 order by made, id";
pub(super) const RIDS: &str = "select rid from job_record where job = $1 order by rid";
pub(super) const RECORD_SLOTS: &str = "
    select slot from job_record where job = $1 and slot is not null";
pub(super) const BLOB_SLOTS: &str = "
    select slot from blob where number in (select number from job_blob where job = $1)";
pub(super) const BLOBS: &str = "select number from job_blob where job = $1 order by number";
pub(super) const DROP_RECORDS: &str = "
    delete from record where rid in (select rid from job_record where job = $1)";
pub(super) const DROP_LOOKUPS: &str = "
    delete from lookup where rid in (select rid from job_record where job = $1)";
pub(super) const DROP_EVENTS: &str = "
    delete from event where rid in (select rid from job_record where job = $1)";
pub(super) const DROP_PARTS: &str = "
    delete from part where whole in (select rid from job_record where job = $1)";
pub(super) const DROP_MENTIONS: &str = "
    delete from mention where rid in (select rid from job_record where job = $1)";
pub(super) const DROP_BLOBS: &str = "
    delete from blob where number in (select number from job_blob where job = $1)";
pub(super) const DROP_BARS: &str = "delete from bar where subject = $1";
pub(super) const ROWS_GONE: &str = "
    update job set state = 3, keys_gone = $2, rows_gone = $2, guard = $3, epoch = $4, root = $5
    where id = $1 and state < 3";
pub(super) const BLOBS_GONE: &str = "
    update job set state = 4, blobs_gone = $2 where id = $1 and state < 4";
pub(super) const DONE: &str = "update job set state = 5 where id = $1 and state < 5";
pub(super) const COMPLETE: &str = "
    update job set state = 6, complete = $2 where id = $1 and state = 5";
pub(super) const FORGET_RECORDS: &str = "delete from job_record where job = $1";
pub(super) const FORGET_BLOBS: &str = "delete from job_blob where job = $1";
