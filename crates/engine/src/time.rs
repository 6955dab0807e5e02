//! Microseconds to civil time and back.

use jiff::{Timestamp, civil::Date, tz::TimeZone};
use policy::{Period, Unit};

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

/// The moment at which a period has run in full since this one: at the same time of the day, on the day on
/// which it is over, so that 14 days are never a day and a part less.
pub fn later(period: Period, micros: i64, zone: &TimeZone) -> i64 {
    let from = timestamp(micros);
    let due = period.due(from, zone);
    if due == Timestamp::MAX || matches!(period.unit, Unit::Minute | Unit::Hour) {
        return due.as_microsecond();
    }
    let clock = from.to_zoned(zone.clone()).time();
    let day = due.to_zoned(zone.clone()).date();
    let moment = day.to_datetime(clock).to_zoned(zone.clone());
    moment.map_or(micros, |moment| moment.timestamp().as_microsecond()).max(due.as_microsecond())
}

/// The start of a day in a zone.
pub fn start_of(day: Date, zone: &TimeZone) -> i64 {
    let start = day.to_zoned(zone.clone()).map(|start| start.timestamp());
    start.unwrap_or(Timestamp::MAX).as_microsecond()
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

/// The date and the time of the day in a zone, as `2026-03-01` and `09:30`.
pub fn day_and_time(micros: i64, zone: &TimeZone) -> (String, String) {
    let moment = timestamp(micros).to_zoned(zone.clone());
    let (hour, minute) = (moment.hour(), moment.minute());
    (moment.date().to_string(), format!("{hour:02}:{minute:02}"))
}

/// Reads RFC 3339.
pub fn parse(text: &str) -> Option<i64> {
    text.parse::<Timestamp>().ok().map(Timestamp::as_microsecond)
}
