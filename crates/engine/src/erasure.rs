//! Erasure, one job for every cause: sweep, request, withdrawal, an admin's deletion. Unreadable at once
//! (T1), keys destroyed (T2), rows gone (T3), blobs gone (T4), certified (T5), gone from every backup
//! (T6). Each step can be done again; a crash resumes at the next.

mod scope;
mod sql;
mod steps;

use serde::{Deserialize, Serialize};
use store::{StoreError, Tx, value::one};

pub(crate) use steps::replay;
pub use steps::{finish, resume, run};

use crate::{
    bar::{self, Bar},
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids,
    refusal::Refusal,
    statutory::{self, Kept},
    subject,
};

/// Why something is erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A period ended.
    Sweep,
    /// The person asked (GDPR Art. 17, UU PDP Art. 8).
    Request,
    /// Consent is gone and no other purpose is left.
    Withdrawal,
    /// An admin or the backend deleted it.
    Deletion,
    /// The workspace was closed and its period is over.
    Closing,
}

impl Cause {
    /// The word in tables and certificates.
    pub fn word(self) -> &'static str {
        match self {
            Cause::Sweep => "sweep",
            Cause::Request => "request",
            Cause::Withdrawal => "withdrawal",
            Cause::Deletion => "deletion",
            Cause::Closing => "closing",
        }
    }
}

/// What one erasure takes, as the guard's journal remembers it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scope {
    /// The number of the job.
    pub job: u64,
    /// Why.
    pub cause: Cause,
    /// The rule.
    pub rule: String,
    /// The one person it is about, if it is.
    pub subject: Option<u64>,
    /// Whether nothing of the person stays.
    pub whole_subject: bool,
    /// The records.
    pub rids: Vec<u64>,
    /// When it began.
    pub at: i64,
    /// What a legal duty keeps of it.
    #[serde(default)]
    pub kept: Vec<Kept>,
}

/// What to erase.
#[derive(Debug, Clone)]
pub enum Target {
    /// These records with their parts.
    Records(Vec<u64>),
    /// Everything of a person.
    Subject(u64),
    /// Uploads that no record claimed.
    Uploads(Vec<(u64, u32)>),
}

/// What began.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Begun {
    /// The job, when there was something to erase.
    pub job: Option<u64>,
    /// How many records it takes.
    pub records: usize,
    /// The records that a hold keeps.
    pub held: Vec<u64>,
    /// Whether something waits for a hold: such a record, or what one of somebody else says of the person.
    pub waits: bool,
    /// What a legal duty keeps of what goes.
    pub kept: Vec<Kept>,
}

/// T1: takes what may be taken, so that it is unreadable from this commit on, and leaves what a hold
/// keeps. `run` does the rest.
pub fn begin(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    cause: Cause,
    rule: &str,
    target: &Target,
) -> Result<Begun, Refusal> {
    let taken = scope::of(ctx, tx, target)?;
    let whole_subject = matches!(target, Target::Subject(_)) && !taken.waits();
    let subject = match target {
        Target::Subject(subject) => Some(*subject),
        _ => taken.one_subject(),
    };
    let begun = Begun {
        job: None,
        records: taken.records.len(),
        held: taken.held.clone(),
        waits: taken.waits(),
        kept: Vec::new(),
    };
    if let Target::Subject(person) = target {
        condemn(ctx, tx, *person, whole_subject)?;
    }
    if taken.records.is_empty() && taken.blobs.is_empty() && !whole_subject {
        return Ok(begun);
    }
    let job = ids::fresh(tx.rng());
    let rids: Vec<u64> = taken.records.iter().map(|record| record.rid).collect();
    let versions = collected_under(tx, &rids, &taken.blobs)?;
    let shared = taken.records.iter().filter(|record| record.shared).count();
    let values = [
        job.into(),
        cause.word().into(),
        rule.into(),
        subject.into(),
        whole_subject.into(),
        ctx.now.into(),
        count(taken.records.len()),
        count(shared),
        count(taken.blobs.len()),
        tx.take_order().into(),
        (&versions).into(),
    ];
    tx.run(sql::ADD, &values)?;
    let kept = match target {
        Target::Subject(_) => statutory::leave(ctx, tx, job, rids.iter().copied())?,
        _ => Vec::new(),
    };
    mark(tx, job, &taken)?;
    ctx.ws.changed();
    let entry = Entry {
        act: Act::Condemn,
        stream: Stream::Proof,
        subject: None,
        purpose: cause.word(),
        rule,
        records: &rids,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(Begun { job: Some(job), kept, ..begun })
}

/// Takes the rows for a job: nothing reads them from this commit on.
fn mark(tx: &mut Tx<'_>, job: u64, taken: &scope::Scoped) -> Result<(), Refusal> {
    for record in &taken.records {
        let slot = record.slot.filter(|_| !record.shared);
        tx.run(sql::RECORD_ADD, &[job.into(), record.rid.into(), slot.into()])?;
        tx.run(sql::RECORD_TAKE, &[record.rid.into(), job.into()])?;
    }
    for (number, _) in &taken.blobs {
        tx.run(sql::BLOB_ADD, &[job.into(), (*number).into()])?;
        tx.run(sql::BLOB_TAKE, &[(*number).into(), job.into()])?;
    }
    Ok(())
}

/// The policies, by number, under which records and files were collected: their certificate names them.
fn collected_under(
    tx: &mut Tx<'_>,
    rids: &[u64],
    files: &[(u64, store::Slot)],
) -> Result<String, StoreError> {
    let mut numbers = std::collections::BTreeSet::new();
    for rid in rids {
        numbers.extend(tx.one(sql::POLICY_OF, &[(*rid).into()], |row| row.number(0))?);
    }
    for (number, _) in files {
        numbers.extend(tx.one(sql::POLICY_OF_FILE, &[(*number).into()], |row| row.number(0))?);
    }
    Ok(numbers.iter().map(u64::to_string).collect::<Vec<_>>().join(" "))
}

fn count(number: usize) -> store::Value<'static> {
    store::Value::Int(i64::try_from(number).unwrap_or(i64::MAX))
}

