//! Ids that the new version calls by another name: what was renamed is not new.

use std::collections::BTreeMap;

use super::value::Value;
use crate::model::Policy;

/// Categories and fields that were renamed between two versions.
#[derive(Debug, Default)]
pub(super) struct Renames {
    /// Old id of a category to its new one.
    categories: BTreeMap<String, String>,
    /// New id of a category to the old and new names of its fields.
    fields: BTreeMap<String, BTreeMap<String, String>>,
}

impl Renames {
    pub(super) fn between(old: &Policy, new: &Policy) -> Self {
        let mut renames = Self::default();
        for category in &new.categories {
            let moved = |was: &&String| {
                old.category(was).is_some()
                    && new.category(was).is_none()
                    && old.category(&category.id).is_none()
            };
            if let Some(was) = category.was.as_ref().filter(moved) {
                renames.categories.insert(was.clone(), category.id.clone());
            }
        }
        for category in &new.categories {
            let id = renames.id_before(&category.id);
            let Some(before) = old.category(&id) else { continue };
            let has = |name: &str| before.fields.iter().any(|field| field.name == name);
            let moved = category.were.iter().filter(|(now, was)| has(was) && !has(now));
            let moved: BTreeMap<String, String> =
                moved.map(|(now, was)| (was.clone(), now.clone())).collect();
            if !moved.is_empty() {
                renames.fields.insert(category.id.clone(), moved);
            }
        }
        renames
    }

    fn id_before(&self, id: &str) -> String {
        let was = self.categories.iter().find(|(_, now)| *now == id);
        was.map_or_else(|| id.to_owned(), |(was, _)| was.clone())
    }

    /// The path that a row, or its words, had in the old version.
    pub(super) fn before(&self, path: &str) -> String {
        match path.strip_prefix("data.") {
            Some(id) => format!("data.{}", self.id_before(id)),
            None => path.strip_prefix("field.").map_or_else(
                || path.to_owned(),
                |name| format!("field.{}", self.field_before(name)),
            ),
        }
    }

    /// The name that a field had in the old version, in whichever category it was renamed.
    pub(super) fn field_before(&self, name: &str) -> String {
        let all = self.fields.values().flatten();
        let was = all.into_iter().find(|(_, now)| *now == name);
        was.map_or_else(|| name.to_owned(), |(was, _)| was.clone())
    }

    /// A value of the old version in the names of the new one.
    pub(super) fn rewrite(&self, path: &str, key: &str, value: Value) -> Value {
        if self.categories.is_empty() && self.fields.is_empty() {
            return value;
        }
        match key {
            "part_of" | "feeds" | "tokens" => value.map(&|id| self.category(id)),
            "keep" | "lapses" | "grace" => value.map(&|phrase| self.phrase(phrase)),
            "gets" | "scopes" | "each" => value.map(&|piece| self.piece(piece)),
            "rests_on" => value.map(&|glob| {
                let id = glob.strip_prefix("data.");
                id.map_or_else(|| glob.to_owned(), |id| format!("data.{}", self.category(id)))
            }),
            "fields" | "optional" | "unique" | "find_by" | "statutory" => {
                let id = path.strip_prefix("data.").unwrap_or_default();
                value.map(&|name| self.field(id, name))
            }
            _ => value,
        }
    }

    fn category(&self, id: &str) -> String {
        self.categories.get(id).map_or_else(|| id.to_owned(), Clone::clone)
    }

    fn field(&self, category: &str, name: &str) -> String {
        let now = self.fields.get(category).and_then(|fields| fields.get(name));
        now.map_or_else(|| name.to_owned(), Clone::clone)
    }

    /// A category, or one of its fields.
    fn piece(&self, piece: &str) -> String {
        let Some((id, name)) = piece.split_once('.') else { return self.category(piece) };
        let id = self.category(id);
        let name = self.field(&id, name);
        format!("{id}.{name}")
    }

    /// `with WHOLE`, `1 year after CATEGORY.event`.
    fn phrase(&self, phrase: &str) -> String {
        let mut whole = false;
        let word = |word: &str| {
            let now = match word.split_once('.') {
                Some((id, event)) => format!("{}.{event}", self.category(id)),
                None if whole => self.category(word),
                None => word.to_owned(),
            };
            whole = word == "with";
            now
        };
        phrase.split(' ').map(word).collect::<Vec<_>>().join(" ")
    }
}
