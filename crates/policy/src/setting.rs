//! What a workspace may choose: of which kind, within which bounds.

use std::fmt;

use crate::{period::Period, phrase};

/// Settings alone may be no time at all.
pub(crate) fn length(text: &str) -> Option<Period> {
    if text == "0 days" { Some(Period::ZERO) } else { phrase::period(text).ok() }
}

/// What a workspace may choose within bounds.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its id.
    pub id: String,
    /// Its kind, with bounds and default.
    pub kind: SettingKind,
}

/// The kinds of setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SettingKind {
    /// A length of time.
    Length {
        /// Where nothing was chosen.
        default: Period,
        /// At least this.
        min: Period,
        /// At most this.
        max: Period,
    },
    /// A number.
    Number {
        /// Where nothing was chosen.
        default: i64,
        /// At least this.
        min: i64,
        /// At most this.
        max: i64,
    },
    /// One of some words.
    Choice {
        /// Where nothing was chosen.
        default: String,
        /// The words.
        choices: Vec<String>,
    },
    /// On or off.
    Switch {
        /// Where nothing was chosen.
        default: bool,
    },
}

/// The value of a setting.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "the names are those of the kinds")]
pub enum Chosen {
    Length(Period),
    Number(i64),
    Choice(String),
    Switch(bool),
}

impl Setting {
    /// The value where nothing was chosen.
    pub fn default(&self) -> Chosen {
        match &self.kind {
            SettingKind::Length { default, .. } => Chosen::Length(*default),
            SettingKind::Number { default, .. } => Chosen::Number(*default),
            SettingKind::Choice { default, .. } => Chosen::Choice(default.clone()),
            SettingKind::Switch { default } => Chosen::Switch(*default),
        }
    }

    /// Reads a value as a policy would write it; the error is the key of the rule that it breaks.
    pub fn read(&self, text: &str) -> Result<Chosen, &'static str> {
        match &self.kind {
            SettingKind::Length { min, max, .. } => {
                let period = length(text).ok_or("default")?;
                if period.rough() < min.rough() {
                    return Err("min");
                }
                let within = period.rough() <= max.rough();
                within.then_some(Chosen::Length(period)).ok_or("max")
            }
            SettingKind::Number { min, max, .. } => {
                let number: i64 = text.parse().map_err(|_| "default")?;
                if number < *min {
                    return Err("min");
                }
                (number <= *max).then_some(Chosen::Number(number)).ok_or("max")
            }
            SettingKind::Choice { choices, .. } => {
                let known = choices.iter().find(|choice| *choice == text);
                known.map(|choice| Chosen::Choice(choice.clone())).ok_or("choices")
            }
            SettingKind::Switch { .. } => match text {
                "true" => Ok(Chosen::Switch(true)),
                "false" => Ok(Chosen::Switch(false)),
                _ => Err("default"),
            },
        }
    }

    /// The value of what was once chosen, brought within the bounds of today.
    pub fn nearest(&self, text: &str) -> Chosen {
        match (self.read(text), &self.kind) {
            (Ok(chosen), _) => chosen,
            (Err("min"), SettingKind::Length { min, .. }) => Chosen::Length(*min),
            (Err("max"), SettingKind::Length { max, .. }) => Chosen::Length(*max),
            (Err("min"), SettingKind::Number { min, .. }) => Chosen::Number(*min),
            (Err("max"), SettingKind::Number { max, .. }) => Chosen::Number(*max),
            (Err(_), _) => self.default(),
        }
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Chosen::Length(period) => period.fmt(out),
            Chosen::Number(number) => number.fmt(out),
            Chosen::Choice(word) => word.fmt(out),
            Chosen::Switch(on) => on.fmt(out),
        }
    }
}

impl Chosen {
    /// Whether this value certainly takes nothing away that the other gave.
    pub fn only_gives(&self, before: &Chosen) -> bool {
        match (self, before) {
            (Chosen::Length(now), Chosen::Length(before)) => {
                before.count == 0 || (now.unit == before.unit && now.count >= before.count)
            }
            (Chosen::Switch(now), Chosen::Switch(_)) => *now,
            _ => false,
        }
    }
}
