//! A value for every field, and a record of any category with the wholes above it.

use engine::policy::{Field, FieldKind};
use serde_json::{Map, Value, json};

use super::bench::{Company, Person};
use crate::world::Answer;

/// The smallest picture that a decoder takes.
pub(super) const PHOTO: &[u8] = &[
    0xff, 0xd8, 0xff, 0xdb, 0x00, 0x04, 0x01, 0x02, 0xff, 0xda, 0x00, 0x04, 0x01, 0x02, 0x11, 0x22,
    0xff, 0xd9,
];

/// Fields of one record, and the words in them that nobody else has.
pub(crate) struct Filled {
    pub(crate) fields: Map<String, Value>,
    pub(crate) canaries: Vec<String>,
}

/// A record that was written.
pub(crate) struct Written {
    pub(crate) id: String,
    pub(crate) canaries: Vec<String>,
}

impl Company {
    pub(super) fn upload(
        &self,
        person: &Person,
        category: &str,
        field: &Field,
        bytes: &[u8],
    ) -> Answer {
        let (id, name) = (&person.id, &field.name);
        let path = format!("/v1/blobs?subject={id}&category={category}&field={name}");
        let bearer = format!("Bearer {}", self.system);
        let media = if field.kind == FieldKind::Image { "image/jpeg" } else { "application/pdf" };
        let headers = [("authorization", bearer.as_str()), ("content-type", media)];
        self.server.send("POST", &path, &headers, Some(bytes))
    }

    /// A value of a field, with the word to look for when it has one.
    pub(crate) fn value(
        &self,
        person: &Person,
        category: &str,
        field: &Field,
    ) -> (Value, Option<String>) {
        let number = self.next();
        let word = format!("canary{number}of{category}");
        let text = |value: String| (Value::from(value.clone()), Some(value));
        match &field.kind {
            FieldKind::Text | FieldKind::Secret | FieldKind::Token => text(format!("a {word}")),
            FieldKind::Email => text(format!("{}@example.org", word.replace('_', "."))),
            FieldKind::Url => text(format!("https://{}.example.org/", word.replace('_', "-"))),
            FieldKind::Phone => text(format!("+62 811 {:04}", 1000 + number)),
            FieldKind::Number => (json!(number), None),
            FieldKind::Date => (json!("2026-03-02"), None),
            FieldKind::Time => (json!("2026-03-02T01:30:00Z"), None),
            FieldKind::YesNo => (json!(true), None),
            FieldKind::Place => (json!({"latitude": 1.4748, "longitude": 124.8421}), None),
            FieldKind::Ip => text(format!("2001:db8::{:x}", 0xa000 + number)),
            FieldKind::Money => (json!({"amount": "125000.00", "currency": "IDR"}), None),
            FieldKind::Vector => (json!([0.25, -0.5, 0.125]), None),
            FieldKind::Person => (self.person(&self.category(category).of[..1]).id.into(), None),
            FieldKind::Options(options) => (json!(options[0]), None),
            FieldKind::Image => (self.upload(person, category, field, PHOTO).id().into(), None),
            FieldKind::File => {
                let uploaded = self.upload(person, category, field, word.as_bytes());
                (uploaded.id().into(), Some(word))
            }
        }
    }

    /// Every field of a category, the optional ones too.
    pub(crate) fn filled(&self, person: &Person, category: &str) -> Filled {
        let mut filled = Filled { fields: Map::new(), canaries: Vec::new() };
        for field in &self.category(category).fields {
            let (value, canary) = self.value(person, category, field);
            filled.fields.insert(field.name.clone(), value);
            filled.canaries.extend(canary);
        }
        filled
    }

    /// The record that a new one of a category hangs on, made when there is none.
    pub(crate) fn whole(&self, person: &Person, category: &str) -> Option<String> {
        let whole = self.category(category).part_of.clone()?;
        self.policy.category(&whole)?;
        let known = person.records.borrow().get(&whole).cloned();
        Some(known.unwrap_or_else(|| {
            let written = self.write(person, &whole);
            person.records.borrow_mut().insert(whole.clone(), written.id.clone());
            written.id
        }))
    }

    pub(crate) fn send(
        &self,
        token: &str,
        person: &Person,
        category: &str,
        fields: &Map<String, Value>,
    ) -> Answer {
        let whole = self.whole(person, category);
        let fields = Value::Object(fields.clone());
        self.server.record(token, &person.id, category, whole.as_deref(), fields)
    }

    /// Makes ready what a category needs: features, consents and the wholes above it.
    pub(crate) fn ready(&self, person: &Person, category: &str) {
        self.open(category);
        self.consents_but(person, category, None);
    }

    /// A whole record with everything that it needs.
    pub(crate) fn write(&self, person: &Person, category: &str) -> Written {
        self.ready(person, category);
        let filled = self.filled(person, category);
        let answer = self.send(&self.system, person, category, &filled.fields);
        assert_eq!(answer.status, 201, "{category}: {}", answer.text());
        let id = answer.id();
        person.records.borrow_mut().insert(category.to_owned(), id.clone());
        Written { id, canaries: filled.canaries }
    }
}
