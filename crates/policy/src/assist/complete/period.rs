//! Phrases word by word: after a number its unit, after `after` an event.

use super::{
    super::{
        outline::{Outline, Spot},
        phrases,
        place::Accepts,
    },
    Offer, names,
};
use crate::schema::Type;

/// The next words of the phrase at a place, and the byte of the phrase where they begin; `None` when the key takes
/// no phrase.
pub(super) fn offers(
    outline: &Outline,
    spot: &Spot,
    path: &[&str],
    accepts: Option<Accepts>,
) -> Option<(Vec<Offer>, usize)> {
    let Some(Accepts::Of(of)) = accepts else { return None };
    let before = spot.before.rsplit_once(' ').map_or("", |(before, _)| before);
    let from = if before.is_empty() { 0 } else { before.len() + 1 };
    let done: Vec<&str> = phrases::words(before).into_iter().map(|(word, _)| word).collect();
    let row = path.get(1).copied().unwrap_or_default();
    let offers = match of {
        Type::Period => period(&done),
        Type::Lives => [only(&done, &["session"]), period(&done)].concat(),
        Type::Length => [first(&done, names(outline, &["setting"])), period(&done)].concat(),
        Type::Within => [after(&done, vec![Offer::word("confirmed")]), period(&done)].concat(),
        Type::Keep => keep(outline, path, row, &done),
        Type::Events => events(outline, row, &done),
        _ => return None,
    };
    Some((offers, from))
}

fn only(done: &[&str], words: &[&str]) -> Vec<Offer> {
    first(done, words.iter().map(|word| Offer::word(word)).collect())
}

fn first(done: &[&str], offers: Vec<Offer>) -> Vec<Offer> {
    if done.is_empty() { offers } else { Vec::new() }
}

/// What follows `after`, and the word itself behind a whole period.
fn after(done: &[&str], offers: Vec<Offer>) -> Vec<Offer> {
    match done.last() {
        Some(&"after") => offers,
        Some(last) if UNITS.iter().any(|unit| last.strip_suffix('s').unwrap_or(last) == *unit) => {
            vec![Offer::word("after")]
        }
        _ => Vec::new(),
    }
}

const UNITS: &[&str] = &["minute", "hour", "day", "month", "year"];

/// The units behind a number, in its form.
fn period(done: &[&str]) -> Vec<Offer> {
    let form =
        |one: bool, unit: &str| Offer::word(&format!("{unit}{}", if one { "" } else { "s" }));
    match done {
        [number] if number.bytes().all(|b| b.is_ascii_digit()) => {
            let units = UNITS.iter().copied().chain(["business day"]);
            units.map(|unit| form(*number == "1", unit)).collect()
        }
        [number, "business"] => vec![form(*number == "1", "day")],
        _ => Vec::new(),
    }
}

fn keep(outline: &Outline, path: &[&str], row: &str, done: &[&str]) -> Vec<Offer> {
    let whole = || outline.values(&["data", row, "part_of"]).next().map(|part| part.text.clone());
    match done {
        [] => {
            let mut offers: Vec<Offer> =
                ["never", "for ever", "until"].iter().map(|word| Offer::word(word)).collect();
            offers.extend(whole().map(|whole| Offer::word(&format!("with {whole}"))));
            offers.extend(names(outline, &["setting"]));
            offers
        }
        ["for"] => vec![Offer::word("ever")],
        ["with"] => whole().into_iter().map(|whole| Offer::name(&whole, None)).collect(),
        ["until"] | [.., "after"] => anchors(outline, path, row),
        [setting] if outline.below(&["setting"]).contains(setting) => vec![Offer::word("after")],
        _ => [after(done, Vec::new()), period(done)].concat(),
    }
}

/// Events that a period can run from.
fn anchors(outline: &Outline, path: &[&str], row: &str) -> Vec<Offer> {
    if let ["register", name, _] = path {
        let known = crate::vocabulary::REGISTERS.iter().filter(|(known, _)| known == name);
        return known.map(|(_, event)| Offer::word(event)).collect();
    }
    let mut offers = vec![Offer::word("collected")];
    let own = |row: &str| -> Vec<String> {
        let events = outline.values(&["data", row, "events"]);
        events.filter_map(|part| part.text.split(' ').next().map(str::to_owned)).collect()
    };
    offers.extend(own(row).iter().map(|event| Offer::name(event, None)));
    for other in outline.below(&["data"]).into_iter().filter(|other| *other != row) {
        offers
            .extend(own(other).iter().map(|event| Offer::name(&format!("{other}.{event}"), None)));
        if outline.values(&["data", other, "grace"]).next().is_some() {
            offers.push(Offer::name(&format!("{other}.closed"), None));
        }
    }
    for feature in outline.below(&["feature"]) {
        offers.push(Offer::name(&format!("{feature}.off"), None));
    }
    for integration in outline.below(&["integration"]) {
        offers.push(Offer::name(&format!("{integration}.disconnected"), None));
    }
    offers.push(Offer::word("workspace.closed"));
    offers
}

/// An event of a row, and the one that it takes back.
fn events(outline: &Outline, row: &str, done: &[&str]) -> Vec<Offer> {
    match done {
        [_] => vec![Offer::word("clears")],
        [name, "clears"] => {
            let own = outline.values(&["data", row, "events"]);
            let first = own.filter_map(|part| part.text.split(' ').next());
            first.filter(|event| event != name).map(|event| Offer::name(event, None)).collect()
        }
        _ => Vec::new(),
    }
}
