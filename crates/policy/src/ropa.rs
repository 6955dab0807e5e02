//! The record of processing activities that Art. 30 of the GDPR, its British twin and Art. 31 of Indonesia's law ask
//! for: a row for each purpose and role, made from the rules and nothing else.

mod csv;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::{
    activity::Activity,
    document::{Line, View},
    locale::Locale,
    model::{Category, Policy, Recipient},
};

/// The record, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ropa {
    /// The headings of the columns, the same in every part.
    pub heads: Vec<String>,
    /// What the company does as controller, and then as processor.
    pub parts: Vec<RopaPart>,
}

/// The activities in one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RopaPart {
    /// What the part is called.
    pub title: String,
    /// A row for each activity, with a cell for each heading.
    pub rows: Vec<Vec<String>>,
}

const HEADS: &[&str] = &[
    "ropa-head-record",
    "ropa-head-rule",
    "ropa-head-controller",
    "ropa-head-processor",
    "ropa-head-contact",
    "ropa-head-officer",
    "ropa-head-purpose",
    "ropa-head-basis",
    "ropa-head-people",
    "ropa-head-data",
    "ropa-head-recipients",
    "ropa-head-transfers",
    "ropa-head-erasure",
    "ropa-head-measures",
];

/// The article that asks for the record, for controllers and for processors.
const ARTICLES: &[(&str, &str, &str)] = &[
    ("gdpr", "GDPR 30(1)", "GDPR 30(2)"),
    ("uk-gdpr", "UK GDPR 30(1)", "UK GDPR 30(2)"),
    ("id-pdp", "UU PDP 31", "UU PDP 52"),
];

impl Policy {
    /// The record of processing activities, with the words of one language.
    pub fn ropa(&self, language: &str) -> Ropa {
        let writer = Writer::of(self, language);
        let activities = self.activities();
        let part = |processor: bool, title: &str| RopaPart {
            title: writer.locale.say(title),
            rows: activities
                .iter()
                .filter(|activity| activity.processor == processor)
                .map(|activity| writer.row(activity))
                .collect(),
        };
        Ropa {
            heads: HEADS.iter().map(|id| writer.locale.say(id)).collect(),
            parts: vec![part(false, "ropa-title-controller"), part(true, "ropa-title-processor")],
        }
    }
}

impl Ropa {
    /// The record as one table of comma-separated values, RFC 4180, safe to open in a spreadsheet.
    pub fn to_csv(&self) -> String {
        let rows = self.parts.iter().flat_map(|part| &part.rows);
        csv::write([&self.heads].into_iter().chain(rows))
    }
}

/// The words of the page, by row and by key.
struct Writer<'p> {
    policy: &'p Policy,
    language: &'p str,
    locale: &'static Locale,
    rows: BTreeMap<String, Line>,
}

impl<'p> Writer<'p> {
    fn of(policy: &'p Policy, language: &'p str) -> Self {
        let document = policy.document(language, &View::default());
        let lines = document.chapters.into_iter().flat_map(|chapter| chapter.rows);
        let rows = lines.map(|line| (line.path.clone(), line)).collect();
        Self { policy, language, locale: Locale::of(language), rows }
    }

    fn row(&self, activity: &Activity<'_>) -> Vec<String> {
        let company = &self.policy.company;
        let recipients = activity.recipients(self.policy);
        let purpose = format!("purpose.{}", activity.purpose.id);
        let people = activity.people(self.policy).into_iter();
        let (controller, processor) = if activity.processor {
            (self.locale.say("ropa-customer"), company.name.clone())
        } else {
            (company.name.clone(), String::new())
        };
        vec![
            self.record(activity.processor),
            purpose.clone(),
            controller,
            processor,
            lines([company.address.clone(), company.privacy.clone()]),
            self.policy.officer.clone().unwrap_or_default(),
            self.words(&purpose),
            self.said(&purpose, "basis").unwrap_or_default(),
            lines(people.map(|kind| self.policy.people_words(kind, self.language))),
            lines(activity.categories.iter().map(|one| self.data(one))),
            lines(recipients.iter().map(|one| self.recipient(one))),
            lines(recipients.iter().filter_map(|one| self.transfer(one))),
            lines(activity.categories.iter().map(|one| self.erasure(one))),
            lines(self.measures()),
        ]
    }

    /// The articles of the laws that the policy is measured by.
    fn record(&self, processor: bool) -> String {
        let asks =
            ARTICLES.iter().filter(|(law, ..)| self.policy.laws.iter().any(|own| own == law));
        lines(asks.map(|(_, ours, theirs)| {
            let article = if processor { theirs } else { ours };
            (*article).to_owned()
        }))
    }

    /// What a row is called, with the mark that it is only planned.
    fn words(&self, path: &str) -> String {
        let Some(line) = self.rows.get(path) else { return path.to_owned() };
        let words = line.words.plain();
        line.mark.as_ref().map_or_else(|| words.clone(), |mark| format!("{words} ({mark})"))
    }

    /// The value of a key in words.
    fn said(&self, path: &str, key: &str) -> Option<String> {
        let anchor = format!("{path}.{key}");
        let facts = &self.rows.get(path)?.facts;
        let fact = facts.iter().find(|fact| fact.anchor.as_ref() == Some(&anchor))?;
        Some(fact.value.plain())
    }

    fn data(&self, category: &Category) -> String {
        let path = format!("data.{}", category.id);
        let fields = ["fields", "optional"].iter().filter_map(|key| self.said(&path, key));
        let fields: Vec<String> = fields.collect();
        format!("{}: {}", self.words(&path), fields.join("; "))
    }

    fn recipient(&self, recipient: &Recipient) -> String {
        let role = self.locale.closed(&recipient.role);
        format!("{}: {role}", self.words(&format!("recipient.{}", recipient.id)))
    }

    /// The countries abroad in which a recipient works, and what guards them.
    fn transfer(&self, recipient: &Recipient) -> Option<String> {
        let abroad = self.policy.abroad(recipient).into_iter();
        let abroad: Vec<String> =
            abroad.map(|code| self.locale.say(&format!("country-{code}"))).collect();
        if abroad.is_empty() {
            return None;
        }
        let path = format!("recipient.{}", recipient.id);
        let guards = self.said(&path, "safeguards").or_else(|| self.said("transfer", "safeguards"));
        let guards = guards.map(|guards| format!(" ({guards})")).unwrap_or_default();
        let name = self.policy.words_for(&path, self.language).plain();
        Some(format!("{name}: {}{guards}", abroad.join(", ")))
    }

    /// How long a category stays, or how an account that nobody uses ends.
    fn erasure(&self, category: &Category) -> String {
        let path = format!("data.{}", category.id);
        let own = self.said(&path, "keep").unwrap_or_else(|| {
            let label = |key: &str| {
                let value = self.said(&path, key)?;
                Some(format!("{} {value}", self.locale.key(&path, key)))
            };
            let parts: Vec<String> = ["lapses", "grace"].into_iter().filter_map(label).collect();
            parts.join("; ")
        });
        format!("{}: {own}", self.words(&path))
    }

    fn measures(&self) -> impl Iterator<Item = String> {
        let named = |path: &&String| path.starts_with("security.") || path.starts_with("always.");
        let paths = self.policy.rows.iter().map(|row| &row.path).filter(named);
        paths.map(|path| self.words(path))
    }
}

/// Several things in one cell, each on a line of its own.
fn lines(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join("\n")
}
