//! What people ask for, answered at once: access, erasure, restriction, objection, withdrawal of consent.

mod sql;

use store::{Link, StoreError, Tx, value::one};

use crate::{
    bar::{self, Bar},
    chain, consent,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    erasure::{self, Begun, Cause, Target},
    fact::{self, Fact},
    ids::{self, Kind as IdKind, Rid},
    notice, record,
    refusal::Refusal,
    statutory::Kept,
    subject,
};

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A copy of everything (GDPR Art. 15, UU PDP Art. 7).
    Access,
    /// What one gave, to take along (GDPR Art. 20, UU PDP Art. 13).
    Portability,
    /// Wrong values put right (GDPR Art. 16, UU PDP Art. 6); made by [`correct`].
    Correction,
    /// Erasure (GDPR Art. 17, UU PDP Art. 8).
    Erasure,
    /// Storage only (GDPR Art. 18, UU PDP Art. 11).
    Restriction,
    /// An end to use for one purpose that rests on legitimate interest (GDPR Art. 21).
    Objection,
}

impl Kind {
    /// The word in the API and in tables.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Access => "access",
            Kind::Portability => "portability",
            Kind::Correction => "correction",
            Kind::Erasure => "erasure",
            Kind::Restriction => "restriction",
            Kind::Objection => "objection",
        }
    }

    /// The kind of a word.
    pub fn parse(word: &str) -> Option<Kind> {
        [
            Kind::Access,
            Kind::Portability,
            Kind::Correction,
            Kind::Erasure,
            Kind::Restriction,
            Kind::Objection,
        ]
        .into_iter()
        .find(|kind| kind.word() == word)
    }
}

/// A request as stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    /// Its number.
    pub id: u64,
    /// Who asked, or for whom.
    pub subject: u64,
    /// What for.
    pub kind: String,
    /// The purpose that an objection is about.
    pub purpose: Option<String>,
    /// `answered`, `waiting` (for the release of a hold) or `closed`.
    pub state: String,
    /// When it came.
    pub received: i64,
    /// When it was answered.
    pub answered: Option<i64>,
    /// The erasure that answered it.
    pub job: Option<u64>,
    /// The bar that answered it.
    pub bar: Option<u64>,
}

/// What was done at once.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The request's number.
    pub id: u64,
    /// Its state now.
    pub state: &'static str,
    /// Records erased.
    pub erased: usize,
    /// Records that a hold keeps; everything else about them is forbidden.
    pub held: Vec<u64>,
    /// The erasure.
    pub job: Option<u64>,
    /// What a legal duty keeps, for how long.
    pub kept: Vec<Kept>,
}

/// When the answer is due: by the policy, or by the law of where the person lives where that is shorter.
pub fn due(ctx: &Ctx, request: &Request) -> Result<Option<i64>, Refusal> {
    let in_force = ctx.ws.policy();
    let Some(step) = in_force.policy.answer else { return Ok(None) };
    let person = ctx.ws.read(|link| Ok(subject::find(link, request.subject)?))?;
    let country = person.and_then(|person| person.country);
    let country = country.as_deref().unwrap_or(&in_force.policy.company.country);
    let received = crate::time::timestamp(request.received);
    let due = step.due(&request.kind, country, received, &in_force.policy.company.zone);
    Ok(Some(due.as_microsecond()))
}

/// A request that is about to be stored.
struct New<'a> {
    id: u64,
    kind: Kind,
    purpose: Option<&'a str>,
    state: &'static str,
    job: Option<u64>,
    bar: Option<u64>,
}

