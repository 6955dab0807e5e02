//! One request to the interface after it was read: who asks, with what, and the ways to act on the engine.
//! Every act of a call goes through here, so that idempotency and group commit are nobody else's concern.

use std::collections::BTreeMap;

use axum::body::Bytes;
use engine::Tx;
use engine::{
    Refusal,
    ctx::Ctx,
    idempotency::{self, Key},
    pending::Pending,
};
use serde_json::{Map, Value};

use crate::{
    answer::{Answer, Content},
    app::App,
    problem::{Kind, Problem},
};

/// A request, checked against its row of the route table.
pub(crate) struct Call {
    /// The server.
    pub(crate) app: App,
    /// Who asks, when and where.
    pub(crate) ctx: Ctx,
    /// What the braces of the path stand for.
    pub(crate) path: BTreeMap<String, String>,
    /// The query.
    pub(crate) query: BTreeMap<String, String>,
    /// The fields of a JSON body.
    pub(crate) fields: Map<String, Value>,
    /// Any other body, with its media type.
    pub(crate) upload: Option<(String, Bytes)>,
    /// The client's idempotency key.
    pub(crate) key: Option<Key>,
}

/// What is stored while the first request with a key is worked on.
const BEGUN: u16 = 102;
/// What is stored when it was refused: the next one begins anew.
const REFUSED: u16 = 400;

impl Call {
    /// A part of the path.
    pub(crate) fn part(&self, name: &str) -> &str {
        self.path.get(name).map_or("", String::as_str)
    }

    /// The id in the path.
    pub(crate) fn id(&self) -> &str {
        self.part("id")
    }

    /// A text of the body that the table requires.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.maybe_text(name).unwrap_or("")
    }

    /// A text of the body.
    pub(crate) fn maybe_text(&self, name: &str) -> Option<&str> {
        self.fields.get(name).and_then(Value::as_str)
    }

    /// Yes or no, in the body.
    pub(crate) fn flag(&self, name: &str) -> bool {
        self.fields.get(name).and_then(Value::as_bool).unwrap_or(false)
    }

    /// A whole number of the body.
    pub(crate) fn count(&self, name: &str) -> Option<u64> {
        self.fields.get(name).and_then(Value::as_u64)
    }

    /// A list of texts of the body.
    pub(crate) fn texts(&self, name: &str) -> Vec<String> {
        let items = self.fields.get(name).and_then(Value::as_array);
        let texts = items.into_iter().flatten().filter_map(Value::as_str);
        texts.map(str::to_owned).collect()
    }

    /// An object of the body.
    pub(crate) fn object(&mut self, name: &str) -> Map<String, Value> {
        match self.fields.remove(name) {
            Some(Value::Object(map)) => map,
            _ => Map::new(),
        }
    }

    /// A time of the body.
    pub(crate) fn time(&self, name: &str) -> Option<i64> {
        self.maybe_text(name).and_then(engine::time::parse)
    }

    /// A part of the query.
    pub(crate) fn asked(&self, name: &str) -> Option<&str> {
        self.query.get(name).map(String::as_str)
    }

    /// Acts in one transaction of the workspace's writer; the answer leaves after the commit. With an
    /// idempotency key the first answer is kept in the same transaction.
    pub(crate) async fn write(
        self,
        mut act: impl FnMut(&Ctx, &mut Tx<'_>) -> Result<Answer, Refusal> + Send + 'static,
    ) -> Result<Answer, Problem> {
        let Call { app, ctx, key, .. } = self;
        let inner = ctx.clone();
        let answer = app.submit(&ctx, move |tx| {
            let Some(key) = &key else { return act(&inner, tx) };
            if let Some(stored) = idempotency::begin(&inner, tx, key)? {
                match stored.status {
                    BEGUN => return Err(UNFINISHED),
                    REFUSED => {}
                    _ => return Ok(replayed(&stored)),
                }
            }
            let answer = act(&inner, tx)?;
            idempotency::keep(&inner, tx, key, answer.status, &kept(&answer))?;
            Ok(answer)
        });
        answer.await
    }

    /// Gives a decided read out after its entry is durable. A refusal was entered as well.
    pub(crate) async fn release<T: Send + 'static>(
        &self,
        pending: Pending<T>,
    ) -> Result<T, Problem> {
        Ok(self.app.submit(&self.ctx, pending.into_act(self.ctx.clone())).await??)
    }

    /// As [`Call::release`], for several reads with one commit; each is given or refused on its own.
    pub(crate) async fn release_all<T: Send + 'static>(
        &self,
        pending: Vec<Pending<T>>,
    ) -> Result<Vec<Result<T, Refusal>>, Problem> {
        if pending.is_empty() {
            return Ok(Vec::new());
        }
        let mut acts: Vec<_> =
            pending.into_iter().map(|one| one.into_act(self.ctx.clone())).collect();
        let released =
            self.app.submit(&self.ctx, move |tx| acts.iter_mut().map(|act| act(tx)).collect());
        released.await
    }

    /// Works on what takes several commits, off the threads that serve. With an idempotency key the request
    /// is marked as begun first, so that a repeated one never runs beside it.
    pub(crate) async fn work(
        self,
        act: impl FnOnce(&Ctx) -> Result<Answer, Refusal> + Send + 'static,
    ) -> Result<Answer, Problem> {
        let Call { ctx, key, .. } = self;
        let done = tokio::task::spawn_blocking(move || {
            let Some(key) = key else { return act(&ctx) };
            if let Some(stored) = begin(&ctx, &key)? {
                return Ok(stored);
            }
            let answer = act(&ctx);
            let (status, text) = match &answer {
                Ok(answer) => (answer.status, kept(answer)),
                Err(_) => (REFUSED, String::new()),
            };
            let inner = ctx.clone();
            ctx.ws.act(&ctx, move |tx| idempotency::keep(&inner, tx, &key, status, &text))?;
            answer
        });
        match done.await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Problem::new(Kind::Internal)),
        }
    }

    /// As [`Call::work`], for what only reads.
    pub(crate) async fn look(
        self,
        look: impl FnOnce(&Ctx) -> Result<Answer, Refusal> + Send + 'static,
    ) -> Result<Answer, Problem> {
        let Call { ctx, .. } = self;
        match tokio::task::spawn_blocking(move || look(&ctx)).await {
            Ok(answer) => Ok(answer?),
            Err(_) => Err(Problem::new(Kind::Internal)),
        }
    }
}

const UNFINISHED: Refusal =
    Refusal::Conflict { reason: "the first request with this key is not finished" };

fn begin(ctx: &Ctx, key: &Key) -> Result<Option<Answer>, Refusal> {
    let (inner, key) = (ctx.clone(), key.clone());
    ctx.ws.act(ctx, move |tx| {
        match idempotency::begin(&inner, tx, &key)? {
            Some(stored) if stored.status == BEGUN => return Err(UNFINISHED),
            Some(stored) if stored.status != REFUSED => return Ok(Some(replayed(&stored))),
            _ => {}
        }
        idempotency::keep(&inner, tx, &key, BEGUN, "")?;
        Ok(None)
    })
}

/// What of an answer is kept: ids and states are all that such answers hold.
fn kept(answer: &Answer) -> String {
    match &answer.content {
        Content::Json(document) => document.to_string(),
        Content::Nothing | Content::File(..) => String::new(),
    }
}

fn replayed(stored: &idempotency::Stored) -> Answer {
    let content = match serde_json::from_str(&stored.answer) {
        Ok(document) => Content::Json(document),
        Err(_) => Content::Nothing,
    };
    Answer { status: stored.status, content }
}
