//! Is nothing collected for a feature that is off?

use std::collections::BTreeMap;

use super::{findings::Findings, probe::Look};
use crate::{entry::Act, refusal::Refusal};

/// How far ahead a client's clock may be.
const AHEAD: i64 = 5 * 60_000_000;

#[expect(clippy::unnecessary_wraps, reason = "all probes have one form")]
pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("switches and records");
    switches(look, &mut found);
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        let Some(category) = look.sample.category(head) else { continue };
        let Some(needs) = needs(look, category) else { continue };
        let row = format!("data.{category}");
        found.looked(&row);
        found.looked(&format!("feature.{needs}"));
        let early = match look.sample.features.get(&needs) {
            None => true,
            Some((true, _)) => false,
            Some((false, off)) => head.at > off + AHEAD,
        };
        for row in [row, format!("feature.{needs}")] {
            found.broken_if(early, &row, "collected while the feature was off");
        }
    }
    written(look, &mut found);
    Ok(found)
}

/// What a category or the nearest whole above it waits for.
fn needs(look: &Look<'_>, category: &str) -> Option<String> {
    let category = look.policy.category(category)?;
    let own = category.when.clone();
    own.or_else(|| needs(look, category.part_of.as_deref()?))
}

/// Only declared features are switched, and none whose limits are only planned is on.
fn switches(look: &Look<'_>, found: &mut Findings) {
    for (name, (on, _)) in &look.sample.features {
        let row = format!("feature.{name}");
        found.looked(&row);
        match look.policy.features.iter().find(|feature| feature.id == *name) {
            None => found.broken("", "switched though undeclared"),
            Some(feature) => {
                let open = *on && feature.closed.is_some();
                found.broken_if(open, &row, "on though its limits are only planned");
            }
        }
    }
}

/// Reads the ledger forward: once a switch was seen, no writing goes against it.
fn written(look: &Look<'_>, found: &mut Findings) {
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for seen in &look.entries.seen {
        let detail = &seen.detail;
        match detail.act {
            Act::Feature => {
                known.insert(&detail.rule, detail.purpose == "on");
            }
            Act::Write => {
                let off = needs(look, &detail.rule)
                    .is_some_and(|feature| known.get(feature.as_str()) == Some(&false));
                let row = format!("data.{}", detail.rule);
                found.broken_if(off, &row, "written while the feature was off");
            }
            _ => {}
        }
    }
}
