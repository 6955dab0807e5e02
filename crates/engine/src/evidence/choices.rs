//! Is what a workspace chose within the bounds of its policy, and is the choice what is kept? Is nothing on
//! that its plan lacks or that still needs something, and nothing processed before its papers?

use std::collections::BTreeMap;

use policy::Chosen;
use store::value::all;

use super::{entries::is_copy, findings::Findings, probe::Look, sql};
use crate::{entry::Act, refusal::Refusal, setting};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("choices");
    settings(look, &mut found);
    features(look, &mut found)?;
    papers(look, &mut found)?;
    Ok(found)
}

/// The last choice of each setting, as it stands on disk, is the one that counts.
fn settings(look: &Look<'_>, found: &mut Findings) {
    let rows = look.sample.settings.iter().map(|(name, text, _)| (name.as_str(), text.as_str()));
    let last: BTreeMap<&str, &str> = rows.collect();
    for declared in &look.policy.settings {
        let row = format!("setting.{}", declared.id);
        found.looked(&row);
        let now = setting::value(look.ctx, &declared.id);
        let stored = last.get(declared.id.as_str());
        let expected = stored.map_or_else(|| declared.default(), |text| declared.nearest(text));
        found.broken_if(now.as_ref() != Some(&expected), &row, "another value than was chosen");
        found.broken_if(!now.is_some_and(|now| within(declared, &now)), &row, "out of bounds");
    }
}

/// What is on belongs to the plan, and everything that it needs was recorded.
fn features(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let plan = all(look.link, sql::PLANS, &[], |row| row.text(0))?.pop();
    let met = all(look.link, sql::NEEDS, &[], |row| Ok((row.text(0)?, row.text(1)?)))?;
    let unknown = plan.as_ref().is_some_and(|plan| !look.policy.plans.contains(plan));
    found.broken_if(unknown, "", "a plan that nobody declared");
    for feature in &look.policy.features {
        let row = format!("feature.{}", feature.id);
        found.looked(&row);
        if !look.sample.features.get(&feature.id).is_some_and(|(on, _)| *on) {
            continue;
        }
        let outside = !feature.plans.is_empty()
            && !plan.as_ref().is_some_and(|plan| feature.plans.contains(plan));
        found.broken_if(outside, &row, "on though the plan has it not");
        let open = |need: &String| !met.iter().any(|(of, name)| *of == feature.id && name == need);
        found.broken_if(feature.needs.iter().any(open), &row, "on though a need is not met");
    }
    Ok(())
}

/// Nothing was written or read for a customer who had not accepted every paper by then.
fn papers(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let accepted: BTreeMap<String, i64> =
        all(look.link, sql::PAPERS, &[], |row| Ok((row.text(0)?, row.int(1)?)))?
            .into_iter()
            .collect();
    let asked: Vec<&str> = look
        .policy
        .papers
        .iter()
        .filter(|paper| paper.before_use)
        .map(|paper| paper.id.as_str())
        .collect();
    let now = look.ctx.ws.policy().number;
    let entries = look.entries;
    for seen in entries.seen.iter().filter(|seen| seen.detail.policy == now) {
        let category = match seen.detail.act {
            Act::Write => Some(seen.detail.rule.clone()),
            Act::Read if !is_copy(&seen.detail.rule) => of_record(look, seen.detail.record)?,
            _ => None,
        };
        let declared = category.as_deref().and_then(|id| look.policy.category(id));
        if !declared.is_some_and(|category| category.processor) {
            continue;
        }
        found.looked("");
        let late = asked.iter().any(|id| accepted.get(*id).is_none_or(|at| *at > seen.detail.at));
        found.broken_if(late, "", "processed before the papers were accepted");
    }
    Ok(())
}

fn of_record(look: &mut Look<'_>, rid: Option<u64>) -> Result<Option<String>, Refusal> {
    let Some(rid) = rid else { return Ok(None) };
    let head = look.head(rid)?;
    Ok(head.and_then(|head| look.sample.category(&head).map(str::to_owned)))
}

/// Compares with the bounds by itself, without reading words.
fn within(declared: &policy::Setting, now: &Chosen) -> bool {
    use policy::SettingKind;
    match (&declared.kind, now) {
        (SettingKind::Length { min, max, .. }, Chosen::Length(now)) => {
            (min.rough()..=max.rough()).contains(&now.rough())
        }
        (SettingKind::Number { min, max, .. }, Chosen::Number(now)) => (*min..=*max).contains(now),
        (SettingKind::Choice { choices, .. }, Chosen::Choice(now)) => choices.contains(now),
        (SettingKind::Switch { .. }, Chosen::Switch(_)) => true,
        _ => false,
    }
}