/// From now on nothing new about the person and no use of what stays.
fn condemn(ctx: &Ctx, tx: &mut Tx<'_>, person: u64, whole: bool) -> Result<(), Refusal> {
    subject::condemn(tx, person)?;
    let standing = bar::of(tx.link(), person)?;
    if !whole && !standing.iter().any(|bar| bar.kind == bar::Kind::Condemned) {
        let bar = Bar {
            id: ids::fresh(tx.rng()),
            kind: bar::Kind::Condemned,
            subject: person,
            rid: None,
            category: None,
            purpose: None,
            forbids_use: true,
            forbids_delete: false,
            since: ctx.now,
        };
        fact::take_away(ctx, tx, &Fact::Bar(bar))?;
    }
    ctx.ws.changed();
    let entry = Entry {
        act: Act::Condemn,
        stream: Stream::Proof,
        subject: None,
        purpose: if whole { "all" } else { "all but held" },
        rule: "right.erasure",
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whether an erasure that waited for a hold would take something now.
pub(crate) fn may_go_on(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64) -> Result<bool, Refusal> {
    let taken = scope::of(ctx, tx, &Target::Subject(subject))?;
    Ok(!taken.waits() || !taken.records.is_empty() || !taken.blobs.is_empty())
}

/// A job as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// Its number.
    pub id: u64,
    /// Why: a word of [`Cause`].
    pub cause: String,
    /// The rule.
    pub rule: String,
    /// The one person it is about, if it is.
    pub subject: Option<u64>,
    /// Whether nothing of the person stays.
    pub whole_subject: bool,
    /// The last step that is done, 1 to 6.
    pub state: u8,
    /// When it began.
    pub made: i64,
    /// When the keys were destroyed.
    pub keys_gone: Option<i64>,
    /// When the rows were gone.
    pub rows_gone: Option<i64>,
    /// When the last blob was gone.
    pub blobs_gone: Option<i64>,
    /// The epoch in which the keys were destroyed.
    pub epoch: Option<u64>,
    /// How many records.
    pub records: u64,
    /// How many of them shared a key that lives on.
    pub shared: u64,
    /// How many blobs.
    pub blobs: u64,
    /// The Merkle root over the record numbers.
    pub root: Option<Vec<u8>>,
    /// The policies, by number, that its records were collected under.
    pub policies: Vec<u64>,
    /// When the last copy in any backup lost its opener.
    pub complete: Option<i64>,
    /// Its place in the order of the workspace's facts.
    pub(crate) fact_order: u64,
}

/// A job by its number.
pub fn find(link: &mut dyn store::Link, id: u64) -> Result<Option<Job>, StoreError> {
    one(link, sql::FIND, &[id.into()], job_row)
}

fn job_row(row: store::Row<'_>) -> Result<Job, StoreError> {
    Ok(Job {
        id: row.number(0)?,
        cause: row.text(1)?,
        rule: row.text(2)?,
        subject: row.maybe_number(3)?,
        whole_subject: row.flag(4)?,
        state: u8::try_from(row.int(5)?).unwrap_or(0),
        made: row.int(6)?,
        keys_gone: row.maybe_int(7)?,
        rows_gone: row.maybe_int(8)?,
        blobs_gone: row.maybe_int(9)?,
        epoch: row.maybe_number(10)?,
        records: row.number(11)?,
        shared: row.number(12)?,
        blobs: row.number(13)?,
        root: row.maybe_bytes(14)?,
        complete: row.maybe_int(15)?,
        fact_order: row.number(16)?,
        policies: row.text(17)?.split(' ').filter_map(|one| one.parse().ok()).collect(),
    })
}
