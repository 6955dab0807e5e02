//! Certificates: a statement of what was erased, how thoroughly and by when the last copy is gone, as an
//! entry of the log, with the proofs that a stranger needs.

mod sql;

use ledger::certificate::Certificate;
use serde_json::{Value, json};
use store::{Link, Tx, value::one};

use crate::{
    ctx::Ctx,
    entry::{self, Stream},
    erasure::Job,
    ids::{self, Kind},
    log,
    refusal::Refusal,
    statutory::{self, Kept},
    time,
};

/// How far an erasure has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grade {
    /// Gone from the live system; copies in backups lose their opener at the horizon.
    Erased,
    /// The horizon has passed: no copy can be opened.
    Complete,
}

impl Grade {
    /// The word in statements and tables.
    pub fn word(self) -> &'static str {
        match self {
            Grade::Erased => "erased",
            Grade::Complete => "complete",
        }
    }
}

/// A certificate as listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Its number.
    pub id: u64,
    /// The erasure it is about.
    pub job: u64,
    /// `erased` or `complete`.
    pub grade: String,
    /// When it was issued.
    pub issued: i64,
}

/// Issues the certificate of a job, in a transaction; its proofs exist once the log is published.
pub(crate) fn issue(ctx: &Ctx, tx: &mut Tx<'_>, job: &Job, grade: Grade) -> Result<u64, Refusal> {
    let id = ids::fresh(tx.rng());
    let log = log::newest(tx.link())?.ok_or(Refusal::Conflict { reason: "no log" })?;
    let vkey = log::vkey(ctx, &log)?.to_string();
    let started = ctx.ws.guard().epoch(ctx.now)?.started;
    let kept = statutory::of_job(tx.link(), job.id)?;
    let mut statement = statement(ctx, job, grade, id, &vkey, started);
    if let Some(whole) = statement.as_object_mut() {
        whole.insert("kept_by_law".to_owned(), kept_by_law(&kept));
    }
    let statement = statement.to_string();
    let entry = entry::raw(ctx, tx, Stream::Proof, None, statement.as_bytes())?;
    let values = [id.into(), job.id.into(), grade.word().into(), ctx.now.into(), entry.into()];
    tx.run(sql::ADD, &values)?;
    Ok(id)
}

/// When the last backup that could open what is erased in this epoch loses its opener.
pub fn horizon(ctx: &Ctx, epoch_started: i64) -> i64 {
    let settings = ctx.ws.control().settings();
    let epochs = i64::try_from(settings.keep_epochs).unwrap_or(i64::MAX);
    epoch_started.saturating_add(settings.epoch.saturating_mul(epochs))
}

fn statement(ctx: &Ctx, job: &Job, grade: Grade, id: u64, vkey: &str, epoch_started: i64) -> Value {
    let ids = ctx.ws.ids();
    let at = |time: Option<i64>| time.map(time::rfc3339);
    let keys =
        if job.shared == 0 { "destroyed" } else { "destroyed for all but those that shared one" };
    let in_force = ctx.ws.policy();
    let collected_under: Vec<&str> =
        job.policies.iter().filter_map(|number| in_force.versions.name(*number)).collect();
    json!({
        "certificate": ids.show(Kind::Certificate, id),
        "log": vkey,
        "kind": "erasure",
        "grade": grade.word(),
        "cause": job.cause,
        "rule": job.rule,
        "policy": ctx.ws.policy().policy.version,
        "collected_under": collected_under,
        "subject": job.subject.map(|subject| ids.show(Kind::Subject, subject)),
        "whole_subject": job.whole_subject,
        "records": job.records,
        "records_root": job.root.as_deref().map(hex),
        "blobs": job.blobs,
        "keys": keys,
        "records_with_shared_key": job.shared,
        "unreadable_since": time::rfc3339(job.made),
        "keys_destroyed": at(job.keys_gone),
        "rows_deleted": at(job.rows_gone),
        "blobs_deleted": at(job.blobs_gone),
        "issued": time::rfc3339(ctx.now),
        "horizon": match grade {
            Grade::Erased => time::rfc3339(horizon(ctx, epoch_started)),
            Grade::Complete => time::rfc3339(job.complete.unwrap_or(ctx.now)),
        },
        "places": ["database", "look-ups", "blobs", "ledger details", "backups at the horizon"],
        "escrows": ctx.ws.control().settings().escrows,
        "does_not_show": "a whole host set back together with its escrows: only a witness sees that",
    })
}

/// What stays, by which rule and until when.
fn kept_by_law(kept: &[Kept]) -> Value {
    let kept = kept.iter().map(|kept| {
        json!({
            "category": kept.category,
            "rule": kept.rule(),
            "purpose": kept.purpose,
            "copies": kept.copies,
            "until": time::rfc3339(kept.until),
            "lost_in_a_restore": kept.lost,
        })
    });
    kept.collect()
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let digit = |value: u8| char::from_digit(u32::from(value), 16).unwrap_or('0');
    bytes.iter().flat_map(|byte| [digit(byte >> 4), digit(byte & 15)]).collect()
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Certificate, shown).ok_or(Refusal::NotFound)
}

/// The certificates of a subject, or of all erasures; newest first.
pub fn list(link: &mut dyn Link, subject: Option<u64>, limit: u32) -> Result<Vec<Listed>, Refusal> {
    let values = [subject.into(), limit.into()];
    Ok(store::value::all(link, sql::LIST, &values, |row| {
        Ok(Listed {
            id: row.number(0)?,
            job: row.number(1)?,
            grade: row.text(2)?,
            issued: row.int(3)?,
        })
    })?)
}

/// The certificate of a job's last grade.
pub fn of_job(link: &mut dyn Link, job: u64) -> Result<Option<u64>, Refusal> {
    Ok(one(link, sql::OF_JOB, &[job.into()], |row| row.number(0))?)
}

/// Assembles the certificate as a file: statement, salt and both proofs.
pub fn file(ctx: &Ctx, id: u64) -> Result<String, Refusal> {
    let (opened, published, entry) = ctx.ws.read(|link| {
        let found =
            one(link, sql::ENTRY, &[id.into()], |row| Ok((row.number(0)?, row.number(1)?)))?;
        let (entry, job) = found.ok_or(Refusal::NotFound)?;
        if let Some(own) = ctx.actor.subject {
            let about = crate::erasure::find(link, job)?.and_then(|job| job.subject);
            if about != Some(own) {
                return Err(Refusal::NotFound);
            }
        }
        let opened = entry::open(ctx, link, entry)?;
        let opened =
            opened.ok_or_else(|| Refusal::Gone { rule: "register.certificates".into() })?;
        let published = log::covering(ctx, link, entry)?
            .ok_or(Refusal::Conflict { reason: "not published yet" })?;
        Ok((opened, published, entry))
    })?;
    let log_key = log::vkey(ctx, &published.log)?.to_string();
    let (proof, anchor) = log::prove(ctx, &published, entry)?;
    let certificate = Certificate {
        statement: opened.bytes,
        salt: opened.salt,
        log_key,
        proof: proof.to_string(),
        anchor: anchor.to_string(),
    };
    Ok(certificate.to_json())
}

/// Deletes certificates issued before a time with their statements, when the register's period ends. What
/// stands in the public log stays, and says nothing without them.
pub(crate) fn expire(tx: &mut Tx<'_>, before: i64) -> Result<usize, Refusal> {
    tx.run(sql::EXPIRE_STATEMENTS, &[before.into()])?;
    Ok(tx.run(sql::EXPIRE, &[before.into()])?)
}
