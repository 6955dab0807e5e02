//! Data subjects: who a record is about. A subject is a number, the kinds of person it is, and a key for
//! its part of the ledger; names and addresses are records like all others.

mod sql;

use store::{Link, Slot, StoreError, Tx, value::one};

use crate::{
    closing,
    ctx::Ctx,
    entry::{self, Act, Entry, Stream},
    ids::Kind,
    minor,
    refusal::Refusal,
};

/// A subject as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subject {
    /// Its number.
    pub number: u64,
    /// The kinds of person, ids of the policy's `scope.people`.
    pub people: Vec<String>,
    /// The country, two letters, when it is known.
    pub country: Option<String>,
    /// Whether it is being erased and a hold keeps the rest.
    pub condemned: bool,
    /// The slot of its ledger key.
    pub ledger_slot: Slot,
    /// When it was made.
    pub created: i64,
}

impl Subject {
    /// What an entry about this subject needs.
    pub fn ledger(&self) -> Option<(u64, Slot)> {
        Some((self.number, self.ledger_slot))
    }
}

/// Whether somebody born on this day is accepted. A refusal is an answer too: it is entered, and names nobody.
pub fn accepts(ctx: &Ctx, tx: &mut Tx<'_>, born: &str) -> Result<Result<(), Refusal>, Refusal> {
    let answer = minor::accepts(ctx, minor::read(ctx, born)?);
    if answer.is_err() {
        let act = Entry {
            act: Act::Refuse,
            stream: Stream::Application,
            subject: None,
            purpose: "",
            rule: minor::RULE,
            records: &[],
        };
        entry::record(ctx, tx, &act)?;
    }
    Ok(answer)
}

/// Makes a subject of these kinds. Without a day of birth the caller declares that the person has reached
/// every age that the policy names.
pub fn create(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    people: &[String],
    country: Option<&str>,
    born: Option<&str>,
) -> Result<u64, Refusal> {
    closing::is_open(ctx)?;
    let policy = ctx.ws.policy();
    if people.is_empty() {
        return Err(Refusal::invalid("people", "scope.people"));
    }
    for (place, kind) in people.iter().enumerate() {
        let declared = policy.policy.people.contains(kind);
        if !declared || people.get(..place).unwrap_or_default().contains(kind) {
            return Err(Refusal::invalid("people", "scope.people"));
        }
    }
    if country.is_some_and(|c| c.len() != 2 || !c.bytes().all(|b| b.is_ascii_uppercase())) {
        return Err(Refusal::invalid("country", "two capital letters (ISO 3166-1)"));
    }
    let born = born.map(|born| minor::read(ctx, born)).transpose()?;
    born.map(|born| minor::accepts(ctx, born)).transpose()?;
    let number = tx.take_subject()?;
    let ledger_slot = tx.take_slot()?;
    if let Some(born) = born.filter(|born| minor::needs_approval(ctx, *born, people, country)) {
        minor::put(ctx, tx, number, ledger_slot, born)?;
    }
    let rule = match (&policy.policy.children, born) {
        (None, _) => "scope.people",
        (Some(_), Some(_)) => minor::RULE,
        (Some(_), None) => "children.min_age (declared)",
    };
    let people = people.join(" ");
    let values =
        [number.into(), (&people).into(), country.into(), ledger_slot.into(), ctx.now.into()];
    tx.run(sql::ADD, &values)?;
    let act = Entry {
        act: Act::Subject,
        stream: Stream::Application,
        subject: Some((number, ledger_slot)),
        purpose: "",
        rule,
        records: &[],
    };
    entry::record(ctx, tx, &act)?;
    Ok(number)
}

/// The number behind a public id. An id of another workspace is nobody's.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Subject, shown).ok_or(Refusal::NotFound)
}

/// A subject, for an actor who may know of it: a person only of themself. One that was handed out and is
/// not there was erased.
pub fn load(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Subject, Refusal> {
    if ctx.actor.subject.is_some_and(|own| own != number) {
        return Err(Refusal::NotFound);
    }
    find(link, number)?.ok_or_else(|| Refusal::Gone { rule: "right.erasure".to_owned() })
}

/// A subject without asking who wants to know.
pub(crate) fn find(link: &mut dyn Link, number: u64) -> Result<Option<Subject>, StoreError> {
    one(link, sql::FIND, &[number.into()], |row| {
        Ok(Subject {
            number: row.number(0)?,
            people: row.text(1)?.split_whitespace().map(str::to_owned).collect(),
            country: row.maybe_text(2)?,
            condemned: row.text(3)? != "active",
            ledger_slot: row.small(4)?,
            created: row.int(5)?,
        })
    })
}

/// Takes the subject's row for writing and gives out its next record number. Refuses one that is being
/// erased, in the same statement that takes it.
pub(crate) fn next_record(tx: &mut Tx<'_>, number: u64) -> Result<u64, Refusal> {
    let next = tx.one(sql::NEXT, &[number.into()], |row| row.number(0))?;
    let own = tx.take_record(next.unwrap_or(0))?;
    match tx.run(sql::TAKE, &[number.into(), (own + 1).into()])? {
        0 => Err(Refusal::Gone { rule: "right.erasure".to_owned() }),
        _ => Ok(own),
    }
}

/// Marks the subject as being erased: no new record, no use.
pub(crate) fn condemn(tx: &mut Tx<'_>, number: u64) -> Result<(), Refusal> {
    tx.run(sql::CONDEMN, &[number.into()])?;
    Ok(())
}

/// Removes the subject's own row.
pub(crate) fn remove(tx: &mut Tx<'_>, number: u64) -> Result<(), Refusal> {
    tx.run(sql::REMOVE, &[number.into()])?;
    Ok(())
}

/// The subjects of a workspace, for export and evidence.
pub fn all(link: &mut dyn Link) -> Result<Vec<u64>, Refusal> {
    Ok(store::value::all(link, sql::ALL, &[], |row| row.number(0))?)
}
