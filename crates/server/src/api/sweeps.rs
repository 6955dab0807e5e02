//! Sweeps by hand: the housekeeping does the same every minute.

use engine::{record, retention};
use serde_json::json;

use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/sweeps`
pub(crate) async fn sweep(call: Call) -> Result<Answer, Problem> {
    let one = call.maybe_text("record").map(str::to_owned);
    let done = call.work(move |ctx| {
        let (erased, held) = if let Some(id) = one {
            (retention::sweep_one(ctx, record::number(ctx, &id)?)?.records, 0)
        } else {
            let swept = retention::sweep(ctx)?;
            (swept.erased, swept.held)
        };
        Ok(Answer::ok(json!({"erased": erased, "held": held})))
    });
    done.await
}
