//! Takara, London: a consultancy that builds models from the data of its clients, one engagement after another.

use anyhow::Result;
use serde_json::{Value, json};

use super::{
    company::{About, BACKUP, Story},
    hands::{Hands, together},
    names::{BRITISH, pick},
    stage::Day,
};

/// What is known before.
pub(crate) const ABOUT: About = About {
    brand: "Takara",
    place: "London, United Kingdom",
    word: "takara",
    story: "engagements, and the data that clients hand over",
    policy: include_str!("../../../../policies/takara.toml"),
    features: &[],
    settings: &["develop_models"],
    documents: &["processing_agreement", "longer_keeping"],
    staff: &["engineer", "finance", "operations", "marketing"],
};

/// Clients come in one by one; an engagement lasts half a year.
const COUNT: usize = 14;
const EVERY: usize = 8;
const PROJECT: usize = 26;
const STAY: usize = 60;
const CLIENTS: usize = 4;

const ERASED: [(usize, usize); 2] = [(1, 70), (11, 150)];
/// Held from one week on: a dispute about an engagement.
const HELD: (usize, usize) = (8, 120);
const FIRMS: [&str; 7] = [
    "Thornbury Mills Ltd",
    "Greyfriars Housing",
    "Saltmarsh Ferries Ltd",
    "Penhallow Books",
    "Cragside Dairy Ltd",
    "Wexcombe Council",
    "Larkfield Clinics",
];
const PROJECTS: [&str; 4] =
    ["Forecast of demand", "Sorting of letters", "Search in the archive", "Routes of lorries"];

/// The story so far.
#[derive(Debug, Default)]
pub(crate) struct Takara {
    clients: Vec<Customer>,
    visitors: usize,
}

/// Somebody who acts for a client.
#[derive(Debug, Default)]
struct Customer {
    number: usize,
    subject: String,
    account: String,
    project: String,
    choice: Option<String>,
    here: bool,
}

impl Story for Takara {
    fn week(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        if week.is_multiple_of(EVERY) && self.clients.len() < COUNT {
            self.clients.push(Customer::arrive(hands, self.clients.len())?);
        }
        self.visits(hands)?;
        let working = self.clients.iter_mut().filter(|client| client.works(week));
        together(working.collect(), CLIENTS, |client| client.work(hands, day, week))?;
        for client in &mut self.clients {
            client.special(hands, week)?;
        }
        Ok(())
    }

    fn erased_late(&self) -> Option<&str> {
        let (number, _) = ERASED.iter().find(|(_, week)| *week > BACKUP)?;
        self.clients.get(*number).map(|client| client.subject.as_str())
    }

    fn stays(&self) -> Option<&str> {
        self.clients.get(COUNT - 1).map(|client| client.subject.as_str())
    }
}

impl Takara {
    /// Two people look at the site: one agrees to be counted, one does not.
    fn visits(&mut self, hands: &Hands) -> Result<()> {
        for agrees in [true, false] {
            let visitor = hands.person(&["visitor"], "GB")?;
            self.visitors += 1;
            let fields = json!({ "page": "/services", "browser": "Firefox 133" });
            if agrees {
                hands.consent(&visitor, "site_statistics", "en")?;
                hands.record(&visitor, "visit", fields)?;
            } else {
                let what = "a visitor is counted who did not agree";
                hands.refuse_record(what, &visitor, "visit", None, fields)?;
            }
        }
        Ok(())
    }
}

impl Customer {
    fn arrive(hands: &Hands, number: usize) -> Result<Customer> {
        let subject = hands.person(&["client"], "GB")?;
        let account = json!({
            "full_name": BRITISH.full(number),
            "email": BRITISH.email(number),
            "phone": format!("+44 20 7946 0{:03}", number + 100),
        });
        let account = hands.record(&subject, "account", account)?;
        let part = |category: &str, fields: Value| hands.part(&subject, &account, category, fields);
        part("credentials", json!({ "password": "$2b$12$made.up.for.the.demo" }))?;
        part("payment", json!({ "payment_token": format!("tok_{number:06}") }))?;
        let choice = if number.is_multiple_of(2) {
            hands.consent(&subject, "marketing", "en")?;
            Some(part("marketing_choice", json!({ "topics": "papers and talks" }))?)
        } else {
            let what = "news are sent to somebody who did not ask for them";
            let fields = json!({ "topics": "papers and talks" });
            hands.refuse_record(what, &subject, "marketing_choice", Some(&account), fields)?;
            None
        };
        let project =
            hands.record(&subject, "project", json!({ "project": pick(&PROJECTS, number) }))?;
        Ok(Customer { number, subject, account, project, choice, here: true })
    }

