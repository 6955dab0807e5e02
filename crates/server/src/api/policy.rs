//! The policy in force.

use engine::policy::View;
use serde_json::Value;

use crate::{
    answer::Answer,
    call::Call,
    problem::{Kind, Problem},
};

/// `GET /v1/policy`
pub(crate) fn read(call: &Call) -> Result<Answer, Problem> {
    let in_force = call.ctx.ws.policy();
    let policy = &in_force.policy;
    let language = call.asked("lang").unwrap_or(&policy.binding);
    if !policy.languages.iter().any(|known| known == language) {
        return Err(Problem::invalid("lang", "policy.languages"));
    }
    let document: Value =
        serde_json::from_str(&policy.document(language, &View::default()).to_json())
            .map_err(|_| Problem::new(Kind::Internal))?;
    Ok(Answer::ok(document))
}
