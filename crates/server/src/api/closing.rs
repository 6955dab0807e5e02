//! The end of a workspace.

use engine::{closing, time};
use serde_json::json;

use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/workspace/close`
pub(crate) async fn close(call: Call) -> Result<Answer, Problem> {
    let closed = call.write(move |ctx, tx| {
        let closed = closing::close(ctx, tx)?;
        Ok(Answer::ok(json!({
            "since": time::rfc3339(closed.since),
            "until": time::rfc3339(closed.until),
            "held": closed.held,
        })))
    });
    closed.await
}

/// `POST /v1/workspace/reopen`
pub(crate) async fn reopen(call: Call) -> Result<Answer, Problem> {
    let opened = call.write(move |ctx, tx| {
        closing::reopen(ctx, tx)?;
        Ok(Answer::done())
    });
    opened.await
}
