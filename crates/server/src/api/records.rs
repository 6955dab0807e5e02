//! Records: written, read for a purpose, changed, found, deleted.

use engine::{
    Refusal, Tx, certificate,
    ctx::Ctx,
    erasure::{Begun, Target},
    ids::Kind,
    record::{self, New, View},
    request,
    screen::Masked,
    subject,
};
use serde_json::{Value, json};

use super::{at, document, shown};
use crate::{answer::Answer, call::Call, limits, problem::Problem};

/// `POST /v1/records`
pub(crate) async fn create(mut call: Call) -> Result<Answer, Problem> {
    let fields = call.object("fields");
    let at = call.time("at");
    let (about, category) = (call.text("subject").to_owned(), call.text("category").to_owned());
    let part_of = call.maybe_text("part_of").map(str::to_owned);
    let written = call.write(move |ctx, tx| {
        let new = New {
            subject: subject::number(ctx, &about)?,
            category: &category,
            whole: part_of.as_deref().map(|whole| record::number(ctx, whole)).transpose()?,
            fields: &fields,
            at,
        };
        let written = record::write(ctx, tx, &new)?;
        let one = |one: &Masked| json!({"field": one.field, "kind": one.kind.word()});
        let masked: Vec<Value> = written.masked.iter().map(one).collect();
        let id = shown(ctx, Kind::Record, written.rid.0);
        let made = json!({"id": id, "masked": masked});
        Ok(Answer::created(if masked.is_empty() { json!({"id": id}) } else { made }))
    });
    written.await
}

/// `GET /v1/records/{id}`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let rid = record::number(&call.ctx, call.id())?;
    let (ctx, purpose) = (call.ctx.clone(), call.asked("purpose").unwrap_or("").to_owned());
    let act = move |tx: &mut Tx<'_>| record::read_now(&ctx, tx, rid, &purpose);
    let view = call.app.submit(&call.ctx, act).await??;
    Ok(Answer::ok(rendered(&call.ctx, view)))
}

/// `PATCH /v1/records/{id}`
pub(crate) async fn change(mut call: Call) -> Result<Answer, Problem> {
    let (id, fields) = (call.id().to_owned(), call.object("fields"));
    let changed = call.write(move |ctx, tx| {
        record::change(ctx, tx, record::number(ctx, &id)?, &fields)?;
        Ok(Answer::done())
    });
    changed.await
}

/// `DELETE /v1/records/{id}` and, as the same act, `DELETE /v1/records/{id}/key`: where a record ends, its key
/// ends.
pub(crate) async fn delete(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let done = call.work(move |ctx| {
        let rid = record::number(ctx, &id)?;
        let begun = request::delete(ctx, &Target::Records(vec![rid.0]))?;
        deleted(ctx, &begun)
    });
    done.await
}

/// `GET /v1/records`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let ctx = &call.ctx;
    let about = subject::number(ctx, call.asked("subject").unwrap_or(""))?;
    let after = call.asked("cursor").map(|id| record::number(ctx, id)).transpose()?;
    let limit = page(&call)?;
    let purpose = call.asked("purpose").unwrap_or("");
    let pending = record::list(ctx, about, call.asked("category"), purpose, after, limit)?;
    let (views, more) = call.release(pending).await?;
    let next = views.last().filter(|_| more).map(|view| shown(ctx, Kind::Record, view.rid.0));
    let records: Vec<Value> = views.into_iter().map(|view| rendered(ctx, view)).collect();
    Ok(Answer::ok(document([("records", Some(records.into())), ("next", next.map(Value::from))])))
}

/// The size of a page that was asked for.
pub(super) fn page(call: &Call) -> Result<usize, Problem> {
    let Some(text) = call.asked("limit") else { return Ok(50) };
    let size = text.parse().ok().filter(|size| (1..=limits::PAGE).contains(size));
    size.ok_or_else(|| Problem::invalid("limit", "from 1 to 200"))
}

/// `POST /v1/records/find`: the value comes in the body, so that no log of addresses holds it.
pub(crate) async fn find(call: Call) -> Result<Answer, Problem> {
    let (field, value) = (call.text("field"), call.text("value"));
    let pending = record::find(&call.ctx, field, value, call.text("purpose"))?;
    // What this purpose may not see of a person is entered, and looks like what is not there.
    let seen = call.release_all(pending).await?.into_iter().flatten();
    let found: Vec<Value> = seen.map(|view| rendered(&call.ctx, view)).collect();
    Ok(Answer::ok(json!({"records": found})))
}

fn rendered(ctx: &Ctx, view: View) -> Value {
    let parts: Vec<Value> = view
        .parts
        .iter()
        .map(|part| {
            let state = if part.live { "live" } else { "deleted" };
            let id = shown(ctx, Kind::Record, part.rid.0);
            json!({"id": id, "category": part.category, "state": state})
        })
        .collect();
    let (category, time, whole) = (view.category.clone(), at(view.at), view.whole);
    let (rid, fields) = record::seen(view);
    document([
        ("id", Some(shown(ctx, Kind::Record, rid.0).into())),
        ("subject", Some(shown(ctx, Kind::Subject, rid.subject()).into())),
        ("category", Some(category.into())),
        ("at", Some(time)),
        ("part_of", whole.map(|whole| shown(ctx, Kind::Record, whole.0).into())),
        ("fields", Some(Value::Object(fields))),
        ("parts", Some(parts.into())),
    ])
}

/// What an erasure took, with its certificate.
pub(super) fn deleted(ctx: &Ctx, begun: &Begun) -> Result<Answer, Refusal> {
    Ok(Answer::ok(document([
        ("erased", Some(begun.records.into())),
        ("certificate", certificate_of(ctx, begun.job)?),
    ])))
}

/// The public id of the certificate of an erasure.
pub(super) fn certificate_of(ctx: &Ctx, job: Option<u64>) -> Result<Option<Value>, Refusal> {
    let Some(job) = job else { return Ok(None) };
    let found = ctx.ws.read(|link| certificate::of_job(link, job))?;
    Ok(found.map(|id| shown(ctx, Kind::Certificate, id).into()))
}
