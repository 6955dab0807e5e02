//! Steps of a case: how long each may take, by the policy and by the law.

use jiff::{Timestamp, tz::TimeZone};

use crate::{law, period::Period};

/// One step of a case and when it is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step {
    /// How long it may take from the receipt.
    pub within: Period,
    /// Whether the law's term holds where it is shorter.
    pub capped: bool,
}

impl Step {
    /// When it is due for somebody who lives in a country and asked for something then: the earlier of the
    /// company's own term and the law's.
    pub fn due(
        &self,
        asked: &str,
        country: &str,
        received: Timestamp,
        zone: &TimeZone,
    ) -> Timestamp {
        let own = self.within.deadline(received, zone);
        match law::term(asked, country).filter(|_| self.capped) {
            Some(law) => own.min(law.deadline(received, zone)),
            None => own,
        }
    }
}
