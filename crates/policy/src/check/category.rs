//! Categories: whose, what, what for; look-ups, events, duties and special data.

use std::{
    borrow::Borrow,
    collections::{BTreeMap, HashMap},
};

use super::Rules;
use crate::{
    fields::SENSITIVE,
    finding::Finding,
    lower::kind_of,
    model::{Basis, FieldKind},
    names::beside,
    phrase,
    tree::{Entry, Node, Table},
    vocabulary::RESERVED_EVENTS,
};

pub(crate) fn check(rules: &mut Rules<'_>) {
    let old = old_names(rules.root);
    for (entry, row) in rules.root.rows("data") {
        if row.get("groups_of").is_some() {
            groups(rules, entry, row);
        } else {
            whose(rules, entry, row);
            use_of(rules, entry, row);
        }
        feeds(rules, row);
        fields(rules, entry, row);
        let own = own_fields(row);
        look_ups(rules, &own, row);
        renamed(rules, &old, &own, row);
        events(rules, row);
        duty(rules, &own, row);
        special(rules, entry, row);
        tablets(rules, entry, row);
        processor(rules, row);
    }
}

fn whose(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let id = &entry.key;
    let workspace = row.node("part_of").and_then(Node::text) == Some("workspace");
    match (row.get("of"), row.get("part_of")) {
        (None, None) => rules.findings.push(
            Finding::error("missing-key", &entry.at, format!("`{id}` does not say whose it is"))
                .help("write `of = [\"…\"]`, or `part_of` and the category it hangs on"),
        ),
        (Some(of), Some(part)) if !workspace => rules.findings.push(
            Finding::error("two-answers", &of.at, format!("`{id}` says twice whose it is"))
                .also(&part.at, "its whole says it already")
                .help("keep one of `of` and `part_of`"),
        ),
        (None, Some(part)) if workspace => rules.findings.push(
            Finding::error("missing-key", &part.at, format!("`{id}` does not say whose it is"))
                .help("parts of the workspace say `of` as well"),
        ),
        _ => {}
    }
}

fn use_of(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let id = &entry.key;
    if row.get("for").is_none() && row.get("feeds").is_none() {
        rules.findings.push(
            Finding::error("used-for-nothing", &entry.at, format!("`{id}` is used for nothing"))
                .label("neither `for` nor `feeds`")
                .help("name its purposes with `for`; what has none must not be collected"),
        );
    }
    if row.get("fields").is_none() {
        rules.findings.push(
            Finding::error("missing-key", &entry.at, format!("`{id}` has no fields"))
                .help("write `fields = [\"…\"]`: all else is refused"),
        );
    }
}

fn groups(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    const PERSONAL: &[&str] = &[
        "of",
        "part_of",
        "fields",
        "optional",
        "unique",
        "find_by",
        "events",
        "statutory",
        "grace",
    ];
    for key in PERSONAL.iter().filter_map(|key| row.get(key)) {
        let message = format!("`{}` counts groups and holds no person's data", entry.key);
        rules.findings.push(
            Finding::error("aggregate", &key.at, message)
                .label(format!("`{}` is for personal data", key.key))
                .help("remove this key, or `groups_of`"),
        );
    }
    if row.get("for").is_none() {
        let message = format!("`{}` is used for nothing", entry.key);
        rules.findings.push(Finding::error("used-for-nothing", &entry.at, message));
    }
}

fn feeds(rules: &mut Rules<'_>, row: &Table) {
    let Some(node) = row.node("feeds") else { return };
    let Some(target) = node.text().and_then(|id| rules.root.row("data", id)) else { return };
    if target.get("groups_of").is_none() {
        rules.findings.push(
            Finding::error("aggregate", &node.span, "this category counts no groups")
                .help("only a category with `groups_of` can be fed"),
        );
    }
}

fn fields(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let (Some(given), Some(optional)) = (row.node("fields"), row.node("optional")) else { return };
    let mut known: BTreeMap<&str, &Node> = BTreeMap::new();
    for (name, node) in given.texts() {
        known.entry(name).or_insert(node);
    }
    for (name, node) in optional.texts() {
        if let Some(first) = known.get(name) {
            let message = format!("`{}` has the field `{name}` twice", entry.key);
            rules.findings.push(
                Finding::error("duplicate", &node.span, message)
                    .label("given if one likes")
                    .also(&first.span, "must be given"),
            );
        }
    }
}

/// The fields of a row, with their places in its lists.
type Own<'r> = BTreeMap<&'r str, usize>;

fn own_fields(row: &Table) -> Own<'_> {
    let lists = [row.node("fields"), row.node("optional")];
    let names = lists.into_iter().flatten().flat_map(|list| list.texts().map(|(name, _)| name));
    let mut own = Own::new();
    for (place, name) in names.enumerate() {
        own.entry(name).or_insert(place);
    }
    own
}

