//! A version that waits for its notice: announced, told to whom it concerns, taken back or in force when its
//! time has come. What control.db says is what is so; each workspace follows it, whatever a crash left out.

use std::{collections::BTreeMap, sync::Arc};

use serde::{Deserialize, Serialize};
use store::{Link, Tx, value::one};

use super::{Next, Obstacle, Outcome, carries, needed, publisher, sql};
use crate::{
    certificate,
    clock::Reading,
    control::{Announced, Control, Listed},
    ctx::{Actor, Ctx},
    deployment::Deployment,
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    notice,
    refusal::Refusal,
};

/// What was announced, as the journal carries it: a backup of before does not know it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Announcement {
    number: u64,
    version: String,
    source: String,
    made: i64,
    effective: i64,
    lead: i64,
}

/// An announced version with what stands against it now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pending {
    /// The company.
    pub company: String,
    /// What was announced.
    pub announced: Announced,
    /// Whether its time has come.
    pub due: bool,
    /// Why it could not come into force now.
    pub obstacles: Vec<Obstacle>,
}

/// How long an announced version that something stands against waits before it is tried again.
const AGAIN: i64 = 60_000_000;
/// People told in one commit.
const BATCH: u32 = 500;

impl Deployment {
    /// Announces a version and tells everybody whom it concerns.
    pub(super) fn announce(&self, next: &Next) -> Result<(), Refusal> {
        let control = self.control();
        let (now, published) = (next.now, &next.published);
        let newest = control.newest_announcement(next.publisher)?;
        let lead = if next.needed.notice.is_some() { published.at - now } else { 0 };
        let announced = Announced {
            id: newest.map_or(1, |newest| newest.id + 1),
            number: published.number,
            version: next.in_force.policy.version.clone(),
            source: published.source.clone(),
            hash: published.hash,
            made: now,
            effective: published.at,
            lead,
            cancelled: None,
        };
        control.announce(next.publisher, &announced)?;
        self.follow(next.publisher)
    }

    /// Takes a company's announced version back, while it is not in force. Answers the name of the version.
    pub fn cancel(&self, company: &str) -> Result<String, Refusal> {
        let _one = self.publishing();
        let control = self.control();
        let publishers = control.publishers()?;
        let found = publishers.into_iter().find(|(_, name)| name == company);
        let Some((publisher, _)) = found else {
            return Err(Refusal::Refused("no workspace has a policy of this company".to_owned()));
        };
        let Some(announced) = control.announced(publisher)? else {
            let newest = control.newest_announcement(publisher)?;
            return Err(Refusal::Conflict {
                reason: match newest.filter(|one| one.cancelled.is_none()) {
                    Some(_) => "the announced version is in force already",
                    None => "no version is announced",
                },
            });
        };
        control.cancel(publisher, announced.id, self.reading().now)?;
        self.follow(publisher)?;
        Ok(announced.version)
    }

    /// Brings every workspace of a company to what is announced.
    fn follow(&self, publisher: u64) -> Result<(), Refusal> {
        for (_, ws) in self.of_company(publisher)? {
            let ctx = self.ctx(Arc::clone(&ws), Actor::janji());
            let followed = follow(&ctx, publisher);
            if followed.is_err() {
                ws.abandon();
            }
            followed?;
            tell(&ctx, publisher)?;
        }
        Ok(())
    }

    /// Puts announced versions in force whose notice has run out. Both sources of time must agree: a clock
    /// that jumps ahead brings nothing into force.
    pub(crate) fn come_into_force(&self) -> Result<(), Refusal> {
        let reading = self.reading();
        if reading.now != reading.settled {
            return Ok(());
        }
        for (publisher, _) in self.control().publishers()? {
            let due = self.control().announced(publisher)?;
            if due.is_some_and(|due| due.effective <= reading.settled)
                && !self.tried(publisher, reading.settled)
            {
                self.takes_effect(publisher, reading)?;
            }
        }
        Ok(())
    }

