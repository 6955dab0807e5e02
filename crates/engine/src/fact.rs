//! The facts of the guard journal: what takes use away, and what gives it back. Each is applied by one
//! function, whether it happens now, is replayed after a crash, or comes from an escrow after a restore.

use serde::{Deserialize, Serialize};
use store::{StoreError, Tx, journal::Ordered};

use crate::{
    approval,
    bar::{self, Bar},
    closing, consent,
    ctx::Ctx,
    erasure, event, feature, grant, hold, lapse, need, paper, plan,
    publication::{
        self,
        announcement::{self, Announcement},
    },
    refusal::Refusal,
    setting,
};

/// One fact, with numbers and words of the policy only.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Fact {
    /// Something forbids use or deletion from now on.
    Bar(Bar),
    /// A bar is gone.
    Lift {
        /// Which bar.
        bar: u64,
        /// Since when.
        at: i64,
    },
    /// A person consented.
    Consent {
        /// The consent's number.
        id: u64,
        /// Who.
        subject: u64,
        /// To what.
        purpose: String,
        /// When.
        at: i64,
        /// The number of the policy that was shown.
        policy: u64,
        /// The language it was shown in.
        language: String,
        /// Whether others answered for the person then: it ends when the person comes of age.
        for_child: bool,
    },
    /// A person withdrew consent for a purpose.
    Withdraw {
        /// Who.
        subject: u64,
        /// From what.
        purpose: String,
        /// When.
        at: i64,
    },
    /// Somebody agreed, whose approval a minor needs.
    Approve {
        /// The approval's number.
        id: u64,
        /// For whom.
        subject: u64,
        /// Who agreed, a word of the policy.
        by: String,
        /// When.
        at: i64,
    },
    /// Somebody withdrew an approval.
    Disapprove {
        /// For whom.
        subject: u64,
        /// Who withdrew it.
        by: String,
        /// When.
        at: i64,
    },
    /// An event started or stopped a period.
    Event {
        /// The record it happened to.
        rid: u64,
        /// `category.event`.
        name: String,
        /// When.
        at: i64,
        /// Whether it stops the period of `name` instead of starting it.
        clears: bool,
    },
    /// A feature was switched.
    Feature {
        /// Which.
        name: String,
        /// On or off.
        on: bool,
        /// When.
        at: i64,
    },
    /// A setting was chosen.
    Setting {
        /// Which.
        name: String,
        /// The value, as written.
        value: String,
        /// When.
        at: i64,
    },
    /// The workspace got a plan.
    Plan {
        /// Which.
        plan: String,
        /// When.
        at: i64,
    },
    /// A need of a feature was met.
    Need {
        /// Of which feature.
        feature: String,
        /// Which need.
        need: String,
        /// When.
        at: i64,
    },
    /// A paper was accepted.
    Accept {
        /// Which.
        paper: String,
        /// When.
        at: i64,
    },
    /// Records were erased; stands in the record that destroyed their keys.
    Erase(erasure::Scope),
    /// Keys of the workspace itself were destroyed: a day of a stream, a hold's account, unused ones.
    Destroyed {
        /// Which.
        why: String,
    },
    /// Access of staff was ended.
    EndAccess {
        /// The number of the access.
        access: u64,
        /// When.
        at: i64,
    },
    /// A version of the policy came into force.
    Policy {
        /// Its number.
        number: u64,
        /// When.
        at: i64,
        /// When everybody whom it concerns had been told.
        told: Option<i64>,
        /// Its text, with the first workspace of the company: a backup of before does not know it.
        source: Option<String>,
    },
    /// A version of the policy was announced.
    Announced {
        /// The number of the announcement.
        id: u64,
        /// What was announced, with the first workspace of the company.
        announced: Option<Box<Announcement>>,
    },
    /// An announced version was taken back.
    Cancelled {
        /// The number of the announcement.
        id: u64,
        /// When.
        at: i64,
    },
    /// The workspace was closed.
    Closed {
        /// Since when.
        at: i64,
    },
    /// The workspace was opened again.
    Reopened {
        /// When.
        at: i64,
    },
    /// A token was revoked.
    Revoke {
        /// The token's number.
        token: u64,
        /// When.
        at: i64,
    },
}

