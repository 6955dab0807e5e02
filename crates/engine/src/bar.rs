//! Bars: whatever forbids use or deletion. Decisions and deleters ask the same table.

mod sql;

use serde::{Deserialize, Serialize};
use store::{Link, Tx, value::all};

use crate::{ids::Rid, refusal::Refusal};

/// Why a bar stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A legal hold: nothing of its scope is deleted.
    Hold,
    /// The person asked that the data be stored only (GDPR Art. 18).
    Restriction,
    /// As [`Kind::Restriction`], and the person needs the data for a claim: deletion waits too.
    RestrictionForClaim,
    /// The person objected to one purpose (GDPR Art. 21).
    Objection,
    /// The person is being erased; what a hold keeps is used for nothing else.
    Condemned,
}

impl Kind {
    fn word(self) -> &'static str {
        match self {
            Kind::Hold => "hold",
            Kind::Restriction => "restriction",
            Kind::RestrictionForClaim => "restriction_for_claim",
            Kind::Objection => "objection",
            Kind::Condemned => "condemned",
        }
    }

    fn parse(word: &str) -> Result<Kind, store::StoreError> {
        [Kind::Hold, Kind::Restriction, Kind::RestrictionForClaim, Kind::Objection, Kind::Condemned]
            .into_iter()
            .find(|kind| kind.word() == word)
            .ok_or(store::StoreError::Damaged { what: "a bar" })
    }
}

/// One bar. A scope that names a category or record is narrower than the person.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// Its number.
    pub id: u64,
    /// Why it stands.
    pub kind: Kind,
    /// Whose data.
    pub subject: u64,
    /// One record and its parts only.
    pub rid: Option<u64>,
    /// One category and its parts only.
    pub category: Option<String>,
    /// One purpose only.
    pub purpose: Option<String>,
    /// Whether use is forbidden.
    pub forbids_use: bool,
    /// Whether deletion is forbidden.
    pub forbids_delete: bool,
    /// Since when.
    pub since: i64,
}

/// Where a record stands, for the scope of a bar: itself and the wholes above it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lineage {
    /// The record first, then each whole above it.
    pub rids: Vec<u64>,
    /// Their categories, in the same order.
    pub categories: Vec<String>,
}

impl Bar {
    /// Whether the bar covers something with this lineage.
    pub fn covers(&self, lineage: &Lineage) -> bool {
        self.rid.is_none_or(|rid| lineage.rids.contains(&rid))
            && self.category.as_ref().is_none_or(|own| lineage.categories.contains(own))
    }
}

/// The bars that stand against a subject now.
pub fn of(link: &mut dyn Link, subject: u64) -> Result<Vec<Bar>, Refusal> {
    Ok(all(link, sql::OF, &[subject.into()], |row| {
        Ok(Bar {
            id: row.number(0)?,
            kind: Kind::parse(&row.text(1)?)?,
            subject: row.number(2)?,
            rid: row.maybe_number(3)?,
            category: row.maybe_text(4)?,
            purpose: row.maybe_text(5)?,
            forbids_use: row.flag(6)?,
            forbids_delete: row.flag(7)?,
            since: row.int(8)?,
        })
    })?)
}

/// Whether some bar forbids deleting what has this lineage.
pub fn forbids_delete(bars: &[Bar], lineage: &Lineage) -> bool {
    bars.iter().any(|bar| bar.forbids_delete && bar.covers(lineage))
}

/// Puts a bar in place; it is there once, however often it is put.
pub(crate) fn put(tx: &mut Tx<'_>, bar: &Bar) -> Result<(), Refusal> {
    let purpose = bar.purpose.as_deref();
    tx.run(
        sql::PUT,
        &[
            bar.id.into(),
            bar.kind.word().into(),
            bar.subject.into(),
            bar.rid.into(),
            bar.category.as_deref().into(),
            purpose.into(),
            bar.forbids_use.into(),
            bar.forbids_delete.into(),
            bar.since.into(),
        ],
    )?;
    Ok(())
}

/// Lifts a bar. What waited for it enters the sweep again.
pub(crate) fn lift(tx: &mut Tx<'_>, bar: u64, at: i64) -> Result<(), Refusal> {
    tx.run(sql::LIFT, &[bar.into(), at.into()])?;
    if let Some(subject) = tx.one(sql::SUBJECT, &[bar.into()], |row| row.number(0))? {
        let (first, last) = Rid::range(subject);
        tx.run(sql::AWAKE, &[first.into(), last.into()])?;
    }
    Ok(())
}

/// Whether a bar still stands.
pub(crate) fn stands(link: &mut dyn Link, bar: u64) -> Result<bool, Refusal> {
    Ok(store::value::one(link, sql::STANDS, &[bar.into()], |row| row.int(0))?.is_some())
}
