//! Tokens: a bearer string of 256 random bits, bound to one workspace and one role. Only its hash is kept.

use crypto::Random;
use store::Tx;

use crate::{
    control::{Control, StoredToken},
    ctx::{Actor, Ctx, Role},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    refusal::Refusal,
    subject,
};

/// What a new token may be.
#[derive(Debug, Clone)]
pub struct New {
    /// Its role.
    pub role: Role,
    /// The person, for a person's token.
    pub subject: Option<u64>,
    /// When it ends; never, unless said.
    pub expires: Option<i64>,
}

const PREFIX: &str = "janji_";

fn hash(token: &str) -> [u8; 32] {
    crypto::sha256(&[b"janji token v1\0", token.as_bytes()])
}

/// Makes a token for a workspace; it is shown once.
pub fn create(ctx: &Ctx, tx: &mut Tx<'_>, new: &New) -> Result<(String, u64), Refusal> {
    let policy = ctx.ws.policy();
    if let Role::Staff(role) = &new.role
        && !policy.policy.staff.contains(role)
    {
        return Err(Refusal::invalid("staff", "scope.staff"));
    }
    match (&new.role, new.subject) {
        (Role::Person, Some(number)) => {
            subject::load(ctx, tx.link(), number)?;
        }
        (Role::Person, None) | (_, Some(_)) => {
            return Err(Refusal::invalid(
                "subject",
                "a person's token has a subject, no other has",
            ));
        }
        _ => {}
    }
    let entry = Entry {
        act: Act::Maintain,
        stream: Stream::Security,
        subject: None,
        purpose: "token made",
        rule: new.role.word(),
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    make(ctx.ws.control(), ctx.ws.number(), new, ctx.now, tx.rng())
}

/// Makes a token without an acting person: the first admin's, from the command line.
pub(crate) fn make(
    control: &Control,
    workspace: u64,
    new: &New,
    now: i64,
    rng: &mut dyn Random,
) -> Result<(String, u64), Refusal> {
    let secret: [u8; 32] = crypto::random(rng);
    let token = format!("{PREFIX}{}", crate::certificate::hex(&secret));
    let id = u64::from(u32::from_be_bytes(crypto::random(rng)) >> 1).max(1);
    let (role, staff) = match &new.role {
        Role::Staff(role) => ("staff", Some(role.clone())),
        role => (role.word(), None),
    };
    let stored = StoredToken {
        id,
        workspace,
        role: role.to_owned(),
        staff,
        subject: new.subject,
        expires: new.expires,
        revoked: None,
    };
    control.add_token(&hash(&token), &stored, now)?;
    Ok((token, id))
}

/// Revokes a token of this workspace, effective now.
pub fn revoke(ctx: &Ctx, tx: &mut Tx<'_>, id: u64) -> Result<(), Refusal> {
    if ctx.ws.control().token_of(ctx.ws.number(), id)?.is_none() {
        return Err(Refusal::NotFound);
    }
    fact::take_away(ctx, tx, &Fact::Revoke { token: id, at: ctx.now })?;
    let entry = Entry {
        act: Act::Maintain,
        stream: Stream::Security,
        subject: None,
        purpose: "token revoked",
        rule: "",
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Whose token this is, when it is good now: the workspace's number and the actor.
pub fn authenticate(
    control: &Control,
    token: &str,
    now: i64,
) -> Result<Option<(u64, Actor)>, Refusal> {
    if !token.starts_with(PREFIX) || token.len() != PREFIX.len() + 64 {
        return Ok(None);
    }
    let Some(found) = control.token(&hash(token))? else { return Ok(None) };
    if found.revoked.is_some() || found.expires.is_some_and(|end| end <= now) {
        return Ok(None);
    }
    let role = match (found.role.as_str(), found.staff) {
        ("system", None) => Role::System,
        ("admin", None) => Role::Admin,
        ("officer", None) => Role::Officer,
        ("person", None) => Role::Person,
        ("staff", Some(role)) => Role::Staff(role),
        _ => return Ok(None),
    };
    Ok(Some((found.workspace, Actor { role, token: found.id, subject: found.subject })))
}
