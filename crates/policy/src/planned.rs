//! What is only planned: which rows and keys, and what the engine refuses because of it.

use std::{collections::BTreeMap, ops::Range};

use crate::{
    enforced,
    finding::{Finding, Findings},
    model::Policy,
    part::wholes,
    promise::{Row, State},
    tree::{Node, Table},
};

/// Keys of a category whose absence lets nobody see or keep more than is said.
const HARMLESS: &[&str] = &["lapses", "statutory", "role"];
/// Keys of a purpose that limit staff: without them no staff may use it.
const STAFF_LIMITS: &[&str] = &["needs", "lasts"];

struct Glob<'t> {
    pattern: &'t str,
    at: &'t Range<usize>,
    matched: bool,
    /// Whether anything that it names waits; a pattern may name more than that.
    waits: bool,
    kept: Option<String>,
}

/// Gives every row and key its state, and reports what is listed wrongly or not at all.
pub(crate) fn apply(policy: &mut Policy, root: &Table, findings: &mut Findings) {
    let list = root.node("planned").and_then(|planned| planned.table()?.node("rows"));
    let mut globs: Vec<Glob<'_>> = list
        .into_iter()
        .flat_map(Node::texts)
        .map(|(pattern, node)| Glob {
            pattern,
            at: &node.span,
            matched: false,
            waits: false,
            kept: None,
        })
        .collect();
    let mut rows = policy.rows.clone();
    for row in &mut rows {
        let own = enforced::state(policy, root, &row.path);
        let states: Vec<State> = row
            .keys
            .iter()
            .map(|key| enforced::state(policy, root, &format!("{}.{}", row.path, key.key)))
            .collect();
        row.state = states.iter().copied().min().unwrap_or(own).min(own);
        let listed = list_as_planned(&mut globs, &row.path, row.state);
        if !listed && own == State::Planned {
            unlisted(root, &row.path, findings);
        }
        for (key, state) in row.keys.iter_mut().zip(states) {
            let path = format!("{}.{}", row.path, key.key);
            key.state = state;
            let planned = listed || list_as_planned(&mut globs, &path, state);
            if !planned && own != State::Planned && state == State::Planned {
                unlisted(root, &path, findings);
            }
        }
    }
    policy.rows = rows;
    for glob in &globs {
        report(glob, findings);
    }
    close(policy);
}

fn list_as_planned(globs: &mut [Glob<'_>], path: &str, state: State) -> bool {
    let mut listed = false;
    for glob in globs.iter_mut().filter(|glob| matches(glob.pattern, path)) {
        glob.matched = true;
        listed = true;
        glob.waits |= state == State::Planned;
        glob.kept.get_or_insert_with(|| path.to_owned());
    }
    listed
}

fn unlisted(root: &Table, path: &str, findings: &mut Findings) {
    let at = span(root, path).unwrap_or(0..0);
    let message = format!("nothing keeps `{path}` yet, and the file does not say so");
    findings.push(
        Finding::error("not-enforced", &at, message)
            .label("promised, not enforced")
            .help(format!("add `\"{path}\"` to `[planned] rows`: it is then shown as planned")),
    );
}

fn report(glob: &Glob<'_>, findings: &mut Findings) {
    if !glob.matched {
        let message = format!("`{}` matches no row and no key", glob.pattern);
        findings.push(
            Finding::error("planned-nothing", glob.at, message)
                .help("correct the path, or remove it: a row that is gone needs no plan"),
        );
    } else if let Some(path) = glob.kept.as_ref().filter(|_| !glob.waits) {
        // No error: a policy in force stays valid when a new engine keeps more of it.
        let message = format!("the engine keeps `{path}` already");
        findings.push(
            Finding::warning("planned-kept", glob.at, message)
                .label("listed as planned")
                .help("remove it: nothing that it names waits"),
        );
    }
}

/// Where the id of a row or the name of a key stands.
pub(crate) fn span(root: &Table, path: &str) -> Option<Range<usize>> {
    let mut table = root;
    let mut found = None;
    for part in path.split('.') {
        let entry = table.get(part)?;
        found = Some(entry.at.clone());
        match entry.node.table() {
            Some(next) => table = next,
            None => break,
        }
    }
    found
}

/// `*` stands for anything, so that `incident*` names a section and all its rows.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    let mut parts = pattern.split('*');
    let Some(mut rest) = parts.next().and_then(|first| path.strip_prefix(first)) else {
        return false;
    };
    let parts: Vec<&str> = parts.collect();
    let Some((last, middle)) = parts.split_last() else { return rest.is_empty() };
    for part in middle {
        let Some((_, after)) = rest.split_once(part) else { return false };
        rest = after;
    }
    rest.ends_with(last)
}

