//! Time passes, and what falls due when, counted here by hand and not by the code that keeps it.

use engine::{
    policy::{Anchor, End, Keep, Period, Unit},
    time,
};
use serde_json::json;

use super::bench::{Company, Person};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

impl Company {
    fn turn(&self, seconds: i64) -> i64 {
        let answer = self.server.post(&self.admin, "/v1/test/clock", json!({"run": seconds}));
        assert_eq!(answer.status, 200, "{}", answer.text());
        time::parse(answer.json()["now"].as_str().unwrap()).unwrap()
    }

    pub(crate) fn now(&self) -> i64 {
        self.turn(0)
    }

    pub(crate) fn pass(&self, seconds: i64) {
        self.turn(seconds);
    }

    /// Time passes up to this moment, and whoever has an account that lapses goes on using it.
    pub(crate) fn until(&self, person: &Person, category: &str, moment: i64) {
        let signs = self.signs_of_life(category);
        loop {
            let left = moment - self.now();
            assert!(left >= 0, "the moment is past");
            if signs.is_empty() || left <= 100 * DAY {
                self.turn(left / SECOND);
                return;
            }
            self.turn(90 * DAY / SECOND);
            for (whole, event) in &signs {
                let record = person.records.borrow().get(whole).cloned();
                if let Some(record) = record {
                    self.raise(&record, event);
                }
            }
        }
    }

    /// Events that keep a category or a whole above it from lapsing.
    fn signs_of_life(&self, category: &str) -> Vec<(String, String)> {
        let mut signs = Vec::new();
        for part in self.chain(category) {
            let path = format!("data.{}", part.id);
            let row = self.policy.rows.iter().find(|row| row.path == path).unwrap();
            let Some(lapses) = row.keys.iter().find(|key| key.key == "lapses") else { continue };
            let event = lapses.value.trim_matches('"').rsplit(' ').next().unwrap();
            let event = event.rsplit('.').next().unwrap();
            if part.events.iter().any(|known| known.name == event) {
                signs.push((part.id.clone(), event.to_owned()));
            }
        }
        signs
    }

    /// The moment from which something is due, by the calendar of the company's zone.
    pub(crate) fn due(&self, period: Period, anchor: i64) -> i64 {
        let count = i64::from(period.count);
        let zone = &self.policy.company.zone;
        let noon = |date: &str| time::parse(&format!("{date}T12:00:00Z")).unwrap();
        let date = time::date(anchor, zone);
        let [year, month, day] =
            [0..4, 5..7, 8..10].map(|range| date[range].parse::<i64>().unwrap());
        let months = |count: i64| {
            assert!(day <= 28, "a day that every month has");
            let month = month - 1 + count;
            format!("{:04}-{:02}-{day:02}", year + month / 12, month % 12 + 1)
        };
        match period.unit {
            _ if count == 0 => anchor,
            Unit::Minute => anchor + count * 60 * SECOND,
            Unit::Hour => anchor + count * 3_600 * SECOND,
            Unit::Day => time::day_start(noon(&date) + count * DAY, zone),
            Unit::Month => time::day_start(noon(&months(count)), zone),
            Unit::Year => time::day_start(noon(&months(count * 12)), zone),
            Unit::BusinessDay => panic!("nothing is kept for business days"),
        }
    }

    /// The ends of a category, or those of the whole that it ends with.
    pub(crate) fn ends(&self, category: &str) -> Vec<End> {
        let category = self.category(category);
        match (&category.keep, &category.part_of) {
            (Keep::Ends(ends), _) => ends.clone(),
            (Keep::WithWhole, Some(whole)) => self.ends(whole),
            (keep, _) => panic!("{} ends by {keep:?}", category.id),
        }
    }

    /// Makes happen what an end runs from; answers when it was, or nothing when it cannot be made to happen here.
    pub(crate) fn happens(&self, person: &Person, record: &str, at: i64, end: &End) -> Option<i64> {
        match &end.anchor {
            Anchor::Collected => Some(at),
            Anchor::Event { category, event } => {
                let holder = person.records.borrow().get(category).cloned();
                self.raise(holder.as_deref().unwrap_or(record), event);
                Some(self.now())
            }
            Anchor::FeatureOff(feature) => {
                let switched = self.switch(feature, false);
                assert_eq!(switched.status, 204, "{}", switched.text());
                Some(self.now())
            }
            Anchor::Disconnected(_) | Anchor::WorkspaceClosed => None,
        }
    }
}
