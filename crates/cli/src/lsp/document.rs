//! A text that an editor has open, and how it changes.

use serde_json::Value;

use super::wire;
use crate::place::{Lines, Units};

#[derive(Debug)]
pub(super) struct Document {
    pub(super) text: String,
    pub(super) version: Option<i64>,
}

impl Document {
    pub(super) fn of(document: &Value) -> Option<Self> {
        let text = document.get("text")?.as_str()?.to_owned();
        Some(Self { text, version: document.get("version").and_then(Value::as_i64) })
    }

    /// Applies changes one after the other; `None` when one of them makes no sense, and nothing can be known of the
    /// text any more.
    pub(super) fn change(&mut self, changes: &Value, units: Units) -> Option<()> {
        for change in changes.as_array()? {
            let text = change.get("text")?.as_str()?;
            match change.get("range").filter(|range| !range.is_null()) {
                None => text.clone_into(&mut self.text),
                Some(range) => {
                    let span = Lines::of(&self.text, units).span(range)?;
                    if self.text.len() + text.len() > wire::LONGEST {
                        return None;
                    }
                    self.text.replace_range(span, text);
                }
            }
        }
        Some(())
    }
}