impl Fact {
    /// The fact as it stands in the journal.
    pub(crate) fn encode(&self) -> Result<Vec<u8>, StoreError> {
        serde_json::to_vec(self).map_err(|_| StoreError::Damaged { what: "a fact" })
    }

    /// The account of keys that no fact of the workspace's depends on: it has no place in their order.
    pub(crate) fn destroyed(why: &str) -> Result<Ordered, StoreError> {
        Ok(Ordered { order: 0, fact: Fact::Destroyed { why: why.to_owned() }.encode()? })
    }

    /// Reads a fact back.
    pub(crate) fn decode(bytes: &[u8]) -> Result<Fact, StoreError> {
        serde_json::from_slice(bytes).map_err(|_| StoreError::Damaged { what: "a fact" })
    }
}

/// Adds a fact that takes use away and applies it.
pub(crate) fn take_away(ctx: &Ctx, tx: &mut Tx<'_>, fact: &Fact) -> Result<(), Refusal> {
    tx.take_away(fact.encode()?);
    apply(ctx, tx, fact)
}

/// Applies a fact that gives; the journal learns it after the commit.
pub(crate) fn give(ctx: &Ctx, tx: &mut Tx<'_>, fact: &Fact) -> Result<(), Refusal> {
    tx.give(fact.encode()?);
    apply(ctx, tx, fact)
}

/// Makes a fact true in the workspace's database. Applying it twice changes nothing more.
pub(crate) fn apply(ctx: &Ctx, tx: &mut Tx<'_>, fact: &Fact) -> Result<(), Refusal> {
    ctx.ws.changed();
    match fact {
        Fact::Bar(bar) => {
            hold::recover(ctx, tx, bar)?;
            bar::put(tx, bar)
        }
        Fact::Lift { bar, at } => {
            hold::end(tx, *bar, *at)?;
            bar::lift(tx, *bar, *at)
        }
        Fact::Consent { id, subject, purpose, at, policy, language, for_child } => {
            let consent = consent::Consent {
                id: *id,
                subject: *subject,
                purpose: purpose.clone(),
                given: *at,
                withdrawn: None,
                policy: *policy,
                language: language.clone(),
                for_child: *for_child,
            };
            consent::put(tx, &consent)
        }
        Fact::Withdraw { subject, purpose, at } => consent::end(tx, *subject, purpose, *at),
        Fact::Approve { id, subject, by, at } => approval::put(tx, *id, *subject, by, *at),
        Fact::Disapprove { subject, by, at } => approval::end(tx, *subject, by, *at),
        Fact::Event { rid, name, at, clears } => {
            event::put(tx, *rid, name, *at, *clears)?;
            if *clears {
                return Ok(());
            }
            grant::resolved(ctx, tx, *rid, name, *at)?;
            lapse::used(ctx, tx, *rid, name)
        }
        Fact::EndAccess { access, at } => grant::end(tx, *access, *at),
        Fact::Feature { name, on, at } => feature::put(ctx, tx, name, *on, *at),
        Fact::Setting { name, value, at } => setting::put(ctx, tx, name, value, *at),
        Fact::Plan { plan, at } => plan::put(ctx, tx, plan, *at),
        Fact::Need { feature, need, at } => need::put(ctx, tx, feature, need, *at),
        Fact::Accept { paper, at } => paper::put(ctx, tx, paper, *at),
        Fact::Closed { at } => closing::put(ctx, tx, Some(*at)),
        Fact::Reopened { .. } => closing::put(ctx, tx, None),
        Fact::Erase(scope) => erasure::replay(ctx, tx, scope),
        Fact::Destroyed { .. } => Ok(()),
        Fact::Policy { number, at, told, source } => {
            publication::apply(ctx, tx, *number, *at, *told, source.as_deref())
        }
        Fact::Announced { id, announced } => {
            announcement::apply(ctx, tx, *id, announced.as_deref())
        }
        Fact::Cancelled { id, at } => announcement::withdraw(ctx, tx, *id, *at),
        Fact::Revoke { token, at } => Ok(ctx.ws.control().end_token(*token, *at)?),
    }
}
