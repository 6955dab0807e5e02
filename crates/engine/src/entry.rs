//! Ledger entries: each act leaves one, a 33-byte commitment in the public log and a small sealed detail
//! beside it that dies with the person or with its stream.

mod sql;

use store::{Link, Slot, Tx, value::all};

use crate::{ctx::Ctx, keyring, refusal::Refusal};

/// What an entry says happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Act {
    /// A subject was made.
    Subject = 1,
    /// A record was written.
    Write = 2,
    /// Records were read.
    Read = 3,
    /// A use was refused.
    Refuse = 4,
    /// A decision was asked for and nothing was read.
    Decide = 5,
    /// An event started or stopped a period.
    Event = 6,
    /// Consent was given.
    Consent = 7,
    /// Consent was withdrawn.
    Withdraw = 8,
    /// A bar was placed: restriction, objection.
    Bar = 9,
    /// A bar was lifted.
    Lift = 10,
    /// A legal hold was placed.
    Hold = 11,
    /// A legal hold was released.
    Release = 12,
    /// Erasure began: unreadable from here.
    Condemn = 13,
    /// Keys and rows are gone.
    Erase = 14,
    /// A certificate was issued.
    Certify = 15,
    /// A feature was switched.
    Feature = 16,
    /// A policy came into force.
    Policy = 17,
    /// Facts were replayed after a crash or a restore.
    Recover = 18,
    /// Maintenance: a backup, an epoch, a stream that ended.
    Maintain = 19,
    /// Probes looked at the data for evidence.
    Probe = 20,
    /// The ledger was read.
    ReadLedger = 21,
    /// A request was received or answered.
    Request = 22,
    /// A blob was stored.
    Blob = 23,
    /// A record's fields were changed.
    Change = 24,
    /// A copy was made that a legal duty keeps beyond an erasure.
    Keep = 40,
    /// A setting was chosen.
    Setting = 25,
    /// A person was told something, or has seen it.
    Notice = 26,
    /// The workspace got a plan.
    Plan = 27,
    /// A need of a feature was met.
    Need = 28,
    /// A paper was accepted.
    Accept = 29,
    /// Access was asked for, approved, given or ended.
    Access = 30,
    /// Records were counted, or counts were read.
    Count = 31,
    /// An approval that a minor needs was given or withdrawn.
    Approval = 50,
    /// A minor came of age.
    OfAge = 51,
    /// A version of the policy was announced, or taken back before it was in force.
    Announce = 60,
}

impl Act {
    /// The word for people and the API.
    pub fn word(self) -> &'static str {
        WORDS.iter().find(|(act, _)| *act == self).map_or("other", |(_, word)| word)
    }

    fn parse(code: u8) -> Option<Act> {
        WORDS.iter().map(|(act, _)| *act).find(|act| *act as u8 == code)
    }
}

const WORDS: [(Act, &str); 35] = [
    (Act::Subject, "subject made"),
    (Act::Write, "record written"),
    (Act::Read, "read"),
    (Act::Refuse, "refused"),
    (Act::Decide, "decision asked"),
    (Act::Event, "event"),
    (Act::Consent, "consent given"),
    (Act::Withdraw, "consent withdrawn"),
    (Act::Bar, "bar placed"),
    (Act::Lift, "bar lifted"),
    (Act::Hold, "hold placed"),
    (Act::Release, "hold released"),
    (Act::Condemn, "erasure began"),
    (Act::Erase, "erased"),
    (Act::Certify, "certificate issued"),
    (Act::Feature, "feature switched"),
    (Act::Policy, "policy in force"),
    (Act::Recover, "facts replayed"),
    (Act::Maintain, "maintenance"),
    (Act::Probe, "evidence looked for"),
    (Act::ReadLedger, "ledger read"),
    (Act::Request, "request"),
    (Act::Blob, "blob stored"),
    (Act::Change, "record changed"),
    (Act::Keep, "kept for a legal duty"),
    (Act::Setting, "setting chosen"),
    (Act::Notice, "notice"),
    (Act::Plan, "plan changed"),
    (Act::Need, "need met"),
    (Act::Accept, "paper accepted"),
    (Act::Access, "access"),
    (Act::Count, "counted"),
    (Act::Approval, "approval"),
    (Act::OfAge, "came of age"),
    (Act::Announce, "policy announced"),
];

