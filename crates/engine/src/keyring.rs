//! Keys of the workspace itself, each in a slot of its own with a name: public ids, proof, the days of
//! a ledger stream, the generations of look-up fields.

mod sql;

use store::{Slot, StoreError, Tx};

use crate::{ctx::Ctx, entry::Stream};

/// The name of the key behind public ids.
pub(crate) const IDS: &str = "ids";
/// The name of the key of erasures, holds and certificates.
pub(crate) const PROOF: &str = "proof";
/// The name of the key of pseudonyms.
pub(crate) const PSEUDONYMS: &str = "pseudonyms";
const DAY: i64 = 86_400_000_000;

/// The slot of a named key, taken when there is none yet.
pub(crate) fn slot(tx: &mut Tx<'_>, name: &str) -> Result<Slot, StoreError> {
    if let Some(slot) = find(tx, name)? {
        return Ok(slot);
    }
    let slot = tx.take_slot()?;
    tx.run(sql::ADD, &[name.into(), slot.into()])?;
    Ok(slot)
}

/// The slot of a named key, if it has one.
pub(crate) fn find(tx: &mut Tx<'_>, name: &str) -> Result<Option<Slot>, StoreError> {
    tx.one(sql::FIND, &[name.into()], |row| row.small(0))
}

/// The key of one day of a stream, for acts that name no single person.
pub(crate) fn day(ctx: &Ctx, tx: &mut Tx<'_>, stream: Stream) -> Result<Slot, StoreError> {
    let name = format!("stream-{}-{:08}", stream as u8, ctx.now.div_euclid(DAY));
    slot(tx, &name)
}

/// The keys of a stream's days before a time, which end with the stream's period.
pub(crate) fn ended_days(
    tx: &mut Tx<'_>,
    stream: Stream,
    before: i64,
) -> Result<Vec<(String, Slot)>, StoreError> {
    let first = format!("stream-{}-", stream as u8);
    let last = format!("stream-{}-{:08}", stream as u8, before.div_euclid(DAY));
    tx.all(sql::BETWEEN, &[(&first).into(), (&last).into()], |row| {
        Ok((row.text(0)?, row.small(1)?))
    })
}

/// Forgets a named key after it was destroyed.
pub(crate) fn forget(tx: &mut Tx<'_>, name: &str) -> Result<(), StoreError> {
    tx.run(sql::FORGET, &[name.into()]).map(|_| ())
}
