//! What people were told, in the sentences of the policy's language.

use engine::{Ctx, Refusal, ids::Kind, notice, policy::Told, subject, time};
use serde_json::{Value, json};

use super::{at, document, maybe_subject, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `GET /v1/notices`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let (about, language) =
        (call.asked("subject").map(str::to_owned), call.asked("lang").map(str::to_owned));
    let found = call.look(move |ctx| {
        let in_force = ctx.ws.policy();
        let policy = &in_force.policy;
        let language = language.as_deref().unwrap_or(&policy.binding);
        if !policy.languages.iter().any(|known| known == language) {
            return Err(Refusal::invalid("lang", "policy.languages"));
        }
        let number = maybe_subject(ctx, about.as_deref())?;
        let number = number.ok_or_else(|| Refusal::invalid("subject", "required"))?;
        let notices = ctx.ws.read(|link| {
            subject::load(ctx, link, number)?;
            notice::of(link, number)
        })?;
        let notices: Vec<Value> =
            notices.into_iter().map(|one| rendered(ctx, one, language)).collect();
        Ok(Answer::ok(json!({"language": language, "notices": notices})))
    });
    found.await
}

fn rendered(ctx: &Ctx, notice: notice::Notice, language: &str) -> Value {
    let in_force = ctx.ws.policy();
    let zone = &in_force.policy.company.zone;
    let day = notice.effective.map(|at| time::date(at, zone));
    let kind = if notice.void.is_some() { "policy_change_taken_back" } else { &notice.kind };
    let told = Told { kind, rule: &notice.rule, day: day.as_deref() };
    let (title, text) = in_force.policy.told(&told, language);
    let lapse = notice.kind == notice::Kind::Lapse.word();
    document([
        ("id", Some(shown(ctx, Kind::Notice, notice.id).into())),
        ("kind", Some(notice.kind.into())),
        ("rule", Some(notice.rule.into())),
        ("record", lapse.then(|| shown(ctx, Kind::Record, notice.about).into())),
        ("made", Some(at(notice.made))),
        ("effective", notice.effective.map(at)),
        ("taken_back", notice.void.map(at)),
        // Nothing sends mail yet: what is due by it is not delivered by it.
        ("email", notice.mail.then(|| "due".into())),
        ("seen", notice.seen.map(at)),
        ("acknowledged", notice.acknowledged.map(at)),
        ("title", Some(title.into())),
        ("text", Some(text.into())),
    ])
}

/// `POST /v1/notices/{id}/seen`
pub(crate) async fn seen(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let marked = call.write(move |ctx, tx| {
        notice::seen(ctx, tx, notice::number(ctx, &id)?)?;
        Ok(Answer::done())
    });
    marked.await
}

/// `POST /v1/notices/{id}/acknowledge`
pub(crate) async fn acknowledge(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let marked = call.write(move |ctx, tx| {
        notice::acknowledge(ctx, tx, notice::number(ctx, &id)?)?;
        Ok(Answer::done())
    });
    marked.await
}
