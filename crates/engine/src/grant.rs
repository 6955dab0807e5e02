//! Access that a member of staff has to ask for: for one purpose and one person, with the ticket, item or case
//! that the policy wants named, approved by those whom it names, and over when its time or its ticket is.

mod sql;

use policy::{Anchor, Category, Keep, Need, Purpose};
use store::{Link, Tx, value::all};

use crate::{
    bar::Lineage,
    chain, closing,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    ids::{self, Kind, Rid},
    refusal::Refusal,
    subject::{self, Subject},
    time,
};

/// What somebody asks for.
#[derive(Debug, Clone, Copy)]
pub struct New<'a> {
    /// The purpose.
    pub purpose: &'a str,
    /// Whose data.
    pub subject: u64,
    /// One record with its parts, or all that is for the purpose.
    pub rid: Option<Rid>,
    /// The open ticket that it is about.
    pub ticket: Option<Rid>,
    /// The legal case that asks for it. Sealed.
    pub case: Option<&'a str>,
}

/// Access as asked for, and what has become of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Access {
    /// Its number.
    pub id: u64,
    /// Whose data.
    pub subject: u64,
    /// The purpose.
    pub purpose: String,
    /// One record only.
    pub rid: Option<u64>,
    /// The ticket.
    pub ticket: Option<u64>,
    /// The token of the one who asked.
    pub token: u64,
    /// Their role.
    pub staff: String,
    /// When they asked.
    pub asked: i64,
    /// When the person approved it.
    pub owner: Option<i64>,
    /// When the workspace approved it.
    pub workspace: Option<i64>,
    /// When a second member of staff approved it.
    pub second: Option<i64>,
    /// When the officer approved its case.
    pub officer: Option<i64>,
    /// Since when it stands.
    pub given: Option<i64>,
    /// When it ends by itself.
    pub until: Option<i64>,
    /// When it was ended.
    pub ended: Option<i64>,
}

impl Access {
    /// The word for where it stands now.
    pub fn state(&self, now: i64) -> &'static str {
        if self.ended.is_some() || self.until.is_some_and(|end| end <= now) {
            return "ended";
        }
        if self.given.is_some() { "standing" } else { "asked" }
    }

    fn has(&self, need: Need) -> bool {
        match need {
            Need::Ticket => self.ticket.is_some(),
            Need::LegalCase => self.officer.is_some(),
            Need::NamedItem => self.owner.is_some(),
            Need::WorkspaceGrant => self.workspace.is_some(),
            Need::SecondPerson => self.second.is_some(),
        }
    }
}

/// Asks for access. Where nobody has to approve it, it stands at once.
pub fn ask(ctx: &Ctx, tx: &mut Tx<'_>, new: &New<'_>) -> Result<Access, Refusal> {
    closing::is_open(ctx)?;
    let in_force = ctx.ws.policy();
    let purpose = in_force.policy.purpose(new.purpose).filter(|one| !one.needs.is_empty());
    let purpose = purpose.ok_or_else(|| Refusal::invalid("purpose", "purpose.*.needs"))?;
    if !may_use(ctx, purpose) {
        let rule = format!("purpose.{}.by", purpose.id);
        return Err(Refusal::Denied { reason: "role", rule });
    }
    let person = subject::load(ctx, tx.link(), new.subject)?;
    if person.condemned {
        return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
    }
    named(ctx, tx, purpose, new)?;
    let access = Access {
        id: ids::fresh(tx.rng()),
        subject: new.subject,
        purpose: purpose.id.clone(),
        rid: new.rid.map(|rid| rid.0),
        ticket: new.ticket.map(|rid| rid.0),
        token: ctx.actor.token,
        staff: ctx.actor.role.word().to_owned(),
        asked: ctx.now,
        owner: None,
        workspace: None,
        second: None,
        officer: None,
        given: None,
        until: None,
        ended: None,
    };
    let sealed = new.case.map(|case| seal(ctx, tx, &access, &person, case)).transpose()?;
    let values = [
        access.id.into(),
        access.subject.into(),
        (&access.purpose).into(),
        access.rid.into(),
        access.ticket.into(),
        access.token.into(),
        (&access.staff).into(),
        access.asked.into(),
        sealed.as_ref().into(),
    ];
    tx.run(sql::ADD, &values)?;
    note(ctx, tx, &person, &access, "access asked")?;
    stand(ctx, tx, &person, access)
}

