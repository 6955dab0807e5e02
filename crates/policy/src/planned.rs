//! What is only planned: which rows and keys, and what the engine refuses because of it.

use std::{
    collections::{HashMap, HashSet},
    ops::Range,
};

use crate::{
    enforced,
    finding::{Finding, Findings},
    model::Policy,
    part::Forest,
    paths::{Glob, Paths},
    promise::{Row, State},
    tree::{Node, Table},
};

/// Keys of a category whose absence lets nobody see or keep more than is said.
const HARMLESS: &[&str] = &["lapses", "statutory", "role"];
/// Keys of a purpose that limit staff: without them no staff may use it.
const STAFF_LIMITS: &[&str] = &["needs", "lasts"];

/// A pattern of the list, and what it names.
struct Listed<'t> {
    pattern: &'t str,
    glob: Glob<'t>,
    at: &'t Range<usize>,
    /// Whether anything that it names waits; a pattern may name more than that.
    waits: bool,
    /// The first thing that it names, by its place among all rows and keys.
    first: Option<usize>,
}

/// Gives every row and key its state, and reports what is listed wrongly or not at all.
pub(crate) fn apply(policy: &mut Policy, root: &Table, findings: &mut Findings) {
    let list = root.node("planned").and_then(|planned| planned.table()?.node("rows"));
    let mut list: Vec<Listed<'_>> = list
        .into_iter()
        .flat_map(Node::texts)
        .map(|(pattern, node)| Listed {
            pattern,
            glob: Glob::of(pattern),
            at: &node.span,
            waits: false,
            first: None,
        })
        .collect();
    let all = All::of(policy, root);
    let listed = all.listed(&mut list, findings);
    for thing in &all.things {
        let above = thing.row.and_then(|row| all.things.get(row));
        let told = above.is_some_and(|row| row.own == State::Planned || listed.contains(&row.at));
        if !told && thing.own == State::Planned && !listed.contains(&thing.at) {
            unlisted(root, &thing.path, findings);
        }
    }
    for one in &list {
        report(one, one.first.and_then(|at| all.things.get(at)), findings);
    }
    all.give(&mut policy.rows);
    close(policy);
}

/// Every row and key in the order of the file, each row before its keys.
struct All {
    things: Vec<Thing>,
}

struct Thing {
    path: String,
    /// Its own place, and that of its row when it is a key.
    at: usize,
    row: Option<usize>,
    own: State,
    /// The weakest state of a row and its keys.
    weakest: State,
}

impl All {
    fn of(policy: &Policy, root: &Table) -> Self {
        let mut all = Self { things: Vec::new() };
        for row in &policy.rows {
            let place = all.things.len();
            all.add(policy, root, row.path.clone(), None);
            for key in &row.keys {
                all.add(policy, root, format!("{}.{}", row.path, key.key), Some(place));
            }
        }
        all.rest(&policy.rows);
        all
    }

    fn add(&mut self, policy: &Policy, root: &Table, path: String, row: Option<usize>) {
        let own = enforced::state(policy, root, &path);
        let at = self.things.len();
        self.things.push(Thing { path, at, row, own, weakest: own });
        self.weaken(row, own);
    }

    fn weaken(&mut self, row: Option<usize>, state: State) {
        if let Some(row) = row.and_then(|row| self.things.get_mut(row)) {
            row.weakest = row.weakest.min(state);
        }
    }

    /// The rows themselves, to be found by patterns.
    fn rows(&self) -> impl Iterator<Item = &Thing> {
        self.things.iter().filter(|thing| thing.row.is_none())
    }

