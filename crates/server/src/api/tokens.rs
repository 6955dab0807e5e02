//! Tokens: made once, shown once.

use std::sync::{Arc, Mutex, PoisonError};

use engine::{Refusal, Role, deployment::DAY, subject, token};
use serde_json::{Value, json};

use crate::{
    answer::{Answer, Content},
    call::Call,
    problem::Problem,
};

/// `POST /v1/tokens`
pub(crate) async fn create(call: Call) -> Result<Answer, Problem> {
    let role = role(call.text("role"), call.maybe_text("staff"))?;
    let about = call.maybe_text("subject").map(str::to_owned);
    let days = call.count("days");
    let secret = Arc::new(Mutex::new(None));
    let inside = Arc::clone(&secret);
    let made = call.write(move |ctx, tx| {
        let days = days.map(|days| i64::try_from(days).unwrap_or(i64::MAX).saturating_mul(DAY));
        let new = token::New {
            role: role.clone(),
            subject: about.as_deref().map(|id| subject::number(ctx, id)).transpose()?,
            expires: days.map(|days| ctx.now.saturating_add(days)),
        };
        let (token, id) = token::create(ctx, tx, &new)?;
        *inside.lock().unwrap_or_else(PoisonError::into_inner) = Some(token);
        Ok(Answer::created(json!({"id": id})))
    });
    let mut answer = made.await?;
    // The token itself is in no stored answer: a repeated request learns the id alone.
    let token = secret.lock().unwrap_or_else(PoisonError::into_inner).take();
    if let (Some(token), Content::Json(Value::Object(map))) = (token, &mut answer.content) {
        map.insert("token".to_owned(), token.into());
    }
    Ok(answer)
}

fn role(word: &str, staff: Option<&str>) -> Result<Role, Problem> {
    match (word, staff) {
        ("system", None) => Ok(Role::System),
        ("admin", None) => Ok(Role::Admin),
        ("officer", None) => Ok(Role::Officer),
        ("person", None) => Ok(Role::Person),
        ("staff", Some(role)) => Ok(Role::Staff(role.to_owned())),
        _ => Err(Problem::invalid("staff", "a role of scope.staff, for the role staff only")),
    }
}

/// `DELETE /v1/tokens/{id}`
pub(crate) async fn revoke(call: Call) -> Result<Answer, Problem> {
    let id: Option<u64> = call.id().parse().ok();
    let revoked = call.write(move |ctx, tx| {
        token::revoke(ctx, tx, id.ok_or(Refusal::NotFound)?)?;
        Ok(Answer::done())
    });
    revoked.await
}
