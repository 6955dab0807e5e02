//! How long or how much a key says, at least and at most: what a workspace may choose is a range.

use super::Place;
use crate::{
    check::Rules,
    law::Size,
    model::SettingKind,
    phrase, setting,
    tree::{Node, Value},
};

/// The least and the most that a key of a row can come to, to be compared with `rough`.
pub(super) fn of(rules: &Rules<'_>, place: &Place<'_>, key: &str) -> Option<(i64, i64)> {
    let node = place.row.node(key)?;
    match &node.value {
        Value::Number(number) => Some((*number, *number)),
        // The earliest of several ends is the one that counts.
        _ => node
            .texts()
            .filter_map(|(text, _)| one(rules, key, text))
            .reduce(|a, b| (a.0.min(b.0), a.1.min(b.1))),
    }
}

fn one(rules: &Rules<'_>, key: &str, text: &str) -> Option<(i64, i64)> {
    if let Some(bounds) = chosen(rules, text) {
        return Some(bounds);
    }
    let period = match key {
        "keep" | "lapses" | "lease" => match phrase::keep(text).ok()? {
            phrase::Keep::End(Some(phrase::Length::Period(period)), _) => period,
            phrase::Keep::End(Some(phrase::Length::Setting(name)), _) => {
                return chosen(rules, &name.text);
            }
            phrase::Keep::End(None, _) | phrase::Keep::Never => return Some((0, 0)),
            phrase::Keep::ForEver => return Some((i64::MAX, i64::MAX)),
            phrase::Keep::With(_) => return None,
        },
        "within" => phrase::within(text).ok()?.0,
        "lives" if text == "session" => return Some((0, 0)),
        _ => phrase::period(text).ok()?,
    };
    Some((period.rough(), period.rough()))
}

/// The bounds of a setting.
fn chosen(rules: &Rules<'_>, name: &str) -> Option<(i64, i64)> {
    let setting = rules.policy.setting(name)?;
    if let SettingKind::Switch { .. } = setting.kind {
        return None;
    }
    let row = rules.root.row("setting", name)?;
    Some((bound(row.node("min")?)?, bound(row.node("max")?)?))
}

fn bound(node: &Node) -> Option<i64> {
    match &node.value {
        Value::Number(number) => Some(*number),
        Value::Text(text) => setting::length(text).map(crate::model::Period::rough),
        _ => None,
    }
}

/// Something to compare a bound by.
pub(super) fn rough(size: Size) -> i64 {
    match size {
        Size::Period(period) => period.rough(),
        Size::Number(number) => number,
    }
}

/// A bound as it is written.
pub(super) fn words(size: Size) -> String {
    match size {
        Size::Period(period) => period.to_string(),
        Size::Number(number) => number.to_string(),
    }
}
