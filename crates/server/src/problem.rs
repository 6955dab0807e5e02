//! Problem documents (RFC 9457): every error of the interface, each with a stable type. They name the rule and
//! the reason, and never repeat a value from the request.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use engine::Refusal;
use engine::StoreError;
use serde_json::{Map, Value};

use crate::{json::Malformed, shape::Misfit};

/// What went wrong, as clients may rely on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// The body is no JSON that is read here.
    Malformed,
    /// No token, or one that is not known.
    Unauthorised,
    /// The role may not do this.
    Forbidden,
    /// The policy or the person says no.
    Denied,
    /// Nothing with this id, or nothing that the caller may know of.
    NotFound,
    /// The path has no such method.
    Method,
    /// It cannot be done in the present state.
    Conflict,
    /// It was here and is erased.
    Gone,
    /// The body is too large.
    TooLarge,
    /// The path with its query is too long.
    TooLong,
    /// The body has another media type than the route takes.
    Media,
    /// Something in the request breaks a rule.
    Invalid,
    /// A legal hold or a restriction stands in the way.
    Held,
    /// Nobody publishes under the host that was asked for.
    Misdirected,
    /// The token asks too often.
    TooMany,
    /// The header lines are too long or too many.
    Head,
    /// The server failed, and did nothing.
    Internal,
    /// The server cannot answer now; asking again may help.
    Unavailable,
    /// The answer took too long; what was asked may have happened.
    Timeout,
}

impl Kind {
    /// Every kind, for the reference.
    pub(crate) const ALL: [Kind; 19] = [
        Kind::Malformed,
        Kind::Unauthorised,
        Kind::Forbidden,
        Kind::Denied,
        Kind::NotFound,
        Kind::Method,
        Kind::Conflict,
        Kind::Gone,
        Kind::TooLarge,
        Kind::TooLong,
        Kind::Media,
        Kind::Invalid,
        Kind::Held,
        Kind::Misdirected,
        Kind::TooMany,
        Kind::Head,
        Kind::Internal,
        Kind::Unavailable,
        Kind::Timeout,
    ];

    /// Status, last part of the type, and title.
    pub(crate) fn row(self) -> (u16, &'static str, &'static str) {
        match self {
            Kind::Malformed => (400, "malformed", "The request cannot be read"),
            Kind::Unauthorised => (401, "unauthorised", "A known token is needed"),
            Kind::Forbidden => (403, "forbidden", "The role may not do this"),
            Kind::Denied => (403, "denied", "The policy does not allow this use"),
            Kind::NotFound => (404, "not-found", "There is nothing here"),
            Kind::Method => (405, "method", "The path has no such method"),
            Kind::Conflict => (409, "conflict", "It cannot be done in the present state"),
            Kind::Gone => (410, "gone", "It is erased"),
            Kind::TooLarge => (413, "too-large", "The body is too large"),
            Kind::TooLong => (414, "too-long", "The address is too long"),
            Kind::Media => (415, "media-type", "The route takes another media type"),
            Kind::Invalid => (422, "invalid", "Something in the request breaks a rule"),
            Kind::Held => (423, "held", "A hold or a restriction stands in the way"),
            Kind::Misdirected => (421, "misdirected", "Nobody publishes under this host name"),
            Kind::TooMany => (429, "too-many", "The token asks too often"),
            Kind::Head => (431, "head-too-large", "The header lines are too large"),
            Kind::Internal => (500, "internal", "The server failed"),
            Kind::Unavailable => (503, "unavailable", "The server cannot answer now"),
            Kind::Timeout => (503, "timeout", "The answer took too long"),
        }
    }

    /// The stable type.
    pub(crate) fn uri(self) -> String {
        format!("https://janji.dev/problems/{}", self.row().1)
    }
}

const REALM: &str = "Bearer realm=\"janji\"";

/// One error answer.
#[derive(Debug, Clone)]
pub(crate) struct Problem {
    /// What went wrong.
    pub(crate) kind: Kind,
    /// The rule that decided, by its path.
    pub(crate) rule: Option<String>,
    /// A stable word or sentence.
    pub(crate) reason: Option<String>,
    /// The part of the request, by name.
    pub(crate) field: Option<String>,
    header: Option<Header>,
}

/// The one header that a problem may bring.
#[derive(Debug, Clone)]
enum Header {
    Authenticate,
    Retry(u64),
    Allow(Box<str>),
}

impl Problem {
    /// A problem that says no more than its kind.
    pub(crate) fn new(kind: Kind) -> Problem {
        Problem { kind, rule: None, reason: None, field: None, header: None }
    }

