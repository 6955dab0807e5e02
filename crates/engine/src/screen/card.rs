//! Numbers of payment cards (ISO/IEC 7812): the networks' first digits and lengths, and the Luhn digit.

use std::ops::Range;

use super::digits::Run;

/// How the networks group the digits on a card.
const GROUPS: &[&[usize]] =
    &[&[4, 4, 4, 4], &[4, 6, 5], &[4, 6, 4], &[4, 4, 4, 4, 3], &[4, 4, 5], &[8, 8]];

/// Where cards stand in a run: the whole run however it is grouped, else groups as on a card.
pub(super) fn find(run: &Run) -> Vec<Range<usize>> {
    let whole = run.groups.len();
    let fits =
        |groups: &[usize]| groups.len() == whole || groups.len() == 1 || GROUPS.contains(&groups);
    let parts = run.parts().into_iter().filter(|(part, groups)| {
        (12..=19).contains(&part.len()) && fits(groups) && is_card(&run.values(part))
    });
    parts.filter_map(|(part, _)| run.span(&part)).collect()
}

fn is_card(digits: &[u8]) -> bool {
    network(digits) && luhn(digits)
}

/// Whether a network has given out numbers that begin so and are so long.
fn network(digits: &[u8]) -> bool {
    let head = |count: usize| {
        digits.iter().take(count).fold(0_u32, |sum, digit| sum * 10 + u32::from(*digit))
    };
    let long = digits.len();
    match (head(1), head(2), head(3), head(4)) {
        (4, ..) => [13, 16, 19].contains(&long),
        (_, 51..=55, ..) | (_, _, _, 2221..=2720) => long == 16,
        (_, 34 | 37, ..) => long == 15,
        (_, 62 | 65 | 81, ..)
        | (_, _, 644..=649, _)
        | (_, _, _, 6011 | 3528..=3589 | 2200..=2204) => (16..=19).contains(&long),
        (_, 36 | 38 | 39, ..) | (_, _, 300..=305, _) => (14..=19).contains(&long),
        (_, _, _, 5018 | 5020 | 5038 | 5893 | 6304 | 6759 | 6761..=6763 | 1946) => {
            (12..=19).contains(&long)
        }
        _ => false,
    }
}

fn luhn(digits: &[u8]) -> bool {
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, digit)| {
            let digit = u32::from(*digit) << (place % 2);
            if digit > 9 { digit - 9 } else { digit }
        })
        .sum();
    // A row of one digit repeated fits often and is never a card.
    sum.is_multiple_of(10) && digits.windows(2).any(|pair| pair.first() != pair.last())
}