    /// The state of each duty is the weakest among the rows that it rests on; duties rest on no duties.
    fn rest(&mut self, rows: &[Row]) {
        let mut rests: HashMap<&str, State> = HashMap::new();
        let mut found = Vec::new();
        if rows.iter().any(|row| !row.rests_on.is_empty()) {
            let others = self.rows().filter(|thing| !thing.path.starts_with("duty."));
            let paths = Paths::of(others.map(|thing| (thing.path.as_str(), thing.at)));
            let weakest = |glob: &str| {
                let glob = Glob::of(glob);
                let named = paths.matching(&glob).into_iter().flatten();
                let states = named.filter_map(|at| self.things.get(at)).map(|thing| thing.weakest);
                // A duty that rests on no row is reported by a rule of its own.
                states.min().unwrap_or(State::Said)
            };
            let duties = self.things.iter().filter(|thing| enforced::is_resting(&thing.path));
            let by_path: HashMap<&str, &Row> =
                rows.iter().map(|row| (row.path.as_str(), row)).collect();
            for duty in duties {
                let above = duty.row.and_then(|row| self.things.get(row));
                let row = above.and_then(|row| by_path.get(row.path.as_str()));
                let globs = row.map(|row| row.rests_on.as_slice()).unwrap_or_default();
                let states =
                    globs.iter().map(|glob| *rests.entry(glob).or_insert_with(|| weakest(glob)));
                found.push((duty.at, duty.row, states.min().unwrap_or(State::Said)));
            }
        }
        for (at, row, state) in found {
            if let Some(thing) = self.things.get_mut(at) {
                (thing.own, thing.weakest) = (state, state);
            }
            self.weaken(row, state);
        }
    }

