//! What an editor gets for an answer: the words of the policy's own module in the shapes of the protocol.

use std::ops::Range;

use policy::{
    Finding, Severity,
    assist::{self, CompletionKind, Hover, Symbol},
};
use serde_json::{Value, json};

use crate::place::{Lines, Units};

/// What the client can take.
#[derive(Debug, Default)]
pub(super) struct Client {
    pub(super) units: Units,
    pub(super) can: Vec<Can>,
}

/// Something that not every client can.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Can {
    /// Show the other places of a finding.
    Related,
    /// Mark what is not needed.
    Tags,
    Markdown,
    /// Show symbols in symbols.
    Nested,
    /// Apply a change that comes with its action.
    Actions,
}

impl Client {
    fn can(&self, what: Can) -> bool {
        self.can.contains(&what)
    }
}

/// The questions that are answered.
pub(super) const KNOWN: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentSymbol",
    "textDocument/formatting",
    "textDocument/codeAction",
];

const QUICK: &str = "quickfix";
const ALL: &str = "source.fixAll";

pub(super) fn capabilities(client: &Client) -> Value {
    json!({
        "capabilities": {
            "positionEncoding": client.units.name(),
            "textDocumentSync": { "openClose": true, "change": 2 },
            "hoverProvider": true,
            "completionProvider": { "triggerCharacters": ["[", ".", "\"", " "] },
            "definitionProvider": true,
            "referencesProvider": true,
            "documentSymbolProvider": true,
            "documentFormattingProvider": true,
            "codeActionProvider": { "codeActionKinds": [QUICK, ALL] },
        },
        "serverInfo": { "name": "janji", "version": env!("CARGO_PKG_VERSION") },
    })
}

/// A question about a text.
pub(super) struct Asked<'a> {
    pub(super) client: &'a Client,
    pub(super) uri: &'a str,
    pub(super) source: &'a str,
    pub(super) lines: Lines<'a>,
}

impl Asked<'_> {
    /// `None` when the question lacks something.
    pub(super) fn answer(&self, method: &str, params: &Value) -> Option<Value> {
        let at = || params.get("position").and_then(|position| self.lines.at(position));
        Some(match method {
            "textDocument/hover" => {
                let about = assist::hover(self.source, at()?);
                about.map_or(Value::Null, |about| self.hover(&about))
            }
            "textDocument/completion" => self.completion(at()?),
            "textDocument/definition" => self.places(&assist::definition(self.source, at()?)),
            "textDocument/references" => {
                let declared = params.pointer("/context/includeDeclaration");
                let declared = declared.is_some_and(|said| *said == Value::Bool(true));
                self.places(&assist::references(self.source, at()?, declared))
            }
            "textDocument/documentSymbol" => self.symbols(),
            "textDocument/formatting" => self.formatting(),
            "textDocument/codeAction" => self.actions(params)?,
            _ => return None,
        })
    }

    fn hover(&self, about: &Hover) -> Value {
        let contents = if self.client.can(Can::Markdown) {
            let lines = about.lines.iter().map(|line| format!("\n\n{}", safe(line)));
            let title = about.title.replace('`', "'");
            json!({ "kind": "markdown", "value": format!("`{title}`{}", lines.collect::<String>()) })
        } else {
            let text = format!("{}\n{}", about.title, about.lines.join("\n"));
            json!({ "kind": "plaintext", "value": text })
        };
        json!({ "contents": contents, "range": self.lines.range(&about.span) })
    }

    fn completion(&self, at: usize) -> Value {
        let offers = assist::complete(self.source, at).into_iter().enumerate();
        let items: Vec<Value> = offers
            .map(|(place, offer)| {
                json!({
                    "label": offer.label,
                    "kind": match offer.kind {
                        CompletionKind::Row => 9,
                        CompletionKind::Key => 10,
                        CompletionKind::Word => 12,
                        CompletionKind::Name => 18,
                    },
                    "detail": offer.detail,
                    "sortText": format!("{place:04}"),
                    "filterText": offer.label,
                    "textEdit": { "range": self.lines.range(&offer.replace), "newText": offer.insert },
                })
            })
            .collect();
        json!({ "isIncomplete": false, "items": items })
    }

    fn places(&self, spans: &[Range<usize>]) -> Value {
        let place =
            |span: &Range<usize>| json!({ "uri": self.uri, "range": self.lines.range(span) });
        spans.iter().map(place).collect()
    }

    fn symbols(&self) -> Value {
        let sections = assist::symbols(self.source);
        if self.client.can(Can::Nested) {
            return sections.iter().map(|section| self.symbol(section, 3)).collect();
        }
        let flat = |symbol: &Symbol, kind: u8, container: Option<&str>| {
            json!({
                "name": symbol.name,
                "kind": kind,
                "containerName": container,
                "location": { "uri": self.uri, "range": self.lines.range(&symbol.span) },
            })
        };
        sections
            .iter()
            .flat_map(|section| {
                let rows =
                    section.rows.iter().map(|row| flat(row, 19, Some(section.name.as_str())));
                std::iter::once(flat(section, 3, None)).chain(rows)
            })
            .collect()
    }

    fn symbol(&self, symbol: &Symbol, kind: u8) -> Value {
        let rows: Vec<Value> = symbol.rows.iter().map(|row| self.symbol(row, 19)).collect();
        json!({
            "name": symbol.name,
            "detail": symbol.detail,
            "kind": kind,
            "range": self.lines.range(&symbol.span),
            "selectionRange": self.lines.range(&symbol.at),
            "children": rows,
        })
    }

    /// The changes that settle findings of a range, and on demand all that are safe.
    fn actions(&self, params: &Value) -> Option<Value> {
        let asked = self.lines.span(params.get("range")?)?;
        let only = params.pointer("/context/only").and_then(Value::as_array);
        let wanted = |kind: &str| {
            let covers = |one: &Value| {
                let rest = one.as_str().and_then(|one| kind.strip_prefix(one));
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
            };
            only.is_none_or(|only| only.iter().any(covers))
        };
        let mut actions = Vec::new();
        if !self.client.can(Can::Actions) {
            return Some(actions.into());
        }
        if wanted(QUICK) {
            let near = |finding: &&Finding| {
                finding.span.start <= asked.end && asked.start <= finding.span.end
            };
            let found = policy::check(self.uri, self.source).findings;
            for finding in found.iter().filter(near) {
                let Some(fix) = &finding.fix else { continue };
                actions.push(json!({
                    "title": fix.title,
                    "kind": QUICK,
                    "isPreferred": fix.safe,
                    "diagnostics": [diagnostic(self.client, self.uri, &self.lines, finding)],
                    "edit": { "changes": { (self.uri): self.edits(&fix.edits) } },
                }));
            }
        }
        if only.is_some() && wanted(ALL) {
            let fixed = policy::fix(self.source);
            if fixed.text != self.source {
                let (span, text) = difference(self.source, &fixed.text);
                actions.push(json!({
                    "title": "put right what has one right answer",
                    "kind": ALL,
                    "edit": { "changes": { (self.uri): self.edits(&[(span, text.to_owned())]) } },
                }));
            }
        }
        Some(actions.into())
    }

    fn edits(&self, edits: &[(Range<usize>, String)]) -> Vec<Value> {
        let edit = |(span, text): &(Range<usize>, String)| json!({ "range": self.lines.range(span), "newText": text });
        edits.iter().map(edit).collect()
    }

    /// What differs from the house style; nothing for a file that cannot be read, whose findings say why.
    fn formatting(&self) -> Value {
        match policy::format(self.source) {
            Ok(styled) if styled != self.source => {
                let (span, text) = difference(self.source, &styled);
                json!([{ "range": self.lines.range(&span), "newText": text }])
            }
            _ => json!([]),
        }
    }
}

