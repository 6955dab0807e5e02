//! Does what needs consent have one: each record, each use? And is each consent a recorded act?

use store::{journal::Body, value::all};

use super::{entries::Seen, findings::Findings, probe::Look, sql};
use crate::{
    entry::{self, Act},
    fact::Fact,
    ids::Rid,
    refusal::Refusal,
};

/// Consents whose act is looked for.
const ACTS: u64 = 2_000;

/// When a consent began and ended.
struct Word {
    given: i64,
    withdrawn: Option<i64>,
    for_child: bool,
}

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("records, uses and consents");
    records(look, &mut found)?;
    let entries = look.entries;
    for seen in entries.uses() {
        used(look, seen, &mut found)?;
    }
    acts(look, &mut found)?;
    Ok(found)
}

fn needs_consent(look: &Look<'_>, category: Option<&str>, purpose: &str) -> bool {
    let Some(purpose) = look.policy.purpose(purpose) else { return false };
    match category.and_then(|id| look.policy.category(id)) {
        Some(category) => purpose.needs_consent(category),
        None => purpose.consent(),
    }
}

fn words(look: &mut Look<'_>, subject: u64, purpose: &str) -> Result<Vec<Word>, Refusal> {
    Ok(all(look.link, sql::CONSENTS_OF, &[subject.into(), purpose.into()], |row| {
        Ok(Word { given: row.int(0)?, withdrawn: row.maybe_int(1)?, for_child: row.flag(2)? })
    })?)
}

/// A record that rests on nothing but consent is there while one stands, or while a hold keeps it.
fn records(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        let Some(terms) = look.sample.terms.get(&head.terms) else { continue };
        for purpose in &terms.purposes {
            found.looked(&format!("purpose.{purpose}"));
        }
        let category = Some(terms.category.as_str());
        if terms.purposes.iter().any(|purpose| !needs_consent(look, category, purpose)) {
            continue;
        }
        let mut stands = false;
        for purpose in &terms.purposes {
            let words = words(look, Rid(head.rid).subject(), purpose)?;
            stands |= words.iter().any(|word| word.withdrawn.is_none());
        }
        let line = look.line(head)?;
        if !stands && look.sample.held(&line) {
            continue;
        }
        for purpose in &terms.purposes {
            found.broken_if(!stands, &format!("purpose.{purpose}"), "kept without consent");
        }
    }
    Ok(())
}

fn used(look: &mut Look<'_>, seen: &Seen, found: &mut Findings) -> Result<(), Refusal> {
    let purpose = &seen.detail.purpose;
    let head = seen.detail.record.map(|rid| look.head(rid)).transpose()?.flatten();
    let category = head.and_then(|head| look.sample.category(&head));
    let Some(subject) = seen.subject.filter(|_| needs_consent(look, category, purpose)) else {
        return Ok(());
    };
    let row = format!("purpose.{purpose}");
    found.looked(&row);
    let at = seen.detail.at;
    let grown = look.entries.of_age(subject).is_some_and(|since| since < at);
    let stood = words(look, subject, purpose)?.iter().any(|word| {
        word.given <= at && word.withdrawn.is_none_or(|end| end >= at) && !(grown && word.for_child)
    });
    found.broken_if(!stood, &row, "used without consent");
    Ok(())
}

/// Each consent is for a purpose that asks for one, in a language of the policy, and was an act: the
/// ledger or the guard's journal remembers it.
fn acts(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let given = all(look.link, sql::CONSENTS, &[ACTS.into()], |row| {
        let shown = (row.text(4)?, row.number(5)?);
        Ok((row.number(0)?, row.number(1)?, row.text(2)?, row.int(3)?, shown))
    })?;
    let mut silent = Vec::new();
    let in_force = look.ctx.ws.policy();
    for (id, subject, purpose, at, (language, policy)) in given {
        let row = format!("purpose.{purpose}");
        found.looked(&row);
        // It was given to the policy that was shown, which may be an earlier one.
        let policy = in_force.versions.policy(policy);
        let asked = policy.and_then(|policy| policy.purpose(&purpose));
        let asked = asked.is_some_and(policy::Purpose::may_be_consented);
        found.broken_if(!asked, &row, "consents that nothing asks for");
        let shown = policy.is_some_and(|policy| policy.languages.contains(&language));
        found.broken_if(!shown, &row, "consents in a language nobody published");
        if !entered(look, subject, &purpose, at)? {
            silent.push((id, row));
        }
    }
    if silent.is_empty() {
        return Ok(());
    }
    let journal = journal(look)?;
    for (id, row) in silent {
        found.broken_if(!journal.contains(&id), &row, "consents that were no act");
    }
    Ok(())
}

/// Whether the ledger has the act; its detail lives as long as the application log.
fn entered(look: &mut Look<'_>, subject: u64, purpose: &str, at: i64) -> Result<bool, Refusal> {
    let numbers =
        all(look.link, sql::DETAILS_AT, &[subject.into(), at.into()], |row| row.number(0))?;
    for number in numbers {
        let detail = entry::detail(look.ctx, look.link, number)?;
        if detail.is_some_and(|one| one.act == Act::Consent && one.purpose == purpose) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The consents that the guard's journal remembers.
fn journal(look: &Look<'_>) -> Result<Vec<u64>, Refusal> {
    let mut known = Vec::new();
    for record in look.ctx.ws.guard().journal(look.ctx.ws.number(), 0)? {
        if let Body::Fact(bytes) = &record.body
            && let Fact::Consent { id, .. } = Fact::decode(&bytes.fact)?
        {
            known.push(id);
        }
    }
    Ok(known)
}
