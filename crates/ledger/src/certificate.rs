//! Certificates: a statement about what was done, with all it takes to verify it offline.
//!
//! The statement is in the workspace's log, a checkpoint of that log is in the deployment's log,
//! and the deployment's key (with the witnesses, if asked for) is what the verifier trusts.

use serde_json::Value;

use crate::checkpoint::{Checkpoint, CheckpointError};
use crate::entry;
use crate::json;
use crate::note::{NoteError, Vkey};
use crate::proof::{ProofError, TlogProof};
use crate::text::{base64, from_base64};
use crate::trust::{Believed, Trust, TrustError};

const FORMAT: &str = "janji certificate v1";

/// Why a certificate does not certify.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// Not a certificate in its one spelling.
    #[error("the certificate is malformed")]
    Malformed,
    /// The statement is not a JSON object with each member once.
    #[error("the statement is malformed")]
    Statement,
    /// The statement names another log than the certificate.
    #[error("the statement is about another log")]
    Log,
    /// The verifier has no key, or none that signed this: it may be genuine, but nobody here can
    /// tell.
    #[error("signer not known")]
    SignerUnknown,
    /// The deployment's checkpoint was refused, or has too few witnesses.
    #[error("the deployment's checkpoint was refused")]
    Deployment(TrustError),
    /// The workspace's checkpoint is not in the deployment's log.
    #[error("the deployment's log does not vouch for the workspace's log")]
    Anchor(ProofError),
    /// The statement is not in the workspace's log.
    #[error("the statement is not in the workspace's log")]
    Proof(ProofError),
}

/// A certificate as one file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// The statement: JSON, hashed as these very bytes; its member `log` equals `log_key`.
    pub statement: Vec<u8>,
    /// The salt of the statement's leaf.
    pub salt: [u8; 32],
    /// The verifier key of the workspace's log.
    pub log_key: String,
    /// The `.tlog-proof` of the statement in the workspace's log.
    pub proof: String,
    /// The `.tlog-proof` of that log's checkpoint in the deployment's log.
    pub anchor: String,
}

/// What a verified certificate shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The statement, read.
    pub statement: Value,
    /// The checkpoint of the workspace's log that it is under.
    pub log: Checkpoint,
    /// Which leaf of that log it is.
    pub index: u64,
    /// The deployment's checkpoint, who signed it and who witnessed it.
    pub deployment: Believed,
}

impl Certificate {
    /// The file, in the one spelling that `parse` takes.
    pub fn to_json(&self) -> String {
        let members = [
            ("format", FORMAT.to_owned()),
            ("log_key", self.log_key.clone()),
            ("statement", base64(&self.statement)),
            ("salt", base64(&self.salt)),
            ("proof", self.proof.clone()),
            ("anchor", self.anchor.clone()),
        ];
        let rows = members.map(|(name, value)| format!("  \"{name}\": {}", Value::from(value)));
        format!("{{\n{}\n}}\n", rows.join(",\n"))
    }

    /// Reads a file; another order, spacing or spelling, an unknown or a second member is refused.
    pub fn parse(file: &[u8]) -> Result<Certificate, VerifyError> {
        let read = json::parse(file).and_then(|value| Certificate::from_value(&value));
        let certificate = read.ok_or(VerifyError::Malformed)?;
        if certificate.to_json().as_bytes() == file {
            Ok(certificate)
        } else {
            Err(VerifyError::Malformed)
        }
    }

    fn from_value(value: &Value) -> Option<Certificate> {
        let text = |name: &str| value.get(name)?.as_str();
        Some(Certificate {
            statement: from_base64(text("statement")?)?,
            salt: from_base64(text("salt")?)?.try_into().ok()?,
            log_key: text("log_key")?.to_owned(),
            proof: text("proof")?.to_owned(),
            anchor: text("anchor")?.to_owned(),
        })
    }
}

/// Verifies a certificate offline against whom the verifier trusts.
pub fn verify(file: &[u8], trust: &Trust) -> Result<Verdict, VerifyError> {
    let certificate = Certificate::parse(file)?;
    let proof: TlogProof = certificate.proof.parse().map_err(VerifyError::Proof)?;
    let deployment = check_anchor(&certificate.anchor, &proof, trust)?;
    let key = log_key(&certificate.log_key).map_err(VerifyError::Proof)?;
    let content = entry::commit(&certificate.salt, &certificate.statement);
    let log = proof.verify(&content, &key).map_err(VerifyError::Proof)?;
    let statement = json::parse(&certificate.statement).filter(Value::is_object);
    let statement = statement.ok_or(VerifyError::Statement)?;
    if statement.get("log").and_then(Value::as_str) != Some(&certificate.log_key) {
        return Err(VerifyError::Log);
    }
    Ok(Verdict { statement, log, index: proof.index, deployment })
}

/// Checks that a trusted deployment log holds the checkpoint that the statement's proof leads to.
fn check_anchor(anchor: &str, proof: &TlogProof, trust: &Trust) -> Result<Believed, VerifyError> {
    let anchor: TlogProof = anchor.parse().map_err(VerifyError::Anchor)?;
    let note = anchor.note().map_err(|error| VerifyError::Anchor(refused(error)))?;
    let deployment = trust.check_note(&note).map_err(|error| match error {
        TrustError::SignerUnknown => VerifyError::SignerUnknown,
        error => VerifyError::Deployment(error),
    })?;
    let vouched = proof.note().map_err(|error| VerifyError::Proof(refused(error)))?;
    let leaf = entry::checkpoint_leaf(vouched.text());
    anchor.includes(&leaf, &deployment.checkpoint).map_err(VerifyError::Anchor)?;
    Ok(deployment)
}

fn log_key(text: &str) -> Result<Vkey, ProofError> {
    let key: Vkey = text.parse().map_err(refused)?;
    if key.is_cosigner() { Err(refused(NoteError::Unsupported)) } else { Ok(key) }
}

fn refused(error: NoteError) -> ProofError {
    ProofError::Checkpoint(CheckpointError::Note(error))
}

#[cfg(test)]
mod tests;
