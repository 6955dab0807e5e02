//! What a handler gives back.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use serde_json::Value;

/// An answer that is no problem.
#[derive(Clone)]
pub(crate) struct Answer {
    /// The status.
    pub(crate) status: u16,
    /// What it says.
    pub(crate) content: Content,
}

/// The body of an answer.
#[derive(Clone)]
pub(crate) enum Content {
    /// None.
    Nothing,
    /// A document of the route's shape.
    Json(Value),
    /// A file to keep: its media type and bytes.
    File(String, Vec<u8>),
}

impl Answer {
    /// 200 with a document.
    pub(crate) fn ok(document: Value) -> Answer {
        Answer { status: 200, content: Content::Json(document) }
    }

    /// 201 with a document.
    pub(crate) fn created(document: Value) -> Answer {
        Answer { status: 201, content: Content::Json(document) }
    }

    /// 204.
    pub(crate) fn done() -> Answer {
        Answer { status: 204, content: Content::Nothing }
    }

    /// 200 with a file, which no browser shows in place.
    pub(crate) fn file(media: String, bytes: Vec<u8>) -> Answer {
        Answer { status: 200, content: Content::File(media, bytes) }
    }

    /// The answer as it goes out.
    pub(crate) fn response(self) -> Response<Body> {
        let mut response = match self.content {
            Content::Nothing => Response::new(Body::empty()),
            Content::Json(document) => {
                let mut response = Response::new(Body::from(document.to_string()));
                let json = HeaderValue::from_static("application/json");
                response.headers_mut().insert(header::CONTENT_TYPE, json);
                response
            }
            Content::File(media, bytes) => file(&media, bytes),
        };
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or(StatusCode::OK);
        response
    }
}

fn file(media: &str, bytes: Vec<u8>) -> Response<Body> {
    let mut response = Response::new(Body::from(bytes));
    let plain = HeaderValue::from_static("application/octet-stream");
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_str(media).unwrap_or(plain));
    headers.insert(header::CONTENT_DISPOSITION, HeaderValue::from_static("attachment"));
    headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static("sandbox"));
    response
}
