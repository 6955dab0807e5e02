//! What everyone may see: the policy, the trust page, the log's files, and what machines ask for. Pages belong
//! to a publisher, which the `Host` header names; nobody signs in here and nothing personal is shown.

mod document;
mod evidence;
mod host;
mod ledger;
mod machine;
mod page;
#[cfg(feature = "pdf")]
mod pdf;
mod policy;
mod start;
mod trust;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    extract::Request,
    http::{HeaderValue, Response, StatusCode, header},
    routing::get,
};
use engine::workspace::InForce;

use crate::{
    app::App,
    config::Publisher,
    problem::{Kind, Problem},
    serve::Settings,
};

/// The page of a policy that nobody serves: one file with its style in it. `whole` is where the page for everybody
/// stands, when this one is a reader's own view.
pub fn render(document: &engine::policy::Document, whole: Option<&str>) -> String {
    policy::alone(document, whole).into_string()
}

/// The same page as the bytes of a PDF file, or why there is none.
#[cfg(feature = "pdf")]
pub fn render_pdf(
    document: &engine::policy::Document,
) -> Result<Vec<u8>, impl std::error::Error + Send + Sync + use<>> {
    ::pdf::render(document)
}

/// What the public pages know beside the engine.
pub(crate) struct Site {
    publishers: Vec<Publisher>,
    contact: Option<String>,
    port: u16,
    looks: evidence::Looks,
    #[cfg(feature = "pdf")]
    files: Arc<pdf::Files>,
}

impl Site {
    /// The site of these settings.
    pub(crate) fn new(settings: Settings) -> Site {
        Site {
            publishers: settings.publishers,
            contact: settings.security_contact,
            port: settings.address.port(),
            looks: evidence::Looks::default(),
            #[cfg(feature = "pdf")]
            files: Arc::default(),
        }
    }
}

/// A page of one publisher, asked for in one language.
struct Visit {
    app: App,
    publisher: u64,
    in_force: Arc<InForce>,
    /// The language of the page: one that the policy declares.
    language: String,
    /// What a link to another form of the page has to say again: which version it is, and whose view.
    kept: String,
}

impl Visit {
    /// Whose page is asked for, and in which language.
    fn of(app: &App, request: &Request) -> Result<Visit, Problem> {
        let publisher = host::publisher(app, request)?;
        let query = request.uri().query().unwrap_or("");
        let version = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "version");
        let in_force = match version.filter(|_| request.uri().path().starts_with("/policy")) {
            None => app.deployment().policy(publisher)?,
            Some((_, name)) => named(app, publisher, &name)?,
        };
        let asked = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
        let languages = &in_force.policy.languages;
        let known = asked
            .and_then(|(_, asked)| languages.iter().find(|language| **language == asked).cloned());
        let language = known.unwrap_or_else(|| in_force.policy.binding.clone());
        let kept = kept(request, &["version", "for", "in"]);
        Ok(Visit { app: app.clone(), publisher, in_force, language, kept })
    }

    /// A sentence of ours in the language of the page; English where there is no other.
    fn say<'a>(&self, english: &'a str, indonesian: &'a str) -> &'a str {
        if self.language == "id" { indonesian } else { english }
    }
}

/// The parts of a query that a link has to say again, as it would add them; only the policy has any.
fn kept(request: &Request, names: &[&str]) -> String {
    if !request.uri().path().starts_with("/policy") {
        return String::new();
    }
    let query = request.uri().query().unwrap_or("");
    let said = form_urlencoded::parse(query.as_bytes());
    let said = said.filter(|(name, _)| names.contains(&name.as_ref()));
    let said: Vec<String> =
        said.map(|(name, value)| format!("&{name}={}", urlencode(&value))).collect();
    said.concat()
}

/// A text as it can stand in a query.
fn urlencode(text: &str) -> String {
    form_urlencoded::byte_serialize(text.as_bytes()).collect()
}

/// A version that was published or announced, by the name that the company gave it: certificates name it so.
fn named(app: &App, publisher: u64, name: &str) -> Result<Arc<InForce>, Problem> {
    let (newest, control) = (app.deployment().policy(publisher)?, app.deployment().control());
    let number = newest.versions.list().find(|(_, own)| *own == name).map(|(number, _)| number);
    if let Some(number) = number {
        return Ok(control.version(publisher, Some(number))?);
    }
    let coming = control.coming(publisher)?.filter(|(announced, _)| announced.version == name);
    coming.map(|(_, coming)| coming).ok_or_else(|| Problem::new(Kind::NotFound))
}

/// The public paths.
pub(crate) fn router() -> Router<App> {
    let router = Router::new()
        .route("/", get(start::page))
        .route("/style.css", get(page::style))
        .route("/policy", get(policy::page))
        .route("/policy.json", get(policy::json))
        .route("/policy.md", get(policy::markdown))
        .route("/trust", get(trust::page))
        .route("/ledger/deployment/anchored/{number}", get(ledger::anchored))
        .route("/ledger/{*path}", get(ledger::file))
        .route("/healthz", get(machine::health))
        .route("/metrics", get(machine::metrics))
        .route("/openapi.json", get(machine::openapi))
        .route("/.well-known/security.txt", get(machine::security));
    #[cfg(feature = "pdf")]
    let router = router.route("/policy.pdf", get(pdf::file));
    router.method_not_allowed_fallback(|| async { Problem::method("GET, HEAD").response() })
}

/// A public answer of a media type, cached as said.
fn answer(media: &'static str, cached: &'static str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::OK;
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cached));
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    response
}

/// An answer, or the problem instead of it.
fn or_problem(answer: Result<Response<Body>, Problem>) -> Response<Body> {
    answer.unwrap_or_else(|problem| problem.response())
}

/// A page, or the problem instead of it. Whoever comes to the wrong host is a reader of pages.
fn or_page(answer: Result<Response<Body>, Problem>) -> Response<Body> {
    answer.unwrap_or_else(|problem| match problem.kind {
        Kind::Misdirected => start::misdirected(),
        _ => problem.response(),
    })
}
