//! Proofs that travel: an index, a path and the checkpoint they lead to, in one text.

use std::fmt;
use std::str::FromStr;

use crate::Hash;
use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Note, NoteError, Vkey};
use crate::text::{base64, decimal, hash_from_base64};
use crate::tree::{leaf_hash, verify_inclusion};

const FIRST_LINE: &str = "c2sp.org/tlog-proof@v1";
/// No tree is higher.
const LONGEST_PATH: usize = 64;

/// Why a proof does not prove.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum ProofError {
    /// The text is not a proof in its one spelling.
    #[error("the proof is malformed")]
    Malformed,
    /// The checkpoint in it was refused.
    #[error("the checkpoint of the proof was refused")]
    Checkpoint(#[from] CheckpointError),
    /// The path does not lead from this content to the checkpoint.
    #[error("the proof does not lead to its checkpoint")]
    NotIncluded,
}

/// A proof that some content is in a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TlogProof {
    /// Which leaf, from 0.
    pub index: u64,
    /// The hashes from the leaf's sibling upwards.
    pub path: Vec<Hash>,
    /// The signed checkpoint, verbatim.
    pub checkpoint: String,
}

impl TlogProof {
    /// Checks that the content is in the log of this key, and answers the checkpoint it is under.
    pub fn verify(&self, content: &[u8], key: &Vkey) -> Result<Checkpoint, ProofError> {
        let checkpoint = Checkpoint::open(&self.checkpoint, key)?;
        self.includes(content, &checkpoint)?;
        Ok(checkpoint)
    }

    pub(crate) fn includes(
        &self,
        content: &[u8],
        checkpoint: &Checkpoint,
    ) -> Result<(), ProofError> {
        let leaf = leaf_hash(content);
        let Checkpoint { size, root, .. } = checkpoint;
        if verify_inclusion(&leaf, self.index, *size, &self.path, root) {
            Ok(())
        } else {
            Err(ProofError::NotIncluded)
        }
    }

    pub(crate) fn note(&self) -> Result<Note<'_>, NoteError> {
        Note::parse(&self.checkpoint)
    }
}

impl fmt::Display for TlogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{FIRST_LINE}\nindex {}\n", self.index)?;
        for hash in &self.path {
            writeln!(f, "{}", base64(hash))?;
        }
        write!(f, "\n{}", self.checkpoint)
    }
}

impl FromStr for TlogProof {
    type Err = ProofError;

    /// Reads a `.tlog-proof`; `extra` lines are refused, because nothing authenticates them.
    fn from_str(text: &str) -> Result<TlogProof, ProofError> {
        parse(text).ok_or(ProofError::Malformed)
    }
}

fn parse(text: &str) -> Option<TlogProof> {
    let (head, checkpoint) = text.split_once("\n\n")?;
    let mut lines = head.split('\n');
    if lines.next()? != FIRST_LINE {
        return None;
    }
    let index = decimal(lines.next()?.strip_prefix("index ")?)?;
    let path = lines.map(hash_from_base64).collect::<Option<Vec<_>>>()?;
    let body = Note::parse(checkpoint).ok()?.text();
    let whole = path.len() <= LONGEST_PATH && Checkpoint::parse(body).is_ok();
    whole.then(|| TlogProof { index, path, checkpoint: checkpoint.to_owned() })
}

#[cfg(test)]
mod tests;
