//! The guard journal: a signed chain of the facts that take use away, copied to each escrow.

use crypto::{SigningKey, VerifyKey, sha256};

use crate::{Slot, StoreError, WorkspaceNo};

/// What a record says. Storage knows two kinds; all others are facts of the engine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// The numbers below these marks may have been handed out.
    Marks(Marks),
    /// These keys are destroyed; the rest is the engine's account of why.
    Destroy {
        /// The slots.
        slots: Vec<Slot>,
        /// What the engine must know to replay it.
        fact: Ordered,
    },
    /// A fact of the engine.
    Fact(Ordered),
}

/// A fact with its place in the order of its workspace's acts. The chain's own order differs: a fact that
/// gives enters it after the commit, so a later one that takes away may stand before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ordered {
    /// The place, counted by the workspace.
    pub order: u64,
    /// The fact.
    pub fact: Vec<u8>,
}

/// High-water marks of a workspace: a restore starts above them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Marks {
    /// Slots below this number have keys or had them.
    pub slots: u64,
    /// Subject numbers below this one may be in use.
    pub subjects: u64,
    /// Record numbers below this one may be in use under any subject.
    pub records: u64,
}

/// One record of the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    /// Its place in the chain, from 1.
    pub number: u64,
    /// Whose fact it is.
    pub workspace: WorkspaceNo,
    /// When, in microseconds since 1970.
    pub at: i64,
    /// What it says.
    pub body: Body,
    /// The hash of this record, over all before it.
    pub hash: [u8; 32],
    /// The deployment's signature over the hash.
    pub signature: [u8; 64],
}

/// The hash before the first record.
pub const ORIGIN: [u8; 32] = [0; 32];

const SIGNED: &[u8] = b"janji guard journal v1\n";

fn encode_body(body: &Body) -> Vec<u8> {
    let mut out = Vec::new();
    match body {
        Body::Marks(marks) => {
            out.push(0);
            for mark in [marks.slots, marks.subjects, marks.records] {
                out.extend_from_slice(&mark.to_be_bytes());
            }
        }
        Body::Destroy { slots, fact } => {
            out.push(1);
            out.extend_from_slice(&u32::try_from(slots.len()).unwrap_or(u32::MAX).to_be_bytes());
            for slot in slots {
                out.extend_from_slice(&slot.to_be_bytes());
            }
            out.extend_from_slice(&fact.order.to_be_bytes());
            out.extend_from_slice(&fact.fact);
        }
        Body::Fact(fact) => {
            out.push(2);
            out.extend_from_slice(&fact.order.to_be_bytes());
            out.extend_from_slice(&fact.fact);
        }
    }
    out
}

const DAMAGED: StoreError = StoreError::Damaged { what: "a journal record" };

fn decode_body(bytes: &[u8]) -> Result<Body, StoreError> {
    let mut bytes = Bytes(bytes);
    match bytes.take::<1>()? {
        [0] => Ok(Body::Marks(Marks {
            slots: bytes.number()?,
            subjects: bytes.number()?,
            records: bytes.number()?,
        })),
        [1] => {
            let count = u32::from_be_bytes(bytes.take()?);
            let mut slots = Vec::new();
            for _ in 0..count {
                slots.push(u32::from_be_bytes(bytes.take()?));
            }
            Ok(Body::Destroy { slots, fact: bytes.ordered()? })
        }
        [2] => Ok(Body::Fact(bytes.ordered()?)),
        _ => Err(DAMAGED),
    }
}

/// A cursor over stored bytes.
struct Bytes<'a>(&'a [u8]);

impl<'a> Bytes<'a> {
    fn take<const N: usize>(&mut self) -> Result<[u8; N], StoreError> {
        let (head, rest) = self.0.split_first_chunk::<N>().ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(*head)
    }

    fn number(&mut self) -> Result<u64, StoreError> {
        Ok(u64::from_be_bytes(self.take()?))
    }

    fn ordered(&mut self) -> Result<Ordered, StoreError> {
        Ok(Ordered { order: self.number()?, fact: self.0.to_vec() })
    }

    fn some(&mut self, len: usize) -> Result<&'a [u8], StoreError> {
        let (head, rest) = self.0.split_at_checked(len).ok_or(DAMAGED)?;
        self.0 = rest;
        Ok(head)
    }
}

impl Record {
    /// The next record of a chain, signed.
    pub fn chain(
        previous: (u64, &[u8; 32]),
        workspace: WorkspaceNo,
        at: i64,
        body: Body,
        key: &SigningKey,
    ) -> Record {
        let mut record = Record {
            number: previous.0 + 1,
            workspace,
            at,
            body,
            hash: ORIGIN,
            signature: [0; 64],
        };
        record.hash = record.chained(previous.1);
        record.signature = key.sign(&[SIGNED, record.hash.as_slice()].concat());
        record
    }

    fn chained(&self, previous: &[u8; 32]) -> [u8; 32] {
        sha256(&[
            SIGNED,
            previous,
            &self.number.to_be_bytes(),
            &self.workspace.to_be_bytes(),
            &self.at.to_be_bytes(),
            &encode_body(&self.body),
        ])
    }

    /// Whether this record continues the chain and was signed by the deployment.
    pub fn follows(&self, previous: (u64, &[u8; 32]), key: &VerifyKey) -> bool {
        self.number == previous.0 + 1
            && self.hash == self.chained(previous.1)
            && key.verify(&[SIGNED, self.hash.as_slice()].concat(), &self.signature)
    }

    /// The record as stored, with its length in front.
    pub fn encode(&self) -> Vec<u8> {
        let body = encode_body(&self.body);
        let mut out = Vec::with_capacity(body.len() + 128);
        out.extend_from_slice(&u32::try_from(body.len()).unwrap_or(u32::MAX).to_be_bytes());
        out.extend_from_slice(&self.number.to_be_bytes());
        out.extend_from_slice(&self.workspace.to_be_bytes());
        out.extend_from_slice(&self.at.to_be_bytes());
        out.extend_from_slice(&body);
        out.extend_from_slice(&self.hash);
        out.extend_from_slice(&self.signature);
        out
    }

    /// Reads the record at the front of `bytes`; `None` at the end and at a torn tail.
    pub fn decode(bytes: &[u8]) -> Result<Option<(Record, &[u8])>, StoreError> {
        let mut cursor = Bytes(bytes);
        let Ok(len) = cursor.take().map(u32::from_be_bytes) else { return Ok(None) };
        let whole = len as usize + 8 + 8 + 8 + 32 + 64;
        let Ok(inside) = cursor.some(whole) else { return Ok(None) };
        let rest = cursor.0;
        let mut cursor = Bytes(inside);
        let (number, workspace) = (cursor.number()?, cursor.number()?);
        let at = i64::from_be_bytes(cursor.take()?);
        let body = decode_body(cursor.some(len as usize)?)?;
        let record =
            Record { number, workspace, at, body, hash: cursor.take()?, signature: cursor.take()? };
        Ok(Some((record, rest)))
    }
}

#[cfg(test)]
mod tests;
