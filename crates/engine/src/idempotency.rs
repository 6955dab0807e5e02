//! Idempotency: a client that repeats a request with the same key gets the first answer again. What is
//! stored is a hash of the request and an answer of ids and states, never a body.

mod sql;

use store::{Tx, value::Row};

use crate::{ctx::Ctx, refusal::Refusal};

/// How long a key is remembered.
pub const KEPT: i64 = 24 * 3_600_000_000;

/// A key as the client sent it, with what it was sent for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Key {
    /// Hash of token and key.
    pub tag: [u8; 32],
    /// Hash of method, path and body.
    pub request: [u8; 32],
}

/// The answer that was given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// The status.
    pub status: u16,
    /// The answer: ids and states.
    pub answer: String,
}

impl Key {
    /// The key of a request: bound to the token, so that nobody can ask for another's answer.
    pub fn new(ctx: &Ctx, key: &str, request: &[&[u8]]) -> Key {
        let token = ctx.actor.token.to_be_bytes();
        let workspace = ctx.ws.number().to_be_bytes();
        let tag = crypto::sha256(&[b"janji idempotency v1\0", &workspace, &token, key.as_bytes()]);
        Key { tag, request: crypto::sha256(request) }
    }
}

/// The answer to a repeated request; a key used for another request is refused.
pub fn begin(ctx: &Ctx, tx: &mut Tx<'_>, key: &Key) -> Result<Option<Stored>, Refusal> {
    let oldest = ctx.now - KEPT;
    let found = tx.one(sql::FIND, &[(&key.tag).into(), oldest.into()], |row: Row<'_>| {
        Ok((row.bytes(0)?, row.int(1)?, row.text(2)?))
    })?;
    match found {
        None => Ok(None),
        Some((request, status, answer)) if request == key.request => {
            Ok(Some(Stored { status: u16::try_from(status).unwrap_or(200), answer }))
        }
        Some(_) => Err(Refusal::invalid("Idempotency-Key", "one key for one request")),
    }
}

/// Remembers the answer, in the transaction of the act itself.
pub fn keep(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    key: &Key,
    status: u16,
    answer: &str,
) -> Result<(), Refusal> {
    let values = [
        (&key.tag).into(),
        (&key.request).into(),
        i64::from(status).into(),
        answer.into(),
        ctx.now.into(),
    ];
    tx.run(sql::KEEP, &values)?;
    Ok(())
}

/// Forgets keys that are old enough.
pub(crate) fn expire(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<usize, Refusal> {
    Ok(tx.run(sql::EXPIRE, &[(ctx.now - KEPT).into()])?)
}
