//! What a workspace has chosen, as its rules need it: in memory, read from the database when it opens.

use std::collections::BTreeMap;

use store::Link;

use crate::{feature, refusal::Refusal, setting};

/// Every choice of a workspace.
#[derive(Debug, Clone, Default)]
pub struct Choices {
    /// Whether each feature is on, since when.
    pub features: BTreeMap<String, (bool, i64)>,
    /// The settings that were chosen, as written.
    pub settings: BTreeMap<String, String>,
}

/// Reads every choice.
pub(crate) fn load(link: &mut dyn Link) -> Result<Choices, Refusal> {
    Ok(Choices { features: feature::switched(link)?, settings: setting::chosen(link)? })
}
