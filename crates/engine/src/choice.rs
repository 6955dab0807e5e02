//! What a workspace has chosen, as its rules need it: in memory, read from the database when it opens.

use std::collections::{BTreeMap, BTreeSet};

use policy::Chosen;
use store::Link;

use crate::{ctx::Ctx, feature, need, paper, plan, refusal::Refusal, setting};

/// Every choice of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Whether each feature is on, since when.
    pub features: BTreeMap<String, (bool, i64)>,
    /// The settings that were chosen, as written.
    pub settings: BTreeMap<String, String>,
    /// The plan that it holds.
    pub plan: Option<String>,
    /// The needs that the officer has recorded as met: feature and need, since when.
    pub needs: BTreeMap<(String, String), i64>,
    /// The papers that an admin has accepted, since when.
    pub papers: BTreeMap<String, i64>,
}

/// Reads every choice.
pub(crate) fn load(link: &mut dyn Link) -> Result<Choices, Refusal> {
    Ok(Choices {
        features: feature::switched(link)?,
        settings: setting::chosen(link)?,
        plan: plan::held(link)?,
        needs: need::met(link)?,
        papers: paper::accepted(link)?,
    })
}

/// Whether what waits for a feature or a switch may go on. Where both have the name, both must be on.
pub(crate) fn is_open(ctx: &Ctx, when: &str) -> bool {
    let in_force = ctx.ws.policy();
    let feature =
        in_force.policy.feature(when).map(|_| ctx.ws.feature(when).is_some_and(|(on, _)| on));
    let switch = setting::value(ctx, when).map(|value| value == Chosen::Switch(true));
    let answers: BTreeSet<bool> = feature.into_iter().chain(switch).collect();
    answers == BTreeSet::from([true])
}
