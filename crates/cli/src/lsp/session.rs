//! The state of a session, and which message asks for what.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{
    answer::{self, Can, Client},
    document::Document,
    wire,
};
use crate::place::{Lines, Units};

/// More than anybody has open.
const MOST_DOCUMENTS: usize = 256;

#[derive(Debug, Default, PartialEq, Eq)]
enum Phase {
    #[default]
    New,
    Running,
    Down,
}

/// What one editor has told us.
#[derive(Debug, Default)]
pub(super) struct Session {
    phase: Phase,
    client: Client,
    documents: BTreeMap<String, Document>,
}

type Answers = Vec<Value>;

impl Session {
    /// Whether the client has asked for the end.
    pub(super) fn is_down(&self) -> bool {
        self.phase == Phase::Down
    }

    /// Answers one message; when the session is over with it, whether that was in order.
    pub(super) fn take(&mut self, message: &Value, answers: &mut Answers) -> Option<bool> {
        let id = message.get("id").filter(|id| id.is_string() || id.is_number());
        let params = message.get("params").unwrap_or(&Value::Null);
        match (message.get("method").and_then(Value::as_str), id) {
            (Some("exit"), None) => return Some(self.is_down()),
            (Some(method), Some(id)) => answers.push(match self.request(method, params) {
                Ok(result) => wire::answer(id, &result),
                Err((code, why)) => wire::error(id, code, why),
            }),
            (Some(method), None) => self.notification(method, params, answers),
            // An answer to a question that we never asked.
            (None, Some(_)) => {}
            (None, None) => {
                let why = "this is no message of the protocol";
                answers.push(wire::error(&Value::Null, wire::INVALID_REQUEST, why));
            }
        }
        None
    }

    fn request(&mut self, method: &str, params: &Value) -> Result<Value, (i32, &'static str)> {
        match (&self.phase, method) {
            (Phase::New, "initialize") => {
                self.phase = Phase::Running;
                self.client = Client::of(params);
                return Ok(answer::capabilities(&self.client));
            }
            (Phase::New, _) => return Err((wire::NOT_INITIALIZED, "initialize comes first")),
            (Phase::Running, "initialize") => {
                return Err((wire::INVALID_REQUEST, "the session has begun already"));
            }
            (Phase::Down, _) => return Err((wire::INVALID_REQUEST, "the session is shut down")),
            (Phase::Running, "shutdown") => {
                self.phase = Phase::Down;
                return Ok(Value::Null);
            }
            (Phase::Running, _) => {}
        }
        if !answer::KNOWN.contains(&method) {
            return Err((wire::METHOD_NOT_FOUND, "there is no such method here"));
        }
        let uri = params.pointer("/textDocument/uri").and_then(Value::as_str);
        let uri = uri.ok_or((wire::INVALID_PARAMS, "no document is named"))?;
        let Some(document) = self.documents.get(uri) else { return Ok(Value::Null) };
        let asked = answer::Asked {
            client: &self.client,
            uri,
            source: &document.text,
            lines: Lines::of(&document.text, self.client.units),
        };
        asked.answer(method, params).ok_or((wire::INVALID_PARAMS, "the question has no place"))
    }

    fn notification(&mut self, method: &str, params: &Value, answers: &mut Answers) {
        if self.phase != Phase::Running {
            return;
        }
        let text = params.get("textDocument").unwrap_or(&Value::Null);
        let Some(uri) = text.get("uri").and_then(Value::as_str) else { return };
        match method {
            "textDocument/didOpen" => {
                let room = self.documents.len() < MOST_DOCUMENTS;
                if let Some(document) = Document::of(text).filter(|_| room) {
                    self.documents.insert(uri.to_owned(), document);
                    answers.extend(self.diagnostics(uri));
                }
            }
            "textDocument/didChange" => answers.extend(self.change(uri, params)),
            "textDocument/didClose" => {
                let closed = self.documents.remove(uri);
                answers.extend(closed.map(|_| published(uri, None, &[])));
            }
            _ => {}
        }
    }

    fn change(&mut self, uri: &str, params: &Value) -> Option<Value> {
        let units = self.client.units;
        let document = self.documents.get_mut(uri)?;
        let changes = params.get("contentChanges").unwrap_or(&Value::Null);
        document.version = params.pointer("/textDocument/version").and_then(Value::as_i64);
        if document.change(changes, units).is_some() {
            return self.diagnostics(uri);
        }
        // Findings about a text that nobody knows would be wrong: the client has to open it again.
        self.documents.remove(uri);
        Some(published(uri, None, &[]))
    }

    fn diagnostics(&self, uri: &str) -> Option<Value> {
        let document = self.documents.get(uri)?;
        let lines = Lines::of(&document.text, self.client.units);
        let found = policy::check(uri, &document.text).findings;
        let found: Vec<Value> = found
            .iter()
            .map(|finding| answer::diagnostic(&self.client, uri, &lines, finding))
            .collect();
        Some(published(uri, document.version, &found))
    }
}

fn published(uri: &str, version: Option<i64>, found: &[Value]) -> Value {
    let mut params = json!({ "uri": uri, "diagnostics": found });
    if let (Some(version), Some(params)) = (version, params.as_object_mut()) {
        params.insert("version".to_owned(), version.into());
    }
    wire::notice("textDocument/publishDiagnostics", &params)
}

impl Client {
    /// What the client can take, as far as it matters here.
    fn of(params: &Value) -> Self {
        let can = |path: &str| params.pointer(&format!("/capabilities{path}"));
        let lists = |path: &str, word: &str| {
            let list = can(path).and_then(Value::as_array);
            list.is_some_and(|list| list.iter().any(|one| one == word))
        };
        let says = |path: &str| can(path).is_some_and(|said| *said == Value::Bool(true));
        let tags = can("/textDocument/publishDiagnostics/tagSupport/valueSet");
        let able = [
            (Can::Related, says("/textDocument/publishDiagnostics/relatedInformation")),
            (
                Can::Tags,
                tags.and_then(Value::as_array).is_some_and(|tags| tags.contains(&json!(1))),
            ),
            (Can::Markdown, lists("/textDocument/hover/contentFormat", "markdown")),
            (Can::Nested, says("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport")),
            (Can::Actions, can("/textDocument/codeAction/codeActionLiteralSupport").is_some()),
        ];
        let bytes = lists("/general/positionEncodings", Units::Bytes.name());
        Client {
            units: if bytes { Units::Bytes } else { Units::Utf16 },
            can: able.into_iter().filter(|(_, able)| *able).map(|(can, _)| can).collect(),
        }
    }
}
