//! What a legal duty keeps of people who are erased.

use engine::{Tx, ids::Kind, statutory};
use serde_json::{Value, json};

use super::{at, document, records::page, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `GET /v1/statutory`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let ctx = call.ctx.clone();
    let after = call.asked("cursor").map(|id| statutory::number(&ctx, id)).transpose()?;
    let limit = page(&call)?;
    let category = call.asked("category").unwrap_or("").to_owned();
    let purpose = call.asked("purpose").unwrap_or("").to_owned();
    let act = move |tx: &mut Tx<'_>| statutory::list(&ctx, tx, &category, &purpose, after, limit);
    let (views, more) = call.app.submit(&call.ctx, act).await??;
    let ctx = &call.ctx;
    let next = views.last().filter(|_| more).map(|view| shown(ctx, Kind::Copy, view.id));
    let copies: Vec<Value> = views
        .into_iter()
        .map(|view| {
            let (id, until) = (shown(ctx, Kind::Copy, view.id), at(view.until));
            json!({"id": id, "until": until, "fields": statutory::seen(view)})
        })
        .collect();
    Ok(Answer::ok(document([("copies", Some(copies.into())), ("next", next.map(Value::from))])))
}
