//! Which of two ways to keep is the longer one.

use super::{effect::Effect, value::Value};
use crate::{
    model::{Period, Policy, SettingKind},
    phrase, setting,
};

/// When data end, in a form that can be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Kept {
    Never,
    /// Minutes after an event.
    End(i64, String),
    Whole,
    Ever,
}

const COLLECTED: &str = "collected";

/// What a new `keep` does to those whose data they are.
pub(super) fn compare(old: &Value, new: &Value, versions: (&Policy, &Policy)) -> Effect {
    let (old, new) = (read(old, versions.0), read(new, versions.1));
    let ends = |all: &[Kept], bound: &[Kept]| {
        bound.iter().all(|end| all.iter().any(|one| one.no_later(end)))
    };
    match (ends(&new, &old), ends(&old, &new)) {
        (true, true) => Effect::Neutral,
        (true, false) => Effect::Tightens,
        _ => Effect::Loosens,
    }
}

impl Kept {
    /// Whether what is kept like this is certainly gone when what is kept like that is.
    fn no_later(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::End(one, from), Self::End(two, to)) => {
                one <= two && (from == to || from == COLLECTED)
            }
            // A part ends with its whole at the latest.
            _ => match self {
                Self::Never => true,
                Self::End(..) | Self::Whole => matches!(other, Self::Whole | Self::Ever),
                Self::Ever => *other == Self::Ever,
            },
        }
    }
}

fn read(value: &Value, policy: &Policy) -> Vec<Kept> {
    let kept = |text: &str| match phrase::keep(text) {
        Ok(phrase::Keep::Never) => Kept::Never,
        Ok(phrase::Keep::With(_)) => Kept::Whole,
        Ok(phrase::Keep::ForEver) | Err(_) => Kept::Ever,
        Ok(phrase::Keep::End(length, event)) => {
            let minutes = match length {
                None => 0,
                Some(phrase::Length::Period(period)) => period.rough(),
                Some(phrase::Length::Setting(name)) => most(policy, &name.text),
            };
            let event = event.map(|event| match event.subject {
                Some(subject) => format!("{}.{}", subject.text, event.name.text),
                None => event.name.text,
            });
            Kept::End(minutes, event.unwrap_or_else(|| COLLECTED.to_owned()))
        }
    };
    value.texts().into_iter().map(kept).collect()
}

/// The size of a length in minutes: of a period, of a step, of what a setting allows at most.
pub(super) fn length(value: &Value, policy: &Policy) -> Option<i64> {
    let text = value.text()?;
    if text == "session" {
        return Some(0);
    }
    if let Some(period) = setting::length(text) {
        return Some(period.rough());
    }
    if let Ok((period, after)) = phrase::within(text) {
        // What begins later lasts longer, if only by a little.
        return Some(period.rough() + i64::from(after.is_some()));
    }
    match phrase::keep(text) {
        Ok(phrase::Keep::End(Some(phrase::Length::Period(period)), _)) => Some(period.rough()),
        Ok(phrase::Keep::End(Some(phrase::Length::Setting(name)), _)) => {
            Some(most(policy, &name.text))
        }
        _ => None,
    }
}

/// The longest that a workspace may choose.
fn most(policy: &Policy, name: &str) -> i64 {
    match policy.setting(name).map(|setting| &setting.kind) {
        Some(SettingKind::Length { max, .. }) => Period::rough(*max),
        _ => i64::MAX,
    }
}
