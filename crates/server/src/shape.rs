//! The form of a JSON document, said once: it checks what comes in, what goes out, and becomes the schema in
//! the API description.

use serde_json::{Map, Value, json};

/// What a value may be.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Shape {
    /// Any text.
    Text,
    /// The public id of something, by its prefix.
    Id(&'static str),
    /// RFC 3339.
    Time,
    /// True or false.
    Bool,
    /// A whole number from 0.
    Count,
    /// The value of a setting: a text, a number, or true or false.
    Choice,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of the same.
    List(&'static Shape),
    /// Exactly these fields.
    Object(&'static [Field]),
    /// Fields that the policy declares; the engine checks each.
    Fields,
    /// A document that has its own description.
    Document,
}

/// One field of an object.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Field {
    /// Its name.
    pub(crate) name: &'static str,
    /// Its form.
    pub(crate) shape: Shape,
    /// Whether it is always there.
    pub(crate) required: bool,
    /// What it says.
    pub(crate) about: &'static str,
}

/// A field that is always there.
pub(crate) const fn need(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, required: true, about }
}

/// A field that may be missing.
pub(crate) const fn may(name: &'static str, shape: Shape, about: &'static str) -> Field {
    Field { name, shape, required: false, about }
}

/// Where a document does not fit, and the rule that it breaks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Misfit {
    /// The path of the field; only names that the interface declares, or the client's own if plain.
    pub(crate) field: String,
    /// What was expected there.
    pub(crate) rule: String,
}

impl Misfit {
    fn new(field: impl Into<String>, rule: impl Into<String>) -> Misfit {
        Misfit { field: field.into(), rule: rule.into() }
    }
}

impl Shape {
    /// Whether a value has this form; otherwise where it does not. A value is never part of the answer.
    pub(crate) fn check(&self, value: &Value, at: &str) -> Result<(), Misfit> {
        let fits = match (self, value) {
            (Shape::Text | Shape::Choice, Value::String(_))
            | (Shape::Bool | Shape::Choice, Value::Bool(_))
            | (Shape::Fields, Value::Object(_))
            | (Shape::Document, _) => true,
            (Shape::Id(_), Value::String(text)) => text.len() <= 64,
            (Shape::Time, Value::String(text)) => engine::time::parse(text).is_some(),
            (Shape::Count, Value::Number(number)) => number.is_u64(),
            (Shape::Choice, Value::Number(number)) => number.is_i64(),
            (Shape::Word(words), Value::String(text)) => words.contains(&text.as_str()),
            (Shape::List(item), Value::Array(items)) => {
                for one in items {
                    item.check(one, at)?;
                }
                true
            }
            (Shape::Object(fields), Value::Object(map)) => return object(fields, map, at),
            _ => false,
        };
        if fits { Ok(()) } else { Err(Misfit::new(at, self.expects())) }
    }

    fn expects(&self) -> String {
        match self {
            Shape::Text => "a text".to_owned(),
            Shape::Id(prefix) => format!("an id that begins with {prefix}"),
            Shape::Time => "a time such as 2026-03-01T08:00:00Z".to_owned(),
            Shape::Bool => "true or false".to_owned(),
            Shape::Count => "a whole number from 0".to_owned(),
            Shape::Choice => "a text, a whole number, or true or false".to_owned(),
            Shape::Word(words) => format!("one of {}", words.join(", ")),
            Shape::List(item) => format!("a list: {}", item.expects()),
            Shape::Object(_) | Shape::Fields | Shape::Document => "an object".to_owned(),
        }
    }

    /// The JSON schema (2020-12) of this form.
    pub(crate) fn schema(&self) -> Value {
        match self {
            Shape::Text => json!({"type": "string"}),
            Shape::Id(prefix) => {
                json!({"type": "string", "pattern": format!("^{prefix}[0-9a-hjkmnp-tv-z]{{26}}$")})
            }
            Shape::Time => json!({"type": "string", "format": "date-time"}),
            Shape::Bool => json!({"type": "boolean"}),
            Shape::Count => json!({"type": "integer", "minimum": 0}),
            Shape::Choice => json!({"type": ["string", "integer", "boolean"]}),
            Shape::Word(words) => json!({"type": "string", "enum": words}),
            Shape::List(item) => json!({"type": "array", "items": item.schema()}),
            Shape::Object(fields) => object_schema(fields),
            Shape::Fields => {
                let about = "fields that the policy declares for the category; all else is refused. \
                             A field of type person takes and shows the id of a subject, and shows \
                             {\"erased\": true} once that subject is erased";
                json!({"type": "object", "description": about})
            }
            Shape::Document => json!({"type": "object"}),
        }
    }
}

fn object(fields: &[Field], map: &Map<String, Value>, at: &str) -> Result<(), Misfit> {
    let path = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}.{name}") };
    for name in map.keys() {
        if !fields.iter().any(|field| field.name == name) {
            return Err(Misfit::new(path(plain(name)), "no field of this document"));
        }
    }
    for field in fields {
        match map.get(field.name) {
            Some(value) => field.shape.check(value, &path(field.name))?,
            None if field.required => {
                return Err(Misfit::new(path(field.name), "required"));
            }
            None => {}
        }
    }
    Ok(())
}

/// A name that is no plain word may be a value in the wrong place, and is not repeated.
pub(crate) fn plain(name: &str) -> &str {
    let word = |b: u8| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_';
    if name.len() <= 40 && name.bytes().all(word) { name } else { "a field" }
}

fn object_schema(fields: &[Field]) -> Value {
    let mut properties = Map::new();
    for field in fields {
        let mut schema = field.shape.schema();
        if let Some(schema) = schema.as_object_mut()
            && !field.about.is_empty()
        {
            schema.insert("description".to_owned(), field.about.into());
        }
        properties.insert(field.name.to_owned(), schema);
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| field.required).map(|field| field.name).collect();
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests;
