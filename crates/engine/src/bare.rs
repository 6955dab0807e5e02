//! The yardstick of `janji bench`: the same durable work without what Janji is for. A plain value and a plain
//! audit row, through the same queue and the same group commit. Only a benchmark's workspace has the tables.

mod sql;

use store::Tx;

use crate::{ctx::Ctx, refusal::Refusal};

/// Makes the tables.
pub fn prepare(ctx: &Ctx) -> Result<(), Refusal> {
    ctx.ws.act(ctx, |tx| Ok(tx.link().script(sql::TABLES)?))
}

/// Stores a value in clear.
pub fn write(tx: &mut Tx<'_>, value: &[u8]) -> Result<u64, Refusal> {
    let id = tx.one(sql::NEXT, &[], |row| row.number(0))?.unwrap_or(1);
    tx.run(sql::ADD, &[id.into(), value.into()])?;
    Ok(id)
}

/// Reads a value, where a record is read too: in the writer's own transaction.
pub fn read(tx: &mut Tx<'_>, id: u64) -> Result<Vec<u8>, Refusal> {
    tx.one(sql::READ, &[id.into()], |row| row.bytes(0))?.ok_or(Refusal::NotFound)
}

/// Notes in a plain row that a value was read.
pub fn audit(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    tx.run(sql::AUDIT, &[id.into(), ctx.actor.token.into(), ctx.now.into()])?;
    Ok(())
}
