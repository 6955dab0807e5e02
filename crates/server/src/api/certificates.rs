//! Certificates of erasure.

use engine::{certificate, ids::Kind};
use serde_json::{Value, json};

use super::{at, maybe_subject, shown};
use crate::{answer::Answer, call::Call, limits, problem::Problem};

/// `GET /v1/certificates`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").map(str::to_owned);
    let found = call.look(move |ctx| {
        let number = maybe_subject(ctx, about.as_deref())?;
        let most = u32::try_from(limits::PAGE).unwrap_or(u32::MAX);
        let listed = ctx.ws.read(|link| certificate::list(link, number, most))?;
        let listed: Vec<Value> = listed
            .into_iter()
            .map(|one| {
                let id = shown(ctx, Kind::Certificate, one.id);
                json!({"id": id, "grade": one.grade, "issued": at(one.issued)})
            })
            .collect();
        Ok(Answer::ok(json!({"certificates": listed})))
    });
    found.await
}

/// `GET /v1/certificates/{id}`: the file as `janji verify` takes it.
pub(crate) async fn file(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let found = call.look(move |ctx| {
        let text = certificate::file(ctx, certificate::number(ctx, &id)?)?;
        Ok(Answer::file("application/json".to_owned(), text.into_bytes()))
    });
    found.await
}
