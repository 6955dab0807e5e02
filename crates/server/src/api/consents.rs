//! Consent: given, withdrawn, listed.

use engine::{consent, ids::Kind, request, subject};
use serde_json::{Value, json};

use super::{at, document, known_subject, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/consents`
pub(crate) async fn give(call: Call) -> Result<Answer, Problem> {
    let text = |name| call.text(name).to_owned();
    let (about, purpose, language) = (text("subject"), text("purpose"), text("language"));
    let given = call.write(move |ctx, tx| {
        let number = subject::number(ctx, &about)?;
        let id = consent::give(ctx, tx, number, &purpose, &language)?;
        Ok(Answer::created(json!({"id": shown(ctx, Kind::Consent, id)})))
    });
    given.await
}

/// `POST /v1/consents/withdraw`
pub(crate) async fn withdraw(call: Call) -> Result<Answer, Problem> {
    let (about, purpose) = (call.text("subject").to_owned(), call.text("purpose").to_owned());
    let done = call.work(move |ctx| {
        let begun = request::withdraw(ctx, subject::number(ctx, &about)?, &purpose)?;
        Ok(Answer::ok(json!({"erased": begun.records, "held": begun.held.len()})))
    });
    done.await
}

/// `GET /v1/consents`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").unwrap_or("").to_owned();
    let found = call.look(move |ctx| {
        let number = known_subject(ctx, &about)?;
        let consents = ctx.ws.read(|link| consent::of(link, number))?;
        let consents: Vec<Value> = consents
            .into_iter()
            .map(|consent| {
                document([
                    ("id", Some(shown(ctx, Kind::Consent, consent.id).into())),
                    ("purpose", Some(consent.purpose.into())),
                    ("given", Some(at(consent.given))),
                    ("withdrawn", consent.withdrawn.map(at)),
                    ("policy", Some(consent.policy.into())),
                    ("language", Some(consent.language.into())),
                ])
            })
            .collect();
        Ok(Answer::ok(json!({"consents": consents})))
    });
    found.await
}
