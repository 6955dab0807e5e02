//! Findings that the author has settled: a row says so with `resolves`, and `[decided]` says why.

use std::ops::Range;

use crate::{
    check::source,
    finding::{Finding, Findings},
    rules,
    tree::{Node, Table, Value},
};

/// Takes away what is settled; what settles nothing is a finding itself.
pub(crate) fn apply(root: &Table, findings: &mut Findings) {
    let settled = settled(root);
    if settled.is_empty() {
        return;
    }
    let places = Places::of(root);
    for (path, rule, span) in settled {
        let here = |finding: &Finding| {
            let spans = std::iter::once(&finding.span).chain(finding.also.iter().map(|(at, _)| at));
            finding.rule == rule
                && spans.into_iter().any(|at| places.row(at.start) == Some(path.as_str()))
        };
        if !findings.remove(here) {
            let message = format!("`{rule}` finds nothing in `{path}`");
            findings.push(
                Finding::error("settles-nothing", &span, message)
                    .label("settled without need")
                    .help("remove it here, and its reason under `[decided]`"),
            );
        }
    }
}

/// Each rule that a row settles, with the row and the place that says it.
fn settled(root: &Table) -> Vec<(String, String, Range<usize>)> {
    let mut found = Vec::new();
    for (path, table) in source::named_rows(root) {
        for (id, node) in table.node("resolves").into_iter().flat_map(Node::texts) {
            if rules::can_be_settled(id) {
                found.push((path.clone(), id.to_owned(), node.span.clone()));
            }
        }
    }
    found
}

/// To which row a place of the file belongs.
pub(crate) struct Places(Vec<(usize, String)>);

impl Places {
    pub(crate) fn of(root: &Table) -> Self {
        let mut places = Vec::new();
        for (path, table) in source::named_rows(root) {
            gather(table, &path, &mut places);
        }
        for section in root.iter() {
            places.push((section.at.start, section.key.clone()));
            for row in section.node.table().into_iter().flat_map(Table::iter) {
                let path = match row.node.value {
                    Value::Table(_) => format!("{}.{}", section.key, row.key),
                    _ => section.key.clone(),
                };
                places.push((row.at.start, path));
            }
        }
        places.sort();
        Self(places)
    }

    pub(crate) fn row(&self, at: usize) -> Option<&str> {
        let after = self.0.partition_point(|(start, _)| *start <= at);
        self.0.get(after.checked_sub(1)?).map(|(_, path)| path.as_str())
    }
}

fn gather(table: &Table, path: &str, places: &mut Vec<(usize, String)>) {
    for entry in table.iter() {
        let row = entry.node.table().is_some() && !path.contains('.');
        if !row {
            places.push((entry.at.start, path.to_owned()));
            if let Some(inner) = entry.node.table() {
                gather(inner, path, places);
            }
        }
    }
}
