//! Lengths of time, when they are over, and up to which anchor they are over now.

use std::fmt;

use jiff::{
    SignedDuration, Span, Timestamp,
    civil::{Date, Weekday},
    tz::TimeZone,
};

/// A length of time as a policy says it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    /// How many; zero only where something ends at its event.
    pub count: u32,
    /// Of what.
    pub unit: Unit,
}

/// What a period counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[expect(missing_docs, reason = "the names are the words of the language")]
pub enum Unit {
    Minute,
    Hour,
    Day,
    BusinessDay,
    Month,
    Year,
}

impl fmt::Display for Period {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let unit = match self.unit {
            _ if self.count == 0 => "day",
            Unit::Minute => "minute",
            Unit::Hour => "hour",
            Unit::Day => "day",
            Unit::BusinessDay => "business day",
            Unit::Month => "month",
            Unit::Year => "year",
        };
        write!(out, "{} {unit}{}", self.count, if self.count == 1 { "" } else { "s" })
    }
}

impl Period {
    /// No time at all: the end is the event itself.
    pub const ZERO: Self = Self { count: 0, unit: Unit::Minute };

    /// A rough size in minutes, good enough to tell that one period is longer than another.
    pub fn rough(self) -> i64 {
        let each = match self.unit {
            Unit::Minute => 1,
            Unit::Hour => 60,
            Unit::Day => 1_440,
            Unit::BusinessDay => 2_016,
            Unit::Month => 43_830,
            Unit::Year => 525_960,
        };
        i64::from(self.count) * each
    }

    /// The first instant at which something anchored then is due; the plain second opinion on `cutoff`.
    pub fn due(&self, anchor: Timestamp, zone: &TimeZone) -> Timestamp {
        if self.count == 0 {
            return anchor;
        }
        if let Some(length) = self.exact() {
            return anchor.checked_add(length).unwrap_or(Timestamp::MAX);
        }
        let date = anchor.to_zoned(zone.clone()).date();
        self.after(date).map_or(Timestamp::MAX, |date| start_of(date, zone))
    }

    /// The instant by which a duty that began then must be done: the end of the last day, at the side that
    /// hurts a person least, so that 31 January and a month is 28 February. Hours count by the clock.
    pub fn deadline(&self, began: Timestamp, zone: &TimeZone) -> Timestamp {
        if let Some(length) = self.exact() {
            return began.checked_add(length).unwrap_or(Timestamp::MAX);
        }
        let date = began.to_zoned(zone.clone()).date();
        let count = i64::from(self.count);
        let last = match self.unit {
            Unit::Month => {
                Span::new().try_months(count).ok().and_then(|s| date.checked_add(s).ok())
            }
            Unit::Year => Span::new().try_years(count).ok().and_then(|s| date.checked_add(s).ok()),
            _ => self.after(date),
        };
        last.and_then(|date| date.tomorrow().ok())
            .map_or(Timestamp::MAX, |date| start_of(date, zone))
    }

    /// The instant before which every anchor is due now; times are whole microseconds.
    ///
    /// Days are found by search, because `today - period` is wrong at the ends of months.
    pub fn cutoff(&self, now: Timestamp, zone: &TimeZone) -> Timestamp {
        let exact = if self.count == 0 { Some(SignedDuration::ZERO) } else { self.exact() };
        if let Some(length) = exact {
            let last = now.checked_sub(length).unwrap_or(Timestamp::MIN);
            return last.checked_add(SignedDuration::from_micros(1)).unwrap_or(Timestamp::MAX);
        }
        let today = now.to_zoned(zone.clone()).date();
        let over = |date: Date| self.after(date).is_some_and(|due| due <= today);
        let Some(mut last) = self.about_before(today) else { return Timestamp::MIN };
        while !over(last) {
            let Ok(before) = last.yesterday() else { return Timestamp::MIN };
            last = before;
        }
        while let Ok(next) = last.tomorrow() {
            if !over(next) {
                return start_of(next, zone);
            }
            last = next;
        }
        Timestamp::MAX
    }

    fn exact(self) -> Option<SignedDuration> {
        match self.unit {
            Unit::Minute => Some(SignedDuration::from_mins(i64::from(self.count))),
            Unit::Hour => Some(SignedDuration::from_hours(i64::from(self.count))),
            Unit::Day | Unit::BusinessDay | Unit::Month | Unit::Year => None,
        }
    }

    /// The day on which a period from this day is over; a day that does not exist runs on to the next.
    fn after(self, date: Date) -> Option<Date> {
        let count = i64::from(self.count);
        match self.unit {
            Unit::Minute | Unit::Hour => Some(date),
            Unit::Day => date.checked_add(Span::new().try_days(count).ok()?).ok(),
            Unit::BusinessDay => business_days(date, self.count),
            Unit::Month => months(date, count),
            Unit::Year => months(date, count.checked_mul(12)?),
        }
    }

    /// A day near the answer of `cutoff`, where its search starts.
    fn about_before(self, today: Date) -> Option<Date> {
        let count = i64::from(self.count);
        let span = match self.unit {
            Unit::Minute | Unit::Hour => return Some(today),
            Unit::Day => Span::new().try_days(count),
            Unit::BusinessDay => Span::new().try_days(count.checked_mul(7)?.checked_div(5)?),
            Unit::Month => Span::new().try_months(count),
            Unit::Year => Span::new().try_years(count),
        };
        today.checked_sub(span.ok()?).ok()
    }
}

fn months(date: Date, count: i64) -> Option<Date> {
    let first = date.first_of_month().checked_add(Span::new().try_months(count).ok()?).ok()?;
    if date.day() <= first.days_in_month() {
        return Date::new(first.year(), first.month(), date.day()).ok();
    }
    first.last_of_month().tomorrow().ok()
}

/// Monday to Friday; holidays only ever make a duty later, never a keeping longer.
fn business_days(mut date: Date, count: u32) -> Option<Date> {
    let mut left = count;
    while left > 0 {
        date = date.tomorrow().ok()?;
        if !matches!(date.weekday(), Weekday::Saturday | Weekday::Sunday) {
            left -= 1;
        }
    }
    Some(date)
}

fn start_of(date: Date, zone: &TimeZone) -> Timestamp {
    date.to_zoned(zone.clone()).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}
