//! Ashari Tech, Jakarta: four cohorts of ten interns, six months each, then the years in which their data end
//! one after the other.

use anyhow::Result;
use serde_json::json;

use super::{
    company::{About, BACKUP, Story},
    hands::{Hands, together},
    names::{INDONESIAN, pick},
    picture::picture,
    stage::Day,
};

/// What is known before.
pub(crate) const ABOUT: About = About {
    brand: "Ashari",
    place: "Jakarta, Indonesia",
    word: "ashari",
    story: "interns: attendance, photographs, reports",
    policy: include_str!("../../../../policies/ashari.toml"),
    features: &["attendance", "learning", "forms", "chat", "automation"],
    settings: &[],
    documents: &[],
    staff: &["hr"],
};

/// How many there are, and how many begin together.
const COUNT: usize = 40;
const COHORT: usize = 10;
/// Weeks of one internship, and from one arrival to the next: the last cohort is still fresh at the end, so
/// that there is something of every kind to look at.
const STAY: usize = 26;
const BETWEEN: usize = 43;
/// Clients that act at the same time.
const CLIENTS: usize = 10;

/// Who does what when, besides coming to work.
const WITHDRAWS: [(usize, usize); 3] = [(3, 9), (14, 50), (27, 100)];
const ERASED: [(usize, usize); 3] = [(5, 34), (12, 60), (33, 145)];
const ASKS: [(usize, usize); 3] = [(1, 12), (15, 66), (35, 150)];
/// Held from one week on, asks for erasure in another: the hold still stands at the end.
const HELD: (usize, usize, usize) = (21, 105, 110);
const RELEASED: (usize, usize, usize) = (11, 62, 90);
const RESTRICTED: (usize, usize) = (16, 75);
const OBJECTS: (usize, usize) = (8, 20);

const SCHOOLS: [&str; 4] = ["SMK Merdeka", "SMK Nusantara", "Politeknik Bahari", "SMK Cendana"];
const TALK: [&str; 4] = [
    "How do I write a weekly report?",
    "Which branch do I push to?",
    "What does this error message mean?",
    "Could you check my grammar?",
];

/// The story so far.
#[derive(Debug, Default)]
pub(crate) struct Ashari {
    interns: Vec<Intern>,
    /// The holds that were placed, each with the intern's number.
    holds: Vec<(usize, String)>,
}

/// One intern, with the ids that the server gave.
#[derive(Debug, Default)]
struct Intern {
    number: usize,
    subject: String,
    account: String,
    engagement: String,
    /// Whether the person still takes part: not erased.
    here: bool,
    /// Whether photographs at clock-in are still agreed to.
    photos: bool,
}

impl Story for Ashari {
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if week.is_multiple_of(BETWEEN) && self.interns.len() < COUNT {
            for _ in 0..COHORT {
                self.interns.push(Intern::arrive(hands, day, self.interns.len())?);
            }
        }
        let working = self.interns.iter_mut().filter(|intern| intern.works(week));
        together(working.collect(), CLIENTS, |intern| intern.work(hands, day, week))?;
        self.special(hands, week)?;
        self.held(hands, week)
    }

    fn erased_late(&self) -> Option<&str> {
        let (number, _) = ERASED.iter().find(|(_, week)| *week > BACKUP)?;
        self.interns.get(*number).map(|intern| intern.subject.as_str())
    }

    fn stays(&self) -> Option<&str> {
        self.interns.get(1).map(|intern| intern.subject.as_str())
    }
}

impl Intern {
    fn arrive(hands: &Hands, day: Day, number: usize) -> Result<Intern> {
        let subject = hands.person(&["user", "intern"], "ID")?;
        let (first, last) = INDONESIAN.of(number);
        let email = INDONESIAN.email(number);
        let account = json!({ "first_name": first, "last_name": last, "email": email });
        let account = hands.record(&subject, "account", account)?;
        let engagement = json!({
            "engagement_kind": "internship",
            "started_on": day.date(),
            "school": pick(&SCHOOLS, number),
        });
        let engagement = hands.record(&subject, "engagement", engagement)?;
        for purpose in ["presence_photo", "presence_place", "conversation"] {
            hands.consent(&subject, purpose, "id")?;
        }
        let ip = format!("192.0.2.{}", number + 1);
        hands.record(&subject, "technical", json!({ "ip": ip, "browser": "Firefox 128" }))?;
        Ok(Intern { number, subject, account, engagement, here: true, photos: true })
    }

    /// How long this intern has been here, from the week of arrival on.
    fn weeks(&self, week: usize) -> Option<usize> {
        week.checked_sub(self.number / COHORT * BETWEEN)
    }

    fn works(&self, week: usize) -> bool {
        self.here && self.weeks(week).is_some_and(|weeks| weeks < STAY)
    }

