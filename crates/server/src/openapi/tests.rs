use std::collections::BTreeSet;

use super::*;

#[test]
fn every_route_is_described_once_and_wholly() {
    let document = document(true);
    let mut ids = BTreeSet::new();
    for route in ROUTES {
        let found = &document["paths"][route.path][route.verb.word().to_lowercase()];
        assert!(found.is_object(), "{} {}", route.verb.word(), route.path);
        assert!(ids.insert(found["operationId"].as_str().unwrap().to_owned()));
        assert!(!found["x-roles"].as_array().unwrap().is_empty());
        assert!(found["responses"]["401"].is_object());
        let named = found["parameters"].as_array().unwrap().iter();
        let named = named.filter(|part| part["in"] == "path").count();
        assert_eq!(named, route.path.matches('{').count());
    }
}

#[test]
fn every_reference_points_to_something() {
    fn references(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(map) => {
                found.extend(map.get("$ref").and_then(Value::as_str).map(str::to_owned));
                map.values().for_each(|value| references(value, found));
            }
            Value::Array(items) => items.iter().for_each(|item| references(item, found)),
            _ => {}
        }
    }
    let document = document(true);
    let mut found = BTreeSet::new();
    references(&document, &mut found);
    assert!(found.len() > 5);
    for reference in found {
        let pointer = reference.strip_prefix('#').unwrap();
        assert!(document.pointer(pointer).is_some(), "{reference}");
    }
}

#[test]
fn the_test_clock_is_not_described_where_there_is_none() {
    assert!(document(false)["paths"].get("/v1/test/clock").is_none());
    assert!(document(true)["paths"].get("/v1/test/clock").is_some());
}

#[test]
fn bodies_allow_no_other_field() {
    let document = document(true);
    for route in ROUTES.iter().filter(|route| matches!(route.takes, Takes::Json(_))) {
        let found = &document["paths"][route.path][route.verb.word().to_lowercase()];
        let schema = &found["requestBody"]["content"]["application/json"]["schema"];
        assert_eq!(schema["additionalProperties"], json!(false), "{}", route.path);
    }
}

#[test]
fn the_matrix_of_roles_changes_only_on_purpose() {
    let mut matrix = String::new();
    for route in ROUTES {
        let roles = route.roles.words().join(" ");
        let _ = writeln!(matrix, "{:6} {:32} {roles}", route.verb.word(), route.path);
    }
    assert_eq!(matrix, include_str!("roles.golden"));
}
