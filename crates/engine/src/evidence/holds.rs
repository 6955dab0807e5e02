//! Did every hold win: is all that it covers still there, with a key?

use store::value::all;

use super::{findings::Findings, probe::Look, sample::Standing, sql};
use crate::{ids::Rid, refusal::Refusal};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("holds and held records");
    let sample = look.sample;
    for hold in sample.bars.iter().filter(|bar| bar.kind == "hold") {
        found.looked("");
        for head in look.heads_of(hold.subject)? {
            let line = look.line(&head)?;
            if !hold.is_over(&line) {
                continue;
            }
            found.looked("");
            let keyless = look.lost_its_key(&head)?;
            found.broken_if(keyless, "", "held records without a key");
        }
        taken(look, hold, &mut found)?;
    }
    Ok(found)
}

/// No erasure that began after the hold took anything of its scope. What was a part says what it was as
/// long as its whole is there; of the rest only holds over everything or over one record can tell.
fn taken(look: &mut Look<'_>, hold: &Standing, found: &mut Findings) -> Result<(), Refusal> {
    let (first, last) = Rid::range(hold.subject);
    let taken =
        all(look.link, sql::TAKEN, &[hold.since.into(), first.into(), last.into()], |row| {
            Ok((row.number(0)?, row.maybe_text(1)?))
        })?;
    let wrong = taken.iter().any(|(rid, category)| match (hold.rid, &hold.category) {
        (Some(one), _) => one == *rid,
        (None, Some(kind)) => category.as_ref() == Some(kind),
        (None, None) => true,
    });
    found.broken_if(wrong, "", "erased although they were held");
    if let Some(rid) = hold.rid {
        found.broken_if(look.head(rid)?.is_none(), "", "held records that are gone");
    }
    Ok(())
}
