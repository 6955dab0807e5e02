use std::io::Cursor;

use serde_json::{Value, json};

use super::{serve, wire};
use crate::place::{Lines, Units};

const URI: &str = "file:///policy.toml";

fn framed(body: &str) -> Vec<u8> {
    format!("Content-Length: {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// What is answered to these bytes, and whether the end was in order.
fn told(input: &[u8]) -> (Vec<Value>, bool) {
    let mut output = Vec::new();
    let fine = serve(&mut Cursor::new(input), &mut output);
    let mut answers = Vec::new();
    let mut rest = Cursor::new(output);
    while let wire::Read::Message(message) = wire::read(&mut rest) {
        answers.push(message);
    }
    (answers, fine)
}

fn session(capabilities: &Value, messages: &[Value]) -> (Vec<Value>, bool) {
    let begin =
        json!({ "id": 0, "method": "initialize", "params": { "capabilities": capabilities } });
    let mut input = framed(&begin.to_string());
    for message in messages {
        input.extend(framed(&message.to_string()));
    }
    told(&input)
}

fn open(text: &str) -> Value {
    let document = json!({ "uri": URI, "languageId": "toml", "version": 1, "text": text });
    json!({ "method": "textDocument/didOpen", "params": { "textDocument": document } })
}

fn ask(id: u32, method: &str, line: u32, character: u32) -> Value {
    let place = json!({ "line": line, "character": character });
    let params = json!({ "textDocument": { "uri": URI }, "position": place });
    json!({ "id": id, "method": method, "params": params })
}

fn result(answers: &[Value], id: u32) -> Value {
    let one = answers.iter().find(|one| one["id"] == id);
    one.unwrap_or_else(|| panic!("no answer {id} in {answers:?}"))["result"].clone()
}

#[test]
fn an_end_without_goodbye_is_a_failure() {
    let shutdown = json!({ "id": 1, "method": "shutdown" });
    let exit = json!({ "method": "exit" });
    assert!(session(&json!({}), &[shutdown.clone(), exit.clone()]).1);
    assert!(!session(&json!({}), std::slice::from_ref(&exit)).1);
    assert!(!told(&framed(&exit.to_string())).1);
    assert!(!session(&json!({}), &[]).1);
    assert!(!told(b"").1);
}

#[test]
fn a_session_begins_once_and_answers_nothing_after_its_end() {
    let hover = ask(5, "textDocument/hover", 0, 0);
    let (early, _) = told(&framed(&hover.to_string()));
    assert_eq!(early[0]["error"]["code"], wire::NOT_INITIALIZED);
    let again = json!({ "id": 1, "method": "initialize", "params": {} });
    let end = json!({ "id": 2, "method": "shutdown" });
    let unknown = json!({ "id": 3, "method": "textDocument/dance", "params": {} });
    let (answers, _) = session(&json!({}), &[again, unknown, end, open("x"), hover]);
    let codes: Vec<&Value> = answers.iter().skip(1).map(|one| &one["error"]["code"]).collect();
    let refused = json!(wire::INVALID_REQUEST);
    let unknown = json!(wire::METHOD_NOT_FOUND);
    assert_eq!(codes, [&refused, &unknown, &Value::Null, &refused]);
}

#[test]
fn what_is_no_message_is_refused_and_the_next_one_read() {
    let mut input = framed("{ not json");
    input.extend(framed("[1, 2]"));
    input.extend(framed("\u{fffd}"));
    input.extend(framed(&"[".repeat(100_000)));
    input.extend(framed("{\"id\": {}, \"params\": 3}"));
    input.extend(framed("{\"id\": 7, \"method\": \"initialize\"}"));
    let (answers, _) = told(&input);
    let codes: Vec<i64> = answers.iter().filter_map(|one| one["error"]["code"].as_i64()).collect();
    assert_eq!(codes, [-32700, -32600, -32700, -32700, -32600]);
    assert_eq!(answers.last().unwrap()["id"], 7);
    let mut bytes = b"Content-Length: 2\r\n\r\n\xff\xfe".to_vec();
    bytes.extend(framed("{\"id\": 8, \"method\": \"initialize\"}"));
    assert_eq!(told(&bytes).0.last().unwrap()["id"], 8);
}

#[test]
fn a_length_that_lies_ends_the_session_at_once() {
    for header in [
        format!("Content-Length: {}\r\n\r\n{{}}", usize::MAX),
        "Content-Length: 18446744073709551616\r\n\r\n{}".to_owned(),
        "Content-Length: 999999999999\r\n\r\n{}".to_owned(),
        "Content-Length: -1\r\n\r\n{}".to_owned(),
        "Content-Length: 40\r\n\r\n{}".to_owned(),
        "Content-Type: x\r\n\r\n{}".to_owned(),
        "no colon\r\n\r\n".to_owned(),
        "x".repeat(1 << 20),
        "x: y\r\n".repeat(1 << 20),
    ] {
        let (answers, fine) = told(header.as_bytes());
        assert!(!fine);
        assert_eq!(answers[0]["method"], "window/logMessage", "{answers:?}");
    }
}

#[test]
fn columns_are_counted_as_the_client_counts() {
    let text = "a = 1\r\nb🦀é = 2\rc\n\n";
    let crab = text.find('é').unwrap();
    let wide = Lines::of(text, Units::Utf16);
    assert_eq!(wide.position(crab), json!({ "line": 1, "character": 3 }));
    assert_eq!(Lines::of(text, Units::Bytes).position(crab), json!({ "line": 1, "character": 5 }));
    assert_eq!(wide.position(text.len()), json!({ "line": 4, "character": 0 }));
    for units in [Units::Utf16, Units::Bytes] {
        let lines = Lines::of(text, units);
        for (at, c) in text.char_indices().filter(|(_, c)| !matches!(c, '\r' | '\n')) {
            assert_eq!(lines.at(&lines.position(at)), Some(at), "{c:?}");
        }
    }
    // Within a pair of the crab, behind a line, behind the text.
    assert_eq!(wide.offset(1, 2), text.find('🦀').unwrap());
    assert_eq!(wide.offset(0, 900), 5);
    assert_eq!(wide.offset(900, 0), text.len());
    assert_eq!(wide.span(&json!({ "start": { "line": 1, "character": 2 }, "end": {} })), None);
}

#[test]
fn the_encoding_is_the_one_that_the_client_offers() {
    let (answers, _) = session(&json!({}), &[]);
    assert_eq!(result(&answers, 0)["capabilities"]["positionEncoding"], "utf-16");
    let offers = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
    let text = "janji = 1\n[company]\nname = \"é🦀\" oops\n";
    let (answers, _) = session(&offers, &[open(text)]);
    assert_eq!(result(&answers, 0)["capabilities"]["positionEncoding"], "utf-8");
    let found = &answers[1]["params"]["diagnostics"];
    let column = found[0]["range"]["start"]["character"].as_u64().unwrap();
    let (answers, _) = session(&json!({}), &[open(text)]);
    let narrow = answers[1]["params"]["diagnostics"][0]["range"]["start"]["character"].as_u64();
    assert_eq!(column, narrow.unwrap() + 3);
}

#[test]
fn changes_are_applied_in_order_and_nonsense_forgets_the_text() {
    let change = |changes: Value| {
        let document = json!({ "uri": URI, "version": 2 });
        let params = json!({ "textDocument": document, "contentChanges": changes });
        json!({ "method": "textDocument/didChange", "params": params })
    };
    let range = |line: u32, from: u32, to: u32| {
        let place = |character: u32| json!({ "line": line, "character": character });
        json!({ "start": place(from), "end": place(to) })
    };
    let typed = change(json!([
        { "text": "[da]\n" },
        { "range": range(0, 3, 3), "text": "t" },
        { "range": range(0, 4, 4), "text": "a.é🦀" },
        { "range": range(0, 7, 9), "text": "x" },
    ]));
    let symbols = json!({ "id": 9, "method": "textDocument/documentSymbol", "params": { "textDocument": { "uri": URI } } });
    let (answers, _) = session(&json!({}), &[open(""), typed, symbols.clone()]);
    assert_eq!(answers[2]["params"]["version"], 2);
    let names: Vec<Value> =
        result(&answers, 9).as_array().unwrap().iter().map(|one| one["name"].clone()).collect();
    assert_eq!(names, ["data", "éx"]);
    let backwards =
        json!({ "start": { "line": 1, "character": 0 }, "end": { "line": 0, "character": 0 } });
    let odd = change(json!([{ "range": backwards, "text": "x" }]));
    let (answers, _) = session(&json!({}), &[open("a = 1\nb = 2\n"), odd, symbols]);
    assert_eq!(answers[2]["params"]["diagnostics"], json!([]));
    assert_eq!(result(&answers, 9), Value::Null);
}

#[test]
fn closing_takes_the_findings_away() {
    let close =
        json!({ "method": "textDocument/didClose", "params": { "textDocument": { "uri": URI } } });
    let (answers, _) = session(&json!({}), &[open("janji = 2\n"), close.clone(), close]);
    assert_eq!(answers.len(), 3);
    assert!(!answers[1]["params"]["diagnostics"].as_array().unwrap().is_empty());
    assert_eq!(answers[2]["params"]["diagnostics"], json!([]));
}

#[test]
fn a_file_too_large_to_be_asked_about_is_still_checked() {
    let text = format!("{}[data.a]\n", "# nothing\n".repeat(300_000));
    let (answers, _) =
        session(&json!({}), &[open(&text), ask(1, "textDocument/hover", 300_000, 7)]);
    let found = answers[1]["params"]["diagnostics"].as_array().unwrap();
    assert!(found.iter().any(|one| one["code"] == "no-version"), "{found:?}");
    assert_eq!(result(&answers, 1), Value::Null);
}

#[test]
fn words_of_a_file_open_no_markup() {
    let text =
        "[data.a]\nkeep = \"1 year\"\n[text]\ndata.a = { en = \"![x](http://x) <b> `c`\" }\n";
    let markdown = json!({ "textDocument": { "hover": { "contentFormat": ["markdown"] } } });
    let asked = [open(text), ask(1, "textDocument/hover", 0, 6)];
    let (answers, _) = session(&markdown, &asked);
    let shown = result(&answers, 1)["contents"]["value"].as_str().unwrap().to_owned();
    assert!(shown.contains("\\!\\[x\\]\\(http://x\\) \\<b\\>"), "{shown}");
    let (answers, _) = session(&json!({}), &asked);
    let plain = result(&answers, 1);
    assert_eq!(plain["contents"]["kind"], "plaintext");
    assert!(plain["contents"]["value"].as_str().unwrap().contains("![x](http://x) <b> `c`"));
}

#[test]
fn a_question_without_a_place_or_about_a_closed_text_is_no_crash() {
    let (answers, _) = session(
        &json!({}),
        &[
            json!({ "id": 1, "method": "textDocument/hover", "params": { "textDocument": { "uri": URI } } }),
            open("x"),
            json!({ "id": 2, "method": "textDocument/hover", "params": { "textDocument": { "uri": URI } } }),
            json!({ "id": 3, "method": "textDocument/hover" }),
            json!({ "id": 4, "method": "textDocument/hover", "params": { "textDocument": { "uri": URI }, "position": { "line": u64::MAX, "character": u64::MAX } } }),
            json!({ "method": "textDocument/didOpen" }),
            json!({ "method": "$/cancelRequest", "params": { "id": 3 } }),
            json!({ "id": 99, "result": null }),
        ],
    );
    assert_eq!(result(&answers, 1), Value::Null);
    for id in [2, 3] {
        let one = answers.iter().find(|one| one["id"] == id).unwrap();
        assert_eq!(one["error"]["code"], wire::INVALID_PARAMS);
    }
    assert_eq!(result(&answers, 4), Value::Null);
}
