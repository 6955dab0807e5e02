//! The workspace's public log: takes committed entries in their order into tiles, signs a checkpoint, and
//! has the deployment's log vouch for it.

mod sql;

use ledger::{
    checkpoint::Checkpoint,
    note::{LogKey, Vkey},
    proof::TlogProof,
    tile::{Tiles, grow},
    tree::{inclusion_proof, root},
};
use store::{Link, Tx, value::one};

use crate::{
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    files::LogFiles,
    refusal::Refusal,
};

/// One log of a workspace: the first, or the successor of one that a restore cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Log {
    /// Counted from 1.
    pub generation: u64,
    /// Its name.
    pub origin: String,
    /// The number of its first entry.
    pub base: u64,
}

/// A published checkpoint of a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Published {
    /// The log.
    pub log: Log,
    /// Its size.
    pub size: u64,
    /// The signed note.
    pub note: String,
    /// Its number in the deployment's log.
    pub anchor: Option<u64>,
}

const BATCH: u32 = 16_384;

/// Begins a log at the next entry. A successor's first entry names the log before it and its last size.
pub(crate) fn begin(ctx: &Ctx, tx: &mut Tx<'_>, origin: &str) -> Result<(), Refusal> {
    let before = newest(tx.link())?;
    let generation = before.as_ref().map_or(1, |log| log.generation + 1);
    let base = tx.counters().entry;
    let values = [generation.into(), origin.into(), base.into(), ctx.now.into()];
    tx.run(sql::BEGIN_LOG, &values)?;
    if let Some(before) = before {
        let last = published(tx.link(), before.generation)?.map_or(0, |(size, _, _)| size);
        let gap = format!("size {last}");
        let entry = Entry {
            act: Act::Recover,
            stream: Stream::Proof,
            subject: None,
            purpose: &gap,
            rule: &before.origin,
            records: &[],
        };
        entry::record(ctx, tx, &entry)?;
    }
    Ok(())
}

/// The log that grows now.
pub fn newest(link: &mut dyn Link) -> Result<Option<Log>, Refusal> {
    Ok(one(link, sql::NEWEST, &[], log_row)?)
}

/// Every log, oldest first.
pub fn all(link: &mut dyn Link) -> Result<Vec<Log>, Refusal> {
    Ok(store::value::all(link, sql::ALL, &[], log_row)?)
}

fn log_row(row: store::Row<'_>) -> Result<Log, store::StoreError> {
    Ok(Log { generation: row.number(0)?, origin: row.text(1)?, base: row.number(2)? })
}

fn published(
    link: &mut dyn Link,
    generation: u64,
) -> Result<Option<(u64, String, Option<u64>)>, Refusal> {
    Ok(one(link, sql::CHECKPOINT, &[generation.into()], |row| {
        Ok((row.number(0)?, row.text(1)?, row.maybe_number(2)?))
    })?)
}

/// The last path part of an origin is the folder of its files.
pub fn folder(origin: &str) -> &str {
    origin.rsplit('/').next().unwrap_or(origin)
}

fn files<'a>(ctx: &'a Ctx, log: &Log) -> LogFiles<'a> {
    LogFiles::new(ctx.ws.disk(), &ctx.ws.places().log.join(folder(&log.origin)))
}

fn key(ctx: &Ctx, log: &Log) -> Result<LogKey, Refusal> {
    let seed = crypto::SigningKey::from_seed(ctx.ws.signer().seed());
    LogKey::new(&log.origin, seed).map_err(broken)
}

/// The key that checkpoints of a log are signed with, public half.
pub fn vkey(ctx: &Ctx, log: &Log) -> Result<Vkey, Refusal> {
    Ok(key(ctx, log)?.vkey())
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::Ledger { what: error.to_string() }
}

