//! The deployment's log: its leaves are the checkpoints of the workspaces' logs, so that one pinned key
//! vouches for all of them.

use std::path::PathBuf;

use crypto::SigningKey;
use ledger::{
    checkpoint::Checkpoint,
    note::{LogKey, Vkey},
    proof::TlogProof,
    tile::{Tiles, grow},
    tree::{inclusion_proof, root},
};
use store::{
    Link,
    value::{all, one},
};

use super::{Control, sql};
use crate::{files::LogFiles, refusal::Refusal};

/// Leaves integrated at a time.
const BATCH: u32 = 4096;

/// One log of the deployment: the first, or the successor of one that a restore cut off.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Log {
    generation: u64,
    origin: String,
    /// Its folder inside that of the first.
    folder: String,
    /// The number of its first anchor.
    base: u64,
}

fn log_row(row: store::Row<'_>) -> Result<Log, store::StoreError> {
    Ok(Log {
        generation: row.number(0)?,
        origin: row.text(1)?,
        folder: row.text(2)?,
        base: row.number(3)?,
    })
}

/// The log that grows now, with the public half of its key.
#[derive(Debug, Clone)]
pub(super) struct Current {
    log: Log,
    vkey: Vkey,
}

/// Takes up the log that grows now; the first is made when there is none.
pub(super) fn current(link: &mut dyn Link, signer: &SigningKey) -> Result<Current, Refusal> {
    let log = newest(link, signer)?;
    let vkey = key(&log, signer)?.vkey();
    Ok(Current { log, vkey })
}

fn key(log: &Log, signer: &SigningKey) -> Result<LogKey, Refusal> {
    LogKey::new(&log.origin, SigningKey::from_seed(signer.seed())).map_err(broken)
}

fn newest(link: &mut dyn Link, signer: &SigningKey) -> Result<Log, store::StoreError> {
    if let Some(log) = one(link, sql::LOG, &[], log_row)? {
        return Ok(log);
    }
    let word = crypto::sha256(&[b"janji deployment v1\0", signer.verify_key().bytes()]);
    let word = crate::certificate::hex(word.get(..8).unwrap_or_default());
    let origin = format!("janji.log/{word}");
    let values = [1_u64.into(), (&origin).into(), "".into(), 0_u64.into(), 0_i64.into()];
    link.run(sql::LOG_ADD, &values)?;
    Ok(Log { generation: 1, origin, folder: String::new(), base: 0 })
}

impl Control {
    fn current(&self) -> Current {
        self.log.read().unwrap_or_else(std::sync::PoisonError::into_inner).clone()
    }

    fn log(&self) -> Log {
        self.current().log
    }

