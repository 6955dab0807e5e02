//! The files of the public logs, as every C2SP client fetches them.

use axum::{
    body::Body,
    extract::{Path, State},
    http::Response,
};
use engine::Refusal;

use super::{answer, or_problem};
use crate::{
    app::App,
    problem::{Kind, Problem},
};

const FOR_EVER: &str = "public, max-age=31536000, immutable";

/// `GET /ledger/{log}/checkpoint`, `/ledger/{log}/tile/...`: a tile never changes, a checkpoint does.
pub(super) async fn file(State(app): State<App>, Path(path): Path<String>) -> Response<Body> {
    let Some(bytes) = app.deployment().log_file(&path) else {
        return Problem::new(Kind::NotFound).response();
    };
    if path.ends_with("/checkpoint") {
        answer("text/plain; charset=utf-8", "no-cache", bytes)
    } else {
        answer("application/octet-stream", FOR_EVER, bytes)
    }
}

/// `GET /ledger/deployment/anchored/{number}`: the checkpoint behind a leaf of the deployment's log.
pub(super) async fn anchored(State(app): State<App>, Path(number): Path<String>) -> Response<Body> {
    let found = number
        .parse()
        .map_err(|_| Refusal::NotFound)
        .and_then(|number| app.deployment().control().anchored(number)?.ok_or(Refusal::NotFound));
    or_problem(
        found
            .map(|body| answer("text/plain; charset=utf-8", FOR_EVER, body))
            .map_err(Problem::from),
    )
}
