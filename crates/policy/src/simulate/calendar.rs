//! The days that are drawn, by number, and on which of them a period is over.

use jiff::{
    Span, Timestamp, ToSpan,
    civil::{Date, time},
    tz::TimeZone,
};

use crate::period::Period;

/// The number of a day; one past the last stands for every later one.
pub(super) type Day = u32;

/// The days from a first one.
#[derive(Debug)]
pub(super) struct Calendar {
    pub(super) start: Date,
    pub(super) days: Day,
    zone: TimeZone,
}

/// On which day a period that began on a day is over, for each day.
#[derive(Debug, Default)]
pub(super) struct Due(Vec<Day>);

impl Due {
    /// The day on which what began then is over.
    pub(super) fn after(&self, began: Day) -> Day {
        let place = usize::try_from(began).unwrap_or(usize::MAX);
        self.0.get(place).copied().unwrap_or(Day::MAX)
    }
}

impl Calendar {
    pub(super) fn new(start: Date, days: Day, zone: TimeZone) -> Option<Self> {
        (1..=9000).contains(&start.year()).then_some(Self { start, days, zone })
    }

    pub(super) fn zone(&self) -> &TimeZone {
        &self.zone
    }

    /// The date of a day.
    pub(super) fn date(&self, day: Day) -> Date {
        self.start.checked_add(Span::new().days(i64::from(day))).unwrap_or(Date::MAX)
    }

    /// Noon of a day: what happens on a day happens then.
    pub(super) fn noon(&self, day: Day) -> Timestamp {
        let noon = self.date(day).to_datetime(time(12, 0, 0, 0));
        noon.to_zoned(self.zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
    }

    /// The day of an instant; never before the first, and one past the last for whatever comes later.
    pub(super) fn day(&self, instant: Timestamp) -> Day {
        let date = instant.to_zoned(self.zone.clone()).date();
        let days = self.start.until(date).map_or(i32::MAX, |span| span.get_days());
        Day::try_from(days.max(0)).unwrap_or(Day::MAX).min(self.days)
    }

    /// The last day on which a duty is in time whose deadline is this instant.
    pub(super) fn last_day(&self, deadline: Timestamp) -> Day {
        self.day(deadline.checked_sub(1.microsecond()).unwrap_or(deadline))
    }

    /// When a period is over, for each day on which it may begin, by the period's own due function.
    pub(super) fn due(&self, period: Period) -> Due {
        let over = |day| self.day(period.due(self.noon(day), &self.zone));
        Due((0..self.days).map(over).collect())
    }
}
