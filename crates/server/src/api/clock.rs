//! The test clock, on a server that was started with one.

use serde_json::json;

use super::at;
use crate::{
    answer::Answer,
    call::Call,
    problem::{Kind, Problem},
};

/// `POST /v1/test/clock`
pub(crate) fn turn(call: &Call) -> Result<Answer, Problem> {
    let Some(clock) = call.app.test_clock() else {
        return Err(Problem::new(Kind::NotFound));
    };
    match (call.count("run"), call.time("set")) {
        (Some(seconds), None) => {
            let seconds = i64::try_from(seconds).unwrap_or(i64::MAX);
            clock.run(seconds.saturating_mul(1_000_000));
        }
        (None, Some(time)) => clock.set(time),
        _ => return Err(Problem::invalid("run", "one of run and set")),
    }
    Ok(Answer::ok(json!({"now": at(call.app.deployment().reading().now)})))
}