fn add(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    person: &subject::Subject,
    new: &New<'_>,
    records: &[u64],
) -> Result<(), Refusal> {
    let values = [
        new.id.into(),
        person.number.into(),
        new.kind.word().into(),
        new.purpose.into(),
        new.state.into(),
        ctx.now.into(),
        new.job.into(),
        new.bar.into(),
    ];
    tx.run(sql::ADD, &values)?;
    let erasing = new.kind == Kind::Erasure;
    let entry = Entry {
        act: Act::Request,
        stream: if erasing { Stream::Proof } else { Stream::Application },
        subject: person.ledger(),
        purpose: new.purpose.unwrap_or(""),
        rule: new.kind.word(),
        records,
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Puts values of one record right at the person's request, whatever features or purposes say: what is held
/// must be true as long as it is held. Answers the request's number.
pub fn correct(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    changes: &serde_json::Map<String, serde_json::Value>,
) -> Result<u64, Refusal> {
    may(ctx)?;
    let person = subject::load(ctx, tx.link(), rid.subject())?;
    if ctx.actor.role == Role::Person && ctx.actor.subject != Some(person.number) {
        return Err(Refusal::NotFound);
    }
    record::correct(ctx, tx, rid, changes)?;
    let id = ids::fresh(tx.rng());
    let kind = Kind::Correction;
    let new = New { id, kind, purpose: None, state: "answered", job: None, bar: None };
    add(ctx, tx, &person, &new, &[rid.0])?;
    Ok(id)
}

fn may(ctx: &Ctx) -> Result<(), Refusal> {
    match ctx.actor.role {
        Role::System | Role::Person | Role::Officer => Ok(()),
        Role::Admin | Role::Staff(_) => Err(Refusal::Forbidden),
    }
}

/// Asks. `claim` says that restricted data are needed for a legal claim: then they are not deleted either.
pub fn ask(
    ctx: &Ctx,
    kind: Kind,
    subject: u64,
    purpose: Option<&str>,
    claim: bool,
) -> Result<Answer, Refusal> {
    may(ctx)?;
    let (act, purpose) = (ctx.clone(), purpose.map(str::to_owned));
    let (id, begun) = ctx.ws.act(ctx, move |tx| {
        let person = subject::load(&act, tx.link(), subject)?;
        let id = ids::fresh(tx.rng());
        let mut begun = Begun::default();
        let (mut state, mut bar) = ("answered", None);
        match kind {
            Kind::Access | Kind::Portability => {}
            Kind::Correction => {
                return Err(Refusal::invalid("record", "a correction names a record"));
            }
            Kind::Erasure => {
                let target = Target::Subject(subject);
                begun = erasure::begin(&act, tx, Cause::Request, "right.erasure", &target)?;
                if begun.waits {
                    state = "waiting";
                }
            }
            Kind::Restriction => bar = Some(restrict(&act, tx, subject, claim)?),
            Kind::Objection => bar = Some(object(&act, tx, subject, purpose.as_deref())?),
        }
        let new = New { id, kind, purpose: purpose.as_deref(), state, job: begun.job, bar };
        add(&act, tx, &person, &new, &[])?;
        Ok((id, begun))
    })?;
    if let Some(job) = begun.job {
        erasure::run(ctx, job)?;
    }
    let state = if begun.waits { "waiting" } else { "answered" };
    Ok(Answer {
        id,
        state,
        erased: begun.records,
        held: begun.held,
        job: begun.job,
        kept: begun.kept,
    })
}

fn restrict(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, claim: bool) -> Result<u64, Refusal> {
    let kind = if claim { bar::Kind::RestrictionForClaim } else { bar::Kind::Restriction };
    place(ctx, tx, kind, subject, None, claim)
}

fn object(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64, purpose: Option<&str>) -> Result<u64, Refusal> {
    let in_force = ctx.ws.policy();
    let found = purpose.and_then(|purpose| in_force.policy.purpose(purpose));
    match found {
        Some(found) if found.objection != policy::Objection::None => {
            place(ctx, tx, bar::Kind::Objection, subject, purpose, false)
        }
        _ => Err(Refusal::invalid("purpose", "a purpose that rests on legitimate interest")),
    }
}

fn place(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    kind: bar::Kind,
    subject: u64,
    purpose: Option<&str>,
    forbids_delete: bool,
) -> Result<u64, Refusal> {
    let id = ids::fresh(tx.rng());
    let bar = Bar {
        id,
        kind,
        subject,
        rid: None,
        category: None,
        purpose: purpose.map(str::to_owned),
        forbids_use: true,
        forbids_delete,
        since: ctx.now,
    };
    fact::take_away(ctx, tx, &Fact::Bar(bar))?;
    Ok(id)
}

/// Lifts the restriction or objection that a request placed.
pub fn lift(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    may(ctx)?;
    let request = find(ctx, tx.link(), id)?;
    let person = subject::load(ctx, tx.link(), request.subject)?;
    let Some(bar) = request.bar else {
        return Err(Refusal::Conflict { reason: "nothing to lift" });
    };
    if !bar::stands(tx.link(), bar)? {
        return Err(Refusal::Conflict { reason: "lifted already" });
    }
    fact::give(ctx, tx, &Fact::Lift { bar, at: ctx.now })?;
    tx.run(sql::CLOSE, &[id.into(), ctx.now.into()])?;
    if request.kind == Kind::Restriction.word() {
        let kind = notice::Kind::RestrictionLifted;
        let (subject, rule) = (request.subject, "right.restriction");
        notice::tell(ctx, tx, &notice::New { subject, kind, rule, about: id, effective: None })?;
    }
    let entry = Entry {
        act: Act::Lift,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose: "",
        rule: &request.kind,
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Withdraws consent for a purpose and erases what rested on nothing else; answers how many records, and
/// whether something is held.
pub fn withdraw(ctx: &Ctx, subject: u64, purpose: &str) -> Result<Begun, Refusal> {
    let (act, purpose) = (ctx.clone(), purpose.to_owned());
    let begun = ctx.ws.act(ctx, move |tx| {
        if !consent::withdraw(&act, tx, subject, &purpose)? {
            return Ok(Begun::default());
        }
        erase_orphans(&act, tx, subject, &purpose)
    })?;
    if let Some(job) = begun.job {
        erasure::run(ctx, job)?;
    }
    Ok(begun)
}

/// Begins to erase what rested on a consent that was withdrawn and on nothing else.
pub(crate) fn erase_orphans(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    subject: u64,
    purpose: &str,
) -> Result<Begun, Refusal> {
    let orphaned = rests_on_nothing(ctx, tx, subject)?;
    if orphaned.is_empty() {
        return Ok(Begun::default());
    }
    let rule = format!("purpose.{purpose}.basis");
    erasure::begin(ctx, tx, Cause::Withdrawal, &rule, &Target::Records(orphaned))
}

/// Records whose every purpose needs a consent that does not stand.
fn rests_on_nothing(ctx: &Ctx, tx: &mut Tx<'_>, subject: u64) -> Result<Vec<u64>, Refusal> {
    let in_force = ctx.ws.policy();
    let mut orphaned = Vec::new();
    for rid in record::of_subject(tx.link(), subject)? {
        let Some(chain) = chain::load(ctx, tx.link(), rid)? else { continue };
        let class = chain.class()?;
        let mut rests = false;
        let category = in_force.policy.category(&class.category);
        for purpose in &class.purposes {
            let needs = category.zip(in_force.policy.purpose(purpose));
            let needs = needs.is_some_and(|(category, purpose)| purpose.needs_consent(category));
            let since = in_force.versions.since(&class.category, purpose).unwrap_or(0);
            rests |= !needs || consent::is_unwithdrawn(tx.link(), subject, purpose, since)?;
        }
        if !rests {
            orphaned.push(rid);
        }
    }
    Ok(orphaned)
}

/// Deletes a record, or everything of a subject, on the company's own decision. A hold answers 423 and
/// nothing is deleted.
pub fn delete(ctx: &Ctx, target: &Target) -> Result<Begun, Refusal> {
    if !matches!(ctx.actor.role, Role::System | Role::Admin) {
        return Err(Refusal::Forbidden);
    }
    let (act, target) = (ctx.clone(), target.clone());
    let begun = ctx.ws.act(ctx, move |tx| {
        let mut overdue = None;
        match &target {
            Target::Records(rids) => {
                for rid in rids {
                    record::present(tx.link(), *rid)?;
                    overdue = overdue.or(chain::live(&act, tx.link(), Rid(*rid)).err());
                }
            }
            Target::Subject(number) => {
                subject::load(&act, tx.link(), *number)?;
            }
            Target::Uploads(_) => return Err(Refusal::Forbidden),
        }
        let begun = erasure::begin(&act, tx, Cause::Deletion, "deletion", &target)?;
        // What is held is there, also when its time is over: the hold is the reason that counts.
        match overdue {
            _ if begun.waits => Err(Refusal::Held { reason: "legal_hold" }),
            Some(refusal) => Err(refusal),
            None => Ok(begun),
        }
    })?;
    if let Some(job) = begun.job {
        erasure::run(ctx, job)?;
    }
    Ok(begun)
}

/// Gives a bar that only the guard's journal knew the request that can lift it, or that waits behind it.
pub(crate) fn recover(ctx: &Ctx, tx: &mut Tx<'_>, placed: &Bar) -> Result<(), Refusal> {
    let (kind, state) = match placed.kind {
        bar::Kind::Hold => return Ok(()),
        bar::Kind::Restriction | bar::Kind::RestrictionForClaim => (Kind::Restriction, "answered"),
        bar::Kind::Objection => (Kind::Objection, "answered"),
        bar::Kind::Condemned => (Kind::Erasure, "waiting"),
    };
    let person = [placed.subject.into()];
    let known = match kind {
        Kind::Erasure => tx.one(sql::WAITING, &person, |row| row.number(0))?,
        _ => tx.one(sql::PLACED, &[placed.id.into()], |row| row.number(0))?,
    };
    if known.is_some() || subject::find(tx.link(), placed.subject)?.is_none() {
        return Ok(());
    }
    let mut bar = Some(placed.id);
    if kind == Kind::Erasure {
        subject::condemn(tx, placed.subject)?;
        bar = None;
    }
    let job: Option<u64> = None;
    let values = [
        ids::fresh(tx.rng()).into(),
        placed.subject.into(),
        kind.word().into(),
        placed.purpose.as_deref().into(),
        state.into(),
        placed.since.into(),
        job.into(),
        bar.into(),
    ];
    tx.run(sql::ADD, &values)?;
    let entry = Entry {
        act: Act::Request,
        stream: Stream::Proof,
        subject: None,
        purpose: "replayed",
        rule: kind.word(),
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Takes up every erasure that waits although nothing keeps it any more: after a crash between a release
/// and what follows it, and after a restriction was lifted.
pub(crate) fn resume_all(ctx: &Ctx) -> Result<(), Refusal> {
    let waiting = ctx
        .ws
        .read(|link| Ok(store::value::all(link, sql::ALL_WAITING, &[], |row| row.number(0))?))?;
    waiting.into_iter().try_for_each(|subject| resume(ctx, subject).map(|_| ()))
}

/// Takes up the erasures of a subject that waited for a hold; answers how many records they took.
pub(crate) fn resume(ctx: &Ctx, subject: u64) -> Result<usize, Refusal> {
    let act = ctx.as_janji();
    let begun = ctx.ws.act(ctx, move |tx| {
        let waiting = tx.all(sql::WAITING, &[subject.into()], |row| row.number(0))?;
        if waiting.is_empty() || subject::find(tx.link(), subject)?.is_none() {
            return Ok(Begun::default());
        }
        if !erasure::may_go_on(&act, tx, subject)? {
            return Ok(Begun::default());
        }
        let target = Target::Subject(subject);
        let begun = erasure::begin(&act, tx, Cause::Request, "right.erasure", &target)?;
        for id in waiting {
            if !begun.waits {
                tx.run(sql::RESUMED, &[id.into(), act.now.into(), begun.job.into()])?;
            }
        }
        Ok(begun)
    })?;
    if let Some(job) = begun.job {
        erasure::run(&ctx.as_janji(), job)?;
    }
    Ok(begun.records)
}

/// A request by its number; a person's own only.
pub fn find(ctx: &Ctx, link: &mut dyn Link, id: u64) -> Result<Request, Refusal> {
    let found = one(link, sql::FIND, &[id.into()], row)?.ok_or(Refusal::NotFound)?;
    if ctx.actor.subject.is_some_and(|own| own != found.subject) {
        return Err(Refusal::NotFound);
    }
    Ok(found)
}

/// The requests of a subject, newest first.
pub fn of(link: &mut dyn Link, subject: u64) -> Result<Vec<Request>, Refusal> {
    Ok(store::value::all(link, sql::OF, &[subject.into()], row)?)
}

fn row(row: store::Row<'_>) -> Result<Request, StoreError> {
    Ok(Request {
        id: row.number(0)?,
        subject: row.number(1)?,
        kind: row.text(2)?,
        purpose: row.maybe_text(3)?,
        state: row.text(4)?,
        received: row.int(5)?,
        answered: row.maybe_int(6)?,
        job: row.maybe_number(7)?,
        bar: row.maybe_number(8)?,
    })
}

/// The number behind a public id.
pub fn number(ctx: &Ctx, shown: &str) -> Result<u64, Refusal> {
    ctx.ws.ids().find(IdKind::Request, shown).ok_or(Refusal::NotFound)
}
