//! Statements of idempotency keys.

pub(super) const FIND: &str = "
    select request, status, answer from idempotency where tag = $1 and at >= $2";
pub(super) const KEEP: &str = "
    insert into idempotency (tag, request, status, answer, at) values ($1, $2, $3, $4, $5)
    on conflict (tag) do update set request = excluded.request, status = excluded.status,
    answer = excluded.answer, at = excluded.at";
pub(super) const EXPIRE: &str = "delete from idempotency where at < $1";
