//! Was a file, which shows whom it is about, read for a purpose under pseudonyms?

use super::{findings::Findings, probe::Look};
use crate::{entry::Act, refusal::Refusal};

#[expect(clippy::unnecessary_wraps, reason = "all probes have one form")]
pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("uses under pseudonyms");
    let now = look.ctx.ws.policy().number;
    for seen in look.entries.uses().filter(|seen| seen.detail.policy == now) {
        let name = seen.detail.purpose.as_str();
        if look.policy.purpose(name).is_some_and(|one| one.pseudonymous) {
            let row = format!("purpose.{name}");
            found.looked(&row);
            // The entry of a file names its field.
            let file = seen.detail.act == Act::Read && !seen.detail.rule.is_empty();
            found.broken_if(file, &row, "of a file");
        }
    }
    Ok(found)
}
