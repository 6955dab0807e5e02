//! Addresses, names and dates.

use super::{
    Reader, Topic,
    tables::{COUNTRIES, says},
};
use crate::import::draft::{Place, Value};

impl Reader<'_> {
    /// The addresses of a line, by what stands around them.
    pub(super) fn contact(&mut self, text: &str, low: &str, place: &Place) {
        for mail in mails(text) {
            let (path, key) = match () {
                () if mail.starts_with("security@") => ("company", "security"),
                () if mail.starts_with("dpo@")
                    || self.topic == Topic::Officer && mail.starts_with("privacy@") =>
                {
                    ("officer", "mail")
                }
                () if mail.starts_with("privacy@")
                    || mail.starts_with("privasi@")
                    || says(low, &["privacy", "privasi"]) =>
                {
                    ("company", "privacy")
                }
                () if self.topic == Topic::Officer => ("officer", "mail"),
                () if says(low, &["general", "umum", "contact", "hello"])
                    || self.topic == Topic::Contact =>
                {
                    ("company", "general")
                }
                () => continue,
            };
            if !self.draft.has(path, key) {
                self.draft.set(path, key, &Value::text(&mail));
                self.draft.note(path, &mail, place);
            }
        }
        let street = text.starts_with("Jl.") || text.starts_with("Jalan ");
        let named = text.split_once(':').filter(|(label, _)| {
            let label = label.to_lowercase();
            [
                "address",
                "operating address",
                "registered address",
                "postal address",
                "alamat",
                "alamat kantor",
            ]
            .contains(&label.trim())
        });
        if let Some(address) = named
            .map(|(_, rest)| rest.trim())
            .or(street.then_some(text))
            .filter(|one| !one.is_empty() && !one.contains('@'))
            .filter(|_| matches!(self.topic, Topic::Contact | Topic::Scope | Topic::Other))
        {
            self.address(address, place);
        }
        if let Some(name) = text.strip_prefix("PT ").filter(|rest| {
            rest.split_whitespace().count() <= 6
                && matches!(self.topic, Topic::Contact | Topic::Scope)
        }) {
            self.draft.set("company", "name", &Value::Text(format!("PT {name}")));
            self.draft.note("company", text, place);
        }
        self.named(text, place);
    }

    fn address(&mut self, address: &str, place: &Place) {
        self.draft.set("company", "address", &Value::text(address));
        self.draft.note("company", address, place);
        let low = address.to_lowercase();
        if let Some((_, code)) = COUNTRIES.iter().find(|(words, _)| says(&low, &[words])) {
            self.draft.set("company", "country", &Value::text(code));
        }
    }

    /// “This policy describes how NAME …”
    fn named(&mut self, text: &str, place: &Place) {
        if self.draft.has("company", "name") {
            return;
        }
        for cue in ["describes how ", "menjelaskan bagaimana ", "menjelaskan cara "] {
            let Some((_, rest)) = text.split_once(cue) else { continue };
            let name: Vec<&str> = rest
                .split_whitespace()
                .take_while(|word| word.starts_with(|c: char| c.is_uppercase()))
                .collect();
            let name = name.join(" ");
            if !name.is_empty() {
                let name = name.trim_end_matches([',', '.']);
                self.draft.set("company", "name", &Value::text(name));
                self.draft.note("company", name, place);
            }
        }
    }
}

/// The e-mail addresses in a text, in small letters.
pub(crate) fn mails(text: &str) -> Vec<String> {
    let inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '@' | '.' | '-' | '_' | '+');
    text.split(|c: char| !inside(c))
        .map(|word| word.trim_matches(['.', '-']).to_lowercase())
        .filter(|word| is_mail(word))
        .collect()
}

/// Whether the check takes it for an address.
fn is_mail(word: &str) -> bool {
    let Some((user, host)) = word.split_once('@') else { return false };
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    !user.is_empty() && host.len() <= 253 && host.contains('.') && host.split('.').all(label)
}

/// The first date of a text, as a policy writes it.
pub(super) fn date(text: &str) -> Option<String> {
    let words: Vec<String> = text
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '(' | ')' | ':' | '\'' | '"'))
        .map(|word| word.trim_end_matches('.').to_lowercase())
        .filter(|word| !word.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        let iso = word.get(..10).filter(|head| head.parse::<jiff::civil::Date>().is_ok());
        if let Some(date) = iso {
            return Some(date.to_owned());
        }
        let Some(month) = MONTHS.iter().position(|(en, id)| word == en || word == id) else {
            continue;
        };
        let number = |at: usize| words.get(at).and_then(|word| word.parse::<i16>().ok());
        let (before, after) = (at.checked_sub(1).and_then(number), number(at + 1));
        let (day, year) = match (before, after, number(at + 2)) {
            (_, Some(day), Some(year)) | (Some(day), Some(year), _)
                if day <= 31 && year > 1_900 =>
            {
                (day, year)
            }
            _ => continue,
        };
        let month = i8::try_from(month + 1).ok()?;
        if let Ok(date) = jiff::civil::Date::new(year, month, i8::try_from(day).ok()?) {
            return Some(date.to_string());
        }
    }
    None
}

const MONTHS: &[(&str, &str)] = &[
    ("january", "januari"),
    ("february", "februari"),
    ("march", "maret"),
    ("april", "april"),
    ("may", "mei"),
    ("june", "juni"),
    ("july", "juli"),
    ("august", "agustus"),
    ("september", "september"),
    ("october", "oktober"),
    ("november", "november"),
    ("december", "desember"),
];