fn may_use(ctx: &Ctx, purpose: &Purpose) -> bool {
    let staff = matches!(ctx.actor.role, Role::Staff(_) | Role::Officer);
    staff && purpose.by.iter().any(|role| role == ctx.actor.role.word())
}

/// What the purpose needs is named, is there, and is this person's.
fn named(ctx: &Ctx, tx: &mut Tx<'_>, purpose: &Purpose, new: &New<'_>) -> Result<(), Refusal> {
    let rule = format!("purpose.{}.needs", purpose.id);
    let missing = |what: &str| Refusal::invalid(what, rule.clone());
    let wants = |need: Need| purpose.needs.contains(&need);
    for rid in [new.rid, new.ticket].into_iter().flatten() {
        if rid.subject() != new.subject {
            return Err(Refusal::NotFound);
        }
        chain::live(ctx, tx.link(), rid)?;
    }
    match new.rid {
        Some(rid) => {
            let chain = chain::live(ctx, tx.link(), rid)?;
            if !chain.class()?.purposes.contains(&purpose.id) {
                return Err(missing("record"));
            }
        }
        None if wants(Need::NamedItem) => return Err(missing("record")),
        None => {}
    }
    match new.ticket {
        Some(rid) if !open_ticket(ctx, tx.link(), rid.0)? => return Err(missing("ticket")),
        None if wants(Need::Ticket) => return Err(missing("ticket")),
        _ => {}
    }
    match new.case {
        Some(case) if case.is_empty() || case.len() > 500 => {
            Err(Refusal::invalid("case", "1 to 500 bytes"))
        }
        None if wants(Need::LegalCase) => Err(missing("case")),
        _ => Ok(()),
    }
}

/// The event that resolves records of a category, when they are tickets: used to help people, and kept for a
/// while after that event.
fn resolving<'a>(ctx: &Ctx, category: &'a Category) -> Option<&'a str> {
    let in_force = ctx.ws.policy();
    let helps = |id: &String| in_force.policy.purpose(id).is_some_and(|one| one.kind == "support");
    if category.purposes.is_empty() || !category.purposes.iter().all(helps) {
        return None;
    }
    let Keep::Ends(ends) = &category.keep else { return None };
    ends.iter().find_map(|end| match &end.anchor {
        Anchor::Event { category: own, event } if *own == category.id => Some(event.as_str()),
        _ => None,
    })
}

fn open_ticket(ctx: &Ctx, link: &mut dyn Link, rid: u64) -> Result<bool, Refusal> {
    let Some(chain) = chain::load(ctx, link, rid)? else { return Ok(false) };
    let in_force = ctx.ws.policy();
    let category = in_force.policy.category(&chain.class()?.category);
    let Some(event) = category.and_then(|category| resolving(ctx, category)) else {
        return Ok(false);
    };
    let name = format!("{}.{event}", chain.class()?.category);
    let gone = chain.heads.iter().any(|head| head.job.is_some());
    Ok(!gone && chain::happened(link, rid, &name)?.is_none())
}

fn seal(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    access: &Access,
    person: &Subject,
    case: &str,
) -> Result<Vec<u8>, Refusal> {
    let slot = person.ledger_slot;
    let (workspace, subject, record) = (ctx.ws.number(), person.number, access.id);
    let place = crypto::Place { workspace, subject, category: "", record, schema: 1, slot };
    let nonce = crypto::random(tx.rng());
    Ok(crypto::seal(&tx.key(slot)?, b'G', &place, nonce, case.as_bytes()))
}