    fn files(&self, log: &Log) -> LogFiles<'_> {
        LogFiles::new(&*self.disk, &self.folder.join(&log.folder))
    }

    /// The key that people pin.
    pub fn vkey(&self) -> Vkey {
        self.current().vkey
    }

    /// The keys of all logs, newest first: what an older one vouched for still verifies under its name.
    pub fn vkeys(&self) -> Result<Vec<Vkey>, Refusal> {
        let logs = all(&mut *self.link(), sql::LOGS, &[], log_row)?;
        logs.iter().map(|log| Ok(key(log, &self.signer)?.vkey())).collect()
    }

    /// The name of the log that grows now, which begins the names of the workspaces' logs.
    pub fn origin(&self) -> String {
        self.log().origin
    }

    /// Where the files of the log that grows now lie, inside the folder of all logs.
    pub fn log_folder(&self) -> PathBuf {
        PathBuf::from("deployment").join(self.log().folder)
    }

    /// After a restore: begins a successor, because the lost host may have signed more than the backup
    /// knows. Its first leaf names the log before it, at the size where that was cut off. `word` keeps two
    /// restores of one backup apart.
    pub(crate) fn succeed(&self, word: &str, now: i64) -> Result<(), Refusal> {
        let before = self.log();
        let mut link = self.link();
        let signed = checkpoint_of(&mut *link, &before)?;
        let Some((size, note)) = signed else { return Ok(()) };
        let generation = before.generation + 1;
        let first = before.origin.split('.').take(2).collect::<Vec<_>>().join(".");
        let log = Log {
            generation,
            origin: format!("{first}.{generation}.{word}"),
            folder: format!("{generation}.{word}"),
            base: before.base + size,
        };
        let values = [
            generation.into(),
            (&log.origin).into(),
            (&log.folder).into(),
            log.base.into(),
            now.into(),
        ];
        link.run(sql::LOG_ADD, &values)?;
        let body = note.split_once("\n\n").map_or(note.clone(), |(body, _)| format!("{body}\n"));
        let leaf = ledger::entry::checkpoint_leaf(&body);
        let none = 0_u64;
        let values =
            [none.into(), before.generation.into(), size.into(), (&body).into(), (&leaf).into()];
        link.run(sql::ANCHOR_ADD, &values)?;
        let fresh = current(&mut *link, &self.signer)?;
        drop(link);
        *self.log.write().unwrap_or_else(std::sync::PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// Puts the checkpoint of a workspace's log into the deployment's log, once.
    pub(crate) fn anchor(
        &self,
        workspace: u64,
        generation: u64,
        size: u64,
        body: &str,
    ) -> Result<u64, Refusal> {
        let mut link = self.link();
        let key = [workspace.into(), generation.into(), size.into()];
        if let Some(number) = one(&mut *link, sql::ANCHOR, &key, |row| row.number(0))? {
            return Ok(number);
        }
        let leaf = ledger::entry::checkpoint_leaf(body);
        let [a, b, c] = key;
        link.run(sql::ANCHOR_ADD, &[a, b, c, body.into(), (&leaf).into()])?;
        one(&mut *link, sql::ANCHOR, &key, |row| row.number(0))?
            .ok_or_else(|| Refusal::Ledger { what: "an anchor is not there".to_owned() })
    }

    /// Writes the tiles of new anchors and signs a checkpoint over them: data before tiles, tiles before
    /// checkpoint, so that a crash leaves nothing that points to what is not there.
    pub(crate) fn publish(&self, now: i64) -> Result<(), Refusal> {
        let log = self.log();
        let mut link = self.link();
        let (files, key) = (self.files(&log), key(&log, &self.signer)?);
        let last = checkpoint_of(&mut *link, &log)?;
        let mut size = last.as_ref().map_or(0, |(size, _)| *size);
        let total = one(&mut *link, sql::ANCHOR_COUNT, &[], |row| row.number(0))?.unwrap_or(0);
        while log.base + size < total {
            let values = [(log.base + size).into(), BATCH.into()];
            let leaves = all(&mut *link, sql::ANCHOR_LEAVES, &values, |row| row.bytes(0))?;
            files.write(&grow(size, &leaves, &|path| files.read(path)).map_err(broken)?)?;
            size += leaves.len() as u64;
            let read = |path: &str| files.read(path);
            let root = root(size, &Tiles { read: &read, size }).map_err(broken)?;
            let body = Checkpoint { origin: log.origin.clone(), size, root };
            let note = body.sign(&key).map_err(broken)?;
            let values = [log.generation.into(), size.into(), now.into(), (&note).into()];
            link.run(sql::CHECKPOINT_ADD, &values)?;
            files.checkpoint(&note)?;
        }
        match last {
            Some((old, note))
                if old == size && files.read("checkpoint").as_deref() != Some(note.as_bytes()) =>
            {
                files.checkpoint(&note)
            }
            _ => Ok(()),
        }
    }

    /// The newest checkpoint of the deployment's log.
    pub fn checkpoint(&self) -> Result<Option<String>, Refusal> {
        let log = self.log();
        Ok(checkpoint_of(&mut *self.link(), &log)?.map(|(_, note)| note))
    }

    /// The number below which every anchor is in a published log.
    pub(crate) fn vouched(&self) -> Result<u64, Refusal> {
        let log = self.log();
        let size = checkpoint_of(&mut *self.link(), &log)?.map_or(0, |(size, _)| size);
        Ok(log.base + size)
    }

    /// The body of an anchored checkpoint, published beside the log so that its leaf can be checked.
    pub fn anchored(&self, number: u64) -> Result<Option<String>, Refusal> {
        Ok(one(&mut *self.link(), sql::ANCHOR_BODY, &[number.into()], |row| row.text(0))?)
    }

    /// Proves that an anchor is in the deployment's log, under the newest checkpoint of the log that has it.
    pub(crate) fn prove(&self, number: u64) -> Result<TlogProof, Refusal> {
        let mut link = self.link();
        let log = one(&mut *link, sql::LOG_OF, &[number.into()], log_row)?;
        let log = log.ok_or(Refusal::NotFound)?;
        let index = number - log.base;
        let found = checkpoint_of(&mut *link, &log)?;
        let Some((size, note)) = found.filter(|(size, _)| index < *size) else {
            return Err(Refusal::Conflict { reason: "not published yet" });
        };
        let files = self.files(&log);
        let read = |path: &str| files.read(path);
        let path = inclusion_proof(index, size, &Tiles { read: &read, size }).map_err(broken)?;
        Ok(TlogProof { index, path, checkpoint: note })
    }
}

fn checkpoint_of(
    link: &mut dyn Link,
    log: &Log,
) -> Result<Option<(u64, String)>, store::StoreError> {
    one(link, sql::CHECKPOINT, &[log.generation.into()], |row| Ok((row.number(0)?, row.text(1)?)))
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::Ledger { what: error.to_string() }
}
