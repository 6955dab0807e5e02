//! What machines ask for: health, counts, the API description, where to report a weakness.

use std::fmt::Write as _;

use axum::{
    body::Body,
    extract::{Request, State},
    http::Response,
};

use super::{answer, host};
use crate::{
    app::App,
    openapi as description,
    problem::{Kind, Problem},
};

const FRESH: &str = "no-store";

/// `GET /healthz`
pub(super) async fn health(State(app): State<App>) -> Response<Body> {
    match app.deployment().workspaces() {
        Ok(_) => answer("text/plain; charset=utf-8", FRESH, "ok\n"),
        Err(_) => Problem::later(Kind::Unavailable, 1).response(),
    }
}

/// `GET /metrics`: counts, and nobody in any label.
pub(super) async fn metrics(State(app): State<App>) -> Response<Body> {
    let mut text = String::new();
    let mut row = |name: &str, kind: &str, help: &str, values: &[(String, u64)]| {
        let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}");
        for (label, value) in values {
            let _ = writeln!(text, "{name}{label} {value}");
        }
    };
    let answered: Vec<(String, u64)> = app
        .answered()
        .into_iter()
        .map(|(class, count)| (format!("{{status=\"{class}xx\"}}"), count))
        .collect();
    row("janji_answers_total", "counter", "Answers by class of status.", &answered);
    let workspaces = app.deployment().workspaces().map_or(0, |all| all.len() as u64);
    row("janji_workspaces", "gauge", "Workspaces served.", &[(String::new(), workspaces)]);
    let apart = u64::from(app.deployment().reading().apart);
    let help = "1 while the clocks contradict each other and nothing is destroyed.";
    row("janji_clocks_apart", "gauge", help, &[(String::new(), apart)]);
    answer("text/plain; version=0.0.4; charset=utf-8", FRESH, text)
}

/// `GET /openapi.json`
pub(super) async fn openapi(State(app): State<App>) -> Response<Body> {
    let document = description::document(app.test_clock().is_some());
    answer("application/json", "public, max-age=300", document.to_string())
}

/// `GET /.well-known/security.txt` (RFC 9116), where the company or the operator named a contact.
pub(super) async fn security(State(app): State<App>, request: Request) -> Response<Body> {
    let contact = match host::contact(&app, &request) {
        Ok(Some(contact)) => contact,
        Ok(None) => return Problem::new(Kind::NotFound).response(),
        Err(problem) => return problem.response(),
    };
    // The file must say when it is stale; each answer is fresh.
    let expires = engine::time::rfc3339(app.deployment().reading().now + VALID);
    let text = format!("Contact: {contact}\nExpires: {expires}\n");
    answer("text/plain; charset=utf-8", FRESH, text)
}

/// Thirty days in microseconds.
const VALID: i64 = 30 * engine::deployment::DAY;
