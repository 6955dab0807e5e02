//! Where each id of a policy stands in its list, so that finding one takes no longer in a policy of many.

use std::collections::HashMap;

/// The places of what a policy is asked for by id.
#[derive(Debug, Clone, Default)]
pub(crate) struct Places {
    pub(crate) categories: Index,
    pub(crate) purposes: Index,
    pub(crate) settings: Index,
    pub(crate) features: Index,
    pub(crate) rows: Index,
}

/// The places of one list.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index(HashMap<String, usize>);

impl Index {
    pub(crate) fn of<'n>(names: impl Iterator<Item = &'n String>) -> Self {
        Self(names.enumerate().map(|(at, name)| (name.clone(), at)).collect())
    }

    /// The place of a name.
    pub(crate) fn at(&self, name: &str) -> Option<usize> {
        self.0.get(name).copied()
    }

    /// What has this name in the list that the index was made of.
    pub(crate) fn find<'l, T>(
        &self,
        list: &'l [T],
        name: &str,
        named: impl Fn(&T) -> &String,
    ) -> Option<&'l T> {
        // INVARIANT: lists of a policy are complete when it has been lowered, and their ids do not change.
        list.get(self.at(name)?).filter(|one| named(one) == name)
    }
}