/// Lets access stand when nothing is missing any more.
fn stand(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    mut access: Access,
) -> Result<Access, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(purpose) = in_force.policy.purpose(&access.purpose) else { return Ok(access) };
    if !purpose.needs.iter().all(|need| access.has(*need)) {
        return Ok(access);
    }
    let zone = &in_force.policy.company.zone;
    let end = |lasts: policy::Period| lasts.due(time::timestamp(ctx.now), zone).as_microsecond();
    access.given = Some(ctx.now);
    access.until = purpose.lasts.map(end);
    tx.run(sql::STAND, &[access.id.into(), access.given.into(), access.until.into()])?;
    ctx.ws.changed();
    note(ctx, tx, person, &access, "access given")?;
    Ok(access)
}

/// Approves access, as the one whom the policy names: the person, an admin of the workspace, a second member
/// of staff with a token of their own, or the officer for a legal case. Nobody approves their own.
pub fn approve(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<Access, Refusal> {
    let mut access = find(ctx, tx.link(), id)?;
    let person = subject::load(ctx, tx.link(), access.subject)?;
    if access.state(ctx.now) != "asked" {
        return Err(Refusal::Conflict { reason: "nothing to approve" });
    }
    let in_force = ctx.ws.policy();
    let purpose = in_force.policy.purpose(&access.purpose).ok_or(Refusal::NotFound)?;
    let (need, column, place) = match ctx.actor.role {
        Role::Person => (Need::NamedItem, sql::OWNER, &mut access.owner),
        Role::Admin => (Need::WorkspaceGrant, sql::WORKSPACE, &mut access.workspace),
        Role::Officer if purpose.needs.contains(&Need::LegalCase) => {
            (Need::LegalCase, sql::CASE, &mut access.officer)
        }
        Role::Staff(_) | Role::Officer => (Need::SecondPerson, sql::SECOND, &mut access.second),
        Role::System => return Err(Refusal::Forbidden),
    };
    if !purpose.needs.contains(&need) || place.is_some() {
        return Err(Refusal::Conflict { reason: "nothing to approve" });
    }
    *place = Some(ctx.now);
    let alone = access.token == ctx.actor.token;
    if alone || (need == Need::SecondPerson && !may_use(ctx, purpose)) {
        let rule = format!("purpose.{}.needs", purpose.id);
        return Err(Refusal::Denied { reason: "second_person", rule });
    }
    tx.run(column, &[id.into(), ctx.now.into()])?;
    note(ctx, tx, &person, &access, "access approved")?;
    stand(ctx, tx, &person, access)
}

/// Ends access at once.
pub fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    let access = find(ctx, tx.link(), id)?;
    let person = subject::load(ctx, tx.link(), access.subject)?;
    if access.state(ctx.now) == "ended" {
        return Err(Refusal::Conflict { reason: "ended already" });
    }
    fact::take_away(ctx, tx, &Fact::EndAccess { access: id, at: ctx.now })?;
    note(ctx, tx, &person, &access, "access ended")
}