    fn takes_effect(&self, publisher: u64, reading: Reading) -> Result<(), Refusal> {
        let _one = self.publishing();
        // It may have been taken back meanwhile.
        let Some((announced, coming)) = self.control().coming(publisher)? else { return Ok(()) };
        if self.control().publisher_ended(publisher)?.is_some() {
            return Ok(());
        }
        let listed = self.workspaces()?.into_iter().filter(|one| one.publisher == publisher);
        let Some(told) = self.told(listed, &announced)? else { return Ok(()) };
        if told.saturating_add(announced.lead).max(announced.effective) > reading.settled {
            return Ok(());
        }
        let published = announced.published(reading.settled, Some(told));
        let before = self.control().version(publisher, None)?;
        let next = before.followed_by(&published, coming.policy.clone());
        if let Outcome::Refused(_) = self.put_in_force(publisher, &published, &next)? {
            self.try_again(publisher, reading.settled + AGAIN);
        }
        Ok(())
    }

    /// When the last of those who were there at the announcement had been told; `None` while some have not.
    fn told(
        &self,
        listed: impl Iterator<Item = Listed>,
        announced: &Announced,
    ) -> Result<Option<i64>, Refusal> {
        let mut last = announced.made;
        // A workspace that was made since reads the announcement from its first day.
        for one in listed.filter(|one| one.made <= announced.made) {
            let state = self.workspace(one.number)?.read(|link| standing(link))?;
            match state.filter(|state| state.id == announced.id).and_then(|state| state.told) {
                Some(told) => last = last.max(told),
                None => return Ok(None),
            }
        }
        Ok(Some(last))
    }

    /// Every announced version, with what stands against it.
    pub fn pending(&self) -> Result<Vec<Pending>, Refusal> {
        let settled = self.reading().settled;
        let mut all = Vec::new();
        for (publisher, company) in self.control().publishers()? {
            let Some((announced, coming)) = self.control().coming(publisher)? else { continue };
            let obstacles = self.obstacles(&self.of_company(publisher)?, &coming)?;
            let due = announced.effective <= settled;
            all.push(Pending { company, announced, due, obstacles });
        }
        Ok(all)
    }
}

/// Which announcement a workspace knows, and how far its people were told.
struct Standing {
    id: u64,
    /// The number of the person who is next.
    upto: u64,
    told: Option<i64>,
    number: u64,
    made: i64,
}

/// The number of the version that a workspace knows to be announced, and when it was.
pub(crate) fn known(link: &mut dyn Link) -> Result<Option<(u64, i64)>, Refusal> {
    Ok(standing(link)?.map(|state| (state.number, state.made)))
}

fn standing(link: &mut dyn Link) -> Result<Option<Standing>, Refusal> {
    Ok(one(link, sql::ANNOUNCED, &[], |row| {
        Ok(Standing {
            id: row.number(0)?,
            upto: row.number(1)?,
            told: row.maybe_int(2)?,
            number: row.number(3)?,
            made: row.int(4)?,
        })
    })?)
}

/// Brings a workspace to what is announced: what control.db knows and this workspace does not is a fact of
/// it now, and an announcement that was taken back is taken back here.
pub(crate) fn follow(ctx: &Ctx, publisher: u64) -> Result<(), Refusal> {
    let newest = ctx.ws.control().newest_announcement(publisher)?;
    let Some(newest) = newest else { return Ok(()) };
    let known = ctx.ws.read(standing)?;
    let stands = ctx.ws.control().announced(publisher)?.is_some();
    let fact = match (known, stands) {
        (None, true) => {
            let carried = carries(ctx, publisher)?.then(|| Box::new(carried(&newest)));
            Fact::Announced { id: newest.id, announced: carried }
        }
        (Some(known), true) if known.id != newest.id => {
            // The one before was taken back while this workspace did not look.
            Fact::Cancelled { id: known.id, at: ctx.now }
        }
        (Some(known), false) if newest.cancelled.is_some() => {
            Fact::Cancelled { id: known.id, at: newest.cancelled.unwrap_or(ctx.now) }
        }
        _ => return Ok(()),
    };
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| fact::take_away(&act, tx, &fact))?;
    // After what was taken back comes what stands.
    follow(ctx, publisher)
}

fn carried(announced: &Announced) -> Announcement {
    Announcement {
        number: announced.number,
        version: announced.version.clone(),
        source: announced.source.clone(),
        made: announced.made,
        effective: announced.effective,
        lead: announced.lead,
    }
}

