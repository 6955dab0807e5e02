//! What a workspace chooses: settings, its plan, needs that are met, papers that are accepted.

use engine::{
    need, paper, plan,
    policy::{Chosen, SettingKind},
    setting,
};
use serde_json::{Value, json};

use super::{at, document};
use crate::{answer::Answer, call::Call, problem::Problem};

/// A value in the form in which it is chosen.
fn written(chosen: &Chosen) -> Value {
    match chosen {
        Chosen::Number(number) => (*number).into(),
        Chosen::Switch(on) => (*on).into(),
        Chosen::Length(_) | Chosen::Choice(_) => chosen.to_string().into(),
    }
}

/// `GET /v1/settings`
pub(crate) fn settings(call: &Call) -> Answer {
    let in_force = call.ctx.ws.policy();
    let settings = in_force.policy.settings.iter().map(|one| {
        let now = setting::value(&call.ctx, &one.id).unwrap_or_else(|| one.default());
        let (min, max, choices) = match &one.kind {
            SettingKind::Length { min, max, .. } => {
                (Some(min.to_string().into()), Some(max.to_string().into()), None)
            }
            SettingKind::Number { min, max, .. } => {
                (Some((*min).into()), Some((*max).into()), None)
            }
            SettingKind::Choice { choices, .. } => (None, None, Some(json!(choices))),
            SettingKind::Switch { .. } => (None, None, None),
        };
        document([
            ("setting", Some(one.id.as_str().into())),
            ("value", Some(written(&now))),
            ("default", Some(written(&one.default()))),
            ("min", min),
            ("max", max),
            ("choices", choices),
        ])
    });
    Answer::ok(json!({"settings": settings.collect::<Vec<Value>>()}))
}

/// `PUT /v1/settings/{setting}`
pub(crate) async fn choose(call: Call) -> Result<Answer, Problem> {
    let name = call.part("setting").to_owned();
    let value = call.fields.get("value").cloned().unwrap_or(Value::Null);
    let chosen = call.write(move |ctx, tx| {
        setting::choose(ctx, tx, &name, &value)?;
        Ok(Answer::done())
    });
    chosen.await
}

/// `GET /v1/plan`
pub(crate) fn plan(call: &Call) -> Answer {
    let held = call.ctx.ws.choices().plan.clone();
    let plans = call.ctx.ws.policy().policy.plans.clone();
    Answer::ok(document([("plan", held.map(Value::from)), ("plans", Some(json!(plans)))]))
}

/// `PUT /v1/plan`
pub(crate) async fn change_plan(call: Call) -> Result<Answer, Problem> {
    let wanted = call.text("plan").to_owned();
    let changed = call.write(move |ctx, tx| {
        plan::change(ctx, tx, &wanted)?;
        Ok(Answer::done())
    });
    changed.await
}

/// `PUT /v1/features/{feature}/needs/{need}`
pub(crate) async fn meet(call: Call) -> Result<Answer, Problem> {
    let (feature, name) = (call.part("feature").to_owned(), call.part("need").to_owned());
    let reference = call.text("reference").to_owned();
    let met = call.write(move |ctx, tx| {
        need::meet(ctx, tx, &feature, &name, &reference)?;
        Ok(Answer::done())
    });
    met.await
}

/// `GET /v1/documents`
pub(crate) fn documents(call: &Call) -> Answer {
    let (in_force, choices) = (call.ctx.ws.policy(), call.ctx.ws.choices());
    let documents = in_force.policy.papers.iter().map(|one| {
        document([
            ("document", Some(one.id.as_str().into())),
            ("before_use", Some(one.before_use.into())),
            ("accepted", choices.papers.get(&one.id).map(|since| at(*since))),
        ])
    });
    Answer::ok(json!({"documents": documents.collect::<Vec<Value>>()}))
}

/// `POST /v1/documents/{document}/accept`
pub(crate) async fn accept(call: Call) -> Result<Answer, Problem> {
    let name = call.part("document").to_owned();
    let accepted = call.write(move |ctx, tx| {
        paper::accept(ctx, tx, &name)?;
        Ok(Answer::done())
    });
    accepted.await
}
