//! Legal holds: while one stands, nothing of its scope is deleted by anybody, and what an erasure has
//! taken out of use stays out of use.

mod sql;

use store::{Link, Slot, Tx, value::one};

use crate::{
    bar::{self, Bar},
    chain,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids::{self, Kind, Rid},
    notice,
    refusal::Refusal,
    request, subject,
};

/// A hold as stored; its case is sealed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// Its number, which is also that of its bar.
    pub id: u64,
    /// Whose data.
    pub subject: u64,
    /// One category only.
    pub category: Option<String>,
    /// One record only.
    pub rid: Option<u64>,
    /// When it was placed.
    pub placed: i64,
    /// When it was released.
    pub released: Option<i64>,
}

/// The scope of a new hold.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// Whose data.
    pub subject: u64,
    /// One category with its parts, or all.
    pub category: Option<&'a str>,
    /// One record with its parts, or all.
    pub rid: Option<Rid>,
    /// The case: which proceeding asks for it. Sealed.
    pub case: &'a str,
}

fn may(ctx: &Ctx) -> Result<(), Refusal> {
    match ctx.actor.role {
        Role::Admin | Role::Officer => Ok(()),
        _ => Err(Refusal::Forbidden),
    }
}

/// Places a hold. It comes too late for what an erasure has already taken: that answers as gone.
pub fn place(ctx: &Ctx, tx: &mut Tx<'_>, new: &New<'_>) -> Result<u64, Refusal> {
    may(ctx)?;
    let in_force = ctx.ws.policy();
    if new.category.is_some_and(|category| in_force.policy.category(category).is_none()) {
        return Err(Refusal::invalid("category", "data"));
    }
    if new.case.is_empty() || new.case.len() > 500 {
        return Err(Refusal::invalid("case", "1 to 500 bytes"));
    }
    let person = subject::load(ctx, tx.link(), new.subject)?;
    if let Some(rid) = new.rid {
        let gone = || Refusal::Gone { rule: "erased".to_owned() };
        if rid.subject() != person.number {
            return Err(Refusal::NotFound);
        }
        let head = chain::head(tx.link(), rid.0)?.ok_or_else(gone)?;
        if head.job.is_some() {
            return Err(gone());
        }
    }
    let whole = one(tx.link(), sql::TAKEN_WHOLE, &[person.number.into()], |row| row.number(0))?;
    if whole.is_some() {
        return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
    }
    let id = ids::fresh(tx.rng());
    seal(ctx, tx, id, new)?;
    let bar = Bar {
        id,
        kind: bar::Kind::Hold,
        subject: person.number,
        rid: new.rid.map(|rid| rid.0),
        category: new.category.map(str::to_owned),
        purpose: None,
        forbids_use: false,
        forbids_delete: true,
        since: ctx.now,
    };
    fact::take_away(ctx, tx, &Fact::Bar(bar))?;
    note(ctx, tx, Act::Hold, new.category.unwrap_or("all"))?;
    tell(ctx, tx, notice::Kind::Hold, id, new.subject, new.category)?;
    Ok(id)
}

/// Tells the person; the case is not theirs to see.
fn tell(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    kind: notice::Kind,
    about: u64,
    subject: u64,
    category: Option<&str>,
) -> Result<(), Refusal> {
    let rule = category.map_or("always.hold_wins".to_owned(), |own| format!("data.{own}"));
    notice::tell(ctx, tx, &notice::New { subject, kind, rule: &rule, about, effective: None })
}

fn seal(ctx: &Ctx, tx: &mut Tx<'_>, id: u64, new: &New<'_>) -> Result<(), Refusal> {
    let slot = tx.take_slot()?;
    let place = place_of(ctx, id, new.subject, slot);
    let nonce = crypto::random(tx.rng());
    let sealed = crypto::seal(&tx.key(slot)?, b'H', &place, nonce, new.case.as_bytes());
    let values = [
        id.into(),
        new.subject.into(),
        new.category.into(),
        new.rid.map(|rid| rid.0).into(),
        ctx.now.into(),
        slot.into(),
        (&sealed).into(),
    ];
    tx.run(sql::ADD, &values)?;
    Ok(())
}

