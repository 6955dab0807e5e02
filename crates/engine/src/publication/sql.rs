//! Statements of publications.

pub(super) const SAVE: &str = "
    insert into policy_state (id, number, entry, upto, held) values (1, $1, $2, 0, 0)
    on conflict (id) do update
    set number = excluded.number, entry = excluded.entry, upto = 0, held = 0";
pub(super) const NUMBER: &str = "select number from policy_state where id = 1";
pub(super) const STATE: &str = "select upto, held from policy_state where id = 1";
pub(super) const ADVANCE: &str = "
    update policy_state set upto = $1, held = held + $2 where id = 1";
pub(super) const AGAIN: &str = "
    update policy_state set upto = 0, held = 0 where id = 1 and upto is null and held > 0";

pub(super) const ANNOUNCED: &str = "select id, upto, told, number, made from announced";
pub(super) const ANNOUNCE: &str = "
    insert into announced (id, number, made, upto, told) values ($1, $2, $3, 0, null)
    on conflict (id) do nothing";
pub(super) const TELL_FROM: &str = "update announced set upto = $2 where id = $1";
pub(super) const ALL_TOLD: &str = "update announced set told = $2 where id = $1 and told is null";
pub(super) const OVER: &str = "delete from announced where id = $1";
pub(super) const TO_TELL: &str = "
    select number, people from subject where number >= $1 order by number limit $2";

pub(super) const RENAME_PARTS: &str = "update part set category = $2 where category = $1";
pub(super) const RENAME_EVENTS: &str = "update event set name = $2 where name = $1";
pub(super) const RENAME_BARS: &str = "update bar set category = $2 where category = $1";
pub(super) const RENAME_HOLDS: &str = "update hold set category = $2 where category = $1";
pub(super) const EVENT_NAMES: &str = "select distinct name from event";

pub(super) const AFTER: &str = "
    select rid, terms, schema from record where rid > $1 and job is null order by rid limit $2";
pub(super) const RESEAL: &str = "
    update record set sealed = $2, schema = $3 where rid = $1 and job is null";

pub(super) const OF_TERMS: &str = "
    select rid from record where terms = $1 and waiting = 0 and job is null
    union all select rid from record where terms = $1 and waiting = 1 and job is null";
pub(super) const COUNT_OF_TERMS: &str = "
    select (select count(*) from record where terms = $1 and waiting = 0 and job is null)
    + (select count(*) from record where terms = $1 and waiting = 1 and job is null)";
pub(super) const COPIES: &str = "
    select category, purpose, count(*) from statutory group by category, purpose
    order by category, purpose";
pub(super) const PEOPLE: &str = "select people, count(*) from subject group by people";
pub(super) const CONSENTS: &str = "
    select purpose, policy, count(*) from consent where withdrawn is null
    group by purpose, policy order by purpose, policy";
