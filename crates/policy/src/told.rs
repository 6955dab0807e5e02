//! The sentences of notices: Janji's own, filled from the rows that they speak of.

use crate::{document::value::period_in, locale::Locale, model::Policy};

/// What somebody is told: a kind of notice, the rule that it speaks of, and the day when it takes effect.
#[derive(Debug, Clone, Copy)]
pub struct Told<'a> {
    /// The kind, as the engine names it.
    pub kind: &'a str,
    /// The path of the rule.
    pub rule: &'a str,
    /// The day, where there is one.
    pub day: Option<&'a str>,
}

/// The kind of a notice of a change that was announced and will not come.
const TAKEN_BACK: &str = "policy_change_taken_back";

impl Policy {
    /// The title and the sentences of a notice, in one of the policy's languages.
    pub fn told(&self, told: &Told<'_>, language: &str) -> (String, String) {
        let locale = Locale::of(language);
        let row = if told.kind == TAKEN_BACK { "policy_change" } else { told.kind };
        let title = locale.row(&format!("notice.{row}"));
        let day = told.day.unwrap_or_default();
        let row = told.rule.strip_suffix(".lapses").unwrap_or(told.rule);
        let what = || self.words_for(row, language).into();
        let text = match told.kind {
            "lapse" => {
                let id = row.strip_prefix("data.").unwrap_or(row);
                let grace = self.category(id).and_then(|category| category.grace);
                let grace = grace.map(|period| period_in(locale, period)).unwrap_or_default();
                let args = [("what", what()), ("day", day.into()), ("grace", grace.into())];
                locale.tell("told-lapse", &args)
            }
            "hold" if told.rule.starts_with("data.") => {
                locale.tell("told-hold-category", &[("what", what())])
            }
            "policy_change" | TAKEN_BACK => {
                locale.tell(&format!("told-{}", told.kind), &[("day", day.into())])
            }
            kind => locale.find(&format!("told-{kind}")).unwrap_or_else(|| title.clone()),
        };
        (title, text)
    }
}
