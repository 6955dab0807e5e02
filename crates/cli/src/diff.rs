//! `janji diff`: what changes between two versions of a policy, for whom, and the notice that it needs.

use std::path::{Path, PathBuf};

use anyhow::{Result, bail};
use policy::{Change, Diff, Effect, NoticeNeed, Policy, What};
use serde_json::{Value, json};

use crate::{folder, out};

/// What `janji diff` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The version before, whatever is wrong with it today
    old: PathBuf,
    /// The version after, without errors
    new: PathBuf,
    /// Print the differences as JSON
    #[arg(long)]
    json: bool,
    /// Only what concerns this kind of person
    #[arg(long = "for", value_name = "PERSON")]
    person: Option<String>,
}

/// Compares the files; 0 when they say the same, 1 when they differ.
pub(crate) fn run(args: &Args) -> Result<u8> {
    let (old, new) = (before(&args.old)?, after(&args.new)?);
    if let Some(person) = &args.person {
        let known = |policy: &Policy| policy.people.contains(person);
        if !known(&old) && !known(&new) {
            bail!("no kind of person is called `{person}`: it is one of {}", new.people.join(", "));
        }
    }
    let mut diff = policy::diff(&old, &new);
    if let Some(person) = &args.person {
        diff.changes.retain(|change| change.concerns(person));
    }
    if args.json {
        out::line(&serde_json::to_string_pretty(&document(&diff))?)?;
    } else {
        show(&diff)?;
    }
    Ok(u8::from(!diff.is_empty()))
}

/// A policy that was in force before need not pass the check of today.
fn before(file: &Path) -> Result<Policy> {
    let Some(policy) = policy::published(&folder::text(file)?) else {
        bail!("{} is no policy", file.display());
    };
    Ok(policy)
}

fn after(file: &Path) -> Result<Policy> {
    let name = file.display().to_string();
    let checked = policy::check(&name, &folder::text(file)?);
    let Some(policy) = checked.policy else {
        bail!("{name} has errors; `janji check {name}` shows them");
    };
    Ok(policy)
}

fn show(diff: &Diff) -> Result<()> {
    for effect in [Effect::Loosens, Effect::Tightens, Effect::Neutral] {
        let group: Vec<&Change> = diff.changes.iter().filter(|one| one.effect == effect).collect();
        if !group.is_empty() {
            out::line(&format!("{}: {}", effect.word(), group.len()))?;
        }
        for change in group {
            out::line(&format!("  {}  {}", change.rule(), values(change)))?;
            out::line(&format!("    {}", about(change)))?;
        }
    }
    let Some(notice) = diff.notice() else { return Ok(()) };
    out::line("")?;
    out::line(&format!("notice before this version holds: {}", need(notice)))?;
    for (change, approval) in diff.approvals() {
        out::line(&format!("to be agreed in writing: {}, by {}", change.rule(), approval.by))?;
    }
    Ok(())
}

fn values(change: &Change) -> String {
    // A row without keys says all by its name.
    let text = |value: &Option<String>| value.clone().filter(|text| !text.is_empty());
    match (change.what, text(&change.old), text(&change.new)) {
        (What::Added, _, Some(new)) => format!("added: {new}"),
        (What::Added, ..) => "added".to_owned(),
        (What::Removed, Some(old), _) => format!("removed: {old}"),
        (What::Removed, ..) => "removed".to_owned(),
        (What::Changed, old, new) => {
            format!("{} → {}", old.unwrap_or_default(), new.unwrap_or_default())
        }
    }
}

fn about(change: &Change) -> String {
    let mut parts = vec![format!("for {}", change.whom.join(", "))];
    if change.material {
        parts.push("material".to_owned());
    }
    parts.extend(change.notices.iter().map(need));
    parts.join("; ")
}

fn need(need: &NoticeNeed) -> String {
    let when = match (need.approval, need.period) {
        (true, _) => "approval in writing".to_owned(),
        (false, Some(period)) => format!("told {period} before"),
        (false, None) => "told before".to_owned(),
    };
    let doubt = if need.verified { "" } else { ", not verified" };
    format!("{when} ({}{doubt})", need.by)
}

fn document(diff: &Diff) -> Value {
    let need = |need: &NoticeNeed| {
        json!({
            "period": need.period.map(|period| period.to_string()),
            "by": need.by,
            "approval": need.approval,
            "verified": need.verified,
        })
    };
    let change = |change: &Change| {
        json!({
            "path": change.path,
            "key": change.key,
            "what": match change.what {
                What::Added => "added",
                What::Removed => "removed",
                What::Changed => "changed",
            },
            "old": change.old,
            "new": change.new,
            "whom": change.whom,
            "effect": change.effect.word(),
            "material": change.material,
            "notices": change.notices.iter().map(need).collect::<Vec<_>>(),
        })
    };
    json!({
        "changes": diff.changes.iter().map(change).collect::<Vec<_>>(),
        "notice": diff.notice().map(need),
    })
}
