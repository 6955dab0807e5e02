//! From an HTTP request to a call: token, role, rate, query, body, in this order, each from the route's row.

use std::{collections::BTreeMap, time::Instant};

use axum::{
    body::{Body, Bytes},
    http::{HeaderMap, HeaderValue, Request, Response, header, request::Parts},
};
use engine::{ctx::Ctx, idempotency::Key};
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};

use crate::{
    answer::{Answer, Content},
    app::App,
    call::Call,
    json, limits,
    problem::{Kind, Problem},
    routes::{Gives, Route, Takes, Verb},
    shape::{Shape, plain},
};

/// Answers one request to a route.
pub(crate) async fn answer(
    app: App,
    route: &'static Route,
    path: BTreeMap<String, String>,
    request: Request<Body>,
) -> Response<Body> {
    let handled = tokio::time::timeout(limits::REQUEST_TIME, handle(app, route, path, request));
    let mut response = match handled.await {
        Ok(Ok(answer)) => answer.response(),
        Ok(Err(problem)) => problem.response(),
        Err(_) => Problem::new(Kind::Timeout).response(),
    };
    guard(response.headers_mut());
    response
}

/// What every answer under `/v1` says to caches and browsers.
pub(crate) fn guard(headers: &mut HeaderMap) {
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
}

async fn handle(
    app: App,
    route: &'static Route,
    path: BTreeMap<String, String>,
    request: Request<Body>,
) -> Result<Answer, Problem> {
    let (head, body) = request.into_parts();
    let (token, ctx, query) = match admitted(&app, route, &head) {
        Ok(admitted) => admitted,
        Err(problem) => {
            dismiss(body).await;
            return Err(problem);
        }
    };
    let bytes = read(route, &head.headers, body).await?;
    let key = key(route, &ctx, token, &head, &bytes)?;
    let mut call = Call { app, ctx, path, query, fields: Map::new(), upload: None, key };
    match route.takes {
        Takes::Nothing if matches!(&*bytes, b"" | b"{}") => {}
        Takes::Nothing => return Err(Problem::invalid("body", "this route takes none")),
        Takes::Json(fields) => {
            let document = json::read(&bytes)?;
            Shape::Object(fields).check(&document, "")?;
            if let Value::Object(map) = document {
                call.fields = map;
            }
        }
        Takes::File => call.upload = Some((media(&head.headers)?, bytes)),
    }
    checked(route, (route.handler)(call).await?)
}

type Admitted<'a> = (&'a str, Ctx, BTreeMap<String, String>);

/// What can be said before the body is read: who asks, whether they may, and what the query says.
fn admitted<'a>(app: &App, route: &Route, head: &'a Parts) -> Result<Admitted<'a>, Problem> {
    let token = bearer(&head.headers).ok_or_else(Problem::unauthorised)?;
    let ctx = app.enter(token)?;
    if !route.roles.allow(&ctx.actor.role) {
        return Err(Problem::new(Kind::Forbidden));
    }
    if let Err(wait) = app.rates().take((ctx.ws.number(), ctx.actor.token), Instant::now()) {
        return Err(Problem::later(Kind::TooMany, wait.as_secs() + 1));
    }
    Ok((token, ctx, query(route, head)?))
}