    /// Adds a stable reason.
    #[must_use]
    pub(crate) fn because(self, reason: impl Into<String>) -> Problem {
        Problem { reason: Some(reason.into()), ..self }
    }

    /// Something in the request breaks a rule.
    pub(crate) fn invalid(field: impl Into<String>, rule: impl Into<String>) -> Problem {
        let (field, rule) = (Some(field.into()), Some(rule.into()));
        Problem { rule, field, ..Problem::new(Kind::Invalid) }
    }

    /// Asks for a token (RFC 6750).
    pub(crate) fn unauthorised() -> Problem {
        Problem { header: Some(Header::Authenticate), ..Problem::new(Kind::Unauthorised) }
    }

    /// Asks the client to come again after some seconds.
    pub(crate) fn later(kind: Kind, seconds: u64) -> Problem {
        Problem { header: Some(Header::Retry(seconds.max(1))), ..Problem::new(kind) }
    }

    /// Names the methods that a path has.
    pub(crate) fn method(allowed: &str) -> Problem {
        Problem { header: Some(Header::Allow(allowed.into())), ..Problem::new(Kind::Method) }
    }

    /// The document.
    pub(crate) fn document(&self) -> Value {
        let (status, _, title) = self.kind.row();
        let mut map = Map::new();
        map.insert("type".to_owned(), self.kind.uri().into());
        map.insert("title".to_owned(), title.into());
        map.insert("status".to_owned(), status.into());
        let optional = [("rule", &self.rule), ("reason", &self.reason), ("field", &self.field)];
        for (name, value) in optional {
            if let Some(value) = value {
                map.insert(name.to_owned(), value.as_str().into());
            }
        }
        Value::Object(map)
    }

    /// The answer as it goes out.
    pub(crate) fn response(&self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.document().to_string()));
        let status = StatusCode::from_u16(self.kind.row().0);
        *response.status_mut() = status.unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let problem = HeaderValue::from_static("application/problem+json");
        response.headers_mut().insert(header::CONTENT_TYPE, problem);
        let extra = match &self.header {
            None => None,
            Some(Header::Authenticate) => {
                Some((header::WWW_AUTHENTICATE, Ok(HeaderValue::from_static(REALM))))
            }
            Some(Header::Retry(seconds)) => {
                Some((header::RETRY_AFTER, Ok(HeaderValue::from(*seconds))))
            }
            Some(Header::Allow(methods)) => Some((header::ALLOW, HeaderValue::from_str(methods))),
        };
        if let Some((name, Ok(value))) = extra {
            response.headers_mut().insert(name, value);
        }
        response
    }
}

impl From<Refusal> for Problem {
    fn from(refusal: Refusal) -> Problem {
        match refusal {
            Refusal::NotFound => Problem::new(Kind::NotFound),
            Refusal::Gone { rule } => Problem { rule: Some(rule), ..Problem::new(Kind::Gone) },
            Refusal::Denied { reason, rule } => {
                Problem { rule: Some(rule), ..Problem::new(Kind::Denied).because(reason) }
            }
            Refusal::Held { reason } => Problem::new(Kind::Held).because(reason),
            Refusal::Invalid { what, rule } => Problem::invalid(what, rule),
            Refusal::Unmet { reason, rule } => {
                Problem { rule: Some(rule), ..Problem::new(Kind::Conflict).because(reason) }
            }
            Refusal::Conflict { reason } => Problem::new(Kind::Conflict).because(reason),
            Refusal::Forbidden => Problem::new(Kind::Forbidden),
            Refusal::Store(StoreError::Reopen) => Problem::later(Kind::Unavailable, 1),
            // A key that died between the row and its opening: the erasure won.
            Refusal::Store(StoreError::KeyDestroyed) => {
                Problem { rule: Some("erased".to_owned()), ..Problem::new(Kind::Gone) }
            }
            Refusal::Store(_)
            | Refusal::Sealed(_)
            | Refusal::Ledger { .. }
            | Refusal::Refused(_) => failed(&refusal),
        }
    }
}

/// The log learns what failed, the client only that it did.
fn failed(refusal: &Refusal) -> Problem {
    tracing::error!(%refusal, source = std::error::Error::source(refusal), "an act failed");
    Problem::new(Kind::Internal)
}

impl From<Misfit> for Problem {
    fn from(misfit: Misfit) -> Problem {
        Problem::invalid(misfit.field, misfit.rule)
    }
}

impl From<Malformed> for Problem {
    fn from(malformed: Malformed) -> Problem {
        Problem::new(Kind::Malformed).because(match malformed {
            Malformed::Syntax => "the body is no JSON",
            Malformed::Deep => "the body nests too deep",
            Malformed::Twice => "an object says one name twice",
        })
    }
}

#[cfg(test)]
mod tests;