/// Publishes everything committed: tiles, checkpoint, anchor. Only one publisher at a time, and after a
/// crash it does the same again: entries decide every byte.
pub fn publish(ctx: &Ctx) -> Result<(), Refusal> {
    let _one = ctx.ws.publishing();
    let state = ctx.ws.read(|link| {
        let Some(log) = newest(link)? else { return Ok(None) };
        let last = published(link, log.generation)?;
        Ok(Some((log, last)))
    })?;
    let Some((log, last)) = state else { return Ok(()) };
    let files = files(ctx, &log);
    let mut size = last.as_ref().map_or(0, |(size, _, _)| *size);
    // What comes meanwhile waits for the next time: under load there would be no end.
    let until = ctx.ws.writer().counters().entry;
    while log.base + size < until {
        let from = log.base + size;
        let some = u32::try_from(until - from).unwrap_or(u32::MAX).min(BATCH);
        let leaves = ctx.ws.read(|link| entry::leaves(link, from, some))?;
        if leaves.is_empty() {
            break;
        }
        let gapless = (from..).zip(&leaves).all(|(expected, (number, _))| expected == *number);
        if !gapless {
            return Err(Refusal::Ledger { what: format!("an entry after {from} is missing") });
        }
        let contents: Vec<Vec<u8>> = leaves.into_iter().map(|(_, leaf)| leaf).collect();
        files.write(&grow(size, &contents, &|path| files.read(path)).map_err(broken)?)?;
        size += contents.len() as u64;
        sign(ctx, &log, &files, size)?;
    }
    match last {
        Some((old, note, anchor)) if old == size => {
            if files.read("checkpoint").as_deref() != Some(note.as_bytes()) {
                files.checkpoint(&note)?;
            }
            if anchor.is_none() {
                vouch(ctx, &log, size, &note)?;
            }
        }
        _ => {}
    }
    ctx.ws.control().publish(ctx.now)
}

/// Signs a checkpoint over tiles that are durable, keeps it, publishes it and anchors it.
fn sign(ctx: &Ctx, log: &Log, files: &LogFiles<'_>, size: u64) -> Result<(), Refusal> {
    let read = |path: &str| files.read(path);
    let root = root(size, &Tiles { read: &read, size }).map_err(broken)?;
    let body = Checkpoint { origin: log.origin.clone(), size, root };
    let note = body.sign(&key(ctx, log)?).map_err(broken)?;
    let (generation, now, kept, text) = (log.generation, ctx.now, note.clone(), body.body());
    ctx.ws.act(ctx, move |tx| {
        let values = [generation.into(), size.into(), now.into(), (&text).into(), (&kept).into()];
        Ok(tx.run(sql::CHECKPOINT_ADD, &values)?)
    })?;
    files.checkpoint(&note)?;
    vouch(ctx, log, size, &note)
}

fn vouch(ctx: &Ctx, log: &Log, size: u64, note: &str) -> Result<(), Refusal> {
    let body = note.split_once("\n\n").map_or(note.to_owned(), |(body, _)| format!("{body}\n"));
    let anchor = ctx.ws.control().anchor(ctx.ws.number(), log.generation, size, &body)?;
    let generation = log.generation;
    ctx.ws.act(ctx, move |tx| {
        Ok(tx.run(sql::ANCHORED, &[generation.into(), size.into(), anchor.into()])?)
    })?;
    Ok(())
}

/// The newest state of the log that holds an entry and that the deployment's published log vouches for;
/// `None` until there is one. A checkpoint that is being published does not hide the one before it.
pub fn covering(ctx: &Ctx, link: &mut dyn Link, entry: u64) -> Result<Option<Published>, Refusal> {
    let log = all(link)?.into_iter().rev().find(|log| log.base <= entry);
    let Some(log) = log else { return Ok(None) };
    let vouched = ctx.ws.control().vouched()?;
    let values = [log.generation.into(), (entry - log.base).into(), vouched.into()];
    let found = one(link, sql::COVERING, &values, |row| {
        Ok((row.number(0)?, row.text(1)?, row.maybe_number(2)?))
    })?;
    Ok(found.map(|(size, note, anchor)| Published { log, size, note, anchor }))
}

/// The newest published checkpoint of all.
pub fn latest(link: &mut dyn Link) -> Result<Option<Published>, Refusal> {
    let Some(log) = newest(link)? else { return Ok(None) };
    let found = published(link, log.generation)?;
    Ok(found.map(|(size, note, anchor)| Published { log, size, note, anchor }))
}

/// Proves that an entry is in its log, and that log in the deployment's.
pub(crate) fn prove(
    ctx: &Ctx,
    published: &Published,
    entry: u64,
) -> Result<(TlogProof, TlogProof), Refusal> {
    let files = files(ctx, &published.log);
    let read = |path: &str| files.read(path);
    let (index, size) = (entry - published.log.base, published.size);
    let path = inclusion_proof(index, size, &Tiles { read: &read, size }).map_err(broken)?;
    let proof = TlogProof { index, path, checkpoint: published.note.clone() };
    let anchor = published.anchor.ok_or(Refusal::Conflict { reason: "not published yet" })?;
    Ok((proof, ctx.ws.control().prove(anchor)?))
}
