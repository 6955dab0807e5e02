//! A small client of the server's own API: everything in the demo goes through it, as a company's backend
//! would.

use anyhow::{Context, Result, bail};
use serde_json::Value;

/// One token's way into the server.
#[derive(Debug, Clone)]
pub(crate) struct Client {
    agent: ureq::Agent,
    base: String,
    token: String,
}

impl Client {
    pub(crate) fn new(base: &str, token: &str) -> Client {
        let config = ureq::Agent::config_builder()
            .http_status_as_error(false)
            .max_idle_connections_per_host(16)
            .build();
        Client { agent: config.into(), base: base.to_owned(), token: token.to_owned() }
    }

    /// Sends JSON and answers the status with the JSON that came back.
    pub(crate) fn send(&self, method: &str, path: &str, body: &Value) -> Result<(u16, Value)> {
        let bytes = if body.is_null() { Vec::new() } else { serde_json::to_vec(body)? };
        self.raw(method, path, "application/json", bytes)
    }

    /// Sends bytes of a media type.
    pub(crate) fn raw(
        &self,
        method: &str,
        path: &str,
        media: &str,
        bytes: Vec<u8>,
    ) -> Result<(u16, Value)> {
        let (status, answer) = self.bytes(method, path, media, bytes)?;
        Ok((status, serde_json::from_slice(&answer).unwrap_or(Value::Null)))
    }

    fn bytes(
        &self,
        method: &str,
        path: &str,
        media: &str,
        bytes: Vec<u8>,
    ) -> Result<(u16, Vec<u8>)> {
        let mut request = ureq::http::Request::builder()
            .method(method)
            .uri(format!("{}{path}", self.base))
            .header("authorization", format!("Bearer {}", self.token));
        if !bytes.is_empty() {
            request = request.header("content-type", media);
        }
        let answer = self.agent.run(request.body(bytes)?);
        let mut answer = answer.with_context(|| format!("{method} {path}"))?;
        let status = answer.status().as_u16();
        let body = answer.body_mut().with_config().limit(64 << 20).read_to_vec()?;
        Ok((status, body))
    }

    /// Sends JSON that must be accepted.
    pub(crate) fn must(&self, method: &str, path: &str, body: &Value) -> Result<Value> {
        let (status, answer) = self.send(method, path, body)?;
        if status >= 300 {
            bail!("{method} {path} answered {status}: {answer}");
        }
        Ok(answer)
    }

    /// Creates something and answers its id.
    pub(crate) fn create(&self, path: &str, body: &Value) -> Result<String> {
        let answer = self.must("POST", path, body)?;
        let id = answer.get("id").and_then(Value::as_str);
        Ok(id.with_context(|| format!("POST {path} gave no id"))?.to_owned())
    }

    /// Uploads a file and answers its id.
    pub(crate) fn upload(&self, path: &str, media: &str, bytes: Vec<u8>) -> Result<String> {
        let (status, answer) = self.raw("POST", path, media, bytes)?;
        match answer.get("id").and_then(Value::as_str) {
            Some(id) if status == 201 => Ok(id.to_owned()),
            _ => bail!("POST {path} answered {status}: {answer}"),
        }
    }

    /// Fetches a file.
    pub(crate) fn file(&self, path: &str) -> Result<Vec<u8>> {
        match self.bytes("GET", path, "", Vec::new())? {
            (200, bytes) => Ok(bytes),
            (status, _) => bail!("GET {path} answered {status}"),
        }
    }
}