/// A limit that nothing enforces yet must deny, or the page would promise more than is done.
fn close(policy: &mut Policy) {
    let planned = planned_paths(policy);
    let limit = |path: &str, harmless: &[&str]| {
        let keys = planned.get(path)?;
        match keys {
            None => Some(path.to_owned()),
            Some(keys) => keys
                .iter()
                .find(|key| !harmless.contains(&key.as_str()))
                .map(|key| format!("{path}.{key}")),
        }
    };
    for feature in &mut policy.features {
        feature.closed = limit(&format!("feature.{}", feature.id), &[]);
    }
    for purpose in &mut policy.purposes {
        let path = format!("purpose.{}", purpose.id);
        let mut harmless = vec!["sends"];
        harmless.extend(STAFF_LIMITS);
        purpose.closed = limit(&path, &harmless);
        let keys = planned.get(&path).and_then(Option::as_ref);
        if keys.is_some_and(|keys| keys.iter().any(|key| STAFF_LIMITS.contains(&key.as_str()))) {
            purpose.by.clear();
        }
    }
    let own: BTreeMap<String, Option<String>> = policy
        .categories
        .iter()
        .map(|one| (one.id.clone(), limit(&format!("data.{}", one.id), HARMLESS)))
        .collect();
    close_categories(policy, &own);
    close_purposes(policy);
}

/// A purpose that only closed categories list is no purpose that anything is used for yet.
fn close_purposes(policy: &mut Policy) {
    let mut closed = Vec::new();
    for purpose in policy.purposes.iter().filter(|purpose| purpose.closed.is_none()) {
        let uses = policy.categories.iter().filter(|one| {
            let duty = one.statutory.as_ref().is_some_and(|duty| duty.purpose == purpose.id);
            duty || one.purposes.contains(&purpose.id)
        });
        let rules: Vec<Option<String>> = uses.map(|one| one.closed.clone()).collect();
        if rules.iter().all(Option::is_some) {
            let rule = rules.into_iter().flatten().next();
            let path = format!("purpose.{}", purpose.id);
            closed.push((purpose.id.clone(), rule.unwrap_or_else(|| path.clone()), path));
        }
    }
    for (id, rule, path) in closed {
        for purpose in policy.purposes.iter_mut().filter(|purpose| purpose.id == id) {
            purpose.closed = Some(rule.clone());
        }
        plan(&mut policy.rows, &path);
    }
}

const NEVER: &str = "\"never\"";

fn plan(rows: &mut [Row], path: &str) {
    for row in rows.iter_mut().filter(|row| row.path == path) {
        row.state = State::Planned;
        // What is never stored or never passed on is neither while it is closed.
        for key in row.keys.iter_mut().filter(|key| key.value != NEVER) {
            key.state = State::Planned;
        }
    }
}

fn close_categories(policy: &mut Policy, own: &BTreeMap<String, Option<String>>) {
    let whole: BTreeMap<String, Option<String>> =
        policy.categories.iter().map(|part| (part.id.clone(), part.part_of.clone())).collect();
    let features = policy.features.clone();
    for category in &mut policy.categories {
        let mut line = vec![category.id.as_str()];
        line.extend(wholes(&whole, &category.id));
        let above = line.iter().find_map(|id| own.get(*id).cloned().flatten());
        let switch = features.iter().find(|one| category.when.as_deref() == Some(&one.id));
        category.closed = above.or_else(|| switch.and_then(|feature| feature.closed.clone()));
    }
    for category in policy.categories.iter().filter(|category| category.closed.is_some()) {
        plan(&mut policy.rows, &format!("data.{}", category.id));
    }
}

/// Planned rows (`None`), and rows with some planned keys.
fn planned_paths(policy: &Policy) -> BTreeMap<String, Option<Vec<String>>> {
    let mut paths = BTreeMap::new();
    for row in policy.rows.iter().filter(|row| row.state == State::Planned) {
        let keys = row.keys.iter().filter(|key| key.state == State::Planned);
        let keys: Vec<String> = keys.map(|key| key.key.clone()).collect();
        let all = keys.len() == row.keys.len();
        paths.insert(row.path.clone(), if all { None } else { Some(keys) });
    }
    paths
}
