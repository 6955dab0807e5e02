//! What the engine answers instead of doing something. Each refusal names its rule and never a value.

use store::StoreError;

/// Why nothing was done.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// The id is not there, or is somebody else's: the caller may not learn which.
    #[error("nothing with this id")]
    NotFound,
    /// It was here and is erased, overdue or being erased.
    #[error("erased under {rule}")]
    Gone {
        /// The rule that ended it.
        rule: String,
    },
    /// The decision was no.
    #[error("denied by {rule}: {reason}")]
    Denied {
        /// A stable word for the reason.
        reason: &'static str,
        /// The path of the rule.
        rule: String,
    },
    /// A legal hold or a restriction stands in the way.
    #[error("held: {reason}")]
    Held {
        /// A stable word for the reason.
        reason: &'static str,
    },
    /// What was sent does not fit a rule.
    #[error("{what} does not fit {rule}")]
    Invalid {
        /// Which part of the request, by name.
        what: String,
        /// The rule that it breaks.
        rule: String,
    },
    /// It cannot be done in the present state.
    #[error("{reason}")]
    Conflict {
        /// A stable word for the reason.
        reason: &'static str,
    },
    /// Something must come first, which a rule asks for.
    #[error("{rule} is not met: {reason}")]
    Unmet {
        /// A stable word for the reason.
        reason: &'static str,
        /// The path of the rule.
        rule: String,
    },
    /// The role may not do this at all.
    #[error("the role may not do this")]
    Forbidden,
    /// Storage failed; nothing was done.
    #[error("storage failed")]
    Store(#[from] StoreError),
    /// Sealed bytes did not open: they are damaged or lie in the wrong place.
    #[error("sealed bytes did not open")]
    Sealed(#[from] crypto::OpenError),
    /// The ledger on disk contradicts the database.
    #[error("the ledger does not continue: {what}")]
    Ledger {
        /// What was found.
        what: String,
    },
    /// The folder cannot be served like this.
    #[error("{0}")]
    Refused(String),
}

impl Refusal {
    /// Something in the request that breaks a rule of the policy or the interface.
    pub fn invalid(what: impl Into<String>, rule: impl Into<String>) -> Refusal {
        Refusal::Invalid { what: what.into(), rule: rule.into() }
    }
}
