//! The published page as a pure tree: chapters, rows in their words, and simple facts.

use std::fmt::Write as _;

use crate::{
    fields, labels,
    model::{Period, Policy, Unit},
    phrase, plain,
    promise::{KeyRow, Row, State},
    sentences,
};

/// The page of one policy in one language.
#[derive(Debug, Clone)]
pub struct Document {
    /// The heading.
    pub title: String,
    /// The policy's version.
    pub version: String,
    /// The day from which it holds.
    pub effective: String,
    /// The language it is written in.
    pub language: String,
    /// Whether this is the language that binds.
    pub binding: bool,
    /// The chapters, in an order that never changes.
    pub chapters: Vec<Chapter>,
}

/// A chapter: what one question of a reader is answered by.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// A stable name, for links.
    pub id: String,
    /// The heading.
    pub title: String,
    /// The rows.
    pub rows: Vec<Line>,
}

/// A row as people read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The path of the row, for links.
    pub path: String,
    /// What it is called.
    pub words: String,
    /// What that means, where the heading alone would leave a reader guessing.
    pub sentence: Option<String>,
    /// Its keys: label and value, both in the language of the page.
    pub facts: Vec<(String, String)>,
    /// Whether it is kept.
    pub state: State,
}

const CHAPTERS: &[(&str, &[&str])] = &[
    ("scope", &["policy", "company", "scope", "service", "feature", "setting"]),
    ("data", &["data"]),
    ("purposes", &["purpose", "never"]),
    ("recipients", &["recipient", "transfer", "integration", "document"]),
    ("safety", &["always", "security", "evidence", "duty", "resold", "register", "workspace"]),
    ("rights", &["right", "request", "complaint", "officer", "children"]),
    ("incidents", &["incident"]),
    ("notices", &["cookie", "notice"]),
];

impl Document {
    /// Whether a row stands on the page: itself, or the rows of a section that says nothing of its own.
    pub fn shows(&self, path: &str) -> bool {
        let section = |line: &Line| line.path.split('.').next() == Some(path);
        let rows = || self.chapters.iter().flat_map(|chapter| &chapter.rows);
        rows().any(|line| line.path == path || section(line))
    }
}

impl Policy {
    /// The page in one of its languages; words that it lacks there stand in the binding one.
    pub fn document(&self, language: &str) -> Document {
        let chapters = CHAPTERS
            .iter()
            .map(|(id, sections)| Chapter {
                id: (*id).to_owned(),
                title: labels::row(&format!("chapter.{id}"), language),
                rows: self.lines(sections, language),
            })
            .filter(|chapter| !chapter.rows.is_empty())
            .collect();
        Document {
            title: self.words_for("policy", language),
            version: self.version.clone(),
            effective: self.effective.to_string(),
            language: language.to_owned(),
            binding: self.binding == language,
            chapters,
        }
    }

    fn lines(&self, sections: &[&str], language: &str) -> Vec<Line> {
        let mut lines = Vec::new();
        for section in sections {
            let rows = self.rows.iter().filter(|row| row.path.split('.').next() == Some(section));
            lines.extend(rows.filter(|row| shown(row)).map(|row| self.line(row, language)));
        }
        lines
    }

    fn line(&self, row: &Row, language: &str) -> Line {
        let all =
            row.state == State::Planned && row.keys.iter().all(|key| key.state == State::Planned);
        let mut words = self.words_for(&row.path, language);
        if all {
            mark(&mut words, "planned", language);
        }
        if row.state == State::Evidence {
            mark(&mut words, "evidence", language);
        }
        let fact = |key: &KeyRow| {
            let mut value = self.value(key, language);
            if key.state == State::Planned && !all {
                mark(&mut value, "planned", language);
            }
            (labels::key(&row.path, &key.key, language), value)
        };
        let facts = row.keys.iter().map(fact).collect();
        let sentence = sentences::sentence(&row.path, language).map(str::to_owned);
        Line { path: row.path.clone(), words, sentence, facts, state: row.state }
    }

    pub(crate) fn words_for(&self, path: &str, language: &str) -> String {
        let own = self.words.of_path(path, language);
        let own = own.or_else(|| self.words.of_path(path, &self.binding));
        let name = path.strip_prefix("integration.").map(|id| format!("recipient.{id}"));
        let own = own.or_else(|| self.words.of_path(&name?, language));
        own.map_or_else(|| labels::row(path, language), str::to_owned)
    }

    fn value(&self, key: &KeyRow, language: &str) -> String {
        let texts = quoted(&key.value);
        if texts.is_empty() {
            return plain::bare(&key.value, language);
        }
        let words: Vec<String> =
            texts.iter().map(|text| self.word(&key.key, text, language)).collect();
        plain::list(&words)
    }

