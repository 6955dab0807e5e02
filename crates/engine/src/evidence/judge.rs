//! From what the probes counted to the state of each promise.

use policy::{ENFORCED, Policy, Promise, Row, Rule};

use super::{Proved, State, probe::Found};

/// One rule as judged.
struct Judged {
    state: State,
    looked_at: u64,
    words: String,
    probe: &'static str,
}

/// Every promise of the policy, in its order.
pub(super) fn promises(policy: &Policy, found: &Found) -> Vec<Proved> {
    policy.promises().iter().map(|promise| one(policy, found, promise)).collect()
}

fn one(policy: &Policy, found: &Found, promise: &Promise) -> Proved {
    let judged: Vec<Judged> =
        promise.rules.iter().flat_map(|path| rules(policy, found, path)).collect();
    let looked_at = judged.iter().map(|rule| rule.looked_at).max().unwrap_or(0);
    let worst = judged.into_iter().reduce(|a, b| if b.state > a.state { b } else { a });
    let worst = worst.unwrap_or_else(unkept);
    Proved {
        promise: promise.id.clone(),
        rules: promise.rules.clone(),
        state: worst.state,
        looked_at,
        evidence: worst.words,
        probe: worst.probe,
    }
}

fn unkept() -> Judged {
    let words = "nothing keeps it yet, and the page says so".to_owned();
    Judged { state: State::Planned, looked_at: 0, words, probe: "none" }
}

/// A key is one rule; a row stands for itself and all its keys.
fn rules(policy: &Policy, found: &Found, path: &str) -> Vec<Judged> {
    if let Some(row) = policy.rows.iter().find(|row| row.path == path) {
        let own = if row.keys.is_empty() { row.state } else { own_state(row) };
        let mut all = vec![rule(policy, found, path, own)];
        all.extend(
            row.keys
                .iter()
                .map(|key| rule(policy, found, &format!("{}.{}", row.path, key.key), key.state)),
        );
        return all;
    }
    let key = path.rsplit_once('.').and_then(|(row, name)| {
        let row = policy.rows.iter().find(|known| known.path == row)?;
        row.keys.iter().find(|key| key.key == name)
    });
    vec![key.map_or_else(unkept, |key| rule(policy, found, path, key.state))]
}

/// A row with keys is as strong as the strongest of them: each weaker one is judged by itself.
fn own_state(row: &Row) -> policy::State {
    row.keys.iter().map(|key| key.state).max().unwrap_or(row.state)
}

fn rule(policy: &Policy, found: &Found, path: &str, state: policy::State) -> Judged {
    if state == policy::State::Planned {
        return unkept();
    }
    if state == policy::State::Evidence {
        let words = "people show it; no dated paper is there yet".to_owned();
        return Judged { state: State::Evidence, looked_at: 0, words, probe: "papers" };
    }
    let Some(kept) = ENFORCED.iter().find(|rule| speaks_of(rule, path)) else { return unkept() };
    let Some(findings) = found.get(kept.probe) else { return unkept() };
    let tally = findings.about(path);
    let state = match (state, tally.state()) {
        (policy::State::Said, State::Kept) => State::Said,
        (_, state) => state,
    };
    Judged {
        state,
        looked_at: tally.count(),
        words: findings.words(&tally, &policy.company.zone),
        probe: kept.probe,
    }
}

/// Whether a rule's path, in which `*` is any one part, is this path.
fn speaks_of(rule: &Rule, path: &str) -> bool {
    let wanted: Vec<&str> = rule.path.split('.').collect();
    let given: Vec<&str> = path.split('.').collect();
    wanted.len() == given.len()
        && wanted.iter().zip(&given).all(|(wanted, part)| *wanted == "*" || wanted == part)
}
