//! Tapsence, Manado: attendance and visitors of the firms that use it; here of one of them.

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    company::{About, BACKUP, Story},
    hands::{Hands, together},
    names::{INDONESIAN, pick},
    picture::picture,
    stage::Day,
};

/// What is known before.
pub(crate) const ABOUT: About = About {
    brand: "Tapsence",
    place: "Manado, Indonesia",
    word: "tapsence",
    story: "attendance, badges and visitors of a firm",
    policy: include_str!("../../../../policies/tapsence.toml"),
    features: &["attendance", "visitors"],
    settings: &[],
    documents: &[],
    staff: &["manager", "reception", "billing", "operations"],
};

/// Employees come in one by one; some leave after a year.
const COUNT: usize = 20;
const EVERY: usize = 4;
const CLIENTS: usize = 4;

const ERASED: [(usize, usize); 2] = [(5, 90), (16, 146)];
/// Somebody who left and came back before the ninety days were over.
const RETURNS: (usize, usize, usize) = (9, 100, 108);
/// Held from one week on: a dispute about wages.
const HELD: (usize, usize) = (4, 130);
const ROLES: [(&str, &str); 4] =
    [("Cook", "Kitchen"), ("Waiter", "Hall"), ("Clerk", "Office"), ("Driver", "Transport")];
const REASONS: [&str; 4] = ["a delivery", "an interview", "a meeting", "a repair"];

/// The story so far.
#[derive(Debug, Default)]
pub(crate) struct Tapsence {
    owner: Option<Owner>,
    employees: Vec<Employee>,
    visits: usize,
}

/// Whose workspace it is.
#[derive(Debug)]
struct Owner {
    subject: String,
    account: Option<String>,
}

#[derive(Debug, Default)]
struct Employee {
    number: usize,
    subject: String,
    record: String,
    here: bool,
    away: bool,
}

impl Story for Tapsence {
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if self.owner.is_none() {
            self.owner = Some(Owner::arrive(hands)?);
        }
        if let Some(owner) = self.owner.as_ref().filter(|_| week.is_multiple_of(4)) {
            owner.month(hands, day, week)?;
        }
        if week.is_multiple_of(EVERY) && self.employees.len() < COUNT {
            self.employees.push(Employee::arrive(hands, self.employees.len())?);
        }
        self.visitors(hands, week)?;
        let working = self.employees.iter_mut().filter(|one| one.here && !one.away);
        together(working.collect(), CLIENTS, |employee| employee.work(hands, day, week))?;
        for employee in &mut self.employees {
            employee.special(hands, week)?;
        }
        Ok(())
    }

    fn erased_late(&self) -> Option<&str> {
        let (number, _) = ERASED.iter().find(|(_, week)| *week > BACKUP)?;
        self.employees.get(*number).map(|one| one.subject.as_str())
    }

    fn stays(&self) -> Option<&str> {
        self.employees.get(1).map(|one| one.subject.as_str())
    }
}

impl Owner {
    fn arrive(hands: &Hands) -> Result<Owner> {
        let subject = hands.person(&["admin"], "ID")?;
        let account = if hands.takes(&subject, "account", None)? {
            let fields = json!({
                "company_name": "Warung Teluk Manado",
                "full_name": INDONESIAN.full(90),
                "email": INDONESIAN.email(90),
            });
            Some(hands.record(&subject, "account", fields)?)
        } else {
            None
        };
        Ok(Owner { subject, account })
    }

    /// Once a month: the invoice, and now and then a question.
    fn month(&self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let technical = json!({
            "ip": "192.0.2.200",
            "browser": "Firefox 133",
            "requested_at": day.morning(1),
            "language": "id",
            "time_zone": "Asia/Makassar",
        });
        hands.record(&self.subject, "technical", technical)?;
        let invoice = json!({
            "invoice_number": format!("TP-{week:03}"),
            "invoice_date": day.date(),
            "amount": { "amount": "349000.00", "currency": "IDR" },
            "company_name": "Warung Teluk Manado",
            "full_name": INDONESIAN.full(90),
        });
        let invoice = hands.record(&self.subject, "invoice", invoice)?;
        hands.look("billing", &invoice, "billing")?;
        let what = "reception reads an invoice";
        hands.pry(what, "reception", &invoice, "billing")?;
        if let Some(account) = self.account.as_ref().filter(|_| week.is_multiple_of(12)) {
            let fields = json!({ "message": "The tablet at the door shows the wrong time." });
            let ticket = hands.part(&self.subject, account, "ticket", fields)?;
            hands.raise(&ticket, "resolved")?;
        }
        Ok(())
    }
}