/// Which key seals a detail, and how long it is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stream {
    /// What the application does; as long as the policy keeps the application log.
    Application = 1,
    /// What concerns safety; as long as the policy keeps the security log.
    Security = 2,
    /// Erasures, holds, certificates: names no one, kept as proof.
    Proof = 3,
}

/// One entry before it is stored.
#[derive(Debug, Clone)]
pub struct Entry<'a> {
    /// What happened.
    pub act: Act,
    /// How long and under which key the detail lives.
    pub stream: Stream,
    /// The one person it is about, with the slot of that person's ledger key.
    pub subject: Option<(u64, Slot)>,
    /// The purpose, where there is one.
    pub purpose: &'a str,
    /// The rule, reason or name that decided.
    pub rule: &'a str,
    /// The records; more than one are named by count and Merkle root, and listed beside.
    pub records: &'a [u64],
}

/// An entry as read back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// Its index in the workspace's data, over all logs.
    pub number: u64,
    /// What happened.
    pub act: Act,
    /// When.
    pub at: i64,
    /// The actor's role.
    pub role: String,
    /// The actor's token.
    pub token: u64,
    /// The policy in force, by number.
    pub policy: u64,
    /// The purpose.
    pub purpose: String,
    /// The rule or reason.
    pub rule: String,
    /// How many records.
    pub count: u32,
    /// The one record, when there is one.
    pub record: Option<u64>,
}

const KIND: u8 = b'D';
/// Ids in one sealed row of a list.
const LIST: usize = 4096;

/// Records an act in the transaction that performs it; answers the entry's number.
pub fn record(ctx: &Ctx, tx: &mut Tx<'_>, entry: &Entry<'_>) -> Result<u64, Refusal> {
    let detail = encode(ctx, entry);
    let number = raw(ctx, tx, entry.stream, entry.subject, &detail)?;
    if entry.records.len() > 1 {
        let slot = ctx.ws.proof_slot();
        let key = tx.key(slot)?;
        for (part, ids) in entry.records.chunks(LIST).enumerate() {
            let bytes: Vec<u8> = ids.iter().flat_map(|id| id.to_be_bytes()).collect();
            let place = place(ctx, 0, number, slot);
            let sealed = crypto::seal(&key, b'L', &place, crypto::random(tx.rng()), &bytes);
            let part = i64::try_from(part).unwrap_or(i64::MAX);
            let values = [number.into(), part.into(), slot.into(), (&sealed).into()];
            tx.run(sql::LIST_ADD, &values)?;
        }
    }
    Ok(number)
}

/// Stores a detail of any form and its leaf: statements of certificates are entries too.
pub(crate) fn raw(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    stream: Stream,
    subject: Option<(u64, Slot)>,
    detail: &[u8],
) -> Result<u64, Refusal> {
    let (person, slot) = match (subject, stream) {
        (Some((person, slot)), Stream::Application | Stream::Security) => (Some(person), slot),
        (_, Stream::Proof) => (None, ctx.ws.proof_slot()),
        (None, stream) => (None, keyring::day(ctx, tx, stream)?),
    };
    let key = tx.key(slot)?;
    let nonce: [u8; 24] = crypto::random(tx.rng());
    let leaf = ledger::entry::commit(&key.salt(&nonce), detail);
    let number = tx.counters().entry;
    let place = place(ctx, person.unwrap_or(0), number, slot);
    let sealed = crypto::seal(&key, KIND, &place, nonce, detail);
    tx.entry(|link, number| {
        link.run(sql::ADD, &[number.into(), (&leaf).into()])?;
        let stream = i64::from(stream as u8);
        let values = [
            number.into(),
            person.into(),
            stream.into(),
            ctx.now.into(),
            slot.into(),
            (&sealed).into(),
        ];
        link.run(sql::DETAIL_ADD, &values).map(|_| ())
    })?;
    Ok(number)
}

