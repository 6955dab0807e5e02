//! Versions that are announced and not in force yet. The newest row of a publisher stands until it is taken
//! back, or until its number is that of a version in force.

use std::sync::{Arc, PoisonError};

use store::{Link, StoreError, value::one};

use super::{Control, Published, sql, understood};
use crate::{refusal::Refusal, workspace::InForce};

/// A version that was announced.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Announced {
    /// The number of the announcement at its publisher.
    pub id: u64,
    /// The number that the version will have.
    pub number: u64,
    /// The company's own name of the version.
    pub version: String,
    /// Its source.
    pub source: String,
    /// SHA-256 of the source.
    pub hash: [u8; 32],
    /// When it was announced.
    pub made: i64,
    /// The first moment at which it may come into force.
    pub effective: i64,
    /// How long people are told before, in microseconds.
    pub lead: i64,
    /// When it was taken back.
    pub cancelled: Option<i64>,
}

impl Announced {
    /// The version as it will be published.
    pub(crate) fn published(&self, at: i64, told: Option<i64>) -> Published {
        Published { number: self.number, source: self.source.clone(), hash: self.hash, at, told }
    }
}

impl Control {
    /// Announces a version; an announcement of this number that is there stays as it is.
    pub(crate) fn announce(&self, publisher: u64, new: &Announced) -> Result<(), StoreError> {
        let values = [
            publisher.into(),
            new.id.into(),
            new.number.into(),
            (&new.version).into(),
            (&new.source).into(),
            (&new.hash).into(),
            new.made.into(),
            new.effective.into(),
            new.lead.into(),
        ];
        self.link().run(sql::ANNOUNCE, &values).map(|_| ())
    }

    /// Takes an announcement back; the first time counts.
    pub(crate) fn cancel(&self, publisher: u64, id: u64, at: i64) -> Result<(), StoreError> {
        self.link().run(sql::CANCEL, &[publisher.into(), id.into(), at.into()]).map(|_| ())
    }

    /// The newest announcement of a publisher, whatever became of it.
    pub(crate) fn newest_announcement(
        &self,
        publisher: u64,
    ) -> Result<Option<Announced>, StoreError> {
        one(&mut *self.link(), sql::ANNOUNCED, &[publisher.into()], |row| {
            Ok(Announced {
                id: row.number(0)?,
                number: row.number(1)?,
                version: row.text(2)?,
                source: row.text(3)?,
                hash: row.array(4)?,
                made: row.int(5)?,
                effective: row.int(6)?,
                lead: row.int(7)?,
                cancelled: row.maybe_int(8)?,
            })
        })
    }

    /// The version that is announced and neither taken back nor in force.
    pub fn announced(&self, publisher: u64) -> Result<Option<Announced>, StoreError> {
        let newest = self.newest_announcement(publisher)?;
        let Some(standing) = newest.filter(|one| one.cancelled.is_none()) else { return Ok(None) };
        let in_force = self.policy(publisher)?.map_or(0, |published| published.number);
        Ok(Some(standing).filter(|one| one.number > in_force))
    }

    /// The announced version, as it will be when it comes into force at its first moment.
    pub fn coming(&self, publisher: u64) -> Result<Option<(Announced, Arc<InForce>)>, Refusal> {
        let Some(announced) = self.announced(publisher)? else { return Ok(None) };
        let mut known = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((id, coming)) = known.get(&publisher)
            && *id == announced.id
        {
            return Ok(Some((announced, Arc::clone(coming))));
        }
        let now = self.version(publisher, None)?;
        let published = announced.published(announced.effective, Some(announced.made));
        let coming = Arc::new(now.followed_by(&published, understood(&announced.source)?));
        known.insert(publisher, (announced.id, Arc::clone(&coming)));
        Ok(Some((announced, coming)))
    }
}
