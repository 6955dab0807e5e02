//! Are erasures what they say: keys dead, rows and files gone, a certificate that a stranger can verify?

use ledger::{certificate::verify, trust::Trust};
use store::value::{all, one};

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{certificate, refusal::Refusal};

/// The newest erasures looked at.
const JOBS: u64 = 100;
/// Of these so many certificates are verified.
const VERIFIED: usize = 20;

struct Job {
    id: u64,
    state: i64,
    made: i64,
    subject: Option<u64>,
    whole: bool,
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("keys and erasures");
    found.looked_at("", look.keys.used);
    for _ in 0..look.keys.lost {
        found.broken("", "keys of rows that are gone");
    }
    let jobs = all(look.link, sql::JOBS, &[JOBS.into()], |row| {
        Ok(Job {
            id: row.number(0)?,
            state: row.int(1)?,
            made: row.int(2)?,
            subject: row.maybe_number(3)?,
            whole: row.flag(4)?,
        })
    })?;
    for (place, job) in jobs.iter().enumerate() {
        found.looked("");
        if job.state < 5 {
            let late = look.ctx.settled > job.made.saturating_add(LATE);
            found.broken_if(late, "", "erasures that do not end");
            found.due("");
        }
        if job.state >= 3 {
            rows(look, job, &mut found)?;
        }
        if job.state >= 4 {
            files(look, job, &mut found)?;
        }
        if job.state >= 5 && place < VERIFIED {
            certified(look, job, &mut found)?;
        }
    }
    Ok(found)
}

fn rows(look: &mut Look<'_>, job: &Job, found: &mut Findings) -> Result<(), Refusal> {
    for statement in [
        sql::LEFT_RECORDS,
        sql::LEFT_LOOKUPS,
        sql::LEFT_EVENTS,
        sql::LEFT_MENTIONS,
        sql::LEFT_BLOBS,
    ] {
        let left = look.count(statement, &[job.id.into()])?;
        found.broken_if(left > 0, "", "erased rows that are there");
    }
    let slots = all(look.link, sql::JOB_SLOTS, &[job.id.into()], |row| row.small(0))?;
    for slot in slots {
        found.looked("");
        found.broken_if(look.keys.is_live(slot), "", "destroyed keys that live");
    }
    if let (Some(subject), true) = (job.subject, job.whole) {
        let left = look.count(sql::LEFT_SUBJECT, &[subject.into()])?;
        found.broken_if(left > 0, "", "erased people who are there");
        let named = look.count(sql::LEFT_NAMED, &[subject.into()])?;
        found.broken_if(named > 0, "", "erased people who are named");
    }
    Ok(())
}

fn files(look: &mut Look<'_>, job: &Job, found: &mut Findings) -> Result<(), Refusal> {
    let blobs = all(look.link, sql::JOB_BLOBS, &[job.id.into()], |row| row.number(0))?;
    for number in blobs {
        let path = look.ctx.ws.blob_file(&format!("{number:016x}"));
        let there = look.ctx.ws.disk().len(&path).ok().flatten().is_some();
        found.broken_if(there, "", "erased files that are there");
    }
    Ok(())
}

/// The certificate is there, and verifies under the key that people pin.
fn certified(look: &mut Look<'_>, job: &Job, found: &mut Findings) -> Result<(), Refusal> {
    let issued = one(look.link, sql::CERTIFICATE_OF, &[job.id.into()], |row| row.number(0))?;
    let Some(id) = issued else { return Ok(()) };
    found.looked("");
    match certificate::file(look.ctx, id) {
        Ok(file) => {
            let trust = Trust::pinned(look.ctx.ws.control().vkeys()?);
            let good = verify(file.as_bytes(), &trust).is_ok();
            found.broken_if(!good, "", "certificates that do not verify");
        }
        Err(Refusal::Conflict { .. }) => {
            let late = look.ctx.settled > job.made.saturating_add(LATE);
            found.broken_if(late, "", "certificates that were never published");
            found.due("");
        }
        // Its period ended: the statement is gone, and it was looked at in its time.
        Err(Refusal::Gone { .. } | Refusal::NotFound) => {}
        Err(_) => found.broken("", "certificates that do not open"),
    }
    Ok(())
}