    /// What the patterns name: rows, and keys of rows that no pattern names.
    fn listed(&self, list: &mut [Listed<'_>], findings: &mut Findings) -> HashSet<usize> {
        let mut listed = HashSet::new();
        let rows = Paths::of(self.rows().map(|thing| (thing.path.as_str(), thing.at)));
        self.name(&rows, list, &mut listed, findings);
        let open =
            self.things.iter().filter(|thing| thing.row.is_some_and(|row| !listed.contains(&row)));
        let keys = Paths::of(open.map(|thing| (thing.path.as_str(), thing.at)));
        self.name(&keys, list, &mut listed, findings);
        listed
    }

    fn name(
        &self,
        paths: &Paths<'_>,
        list: &mut [Listed<'_>],
        listed: &mut HashSet<usize>,
        findings: &mut Findings,
    ) {
        for one in list {
            let Some(named) = paths.matching(&one.glob) else {
                // Whether it names something is not known: that is no second finding.
                (one.waits, one.first) = (true, Some(0));
                findings.push(
                    Finding::error("too-large", one.at, "too many patterns look at too many rows")
                        .help("begin them with the section: `data.*` instead of `*`"),
                );
                continue;
            };
            for thing in named.filter_map(|at| self.things.get(at)) {
                listed.insert(thing.at);
                one.waits |= thing.weakest == State::Planned;
                one.first = Some(one.first.map_or(thing.at, |first| first.min(thing.at)));
            }
        }
    }

    fn give(self, rows: &mut [Row]) {
        let mut things = self.things.into_iter();
        for row in rows {
            row.state = things.next().map_or(State::Planned, |thing| thing.weakest);
            for (key, thing) in row.keys.iter_mut().zip(&mut things) {
                key.state = thing.own;
            }
        }
    }
}

fn unlisted(root: &Table, path: &str, findings: &mut Findings) {
    let at = span(root, path).unwrap_or(0..0);
    if !findings.wants(&at) {
        return;
    }
    let message = format!("nothing keeps `{path}` yet, and the file does not say so");
    findings.push(
        Finding::error("not-enforced", &at, message)
            .label("promised, not enforced")
            .help(format!("add `\"{path}\"` to `[planned] rows`: it is then shown as planned")),
    );
}

fn report(one: &Listed<'_>, first: Option<&Thing>, findings: &mut Findings) {
    let Some(first) = first else {
        let message = format!("`{}` matches no row and no key", one.pattern);
        findings.push(
            Finding::error("planned-nothing", one.at, message)
                .help("correct the path, or remove it: a row that is gone needs no plan"),
        );
        return;
    };
    if !one.waits {
        // No error: a policy in force stays valid when a new engine keeps more of it.
        let message = format!("the engine keeps `{}` already", first.path);
        findings.push(
            Finding::warning("planned-kept", one.at, message)
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

/// Whether a pattern names a path, where only one is looked at.
pub(crate) fn matches(pattern: &str, path: &str) -> bool {
    Glob::of(pattern).names(path)
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
    for category in &mut policy.categories {
        category.closed = limit(&format!("data.{}", category.id), HARMLESS);
    }
    close_categories(policy);
    close_purposes(policy);
}

/// A purpose that only closed categories list is no purpose that anything is used for yet.
fn close_purposes(policy: &mut Policy) {
    // For each purpose that is used, the rule that closes the first category, while all of them are closed.
    let mut used: HashMap<&str, Option<&str>> = HashMap::new();
    for category in &policy.categories {
        let duty = category.statutory.as_ref().map(|duty| &duty.purpose);
        for purpose in category.purposes.iter().chain(duty) {
            let closed = category.closed.as_deref();
            let rule = used.entry(purpose).or_insert(closed);
            *rule = rule.filter(|_| closed.is_some());
        }
    }
    let mut closed = Vec::new();
    for (at, purpose) in policy.purposes.iter().enumerate() {
        let path = || format!("purpose.{}", purpose.id);
        if purpose.closed.is_none()
            && let Some(rule) = used
                .get(purpose.id.as_str())
                .map_or_else(|| Some(path()), |rule| rule.map(str::to_owned))
        {
            closed.push((at, rule, path()));
        }
    }
    for (at, rule, path) in closed {
        if let Some(purpose) = policy.purposes.get_mut(at) {
            purpose.closed = Some(rule);
        }
        plan(policy, &path);
    }
}

const NEVER: &str = "\"never\"";

fn plan(policy: &mut Policy, path: &str) {
    let row = policy.places.rows.at(path).and_then(|at| policy.rows.get_mut(at));
    if let Some(row) = row.filter(|row| row.path == path) {
        row.state = State::Planned;
        // What is never stored or never passed on is neither while it is closed.
        for key in row.keys.iter_mut().filter(|key| key.value != NEVER) {
            key.state = State::Planned;
        }
    }
}

/// A part is closed with its whole, and whatever waits for a feature with that.
fn close_categories(policy: &mut Policy) {
    for (part, whole) in Forest::of(policy).downwards {
        let above = whole.and_then(|whole| policy.categories.get(whole)?.closed.clone());
        if let Some(category) = policy.categories.get_mut(part).filter(|one| one.closed.is_none()) {
            category.closed = above;
        }
    }
    let switch = |when: &Option<String>| policy.feature(when.as_deref()?)?.closed.clone();
    let switches: Vec<_> = policy.categories.iter().map(|one| switch(&one.when)).collect();
    for (category, switch) in policy.categories.iter_mut().zip(switches) {
        category.closed = category.closed.take().or(switch);
    }
    let closed = policy.categories.iter().filter(|category| category.closed.is_some());
    let paths: Vec<String> = closed.map(|category| format!("data.{}", category.id)).collect();
    for path in paths {
        plan(policy, &path);
    }
}

/// Planned rows (`None`), and rows with some planned keys.
fn planned_paths(policy: &Policy) -> HashMap<String, Option<Vec<String>>> {
    let mut paths = HashMap::new();
    for row in policy.rows.iter().filter(|row| row.state == State::Planned) {
        let keys = row.keys.iter().filter(|key| key.state == State::Planned);
        let keys: Vec<String> = keys.map(|key| key.key.clone()).collect();
        let all = keys.len() == row.keys.len();
        paths.insert(row.path.clone(), if all { None } else { Some(keys) });
    }
    paths
}
