//! Did every reader among the staff have what the purpose needs? Each read names its access; the row must
//! have stood at that moment, for that token, person, purpose and record.

use store::value::one;

use super::{findings::Findings, probe::Look, sql};
use crate::{ids::Kind, refusal::Refusal};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("reads by staff with a reason");
    let (entries, policy) = (look.entries, look.policy);
    for seen in entries.uses() {
        let detail = &seen.detail;
        let staff = detail.role == "officer" || policy.staff.contains(&detail.role);
        let needs = policy.purpose(&detail.purpose).is_some_and(|one| !one.needs.is_empty());
        if !staff || !needs {
            continue;
        }
        let row = format!("purpose.{}", detail.purpose);
        found.looked(&row);
        let id = look.ctx.ws.ids().find(Kind::Grant, &detail.rule);
        let values = [
            id.into(),
            seen.subject.into(),
            (&detail.purpose).into(),
            detail.token.into(),
            detail.at.into(),
        ];
        let stood = one(look.link, sql::ACCESS, &values, |row| row.maybe_number(0))?;
        found.broken_if(stood.is_none(), &row, "without what they need");
        if let (Some(Some(item)), Some(rid)) = (stood, detail.record)
            && let Some(head) = look.head(rid)?
        {
            let line = look.line(&head)?;
            let beside = !line.iter().any(|(head, _)| head.rid == item);
            found.broken_if(beside, &row, "of another record");
        }
    }
    Ok(found)
}