fn place<'a>(ctx: &Ctx, subject: u64, number: u64, slot: Slot) -> crypto::Place<'a> {
    let workspace = ctx.ws.number();
    crypto::Place { workspace, subject, category: "", record: number, schema: 1, slot }
}

/// The root over a list of record numbers, as the certificate of one of them proves it.
pub fn list_root(records: &[u64]) -> [u8; 32] {
    let mut frontier = ledger::tree::Frontier::default();
    for record in records {
        frontier.append(ledger::tree::leaf_hash(&record.to_be_bytes()));
    }
    frontier.root()
}

fn encode(ctx: &Ctx, entry: &Entry<'_>) -> Vec<u8> {
    let mut out = vec![1, entry.act as u8];
    out.extend_from_slice(&ctx.now.to_be_bytes());
    out.extend_from_slice(&u32::try_from(ctx.actor.token).unwrap_or(0).to_be_bytes());
    out.extend_from_slice(&u16::try_from(ctx.ws.policy().number).unwrap_or(0).to_be_bytes());
    for word in [ctx.actor.role.word(), entry.purpose, entry.rule] {
        // Words of the policy are short; a longer one is cut, never refused here.
        let bytes = word.as_bytes().get(..word.len().min(40)).unwrap_or_default();
        out.push(u8::try_from(bytes.len()).unwrap_or(0));
        out.extend_from_slice(bytes);
    }
    out.extend_from_slice(&u32::try_from(entry.records.len()).unwrap_or(u32::MAX).to_be_bytes());
    match entry.records {
        [] => {}
        [one] => out.extend_from_slice(&one.to_be_bytes()),
        many => out.extend_from_slice(&list_root(many)),
    }
    out
}

fn decode(number: u64, bytes: &[u8]) -> Option<Detail> {
    let mut rest = bytes;
    let mut some = |len: usize| {
        let (head, tail) = rest.split_at_checked(len)?;
        rest = tail;
        Some(head)
    };
    let [1, act] = *some(2)? else { return None };
    let at = i64::from_be_bytes(some(8)?.try_into().ok()?);
    let token = u64::from(u32::from_be_bytes(some(4)?.try_into().ok()?));
    let policy = u64::from(u16::from_be_bytes(some(2)?.try_into().ok()?));
    let mut word = || {
        let [len] = *some(1)? else { return None };
        Some(String::from_utf8_lossy(some(usize::from(len))?).into_owned())
    };
    let (role, purpose, rule) = (word()?, word()?, word()?);
    let count = u32::from_be_bytes(some(4)?.try_into().ok()?);
    let record =
        if count == 1 { Some(u64::from_be_bytes(some(8)?.try_into().ok()?)) } else { None };
    Some(Detail {
        number,
        act: Act::parse(act)?,
        at,
        role,
        token,
        policy,
        purpose,
        rule,
        count,
        record,
    })
}

/// An opened detail row, with what proves its leaf.
#[derive(Debug, Clone)]
pub struct Opened {
    /// The detail's bytes, as committed.
    pub bytes: Vec<u8>,
    /// The salt of the commitment.
    pub salt: [u8; 32],
}

