//! Smartta, Sydney: work for customers on their instruction; accounts, tickets and people of one of them.

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    company::{About, BACKUP, Story},
    hands::{Hands, together},
    names::{AUSTRALIAN, pick},
    stage::Day,
};

/// What is known before.
pub(crate) const ABOUT: About = About {
    brand: "Smartta",
    place: "Sydney, Australia",
    word: "smartta",
    story: "accounts, tickets and staff of a customer",
    policy: include_str!("../../../../policies/smartta.toml"),
    features: &[],
    settings: &[],
    documents: &["processing_agreement", "resold_addendum"],
    staff: &["manager", "support", "security"],
};

/// Users come in one by one, and so do the people who work there.
const USERS: usize = 12;
const EMPLOYEES: usize = 16;
const EVERY: usize = 6;
const STAY: usize = 90;
const CLIENTS: usize = 4;

const ERASED: [(usize, usize); 2] = [(3, 80), (10, 151)];
/// Held from one week on, and asks for erasure in another: what is held stays until the end.
const HELD: (usize, usize, usize) = (7, 132, 136);
const TICKETS: [&str; 4] = [
    "The roster of next week is empty.",
    "How do I add a second site?",
    "The export stops half way.",
    "Please change our billing contact.",
];
const ROLES: [&str; 4] = ["Barista", "Roaster", "Driver", "Shift lead"];

/// The story so far.
#[derive(Debug, Default)]
pub(crate) struct Smartta {
    users: Vec<User>,
    employees: Vec<Employee>,
}

#[derive(Debug, Default)]
struct User {
    number: usize,
    subject: String,
    account: String,
    /// The ticket that was solved last.
    solved: Option<String>,
    here: bool,
}

#[derive(Debug, Default)]
struct Employee {
    number: usize,
    subject: String,
    record: String,
    here: bool,
}

impl Story for Smartta {
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if week.is_multiple_of(EVERY) && self.users.len() < USERS {
            self.users.push(User::arrive(hands, self.users.len())?);
        }
        if week.is_multiple_of(EVERY) && self.employees.len() < EMPLOYEES {
            self.employees.push(Employee::arrive(hands, self.employees.len())?);
        }
        let working = self.users.iter_mut().filter(|user| user.works(week));
        together(working.collect(), CLIENTS, |user| user.work(hands, day, week))?;
        for user in &mut self.users {
            user.special(hands, week)?;
        }
        for employee in &mut self.employees {
            employee.live(hands, week)?;
        }
        Ok(())
    }

    fn erased_late(&self) -> Option<&str> {
        let (number, _) = ERASED.iter().find(|(_, week)| *week > BACKUP)?;
        self.users.get(*number).map(|user| user.subject.as_str())
    }

    fn stays(&self) -> Option<&str> {
        self.users.get(1).map(|user| user.subject.as_str())
    }
}

impl User {
    fn arrive(hands: &Hands, number: usize) -> Result<User> {
        let subject = hands.person(&["user"], "AU")?;
        let fields = json!({
            "full_name": AUSTRALIAN.full(number), "email": AUSTRALIAN.email(number),
        });
        let account = hands.record(&subject, "account", fields)?;
        let secret = json!({ "password": "$2b$12$made.up.for.the.demo" });
        hands.part(&subject, &account, "credentials", secret)?;
        Ok(User { number, subject, account, solved: None, here: true })
    }

    fn weeks(&self, week: usize) -> Option<usize> {
        week.checked_sub(self.number * EVERY)
    }

    fn works(&self, week: usize) -> bool {
        self.here && self.weeks(week).is_some_and(|weeks| weeks < STAY)
    }

    fn part(&self, hands: &Hands, category: &str, fields: Value) -> Result<String> {
        hands.part(&self.subject, &self.account, category, fields)
    }

    /// One week: requests, something kept, and sometimes a ticket that is solved and opened again.
    fn work(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let ip = format!("203.0.113.{}", self.number + 100);
        let at = day.morning(2);
        let technical = json!({ "ip": ip, "browser": "Edge 131", "requested_at": at });
        let seen = self.part(hands, "technical", technical)?;
        if week.is_multiple_of(4) {
            hands.look("security", &seen, "protection")?;
            let what = "a manager looks at connections to run the service";
            hands.pry(what, "manager", &seen, "operations")?;
        }
        if hands.takes(&self.subject, "usage", Some(&self.account))? {
            let used = json!({ "feature_used": "roster", "used_at": at });
            self.part(hands, "usage", used)?;
        }
        if hands.takes(&self.subject, "content", None)? {
            let entry = json!({ "entry": format!("Roster of week {week}") });
            let entry = hands.record(&self.subject, "content", entry)?;
            hands.look("manager", &entry, "operations")?;
        }
        if week % 6 == self.number % 6 {
            self.asks(hands, week)?;
        }
        Ok(())
    }

    /// A ticket. Support may not read it before the customer lets it.
    fn asks(&mut self, hands: &Hands, week: usize) -> Result<()> {
        let log = "12:04 export started\n12:05 export stopped\n".repeat(8).into_bytes();
        let log = hands.file(&self.subject, ("ticket", "attachment"), ("text/plain", log))?;
        let fields = json!({ "message": pick(&TICKETS, week + self.number), "attachment": log });
        let ticket = self.part(hands, "ticket", fields)?;
        let what = "support reads a ticket without leave of the customer";
        hands.pry(what, "support", &ticket, "support")?;
        if let Some(last) = self.solved.take().filter(|_| week.is_multiple_of(12)) {
            hands.raise(&last, "reopened")?;
            hands.raise(&last, "resolved")?;
        }
        hands.raise(&ticket, "resolved")?;
        self.solved = Some(ticket);
        Ok(())
    }

    /// What happens to some of them.
    fn special(&mut self, hands: &Hands, week: usize) -> Result<()> {
        if !self.here {
            return Ok(());
        }
        let (held, placed, asks) = HELD;
        if (self.number, week) == (held, placed) {
            hands.hold(&self.subject, "ticket", "Fair Work Commission, a complaint")?;
        }
        if self.number % 4 == 1 && self.weeks(week) == Some(40) {
            hands.ask(&self.subject, "access")?;
        }
        if self.number % 5 == 2 && self.weeks(week) == Some(STAY) {
            hands.raise(&self.account, "closed")?;
            self.here = false;
        }
        if ERASED.contains(&(self.number, week)) || (self.number, week) == (held, asks) {
            hands.ask(&self.subject, "erasure")?;
            self.here = false;
        }
        Ok(())
    }
}

impl Employee {
    fn arrive(hands: &Hands, number: usize) -> Result<Employee> {
        let subject = hands.person(&["employee"], "AU")?;
        let fields = json!({
            "full_name": AUSTRALIAN.full(number + 30),
            "email": AUSTRALIAN.email(number + 30),
            "job_title": pick(&ROLES, number),
        });
        let record = hands.record(&subject, "employee", fields)?;
        Ok(Employee { number, subject, record, here: true })
    }

    /// The manager looks once a month; a third of them leave after a year.
    fn live(&mut self, hands: &Hands, week: usize) -> Result<()> {
        if !self.here {
            return Ok(());
        }
        if week % 4 == self.number % 4 {
            hands.look("manager", &self.record, "operations")?;
        }
        if self.number % 3 == 1 && week == self.number * EVERY + 52 {
            hands.raise(&self.record, "left")?;
            self.here = false;
        }
        if self.number % 8 == 5 && week == self.number * EVERY + 20 {
            hands.ask(&self.subject, "access")?;
        }
        Ok(())
    }
}
