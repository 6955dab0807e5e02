//! What nobody asked for and nobody may store: numbers of payment cards, national ids and bank accounts in
//! texts, and words of special categories in texts that are free. They are masked on their way in. Structured
//! numbers have check digits, so they are recognised with few mistakes; of words only a list is known. Files
//! and pictures are not looked into.

mod card;
mod digits;
mod iban;
mod nik;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use policy::{Category, FieldKind};
use serde_json::{Map, Value};

/// What was found in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The number of a payment card: PCI DSS 3.3 lets nobody keep it in clear.
    Card,
    /// An Indonesian population number (NIK).
    NationalId,
    /// An international bank account number (ISO 13616).
    BankAccount,
    /// Health.
    Health,
    /// Religion or belief.
    Belief,
    /// Politics or union.
    Politics,
    /// Sex life or orientation.
    SexLife,
    /// Race or ethnic origin.
    Origin,
}

impl Kind {
    /// The word that stands in the place of what was masked, and in answers.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Card => "card",
            Kind::NationalId => "national id",
            Kind::BankAccount => "bank account",
            Kind::Health => "health",
            Kind::Belief => "belief",
            Kind::Politics => "politics",
            Kind::SexLife => "sex life",
            Kind::Origin => "origin",
        }
    }
}

/// One place in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its bytes.
    pub at: Range<usize>,
    /// What it is.
    pub kind: Kind,
}

/// What was masked in a record, for the answer: the field and what it held, never the value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Masked {
    /// The field.
    pub field: String,
    /// What it held.
    pub kind: Kind,
}

/// The shortest account number has fifteen characters, four of them letters.
const FEWEST: usize = 11;

/// Numbers that carry check digits or dates, left to right, none inside another.
pub fn numbers(text: &str) -> Vec<Found> {
    let runs = digits::runs(text);
    if runs.iter().map(|run| run.digits.len()).sum::<usize>() < FEWEST {
        return Vec::new();
    }
    let mut found = iban::find(text);
    for (at, kind) in runs.iter().flat_map(|run| {
        let cards = card::find(run).into_iter().map(|at| (at, Kind::Card));
        cards.chain(nik::find(run).into_iter().map(|at| (at, Kind::NationalId)))
    }) {
        found.push(Found { at, kind });
    }
    apart(found)
}

/// Numbers, and words of special categories.
pub fn all(text: &str) -> Vec<Found> {
    let mut found = numbers(text);
    found.extend(words::find(text));
    apart(found)
}

/// Of two that overlap the first stays, of two that begin together the longer.
fn apart(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by_key(|one| (one.at.start, std::cmp::Reverse(one.at.end), one.kind));
    let mut end = 0;
    found.retain(|one| {
        let free = one.at.start >= end;
        if free {
            end = one.at.end;
        }
        free
    });
    found
}

/// The text with a word in the place of each thing found.
fn without(text: &str, found: &[Found]) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut from = 0;
    for one in found {
        clean.push_str(text.get(from..one.at.start).unwrap_or_default());
        clean.push('[');
        clean.push_str(one.kind.word());
        clean.push(']');
        from = one.at.end;
    }
    clean.push_str(text.get(from..).unwrap_or_default());
    clean
}

/// Masks what the fields of a record may not hold, in place, and says what it was.
pub fn mask(category: &Category, fields: &mut Map<String, Value>) -> Vec<Masked> {
    let mut masked = Vec::new();
    for field in category.fields.iter().filter(|field| field.kind == FieldKind::Text) {
        let Some(Value::String(text)) = fields.get_mut(&field.name) else { continue };
        let free = category.special.is_none() && policy::is_free_text(&field.name);
        let mut found = if free { all(text) } else { numbers(text) };
        if policy::holds_national_id(&field.name) {
            found.retain(|one| one.kind != Kind::NationalId);
        }
        if found.is_empty() {
            continue;
        }
        *text = without(text, &found);
        let mut kinds: Vec<Kind> = found.iter().map(|one| one.kind).collect();
        kinds.sort_unstable();
        kinds.dedup();
        masked.extend(kinds.into_iter().map(|kind| Masked { field: field.name.clone(), kind }));
    }
    masked
}
