use serde_json::{Map, Value};

use super::BASE;
use crate::{explain, glossary, json_schema};

/// A validator that we did not write.
struct Validator {
    schemas: boon::Schemas,
    index: boon::SchemaIndex,
}

impl Validator {
    fn new() -> Self {
        let schema: Value = serde_json::from_str(&json_schema()).unwrap();
        let mut compiler = boon::Compiler::new();
        compiler.enable_format_assertions();
        compiler.add_resource("policy.json", schema).unwrap();
        let mut schemas = boon::Schemas::new();
        let index = compiler.compile("policy.json", &mut schemas).unwrap();
        Self { schemas, index }
    }

    fn says(&self, source: &str) -> Result<(), String> {
        let policy = json(&toml::Value::Table(source.parse().unwrap()));
        self.schemas.validate(&policy, self.index).map_err(|error| format!("{error:#}"))
    }
}

fn json(value: &toml::Value) -> Value {
    match value {
        toml::Value::String(text) => Value::from(text.as_str()),
        toml::Value::Integer(number) => Value::from(*number),
        toml::Value::Float(number) => Value::from(*number),
        toml::Value::Boolean(on) => Value::from(*on),
        toml::Value::Datetime(time) => Value::from(time.to_string()),
        toml::Value::Array(items) => items.iter().map(json).collect(),
        toml::Value::Table(table) => Value::Object(
            table.iter().map(|(key, value)| (key.clone(), json(value))).collect::<Map<_, _>>(),
        ),
    }
}

#[test]
fn every_policy_is_valid_under_its_json_schema() {
    let validator = Validator::new();
    for (name, source) in super::policies() {
        assert_eq!(validator.says(&source), Ok(()), "{name}");
    }
    assert_eq!(validator.says(BASE), Ok(()));
}

#[test]
fn what_the_language_refuses_by_shape_is_invalid_under_the_json_schema() {
    let validator = Validator::new();
    let wrong = [
        ("janji = 1", "janji = 2"),
        ("[company]", "[compani]"),
        ("country = \"SG\"", "country = \"XX\""),
        ("country = \"SG\"", "contry = \"ID\""),
        ("version = \"1\"", "versions = \"1\""),
        ("effective = 2026-02-12", "effective = \"soon\""),
        ("keep = \"1 year after", "keep = \"1 years after"),
        ("keep = \"1 year after", "keep = \"01 years after"),
        ("keep = \"1 year after resolved", "keep = \"as long as needed"),
        ("basis = \"contract\"", "basis = \"contrakt\""),
        ("binding = \"id\"", "binding = \"fr\""),
    ];
    for (old, new) in wrong {
        let source = super::with(old, new);
        assert!(validator.says(&source).is_err(), "{new} is valid");
    }
}

#[test]
fn every_path_of_the_language_is_explained() {
    for path in glossary::paths() {
        let explained = explain(&path, None).unwrap();
        assert!(
            explained.starts_with(&format!("{path}: ")) && explained.len() > path.len() + 6,
            "{explained}"
        );
    }
    for path in ["data.selfie.keep", "data.selfie", "complaint.answer.covers", "company.covers"] {
        assert!(explain(path, None).is_some(), "{path}");
    }
    for path in ["", "data.", "data.selfie.kep", "never.this", "data.a.keep.b", "company.name.x"] {
        assert_eq!(explain(path, None), None, "{path}");
    }
}

#[test]
fn every_meaning_is_about_something() {
    let paths = glossary::paths();
    let known = |pattern: &str| {
        pattern.strip_prefix('*').map_or_else(
            || paths.iter().any(|path| path == pattern || is_row(path, pattern)),
            |key| {
                paths.iter().any(|path| path.ends_with(key))
                    || crate::schema::COMMON.contains(&key.trim_start_matches('.'))
            },
        )
    };
    for pattern in glossary::patterns() {
        assert!(known(pattern), "{pattern}");
    }
}

/// `register.*.keep` is about each row of `register`.
fn is_row(path: &str, pattern: &str) -> bool {
    let (mut path, mut pattern) = (path.split('.'), pattern.split('.'));
    loop {
        match (path.next(), pattern.next()) {
            (None, None) => return true,
            (Some(part), Some(wanted)) if part == wanted || wanted == "*" => {}
            _ => return false,
        }
    }
}
