//! Who acts, when and where: the first argument of every act.

use std::sync::Arc;

use crate::workspace::Workspace;

/// The role that a token gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Role {
    /// The company's own backend: acts for everyone, for purposes that need no staff.
    System,
    /// Runs the workspace; sees no personal value.
    Admin,
    /// The data protection officer.
    Officer,
    /// A role of staff that the policy declares.
    Staff(String),
    /// The data subject.
    Person,
}

impl Role {
    /// The role's word in tokens, tables and the ledger.
    pub fn word(&self) -> &str {
        match self {
            Role::System => "system",
            Role::Admin => "admin",
            Role::Officer => "officer",
            Role::Staff(role) => role,
            Role::Person => "person",
        }
    }

    /// The role as the policy language sees it; an admin is nobody there.
    pub fn in_policy(&self) -> Option<policy::Role<'_>> {
        match self {
            Role::System => Some(policy::Role::System),
            Role::Admin => None,
            Role::Officer => Some(policy::Role::Officer),
            Role::Staff(role) => Some(policy::Role::Staff(role)),
            Role::Person => Some(policy::Role::Person),
        }
    }
}

/// Who acts: a token's number, its role, and its person when it is a person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// What the actor may be.
    pub role: Role,
    /// The number of the token, for the ledger.
    pub token: u64,
    /// The subject that a person's token belongs to.
    pub subject: Option<u64>,
}

impl Actor {
    /// Janji itself: sweeps, recovery, probes.
    pub fn janji() -> Actor {
        Actor { role: Role::System, token: 0, subject: None }
    }
}

/// The circumstances of one act.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Now, in microseconds since 1970: never earlier than any time seen before.
    pub now: i64,
    /// The time that both sources agree on, behind `now` after a jump: what is due at `now` is
    /// unreadable, what is due at `settled` may be destroyed.
    pub settled: i64,
    /// Who acts.
    pub actor: Actor,
    /// Where.
    pub ws: Arc<Workspace>,
}

impl Ctx {
    /// The same circumstances with Janji itself as the actor.
    #[must_use]
    pub fn as_janji(&self) -> Ctx {
        Ctx { actor: Actor::janji(), ..self.clone() }
    }
}
