//! Features that a workspace switches.

use engine::feature;
use serde_json::{Value, json};

use super::{at, document};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `PUT /v1/features/{feature}`
pub(crate) async fn switch(call: Call) -> Result<Answer, Problem> {
    let (name, on) = (call.part("feature").to_owned(), call.flag("on"));
    let switched = call.write(move |ctx, tx| {
        feature::switch(ctx, tx, &name, on)?;
        Ok(Answer::done())
    });
    switched.await
}

/// `GET /v1/features`
pub(crate) fn list(call: &Call) -> Answer {
    let ws = &call.ctx.ws;
    let policy = ws.policy();
    let features: Vec<Value> = policy
        .policy
        .features
        .iter()
        .map(|feature| {
            let state = ws.feature(&feature.id);
            document([
                ("feature", Some(feature.id.as_str().into())),
                ("on", Some(state.is_some_and(|(on, _)| on).into())),
                ("since", state.map(|(_, since)| at(since))),
            ])
        })
        .collect();
    Answer::ok(json!({"features": features}))
}
