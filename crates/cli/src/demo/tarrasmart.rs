//! Tarrasmart, Jakarta: firms that send media, datasets and photographs of their machines to be analysed.

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
    brand: "Tarrasmart",
    place: "Jakarta, Indonesia",
    word: "tarrasmart",
    story: "media, datasets and photographs that firms send in",
    policy: include_str!("../../../../policies/tarrasmart.toml"),
    features: &["media_analysis", "data_lake", "visual_inspector"],
    settings: &[],
    documents: &[],
    staff: &["analyst", "inspector", "finance", "research"],
};

/// Users come in one by one, and each works for a year and a half.
const COUNT: usize = 24;
const EVERY: usize = 5;
const STAY: usize = 78;
const CLIENTS: usize = 4;

const ERASED: [(usize, usize); 3] = [(2, 40), (6, 99), (20, 148)];
const OBJECTS: [usize; 3] = [1, 8, 15];
const FIRMS: [&str; 6] = [
    "PT Samudra Beton",
    "PT Rotan Lestari",
    "CV Mesin Padi",
    "PT Kabel Timur",
    "PT Kopi Gayo",
    "CV Genteng Jaya",
];
const QUERIES: [&str; 3] =
    ["hours of standstill by line", "scrap by shift", "temperature above 80 degrees"];

/// The story so far.
#[derive(Debug, Default)]
pub(crate) struct Tarrasmart {
    users: Vec<User>,
}

/// Somebody who signs in for a firm.
#[derive(Debug, Default)]
struct User {
    number: usize,
    subject: String,
    account: String,
    here: bool,
    objects: bool,
}

impl Story for Tarrasmart {
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if week.is_multiple_of(EVERY) && self.users.len() < COUNT {
            self.users.push(User::arrive(hands, self.users.len())?);
        }
        let working = self.users.iter_mut().filter(|user| user.works(week));
        together(working.collect(), CLIENTS, |user| user.work(hands, day, week))?;
        for user in &mut self.users {
            user.special(hands, week)?;
        }
        Ok(())
    }

    fn erased_late(&self) -> Option<&str> {
        let (number, _) = ERASED.iter().find(|(_, week)| *week > BACKUP)?;
        self.users.get(*number).map(|user| user.subject.as_str())
    }

    fn stays(&self) -> Option<&str> {
        self.users.get(COUNT - 1).map(|user| user.subject.as_str())
    }
}

