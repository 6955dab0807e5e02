//! The ledger: its checkpoints, and who did what with a person's data.

use engine::{
    Ctx, Refusal,
    entry::{self, Act, Detail, Entry, Stream},
    ids::Kind,
    log, subject,
};
use serde_json::Value;

use super::{at, document, records::page, shown};
use crate::{answer::Answer, call::Call, problem::Problem};

/// `GET /v1/ledger`
pub(crate) async fn read(call: Call) -> Result<Answer, Problem> {
    let app = call.app.clone();
    let found = call.look(move |ctx| {
        let (log, latest) = ctx.ws.read(|link| Ok((log::newest(link)?, log::latest(link)?)))?;
        let log = log.ok_or(Refusal::Conflict { reason: "no log" })?;
        let control = app.deployment().control();
        let deployment = document([
            ("vkey", Some(control.vkey().to_string().into())),
            ("checkpoint", control.checkpoint()?.map(Value::from)),
        ]);
        Ok(Answer::ok(document([
            ("origin", Some(log.origin.as_str().into())),
            ("vkey", Some(log::vkey(ctx, &log)?.to_string().into())),
            ("generation", Some(log.generation.into())),
            ("size", Some(latest.as_ref().map_or(0, |published| published.size).into())),
            ("checkpoint", latest.map(|published| published.note.into())),
            ("tiles", Some(format!("/ledger/{}/", log::folder(&log.origin)).into())),
            ("deployment", Some(deployment)),
        ])))
    });
    found.await
}

/// `GET /v1/ledger/entries`: reading it is an entry of its own.
pub(crate) async fn entries(call: Call) -> Result<Answer, Problem> {
    let about = call.asked("subject").unwrap_or("").to_owned();
    let before = call.asked("cursor").and_then(|text| text.parse().ok()).unwrap_or(LAST);
    let most = page(&call)?;
    let limit = u32::try_from(most).unwrap_or(u32::MAX);
    let found = call.write(move |ctx, tx| {
        let person = subject::load(ctx, tx.link(), subject::number(ctx, &about)?)?;
        let details = entry::history(ctx, tx.link(), person.number, before.min(LAST), limit)?;
        let note = Entry {
            act: Act::ReadLedger,
            stream: Stream::Application,
            subject: person.ledger(),
            purpose: "",
            rule: "right.access",
            records: &[],
        };
        entry::record(ctx, tx, &note)?;
        let next = details.last().filter(|_| details.len() >= most).map(|last| last.number);
        let entries: Vec<Value> = details.into_iter().map(|detail| told(ctx, detail)).collect();
        Ok(Answer::ok(document([
            ("entries", Some(entries.into())),
            ("next", next.map(|number| number.to_string().into())),
        ])))
    });
    found.await
}

/// No entry has a higher number.
const LAST: u64 = u64::MAX >> 1;

fn told(ctx: &Ctx, detail: Detail) -> Value {
    let some = |text: String| (!text.is_empty()).then(|| Value::from(text));
    document([
        ("number", Some(detail.number.into())),
        ("act", Some(detail.act.word().into())),
        ("at", Some(at(detail.at))),
        ("role", Some(detail.role.into())),
        ("token", Some(detail.token.into())),
        ("policy", Some(detail.policy.into())),
        ("purpose", some(detail.purpose)),
        ("rule", some(detail.rule)),
        ("records", Some(detail.count.into())),
        ("record", detail.record.map(|rid| shown(ctx, Kind::Record, rid).into())),
    ])
}
