//! Checkpoints: the size and root of a log, signed.

use crate::Hash;
use crate::note::{self, LogKey, Note, NoteError, Vkey};
use crate::text::{base64, decimal, hash_from_base64, is_name};

/// Why a checkpoint was refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum CheckpointError {
    /// The body is not origin, size and root in their one spelling, and nothing else.
    #[error("the checkpoint is malformed")]
    Malformed,
    /// The key is pinned for another log.
    #[error("the checkpoint is of another log")]
    Origin,
    /// The note around the body is malformed, unsigned or wrongly signed.
    #[error("the checkpoint's signature was refused")]
    Note(#[from] NoteError),
}

/// What a log says it is at one moment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's name: it holds no customer's name and outlives the domain.
    pub origin: String,
    /// How many leaves the log has.
    pub size: u64,
    /// The root over them.
    pub root: Hash,
}

impl Checkpoint {
    /// The text that is signed.
    pub fn body(&self) -> String {
        format!("{}\n{}\n{}\n", self.origin, self.size, base64(&self.root))
    }

    /// Reads a body; extension lines are refused, because nobody audits them.
    pub fn parse(body: &str) -> Result<Checkpoint, CheckpointError> {
        let mut lines = body.strip_suffix('\n').ok_or(CheckpointError::Malformed)?.split('\n');
        let (Some(origin), Some(size), Some(root), None) =
            (lines.next(), lines.next(), lines.next(), lines.next())
        else {
            return Err(CheckpointError::Malformed);
        };
        let (Some(size), Some(root), true) =
            (decimal(size), hash_from_base64(root), is_name(origin))
        else {
            return Err(CheckpointError::Malformed);
        };
        Ok(Checkpoint { origin: origin.to_owned(), size, root })
    }

    /// The signed checkpoint, as it is published.
    pub fn sign(&self, key: &LogKey) -> Result<String, CheckpointError> {
        if key.name() != self.origin {
            return Err(CheckpointError::Origin);
        }
        Checkpoint::parse(&self.body())?;
        Ok(note::sign(&self.body(), &[key])?)
    }

    /// Reads a signed checkpoint of the log that this key is pinned for.
    pub fn open(note: &str, key: &Vkey) -> Result<Checkpoint, CheckpointError> {
        Checkpoint::of_note(&Note::parse(note)?, key)
    }

    pub(crate) fn of_note(note: &Note<'_>, key: &Vkey) -> Result<Checkpoint, CheckpointError> {
        note.verify(key)?;
        let checkpoint = Checkpoint::parse(note.text())?;
        if checkpoint.origin == key.name() { Ok(checkpoint) } else { Err(CheckpointError::Origin) }
    }
}

#[cfg(test)]
mod tests;
