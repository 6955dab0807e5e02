//! Legal holds.

use engine::{ctx::Ctx, hold, ids::Kind, record, subject};
use serde_json::{Value, json};

use super::{at, document, maybe_subject, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/holds`
pub(crate) async fn place(call: Call) -> Result<Answer, Problem> {
    let (about, case) = (call.text("subject").to_owned(), call.text("case").to_owned());
    let maybe = |name| call.maybe_text(name).map(str::to_owned);
    let (category, one) = (maybe("category"), maybe("record"));
    let placed = call.write(move |ctx, tx| {
        let new = hold::New {
            subject: subject::number(ctx, &about)?,
            category: category.as_deref(),
            rid: one.as_deref().map(|id| record::number(ctx, id)).transpose()?,
            case: &case,
        };
        let id = hold::place(ctx, tx, &new)?;
        Ok(Answer::created(json!({"id": shown(ctx, Kind::Hold, id)})))
    });
    placed.await
}

/// `GET /v1/holds`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").map(str::to_owned);
    let found = call.look(move |ctx| {
        let number = maybe_subject(ctx, about.as_deref())?;
        let holds = ctx.ws.read(|link| hold::list(link, number))?;
        let holds: Vec<Value> = holds.into_iter().map(|hold| rendered(ctx, hold)).collect();
        Ok(Answer::ok(json!({"holds": holds})))
    });
    found.await
}

/// The case stays sealed: a list shows what is kept, not why.
fn rendered(ctx: &Ctx, hold: hold::Hold) -> Value {
    document([
        ("id", Some(shown(ctx, Kind::Hold, hold.id).into())),
        ("subject", Some(shown(ctx, Kind::Subject, hold.subject).into())),
        ("category", hold.category.map(Value::from)),
        ("record", hold.rid.map(|rid| shown(ctx, Kind::Record, rid).into())),
        ("placed", Some(at(hold.placed))),
        ("released", hold.released.map(at)),
    ])
}

/// `POST /v1/holds/{id}/release`
pub(crate) async fn release(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let done = call.work(move |ctx| {
        let erased = hold::release(ctx, hold::number(ctx, &id)?)?;
        Ok(Answer::ok(json!({"erased": erased})))
    });
    done.await
}