impl Tapsence {
    /// Three people come by in a week.
    fn visitors(&mut self, hands: &Hands, week: usize) -> Result<()> {
        for _ in 0..3 {
            let number = self.visits;
            self.visits += 1;
            let visitor = hands.person(&["visitor"], "ID")?;
            if !hands.takes(&visitor, "visit", None)? {
                continue;
            }
            let image = ("image/png", picture(number as u64));
            let photo = hands.file(&visitor, ("visit", "photo"), image)?;
            let mut hosts = self.employees.iter().filter(|one| one.here);
            let Some(host) = hosts.nth(week % 4).or_else(|| self.employees.first()) else {
                continue;
            };
            let fields = json!({
                "full_name": INDONESIAN.full(number + 7),
                "contact": INDONESIAN.email(number + 7),
                "host": host.subject,
                "visit_purpose": pick(&REASONS, number),
                "photo": photo,
            });
            let visit = hands.record(&visitor, "visit", fields)?;
            hands.look("reception", &visit, "reception")?;
            if week.is_multiple_of(4) {
                let what = "the billing team looks at a visitor";
                hands.pry(what, "billing", &visit, "reception")?;
            }
        }
        Ok(())
    }
}

impl Employee {
    fn arrive(hands: &Hands, number: usize) -> Result<Employee> {
        let subject = hands.person(&["employee"], "ID")?;
        let (title, department) = ROLES.get(number % ROLES.len()).copied().unwrap_or_default();
        let fields = json!({
            "full_name": INDONESIAN.full(number + 60),
            "email": INDONESIAN.email(number + 60),
            "qr_id": format!("WTM-{number:04}"),
            "job_title": title,
            "department": department,
        });
        let record = if hands.takes(&subject, "employee", None)? {
            hands.record(&subject, "employee", fields)?
        } else {
            String::new()
        };
        Ok(Employee { number, subject, record, here: true, away: false })
    }

    fn weeks(&self, week: usize) -> Option<usize> {
        week.checked_sub(self.number * EVERY)
    }

    /// One week: three mornings, and the manager looks.
    fn work(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if self.record.is_empty()
            || !hands.takes(&self.subject, "attendance", Some(&self.record))?
        {
            return Ok(());
        }
        for number in 0..3 {
            let fields: Value = json!({ "clock_in": day.morning(number), "method": "badge" });
            hands.part(&self.subject, &self.record, "attendance", fields)?;
        }
        if week % 4 == self.number % 4 {
            hands.look("manager", &self.record, "badge")?;
            let what = "reception looks up when somebody came to work";
            hands.pry(what, "reception", &self.record, "attendance")?;
        }
        Ok(())
    }

    /// One asks for a copy, two for their erasure.
    fn special(&mut self, hands: &Hands, week: usize) -> Result<()> {
        if !self.here {
            return Ok(());
        }
        if self.number % 6 == 2 && self.weeks(week) == Some(30) {
            hands.ask(&self.subject, "access")?;
        }
        if ERASED.contains(&(self.number, week)) {
            hands.ask(&self.subject, "erasure")?;
            self.here = false;
        }
        if self.here && !self.record.is_empty() {
            self.comes_and_goes(hands, week)?;
        }
        Ok(())
    }

    /// Some leave, one comes back, one is held.
    fn comes_and_goes(&mut self, hands: &Hands, week: usize) -> Result<()> {
        let (returns, left, back) = RETURNS;
        let leaves = self.number % 4 == 3 && self.weeks(week) == Some(52);
        if leaves || (self.number, week) == (returns, left) {
            hands.raise(&self.record, "left")?;
            self.away = true;
        }
        if (self.number, week) == (returns, back) {
            hands.raise(&self.record, "returned")?;
            self.away = false;
        }
        if HELD == (self.number, week) {
            hands.hold(&self.subject, "employee", "labour court, a dispute about wages")?;
        }
        Ok(())
    }
}
