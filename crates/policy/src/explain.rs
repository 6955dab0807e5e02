//! What a word of a report or a path of a policy means, for people at a terminal.

use crate::{
    enforced::rule_for,
    glossary,
    model::Policy,
    promise::{Row, State},
    rules,
};

/// Explains the id of a finding, or a row or key: of a policy, what is in force and what it stands for, or else of the
/// language, what it means.
pub fn explain(word: &str, policy: Option<&Policy>) -> Option<String> {
    rules::explain(word).or_else(|| match policy {
        Some(policy) => path(word, policy),
        None => glossary::explain(word),
    })
}

fn path(word: &str, policy: &Policy) -> Option<String> {
    if let Some(row) = policy.rows.iter().find(|row| row.path == word) {
        return Some(whole(row, policy));
    }
    let (path, name) = word.rsplit_once('.')?;
    let row = policy.rows.iter().find(|row| row.path == path)?;
    let key = row.keys.iter().find(|key| key.key == name)?;
    let covers = match key.covers.as_slice() {
        [] => String::new(),
        covers => format!("covers {}\n", covers.join(", ")),
    };
    let meaning = glossary::meaning(word).unwrap_or_default();
    Some(format!("{word} = {}\n{meaning}\n{}\n{covers}", key.value, state(word, key.state)))
}

fn whole(row: &Row, policy: &Policy) -> String {
    let mut lines = vec![match policy.words.of_path(&row.path, &policy.binding) {
        Some(words) => format!("{}: {words}", row.path),
        None => row.path.clone(),
    }];
    lines.extend(glossary::meaning(&row.path));
    lines.push(state(&row.path, row.state));
    for key in &row.keys {
        let covers = match key.covers.as_slice() {
            [] => String::new(),
            covers => format!(" covers {}", covers.join(", ")),
        };
        lines.push(format!("  {} = {} [{}]{covers}", key.key, key.value, key.state.word()));
    }
    if !row.covers.is_empty() {
        lines.push(format!("covers {}", row.covers.join(", ")));
    }
    if !row.resolves.is_empty() {
        lines.push(format!("resolves {}", row.resolves.join(", ")));
    }
    lines.push(String::new());
    lines.join("\n")
}

/// The state of a path, with what is done for it and the probe that looks.
pub(crate) fn state(path: &str, state: State) -> String {
    match (state, rule_for(path)) {
        (State::Planned | State::Evidence, _) | (_, None) => state.word().to_owned(),
        (_, Some(rule)) => format!("{}: {} (probe `{}`)", state.word(), rule.note, rule.probe),
    }
}

impl State {
    /// The word for reports and files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Planned => "planned",
            Self::Evidence => "evidence",
            Self::Said => "said",
            Self::Enforced => "enforced",
        }
    }
}