impl User {
    fn arrive(hands: &Hands, number: usize) -> Result<User> {
        let subject = hands.person(&["user"], "ID")?;
        let account = json!({
            "full_name": INDONESIAN.full(number + 40),
            "job_title": "Head of operations",
            "company_name": pick(&FIRMS, number),
            "email": INDONESIAN.email(number + 40),
        });
        let account = hands.record(&subject, "account", account)?;
        let part = |category: &str, fields: Value| hands.part(&subject, &account, category, fields);
        part("credentials", json!({ "password": "$2b$12$made.up.for.the.demo" }))?;
        part("subscription", json!({ "plan": "inspection", "currency": "IDR" }))?;
        part("billing", json!({ "payment_token": format!("tok_{number:06}") }))?;
        if number.is_multiple_of(2) {
            hands.consent(&subject, "marketing", "id")?;
        }
        Ok(User { number, subject, account, here: true, objects: false })
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

    /// One week: something is sent in, the logs say so, and at the end of a month comes the invoice.
    fn work(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let at = day.morning(1);
        let used = json!({ "feature_used": "upload", "used_at": at, "session": "made-up" });
        self.part(hands, "usage", used)?;
        let ip = format!("198.51.100.{}", self.number + 1);
        let device = json!({ "ip": ip, "browser": "Chrome 131", "operating_system": "Windows 11", "device_id": "none" });
        self.part(hands, "device", device)?;
        let call = json!({
            "route": "/upload", "status_code": 201, "size": 52_431, "requested_at": at,
        });
        self.part(hands, "api_call", call)?;
        self.send_in(hands, week)?;
        self.measure(hands)?;
        if week.is_multiple_of(4) {
            self.month(hands, day, week)?;
        }
        if self.weeks(week) == Some(STAY - 1) && self.number.is_multiple_of(3) {
            hands.raise(&self.account, "closed")?;
            self.here = false;
        }
        Ok(())
    }

    /// What a firm uploads.
    fn send_in(&self, hands: &Hands, week: usize) -> Result<()> {
        let (subject, whole) = (&self.subject, Some(self.account.as_str()));
        if week % 2 == self.number % 2 && hands.takes(subject, "inspection", whole)? {
            let seed = (self.number as u64) << 16 | week as u64;
            let image = ("image/png", picture(seed));
            let image = hands.file(subject, ("inspection", "image"), image)?;
            let seen = self.part(hands, "inspection", json!({ "image": image }))?;
            hands.look("inspector", &seen, "inspection")?;
            if week.is_multiple_of(4) {
                let what = "a researcher trains a model on photographs of a customer";
                hands.pry(what, "research", &seen, "model_research")?;
            }
        }
        if week % 4 == self.number % 4 && hands.takes(subject, "dataset", whole)? {
            let rows = "hour,line,units\n08,1,412\n09,1,399\n".repeat(12).into_bytes();
            let file = hands.file(subject, ("dataset", "dataset"), ("text/csv", rows))?;
            self.part(hands, "dataset", json!({ "dataset": file, "title": "Units by line" }))?;
            let query = json!({ "query": pick(&QUERIES, week) });
            let query = self.part(hands, "query", query)?;
            hands.look("analyst", &query, "analysis")?;
        }
        if week % 8 == self.number % 8 && hands.takes(subject, "media", whole)? {
            let film = b"ID3\x04\x00 a hall full of machines ".repeat(64);
            let file = hands.file(subject, ("media", "media"), ("audio/mpeg", film))?;
            self.part(hands, "media", json!({ "media": file }))?;
        }
        Ok(())
    }

    /// Diagnostics serve performance only: who objected to that is measured no more.
    fn measure(&self, hands: &Hands) -> Result<()> {
        let fields = json!({ "measured": "time to answer", "reading": 184 });
        if !hands.takes(&self.subject, "diagnostics", Some(&self.account))? {
            return Ok(());
        }
        if !self.objects {
            return self.part(hands, "diagnostics", fields).map(|_| ());
        }
        let what = "somebody who objected is measured all the same";
        hands.refuse_record(what, &self.subject, "diagnostics", Some(&self.account), fields)
    }

    /// Once a month: an invoice, sometimes a question, and finance looks.
    fn month(&self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let invoice = json!({
            "invoice_number": format!("TS-{week:03}-{:02}", self.number),
            "invoice_date": day.date(),
            "amount": { "amount": "4500000.00", "currency": "IDR" },
            "company_name": pick(&FIRMS, self.number),
        });
        let invoice = hands.record(&self.subject, "invoice", invoice)?;
        let who = json!({
            "full_name": INDONESIAN.full(self.number + 40),
            "email": INDONESIAN.email(self.number + 40),
        });
        hands.part(&self.subject, &invoice, "invoice_contact", who)?;
        hands.look("finance", &invoice, "billing")?;
        hands.pry(
            "finance reads an invoice to provide the service",
            "finance",
            &invoice,
            "service",
        )?;
        if week % 12 == self.number % 12 {
            let ticket = json!({ "message": "The belt of line 2 is not recognised." });
            let ticket = self.part(hands, "ticket", ticket)?;
            hands.raise(&ticket, "resolved")?;
        }
        Ok(())
    }

    /// What happens to some of them: an objection, the end of consent, a copy, an erasure.
    fn special(&mut self, hands: &Hands, week: usize) -> Result<()> {
        if !self.here {
            return Ok(());
        }
        if OBJECTS.contains(&self.number) && self.weeks(week) == Some(20) {
            let body = json!({
                "subject": self.subject, "kind": "objection", "purpose": "performance",
            });
            hands.post("/v1/requests", &body)?;
            self.objects = true;
        }
        if self.number % 6 == 4 && self.weeks(week) == Some(30) {
            hands.withdraw(&self.subject, "marketing")?;
        }
        if self.number % 5 == 3 && self.weeks(week) == Some(26) {
            hands.ask(&self.subject, "access")?;
        }
        if ERASED.contains(&(self.number, week)) {
            hands.ask(&self.subject, "erasure")?;
            self.here = false;
        }
        Ok(())
    }
}
