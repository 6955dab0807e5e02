//! International bank account numbers (ISO 13616): the country's length, and the remainder by 97.

use super::{
    Found, Kind,
    digits::{GAP, between, is_invisible, value},
};

/// The length in each country of the register.
const LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 \
    DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 \
    IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 \
    NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 \
    TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

/// A character, where it stands, and what it counts for.
struct Mark {
    start: usize,
    end: usize,
    value: Option<u32>,
    between: bool,
}

pub(super) fn find(text: &str) -> Vec<Found> {
    let seen = text.char_indices().filter(|(_, c)| !is_invisible(*c));
    let marks: Vec<Mark> = seen
        .map(|(start, c)| Mark {
            start,
            end: start + c.len_utf8(),
            value: worth(c),
            between: between(c),
        })
        .collect();
    let mut found = Vec::new();
    let mut next = 0;
    while let Some(rest) = marks.get(next..).filter(|rest| !rest.is_empty()) {
        let before = next.checked_sub(1).and_then(|before| marks.get(before));
        let inside = before.is_some_and(|mark| mark.value.is_some());
        let taken = if inside { None } else { number(rest) };
        if let (Some(count), Some(first)) = (taken, rest.first())
            && let Some(last) = rest.get(count - 1)
        {
            found.push(Found { at: first.start..last.end, kind: Kind::BankAccount });
            next += count;
        } else {
            next += 1;
        }
    }
    found
}

/// How many characters from here on are an account number.
fn number(marks: &[Mark]) -> Option<usize> {
    let mut wanted = None;
    let mut values = Vec::new();
    let mut gaps = 0;
    for (count, mark) in marks.iter().enumerate() {
        match mark.value {
            Some(value) => {
                gaps = 0;
                values.push(value);
            }
            None if mark.between && gaps < GAP && values.len() > 1 => {
                gaps += 1;
                continue;
            }
            None => return None,
        }
        match values.as_slice() {
            [country, second] => wanted = Some(length(*country, *second)?),
            [_, _, .., last] if values.len() <= 4 && *last > 9 => return None,
            _ => {}
        }
        if wanted == Some(values.len()) {
            return (remainder(&values) == 1).then_some(count + 1);
        }
    }
    None
}

/// Letters count from 10, digits are themselves.
fn worth(c: char) -> Option<u32> {
    if c.is_ascii_alphabetic() {
        return c.to_digit(36);
    }
    value(c).map(u32::from)
}

fn length(first: u32, second: u32) -> Option<usize> {
    let letter = |value: u32| char::from_digit(value, 36).filter(char::is_ascii_alphabetic);
    let country: String = [letter(first)?, letter(second)?].iter().collect();
    let known = LENGTHS.split_whitespace().find_map(|known| {
        let (code, length) = known.split_at_checked(2)?;
        code.eq_ignore_ascii_case(&country).then(|| length.parse().ok())
    });
    known.flatten()
}

/// The number with its first four characters moved to the end, by 97.
fn remainder(values: &[u32]) -> u32 {
    let moved = values.iter().skip(4).chain(values.iter().take(4));
    moved.fold(0, |sum, value| {
        let shift = if *value > 9 { 100 } else { 10 };
        (sum * shift + value) % 97
    })
}