    fn word(&self, key: &str, text: &str, language: &str) -> String {
        let sections: &[&str] = match key {
            "for" => &["purpose"],
            "events" => return event_rule(text, language),
            "of" | "only" | "people" => &["people"],
            "by" | "owner" | "to" | "staff" => &["staff"],
            "document" => &["document"],
            "plans" => &["plan"],
            "in" => &["service"],
            "when" => &["feature", "setting"],
            "part_of" | "feeds" | "tokens" => &["data"],
            "recipient" => &["recipient"],
            "gets" | "each" | "scopes" => return self.piece(text, language),
            "statutory" if self.purpose(text).is_some() => &["purpose"],
            "fields" | "optional" | "unique" | "find_by" | "were" | "statutory" => {
                return self.field(text, language);
            }
            "keep" | "lapses" | "grace" | "lasts" | "within" | "extend" | "lives" | "every"
            | "gone" | "drill" | "point" | "time" | "probe" | "before" | "default" | "min"
            | "max" | "target" => {
                return self.length(text, language);
            }
            "rests_on" => return self.words_for(text, language),
            "hours" | "laws" | "languages" | "binding" | "country" | "holidays" | "where"
            | "home" | "only_in" | "not_in" => return plain::code(key, text, language),
            "name" | "address" | "privacy" | "general" | "security" | "policy" | "mail"
            | "zone" | "hosts" | "version" | "subject" => return text.to_owned(),
            _ => &[],
        };
        let own = sections
            .iter()
            .find_map(|section| self.words.of_path(&format!("{section}.{text}"), language));
        own.map_or_else(|| labels::label(text, language), str::to_owned)
    }

    fn piece(&self, text: &str, language: &str) -> String {
        let Some((category, field)) = text.split_once('.') else {
            let own = self.words.of_path(&format!("data.{text}"), language);
            return own.map_or_else(|| labels::label(text, language), str::to_owned);
        };
        let whole = self.words_for(&format!("data.{category}"), language);
        format!("{whole}: {}", self.field(field, language))
    }

    fn field(&self, name: &str, language: &str) -> String {
        let own = self.words.of_path(&format!("field.{name}"), language);
        own.or_else(|| fields::words(name, language))
            .map_or_else(|| labels::label(name, language), str::to_owned)
    }

    fn length(&self, text: &str, language: &str) -> String {
        let id = language == "id";
        match phrase::keep(text) {
            Ok(phrase::Keep::Never) => labels::label("never", language),
            Ok(phrase::Keep::ForEver) => if id { "selamanya" } else { "for ever" }.to_owned(),
            Ok(phrase::Keep::With(whole)) => {
                let whole = self.words_for(&format!("data.{}", whole.text), language);
                if id { format!("bersama {whole}") } else { format!("with {whole}") }
            }
            Ok(phrase::Keep::End(length, event)) => {
                let event = event.map(|event| self.event(&event, language));
                let length = length.map(|length| match length {
                    phrase::Length::Period(period) => said(period, language),
                    phrase::Length::Setting(name) => self.word("when", &name.text, language),
                });
                match (length, event) {
                    (Some(length), None) => length,
                    (Some(length), Some(event)) if id => format!("{length} setelah {event}"),
                    (Some(length), Some(event)) => format!("{length} after {event}"),
                    (None, Some(event)) if id => format!("sampai {event}"),
                    (None, event) => format!("until {}", event.unwrap_or_default()),
                }
            }
            Err(_) => labels::label(text, language),
        }
    }

    fn event(&self, event: &phrase::Event, language: &str) -> String {
        let name = labels::label(&event.name.text, language);
        let Some(subject) = &event.subject else { return name };
        let paths = ["data", "feature", "recipient"];
        let known = paths.iter().find_map(|section| {
            self.words.of_path(&format!("{section}.{}", subject.text), language)
        });
        format!("{name} ({})", known.unwrap_or(&subject.text))
    }
}

/// A section that only says what its rows cover together is no row for readers.
fn shown(row: &Row) -> bool {
    row.path.contains('.') || !row.keys.is_empty()
}

fn mark(words: &mut String, state: &str, language: &str) {
    let _ = write!(words, " ({})", labels::label(state, language));
}

fn event_rule(text: &str, language: &str) -> String {
    let Ok((name, clears)) = phrase::event_rule(text) else { return text.to_owned() };
    let name = labels::label(&name.text, language);
    let Some(clears) = clears else { return name };
    let clears = labels::label(&clears.text, language);
    if language == "id" {
        format!("{name} (membatalkan {clears})")
    } else {
        format!("{name} (takes back {clears})")
    }
}

pub(crate) fn said(period: Period, language: &str) -> String {
    let (one, many, id) = match period.unit {
        Unit::Minute => ("minute", "minutes", "menit"),
        Unit::Hour => ("hour", "hours", "jam"),
        Unit::Day => ("day", "days", "hari"),
        Unit::BusinessDay => ("business day", "business days", "hari kerja"),
        Unit::Month => ("month", "months", "bulan"),
        Unit::Year => ("year", "years", "tahun"),
    };
    let english = if period.count == 1 { one } else { many };
    format!("{} {}", period.count, if language == "id" { id } else { english })
}

/// The strings of a value as written.
fn quoted(value: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut text: Option<String> = None;
    let mut escaped = false;
    for c in value.chars() {
        match (&mut text, c) {
            (None, '"') => text = Some(String::new()),
            (None, _) => {}
            (Some(open), _) if escaped => {
                open.push(c);
                escaped = false;
            }
            (Some(_), '\\') => escaped = true,
            (Some(_), '"') => found.extend(text.take()),
            (Some(open), _) => open.push(c),
        }
    }
    found
}
