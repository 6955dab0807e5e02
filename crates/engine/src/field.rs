//! The values of fields: each is of its declared type, or the whole record is refused by the field's name.

use policy::{Category, FieldKind};
use serde_json::{Map, Value};

use crate::refusal::Refusal;

/// The longest text of one field, in bytes.
pub const LONGEST: usize = 65_536;

/// Checks the fields of a whole record: declared, complete, of their type.
pub fn check(category: &Category, fields: &Map<String, Value>) -> Result<(), Refusal> {
    for name in fields.keys() {
        if !category.fields.iter().any(|field| field.name == *name) {
            // The name is the client's own word, not a value; naming it is how the error helps.
            let named = if declared_form(name) { name.as_str() } else { "a field" };
            return Err(Refusal::invalid(named, format!("data.{}.fields", category.id)));
        }
    }
    for field in &category.fields {
        match fields.get(&field.name) {
            Some(value) if fits(&field.kind, value) => {}
            None if !field.required => {}
            _ => {
                let rule = format!("data.{}.fields ({})", category.id, form(&field.kind));
                return Err(Refusal::invalid(field.name.clone(), rule));
            }
        }
    }
    Ok(())
}

/// As [`check`], after a change: a field that came later is not missed in a record that never had it.
pub(crate) fn check_changed(
    category: &Category,
    before: &Map<String, Value>,
    fields: &Map<String, Value>,
) -> Result<(), Refusal> {
    let mut known = category.clone();
    for field in known.fields.iter_mut().filter(|field| !before.contains_key(&field.name)) {
        field.required = false;
    }
    check(&known, fields)
}

fn declared_form(name: &str) -> bool {
    name.len() <= 40
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// Whether a field's value is the id of a blob.
pub fn is_blob(kind: &FieldKind) -> bool {
    matches!(kind, FieldKind::Image | FieldKind::File)
}

/// Whether values of one type can become values of another: `Some(true)` when each must be cast, `None` when
/// none can be. What nobody may read back never becomes readable, and a file is no text.
pub(crate) fn cast_between(old: &FieldKind, new: &FieldKind) -> Option<bool> {
    if let (FieldKind::Options(before), FieldKind::Options(now)) = (old, new) {
        return Some(!before.iter().all(|option| now.contains(option)));
    }
    if old == new {
        return Some(false);
    }
    match (old, new) {
        (FieldKind::Image, FieldKind::File) => Some(false),
        (FieldKind::Secret | FieldKind::Token | FieldKind::Person, _) | (_, FieldKind::Person) => {
            None
        }
        (old, new) if is_blob(old) || is_blob(new) => None,
        _ => Some(true),
    }
}

/// A value as one of another type, when it fits.
pub(crate) fn cast(kind: &FieldKind, value: Value) -> Option<Value> {
    let value = match (kind, value) {
        (FieldKind::Number, Value::String(text)) => {
            let whole = text.trim().parse::<i64>().ok().map(Value::from);
            whole.or_else(|| Some(Value::from(text.trim().parse::<f64>().ok()?)))?
        }
        (FieldKind::YesNo, Value::String(text)) => Value::Bool(text.trim().parse().ok()?),
        (FieldKind::Text, value @ (Value::Number(_) | Value::Bool(_))) => value.to_string().into(),
        (_, value) => value,
    };
    fits(kind, &value).then_some(value)
}

fn fits(kind: &FieldKind, value: &Value) -> bool {
    match (kind, value) {
        (FieldKind::YesNo, Value::Bool(_)) | (FieldKind::Number, Value::Number(_)) => true,
        (FieldKind::Place, Value::Object(place)) => is_place(place),
        (FieldKind::Vector, Value::Array(items)) => {
            items.len() <= 4096 && items.iter().all(Value::is_number)
        }
        (FieldKind::Money, Value::Object(money)) => {
            money.len() == 2
                && money.get("amount").is_some_and(Value::is_string)
                && money.get("currency").and_then(Value::as_str).is_some_and(|c| c.len() == 3)
        }
        (kind, Value::String(text)) => text.len() <= LONGEST && text_fits(kind, text),
        _ => false,
    }
}

fn is_place(place: &Map<String, Value>) -> bool {
    let within = |name: &str, most: f64| {
        place.get(name).and_then(Value::as_f64).is_some_and(|degrees| degrees.abs() <= most)
    };
    place.len() == 2 && within("latitude", 90.0) && within("longitude", 180.0)
}

fn text_fits(kind: &FieldKind, text: &str) -> bool {
    match kind {
        FieldKind::Text | FieldKind::Secret | FieldKind::Token | FieldKind::Person => true,
        FieldKind::Email => {
            text.len() <= 254
                && text.split_once('@').is_some_and(|(name, host)| {
                    !name.is_empty() && host.contains('.') && !host.contains('@')
                })
                && !text.chars().any(|c| c.is_whitespace() || c.is_control())
        }
        FieldKind::Phone => {
            let digits = text.bytes().filter(u8::is_ascii_digit).count();
            (4..=15).contains(&digits)
                && text.chars().all(|c| c.is_ascii_digit() || " +-()".contains(c))
        }
        FieldKind::Date => text.parse::<jiff::civil::Date>().is_ok(),
        FieldKind::Time => text.parse::<jiff::Timestamp>().is_ok(),
        FieldKind::Ip => text.parse::<std::net::IpAddr>().is_ok(),
        FieldKind::Url => {
            text.len() <= 2048 && (text.starts_with("https://") || text.starts_with("http://"))
        }
        FieldKind::Image | FieldKind::File => text.starts_with("blo_"),
        FieldKind::Options(options) => options.iter().any(|option| option == text),
        FieldKind::Number
        | FieldKind::YesNo
        | FieldKind::Place
        | FieldKind::Money
        | FieldKind::Vector => false,
    }
}

/// What a value of this type looks like, for the error that refuses one.
fn form(kind: &FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Secret | FieldKind::Token => "text",
        FieldKind::Person => "the id of a subject",
        FieldKind::Email => "an e-mail address",
        FieldKind::Phone => "a phone number",
        FieldKind::Number => "a number",
        FieldKind::Date => "a date such as 2026-03-01",
        FieldKind::Time => "a time such as 2026-03-01T08:00:00Z",
        FieldKind::YesNo => "true or false",
        FieldKind::Image | FieldKind::File => "the id of a blob",
        FieldKind::Place => "latitude and longitude in degrees",
        FieldKind::Ip => "an IP address",
        FieldKind::Url => "a web address",
        FieldKind::Money => "amount and currency",
        FieldKind::Vector => "a list of numbers",
        FieldKind::Options(_) => "one of the declared options",
    }
}
