//! The API description (OpenAPI 3.1), made from the route table.

use std::fmt::Write as _;

use serde_json::{Map, Value, json};

use crate::{
    limits::LIMITS,
    problem::Kind,
    routes::{Gives, ROUTES, Route, Takes, Verb},
    shape::{Field, Shape},
};

/// The description of every route; those of the test clock only when `test` says so.
pub fn document(test: bool) -> Value {
    let mut paths = Map::new();
    for route in ROUTES.iter().filter(|route| test || !route.test) {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        if let Some(path) = path.as_object_mut() {
            path.insert(route.verb.word().to_lowercase(), operation(route));
        }
    }
    json!({
        "openapi": "3.1.0",
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "info": {
            "title": "Janji",
            "version": env!("CARGO_PKG_VERSION"),
            "summary": "A server that keeps the promises of a privacy policy",
            "description": about(),
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [{"token": []}],
        "tags": tags(),
        "paths": paths,
        "components": {
            "securitySchemes": {"token": {
                "type": "http",
                "scheme": "bearer",
                "description": "a token of one workspace and one role",
            }},
            "schemas": {"Problem": problem()},
            "responses": responses(),
            "parameters": {"IdempotencyKey": {
                "name": "Idempotency-Key",
                "in": "header",
                "required": false,
                "description": "the same key with the same request gets the first answer again, \
                                for 24 hours; with another request it is refused",
                "schema": {"type": "string", "pattern": "^[!-~]{1,128}$"},
            }},
        },
    })
}

fn about() -> String {
    let mut text = "Every answer under /v1 is for its caller alone: it is not cached. The workspace \
                    comes from the token. What is not yours and what is not there answer alike. Times \
                    are RFC 3339, ids are opaque. Limits:\n"
        .to_owned();
    for limit in LIMITS {
        let _ = write!(text, "\n- {}: {} (else {})", limit.name, limit.most, limit.status);
    }
    text
}

fn tag(route: &Route) -> &'static str {
    route.path.split('/').nth(2).unwrap_or("")
}

fn tags() -> Vec<Value> {
    let mut names: Vec<&str> = Vec::new();
    for route in ROUTES {
        if !names.contains(&tag(route)) {
            names.push(tag(route));
        }
    }
    names.into_iter().map(|name| json!({"name": name})).collect()
}

fn operation(route: &Route) -> Value {
    let mut parameters: Vec<Value> = route.parts().map(path_part).collect();
    parameters.extend(route.query.iter().map(query_part));
    if route.verb == Verb::Post {
        parameters.push(json!({"$ref": "#/components/parameters/IdempotencyKey"}));
    }
    let mut operation = json!({
        "operationId": operation_id(route),
        "tags": [tag(route)],
        "summary": route.summary,
        "x-roles": route.roles.words(),
        "parameters": parameters,
        "responses": answers(route),
    });
    let body = match route.takes {
        Takes::Nothing => None,
        Takes::Json(fields) => Some(json!({"application/json": {
            "schema": Shape::Object(fields).schema(),
        }})),
        Takes::File => Some(json!({"*/*": {}})),
    };
    if let (Some(content), Some(operation)) = (body, operation.as_object_mut()) {
        operation.insert("requestBody".to_owned(), json!({"required": true, "content": content}));
    }
    operation
}

/// Stable, from method and path: `post_requests_id_lift`.
fn operation_id(route: &Route) -> String {
    let parts = route.path.split('/').skip(2).map(|part| part.trim_matches(['{', '}']));
    let words: Vec<&str> = parts.collect();
    format!("{}_{}", route.verb.word().to_lowercase(), words.join("_"))
}

fn path_part(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}

fn query_part(field: &Field) -> Value {
    json!({
        "name": field.name,
        "in": "query",
        "required": field.required,
        "description": field.about,
        "schema": field.shape.schema(),
    })
}

fn answers(route: &Route) -> Value {
    let good = match route.gives {
        Gives::Nothing => json!({"description": "done"}),
        Gives::Json(shape) => json!({
            "description": "done",
            "content": {"application/json": {"schema": shape.schema()}},
        }),
        Gives::File => json!({"description": "the file", "content": {"*/*": {}}}),
    };
    let mut answers = Map::new();
    answers.insert(route.status.to_string(), good);
    for status in route.problems() {
        let named = json!({"$ref": format!("#/components/responses/{status}")});
        answers.insert(status.to_string(), named);
    }
    Value::Object(answers)
}

/// One shared answer for each status.
fn responses() -> Value {
    let mut all = Map::new();
    for kind in Kind::ALL {
        let (status, _, title) = kind.row();
        let fresh = json!({
            "description": title,
            "content": {"application/problem+json": {
                "schema": {"$ref": "#/components/schemas/Problem"},
            }},
        });
        all.entry(status.to_string()).or_insert(fresh);
    }
    Value::Object(all)
}

fn problem() -> Value {
    let types: Vec<String> = Kind::ALL.iter().map(|kind| kind.uri()).collect();
    json!({
        "type": "object",
        "description": "RFC 9457; it never repeats a value from the request",
        "properties": {
            "type": {"type": "string", "enum": types},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "rule": {"type": "string", "description": "the path of the rule that decided"},
            "reason": {"type": "string", "description": "a stable word or sentence"},
            "field": {"type": "string", "description": "the part of the request, by name"},
        },
        "required": ["type", "title", "status"],
        "additionalProperties": false,
    })
}

#[cfg(test)]
mod tests;
