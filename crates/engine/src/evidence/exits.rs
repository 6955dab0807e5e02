//! Does anything leave? This engine has no way out, so every entry must be of an act that stays inside.

use super::{findings::Findings, probe::Look};
use crate::refusal::Refusal;

#[expect(clippy::unnecessary_wraps, reason = "all probes have one form")]
pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("entries, none of which leaves the server,");
    found.looked_at("", look.entries.seen.len() as u64);
    for _ in 0..look.entries.unknown {
        found.looked("");
        found.broken("", "of an act that nobody knows");
    }
    Ok(found)
}
