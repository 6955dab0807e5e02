//! What people ask for, answered at once.

use engine::{
    Ctx, Refusal, export,
    ids::Kind,
    record,
    request::{self, Kind as Asked, Request},
    statutory::{self, Kept},
    subject,
};
use serde_json::{Value, json};

use super::{at, document, known_subject, records::certificate_of, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/requests`
pub(crate) async fn ask(mut call: Call) -> Result<Answer, Problem> {
    if call.text("kind") == Asked::Correction.word() {
        return correct(call).await;
    }
    if !call.object("fields").is_empty() {
        return Err(Refusal::invalid("fields", "only a correction brings values").into());
    }
    let (about, word) = (call.text("subject").to_owned(), call.text("kind").to_owned());
    let (purpose, claim) = (call.maybe_text("purpose").map(str::to_owned), call.flag("claim"));
    let asked = call.work(move |ctx| {
        let number = subject::number(ctx, &about)?;
        let kind = Asked::parse(&word).ok_or_else(|| Refusal::invalid("kind", "request kinds"))?;
        let answer = request::ask(ctx, kind, number, purpose.as_deref(), claim)?;
        let held =
            |rid: &u64| json!({"record": shown(ctx, Kind::Record, *rid), "reason": "legal_hold"});
        let mut kept: Vec<Value> = answer.held.iter().map(held).collect();
        kept.extend(answer.kept.iter().map(by_law));
        let erasing = kind == Asked::Erasure;
        Ok(Answer::created(document([
            ("id", Some(shown(ctx, Kind::Request, answer.id).into())),
            ("kind", Some(kind.word().into())),
            ("state", Some(answer.state.into())),
            ("erased", erasing.then(|| answer.erased.into())),
            ("kept", erasing.then(|| kept.into())),
            ("certificate", certificate_of(ctx, answer.job)?),
        ])))
    });
    asked.await
}

async fn correct(mut call: Call) -> Result<Answer, Problem> {
    let (about, record) =
        (call.text("subject").to_owned(), call.maybe_text("record").map(str::to_owned));
    let fields = call.object("fields");
    let corrected = call.write(move |ctx, tx| {
        let number = subject::number(ctx, &about)?;
        let named = || Refusal::invalid("record", "a correction names a record of the subject");
        let rid = record::number(ctx, record.as_deref().ok_or_else(named)?)?;
        if rid.subject() != number {
            return Err(Refusal::NotFound);
        }
        let id = request::correct(ctx, tx, rid, &fields)?;
        Ok(Answer::created(document([
            ("id", Some(shown(ctx, Kind::Request, id).into())),
            ("kind", Some(Asked::Correction.word().into())),
            ("state", Some("answered".into())),
        ])))
    });
    corrected.await
}

/// `GET /v1/requests/{id}`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let found = call.look(move |ctx| {
        let number = request::number(ctx, &id)?;
        let request = ctx.ws.read(|link| request::find(ctx, link, number))?;
        Ok(Answer::ok(rendered(ctx, request)?))
    });
    found.await
}

/// `GET /v1/requests`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").unwrap_or("").to_owned();
    let found = call.look(move |ctx| {
        let number = known_subject(ctx, &about)?;
        let requests = ctx.ws.read(|link| request::of(link, number))?;
        let requests: Result<Vec<Value>, Refusal> =
            requests.into_iter().map(|request| rendered(ctx, request)).collect();
        Ok(Answer::ok(json!({"requests": requests?})))
    });
    found.await
}

/// What a legal duty keeps: by which rule, for what, until when.
fn by_law(kept: &Kept) -> Value {
    json!({
        "reason": if kept.lost { "lost_in_a_restore" } else { "legal_duty" },
        "category": kept.category,
        "rule": kept.rule(),
        "purpose": kept.purpose,
        "records": kept.copies,
        "until": at(kept.until),
    })
}

fn rendered(ctx: &Ctx, request: Request) -> Result<Value, Refusal> {
    let due = request::due(ctx, &request)?;
    let kept = match request.job {
        Some(job) => ctx.ws.read(|link| statutory::of_job(link, job))?,
        None => Vec::new(),
    };
    let kept: Vec<Value> = kept.iter().map(by_law).collect();
    Ok(document([
        ("id", Some(shown(ctx, Kind::Request, request.id).into())),
        ("subject", Some(shown(ctx, Kind::Subject, request.subject).into())),
        ("kind", Some(request.kind.into())),
        ("purpose", request.purpose.map(Value::from)),
        ("state", Some(request.state.into())),
        ("received", Some(at(request.received))),
        ("due", due.map(at)),
        ("answered", request.answered.map(at)),
        ("kept", (!kept.is_empty()).then(|| kept.into())),
        ("certificate", certificate_of(ctx, request.job)?),
    ]))
}

/// `GET /v1/requests/{id}/export`
pub(crate) async fn export(call: Call) -> Result<Answer, Problem> {
    let id = request::number(&call.ctx, call.id())?;
    let ctx = call.ctx.clone();
    let gathered = tokio::task::spawn_blocking(move || {
        let request = ctx.ws.read(|link| request::find(&ctx, link, id))?;
        match Asked::parse(&request.kind) {
            Some(Asked::Access) => export::access(&ctx, request.subject),
            Some(Asked::Portability) => export::portable(&ctx, request.subject),
            _ => Err(Refusal::Conflict { reason: "only access and portability have an export" }),
        }
    });
    let pending = gathered.await.map_err(|_| Problem::new(crate::problem::Kind::Internal))??;
    let copy = call.release(pending).await?;
    Ok(Answer::ok(Value::Object(copy)))
}

/// `POST /v1/requests/{id}/lift`
pub(crate) async fn lift(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let lifted = call.write(move |ctx, tx| {
        request::lift(ctx, tx, request::number(ctx, &id)?)?;
        Ok(Answer::done())
    });
    lifted.await
}
