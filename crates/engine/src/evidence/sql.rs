//! Statements of the probes: their own, so that no statement can hide what it should show.

pub(super) const RECORD_COUNT: &str = "select count(*) from record";
pub(super) const RECORDS: &str = "
    select rid, terms, at, whole, slot, waiting, job, schema from record
    where (rid % $1) % $2 = $3 order by rid";
pub(super) const RECORD: &str = "
    select rid, terms, at, whole, slot, waiting, job, schema from record where rid = $1";
pub(super) const RECORDS_OF: &str = "
    select rid, terms, at, whole, slot, waiting, job, schema from record
    where rid between $1 and $2 order by rid";
pub(super) const SEALED: &str = "select sealed from record where rid = $1";
pub(super) const TERMS: &str = "
    select id, category, purposes, ends, policy, basis from terms";
pub(super) const SETTINGS: &str = "select name, value, at from setting order by number";
pub(super) const FEATURES: &str = "select name, switched_on, at from feature";
pub(super) const PLANS: &str = "select name from plan order by number";
pub(super) const NEEDS: &str = "select feature, name from need";
pub(super) const PAPERS: &str = "select name, at from paper";
pub(super) const BARS: &str = "
    select id, kind, subject, rid, category, purpose, forbids_delete, since
    from bar where lifted is null order by id";

pub(super) const DETAILS: &str = "
    select number, subject from detail order by number desc limit $1";
pub(super) const DETAILS_AT: &str = "select number from detail where subject = $1 and at = $2";
pub(super) const SLOTS_TAKEN: &str = "select value from counter where name = 'slot'";
pub(super) const SLOTS_USED: &str = "
    select slot from record union all select slot from blob union all
    select ledger_slot from subject union all select slot from named_key union all
    select slot from lookup_key union all select slot from hold union all
    select slot from statutory union all
    select slot from detail where subject is null union all select slot from entry_list";

pub(super) const EVENTS: &str = "select name, at from event where rid = $1";
pub(super) const HAPPENED: &str = "select rid, at from event where name = $1";
pub(super) const OLDEST_DETAIL: &str = "select min(at) from detail where stream = $1";
pub(super) const OLDEST_CONSENT: &str = "select min(withdrawn) from consent";
pub(super) const OLDEST_HOLD: &str = "select min(released) from hold";
pub(super) const OLDEST_CERTIFICATE: &str = "select min(issued) from certificate";
pub(super) const DAY_KEYS: &str = "
    select name from named_key where name like 'stream-%' order by name";

pub(super) const PEOPLE: &str = "select people, count(*) from subject group by people";
pub(super) const KINDS: &str = "select people from subject where number = $1";
pub(super) const PART: &str = "select count(*) from part where whole = $1 and rid = $2";
pub(super) const BLOBS: &str = "
    select number, rid, category, field, at, schema from blob where job is null
    order by number desc limit $1";
pub(super) const BLOB: &str = "select job from blob where number = $1";

pub(super) const CONSENTS_OF: &str = "
    select given, withdrawn, for_child from consent where subject = $1 and purpose = $2";
pub(super) const CONSENTS: &str = "
    select id, subject, purpose, given, language, policy from consent order by given desc limit $1";
pub(super) const CONSENT_COUNT: &str = "select count(*) from consent";

pub(super) const SEALED_RECORDS: &str = "select slot, sealed from record limit $1";
pub(super) const SEALED_DETAILS: &str = "
    select slot, sealed from detail order by number desc limit $1";
pub(super) const CLOSED: &str = "select since from closing";
pub(super) const EVERYBODY: &str = "select number from subject";
pub(super) const SEALED_COPIES: &str = "select slot, sealed from statutory limit $1";
pub(super) const SEALED_MINORS: &str = "select slot, sealed from minor limit $1";
pub(super) const MINORS: &str = "
    select m.subject, m.slot, m.sealed, s.created from minor m
    left join subject s on s.number = m.subject order by m.subject desc limit $1";
pub(super) const MINOR: &str = "select 1 from minor where subject = $1";
pub(super) const APPROVALS: &str = "
    select approver, given, withdrawn from approval where subject = $1";
pub(super) const COPIES: &str = "
    select id, category, purpose, until, slot, sealed from statutory order by until limit $1";
pub(super) const COPY: &str = "select id from statutory where id = $1";
pub(super) const SLOT_ELSEWHERE: &str = "
    select (select count(*) from record where slot = $1)
    + (select count(*) from subject where ledger_slot = $1)
    + (select count(*) from named_key where slot = $1)";