    /// One week: two mornings, a report, a talk, work handed in, and somebody who looks.
    fn work(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let last = self.mornings(hands, day, week)?;
        let text = format!("Week {week}: done.");
        let report = json!({ "report_kind": "weekly", "report_text": text });
        let report = hands.part(&self.subject, &self.engagement, "report", report)?;
        hands.raise(&report, "submitted")?;
        let talk = json!({ "message": pick(&TALK, self.number + week), "author": "person" });
        hands.part(&self.subject, &self.account, "conversation", talk)?;
        if week.is_multiple_of(2) {
            let text = format!("Assignment of week {week}\n").repeat(20).into_bytes();
            let place = ("assignment", "submission");
            let file = hands.file(&self.subject, place, ("text/plain", text))?;
            let fields = json!({ "submission": file });
            let work = hands.part(&self.subject, &self.engagement, "assignment", fields)?;
            hands.raise(&work, "submitted")?;
        }
        // The people team looks at the last morning for the purpose it may, once a month for one it may not.
        hands.look("hr", &last, "internal_management")?;
        if week.is_multiple_of(4) {
            let what = "the people team looks at attendance to provide the service";
            hands.pry(what, "hr", &last, "service")?;
        }
        if self.weeks(week) == Some(STAY - 1) {
            hands.raise(&self.engagement, "ended")?;
        }
        Ok(())
    }

    /// Two mornings; answers the last one.
    fn mornings(&self, hands: &Hands, day: Day, week: usize) -> Result<String> {
        let method = if self.photos { "selfie" } else { "qr" };
        let clock_in = |number| json!({ "clock_in": day.morning(number), "method": method });
        let subject = &self.subject;
        let first = hands.part(subject, &self.engagement, "attendance", clock_in(0))?;
        if self.photos {
            let seed = (self.number as u64) << 32 | (week as u64) << 8;
            let image = ("image/png", picture(seed));
            let photo = hands.file(subject, ("selfie", "selfie"), image)?;
            hands.part(subject, &first, "selfie", json!({ "selfie": photo }))?;
        }
        let place = json!({ "location": { "latitude": -6.2, "longitude": 106.8 } });
        hands.part(subject, &first, "place", place)?;
        hands.part(subject, &self.engagement, "attendance", clock_in(1))
    }
}

impl Ashari {
    /// What happens to single people.
    fn special(&mut self, hands: &Hands, week: usize) -> Result<()> {
        let now = |list: &[(usize, usize)]| -> Vec<usize> {
            list.iter().filter(|(_, when)| *when == week).map(|(number, _)| *number).collect()
        };
        for number in now(&WITHDRAWS) {
            if let Some(intern) = self.interns.get_mut(number) {
                hands.withdraw(&intern.subject, "presence_photo")?;
                intern.photos = false;
            }
        }
        for number in now(&ERASED) {
            if let Some(intern) = self.interns.get_mut(number) {
                hands.ask(&intern.subject, "erasure")?;
                intern.here = false;
            }
        }
        for number in now(&ASKS) {
            if let Some(intern) = self.interns.get(number) {
                hands.ask(&intern.subject, "access")?;
            }
        }
        if let Some(intern) = self.interns.get(RESTRICTED.0).filter(|_| week == RESTRICTED.1) {
            hands.ask(&intern.subject, "restriction")?;
        }
        if let Some(intern) = self.interns.get(OBJECTS.0).filter(|_| week == OBJECTS.1) {
            let body =
                json!({ "subject": intern.subject, "kind": "objection", "purpose": "security" });
            hands.post("/v1/requests", &body)?;
        }
        // Half of those who left close their account four weeks later; a month after that it is erased.
        for intern in self.interns.iter().filter(|intern| intern.here && intern.number % 2 == 0) {
            if intern.weeks(week) == Some(STAY + 4) && intern.number != RESTRICTED.0 {
                hands.raise(&intern.account, "closed")?;
            }
        }
        Ok(())
    }

    /// Two holds over attendance: one released later, so that a waiting erasure completes, one that stays.
    fn held(&mut self, hands: &Hands, week: usize) -> Result<()> {
        for (number, placed, asks) in [HELD, (RELEASED.0, RELEASED.1, RELEASED.1 + 2)] {
            let Some(intern) = self.interns.get_mut(number) else { continue };
            if week == placed {
                let case = format!("labour court, case {number}");
                let hold = hands.hold(&intern.subject, "attendance", &case)?;
                self.holds.push((number, hold));
            } else if week == asks {
                hands.ask(&intern.subject, "erasure")?;
                intern.here = false;
            }
        }
        if week == RELEASED.2 {
            for (_, hold) in self.holds.iter().filter(|(number, _)| *number == RELEASED.0) {
                hands.release(hold)?;
            }
        }
        Ok(())
    }
}
