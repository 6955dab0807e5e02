//! Approvals of those who answer for minors: given, withdrawn, listed.

use engine::{approval, subject};
use serde_json::{Value, json};

use super::{at, document, known_subject};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/approvals`
pub(crate) async fn give(call: Call) -> Result<Answer, Problem> {
    let (about, by) = (call.text("subject").to_owned(), call.text("by").to_owned());
    let given = call.write(move |ctx, tx| {
        let number = subject::number(ctx, &about)?;
        approval::give(ctx, tx, number, &by)?;
        let missing = approval::missing(ctx, tx.link(), number)?;
        Ok(Answer::created(json!({"missing": missing})))
    });
    given.await
}

/// `POST /v1/approvals/withdraw`
pub(crate) async fn withdraw(call: Call) -> Result<Answer, Problem> {
    let (about, by) = (call.text("subject").to_owned(), call.text("by").to_owned());
    let done = call.write(move |ctx, tx| {
        let number = subject::number(ctx, &about)?;
        approval::withdraw(ctx, tx, number, &by)?;
        let missing = approval::missing(ctx, tx.link(), number)?;
        Ok(Answer::ok(json!({"missing": missing})))
    });
    done.await
}

/// `GET /v1/approvals`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").unwrap_or("").to_owned();
    let found = call.look(move |ctx| {
        let number = known_subject(ctx, &about)?;
        let (missing, given) = ctx.ws.read(|link| {
            Ok((approval::missing(ctx, link, number)?, approval::of(link, number)?))
        })?;
        let one = |one: approval::Approval| {
            document([
                ("by", Some(one.by.into())),
                ("given", Some(at(one.given))),
                ("withdrawn", one.withdrawn.map(at)),
            ])
        };
        let given: Vec<Value> = given.into_iter().map(one).collect();
        Ok(Answer::ok(json!({"missing": missing, "approvals": given})))
    });
    found.await
}
