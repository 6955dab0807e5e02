//! The language for editors: a JSON Schema made from the tables of the language, so that it cannot fall behind them.

use serde_json::{Map, Value, json};

use crate::{
    glossary,
    schema::{COMMON, Key, SECTIONS, Section, Shape, Type},
    vocabulary::{BASES, COUNTRIES, FIELD_TYPES, LANGUAGES, SHARES},
};

const ID: &str = "[a-z_][a-z0-9_]*";
/// A number and its unit; the `s` goes with the number.
const PERIOD: &str = "(1 (minute|hour|day|business day|month|year)\
                      |([2-9]|[1-9][0-9]{1,3}) (minutes|hours|days|business days|months|years))";

/// A JSON Schema (draft 2020-12) of a policy file, for editors that complete keys and words.
///
/// It knows the shape and the words. What holds between rows, only the check knows.
pub fn json_schema() -> String {
    let mut properties = Map::new();
    properties.insert(
        "janji".to_owned(),
        json!({ "const": 1, "description": "the version of the language" }),
    );
    for one in SECTIONS {
        properties.insert(one.name.to_owned(), described(one.name, section(one)));
    }
    let core = SECTIONS.iter().filter(|section| section.required).map(|section| section.name);
    let required: Vec<&str> = std::iter::once("janji").chain(core).collect();
    let schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Janji policy",
        "description": "A privacy policy in the language of Janji",
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "$defs": definitions(),
    });
    format!("{schema:#}\n")
}

fn definitions() -> Value {
    let event = format!("({ID}|{ID}\\.{ID})");
    let countries: Vec<&str> = COUNTRIES.split(' ').collect();
    json!({
        "id": pattern(ID),
        "ids": list(&json!({ "$ref": "#/$defs/id" })),
        "period": pattern(PERIOD),
        "keep": pattern(&format!("(never|for ever|with {ID}|until {event}|({PERIOD}|{ID})( after {event})?)")),
        "within": pattern(&format!("{PERIOD}( after [^ ]+)?")),
        "event": pattern(&format!("{ID}( clears {ID})?")),
        "mail": pattern("[^@\\s]+@([a-z0-9-]+\\.)+[a-z0-9-]+"),
        "host": pattern("([a-z0-9-]+\\.)+[a-z0-9-]+"),
        "country": { "enum": countries },
        "gets": pattern(&format!("{ID}(\\.{ID})?")),
        "promises": list(&json!({ "type": "string" })),
        "words": {
            "description": "words for people: one string for a proper name, or one for each language",
            "anyOf": [
                { "type": "string", "minLength": 1 },
                {
                    "type": "object",
                    "propertyNames": { "enum": LANGUAGES },
                    "additionalProperties": { "type": "string", "minLength": 1 },
                },
            ],
        },
    })
}

fn section(section: &Section) -> Value {
    let name = section.name;
    match section.shape {
        Shape::Row(keys) => row(name, keys, &[]),
        Shape::Open(keys) => {
            let mut schema = row(name, &[], &[]);
            set(&mut schema, "propertyNames", reference("id"));
            set(&mut schema, "additionalProperties", row(&format!("{name}.*"), keys, &[]));
            schema
        }
        Shape::Listed(words, keys, required) => {
            let rows = words.iter().map(|word| (*word, keys, required.contains(word)));
            row(name, &[], &rows.collect::<Vec<_>>())
        }
        Shape::Closed(keys, rows) => {
            let rows = rows.iter().map(|row| (row.name, row.keys, row.required));
            row(name, keys, &rows.collect::<Vec<_>>())
        }
        Shape::Free => free(name),
    }
}

/// Sections that are read by parts of the check of their own.
fn free(name: &str) -> Value {
    match name {
        "field" => json!({
            "type": "object",
            "propertyNames": reference("id"),
            "additionalProperties": { "anyOf": [{ "enum": FIELD_TYPES }, reference("ids")] },
        }),
        "text" => json!({
            "type": "object",
            "properties": { "policy": reference("words"), "officer": reference("words") },
            "additionalProperties": {
                "type": "object",
                "propertyNames": reference("id"),
                "additionalProperties": reference("words"),
            },
        }),
        _ => {
            json!({ "type": "object", "additionalProperties": { "type": "string", "pattern": "\\S" } })
        }
    }
}

