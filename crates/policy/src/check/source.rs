//! The source text: every promise covered, every finding settled with a reason.

use std::{collections::BTreeMap, ops::Range};

use super::Rules;
use crate::{
    finding::Finding,
    lower::MOST_PROMISES,
    names::beside,
    phrase,
    schema::{self, COMMON},
    tree::{Node, Table},
};

type Places = BTreeMap<String, Range<usize>>;

pub(crate) fn check(rules: &mut Rules<'_>) {
    let root = rules.root;
    let source = root.node("source").and_then(Node::table);
    let promises = ids(rules, source.and_then(|table| table.node("promises")));
    let findings = ids(rules, source.and_then(|table| table.node("findings")));
    let decided: Places = root
        .node("decided")
        .and_then(Node::table)
        .into_iter()
        .flat_map(Table::iter)
        .map(|entry| (entry.key.clone(), entry.at.clone()))
        .collect();
    let mut covered = Places::new();
    let mut resolved = Places::new();
    for (_, table) in named_rows(root) {
        cover(rules, table, &promises, &mut covered);
        resolve(rules, table, &decided, &mut resolved);
    }
    for (id, at) in promises.iter().filter(|(id, _)| !covered.contains_key(*id)) {
        let message = format!("no row covers the promise `{id}`");
        rules.findings.push(
            Finding::error("uncovered", at, message)
                .help(format!("write `covers = [\"{id}\"]` on the row that keeps it")),
        );
    }
    for (id, at) in findings.iter().filter(|(id, _)| !resolved.contains_key(*id)) {
        let message = format!("the finding `{id}` is not settled");
        rules.findings.push(Finding::error("unsettled", at, message).help(format!(
            "write `resolves = [\"{id}\"]` on the row that settles it, and why under `[decided]`"
        )));
    }
    for (id, at) in decided.iter().filter(|(id, _)| !resolved.contains_key(*id)) {
        if !rules.findings.wants(at) {
            continue;
        }
        let message = format!("no row resolves `{id}`");
        let known = beside(&resolved, id).into_iter();
        let finding = Finding::error("reason-without-row", at, message);
        rules.findings.push(finding.label("a reason for nothing").known(id, known));
    }
}

/// Every table that may cover and resolve, with its path: sections, rows, and what no row holds yet.
pub(crate) fn named_rows(root: &Table) -> Vec<(String, &Table)> {
    let mut found = Vec::new();
    let about = |name: &str| schema::ABOUT.contains(&name) && name != "unsettled";
    for section in root.iter().filter(|entry| !about(&entry.key)) {
        let Some(table) = section.node.table() else { continue };
        found.push((section.key.clone(), table));
        let rows = table.iter().filter(|entry| !COMMON.contains(&entry.key.as_str()));
        found.extend(rows.filter_map(|entry| {
            Some((format!("{}.{}", section.key, entry.key), entry.node.table()?))
        }));
    }
    found
}

fn ids(rules: &mut Rules<'_>, node: Option<&Node>) -> Places {
    let mut places = Places::new();
    for (text, item) in node.into_iter().flat_map(Node::texts) {
        for id in phrase::ids(text).into_iter().flatten() {
            if places.len() >= MOST_PROMISES {
                break;
            }
            if let Some(first) = places.insert(id.clone(), item.span.clone()) {
                let message = format!("`{id}` is named twice");
                rules.findings.push(
                    Finding::error("duplicate", &item.span, message).also(&first, "first here"),
                );
                break;
            }
        }
    }
    places
}

fn cover(rules: &mut Rules<'_>, row: &Table, promises: &Places, covered: &mut Places) {
    let Some(covers) = row.node("covers") else { return };
    if let Some(by_key) = covers.table() {
        for entry in by_key.iter() {
            if row.get(&entry.key).is_none() || COMMON.contains(&entry.key.as_str()) {
                let message = format!("the row has no key `{}` that could cover this", entry.key);
                let keys = row.iter().map(|key| key.key.as_str());
                let known = keys.filter(|key| !COMMON.contains(key));
                let finding = Finding::error("covers-key", &entry.at, message);
                rules.findings.push(finding.label("not in this row").known(&entry.key, known));
            }
            listed(rules, &entry.node, promises, covered);
        }
    } else {
        listed(rules, covers, promises, covered);
    }
}

fn listed(rules: &mut Rules<'_>, list: &Node, promises: &Places, covered: &mut Places) {
    if list.list().is_none() {
        rules.findings.push(
            Finding::error("wrong-type", &list.span, "promises are listed by id")
                .help("write `covers = [\"ASH-72\"]`, or a table of such lists by key"),
        );
        return;
    }
    texts_only(rules, list);
    let mut seen = Places::new();
    for (id, node) in list.texts() {
        if !promises.contains_key(id) && rules.findings.wants(&node.span) {
            let message = format!("the source has no promise `{id}`");
            let finding = Finding::error("unknown-promise", &node.span, message);
            let near = crate::finding::nearest(id, &beside(promises, id));
            rules.findings.push(match near {
                Some(near) => finding.help(format!("did you mean `{near}`?")),
                None => finding.help("what this file accounts for stands in `[source] promises`"),
            });
        }
        if let Some(first) = seen.insert(id.to_owned(), node.span.clone()) {
            let message = format!("`{id}` stands in this list twice");
            rules
                .findings
                .push(Finding::error("duplicate", &node.span, message).also(&first, "first here"));
        }
        covered.insert(id.to_owned(), node.span.clone());
    }
}

fn resolve(rules: &mut Rules<'_>, row: &Table, decided: &Places, resolved: &mut Places) {
    let Some(list) = row.node("resolves") else { return };
    if list.list().is_none() {
        rules.findings.push(
            Finding::error("wrong-type", &list.span, "findings are listed by id")
                .help("write `resolves = [\"C-01\"]`"),
        );
        return;
    }
    texts_only(rules, list);
    for (id, node) in list.texts() {
        if !decided.contains_key(id) && rules.findings.wants(&node.span) {
            let message = format!("there is no reason for settling `{id}` this way");
            let finding = Finding::error("row-without-reason", &node.span, message);
            let finding = finding.known(id, beside(decided, id).into_iter());
            rules.findings.push(match finding.help {
                Some(_) => finding,
                None => finding.help(format!("write `{id} = \"…\"` under `[decided]`")),
            });
        }
        resolved.insert(id.to_owned(), node.span.clone());
    }
}

fn texts_only(rules: &mut Rules<'_>, list: &Node) {
    for item in list.items().iter().filter(|item| item.text().is_none()) {
        rules.findings.push(Finding::error(
            "wrong-type",
            &item.span,
            format!("{} stands here, and an id is needed", item.kind()),
        ));
    }
}
