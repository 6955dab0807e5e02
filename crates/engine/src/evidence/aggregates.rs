//! Is every count that was kept of a group that is large enough, and was nothing counted but by the month?

use store::value::all;

use super::{findings::Findings, probe::Look, sql};
use crate::refusal::Refusal;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("counts");
    let kept = all(look.link, sql::AGGREGATES, &[], |row| Ok((row.text(0)?, row.text(1)?)))?;
    for (category, groups) in kept {
        let row = format!("data.{category}");
        let smallest = look.policy.category(&category).and_then(|one| one.groups_of);
        found.broken_if(smallest.is_none(), &row, "of a category that is no count");
        let groups: Result<std::collections::BTreeMap<String, u64>, _> =
            serde_json::from_str(&groups);
        let Ok(groups) = groups else {
            found.broken(&row, "that do not open");
            continue;
        };
        for count in groups.into_values() {
            found.looked(&row);
            found.broken_if(count < u64::from(smallest.unwrap_or(0)), &row, "of too small a group");
        }
    }
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        let Some(category) = look.sample.category(head) else { continue };
        let counted = look.policy.category(category).is_some_and(|one| one.groups_of.is_some());
        found.broken_if(counted, &format!("data.{category}"), "that are records of somebody");
    }
    Ok(found)
}