/// Opens the detail of an entry; `None` when it is gone.
pub fn open(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Option<Opened>, Refusal> {
    let row = store::value::one(link, sql::DETAIL, &[number.into()], |row| {
        Ok((row.maybe_number(0)?, row.small(1)?, row.bytes(2)?))
    })?;
    let Some((subject, slot, sealed)) = row else { return Ok(None) };
    open_row(ctx, number, subject, slot, &sealed)
}

fn open_row(
    ctx: &Ctx,
    number: u64,
    subject: Option<u64>,
    slot: Slot,
    sealed: &[u8],
) -> Result<Option<Opened>, Refusal> {
    let key = match ctx.ws.key(slot) {
        Ok(key) => key,
        Err(store::StoreError::KeyDestroyed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let place = place(ctx, subject.unwrap_or(0), number, slot);
    let bytes = crypto::open(&key, KIND, &place, sealed)?.to_vec();
    let header = crypto::header(sealed)?;
    Ok(Some(Opened { bytes, salt: key.salt(&header.nonce) }))
}

/// The access history of a subject, newest first, as far back as its streams reach.
pub fn history(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: u64,
    before: u64,
    limit: u32,
) -> Result<Vec<Detail>, Refusal> {
    let upto = indexed(link)?;
    let row = |row: store::Row<'_>| Ok((row.number(0)?, row.small(1)?, row.bytes(2)?));
    let recent = [subject.into(), upto.into(), before.into(), limit.into()];
    let mut rows = all(link, sql::RECENT, &recent, row)?;
    let left = limit.saturating_sub(u32::try_from(rows.len()).unwrap_or(u32::MAX));
    let older = [subject.into(), before.min(upto).into(), left.into()];
    rows.extend(all(link, sql::HISTORY, &older, row)?);
    let mut found = Vec::new();
    for (number, slot, sealed) in rows {
        let opened = open_row(ctx, number, Some(subject), slot, &sealed)?;
        found.extend(opened.and_then(|opened| decode(number, &opened.bytes)));
    }
    Ok(found)
}

/// Entries below this number are in the index by subject; those above are few and looked through.
fn indexed(link: &mut dyn Link) -> Result<u64, Refusal> {
    Ok(store::value::one(link, sql::UPTO, &[], |row| row.number(0))?.unwrap_or(0))
}

/// Brings the index by subject up to date: many entries at once and in order, instead of a page of it with
/// every read.
pub(crate) fn index(ctx: &Ctx) -> Result<(), Refusal> {
    let upto = ctx.ws.read(indexed)?;
    if ctx.ws.writer().counters().entry <= upto {
        return Ok(());
    }
    ctx.ws.act(ctx, move |tx| {
        let end = tx.counters().entry;
        tx.run(sql::NEWS, &[upto.into(), end.into()])?;
        tx.run(sql::UPTO_SAVE, &[end.into()])?;
        Ok(())
    })
}

/// Reads an entry's detail back, when it is one of ours and still there.
pub fn detail(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Option<Detail>, Refusal> {
    Ok(open(ctx, link, number)?.and_then(|opened| decode(number, &opened.bytes)))
}

/// Deletes the details of a subject: their key is dead, their bytes go too.
pub(crate) fn forget(tx: &mut Tx<'_>, subject: u64) -> Result<(), Refusal> {
    let upto = indexed(tx.link())?;
    tx.run(sql::FORGET, &[subject.into()])?;
    tx.run(sql::FORGET_RECENT, &[subject.into(), upto.into()])?;
    tx.run(sql::FORGET_HISTORY, &[subject.into()])?;
    Ok(())
}

/// Deletes the details of a stream that are older than its period; answers how many.
pub(crate) fn expire(tx: &mut Tx<'_>, stream: Stream, before: i64) -> Result<usize, Refusal> {
    let first = first_since(tx, before)?;
    let values = [i64::from(stream as u8).into(), before.into(), first.into()];
    let ended = tx.run(sql::EXPIRE, &values)?;
    if ended > 0 {
        tx.run(sql::EXPIRE_HISTORY, &[first.into()])?;
    }
    Ok(ended)
}

/// The first entry of a time or later: entries are numbered as time goes, so it is found by halving.
fn first_since(tx: &mut Tx<'_>, time: i64) -> Result<u64, Refusal> {
    let (mut low, mut high) = (0, tx.counters().entry);
    while low < high {
        let middle = low + (high - low) / 2;
        let found = tx.one(sql::AT, &[middle.into()], |row| Ok((row.number(0)?, row.int(1)?)))?;
        match found {
            Some((number, at)) if at < time => low = number + 1,
            _ => high = middle,
        }
    }
    Ok(low)
}

/// The leaves from a number on, in order, at most `limit`.
pub(crate) fn leaves(
    link: &mut dyn Link,
    from: u64,
    limit: u32,
) -> Result<Vec<(u64, Vec<u8>)>, Refusal> {
    Ok(all(link, sql::LEAVES, &[from.into(), limit.into()], |row| {
        Ok((row.number(0)?, row.bytes(1)?))
    })?)
}
