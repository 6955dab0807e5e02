//! Events that start and stop periods.

use engine::{event, record};

use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/events`
pub(crate) async fn raise(call: Call) -> Result<Answer, Problem> {
    let (about, name) = (call.text("record").to_owned(), call.text("event").to_owned());
    let at = call.time("at");
    let raised = call.write(move |ctx, tx| {
        event::raise(ctx, tx, record::number(ctx, &about)?, &name, at)?;
        Ok(Answer::done())
    });
    raised.await
}