/// The lines that differ between two texts, so that a cursor outside them stays where it is.
fn difference<'n>(old: &str, new: &'n str) -> (Range<usize>, &'n str) {
    let same = |one: &str, other: &str| -> usize {
        let pairs = one.split_inclusive('\n').zip(other.split_inclusive('\n'));
        pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum()
    };
    let start = same(old, new);
    let (old_rest, new_rest) = (old.get(start..).unwrap_or(""), new.get(start..).unwrap_or(""));
    let olds = old_rest.split_inclusive('\n').rev();
    let pairs = olds.zip(new_rest.split_inclusive('\n').rev());
    let end: usize = pairs.take_while(|(a, b)| a == b).map(|(a, _)| a.len()).sum();
    let text = new_rest.get(..new_rest.len() - end).unwrap_or(new_rest);
    (start..old.len() - end, text)
}

pub(super) fn diagnostic(
    client: &Client,
    uri: &str,
    lines: &Lines<'_>,
    finding: &Finding,
) -> Value {
    let mut message = vec![finding.message.clone()];
    if !finding.law.is_empty() {
        let law: Vec<String> = finding.law.iter().map(ToString::to_string).collect();
        message.push(format!("law: {}", law.join("; ")));
    }
    message.extend(finding.why.map(|why| format!("why: {why}")));
    message.extend(finding.help.clone());
    let mut one = json!({
        "range": lines.range(&finding.span),
        "severity": match finding.severity {
            Severity::Error => 1,
            Severity::Warning => 2,
            Severity::Note => 3,
        },
        "code": finding.rule,
        "source": "janji",
        "message": message.join("\n"),
    });
    let Some(fields) = one.as_object_mut() else { return one };
    if client.can(Can::Related) && !finding.also.is_empty() {
        let place = |(span, label): &(Range<usize>, String)| json!({ "location": { "uri": uri, "range": lines.range(span) }, "message": label });
        fields.insert("relatedInformation".to_owned(), finding.also.iter().map(place).collect());
    }
    if client.can(Can::Tags) && UNNEEDED.contains(&finding.rule) {
        fields.insert("tags".to_owned(), json!([1]));
    }
    one
}

/// Findings about words that could be left out.
const UNNEEDED: &[&str] =
    &["planned-kept", "planned-nothing", "text-for-nothing", "reason-without-row"];

/// Words of a file that open no markup in an editor.
fn safe(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if c.is_ascii_punctuation() && !matches!(c, '.' | ',' | ':' | '\'' | '"' | '/' | '%') {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}