/// A table of keys, and of rows when it is a section.
fn row(path: &str, keys: &[Key], rows: &[(&str, &'static [Key], bool)]) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for key in keys {
        let path = format!("{path}.{}", key.name);
        properties.insert(key.name.to_owned(), described(&path, value(key.of)));
        required.extend(key.required.then_some(key.name));
    }
    for (name, keys, needed) in rows {
        let path = format!("{path}.{name}");
        properties.insert((*name).to_owned(), described(&path, row(&path, keys, &[])));
        required.extend(needed.then_some(*name));
    }
    let names: Vec<String> = properties.keys().cloned().collect();
    for common in COMMON {
        let path = format!("{path}.{common}");
        properties.insert((*common).to_owned(), described(&path, tied(common, &names)));
    }
    json!({
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
    })
}

/// What ties a row, or each of its keys, to a promise of the source.
fn tied(common: &str, keys: &[String]) -> Value {
    if common != "covers" || keys.is_empty() {
        return reference("promises");
    }
    let by_key: Map<String, Value> =
        keys.iter().map(|key| (key.clone(), reference("promises"))).collect();
    let table = json!({ "type": "object", "properties": by_key, "additionalProperties": false });
    json!({ "anyOf": [reference("promises"), table] })
}

fn value(of: Type) -> Value {
    match of {
        Type::Text | Type::Zone => json!({ "type": "string", "pattern": "\\S" }),
        Type::Mail => reference("mail"),
        Type::Hosts => list(&reference("host")),
        Type::Country => reference("country"),
        Type::Countries => list(&reference("country")),
        Type::Date => {
            json!({ "type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$" })
        }
        Type::Number(low, high) => json!({ "type": "integer", "minimum": low, "maximum": high }),
        Type::Names | Type::Choices | Type::Refs(_) => reference("ids"),
        Type::Word(words) => json!({ "enum": words }),
        Type::Words(words) => list(&json!({ "enum": words })),
        Type::Ref(_) | Type::Was => reference("id"),
        Type::Period => reference("period"),
        Type::Length => json!({ "anyOf": [reference("period"), reference("id")] }),
        Type::Keep => json!({ "anyOf": [reference("keep"), list(&reference("keep"))] }),
        Type::Within => reference("within"),
        Type::Events => list(&reference("event")),
        Type::Hours => {
            let (day, time) = ("(mon|tue|wed|thu|fri|sat|sun)", "[0-2][0-9]:[0-5][0-9]");
            pattern(&format!("{day}(-{day})? {time}-{time}"))
        }
        Type::Lives => json!({ "anyOf": [{ "const": "session" }, reference("period")] }),
        Type::MinAge => json!({ "anyOf": [value(Type::Number(0, 30)), reference("id")] }),
        Type::Basis => json!({ "anyOf": [
            { "enum": BASES },
            list(&json!({ "enum": BASES })),
            { "type": "object", "additionalProperties": { "enum": BASES } },
        ] }),
        Type::Share => json!({ "anyOf": [{ "const": "never" }, list(&json!({ "enum": SHARES }))] }),
        Type::Statutory => json!({
            "type": "object",
            "properties": { "for": reference("id"), "fields": reference("ids") },
            "required": ["for", "fields"],
            "additionalProperties": false,
        }),
        Type::Gets => list(&reference("gets")),
        Type::Each => reference("gets"),
        Type::Scopes => {
            json!({ "type": "object", "additionalProperties": list(&reference("gets")) })
        }
        Type::Were => json!({ "type": "object", "additionalProperties": reference("id") }),
        Type::KeptOn => json!({ "anyOf": [{ "enum": ["server", "tablets"] }, reference("id")] }),
        Type::Choice => json!({ "type": ["string", "integer", "boolean"] }),
        Type::Ids => list(&pattern("[A-Z]+-[0-9]{1,4}(\\.\\.[A-Z]+-[0-9]{1,4})?")),
        Type::Globs => list(&json!({ "type": "string", "pattern": "\\S" })),
        Type::Link => pattern("https://[a-z0-9.-]+(/[^\\s\"<>\\\\^`{}]*)?"),
    }
}

fn described(path: &str, mut schema: Value) -> Value {
    let accepted = glossary::accepted(path).map(|accepted| format!(": {accepted}"));
    let meaning = glossary::meaning(path);
    if let Some(meaning) = meaning {
        let words = format!("{meaning}{}", accepted.unwrap_or_default());
        set(&mut schema, "description", Value::String(words));
    }
    schema
}

fn set(schema: &mut Value, name: &str, value: Value) {
    if let Value::Object(map) = schema {
        map.insert(name.to_owned(), value);
    }
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/$defs/{name}") })
}

fn pattern(whole: &str) -> Value {
    json!({ "type": "string", "pattern": format!("^{whole}$") })
}

fn list(item: &Value) -> Value {
    json!({ "type": "array", "items": item, "minItems": 1, "uniqueItems": true })
}
