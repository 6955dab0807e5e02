//! Is the policy that the page shows the one that is in force, the one that was published and the one that
//! the ledger says?

use super::{findings::Findings, probe::Look, sql};
use crate::{
    certificate::hex,
    entry::{self, Act},
    refusal::Refusal,
};

/// The words of a hash in an entry.
const SHOWN: usize = 32;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("published policies");
    let control = look.ctx.ws.control();
    let number = look.ctx.ws.number();
    let listed = control.workspaces()?.into_iter().find(|one| one.number == number);
    let published = match listed {
        Some(listed) => control.policy(listed.publisher)?,
        None => None,
    };
    found.looked("");
    let Some(published) = published else {
        found.broken("", "not published");
        return Ok(found);
    };
    let source = crypto::sha256(&[published.source.as_bytes()]);
    let in_force = look.ctx.ws.policy();
    let same = source == published.hash && source == in_force.hash;
    found.broken_if(!same, "", "not the one in force");
    let shown = hex(&source);
    let entered = entered(look)?;
    found.broken_if(entered.as_deref() != shown.get(..SHOWN), "", "not the one in the ledger");
    for language in &look.policy.languages {
        let page = look.policy.document(language, &policy::View::default());
        let promises = look.policy.rows.iter().filter(|row| covers_some(row));
        for _ in promises.filter(|row| !page.shows(&row.path)) {
            found.broken("", "rows not on the page");
        }
    }
    Ok(found)
}

fn covers_some(row: &policy::Row) -> bool {
    !row.covers.is_empty() || row.keys.iter().any(|key| !key.covers.is_empty())
}

/// The hash in the entry with which the policy in force began; another one since then contradicts it.
fn entered(look: &mut Look<'_>) -> Result<Option<String>, Refusal> {
    let recent = look.entries.seen.iter().rev().find(|seen| seen.detail.act == Act::Policy);
    if let Some(seen) = recent {
        return Ok(Some(seen.detail.rule.clone()));
    }
    let number = store::value::one(look.link, sql::POLICY_ENTRY, &[], |row| row.number(0))?;
    let Some(number) = number else { return Ok(None) };
    let detail = entry::detail(look.ctx, look.link, number)?;
    Ok(detail.filter(|one| one.act == Act::Policy).map(|one| one.rule))
}