/// In the order of the file, to be offered when something else is named.
fn offered<'r, K: Ord + Borrow<str>>(
    own: &'r BTreeMap<K, usize>,
    word: &str,
) -> impl Iterator<Item = &'r str> {
    let mut names = beside(own, word);
    names.sort_by_key(|name| own.get(*name));
    names.into_iter()
}

fn look_ups(rules: &mut Rules<'_>, own: &Own<'_>, row: &Table) {
    for key in ["unique", "find_by"] {
        for (name, node) in row.node(key).into_iter().flat_map(Node::texts) {
            own_field(rules, own, name, node);
            let kind = kind_of(rules.root, name);
            if kind == Some(FieldKind::Person) {
                let message = format!("`{name}` names another person, and ends with them");
                rules.findings.push(
                    Finding::error("look-up", &node.span, message)
                        .label("not for a blind index")
                        .help("find records by a field about their own person"),
                );
            }
            if matches!(kind, Some(FieldKind::YesNo | FieldKind::Options(_))) {
                let message = format!("`{name}` has few values: a look-up would tell them");
                rules.findings.push(
                    Finding::error("look-up", &node.span, message)
                        .label("not for a blind index")
                        .help("find records by a field that nearly differs for everyone"),
                );
            }
        }
    }
}

/// The ids that categories had, with how many say so.
fn old_names(root: &Table) -> HashMap<&str, usize> {
    let mut old = HashMap::new();
    for name in root.rows("data").filter_map(|(_, row)| row.node("was")?.text()) {
        *old.entry(name).or_default() += 1;
    }
    old
}

/// An old name belongs to nothing that is there, and to one thing only.
fn renamed(rules: &mut Rules<'_>, names: &HashMap<&str, usize>, own: &Own<'_>, row: &Table) {
    if let Some(node) = row.node("was")
        && let Some(old) = node.text()
    {
        let again = names.get(old).is_some_and(|times| *times > 1);
        if again || rules.root.row("data", old).is_some() {
            not_free(rules, node, "category", old);
        }
    }
    let Some(table) = row.node("were").and_then(Node::table) else { return };
    let mut times: HashMap<&str, usize> = HashMap::new();
    for old in table.iter().filter_map(|entry| entry.node.text()) {
        *times.entry(old).or_default() += 1;
    }
    for entry in table.iter() {
        let Some(old) = entry.node.text() else { continue };
        if !own.contains_key(entry.key.as_str()) && rules.findings.wants(&entry.at) {
            let message = format!("`{}` is no field of this category", entry.key);
            let finding = Finding::error("unknown-reference", &entry.at, message);
            let known = offered(own, &entry.key);
            rules.findings.push(finding.label("not collected here").known(&entry.key, known));
        }
        let again = times.get(old).is_some_and(|times| *times > 1);
        if again || own.contains_key(old) {
            not_free(rules, &entry.node, "field", old);
        }
    }
}

fn not_free(rules: &mut Rules<'_>, node: &Node, what: &str, old: &str) {
    let message = format!("the {what} `{old}` is still there, or was renamed twice");
    rules.findings.push(
        Finding::error("renamed", &node.span, message)
            .label("not free")
            .help(format!("one {what} takes over from one that this file has no more")),
    );
}

fn own_field(rules: &mut Rules<'_>, own: &Own<'_>, name: &str, node: &Node) {
    if !own.contains_key(name) && rules.findings.wants(&node.span) {
        let message = format!("`{name}` is no field of this category");
        let finding = Finding::error("unknown-reference", &node.span, message);
        let known = offered(own, name);
        rules.findings.push(finding.label("not collected here").known(name, known));
    }
}

fn events(rules: &mut Rules<'_>, row: &Table) {
    let Some(list) = row.node("events") else { return };
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for (text, node) in list.texts() {
        let Ok((name, clears)) = phrase::event_rule(text) else { continue };
        let at = node.part(&name.at);
        if RESERVED_EVENTS.contains(&name.text.as_str()) {
            let message = format!("`{}` is an event that the engine raises itself", name.text);
            rules.findings.push(
                Finding::error("reserved", &at, message)
                    .help(format!("reserved: {}", RESERVED_EVENTS.join(", "))),
            );
        } else if !phrase::is_id(&name.text) {
            let message = format!("`{}` cannot be an event", name.text);
            rules.findings.push(Finding::error("bad-id", &at, message));
        }
        if seen.contains_key(&name.text) {
            let message = format!("the event `{}` stands here twice", name.text);
            rules.findings.push(Finding::error("duplicate", &at, message));
        }
        if let Some(clears) = clears.filter(|clears| !seen.contains_key(&clears.text)) {
            let message = format!("there is no event `{}` to clear", clears.text);
            let finding = Finding::error("unknown-event", &node.part(&clears.at), message);
            let known = offered(&seen, &clears.text);
            rules.findings.push(finding.label("not declared before").known(&clears.text, known));
        }
        let place = seen.len();
        seen.entry(name.text).or_insert(place);
    }
}

