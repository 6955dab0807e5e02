//! Steps of a case: how long each may take, by the policy and by the law.

use jiff::{Timestamp, tz::TimeZone};

use crate::period::{Period, Unit};

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
        match law(asked, country).filter(|_| self.capped) {
            Some(law) => own.min(law.deadline(received, zone)),
            None => own,
        }
    }
}

/// Where a month is the law: the European Economic Area and the United Kingdom.
const EUROPE: &[&str] = &[
    "AT", "BE", "BG", "CY", "CZ", "DE", "DK", "EE", "ES", "EU", "FI", "FR", "GB", "GR", "HR", "HU",
    "IE", "IS", "IT", "LI", "LT", "LU", "LV", "MT", "NL", "NO", "PL", "PT", "RO", "SE", "SI", "SK",
];

/// The law's term for an answer. Law 27 of 2022 of Indonesia gives three times twenty-four hours for access,
/// correction, restriction and the end of a use (Art. 32, 34, 40, 41); Art. 12(3) GDPR and its British twin a
/// month; the Australian Privacy Act thirty days (APP 12.4).
fn law(asked: &str, country: &str) -> Option<Period> {
    const QUICK: &[&str] = &["access", "correction", "restriction", "objection", "withdrawal"];
    let (count, unit) = match country {
        "ID" if QUICK.contains(&asked) => (72, Unit::Hour),
        "AU" => (30, Unit::Day),
        country if EUROPE.contains(&country) => (1, Unit::Month),
        _ => return None,
    };
    Some(Period { count, unit })
}
