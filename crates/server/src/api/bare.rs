//! The yardstick of `janji bench`: a plain value through the same queue and the same group commit.

use engine::{Refusal, bare};
use serde_json::json;

use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/bare`
pub(crate) async fn create(call: Call) -> Result<Answer, Problem> {
    let value = call.text("value").to_owned();
    let stored = call.write(move |_, tx| {
        let id = bare::write(tx, value.as_bytes())?;
        Ok(Answer::created(json!({"id": id.to_string()})))
    });
    stored.await
}

/// `GET /v1/bare/{id}`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let id = call.id().parse::<u64>().map_err(|_| Refusal::NotFound)?;
    let audited = call.write(move |ctx, tx| {
        let value = bare::read(tx, id)?;
        bare::audit(ctx, tx, id)?;
        Ok(Answer::ok(json!({"value": String::from_utf8_lossy(&value)})))
    });
    audited.await
}
