//! Is what must be remembered there, and is it what was committed to?

use store::value::{all, one};

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sql,
};
use crate::{entry, refusal::Refusal};

/// Entries whose commitment is reckoned again.
const OPENED: u64 = 2_000;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("entries");
    gapless(look, &mut found)?;
    commitments(look, &mut found)?;
    for _ in 0..look.entries.damaged {
        found.broken("", "that do not open");
    }
    holds(look, &mut found)?;
    certificates(look, &mut found)?;
    let consents = look.count(sql::CONSENT_COUNT, &[])?;
    found.looked_at("register.consents", consents);
    Ok(found)
}

/// No number between the first and the last is missing.
fn gapless(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let span = one(look.link, sql::ENTRY_SPAN, &[], |row| Ok((row.number(0)?, row.number(1)?)))?;
    let (count, reach) = span.unwrap_or_default();
    found.broken_if(count != reach, "", "missing");
    let orphans = look.count(sql::DETAIL_ORPHANS, &[])?;
    found.broken_if(orphans > 0, "", "details of no entry");
    Ok(())
}

/// Each detail with its salt gives the commitment that stands in the public log.
fn commitments(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let rows = all(look.link, sql::COMMITTED, &[OPENED.into()], |row| {
        Ok((row.number(0)?, row.int(1)?, row.bytes(2)?))
    })?;
    for (number, stream, leaf) in rows {
        let register = match stream {
            1 => "register.application_log",
            2 => "register.security_log",
            _ => "register.certificates",
        };
        found.looked(register);
        match entry::open(look.ctx, look.link, number) {
            Ok(Some(opened)) => {
                let again = ledger::entry::commit(&opened.salt, &opened.bytes);
                found.broken_if(again.as_slice() != leaf, register, "not as committed");
            }
            Ok(None) => {}
            Err(_) => found.broken(register, "that do not open"),
        }
    }
    Ok(())
}

/// A hold is in the register while its bar stands, and only then unreleased.
fn holds(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let holds =
        all(look.link, sql::HOLDS, &[], |row| Ok((row.number(0)?, row.maybe_int(1)?.is_none())))?;
    let standing: Vec<u64> =
        look.sample.bars.iter().filter(|bar| bar.kind == "hold").map(|bar| bar.id).collect();
    for (id, open) in &holds {
        found.looked("register.holds");
        found.broken_if(*open && !standing.contains(id), "register.holds", "lifted unreleased");
    }
    for id in standing {
        let listed = holds.iter().any(|(own, open)| *own == id && *open);
        found.broken_if(!listed, "register.holds", "standing unregistered");
    }
    Ok(())
}

/// Every erasure that was finished has its certificate, as long as the register keeps it.
fn certificates(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let Some(policy::Keep::Ends(ends)) = look.policy.register("certificates").map(|one| &one.keep)
    else {
        return Ok(());
    };
    let zone = &look.policy.company.zone;
    let jobs = all(look.link, sql::UNCERTIFIED, &[], |row| row.int(0))?;
    let certificates = look.count(sql::CERTIFICATE_COUNT, &[])?;
    found.looked_at("register.certificates", certificates);
    for made in jobs {
        let ended = ends.iter().any(|end| {
            let end = end.period.due(crate::time::timestamp(made), zone).as_microsecond();
            look.ctx.now.saturating_add(LATE) >= end
        });
        found.broken_if(!ended, "register.certificates", "erasures without a certificate");
    }
    Ok(())
}