    fn weeks(&self, week: usize) -> Option<usize> {
        week.checked_sub(self.number * EVERY)
    }

    fn works(&self, week: usize) -> bool {
        self.here && self.weeks(week).is_some_and(|weeks| weeks < STAY)
    }

    /// One week of an engagement.
    fn work(&mut self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let weeks = self.weeks(week).unwrap_or(0);
        let part = |category: &str, fields: Value| {
            hands.part(&self.subject, &self.account, category, fields)
        };
        part(
            "usage",
            json!({
                "used_at": day.morning(2), "page": "/projects", "feature_used": "upload",
            }),
        )?;
        let ip = format!("203.0.113.{}", self.number + 1);
        part(
            "device",
            json!({
                "device_type": "laptop", "operating_system": "macOS 15", "browser": "Safari 18", "ip": ip,
            }),
        )?;
        if weeks < PROJECT
            && weeks.is_multiple_of(2)
            && hands.takes(&self.subject, "client_data", Some(&self.project))?
        {
            self.hand_over(hands, week)?;
        }
        if weeks == PROJECT {
            hands.raise(&self.project, "completed")?;
        }
        if weeks.is_multiple_of(13) {
            self.quarter(hands, day, week)?;
        }
        Ok(())
    }

    /// Data of the client's own people, for what the client says and for nothing else.
    fn hand_over(&self, hands: &Hands, week: usize) -> Result<()> {
        let rows = "account,balance,arrears\nA-1,120.40,0\nA-2,88.10,2\n".repeat(16).into_bytes();
        let place = ("client_data", "dataset");
        let file = hands.file(&self.subject, place, ("text/csv", rows))?;
        let fields = json!({ "dataset": file, "title": format!("Week {week}") });
        let data = hands.part(&self.subject, &self.project, "client_data", fields)?;
        let what = "an engineer trains a model before the client has said so";
        hands.pry(what, "engineer", &data, "model_training")
    }

    /// An invoice and a question.
    fn quarter(&self, hands: &Hands, day: Day, week: usize) -> Result<()> {
        let paper = json!({
            "invoice_number": format!("TK-{week:03}-{:02}", self.number),
            "invoice_date": day.date(),
            "amount": { "amount": "18400.00", "currency": "GBP" },
            "company_name": pick(&FIRMS, self.number),
            "full_name": BRITISH.full(self.number),
        });
        let paper = hands.record(&self.subject, "transaction", paper)?;
        hands.look("finance", &paper, "billing")?;
        hands.pry(
            "operations read an invoice to run the service",
            "operations",
            &paper,
            "service",
        )?;
        let terms = b"%PDF-1.4 made up for the demo\n%%EOF\n".to_vec();
        let file =
            hands.file(&self.subject, ("enquiry", "attachment"), ("application/pdf", terms))?;
        let fields =
            json!({ "message": "Could the next report come earlier?", "attachment": file });
        let enquiry = hands.record(&self.subject, "enquiry", fields)?;
        hands.raise(&enquiry, "resolved")
    }

    /// What happens to some of them.
    fn special(&mut self, hands: &Hands, week: usize) -> Result<()> {
        if !self.here {
            return Ok(());
        }
        if self.number % 4 == 2 && self.weeks(week) == Some(40) {
            if let Some(choice) = self.choice.take() {
                hands.raise(&choice, "opted_out")?;
            }
            hands.withdraw(&self.subject, "marketing")?;
        }
        if self.number.is_multiple_of(3) && self.weeks(week) == Some(20) {
            hands.ask(&self.subject, "access")?;
        }
        if HELD == (self.number, week) {
            hands.hold(&self.subject, "project", "High Court, a dispute about fees")?;
        }
        if self.number % 5 == 2 && self.weeks(week) == Some(STAY) {
            hands.raise(&self.account, "closed")?;
            self.here = false;
        }
        if ERASED.contains(&(self.number, week)) {
            hands.ask(&self.subject, "erasure")?;
            self.here = false;
        }
        Ok(())
    }
}
