//! Does a stored text hold the number of a payment card? Looked at with nothing but digits and their sum, apart
//! from the code that masks.

use serde_json::Value;

use super::{findings::Findings, probe::Look};
use crate::{decision, refusal::Refusal};

#[expect(clippy::unnecessary_wraps, reason = "all probes have one form")]
pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("texts");
    let grant = decision::built_in(crypto::Ground::Probe);
    for opened in &look.sample.opened {
        let row = format!("data.{}", opened.category);
        for (name, value) in opened.fields.look(&grant) {
            let text = look.policy.category(&opened.category).is_some_and(|category| {
                let mut fields = category.fields.iter();
                fields.any(|own| own.name == *name && own.kind == policy::FieldKind::Text)
            });
            if let Value::String(value) = value
                && text
            {
                found.looked(&row);
                found.broken_if(holds_card(value), &row, "with the number of a card");
            }
        }
    }
    Ok(found)
}

/// Four groups of four digits that begin like the two large networks and sum up.
pub(super) fn holds_card(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(|c| !matches!(c, ' ' | '-')).collect();
    let digits = |window: &&[char]| window.iter().all(char::is_ascii_digit);
    plain.windows(16).filter(digits).any(|window| {
        let values: Vec<u32> = window.iter().filter_map(|c| c.to_digit(10)).collect();
        let sum: u32 = values
            .iter()
            .enumerate()
            .map(|(place, value)| match place % 2 {
                0 => value * 2 / 10 + value * 2 % 10,
                _ => *value,
            })
            .sum();
        let head = values.first().copied().unwrap_or(0) * 10 + values.get(1).copied().unwrap_or(0);
        let known = (40..=49).contains(&head) || (51..=55).contains(&head);
        // Longer rows of digits are something else, and rows of one digit are nobody's card.
        known && sum.is_multiple_of(10) && values.windows(2).any(|two| two.first() != two.last())
    })
}
