//! Minors: the day of birth of those for whom others must agree, and of nobody else. It lies sealed under the
//! person's ledger key and is gone when they come of age.

mod sql;

use jiff::civil::Date;
use policy::{Chosen, MinAge, Period, Unit};
use store::{
    Link, Slot, StoreError, Tx,
    value::{all, one},
};

use crate::{ctx::Ctx, refusal::Refusal, setting};

/// The kind byte of a sealed day of birth.
pub(crate) const KIND: u8 = b'A';

/// The rule of the youngest age.
pub(crate) const RULE: &str = "children.min_age";

/// Reads a day of birth; one to come is none.
pub(crate) fn read(ctx: &Ctx, text: &str) -> Result<Date, Refusal> {
    let refused = || Refusal::invalid("born", "a date such as 2012-03-01, not to come");
    let born: Date = text.parse().map_err(|_| refused())?;
    // The parser of dates takes more than a date.
    if born.to_string() != text || reaches(ctx, born, 0) > ctx.now {
        return Err(refused());
    }
    Ok(born)
}

/// When somebody born on this day reaches an age: as that day begins where the company is. Who was born on
/// 29 February does so on 1 March.
pub(crate) fn reaches(ctx: &Ctx, born: Date, years: u32) -> i64 {
    let in_force = ctx.ws.policy();
    let zone = &in_force.policy.company.zone;
    let Ok(start) = born.to_zoned(zone.clone()) else { return i64::MAX };
    let age = Period { count: years, unit: Unit::Year };
    age.due(start.timestamp(), zone).as_microsecond()
}

/// The youngest age that is accepted here, where the policy names one.
fn min_age(ctx: &Ctx) -> Option<u32> {
    match &ctx.ws.policy().policy.children.as_ref()?.min_age {
        MinAge::Years(years) => Some(*years),
        MinAge::Setting(name) => match setting::value(ctx, name) {
            Some(Chosen::Number(years)) => u32::try_from(years).ok(),
            _ => None,
        },
    }
}

/// Whether somebody born on this day is old enough to be accepted at all.
pub(crate) fn accepts(ctx: &Ctx, born: Date) -> Result<(), Refusal> {
    match min_age(ctx) {
        // A clock that jumped ahead makes nobody older.
        Some(years) if reaches(ctx, born, years) > ctx.settled => {
            Err(Refusal::Denied { reason: "too_young", rule: RULE.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Whether others must agree for such a person. Where a country decides and none is known, they must.
pub(crate) fn needs_approval(
    ctx: &Ctx,
    born: Date,
    people: &[String],
    country: Option<&str>,
) -> bool {
    let in_force = ctx.ws.policy();
    let children = in_force.policy.children.as_ref();
    let Some(approval) = children.and_then(|children| children.approval.as_ref()) else {
        return false;
    };
    let kind = approval.only.is_empty() || people.iter().any(|one| approval.only.contains(one));
    let here = approval.countries.is_empty()
        || country.is_none_or(|own| approval.countries.iter().any(|known| known == own));
    kind && here && reaches(ctx, born, approval.under) > ctx.settled
}

/// Keeps the day of birth of a new person.
pub(crate) fn put(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    subject: u64,
    slot: Slot,
    born: Date,
) -> Result<(), Refusal> {
    let nonce = crypto::random(tx.rng());
    let text = born.to_string();
    let place = place(ctx, subject, slot);
    let sealed = crypto::seal(&tx.key(slot)?, KIND, &place, nonce, text.as_bytes());
    tx.run(sql::ADD, &[subject.into(), slot.into(), (&sealed).into()])?;
    Ok(())
}

/// The place that binds a day of birth to its person.
pub(crate) fn place(ctx: &Ctx, subject: u64, slot: Slot) -> crypto::Place<'static> {
    crypto::Place {
        workspace: ctx.ws.number(),
        subject,
        category: "minor",
        record: subject,
        schema: 1,
        slot,
    }
}

/// A person's day of birth, while it is kept.
pub(crate) fn born(ctx: &Ctx, link: &mut dyn Link, subject: u64) -> Result<Option<Date>, Refusal> {
    let row = one(link, sql::FIND, &[subject.into()], |row| Ok((row.small(0)?, row.bytes(1)?)))?;
    let Some((slot, sealed)) = row else { return Ok(None) };
    open(ctx, subject, slot, &sealed)
}

/// Opens a day of birth; `None` when its key died with the person.
pub(crate) fn open(
    ctx: &Ctx,
    subject: u64,
    slot: Slot,
    sealed: &[u8],
) -> Result<Option<Date>, Refusal> {
    let key = match ctx.ws.key(slot) {
        Ok(key) => key,
        Err(StoreError::KeyDestroyed) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let plain = crypto::open(&key, KIND, &place(ctx, subject, slot), sealed)?;
    let born = std::str::from_utf8(&plain).ok().and_then(|text| text.parse().ok());
    born.map(Some).ok_or(Refusal::Store(StoreError::Damaged { what: "a day of birth" }))
}

/// Whether others answer for a person at a time.
pub(crate) fn is(ctx: &Ctx, link: &mut dyn Link, subject: u64, at: i64) -> Result<bool, Refusal> {
    let Some(years) = under(ctx) else { return Ok(false) };
    Ok(born(ctx, link, subject)?.is_some_and(|born| reaches(ctx, born, years) > at))
}

fn under(ctx: &Ctx) -> Option<u32> {
    let in_force = ctx.ws.policy();
    let children = in_force.policy.children.as_ref()?;
    children.approval.as_ref().map(|approval| approval.under)
}

/// Those whose day of birth decides nothing any more by the settled time: they came of age, or no rule asks.
pub(crate) fn grown(ctx: &Ctx, link: &mut dyn Link) -> Result<Vec<(u64, Slot)>, Refusal> {
    let under = under(ctx);
    let mut grown = Vec::new();
    for (subject, slot, sealed) in
        all(link, sql::ALL, &[], |row| Ok((row.number(0)?, row.small(1)?, row.bytes(2)?)))?
    {
        let Some(born) = open(ctx, subject, slot, &sealed)? else { continue };
        if under.is_none_or(|years| reaches(ctx, born, years) <= ctx.settled) {
            grown.push((subject, slot));
        }
    }
    Ok(grown)
}

/// Deletes a day of birth; answers whether there was one.
pub(crate) fn forget(tx: &mut Tx<'_>, subject: u64) -> Result<bool, Refusal> {
    Ok(tx.run(sql::FORGET, &[subject.into()])? > 0)
}
