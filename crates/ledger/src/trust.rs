//! Whom a verifier believes: pinned keys, or a C2SP tlog-policy with witnesses and a quorum.

mod policy;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::note::{Note, NoteError, Vkey};

pub use policy::{PolicyError, PolicyFault};

/// The deployment keys that a verifier pinned, and the witnesses it asks for.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The keys of the deployment logs; any one of them suffices.
    pub keys: Vec<Vkey>,
    quorum: Rule,
}

/// What must have been cosigned.
#[derive(Debug, Clone, Default)]
enum Rule {
    #[default]
    Nobody,
    Witness(Vkey),
    Group {
        least: usize,
        members: Vec<Rule>,
    },
}

/// Why a checkpoint is not to be believed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum TrustError {
    /// No trusted key signed it; it may be genuine, but nobody here can tell.
    #[error("signer not known")]
    SignerUnknown,
    /// A trusted key's line is there, and it or the checkpoint is wrong.
    #[error("the signed checkpoint was refused")]
    Checkpoint(#[from] CheckpointError),
    /// Fewer witnesses saw it than the policy asks for.
    #[error("not enough witnesses have cosigned")]
    Quorum,
}

/// A checkpoint that is believed, and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Believed {
    /// What it says.
    pub checkpoint: Checkpoint,
    /// The trusted key that signed it.
    pub signer: Vkey,
    /// The witnesses of the policy that cosigned it, with the time of each (seconds since 1970).
    pub witnesses: Vec<(String, u64)>,
}

impl Trust {
    /// Trusts these keys and asks for no witness.
    pub fn pinned(keys: Vec<Vkey>) -> Trust {
        Trust { keys, quorum: Rule::Nobody }
    }

    /// Reads a C2SP tlog-policy file.
    pub fn parse_policy(text: &str) -> Result<Trust, PolicyError> {
        policy::parse(text)
    }

    /// Checks that a trusted log signed this checkpoint and that enough witnesses saw it.
    pub fn check(&self, note: &str) -> Result<Believed, TrustError> {
        self.check_note(&Note::parse(note).map_err(CheckpointError::Note)?)
    }

    pub(crate) fn check_note(&self, note: &Note<'_>) -> Result<Believed, TrustError> {
        for key in &self.keys {
            match Checkpoint::of_note(note, key) {
                Err(CheckpointError::Note(NoteError::Unsigned)) => {}
                Err(error) => return Err(error.into()),
                Ok(checkpoint) => {
                    let witnesses = self.witnesses(note)?;
                    return Ok(Believed { checkpoint, signer: key.clone(), witnesses });
                }
            }
        }
        Err(TrustError::SignerUnknown)
    }

    fn witnesses(&self, note: &Note<'_>) -> Result<Vec<(String, u64)>, TrustError> {
        let mut seen = Vec::new();
        if self.quorum.holds(note, &mut seen)? { Ok(seen) } else { Err(TrustError::Quorum) }
    }
}

impl Rule {
    /// Asks every member, so that the answer lists all witnesses and a forged line is never missed.
    fn holds(&self, note: &Note<'_>, seen: &mut Vec<(String, u64)>) -> Result<bool, TrustError> {
        match self {
            Rule::Nobody => Ok(true),
            Rule::Witness(key) => match note.verify(key) {
                Ok(time) => {
                    seen.push((key.name().to_owned(), time.unwrap_or_default()));
                    Ok(true)
                }
                Err(NoteError::Unsigned) => Ok(false),
                Err(error) => Err(CheckpointError::Note(error).into()),
            },
            Rule::Group { least, members } => {
                let mut count = 0;
                for member in members {
                    count += usize::from(member.holds(note, seen)?);
                }
                Ok(count >= *least)
            }
        }
    }
}

#[cfg(test)]
mod tests;
