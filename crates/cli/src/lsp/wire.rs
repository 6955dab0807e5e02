//! Messages between an editor and us: a header with a length, then JSON. Nothing is believed of either.

use std::io::{self, BufRead, Read as _, Write};

use serde_json::{Value, json};

/// No message is longer: a policy has at most 64 MiB, and some of its signs take two in JSON.
pub(super) const LONGEST: usize = 80 << 20;
/// Two short lines are usual.
const LONGEST_HEADER: u64 = 4 << 10;

pub(super) const PARSE_ERROR: i32 = -32700;
pub(super) const INVALID_REQUEST: i32 = -32600;
pub(super) const METHOD_NOT_FOUND: i32 = -32601;
pub(super) const INVALID_PARAMS: i32 = -32602;
pub(super) const NOT_INITIALIZED: i32 = -32002;

/// What came in.
#[derive(Debug)]
pub(super) enum Read {
    Message(Value),
    /// A message that is no JSON; the next one can be read.
    Broken,
    /// The client is gone.
    End,
    /// No further message can be read.
    Lost(&'static str),
}

pub(super) fn read(input: &mut impl BufRead) -> Read {
    let length = match header(input) {
        Ok(Some(length)) => length,
        Ok(None) => return Read::End,
        Err(why) => return Read::Lost(why),
    };
    if length > LONGEST {
        return Read::Lost("the message is longer than any policy");
    }
    let mut body = Vec::new();
    let whole = input.take(length as u64).read_to_end(&mut body);
    if whole.is_err() || body.len() < length {
        return Read::Lost("the message ends before its length");
    }
    serde_json::from_slice(&body).map_or(Read::Broken, Read::Message)
}

/// The length that the header says; nothing at the end of the input.
fn header(input: &mut impl BufRead) -> Result<Option<usize>, &'static str> {
    let mut lines = input.take(LONGEST_HEADER);
    let mut length = None;
    let mut first = true;
    loop {
        let mut line = String::new();
        let read = lines.read_line(&mut line).map_err(|_| "the header is no text")?;
        if read == 0 && first {
            return Ok(None);
        }
        let Some(text) = line.strip_suffix('\n') else { return Err("the header has no end") };
        let text = text.strip_suffix('\r').unwrap_or(text);
        if text.is_empty() {
            return length.map(Some).ok_or("the header says no length");
        }
        let (name, value) = text.split_once(':').ok_or("the header has a line without a name")?;
        if name.eq_ignore_ascii_case("content-length") {
            let known = value.trim().parse().map_err(|_| "the length is no number")?;
            length = Some(known);
        }
        first = false;
    }
}

pub(super) fn write(output: &mut impl Write, message: &Value) -> io::Result<()> {
    let body = message.to_string();
    write!(output, "Content-Length: {}\r\n\r\n{body}", body.len())?;
    output.flush()
}

/// The answer to a request.
pub(super) fn answer(id: &Value, result: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "result": result })
}

/// The refusal of a request.
pub(super) fn error(id: &Value, code: i32, message: &str) -> Value {
    json!({ "jsonrpc": "2.0", "id": id, "error": { "code": code, "message": message } })
}

/// What nobody asked for.
pub(super) fn notice(method: &str, params: &Value) -> Value {
    json!({ "jsonrpc": "2.0", "method": method, "params": params })
}
