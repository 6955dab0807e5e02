//! Consent: given by an act, per purpose, and withdrawn at any time with effect at once (GDPR Art. 7,
//! UU PDP Art. 9 and 40). Using a service is no consent.

mod sql;

use store::{Link, Tx, value::one};

use crate::{
    approval, closing,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids, minor,
    refusal::Refusal,
    subject,
};

/// A consent as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consent {
    /// Its number.
    pub id: u64,
    /// Who.
    pub subject: u64,
    /// To what.
    pub purpose: String,
    /// When it was given.
    pub given: i64,
    /// When it was withdrawn.
    pub withdrawn: Option<i64>,
    /// The number of the policy that was shown.
    pub policy: u64,
    /// The language it was shown in.
    pub language: String,
    /// Whether others answered for the person then: it stands until the person is of age.
    pub for_child: bool,
}

/// Records that a person consents to a purpose whose basis is consent. Consenting again while consent
/// stands changes nothing and answers the one that stands.
pub fn give(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    subject: u64,
    purpose: &str,
    language: &str,
) -> Result<u64, Refusal> {
    closing::is_open(ctx)?;
    let person = may(ctx, tx, subject)?;
    if person.condemned {
        return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
    }
    let in_force = ctx.ws.policy();
    let Some(found) = in_force.policy.purpose(purpose) else {
        return Err(Refusal::invalid("purpose", "purpose"));
    };
    if !found.may_be_consented() || found.closed.is_some() {
        let rule = format!("purpose.{purpose}.basis");
        return Err(Refusal::Denied { reason: "not_consent", rule });
    }
    if !in_force.policy.languages.iter().any(|known| known == language) {
        return Err(Refusal::invalid("language", "policy.languages"));
    }
    if let Some(rule) = approval::lacks(ctx, tx.link(), subject)? {
        return Err(Refusal::Denied { reason: "approval", rule: rule.to_owned() });
    }
    // A purpose that uses more than it did asks anew.
    let since = in_force.versions.widened(purpose);
    if let Some(standing) = standing(tx.link(), subject, purpose, since)?
        && still(ctx, tx.link(), subject, &standing)?
    {
        return Ok(standing.id);
    }
    let id = ids::fresh(tx.rng());
    let given = Fact::Consent {
        id,
        subject,
        purpose: purpose.to_owned(),
        at: ctx.now,
        policy: in_force.number,
        language: language.to_owned(),
        for_child: minor::is(ctx, tx.link(), subject, ctx.settled)?,
    };
    fact::give(ctx, tx, &given)?;
    note(ctx, tx, Act::Consent, &person, purpose)?;
    Ok(id)
}

/// Withdraws consent for one purpose, effective now. Withdrawing twice keeps the first date: the earlier
/// moment is the one that binds the company.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, purpose: &str) -> Result<bool, Refusal> {
    let person = may(ctx, tx, subject)?;
    if standing(tx.link(), subject, purpose, 0)?.is_none() {
        let ever = one(tx.link(), sql::EVER, &[subject.into(), purpose.into()], |row| row.int(0))?;
        return if ever.is_some() { Ok(false) } else { Err(Refusal::NotFound) };
    }
    let withdrawn = Fact::Withdraw { subject, purpose: purpose.to_owned(), at: ctx.now };
    fact::take_away(ctx, tx, &withdrawn)?;
    note(ctx, tx, Act::Withdraw, &person, purpose)?;
    Ok(true)
}

/// Only the person, or the backend on the person's word, consents; staff and admins do not.
fn may(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64) -> Result<subject::Subject, Refusal> {
    match ctx.actor.role {
        Role::System | Role::Person => subject::load(ctx, tx.link(), subject),
        _ => Err(Refusal::Forbidden),
    }
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    act: Act,
    person: &subject::Subject,
    purpose: &str,
) -> Result<(), Refusal> {
    let stream = Stream::Application;
    let entry = Entry {
        act,
        stream,
        subject: person.ledger(),
        purpose,
        rule: "right.withdrawal",
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whether consent for a purpose stands now, whatever was shown when it was given.
pub fn stands(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: u64,
    purpose: &str,
) -> Result<bool, Refusal> {
    covers(ctx, link, subject, purpose, 0)
}

/// Whether a consent stands that was given to this version of the policy or a later one.
pub(crate) fn covers(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: u64,
    purpose: &str,
    since: u64,
) -> Result<bool, Refusal> {
    match standing(link, subject, purpose, since)? {
        Some(given) => still(ctx, link, subject, &given),
        None => Ok(false),
    }
}

/// As [`covers`], but only a withdrawal ends it: what rests on it is kept, also while it does not stand.
pub(crate) fn is_unwithdrawn(
    link: &mut dyn Link,
    subject: u64,
    purpose: &str,
    since: u64,
) -> Result<bool, Refusal> {
    Ok(standing(link, subject, purpose, since)?.is_some())
}

/// What was given for a child is the approvers' word, and ends with the day on which the person comes of age.
fn still(ctx: &Ctx, link: &mut dyn Link, subject: u64, consent: &Consent) -> Result<bool, Refusal> {
    Ok(!consent.for_child || minor::is(ctx, link, subject, ctx.now)?)
}

/// The consent that was not withdrawn, the person's own before one that was given for a child.
fn standing(
    link: &mut dyn Link,
    subject: u64,
    purpose: &str,
    since: u64,
) -> Result<Option<Consent>, Refusal> {
    let values = [subject.into(), purpose.into(), since.into()];
    Ok(one(link, sql::STANDING, &values, row)?)
}

/// Every consent of a subject, given and withdrawn, oldest first.
pub fn of(link: &mut dyn Link, subject: u64) -> Result<Vec<Consent>, Refusal> {
    Ok(store::value::all(link, sql::OF, &[subject.into()], row)?)
}

/// One consent by its number.
pub fn find(link: &mut dyn Link, id: u64) -> Result<Option<Consent>, Refusal> {
    Ok(one(link, sql::FIND, &[id.into()], row)?)
}

fn row(row: store::Row<'_>) -> Result<Consent, store::StoreError> {
    Ok(Consent {
        id: row.number(0)?,
        subject: row.number(1)?,
        purpose: row.text(2)?,
        given: row.int(3)?,
        withdrawn: row.maybe_int(4)?,
        policy: row.number(5)?,
        language: row.text(6)?,
        for_child: row.flag(7)?,
    })
}

pub(crate) fn put(tx: &mut Tx<'_>, consent: &Consent) -> Result<(), Refusal> {
    let values = [
        consent.id.into(),
        consent.subject.into(),
        (&consent.purpose).into(),
        consent.given.into(),
        consent.policy.into(),
        (&consent.language).into(),
        consent.for_child.into(),
    ];
    tx.run(sql::PUT, &values)?;
    Ok(())
}

pub(crate) fn end(tx: &mut Tx<'_>, subject: u64, purpose: &str, at: i64) -> Result<(), Refusal> {
    tx.run(sql::END, &[subject.into(), purpose.into(), at.into()])?;
    Ok(())
}

/// Ends every consent of a person who is being erased: erasure withdraws.
pub(crate) fn end_all(tx: &mut Tx<'_>, subject: u64, at: i64) -> Result<(), Refusal> {
    tx.run(sql::END_ALL, &[subject.into(), at.into()])?;
    Ok(())
}

/// Deletes consents withdrawn before a time, when the register's period ends.
pub(crate) fn expire(tx: &mut Tx<'_>, before: i64) -> Result<usize, Refusal> {
    Ok(tx.run(sql::EXPIRE, &[before.into()])?)
}
