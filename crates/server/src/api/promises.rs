//! The promises of the policy and their state, found by looking at the data.

use engine::evidence::{self, Proved};
use serde_json::{Value, json};

use super::at;
use crate::{answer::Answer, call::Call, problem::Problem};

/// `GET /v1/promises`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let found = call.look(|ctx| {
        let promises: Vec<Value> = evidence::prove(ctx)?.iter().map(told).collect();
        let version = ctx.ws.policy().policy.version.clone();
        Ok(Answer::ok(json!({"policy": version, "at": at(ctx.now), "promises": promises})))
    });
    found.await
}

fn told(proved: &Proved) -> Value {
    json!({
        "promise": proved.promise,
        "state": proved.state.word(),
        "rules": proved.rules,
        "looked_at": proved.looked_at,
        "evidence": proved.evidence,
        "probe": proved.probe,
    })
}
