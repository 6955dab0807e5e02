//! What people are told, in the application: an account that lapses, a hold, a changed policy. A notice holds
//! ids, words of the policy and times; its sentences are made when it is read.

mod sql;

use store::{Link, Tx, value::all};

use crate::{
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    ids::{self, Kind as IdKind},
    refusal::Refusal,
    subject,
};

/// What somebody is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An account that nobody uses closes by itself.
    Lapse,
    /// A legal hold was placed.
    Hold,
    /// A legal hold was released.
    Release,
    /// A restriction was lifted (GDPR Art. 18(3)).
    RestrictionLifted,
    /// The policy changes.
    PolicyChange,
}

impl Kind {
    /// The word in the API and in tables.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Lapse => "lapse",
            Kind::Hold => "hold",
            Kind::Release => "release",
            Kind::RestrictionLifted => "restriction_lifted",
            Kind::PolicyChange => "policy_change",
        }
    }
}

/// A notice to be given.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Who is told.
    pub subject: u64,
    /// What about.
    pub kind: Kind,
    /// The rule that it speaks of, by its path.
    pub rule: &'a str,
    /// The number of the record, hold or policy: about one thing somebody is told once.
    pub about: u64,
    /// When what it tells takes effect, if that is not now.
    pub effective: Option<i64>,
}

/// A notice as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// Its number.
    pub id: u64,
    /// Who is told.
    pub subject: u64,
    /// A word of [`Kind`].
    pub kind: String,
    /// The rule that it speaks of.
    pub rule: String,
    /// What it is about.
    pub about: u64,
    /// When it was given.
    pub made: i64,
    /// When what it tells takes effect.
    pub effective: Option<i64>,
    /// Whether it is also due by e-mail. Nothing sends mail yet, so it is never more than due.
    pub mail: bool,
    /// When the person saw it.
    pub seen: Option<i64>,
    /// When the person acknowledged it, which is no consent to anything.
    pub acknowledged: Option<i64>,
    /// When what it tells was taken back.
    pub void: Option<i64>,
}

/// Tells somebody something, once for each thing it is about; one who was erased is told nothing.
pub fn tell(ctx: &Ctx, tx: &mut Tx<'_>, new: &New<'_>) -> Result<(), Refusal> {
    let Some(person) = subject::find(tx.link(), new.subject)? else { return Ok(()) };
    let values = [
        ids::fresh(tx.rng()).into(),
        new.subject.into(),
        new.kind.word().into(),
        new.rule.into(),
        new.about.into(),
        ctx.now.into(),
        new.effective.into(),
        u64::from(mailed(ctx, new)).into(),
    ];
    if tx.run(sql::ADD, &values)? == 0 {
        return Ok(());
    }
    note(ctx, tx, &person, new.kind.word(), new.rule)
}

/// Whether the policy promises to tell it by e-mail as well.
fn mailed(ctx: &Ctx, new: &New<'_>) -> bool {
    let in_force = ctx.ws.policy();
    let row = match new.kind {
        Kind::Lapse => "lapse",
        Kind::Hold | Kind::Release => "hold",
        Kind::RestrictionLifted => return false,
        Kind::PolicyChange => new.rule.strip_prefix("notice.").unwrap_or_default(),
    };
    in_force.policy.notice(row).is_some_and(|notice| notice.via.iter().any(|way| way == "email"))
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &subject::Subject,
    what: &str,
    rule: &str,
) -> Result<(), Refusal> {
    let entry = Entry {
        act: Act::Notice,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose: what,
        rule,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// The newest notices of a subject, newest first.
pub fn of(link: &mut dyn Link, subject: u64) -> Result<Vec<Notice>, Refusal> {
    Ok(all(link, sql::OF, &[subject.into()], row)?)
}

/// Says that the person has seen a notice; the first time counts.
pub fn seen(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    mark(ctx, tx, id, sql::SEEN, "seen")
}

/// Says that the person has acknowledged a notice; the first time counts. It is remembered and changes
/// nothing else: whoever acknowledges a change has not consented to it, and neither has whoever does not.
pub fn acknowledge(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    mark(ctx, tx, id, sql::ACKNOWLEDGE, "acknowledged")
}

fn mark(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: u64,
    statement: &'static str,
    what: &str,
) -> Result<(), Refusal> {
    if !matches!(ctx.actor.role, Role::System | Role::Person) {
        return Err(Refusal::Forbidden);
    }
    let notice = tx.one(sql::FIND, &[id.into()], row)?.ok_or(Refusal::NotFound)?;
    let person = subject::load(ctx, tx.link(), notice.subject)?;
    if tx.run(statement, &[id.into(), ctx.now.into()])? == 0 {
        return Ok(());
    }
    note(ctx, tx, &person, what, &notice.rule)
}

/// Says of every notice about a thing that what it tells was taken back.
pub(crate) fn take_back(tx: &mut Tx<'_>, kind: Kind, about: u64, at: i64) -> Result<(), Refusal> {
    tx.run(sql::TAKE_BACK, &[kind.word().into(), about.into(), at.into()])?;
    Ok(())
}

/// When somebody was told of a thing, and when it takes effect.
pub(crate) fn told(
    link: &mut dyn Link,
    subject: u64,
    kind: Kind,
    about: u64,
) -> Result<Option<(i64, Option<i64>)>, Refusal> {
    let values = [subject.into(), kind.word().into(), about.into()];
    Ok(store::value::one(link, sql::TOLD, &values, |row| Ok((row.int(0)?, row.maybe_int(1)?)))?)
}

/// Takes a notice back that is not true any more.
pub(crate) fn void(tx: &mut Tx<'_>, subject: u64, kind: Kind, about: u64) -> Result<(), Refusal> {
    tx.run(sql::VOID, &[subject.into(), kind.word().into(), about.into()])?;
    Ok(())
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(IdKind::Notice, shown).ok_or(Refusal::NotFound)
}

/// Deletes notices that were given, and took effect, before a time; answers how many.
pub(crate) fn expire(tx: &mut Tx<'_>, before: i64) -> Result<usize, Refusal> {
    Ok(tx.run(sql::EXPIRE, &[before.into()])?)
}

/// Deletes the notices of a person who is erased.
pub(crate) fn forget(tx: &mut Tx<'_>, subject: u64) -> Result<(), Refusal> {
    tx.run(sql::FORGET, &[subject.into()])?;
    Ok(())
}

fn row(row: store::Row<'_>) -> Result<Notice, store::StoreError> {
    Ok(Notice {
        id: row.number(0)?,
        subject: row.number(1)?,
        kind: row.text(2)?,
        rule: row.text(3)?,
        about: row.number(4)?,
        made: row.int(5)?,
        effective: row.maybe_int(6)?,
        mail: row.flag(7)?,
        seen: row.maybe_int(8)?,
        acknowledged: row.maybe_int(9)?,
        void: row.maybe_int(10)?,
    })
}

#[cfg(test)]
mod tests;
