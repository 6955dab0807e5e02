//! Values that are found again wherever they went: each is random, and none is like another.

use std::{
    hash::{BuildHasher, RandomState},
    sync::Mutex,
};

use engine::policy::{Field, FieldKind};
use serde_json::{Value, json};

/// Where the marks come from: the keys that the operating system gives each hash map.
pub(crate) struct Chance(RandomState, u64);

impl Chance {
    pub(crate) fn new() -> Chance {
        Chance(RandomState::new(), 0)
    }

    pub(crate) fn bytes(&mut self, length: usize) -> Vec<u8> {
        let mut bytes = Vec::new();
        while bytes.len() < length {
            self.1 += 1;
            bytes.extend(self.0.hash_one(self.1).to_le_bytes());
        }
        bytes.truncate(length);
        bytes
    }

    fn letters(&mut self, length: usize, alphabet: &[u8]) -> String {
        let bytes = self.bytes(length);
        let letter = |byte: &u8| char::from(alphabet[usize::from(*byte) % alphabet.len()]);
        bytes.iter().map(letter).collect()
    }
}

const LETTERS: &[u8] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz23456789";

/// Every mark that was made, with what it stood for.
#[derive(Default)]
pub(crate) struct Marks(Mutex<Vec<(String, String)>>);

impl Marks {
    /// Remembers a value that somebody else made up.
    pub(crate) fn keep(&self, what: &str, value: &str) {
        self.0.lock().unwrap().push((value.to_owned(), what.to_owned()));
    }

    /// A word of twenty letters.
    pub(crate) fn word(&self, what: &str) -> String {
        let word = format!("Zq{}", Chance::new().letters(18, LETTERS));
        self.keep(what, &word);
        word
    }

    /// The word that stands for this already, or a new one: for what is tried a thousand times.
    pub(crate) fn same(&self, what: &str) -> String {
        let known = self.0.lock().unwrap().iter().find(|(_, known)| known == what).cloned();
        known.map_or_else(|| self.word(what), |(mark, _)| mark)
    }

    fn digits(&self, what: &str, length: usize) -> String {
        // Neither end is a nought that writing a number would lose.
        let digits = format!("7{}3", Chance::new().letters(length - 2, b"0123456789"));
        self.keep(what, &digits);
        digits
    }

    fn fraction(&self, what: &str, whole: &str) -> Value {
        let text = format!("{whole}.{}3", Chance::new().letters(11, b"123456789"));
        self.keep(what, &text);
        serde_json::from_str(&text).unwrap()
    }

    fn address(&self, what: &str) -> String {
        let parts = Chance::new().bytes(12);
        let parts: Vec<String> = parts
            .chunks(2)
            // Each part in four digits that begin with no nought: the one way to write it.
            .map(|two| format!("{:x}", u16::from_be_bytes([two[0], two[1]]) | 0x8001))
            .collect();
        let address = format!("2001:db8:{}", parts.join(":"));
        self.keep(what, &address);
        address
    }

    /// A value that a field takes and that is a mark wherever it can be one. Blobs are not made here.
    pub(crate) fn value(&self, field: &Field) -> Option<Value> {
        let what = &field.name;
        Some(match &field.kind {
            FieldKind::Text | FieldKind::Secret | FieldKind::Token | FieldKind::Person => {
                self.word(what).into()
            }
            FieldKind::Email => {
                let (name, host) = (self.word(what), self.word(what));
                format!("{name}@{host}.example").into()
            }
            FieldKind::Phone => format!("+{}", self.digits(what, 14)).into(),
            FieldKind::Number => self.fraction(what, "421"),
            FieldKind::Date => "2026-03-02".into(),
            FieldKind::Time => {
                let text =
                    format!("2026-03-02T01:02:03.{}Z", Chance::new().letters(6, b"123456789"));
                self.keep(what, &text);
                text.into()
            }
            FieldKind::YesNo => true.into(),
            FieldKind::Place => {
                let (south, east) = (self.fraction(what, "-7"), self.fraction(what, "106"));
                json!({"latitude": south, "longitude": east})
            }
            FieldKind::Ip => self.address(what).into(),
            FieldKind::Url => format!("https://host.example/{}", self.word(what)).into(),
            FieldKind::Money => json!({"amount": self.digits(what, 12), "currency": "IDR"}),
            FieldKind::Vector => Value::Array((0..8).map(|_| self.fraction(what, "0")).collect()),
            FieldKind::Options(options) => options.first()?.as_str().into(),
            FieldKind::Image | FieldKind::File => return None,
        })
    }

    /// The marks themselves.
    pub(crate) fn all(&self) -> Vec<String> {
        self.0.lock().unwrap().iter().map(|(mark, _)| mark.clone()).collect()
    }

    /// What a mark stood for.
    pub(crate) fn meaning(&self, mark: &str) -> String {
        let marks = self.0.lock().unwrap();
        marks
            .iter()
            .find(|(known, _)| known == mark)
            .map_or(String::new(), |(_, what)| what.clone())
    }
}
