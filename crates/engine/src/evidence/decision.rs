//! Was every use for a purpose that the policy allows, by somebody who may, and none against an objection?

use policy::{Objection, Purpose};

use super::{entries::Seen, findings::Findings, probe::Look};
use crate::refusal::Refusal;

const ROLES: &[&str] = &["system", "admin", "officer", "person"];

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("entries and uses");
    let entries = look.entries;
    let now = look.ctx.ws.policy().number;
    for seen in entries.seen.iter().filter(|seen| seen.detail.policy == now) {
        let role = seen.detail.role.as_str();
        found.looked("scope");
        let known = ROLES.contains(&role) || look.policy.staff.iter().any(|staff| staff == role);
        found.broken_if(!known, "scope", "by an undeclared role");
    }
    for seen in entries.uses().filter(|seen| seen.detail.policy == now) {
        purpose(look, seen, &mut found);
        category(look, seen, &mut found)?;
    }
    objections(look, &mut found);
    Ok(found)
}

fn purpose(look: &Look<'_>, seen: &Seen, found: &mut Findings) {
    let name = seen.detail.purpose.as_str();
    let row = format!("purpose.{name}");
    found.looked(&row);
    let never = |kind: &str| look.policy.never.iter().any(|never| never == kind);
    let Some(purpose) = look.policy.purpose(name) else {
        // What no row declares is nobody's row: it counts against all of them.
        let how = if never(name) { "for what is never done" } else { "for no declared purpose" };
        found.broken("", how);
        return;
    };
    found.broken_if(never(&purpose.kind), "", "for what is never done");
    found.broken_if(purpose.closed.is_some(), &row, "for a purpose that is closed");
    found.broken_if(!may(purpose, &seen.detail.role), &row, "by staff who may not");
}

/// The backend and the person act for every purpose; an admin for none; staff where they are named.
fn may(purpose: &Purpose, role: &str) -> bool {
    match role {
        "system" | "person" => true,
        "admin" => false,
        staff => purpose.by.iter().any(|named| named == staff),
    }
}

fn category(look: &mut Look<'_>, seen: &Seen, found: &mut Findings) -> Result<(), Refusal> {
    let Some(rid) = seen.detail.record else { return Ok(()) };
    let Some(head) = look.head(rid)? else { return Ok(()) };
    let Some(terms) = look.sample.terms.get(&head.terms) else { return Ok(()) };
    let row = format!("data.{}", terms.category);
    found.looked(&row);
    let listed = |purposes: &[String]| purposes.contains(&seen.detail.purpose);
    let allowed = look.policy.category(&terms.category).is_some_and(|one| listed(&one.purposes));
    // A purpose that came later is for those who consented to it.
    let purpose = look.policy.purpose(&seen.detail.purpose);
    let consented = purpose.is_some_and(policy::Purpose::consent);
    let collected = listed(&terms.purposes) || consented;
    found.broken_if(!allowed || !collected, &row, "not collected for it");
    Ok(())
}

/// After an objection there is no use for that purpose, unless it is one that is weighed.
fn objections(look: &Look<'_>, found: &mut Findings) {
    for bar in look.sample.bars.iter().filter(|bar| bar.kind == "objection") {
        let Some(name) = &bar.purpose else { continue };
        let row = format!("purpose.{name}");
        found.looked(&row);
        let weighed =
            look.policy.purpose(name).is_some_and(|one| one.objection == Objection::Weighed);
        let used = look.entries.uses().any(|seen| {
            seen.subject == Some(bar.subject)
                && seen.detail.purpose == *name
                && seen.detail.at > bar.since
        });
        found.broken_if(used && !weighed, &row, "against an objection");
    }
}
