//! Access that staff ask for, and those who approve or end it.

use engine::{Ctx, Refusal, Role, grant, ids::Kind, record, subject};
use serde_json::{Value, json};

use super::{at, document, maybe_subject, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/grants`
pub(crate) async fn ask(call: Call) -> Result<Answer, Problem> {
    let (about, purpose) = (call.text("subject").to_owned(), call.text("purpose").to_owned());
    let maybe = |name| call.maybe_text(name).map(str::to_owned);
    let (item, ticket, case) = (maybe("record"), maybe("ticket"), maybe("case"));
    let asked = call.write(move |ctx, tx| {
        let known = |id: Option<&str>| id.map(|id| record::number(ctx, id)).transpose();
        let new = grant::New {
            purpose: &purpose,
            subject: subject::number(ctx, &about)?,
            rid: known(item.as_deref())?,
            ticket: known(ticket.as_deref())?,
            case: case.as_deref(),
        };
        let access = grant::ask(ctx, tx, &new)?;
        Ok(Answer::created(rendered(ctx, access)))
    });
    asked.await
}

/// `GET /v1/grants`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").map(str::to_owned);
    let found = call.look(move |ctx| {
        let number = maybe_subject(ctx, about.as_deref())?;
        let all = ctx.ws.read(|link| grant::list(link, number))?;
        // Staff see what they asked for themselves.
        let own = |access: &grant::Access| match ctx.actor.role {
            Role::Staff(_) => access.token == ctx.actor.token,
            _ => true,
        };
        let shown: Vec<Value> =
            all.into_iter().filter(own).map(|access| rendered(ctx, access)).collect();
        Ok(Answer::ok(json!({"grants": shown})))
    });
    found.await
}

fn rendered(ctx: &Ctx, access: grant::Access) -> Value {
    let state = access.state(ctx.now);
    document([
        ("id", Some(shown(ctx, Kind::Grant, access.id).into())),
        ("subject", Some(shown(ctx, Kind::Subject, access.subject).into())),
        ("purpose", Some(access.purpose.into())),
        ("record", access.rid.map(|rid| shown(ctx, Kind::Record, rid).into())),
        ("ticket", access.ticket.map(|rid| shown(ctx, Kind::Record, rid).into())),
        ("staff", Some(access.staff.into())),
        ("state", Some(state.into())),
        ("asked", Some(at(access.asked))),
        ("given", access.given.map(at)),
        ("until", access.until.map(at)),
        ("ended", access.ended.map(at)),
    ])
}

/// `POST /v1/grants/{id}/approve`
pub(crate) async fn approve(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let approved = call.write(move |ctx, tx| {
        let access = grant::approve(ctx, tx, grant::number(ctx, &id)?)?;
        Ok(Answer::ok(rendered(ctx, access)))
    });
    approved.await
}

/// `POST /v1/grants/{id}/withdraw`
pub(crate) async fn withdraw(call: Call) -> Result<Answer, Problem> {
    let id = call.id().to_owned();
    let ended = call.write(move |ctx, tx| {
        let number = grant::number(ctx, &id)?;
        let access = grant::find(ctx, tx.link(), number)?;
        if matches!(ctx.actor.role, Role::Staff(_)) && access.token != ctx.actor.token {
            return Err(Refusal::NotFound);
        }
        grant::withdraw(ctx, tx, number)?;
        Ok(Answer::done())
    });
    ended.await
}
