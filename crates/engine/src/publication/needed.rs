//! What notice a version needs before it comes into force, and whom it concerns.

use std::collections::BTreeSet;

use policy::{Change, Effect, Period, Policy, What};

const BEFORE: &str = "notice.policy_change.before";

/// What a version asks for.
pub(crate) struct Needed {
    /// The longest notice that one of its changes needs, and the row or article that wants it; no length
    /// where it is enough that people are told before.
    pub(crate) notice: Option<(Period, String)>,
    /// The kinds of people whom a change concerns that they must hear of.
    pub(crate) whom: BTreeSet<String>,
    /// What somebody must agree to in writing, which no notice stands for: the rule, and what wants it.
    pub(crate) approvals: Vec<(String, String)>,
}

impl Needed {
    /// The row of `[notice]` that people are told by.
    pub(crate) fn row(&self) -> &str {
        match &self.notice {
            Some((_, rule)) if rule.starts_with("notice.recipient_change") => {
                "notice.recipient_change"
            }
            _ => "notice.policy_change",
        }
    }
}

/// What a version needs after the one before it. What erases data that are there is told as long before as
/// any change of the policy, though less is kept then: whoever wants a copy must have the time to fetch it.
pub(crate) fn of(old: &Policy, new: &Policy) -> Needed {
    let diff = policy::diff(old, new);
    let named = diff.notice().map(|need| (need.period.unwrap_or(Period::ZERO), need.by.clone()));
    let sooner = diff.changes.iter().any(erases);
    let promised = old.notice("policy_change").and_then(|notice| notice.before);
    let own = promised.filter(|_| sooner).map(|period| (period, BEFORE.to_owned()));
    let notice = named.into_iter().chain(own).max_by_key(|(period, _)| period.rough());
    let concerns = |change: &&Change| change.material || erases(change);
    let whom = diff.changes.iter().filter(concerns).flat_map(|one| one.whom.iter().cloned());
    let approvals = diff.approvals().map(|(change, need)| (change.rule(), need.by.clone()));
    Needed { notice, whom: whom.collect(), approvals: approvals.collect() }
}

/// Whether a change lets something that is there end sooner.
fn erases(change: &Change) -> bool {
    let key = change.key.as_deref();
    let (section, _) = change.path.split_once('.').unwrap_or((&change.path, ""));
    change.effect == Effect::Tightens
        && match section {
            "data" => {
                matches!(key, Some("keep" | "fields" | "optional"))
                    || (key.is_none() && change.what == What::Removed)
            }
            "setting" => matches!(key, Some("default" | "min" | "max")),
            _ => false,
        }
}
