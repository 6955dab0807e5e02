//! Decisions asked for without reading anything.

use engine::{Role, decision, subject};
use serde_json::Value;

use super::document;
use crate::{
    answer::Answer,
    call::Call,
    problem::{Kind, Problem},
};

/// `POST /v1/decide`
pub(crate) async fn decide(call: Call) -> Result<Answer, Problem> {
    let text = |name| call.text(name).to_owned();
    let (about, category, purpose) = (text("subject"), text("category"), text("purpose"));
    let staff = call.maybe_text("actor").map(str::to_owned);
    let own = matches!(call.ctx.actor.role, Role::Staff(_) | Role::Person);
    if staff.is_some() && own {
        return Err(Problem::new(Kind::Forbidden));
    }
    let decided = call.write(move |ctx, tx| {
        let about = subject::number(ctx, &about)?;
        let decided = decision::ask(ctx, tx, about, &category, &purpose, staff.as_deref())?;
        let policy = Some(Value::from(ctx.ws.policy().policy.version.as_str()));
        Ok(Answer::ok(match decided {
            Ok(allowed) => document([
                ("decision", Some("allow".into())),
                ("reason", Some(if allowed.weighed { "weighed" } else { "allowed" }.into())),
                ("rule", Some(format!("purpose.{}", allowed.purpose).into())),
                ("basis", Some(allowed.basis.into())),
                ("policy", policy),
            ]),
            Err(denied) => document([
                ("decision", Some("deny".into())),
                ("reason", Some(denied.reason.into())),
                ("rule", Some(denied.rule.into())),
                ("policy", policy),
            ]),
        }))
    });
    decided.await
}
