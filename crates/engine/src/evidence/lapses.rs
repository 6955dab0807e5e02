//! Were the people of unused accounts told in time, and are the accounts closed? Last uses and lapses are
//! reckoned anew from the policy file, the events and the notices.

use policy::{Anchor, Category, Period};
use store::value::one;

use super::{
    findings::Findings,
    probe::{LATE, Look},
    sample::Head,
    sql,
};
use crate::{entry::Act, ids::Rid, refusal::Refusal, time};

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("accounts that may lapse");
    let sample = look.sample;
    for head in sample.heads.iter().filter(|head| head.job.is_none()) {
        let category = sample.category(head).and_then(|id| look.policy.category(id));
        if let Some(category) = category.filter(|one| one.lapses.is_some()) {
            account(look, head, category, &mut found)?;
        }
    }
    Ok(found)
}

/// What the rows say of one account.
struct Account {
    lapse: i64,
    told: Option<(i64, i64)>,
    closed: Option<i64>,
}

fn gather(
    look: &mut Look<'_>,
    head: &Head,
    category: &Category,
) -> Result<Option<Account>, Refusal> {
    let Some(lapses) = &category.lapses else { return Ok(None) };
    let counted = match &lapses.anchor {
        Anchor::Event { event, .. } => event.as_str(),
        _ => "restored",
    };
    let (mut last, mut closed) = (head.at, None);
    for (name, at) in look.events(head.rid)? {
        let own = name.strip_prefix(category.id.as_str()).and_then(|rest| rest.strip_prefix('.'));
        match own {
            Some("closed") => closed = Some(at),
            Some(event) if event == counted || event == "restored" => last = last.max(at),
            _ => {}
        }
    }
    let told = one(look.link, sql::TOLD_OF_LAPSE, &[head.rid.into()], |row| {
        Ok((row.int(0)?, row.int(1)?))
    })?;
    Ok(Some(Account { lapse: due(look, lapses.period, last), told, closed }))
}

fn due(look: &Look<'_>, period: Period, at: i64) -> i64 {
    period.due(time::timestamp(at), &look.policy.company.zone).as_microsecond()
}

/// Since when a lapse holds that no event says yet.
pub(super) fn lapsed(
    look: &mut Look<'_>,
    head: &Head,
    category: &Category,
) -> Result<Option<i64>, Refusal> {
    let Some(account) = gather(look, head, category)? else { return Ok(None) };
    let at = account.told.map(|(_, effective)| effective.max(account.lapse));
    Ok(at.filter(|at| account.closed.is_none() && *at <= look.ctx.now))
}

fn account(
    look: &mut Look<'_>,
    head: &Head,
    category: &Category,
    found: &mut Findings,
) -> Result<(), Refusal> {
    let row = format!("data.{}", category.id);
    found.looked(&row);
    let Some(account) = gather(look, head, category)? else { return Ok(()) };
    let before = look.policy.notice("lapse").and_then(|notice| notice.before);
    let before = before.unwrap_or(Period::ZERO);
    if let Some((made, effective)) = account.told {
        let late = effective < due(look, before, made);
        found.broken_if(late, &row, "told too late");
    }
    let person = Rid(head.rid).subject();
    let barred = |bar: &super::sample::Standing| bar.kind == "condemned" && bar.subject == person;
    if look.sample.bars.iter().any(barred) {
        return Ok(());
    }
    let Some(closed) = account.closed else {
        open(look, &account, before, &row, found);
        return Ok(());
    };
    // An account that its person closed was told of nothing; one that Janji closed was.
    let rule = format!("data.{}.lapses", category.id);
    let by_lapse = look.entries.seen.iter().any(|seen| {
        seen.detail.act == Act::Event
            && seen.detail.rule == rule
            && seen.detail.record == Some(head.rid)
            && seen.detail.at >= closed
    });
    let told = account.told.is_some_and(|(_, effective)| effective <= closed);
    found.broken_if(by_lapse && !told, &row, "closed untold");
    found.broken_if(by_lapse && closed < account.lapse, &row, "closed before their lapse");
    Ok(())
}

/// One that is open was told in time, or its lapse is still far.
fn open(look: &Look<'_>, account: &Account, before: Period, row: &str, found: &mut Findings) {
    found.next(row, account.lapse);
    let hour_ago = look.ctx.settled.saturating_sub(LATE);
    if let Some((_, effective)) = account.told {
        let late = hour_ago > effective.max(account.lapse);
        found.broken_if(late, row, "open after their lapse");
    } else {
        let missed = due(look, before, hour_ago) > account.lapse;
        found.broken_if(missed, row, "not told of their lapse");
    }
}
