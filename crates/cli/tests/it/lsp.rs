//! An editor's session with the real binary, message by message.

use std::{
    io::{BufRead, BufReader, Read, Write},
    process::{Child, ChildStdin, ChildStdout, Command, Stdio},
};

use serde_json::{Value, json};

const URI: &str = "file:///shop/policy.toml";

struct Editor {
    process: Child,
    input: ChildStdin,
    output: BufReader<ChildStdout>,
    id: u64,
}

impl Editor {
    fn start() -> Editor {
        let mut process = Command::new(env!("CARGO_BIN_EXE_janji"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let input = process.stdin.take().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Editor { process, input, output, id: 0 }
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        write!(self.input, "Content-Length: {}\r\n\r\n{body}", body.len()).unwrap();
        self.input.flush().unwrap();
    }

    fn next(&mut self) -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            self.output.read_line(&mut line).unwrap();
            match line.trim_end().split_once(": ") {
                Some((_, value)) => length = value.parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        serde_json::from_slice(&body).unwrap()
    }

    fn tell(&mut self, method: &str, params: &Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: &Value) -> Value {
        self.id += 1;
        let id = self.id;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        let answer = self.next();
        assert_eq!(answer["id"], id, "{answer}");
        answer["result"].clone()
    }

    fn at(&mut self, method: &str, source: &str, word: &str) -> Value {
        let byte = source.find(word).unwrap();
        let before = source.get(..byte).unwrap();
        let line = before.matches('\n').count();
        let column = before.rsplit('\n').next().unwrap().encode_utf16().count();
        let place = json!({ "line": line, "character": column + 1 });
        self.ask(method, &json!({ "textDocument": { "uri": URI }, "position": place }))
    }

    fn codes(&mut self) -> Vec<String> {
        let told = self.next();
        assert_eq!(told["method"], "textDocument/publishDiagnostics", "{told}");
        let found = told["params"]["diagnostics"].as_array().unwrap();
        found.iter().map(|one| one["code"].as_str().unwrap().to_owned()).collect()
    }

    fn ends(mut self) -> i32 {
        drop(self.input);
        self.process.wait().unwrap().code().unwrap()
    }
}

#[test]
fn an_editor_sees_findings_asks_about_words_and_says_goodbye() {
    let good = include_str!("../../src/init/policy.toml");
    let broken = good.replace("for     = [\"support\"]", "for     = [\"suport\"]");
    assert_ne!(good, broken);
    let mut editor = Editor::start();
    let able = editor.ask("initialize", &json!({ "processId": null, "capabilities": {} }));
    assert_eq!(able["serverInfo"]["name"], "janji");
    editor.tell("initialized", &json!({}));
    let document = json!({ "uri": URI, "languageId": "toml", "version": 1, "text": broken });
    editor.tell("textDocument/didOpen", &json!({ "textDocument": document }));
    assert!(editor.codes().contains(&"unknown-reference".to_owned()));

    let offers = editor.at("textDocument/completion", &broken, "suport\"");
    let labels: Vec<&str> = offers["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["label"].as_str().unwrap())
        .collect();
    assert_eq!(labels, ["service", "support"]);

    let change = json!([{ "text": good }]);
    let params = json!({ "textDocument": { "uri": URI, "version": 2 }, "contentChanges": change });
    editor.tell("textDocument/didChange", &params);
    assert_eq!(editor.codes(), [""; 0]);
    let about = editor.at("textDocument/hover", good, "ticket]");
    let about = about["contents"]["value"].as_str().unwrap();
    assert!(about.contains("Messages to the support team"), "{about}");
    let found = editor.at("textDocument/definition", good, "support\"]\nevents");
    let line = found[0]["range"]["start"]["line"].as_u64().unwrap();
    assert!(good.lines().nth(usize::try_from(line).unwrap()).unwrap().starts_with("support = {"));
    let plain = good.replace("version   =", "version =");
    let params = json!({ "textDocument": { "uri": URI, "version": 3 }, "contentChanges": [{ "text": plain }] });
    editor.tell("textDocument/didChange", &params);
    editor.codes();
    let edits = editor
        .ask("textDocument/formatting", &json!({ "textDocument": { "uri": URI }, "options": {} }));
    assert_eq!(edits[0]["newText"], "version   = \"1\"\n");

    assert_eq!(editor.ask("shutdown", &Value::Null), Value::Null);
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.ends(), 0);
}

#[test]
fn an_editor_that_dies_or_lies_ends_the_server_with_one() {
    assert_eq!(Editor::start().ends(), 1);
    let mut editor = Editor::start();
    editor.tell("exit", &Value::Null);
    assert_eq!(editor.ends(), 1);
    let mut editor = Editor::start();
    write!(editor.input, "Content-Length: 99999999999999\r\n\r\n{{").unwrap();
    editor.input.flush().unwrap();
    assert_eq!(editor.next()["method"], "window/logMessage");
    assert_eq!(editor.ends(), 1);
}
