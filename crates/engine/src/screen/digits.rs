//! Runs of digits as people write them: in any script, in groups, with signs between them that mean nothing.

use std::ops::Range;

/// One digit and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Digit {
    pub(super) value: u8,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// Digits in one line of groups.
#[derive(Debug, Clone, Default)]
pub(super) struct Run {
    pub(super) digits: Vec<Digit>,
    /// The number of digits in each group.
    pub(super) groups: Vec<usize>,
}

impl Run {
    /// The bytes from the first to the last digit of a part of the run.
    pub(super) fn span(&self, part: &Range<usize>) -> Option<Range<usize>> {
        let digits = self.digits.get(part.clone())?;
        Some(digits.first()?.start..digits.last()?.end)
    }

    /// Every part of at most 19 digits that begins and ends with a group, with the sizes of its groups.
    pub(super) fn parts(&self) -> Vec<(Range<usize>, &[usize])> {
        let mut parts = Vec::new();
        let mut start = 0;
        for (from, size) in self.groups.iter().enumerate() {
            let mut end = start;
            for (count, next) in self.groups.iter().skip(from).enumerate() {
                end += next;
                if end - start > LONGEST {
                    break;
                }
                parts.extend(
                    self.groups.get(from..=from + count).map(|groups| (start..end, groups)),
                );
            }
            start += size;
        }
        parts
    }

    /// The values of a part.
    pub(super) fn values(&self, part: &Range<usize>) -> Vec<u8> {
        self.digits.get(part.clone()).into_iter().flatten().map(|digit| digit.value).collect()
    }
}

/// No number that is looked for has more digits.
const LONGEST: usize = 19;
/// Between two digits of one number there are at most so many signs.
pub(super) const GAP: usize = 3;

/// All runs of a text.
pub(super) fn runs(text: &str) -> Vec<Run> {
    let mut runs = Vec::new();
    let mut run = Run::default();
    let mut gap = 0;
    for (start, c) in text.char_indices() {
        if let Some(value) = value(c) {
            if gap > 0 || run.groups.is_empty() {
                run.groups.push(0);
            }
            gap = 0;
            run.digits.push(Digit { value, start, end: start + c.len_utf8() });
            if let Some(group) = run.groups.last_mut() {
                *group += 1;
            }
        } else if is_invisible(c) {
            // Takes no room on a screen, so it separates nothing.
        } else if between(c) && gap < GAP && !run.digits.is_empty() {
            gap += 1;
        } else {
            runs.extend((!run.digits.is_empty()).then(|| std::mem::take(&mut run)));
            gap = 0;
        }
    }
    runs.extend((!run.digits.is_empty()).then_some(run));
    runs
}

/// The zero of each decimal script of Unicode (general category Nd); nine more follow it.
const ZEROS: &[u32] = &[
    0x660, 0x6f0, 0x7c0, 0x966, 0x9e6, 0xa66, 0xae6, 0xb66, 0xbe6, 0xc66, 0xce6, 0xd66, 0xde6,
    0xe50, 0xed0, 0xf20, 0x1040, 0x1090, 0x17e0, 0x1810, 0x1946, 0x19d0, 0x1a80, 0x1a90, 0x1b50,
    0x1bb0, 0x1c40, 0x1c50, 0xa620, 0xa8d0, 0xa900, 0xa9d0, 0xa9f0, 0xaa50, 0xabf0, 0xff10,
    0x104a0, 0x10d30, 0x11066, 0x110f0, 0x11136, 0x111d0, 0x112f0, 0x11450, 0x114d0, 0x11650,
    0x116c0, 0x11730, 0x118e0, 0x11950, 0x11c50, 0x11d50, 0x11da0, 0x11f50, 0x16a60, 0x16ac0,
    0x16b50, 0x1d7ce, 0x1d7d8, 0x1d7e2, 0x1d7ec, 0x1d7f6, 0x1e140, 0x1e2f0, 0x1e4f0, 0x1e950,
    0x1fbf0,
];

/// The value of a digit of any script; circled and raised ones count too.
pub(super) fn value(c: char) -> Option<u8> {
    if c.is_ascii() {
        return c.to_digit(10).and_then(|value| u8::try_from(value).ok());
    }
    let code = u32::from(c);
    let special = match c {
        '⁰' | '₀' | '⓪' => Some(0),
        '¹' => Some(1),
        '²' => Some(2),
        '³' => Some(3),
        '\u{2074}'..='\u{2079}' => u8::try_from(code - 0x2070).ok(),
        '\u{2081}'..='\u{2089}' => u8::try_from(code - 0x2080).ok(),
        '\u{2460}'..='\u{2468}' => u8::try_from(code - 0x245f).ok(),
        _ => None,
    };
    special.or_else(|| {
        let zero = ZEROS.iter().rev().find(|zero| **zero <= code)?;
        u8::try_from(code - zero).ok().filter(|value| *value < 10)
    })
}

/// Signs that people put between the groups of a number.
pub(super) fn between(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '/' | '_' | '·' | '•' | ',' | '−')
        || ('\u{2010}'..='\u{2015}').contains(&c)
}

pub(super) fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{ad}' | '\u{fe0f}' | '\u{20e3}')
}