pub(super) const SEALED_MENTIONS: &str = "select slot, sealed from mention limit $1";
pub(super) const MENTIONS: &str = "
    select m.rid, m.field, m.slot, s.ledger_slot from mention m
    left join subject s on s.number = m.subject order by m.rid desc, m.field limit $1";
pub(super) const LEFT_MENTIONS: &str = "
    select count(*) from mention where rid in (select rid from job_record where job = $1)";
pub(super) const LEFT_NAMED: &str = "select count(*) from mention where subject = $1";
pub(super) const SEALED_HOLDS: &str = "select slot, sealed from hold limit $1";

pub(super) const LOOKUP_KEYS: &str = "
    select field, id, slot from lookup_key where state = 1 order by generation";
pub(super) const LOOKUPS: &str = "
    select k.field, l.rid from lookup l join lookup_key k on k.id = l.lookup_key
    where k.state < 2 limit $1";
pub(super) const POLICY_ENTRY: &str = "select entry from policy_state where id = 1";
pub(super) const LOOKUP: &str = "
    select 1 from lookup where lookup_key = $1 and tag = $2 and rid = $3";
pub(super) const LOOKUP_TWICE: &str = "
    select count(*) from
    (select tag from lookup where lookup_key = $1 group by tag having count(*) > 1) as twice";

pub(super) const ENTRY_SPAN: &str = "
    select count(*), coalesce(max(number) - min(number) + 1, 0) from entry";
pub(super) const DETAIL_ORPHANS: &str = "
    select count(*) from detail where number not in (select number from entry)";
pub(super) const COMMITTED: &str = "
    select d.number, d.stream, e.leaf from detail d join entry e on e.number = d.number
    order by d.number desc limit $1";
pub(super) const HOLDS: &str = "select id, released from hold";
pub(super) const ACCESS: &str = "
    select rid from access where id = $1 and subject = $2 and purpose = $3 and token = $4
    and given <= $5 and (until is null or until > $5) and (ended is null or ended >= $5)";
pub(super) const HOLDS_TOLD: &str = "
    select h.subject, h.placed, (select count(*) from notice n where n.subject = h.subject
    and n.kind = 'hold' and n.about = h.id) from hold h where h.released is null";
pub(super) const CREATED: &str = "select created from subject where number = $1";
pub(super) const UNTOLD: &str = "
    select s.people, s.created from subject s where s.state = 'active' and not exists
    (select 1 from notice n where n.subject = s.number and n.kind = 'policy_change' and n.about = $1)";
pub(super) const ANNOUNCED: &str = "select told from announced where id = $1";
pub(super) const TOLD_OF_LAPSE: &str = "
    select made, effective from notice
    where kind = 'lapse' and about = $1 and effective is not null";
pub(super) const CERTIFICATE_COUNT: &str = "select count(*) from certificate";
pub(super) const UNCERTIFIED: &str = "
    select made from job where state >= 5 and id not in (select job from certificate)";

pub(super) const JOBS: &str = "
    select id, state, made, subject, whole_subject from job order by made desc, id limit $1";
pub(super) const LEFT_RECORDS: &str = "
    select count(*) from record where rid in (select rid from job_record where job = $1)";
pub(super) const LEFT_LOOKUPS: &str = "
    select count(*) from lookup where rid in (select rid from job_record where job = $1)";
pub(super) const LEFT_EVENTS: &str = "
    select count(*) from event where rid in (select rid from job_record where job = $1)";
pub(super) const LEFT_BLOBS: &str = "
    select count(*) from blob where number in (select number from job_blob where job = $1)";
pub(super) const LEFT_SUBJECT: &str = "select count(*) from subject where number = $1";
pub(super) const JOB_SLOTS: &str = "
    select slot from job_record where job = $1 and slot is not null";
pub(super) const JOB_BLOBS: &str = "select number from job_blob where job = $1";
pub(super) const CERTIFICATE_OF: &str = "
    select id from certificate where job = $1 order by issued desc limit 1";
pub(super) const TAKEN: &str = "
    select r.rid, p.category from job_record r join job j on j.id = r.job
    left join part p on p.rid = r.rid
    where j.made > $1 and r.rid between $2 and $3";

pub(super) const REQUESTS: &str = "
    select kind, state, subject, bar, received from request order by received desc limit $1";
pub(super) const NEWEST_PEOPLE: &str = "
    select number from subject where state = 'active' order by number desc limit $1";
pub(super) const AGGREGATES: &str = "select category, groups from aggregate";