fn note(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &Subject,
    access: &Access,
    what: &str,
) -> Result<(), Refusal> {
    let shown = ctx.ws.ids().show(Kind::Grant, access.id);
    let records: Vec<u64> = access.rid.or(access.ticket).into_iter().collect();
    let entry = Entry {
        act: Act::Access,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose: what,
        rule: &shown,
        records: &records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whether a purpose wants reasons of this actor.
pub(crate) fn needed(ctx: &Ctx, purpose: &str) -> bool {
    let staff = matches!(ctx.actor.role, Role::Staff(_) | Role::Officer);
    let in_force = ctx.ws.policy();
    staff && in_force.policy.purpose(purpose).is_some_and(|one| !one.needs.is_empty())
}

/// The access of this actor that covers something for a purpose now.
pub(crate) fn covering(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: u64,
    lineage: &Lineage,
    purpose: &str,
) -> Result<Option<u64>, Refusal> {
    let values = [subject.into(), purpose.into(), ctx.actor.token.into(), ctx.now.into()];
    for access in all(link, sql::STANDING, &values, row)? {
        if covers(ctx, link, &access, lineage)? {
            return Ok(Some(access.id));
        }
    }
    Ok(None)
}

fn covers(
    ctx: &Ctx,
    link: &mut dyn Link,
    access: &Access,
    lineage: &Lineage,
) -> Result<bool, Refusal> {
    if access.rid.is_some_and(|rid| !lineage.rids.contains(&rid)) {
        return Ok(false);
    }
    let Some(ticket) = access.ticket else { return Ok(true) };
    if !open_ticket(ctx, link, ticket)? {
        return Ok(false);
    }
    // Of tickets it shows the one that it was given for.
    let in_force = ctx.ws.policy();
    let is_ticket = lineage
        .categories
        .iter()
        .any(|id| in_force.policy.category(id).is_some_and(|one| resolving(ctx, one).is_some()));
    Ok(!is_ticket || lineage.rids.is_empty() || lineage.rids.contains(&ticket))
}

/// A ticket that is resolved ends what was given for it.
pub(crate) fn resolved(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: u64,
    name: &str,
    at: i64,
) -> Result<(), Refusal> {
    let Some((category, event)) = name.split_once('.') else { return Ok(()) };
    let in_force = ctx.ws.policy();
    let ends = in_force.policy.category(category).and_then(|one| resolving(ctx, one));
    if ends == Some(event) {
        tx.run(sql::RESOLVED, &[rid.into(), at.into()])?;
    }
    Ok(())
}

/// Ends one.
pub(crate) fn end(tx: &mut Tx<'_>, id: u64, at: i64) -> Result<(), Refusal> {
    tx.run(sql::END, &[id.into(), at.into()])?;
    Ok(())
}

/// One by its number, for an actor who may know of it.
pub fn find(ctx: &Ctx, link: &mut dyn Link, id: u64) -> Result<Access, Refusal> {
    let found = store::value::one(link, sql::FIND, &[id.into()], row)?.ok_or(Refusal::NotFound)?;
    if ctx.actor.subject.is_some_and(|own| own != found.subject) {
        return Err(Refusal::NotFound);
    }
    Ok(found)
}

/// Those about a subject, or all, newest first.
pub fn list(link: &mut dyn Link, subject: Option<u64>) -> Result<Vec<Access>, Refusal> {
    Ok(all(link, sql::LIST, &[subject.into()], row)?)
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(Kind::Grant, shown).ok_or(Refusal::NotFound)
}

/// Deletes what ended, or was asked in vain, before a time; answers how many.
pub(crate) fn expire(tx: &mut Tx<'_>, before: i64) -> Result<usize, Refusal> {
    Ok(tx.run(sql::EXPIRE, &[before.into()])?)
}

/// Deletes what was given about a person who is erased.
pub(crate) fn forget(tx: &mut Tx<'_>, subject: u64) -> Result<(), Refusal> {
    tx.run(sql::FORGET, &[subject.into()])?;
    Ok(())
}

fn row(row: store::Row<'_>) -> Result<Access, store::StoreError> {
    Ok(Access {
        id: row.number(0)?,
        subject: row.number(1)?,
        purpose: row.text(2)?,
        rid: row.maybe_number(3)?,
        ticket: row.maybe_number(4)?,
        token: row.number(5)?,
        staff: row.text(6)?,
        asked: row.int(7)?,
        owner: row.maybe_int(8)?,
        workspace: row.maybe_int(9)?,
        second: row.maybe_int(10)?,
        officer: row.maybe_int(11)?,
        given: row.maybe_int(12)?,
        until: row.maybe_int(13)?,
        ended: row.maybe_int(14)?,
    })
}

#[cfg(test)]
mod tests;
