//! The deployment's log: its leaves are the checkpoints of the workspaces' logs, so that one pinned key
//! vouches for all of them.

use ledger::{
    checkpoint::Checkpoint,
    note::Vkey,
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

impl Control {
    /// The key that people pin.
    pub fn vkey(&self) -> Vkey {
        self.key.vkey()
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
        let mut link = self.link();
        let files = LogFiles::new(&*self.disk, &self.log);
        let last = one(&mut *link, sql::CHECKPOINT, &[], |row| Ok((row.number(0)?, row.text(1)?)))?;
        let mut size = last.as_ref().map_or(0, |(size, _)| *size);
        let total = one(&mut *link, sql::ANCHOR_COUNT, &[], |row| row.number(0))?.unwrap_or(0);
        while size < total {
            let values = [size.into(), BATCH.into()];
            let leaves = all(&mut *link, sql::ANCHOR_LEAVES, &values, |row| row.bytes(0))?;
            files.write(&grow(size, &leaves, &|path| files.read(path)).map_err(broken)?)?;
            size += leaves.len() as u64;
            let read = |path: &str| files.read(path);
            let root = root(size, &Tiles { read: &read, size }).map_err(broken)?;
            let body = Checkpoint { origin: self.key.name().to_owned(), size, root };
            let note = body.sign(&self.key).map_err(broken)?;
            link.run(sql::CHECKPOINT_ADD, &[size.into(), now.into(), (&note).into()])?;
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
        Ok(one(&mut *self.link(), sql::CHECKPOINT, &[], |row| row.text(1))?)
    }

    /// How many anchors the published log holds.
    pub(crate) fn vouched(&self) -> Result<u64, Refusal> {
        let size = one(&mut *self.link(), sql::CHECKPOINT, &[], |row| row.number(0))?;
        Ok(size.unwrap_or(0))
    }

    /// The body of an anchored checkpoint, published beside the log so that its leaf can be checked.
    pub fn anchored(&self, number: u64) -> Result<Option<String>, Refusal> {
        Ok(one(&mut *self.link(), sql::ANCHOR_BODY, &[number.into()], |row| row.text(0))?)
    }

    /// Proves that an anchor is in the deployment's log, under its newest checkpoint.
    pub(crate) fn prove(&self, number: u64) -> Result<TlogProof, Refusal> {
        let found =
            one(&mut *self.link(), sql::CHECKPOINT, &[], |row| Ok((row.number(0)?, row.text(1)?)))?;
        let Some((size, note)) = found.filter(|(size, _)| number < *size) else {
            return Err(Refusal::Conflict { reason: "not published yet" });
        };
        let files = LogFiles::new(&*self.disk, &self.log);
        let read = |path: &str| files.read(path);
        let path = inclusion_proof(number, size, &Tiles { read: &read, size }).map_err(broken)?;
        Ok(TlogProof { index: number, path, checkpoint: note })
    }
}

fn broken(error: impl std::fmt::Display) -> Refusal {
    Refusal::Ledger { what: error.to_string() }
}
