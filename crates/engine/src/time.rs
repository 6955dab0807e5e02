//! Microseconds to civil time and back.

use jiff::{Timestamp, tz::TimeZone};

/// The timestamp of microseconds since 1970; times that no calendar has become the nearest one.
pub fn timestamp(micros: i64) -> Timestamp {
    Timestamp::from_microsecond(micros).unwrap_or(if micros < 0 {
        Timestamp::MIN
    } else {
        Timestamp::MAX
    })
}

/// The start of the day, in a zone, that holds this time.
pub fn day_start(micros: i64, zone: &TimeZone) -> i64 {
    let day = timestamp(micros).to_zoned(zone.clone());
    day.start_of_day().map_or(micros, |start| start.timestamp().as_microsecond())
}

/// As RFC 3339 in UTC, to the second.
pub fn rfc3339(micros: i64) -> String {
    let moment = timestamp(micros);
    Timestamp::from_second(moment.as_second()).unwrap_or(moment).to_string()
}

/// The date in a zone, as `2026-03-01`.
pub fn date(micros: i64, zone: &TimeZone) -> String {
    timestamp(micros).to_zoned(zone.clone()).date().to_string()
}

/// Reads RFC 3339.
pub fn parse(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}
