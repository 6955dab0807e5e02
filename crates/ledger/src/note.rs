//! Signed notes: a text, an empty line, and a line for each signature.

mod vkey;

use crypto::SigningKey;

pub use vkey::Vkey;

use crate::text::{base64, from_base64, is_name};

/// More signature lines than this are refused; the specification asks for at least 16.
const MOST_SIGNATURES: usize = 100;

/// Why a note is not what it should be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NoteError {
    /// A key's name is empty or has a space, a plus or a control character.
    #[error("a key name is empty or has a space, a plus or a control character")]
    Name,
    /// A verifier key is misspelt, or its id does not belong to it.
    #[error("the verifier key is malformed")]
    Vkey,
    /// A verifier key is of a sort this release cannot verify.
    #[error("the verifier key is neither Ed25519 nor an Ed25519 cosigner")]
    Unsupported,
    /// The note is not written as the format demands.
    #[error("the signed note is malformed")]
    Malformed,
    /// No signature line is by the key asked for.
    #[error("the note is not signed by this key")]
    Unsigned,
    /// A line claims to be by the key, but the key did not sign this text.
    #[error("the signature does not belong to this text")]
    BadSignature,
}

/// The key that a log or a witness signs with, under its name.
#[derive(Debug)]
pub struct LogKey {
    name: String,
    signing: SigningKey,
}

impl LogKey {
    /// Names a signing key; a log's name is its origin.
    pub fn new(name: &str, signing: SigningKey) -> Result<LogKey, NoteError> {
        if !is_name(name) {
            return Err(NoteError::Name);
        }
        Ok(LogKey { name: name.to_owned(), signing })
    }

    /// The name that stands in its signature lines.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The public half, which verifiers of this log pin.
    pub fn vkey(&self) -> Vkey {
        Vkey::from_parts(&self.name, vkey::ED25519, self.signing.verify_key())
    }

    /// The public half as a witness: its lines are timed cosignatures and have another id.
    pub fn cosigner_vkey(&self) -> Vkey {
        Vkey::from_parts(&self.name, vkey::COSIGNATURE, self.signing.verify_key())
    }

    /// The signature line for a text that ends in a newline.
    fn sign_line(&self, text: &str) -> String {
        let signature = self.signing.sign(text.as_bytes());
        line(&self.vkey(), &signature)
    }

    /// The cosignature line by which a witness says that it saw this checkpoint body at this time
    /// (seconds since 1970), consistent with all it saw before.
    pub fn cosign(&self, body: &str, time: u64) -> String {
        let signature = self.signing.sign(cosigned(body, time).as_bytes());
        line(&self.cosigner_vkey(), &[&time.to_be_bytes()[..], &signature].concat())
    }
}

/// A note that was read, its signatures not yet verified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note<'a> {
    text: &'a str,
    lines: Vec<Line<'a>>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Line<'a> {
    name: &'a str,
    id: [u8; 4],
    signature: Vec<u8>,
}

impl<'a> Note<'a> {
    /// Reads a note; every line must be well formed, also those of keys that nobody knows.
    pub fn parse(note: &'a str) -> Result<Note<'a>, NoteError> {
        if note.chars().any(|c| c < ' ' && c != '\n') {
            return Err(NoteError::Malformed);
        }
        let (before, after) = note.rsplit_once("\n\n").ok_or(NoteError::Malformed)?;
        let text = note.get(..=before.len()).ok_or(NoteError::Malformed)?;
        let lines = after.strip_suffix('\n').ok_or(NoteError::Malformed)?;
        if lines.split('\n').count() > MOST_SIGNATURES {
            return Err(NoteError::Malformed);
        }
        let lines = lines.split('\n').map(parse_line).collect::<Option<Vec<_>>>();
        Ok(Note { text, lines: lines.ok_or(NoteError::Malformed)? })
    }

    /// The signed text with its last newline. Untrusted until `verify` agrees.
    pub fn text(&self) -> &'a str {
        self.text
    }

    /// Verifies that this key signed the text; answers the time of the newest line if it is a
    /// witness's key.
    ///
    /// Lines of other keys are ignored; one line of this key that fails refuses the note.
    pub fn verify(&self, key: &Vkey) -> Result<Option<u64>, NoteError> {
        let mut found = Err(NoteError::Unsigned);
        for line in &self.lines {
            if line.name == key.name() && line.id == key.id() {
                let time = key.check(self.text, &line.signature)?;
                found = Ok(found.map_or(time, |newest: Option<u64>| newest.max(time)));
            }
        }
        found
    }
}

/// Signs a text that ends in a newline, with one line for each key.
pub fn sign(text: &str, keys: &[&LogKey]) -> Result<String, NoteError> {
    let lines: String = keys.iter().map(|key| key.sign_line(text)).collect();
    let note = format!("{text}\n{lines}");
    match Note::parse(&note) {
        Ok(parsed) if parsed.text == text => Ok(note),
        _ => Err(NoteError::Malformed),
    }
}

/// What a witness signs in place of the bare text.
fn cosigned(body: &str, time: u64) -> String {
    format!("cosignature/v1\ntime {time}\n{body}")
}

fn line(key: &Vkey, signature: &[u8]) -> String {
    format!("\u{2014} {} {}\n", key.name(), base64(&[&key.id(), signature].concat()))
}

fn parse_line(line: &str) -> Option<Line<'_>> {
    let (name, encoded) = line.strip_prefix("\u{2014} ")?.split_once(' ')?;
    let blob = from_base64(encoded)?;
    let (id, signature) = blob.split_first_chunk::<4>()?;
    let whole = is_name(name) && !signature.is_empty();
    whole.then(|| Line { name, id: *id, signature: signature.to_vec() })
}

#[cfg(test)]
mod tests;
