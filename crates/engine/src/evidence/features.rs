//! Is nothing collected, and nothing used, for a feature or a switch that is off?

use std::collections::BTreeMap;

use policy::Chosen;

use super::{entries::is_copy, findings::Findings, probe::Look};
use crate::{entry::Act, refusal::Refusal};

/// How far ahead a client's clock may be.
const AHEAD: i64 = 5 * 60_000_000;

#[expect(clippy::unnecessary_wraps, reason = "all probes have one form")]
pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("switches and records");
    switches(look, &mut found);
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        let Some(terms) = look.sample.terms.get(&head.terms) else { continue };
        let category = terms.category.as_str();
        let Some(needs) = needs(look, terms.policy, &terms.then) else { continue };
        let (row, own) = (format!("data.{category}"), own_row(look, &needs));
        found.looked(&row);
        found.looked(&own);
        let early = match state(look, &needs) {
            None => true,
            Some((true, _)) => false,
            Some((false, off)) => head.at > off + AHEAD,
        };
        for row in [row, own] {
            found.broken_if(early, &row, "collected while it was off");
        }
    }
    written(look, &mut found);
    Ok(found)
}

/// The row of a feature or of a switch.
fn own_row(look: &Look<'_>, name: &str) -> String {
    let section = if look.policy.feature(name).is_some() { "feature" } else { "setting" };
    format!("{section}.{name}")
}

/// Whether a feature or a switch is on by what lies on disk, since when; `None` when it never was.
fn state(look: &Look<'_>, name: &str) -> Option<(bool, i64)> {
    if look.policy.setting(name).is_none() {
        return look.sample.features.get(name).copied();
    }
    let chosen = look.sample.settings.iter().rfind(|(own, ..)| own == name);
    let default = look.policy.setting(name).map(policy::Setting::default);
    match (chosen, default) {
        (Some((_, text, at)), _) => Some((text == "true", *at)),
        (None, Some(Chosen::Switch(true))) => Some((true, i64::MIN)),
        _ => None,
    }
}

/// What a category of a version, or the nearest whole above it, waits for.
fn needs(look: &Look<'_>, version: u64, category: &str) -> Option<String> {
    let in_force = look.ctx.ws.policy();
    let category = in_force.versions.policy(version)?.category(category)?;
    let own = category.when.clone();
    own.or_else(|| needs(look, version, category.part_of.as_deref()?))
}

/// Only declared features are switched, and none whose limits are only planned is on.
fn switches(look: &Look<'_>, found: &mut Findings) {
    for (name, (on, _)) in &look.sample.features {
        let row = format!("feature.{name}");
        found.looked(&row);
        match look.policy.features.iter().find(|feature| feature.id == *name) {
            None => {
                let in_force = look.ctx.ws.policy();
                let mut once = in_force.versions.list().filter_map(|(number, _)| {
                    in_force.versions.policy(number).map(|policy| &policy.features)
                });
                let once = once.any(|features| features.iter().any(|one| one.id == *name));
                found.broken_if(!once, "", "switched though undeclared");
            }
            Some(feature) => {
                let open = *on && feature.closed.is_some();
                found.broken_if(open, &row, "on though its limits are only planned");
            }
        }
    }
}

/// Reads the ledger forward: once a switch was seen, nothing is written or used against it; before, what
/// was never on opens nothing.
fn written(look: &Look<'_>, found: &mut Findings) {
    let mut known: BTreeMap<&str, bool> = BTreeMap::new();
    for seen in &look.entries.seen {
        let detail = &seen.detail;
        let off = |when: &str| known.get(when).map_or(state(look, when).is_none(), |on| !on);
        match detail.act {
            Act::Feature => {
                known.insert(&detail.rule, detail.purpose == "on");
            }
            Act::Setting => {
                known.insert(&detail.rule, detail.purpose == "true");
            }
            Act::Write => {
                let off = needs(look, detail.policy, &detail.rule).is_some_and(|when| off(&when));
                let row = format!("data.{}", detail.rule);
                found.broken_if(off, &row, "written while it was off");
            }
            Act::Read if !is_copy(&detail.rule) => {
                let purpose = look.policy.purpose(&detail.purpose);
                let Some(when) = purpose.and_then(|one| one.when.as_deref()) else { continue };
                let row = format!("purpose.{}", detail.purpose);
                found.looked(&row);
                found.broken_if(off(when), &row, "used while it was off");
            }
            _ => {}
        }
    }
}