fn bearer(headers: &HeaderMap) -> Option<&str> {
    let given = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = given.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

/// The query, every part of which the table declares, each once.
fn query(route: &Route, head: &Parts) -> Result<BTreeMap<String, String>, Problem> {
    let text = head.uri.query().unwrap_or("");
    let mut query = BTreeMap::new();
    for (name, value) in form_urlencoded::parse(text.as_bytes()) {
        let Some(field) = route.query.iter().find(|field| field.name == name) else {
            return Err(Problem::invalid(plain(&name), "no part of this query"));
        };
        let given = match field.shape {
            Shape::Count => value.parse::<u64>().map_or(Value::Null, Value::from),
            _ => Value::from(value.as_ref()),
        };
        field.shape.check(&given, field.name)?;
        if query.insert(name.into_owned(), value.into_owned()).is_some() {
            return Err(Problem::invalid(field.name, "said once"));
        }
    }
    let missing =
        route.query.iter().find(|field| field.required && !query.contains_key(field.name));
    missing.map_or(Ok(query), |field| Err(Problem::invalid(field.name, "required")))
}

async fn read(route: &Route, headers: &HeaderMap, body: Body) -> Result<Bytes, Problem> {
    let most = match route.takes {
        // It is read all the same, so that the connection can go on.
        Takes::Nothing => limits::JSON_BODY,
        Takes::Json(_) => {
            let media = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
            let media = media.and_then(|media| media.split(';').next()).map_or("", str::trim);
            if !media.eq_ignore_ascii_case("application/json") {
                dismiss(body).await;
                return Err(Problem::new(Kind::Media).because("application/json"));
            }
            limits::JSON_BODY
        }
        Takes::File => limits::BLOB_BODY,
    };
    let announced = headers.get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok());
    if announced.and_then(|length| length.parse::<usize>().ok()).is_some_and(|len| len > most) {
        drain(body, limits::DRAINED).await;
        return Err(Problem::new(Kind::TooLarge));
    }
    match Limited::new(body, most).collect().await {
        Ok(whole) => Ok(whole.to_bytes()),
        Err(error) if error.is::<http_body_util::LengthLimitError>() => {
            Err(Problem::new(Kind::TooLarge))
        }
        Err(_) => Err(Problem::new(Kind::Malformed).because("the body ended early")),
    }
}

/// A client that is still sending does not see an answer: what it sends is taken, within reason.
async fn drain(mut body: Body, most: usize) {
    let mut left = most;
    while let Some(Ok(frame)) = body.frame().await {
        left = left.saturating_sub(frame.data_ref().map_or(1, Bytes::len));
        if left == 0 {
            return;
        }
    }
}

/// Takes the body of a request that is refused whatever it says, or the connection would end with the answer.
/// Not much and not for long: whoever is refused may not keep us busy.
pub(crate) async fn dismiss(body: Body) {
    let taken = drain(body, limits::JSON_BODY);
    let _ = tokio::time::timeout(limits::DISMISSED, taken).await;
}

fn media(headers: &HeaderMap) -> Result<String, Problem> {
    let given = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let bare = given.and_then(|media| media.split(';').next()).map(|media| media.trim().to_owned());
    bare.ok_or_else(|| Problem::invalid("content-type", "required"))
}

/// The idempotency key of a POST, bound to the token, so that its hash tells nothing about the body.
fn key(
    route: &Route,
    ctx: &Ctx,
    token: &str,
    head: &Parts,
    body: &[u8],
) -> Result<Option<Key>, Problem> {
    let Some(given) = head.headers.get("idempotency-key").filter(|_| route.verb == Verb::Post)
    else {
        return Ok(None);
    };
    let visible = given.to_str().ok().filter(|text| {
        (1..=limits::IDEMPOTENCY_KEY).contains(&text.len())
            && text.bytes().all(|byte| byte.is_ascii_graphic())
    });
    let Some(text) = visible else {
        return Err(Problem::invalid("Idempotency-Key", "1 to 128 visible characters"));
    };
    let path = head.uri.path_and_query().map_or("", |path| path.as_str());
    let lengths = [token.len(), path.len()].map(|len| len.to_string());
    let [token_len, path_len] = &lengths;
    let parts: [&[u8]; 6] = [
        token_len.as_bytes(),
        token.as_bytes(),
        route.verb.word().as_bytes(),
        path_len.as_bytes(),
        path.as_bytes(),
        body,
    ];
    Ok(Some(Key::new(ctx, text, &parts)))
}

/// While we develop, an answer that the description does not allow is a failure of ours.
fn checked(route: &Route, answer: Answer) -> Result<Answer, Problem> {
    if cfg!(debug_assertions)
        && let (Gives::Json(shape), Content::Json(document)) = (&route.gives, &answer.content)
        && let Err(misfit) = shape.check(document, "")
    {
        tracing::error!(route.path, misfit.field, "an answer has not its shape");
        return Err(Problem::new(Kind::Internal).because("an answer has not its shape"));
    }
    Ok(answer)
}
