//! Counts of groups: made once a month, read as often as one likes.

use engine::{
    aggregate::{self, Ask, Release},
    time,
};
use serde_json::{Value, json};

use crate::{answer::Answer, call::Call, problem::Problem};

/// `POST /v1/aggregates`
pub(crate) async fn count(call: Call) -> Result<Answer, Problem> {
    let text = |name: &str| call.text(name).to_owned();
    let ask = Ask {
        category: text("category"),
        field: text("field"),
        month: text("month"),
        purpose: text("purpose"),
    };
    let counted = call.write(move |ctx, tx| {
        let release = aggregate::release(ctx, tx, &ask)?;
        Ok(Answer::created(rendered(&release)))
    });
    counted.await
}

/// `GET /v1/aggregates`
pub(crate) async fn list(call: Call) -> Result<Answer, Problem> {
    let asked = |name: &str| call.asked(name).unwrap_or("").to_owned();
    let (category, purpose) = (asked("category"), asked("purpose"));
    let listed = call.write(move |ctx, tx| {
        let releases = aggregate::of(ctx, tx, &category, &purpose)?;
        let releases: Vec<Value> = releases.iter().map(rendered).collect();
        Ok(Answer::ok(json!({"aggregates": releases})))
    });
    listed.await
}

fn rendered(release: &Release) -> Value {
    let group = |(value, people): (&String, &u64)| json!({"value": value, "people": people});
    let groups: Vec<Value> = release.groups.iter().map(group).collect();
    json!({
        "field": release.field,
        "month": release.month,
        "made": time::rfc3339(release.made),
        "groups_of": release.groups_of,
        "groups": groups,
    })
}
