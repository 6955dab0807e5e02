use jiff::{Timestamp, civil::date, tz::TimeZone};
use proptest::prelude::*;

use crate::{Period, Unit};

const ZONES: &[&str] = &[
    "UTC",
    "Asia/Jakarta",
    "Asia/Makassar",
    "Asia/Kathmandu",
    "Europe/Berlin",
    "America/New_York",
    "America/Havana",
    "America/Santiago",
    "Asia/Beirut",
    "Africa/Cairo",
    "Australia/Lord_Howe",
    "Pacific/Chatham",
    "Pacific/Kiritimati",
];

fn zone(name: &str) -> TimeZone {
    TimeZone::get(name).unwrap()
}

fn due_on(count: u32, unit: Unit, anchor: jiff::civil::Date) -> jiff::civil::Date {
    let zone = zone("Asia/Jakarta");
    let anchor = anchor.at(14, 30, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
    let due = Period { count, unit }.due(anchor, &zone).to_zoned(zone);
    assert_eq!((due.hour(), due.minute(), due.second()), (0, 0, 0));
    due.date()
}

#[test]
fn a_selfie_of_the_first_of_march_is_due_on_the_thirtieth_of_may() {
    assert_eq!(due_on(90, Unit::Day, date(2026, 3, 1)), date(2026, 5, 30));
}

#[test]
fn attendance_is_due_three_years_after_the_engagement() {
    assert_eq!(due_on(3, Unit::Year, date(2026, 6, 30)), date(2029, 6, 30));
}

#[test]
fn an_assignment_is_due_two_years_after_handing_in() {
    assert_eq!(due_on(2, Unit::Year, date(2026, 3, 15)), date(2028, 3, 15));
}

#[test]
fn a_day_that_does_not_exist_runs_on_to_the_next() {
    assert_eq!(due_on(12, Unit::Month, date(2028, 2, 29)), date(2029, 3, 1));
    assert_eq!(due_on(1, Unit::Year, date(2028, 2, 29)), date(2029, 3, 1));
    assert_eq!(due_on(1, Unit::Month, date(2026, 1, 31)), date(2026, 3, 1));
}

#[test]
fn business_days_skip_the_weekend() {
    assert_eq!(due_on(1, Unit::BusinessDay, date(2026, 2, 13)), date(2026, 2, 16));
}

#[test]
fn a_record_is_due_from_the_first_instant_of_its_day_and_not_before() {
    let zone = zone("Asia/Jakarta");
    let anchor = date(2026, 3, 1).at(23, 59, 0, 0).to_zoned(zone.clone()).unwrap().timestamp();
    let period = Period { count: 90, unit: Unit::Day };
    let due = date(2026, 5, 30).to_zoned(zone.clone()).unwrap().timestamp();
    assert!(anchor < period.cutoff(due, &zone));
    let before = due.checked_sub(jiff::SignedDuration::from_micros(1)).unwrap();
    assert!(anchor >= period.cutoff(before, &zone));
}

#[test]
fn the_ends_of_time_do_not_panic() {
    let zone = zone("Asia/Jakarta");
    for unit in [Unit::Minute, Unit::Hour, Unit::Day, Unit::BusinessDay, Unit::Month, Unit::Year] {
        for count in [0, 1, 9_999, u32::MAX] {
            if count == u32::MAX && unit == Unit::BusinessDay {
                continue;
            }
            for at in [Timestamp::MIN, Timestamp::UNIX_EPOCH, Timestamp::MAX] {
                let period = Period { count, unit };
                period.due(at, &zone);
                period.cutoff(at, &zone);
            }
        }
    }
}

fn period() -> impl Strategy<Value = Period> {
    let unit = prop_oneof![
        Just(Unit::Minute),
        Just(Unit::Hour),
        Just(Unit::Day),
        Just(Unit::BusinessDay),
        Just(Unit::Month),
        Just(Unit::Year),
    ];
    (0_u32..120, unit).prop_map(|(count, unit)| Period { count, unit })
}

/// Microseconds from 2020 to 2060.
fn instant() -> impl Strategy<Value = i64> {
    1_577_836_800_000_000_i64..2_840_140_800_000_000
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn before_the_cutoff_means_due(period in period(), anchor in instant(), now in instant(), zone_at in 0..ZONES.len()) {
        agree(period, anchor, now, ZONES[zone_at])?;
    }

    /// Random pairs are rarely close: here the anchor lies within two days of the edge.
    #[test]
    fn near_the_edge_they_still_agree(period in period(), now in instant(), off in -172_800_000_000_i64..172_800_000_000, zone_at in 0..ZONES.len()) {
        let zone = zone(ZONES[zone_at]);
        let at = Timestamp::from_microsecond(now).unwrap();
        let edge = period.cutoff(at, &zone).as_microsecond();
        agree(period, edge + off, now, ZONES[zone_at])?;
        agree(period, edge, now, ZONES[zone_at])?;
        agree(period, edge - 1, now, ZONES[zone_at])?;
    }
}

fn agree(period: Period, anchor: i64, now: i64, name: &str) -> Result<(), TestCaseError> {
    let zone = zone(name);
    let anchor = Timestamp::from_microsecond(anchor).unwrap();
    let now = Timestamp::from_microsecond(now).unwrap();
    let (due, cutoff) = (period.due(anchor, &zone), period.cutoff(now, &zone));
    prop_assert_eq!(
        anchor < cutoff,
        due <= now,
        "{:?} {} due {} cutoff {}",
        period,
        name,
        due,
        cutoff
    );
    Ok(())
}

/// K-01, K-17, K-22: thirty days, a month, three times twenty-four hours; whichever ends first.
#[test]
fn an_answer_is_due_by_the_shorter_of_the_own_and_the_laws_term() {
    let zone = TimeZone::get("Europe/London").unwrap();
    let step = crate::Step { within: Period { count: 30, unit: Unit::Day }, capped: true };
    let received = "2026-01-31T10:00:00Z".parse().unwrap();
    let due = |asked, country| step.due(asked, country, received, &zone).to_string();
    assert_eq!(due("access", "GB"), "2026-03-01T00:00:00Z");
    assert_eq!(due("access", "ID"), "2026-02-03T10:00:00Z");
    assert_eq!(due("erasure", "ID"), "2026-03-03T00:00:00Z");
    assert_eq!(due("access", "AU"), "2026-03-03T00:00:00Z");
    assert_eq!(due("access", "SG"), "2026-03-03T00:00:00Z");
    let alone = crate::Step { capped: false, ..step };
    assert_eq!(alone.due("access", "ID", received, &zone).to_string(), "2026-03-03T00:00:00Z");
}