/// Makes an announcement known in a workspace: now, or when a replay comes to it.
pub(crate) fn apply(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    id: u64,
    announced: Option<&Announcement>,
) -> Result<(), Refusal> {
    let control: &Control = ctx.ws.control();
    let publisher = publisher(ctx)?;
    if let Some(carried) = announced {
        let new = Announced {
            id,
            number: carried.number,
            version: carried.version.clone(),
            source: carried.source.clone(),
            hash: crypto::sha256(&[carried.source.as_bytes()]),
            made: carried.made,
            effective: carried.effective,
            lead: carried.lead,
            cancelled: None,
        };
        control.announce(publisher, &new)?;
    }
    let Some(newest) = control.newest_announcement(publisher)?.filter(|one| one.id == id) else {
        return Ok(());
    };
    let (number, made) = (newest.number, newest.made);
    if tx.run(sql::ANNOUNCE, &[id.into(), number.into(), made.into()])? == 0 {
        return Ok(());
    }
    ctx.ws.set_announced(Some((number, made)));
    note(ctx, tx, &newest.version, &newest.hash)
}

/// Takes an announcement back in a workspace: whoever was told of it is told that too.
pub(crate) fn withdraw(ctx: &Ctx, tx: &mut Tx<'_>, id: u64, at: i64) -> Result<(), Refusal> {
    let control: &Control = ctx.ws.control();
    control.cancel(publisher(ctx)?, id, at)?;
    if tx.run(sql::OVER, &[id.into()])? == 0 {
        return Ok(());
    }
    ctx.ws.set_announced(None);
    notice::take_back(tx, notice::Kind::PolicyChange, id, at)?;
    note(ctx, tx, "taken back", &[])
}

/// An announced version came into force: nothing is announced any more.
pub(super) fn is_over(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    let control: &Control = ctx.ws.control();
    let newest = control.newest_announcement(publisher(ctx)?)?;
    let number = ctx.ws.policy().number;
    if let Some(over) = newest.filter(|one| one.number <= number && one.cancelled.is_none()) {
        tx.run(sql::OVER, &[over.id.into()])?;
        ctx.ws.set_announced(None);
    }
    Ok(())
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>, what: &str, hash: &[u8]) -> Result<(), Refusal> {
    let hash = certificate::hex(hash);
    let entry = Entry {
        act: Act::Announce,
        stream: Stream::Proof,
        subject: None,
        purpose: what,
        rule: hash.get(..32).unwrap_or("policy"),
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

/// Tells everybody whom the announced version concerns and who was not told yet: at first all who are there,
/// later those who came since. Done again it tells nobody twice.
pub(crate) fn tell(ctx: &Ctx, publisher: u64) -> Result<(), Refusal> {
    loop {
        let Some(state) = ctx.ws.read(standing)? else { return Ok(()) };
        let people: Vec<(u64, String)> = ctx.ws.read(|link| {
            let values = [state.upto.into(), BATCH.into()];
            let row = |row: store::Row<'_>| Ok((row.number(0)?, row.text(1)?));
            Ok(store::value::all(link, sql::TO_TELL, &values, row)?)
        })?;
        let Some((last, _)) = people.last() else {
            if state.told.is_none() {
                let (id, now) = (state.id, ctx.now);
                ctx.ws.act(ctx, move |tx| Ok(tx.run(sql::ALL_TOLD, &[id.into(), now.into()])?))?;
            }
            return Ok(());
        };
        let Some((announced, coming)) = ctx.ws.control().coming(publisher)? else { return Ok(()) };
        let needed = needed::of(&ctx.ws.policy().policy, &coming.policy);
        let (act, next) = (ctx.clone(), *last + 1);
        ctx.ws.act(ctx, move |tx| {
            for (number, kinds) in &people {
                let concerned = kinds.split_whitespace().any(|kind| needed.whom.contains(kind));
                if concerned {
                    let new = notice::New {
                        subject: *number,
                        kind: notice::Kind::PolicyChange,
                        rule: needed.row(),
                        about: announced.id,
                        effective: Some(announced.effective),
                    };
                    notice::tell(&act, tx, &new)?;
                }
            }
            Ok(tx.run(sql::TELL_FROM, &[announced.id.into(), next.into()])?)
        })?;
    }
}

/// Announced versions that were tried in vain, by publisher, with the time of the next try.
pub(crate) type Tries = BTreeMap<u64, i64>;

#[cfg(test)]
pub(crate) mod tests;
