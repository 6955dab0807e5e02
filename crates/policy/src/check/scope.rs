//! Who and where: dates, languages, ids that nobody uses, settings and their bounds.

use std::collections::HashSet;

use super::Rules;
use crate::{
    finding::Finding,
    model::{Period, Setting, SettingKind, Unit},
    setting,
    tree::{Entry, Node, Table, Value},
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    languages(rules);
    let used = mentioned(rules.root);
    lists(rules, &used);
    features(rules, &used);
    settings(rules, &used);
    switches(rules);
    business_days(rules);
}

fn languages(rules: &mut Rules<'_>) {
    let Some(table) = rules.root.node("policy").and_then(Node::table) else { return };
    let (Some(binding), Some(languages)) = (table.node("binding"), table.node("languages")) else {
        return;
    };
    let known = languages.texts().any(|(text, _)| Some(text) == binding.text());
    if binding.text().is_some() && !known {
        rules.findings.push(
            Finding::error("binding", &binding.span, "the binding language is not published")
                .also(&languages.span, "the languages of the page")
                .help("add it to `languages`, or bind to one of them"),
        );
    }
}

/// Every word that some rule says, by the key it stands under.
type Mentioned<'r> = HashSet<(&'r str, &'r str)>;

fn mentioned(root: &Table) -> Mentioned<'_> {
    let mut found = Mentioned::new();
    for section in root.iter().filter(|entry| entry.key != "text") {
        gather(&section.node, &section.key, &mut found);
    }
    found
}

fn gather<'r>(node: &'r Node, key: &'r str, found: &mut Mentioned<'r>) {
    match &node.value {
        Value::Text(text) => found.extend(text.split([' ', '.']).map(|word| (key, word))),
        Value::List(items) => items.iter().for_each(|item| gather(item, key, found)),
        Value::Table(table) => {
            table.iter().for_each(|entry: &Entry| gather(&entry.node, &entry.key, found));
        }
        _ => {}
    }
}

fn lists(rules: &mut Rules<'_>, used: &Mentioned<'_>) {
    let everyone = used.contains(&("of", "everyone"));
    let kinds: [(&str, &[&str]); 2] =
        [("people", &["of", "only"]), ("staff", &["by", "owner", "to"])];
    let Some(scope) = rules.root.node("scope").and_then(Node::table) else { return };
    for (list, keys) in kinds {
        if list == "people" && everyone {
            continue;
        }
        for (name, node) in scope.node(list).into_iter().flat_map(Node::texts) {
            let named = |key: &&str| used.contains(&(*key, name));
            let used = keys.iter().any(named);
            if !used {
                let message = format!("no row uses `{name}`");
                rules.findings.push(
                    Finding::error("unused", &node.span, message)
                        .help("remove it, or write the row that it is for"),
                );
            }
        }
    }
}

fn features(rules: &mut Rules<'_>, used: &Mentioned<'_>) {
    for (entry, _) in rules.root.rows("feature") {
        let opens = ["when", "keep"].iter().any(|key| used.contains(&(*key, entry.key.as_str())));
        if !opens {
            let message = format!("the feature `{}` opens nothing", entry.key);
            rules.findings.push(
                Finding::error("unused", &entry.at, message)
                    .help(format!("write `when = \"{}\"` on what it opens", entry.key)),
            );
        }
    }
}

fn settings(rules: &mut Rules<'_>, used: &Mentioned<'_>) {
    const KEYS: &[&str] = &["keep", "when", "kept_on", "lease", "min_age", "lapses"];
    for (entry, row) in rules.root.rows("setting") {
        if !KEYS.iter().any(|key| used.contains(&(*key, entry.key.as_str()))) {
            let message = format!("the setting `{}` sets nothing", entry.key);
            rules.findings.push(Finding::error("unused", &entry.at, message));
        }
        bounds(rules, entry, row);
    }
}

/// A setting that something waits for must be one that is on or off.
fn switches(rules: &mut Rules<'_>) {
    for section in ["data", "purpose", "recipient"] {
        for (_, row) in rules.root.rows(section) {
            let Some(node) = row.node("when") else { continue };
            let named = node.text().and_then(|name| rules.policy.setting(name));
            let switch = |setting: &Setting| matches!(setting.kind, SettingKind::Switch { .. });
            if let Some(setting) = named.filter(|setting| !switch(setting)) {
                let message = format!("`{}` is a setting, but no switch", setting.id);
                rules.findings.push(
                    Finding::error("not-a-switch", &node.span, message)
                        .help("wait for a feature, or for a setting that is true or false"),
                );
            }
        }
    }
}

fn bounds(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let Some(default) = row.node("default") else { return };
    if matches!(default.value, Value::Switch(_)) {
        return;
    }
    if let Some(choices) = row.node("choices") {
        let known: Vec<&str> = choices.texts().map(|(text, _)| text).collect();
        if !default.text().is_some_and(|text| known.contains(&text)) {
            let finding =
                Finding::error("out-of-bounds", &default.span, "the default is no choice");
            let word = default.text().unwrap_or_default();
            rules
                .findings
                .push(finding.also(&choices.span, "the choices").known(word, known.into_iter()));
        }
        return;
    }
    let (Some(min), Some(max)) = (row.node("min"), row.node("max")) else {
        let message = format!("the setting `{}` has no bounds", entry.key);
        rules.findings.push(
            Finding::error("no-bounds", &entry.at, message)
                .help("say `min` and `max`, so that the page can say how far it goes"),
        );
        return;
    };
    let (Some(low), Some(middle), Some(high)) = (size(min), size(default), size(max)) else {
        for node in [min, default, max].into_iter().filter(|node| size(node).is_none()) {
            rules.findings.push(Finding::error(
                "wrong-type",
                &node.span,
                "this is neither a period nor a number",
            ));
        }
        return;
    };
    if middle < low || middle > high {
        rules.findings.push(
            Finding::error("out-of-bounds", &default.span, "the default is out of bounds")
                .also(&min.span, "at least this")
                .also(&max.span, "at most this"),
        );
    }
}

/// Something to compare lengths and numbers by.
fn size(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => setting::length(text).map(Period::rough),
        _ => None,
    }
}

fn business_days(rules: &mut Rules<'_>) {
    let company = rules.root.node("company").and_then(Node::table);
    let calendar =
        company.is_some_and(|row| row.get("hours").is_some() && row.get("holidays").is_some());
    if calendar {
        return;
    }
    for section in ["request", "complaint", "officer", "incident", "right"] {
        for (_, row) in rules.root.rows(section) {
            let Some(node) = row.node("within") else { continue };
            let within = node.text().and_then(|text| crate::phrase::within(text).ok());
            if within.is_some_and(|(period, _)| period.unit == Unit::BusinessDay) {
                rules.findings.push(
                    Finding::error("no-calendar", &node.span, "business days need a calendar")
                        .help("say `hours` and `holidays` under `[company]`"),
                );
            }
        }
    }
}
