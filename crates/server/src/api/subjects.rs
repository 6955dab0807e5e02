//! Data subjects.

use engine::{Refusal, bar, ids::Kind, lapse, request, subject};
use serde_json::{Value, json};

use super::{at, document, records::deleted, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/subjects`
pub(crate) async fn create(call: Call) -> Result<Answer, Problem> {
    let people = call.texts("people");
    let country = call.maybe_text("country").map(str::to_owned);
    let born = call.maybe_text("born").map(str::to_owned);
    if let Some(born) = born.clone() {
        let ctx = call.ctx.clone();
        call.app.submit(&call.ctx, move |tx| subject::accepts(&ctx, tx, &born)).await??;
    }
    let made = call.write(move |ctx, tx| {
        let number = subject::create(ctx, tx, &people, country.as_deref(), born.as_deref())?;
        Ok(Answer::created(json!({"id": shown(ctx, Kind::Subject, number)})))
    });
    made.await
}

/// `GET /v1/subjects/{id}`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let found = call.look(move |ctx| {
        let number = subject::number(ctx, &id)?;
        let (person, bars, lives) = ctx.ws.read(|link| {
            let person = subject::load(ctx, link, number)?;
            Ok((person, bar::of(link, number)?, lapse::of(ctx, link, number)?))
        })?;
        let lives: Vec<Value> = lives.into_iter().map(|one| life(ctx, one)).collect();
        let bars: Result<Vec<Value>, Refusal> =
            bars.into_iter().map(|bar| told(ctx, &bar)).collect();
        Ok(Answer::ok(document([
            ("id", Some(id.as_str().into())),
            ("people", Some(person.people.into())),
            ("country", person.country.map(Value::from)),
            ("state", Some(if person.condemned { "condemned" } else { "active" }.into())),
            ("created", Some(at(person.created))),
            ("bars", Some(bars?.into())),
            ("accounts", Some(lives.into())),
        ])))
    });
    found.await
}

/// Where an account stands in its life, in words and times.
fn life(ctx: &engine::ctx::Ctx, life: lapse::Life) -> Value {
    document([
        ("record", Some(shown(ctx, Kind::Record, life.rid).into())),
        ("category", Some(life.category.into())),
        ("state", Some(life.stage.word().into())),
        ("lapses", life.lapses.map(at)),
        ("told", life.told.map(at)),
        ("closed", life.closed.map(at)),
        ("ends", life.ends.map(at)),
    ])
}

/// A bar as the person and the company may know it; the case of a hold is nobody's here.
fn told(ctx: &engine::ctx::Ctx, bar: &bar::Bar) -> Result<Value, Refusal> {
    let damaged = |_| Refusal::Store(engine::StoreError::Damaged { what: "a bar" });
    Ok(document([
        ("kind", Some(serde_json::to_value(bar.kind).map_err(damaged)?)),
        ("category", bar.category.as_deref().map(Value::from)),
        ("record", bar.rid.map(|rid| shown(ctx, Kind::Record, rid).into())),
        ("purpose", bar.purpose.as_deref().map(Value::from)),
        ("since", Some(at(bar.since))),
    ]))
}

/// `DELETE /v1/subjects/{id}`
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let done = call.work(move |ctx| {
        let number = subject::number(ctx, &id)?;
        let begun = request::delete(ctx, &engine::erasure::Target::Subject(number))?;
        deleted(ctx, &begun)
    });
    done.await
}
