//! Decisions asked for without reading anything.

use engine::{
    Ctx, Refusal, Role,
    bar::Lineage,
    decision,
    entry::{self, Act, Entry, Stream},
    subject,
};
use serde_json::Value;
use store::Tx;

use super::document;
use crate::{
    answer::Answer,
    call::Call,
    problem::{Kind, Problem},
};

/// What is asked.
struct Question {
    subject: String,
    category: String,
    purpose: String,
    /// A role of staff in whose place the actor asks.
    staff: Option<String>,
}

/// `POST /v1/decide`
pub(crate) async fn decide(call: Call) -> Result<Answer, Problem> {
    let text = |name| call.text(name).to_owned();
    let question = Question {
        subject: text("subject"),
        category: text("category"),
        purpose: text("purpose"),
        staff: call.maybe_text("actor").map(str::to_owned),
    };
    let own = matches!(call.ctx.actor.role, Role::Staff(_) | Role::Person);
    if question.staff.is_some() && own {
        return Err(Problem::new(Kind::Forbidden));
    }
    call.write(move |ctx, tx| entered(ctx, tx, &question)).await
}

/// Decides, and enters question and answer in the ledger.
fn entered(ctx: &Ctx, tx: &mut Tx<'_>, question: &Question) -> Result<Answer, Refusal> {
    let in_force = ctx.ws.policy();
    let mut asked = ctx.clone();
    if let Some(staff) = &question.staff {
        if !in_force.policy.staff.contains(staff) {
            return Err(Refusal::invalid("actor", "scope.staff"));
        }
        asked.actor.role = Role::Staff(staff.clone());
    }
    if in_force.policy.category(&question.category).is_none() {
        return Err(Refusal::invalid("category", "data"));
    }
    let person = subject::load(ctx, tx.link(), subject::number(ctx, &question.subject)?)?;
    let lineage = Lineage { rids: Vec::new(), categories: vec![question.category.clone()] };
    let decided = decision::decide(&asked, tx.link(), &person, &lineage, &question.purpose)?;
    let entry = Entry {
        act: Act::Decide,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose: &question.purpose,
        rule: decided.as_ref().map_or_else(|denied| denied.reason, |_| "allowed"),
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    let policy = Some(Value::from(in_force.policy.version.as_str()));
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
}