/// Gives a replayed bar the hold that it is the bar of. The case was sealed in data that the backup does not
/// have; without a row nobody could see the hold or release it.
pub(crate) fn recover(ctx: &Ctx, tx: &mut Tx<'_>, bar: &Bar) -> Result<(), Refusal> {
    if bar.kind != bar::Kind::Hold || find(tx.link(), bar.id)?.is_some() {
        return Ok(());
    }
    let new = New {
        subject: bar.subject,
        category: bar.category.as_deref(),
        rid: bar.rid.map(Rid),
        case: "placed after the backup that was restored; the case was not in it",
    };
    seal(&Ctx { now: bar.since, ..ctx.clone() }, tx, bar.id, &new)?;
    tell(ctx, tx, notice::Kind::Hold, bar.id, bar.subject, bar.category.as_deref())
}

/// Says when a hold ended whose bar is lifted; a bar of another kind has none.
pub(crate) fn end(tx: &mut Tx<'_>, bar: u64, at: i64) -> Result<(), Refusal> {
    tx.run(sql::RELEASE, &[bar.into(), at.into()])?;
    Ok(())
}

fn place_of(ctx: &Ctx, id: u64, subject: u64, slot: Slot) -> crypto::Place<'static> {
    crypto::Place { workspace: ctx.ws.number(), subject, category: "", record: id, schema: 1, slot }
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, scope: &str) -> Result<(), Refusal> {
    let entry = Entry {
        act,
        stream: Stream::Proof,
        subject: None,
        purpose: scope,
        rule: "always.hold_wins",
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Releases a hold and takes up the erasures that waited for it; answers how many records they took.
pub fn release(ctx: &Ctx, id: u64) -> Result<usize, Refusal> {
    may(ctx)?;
    let act = ctx.clone();
    let subject = ctx.ws.act(ctx, move |tx| {
        let hold = find(tx.link(), id)?.ok_or(Refusal::NotFound)?;
        if hold.released.is_some() || !bar::stands(tx.link(), id)? {
            return Err(Refusal::Conflict { reason: "released already" });
        }
        fact::give(&act, tx, &Fact::Lift { bar: id, at: act.now })?;
        note(&act, tx, Act::Release, hold.category.as_deref().unwrap_or("all"))?;
        let category = hold.category.as_deref();
        tell(&act, tx, notice::Kind::Release, id, hold.subject, category)?;
        Ok(hold.subject)
    })?;
    request::resume(ctx, subject)
}

/// A hold by its number.
pub fn find(link: &mut dyn Link, id: u64) -> Result<Option<Hold>, Refusal> {
    Ok(one(link, sql::FIND, &[id.into()], row)?)
}

/// The holds of a subject, or all of them, newest first.
pub fn list(link: &mut dyn Link, subject: Option<u64>) -> Result<Vec<Hold>, Refusal> {
    Ok(store::value::all(link, sql::LIST, &[subject.into()], row)?)
}

fn row(row: store::Row<'_>) -> Result<Hold, store::StoreError> {
    Ok(Hold {
        id: row.number(0)?,
        subject: row.number(1)?,
        category: row.maybe_text(2)?,
        rid: row.maybe_number(3)?,
        placed: row.int(4)?,
        released: row.maybe_int(5)?,
    })
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Hold, shown).ok_or(Refusal::NotFound)
}

/// Holds released before a time, with the slots of their cases.
pub(crate) fn ended(tx: &mut Tx<'_>, before: i64) -> Result<Vec<(u64, Slot)>, Refusal> {
    Ok(tx.all(sql::ENDED, &[before.into()], |row| Ok((row.number(0)?, row.small(1)?)))?)
}

/// Deletes holds whose keys are destroyed.
pub(crate) fn forget(tx: &mut Tx<'_>, holds: &[(u64, Slot)]) -> Result<(), Refusal> {
    for (id, _) in holds {
        tx.run(sql::FORGET, &[(*id).into()])?;
    }
    Ok(())
}
