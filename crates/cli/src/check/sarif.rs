//! Findings as SARIF 2.1.0 (OASIS), which code hosts and editors show beside the lines.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    ops::Range,
    path::{Component, Path, PathBuf},
};

use policy::{Finding, Fix};
use serde_json::{Map, Value, json};

use super::Report;
use crate::place::{Lines, Units};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";

/// One run over some files; their names are relative to a folder where they lie in it.
pub(super) fn log(reports: &[Report], folder: &Path) -> Value {
    let mut ids: Vec<&str> =
        reports.iter().flat_map(|report| &report.findings).map(|finding| finding.rule).collect();
    ids.sort_unstable();
    ids.dedup();
    let artifacts: Vec<Value> = reports
        .iter()
        .map(|report| {
            json!({
                "location": location(&report.file, folder),
                "length": report.source.len(),
                "encoding": "UTF-8",
                "sourceLanguage": "toml",
            })
        })
        .collect();
    let results: Vec<Value> = reports
        .iter()
        .enumerate()
        .flat_map(|(index, report)| results(report, index, folder, &ids))
        .collect();
    json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "janji",
                "version": env!("CARGO_PKG_VERSION"),
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": ids.iter().map(|id| rule(id)).collect::<Vec<_>>(),
            } },
            "columnKind": "utf16CodeUnits",
            "newlineSequences": ["\r\n", "\n", "\r"],
            "artifacts": artifacts,
            "results": results,
        }],
    })
}

fn rule(id: &str) -> Value {
    let Some(entry) = policy::entry(id) else { return json!({ "id": id }) };
    let law: Vec<String> = entry.law.iter().map(|law| format!("Law: {law}.")).collect();
    let plain = |text: &str| format!("{}.", text.trim_end_matches('.'));
    let advice = format!("Instead: {}", entry.remedy);
    let mut help = vec![format!("Why: {}", plain(entry.why)), advice];
    help.extend(law);
    if !entry.law.is_empty() {
        help.push("This is no legal advice.".to_owned());
    }
    json!({
        "id": id,
        "shortDescription": { "text": plain(entry.what) },
        "fullDescription": { "text": format!("{} {}", plain(entry.what), plain(entry.why)) },
        "help": { "text": help.join("\n") },
        "defaultConfiguration": { "level": entry.severity.word() },
    })
}

fn results(report: &Report, index: usize, folder: &Path, ids: &[&str]) -> Vec<Value> {
    let place = Place::of(report, index, folder);
    let starts: Vec<usize> = report.findings.iter().map(|finding| finding.span.start).collect();
    let paths = policy::assist::paths(&report.source, &starts);
    let mut seen = BTreeMap::new();
    let told = report.findings.iter().zip(&paths);
    told.map(|(finding, path)| {
        // The same thing at the same path stays the same result, wherever its line moves to.
        let words = report.source.get(finding.span.clone()).unwrap_or_default();
        let told = format!("{}\0{path}\0{words}", finding.rule);
        let count = seen.entry(told.clone()).or_insert(0_u32);
        *count += 1;
        let print = format!("{:016x}", fnv(&format!("{told}\0{count}")));
        place.result(finding, ids, &print)
    })
    .collect()
}

/// Fowler, Noll and Vo's hash: short, and the same in every version.
fn fnv(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// Where things are in one file.
struct Place<'r> {
    lines: Lines<'r>,
    /// A byte order mark is no column.
    marked: bool,
    artifact: Value,
}

impl<'r> Place<'r> {
    fn of(report: &'r Report, index: usize, folder: &Path) -> Self {
        let mut artifact = location(&report.file, folder);
        if let Some(fields) = artifact.as_object_mut() {
            fields.insert("index".to_owned(), index.into());
        }
        Place {
            lines: Lines::of(&report.source, Units::Utf16),
            marked: report.source.starts_with('\u{feff}'),
            artifact,
        }
    }

    fn result(&self, finding: &Finding, ids: &[&str], print: &str) -> Value {
        let mut message = vec![finding.message.clone()];
        message.extend(finding.help.clone());
        let mut result = Map::new();
        let mut add = |name: &str, value: Value| result.insert(name.to_owned(), value);
        add("ruleId", finding.rule.into());
        if let Some(index) = ids.iter().position(|id| *id == finding.rule) {
            add("ruleIndex", index.into());
        }
        add("level", finding.severity.word().into());
        add("message", json!({ "text": message.join("\n") }));
        add("locations", json!([{ "physicalLocation": self.physical(&finding.span) }]));
        if !finding.also.is_empty() {
            add("relatedLocations", self.related(finding));
        }
        add("partialFingerprints", json!({ "janji/v1": print }));
        if let Some(fix) = &finding.fix {
            add("fixes", json!([self.fix(fix)]));
        }
        Value::Object(result)
    }

    fn physical(&self, span: &Range<usize>) -> Value {
        json!({ "artifactLocation": self.artifact, "region": self.region(span) })
    }

    fn related(&self, finding: &Finding) -> Value {
        let other = |(number, (span, label)): (usize, &(Range<usize>, String))| {
            let place = self.physical(span);
            json!({ "id": number, "physicalLocation": place, "message": { "text": label } })
        };
        finding.also.iter().enumerate().map(other).collect()
    }

    fn region(&self, span: &Range<usize>) -> Value {
        let column = |(line, column): (usize, usize)| {
            column + 1 - usize::from(self.marked && line == 0 && column > 0)
        };
        let (start, end) = (self.lines.place(span.start), self.lines.place(span.end));
        json!({
            "startLine": start.0 + 1,
            "startColumn": column(start),
            "endLine": end.0 + 1,
            "endColumn": column(end),
        })
    }

    fn fix(&self, fix: &Fix) -> Value {
        let replaced = |(span, text): &(Range<usize>, String)| json!({ "deletedRegion": self.region(span), "insertedContent": { "text": text } });
        let replaced: Vec<Value> = fix.edits.iter().map(replaced).collect();
        let change = json!({ "artifactLocation": self.artifact, "replacements": replaced });
        json!({ "description": { "text": fix.title }, "artifactChanges": [change] })
    }
}

/// A file relative to the folder of the run, or else in full.
fn location(file: &Path, folder: &Path) -> Value {
    let whole = plain(&folder.join(file));
    match whole.strip_prefix(plain(folder)) {
        Ok(inside) => json!({ "uri": encoded(inside), "uriBaseId": "%SRCROOT%" }),
        Err(_) => json!({ "uri": format!("file://{}", encoded(&whole)) }),
    }
}

/// The path without `.` and `..`, by its words alone.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                plain.pop();
            }
            part => plain.push(part),
        }
    }
    plain
}

/// A path as a URI: everything but plain letters, digits and the slash by its bytes.
fn encoded(path: &Path) -> String {
    let mut uri = String::new();
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                uri.push(char::from(byte));
            }
            _ => {
                let _ = write!(uri, "%{byte:02X}");
            }
        }
    }
    uri
}