fn duty(rules: &mut Rules<'_>, own: &Own<'_>, row: &Table) {
    let Some(table) = row.node("statutory").and_then(Node::table) else { return };
    for (name, node) in table.node("fields").into_iter().flat_map(Node::texts) {
        own_field(rules, own, name, node);
        let kind = kind_of(rules.root, name);
        if matches!(kind, Some(FieldKind::Image | FieldKind::File | FieldKind::Person)) {
            let message = format!("`{name}` cannot stay beyond an erasure");
            rules.findings.push(
                Finding::error("statutory-field", &node.span, message)
                    .label("a file, or another person")
                    .help("name fields whose values stand in the record itself"),
            );
        }
    }
    let Some(node) = table.node("for") else { return };
    let Some(purpose) = node.text().and_then(|id| rules.policy.purpose(id)) else { return };
    if !purpose.bases.contains(&Basis::LegalDuty) {
        let message = format!("`{}` is no legal duty, so nothing survives an erasure", purpose.id);
        let finding = Finding::error("no-duty", &node.span, message);
        let basis = rules.root.row("purpose", &purpose.id).and_then(|row| row.node("basis"));
        rules.findings.push(match basis {
            Some(basis) => finding.also(&basis.span, "its basis"),
            None => finding,
        });
    }
}

/// Art. 28(3)(a) GDPR: a processor acts on the customer's instructions, or on what the person allowed.
fn processor(rules: &mut Rules<'_>, row: &Table) {
    let Some(role) = row.get("role").filter(|role| role.node.text() == Some("processor")) else {
        return;
    };
    for (id, node) in row.node("for").into_iter().flat_map(Node::texts) {
        let Some(purpose) = rules.policy.purpose(id) else { continue };
        let instructed = purpose.bases.iter().all(|basis| {
            matches!(basis, Basis::Instruction | Basis::Consent | Basis::ExplicitConsent)
        });
        if !instructed {
            let message = format!("a customer's data cannot serve `{id}`, a purpose of ours");
            rules.findings.push(
                Finding::error("processor", &node.span, message)
                    .also(&role.at, "the customer decides what for")
                    .help("rest a purpose of its own on `instruction`, or on the person's consent"),
            );
        }
    }
}

/// A copy on a device that nobody hears from must end by itself.
fn tablets(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    let Some(kept) = row.node("kept_on") else { return };
    let setting = |name: &str| {
        let row = rules.root.row("setting", name);
        row.and_then(|row| row.node("choices"))
            .is_some_and(|list| list.texts().any(|(one, _)| one == "tablets"))
    };
    let tablets = kept.text().is_some_and(|text| text == "tablets" || setting(text));
    if tablets && row.get("lease").is_none() {
        let message = format!("`{}` stays on a tablet that is lost or switched off", entry.key);
        rules.findings.push(
            Finding::error("no-lease", &kept.span, message)
                .label("no `lease`")
                .help("say how long a device may work without contact: `lease = \"24 hours\"`"),
        );
    }
}

fn special(rules: &mut Rules<'_>, entry: &Entry, row: &Table) {
    if row.get("special").is_none() {
        let lists = [row.node("fields"), row.node("optional")];
        for (name, node) in lists.into_iter().flatten().flat_map(Node::texts) {
            let known = SENSITIVE.iter().find(|(sensitive, _)| *sensitive == name);
            if let Some((_, word)) = known {
                let message = format!("`{name}` is special data and is not marked so");
                rules.findings.push(
                    Finding::error("special", &node.span, message)
                        .help(format!("write `special = \"{word}\"` on `{}`", entry.key)),
                );
            }
        }
        return;
    }
    for (id, node) in row.node("for").into_iter().flat_map(Node::texts) {
        let Some(purpose) = rules.policy.purpose(id) else { continue };
        let strong = purpose.bases.iter().all(|basis| {
            matches!(
                basis,
                Basis::ExplicitConsent
                    | Basis::LegalDuty
                    | Basis::VitalInterest
                    | Basis::PublicTask
            )
        });
        if !strong {
            let message = format!("special data cannot rest on the basis of `{id}`");
            rules.findings.push(
                Finding::error("special", &node.span, message)
                    .help("its purpose needs explicit consent, or a duty that the law names"),
            );
        }
    }
}
