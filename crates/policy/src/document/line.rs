//! Rows in their words, with the marks that say what is not kept yet.

use crate::{
    document::{Fact, Line, Page},
    promise::{KeyRow, Row, State},
};

impl Page<'_> {
    pub(super) fn line(&self, row: &Row) -> Line {
        let all = wholly(row);
        let fact = |key: &KeyRow| Fact {
            anchor: Some(format!("{}.{}", row.path, key.key)),
            label: self.locale.key(&row.path, &key.key),
            value: self.value(&row.path, key),
            mark: (key.state == State::Planned && !all).then(|| self.locale.say("state-planned")),
            state: key.state,
        };
        Line {
            path: row.path.clone(),
            words: self.words(&row.path),
            mark: self.mark(row),
            sentence: self.locale.means(&row.path),
            facts: row.keys.iter().map(fact).collect(),
            state: row.state,
        }
    }

    /// What to say of a row beside its name.
    pub(super) fn mark(&self, row: &Row) -> Option<String> {
        let id = match row.state {
            State::Planned if wholly(row) => "state-planned",
            State::Planned => "state-partly",
            State::Evidence => "state-evidence",
            State::Said | State::Enforced => return None,
        };
        Some(self.locale.say(id))
    }
}

/// Whether nothing of a row is kept yet.
fn wholly(row: &Row) -> bool {
    row.state == State::Planned && row.keys.iter().all(|key| key.state == State::Planned)
}
