//! Files that nobody would write: real policies with tokens, lines and sections out of place, and characters that
//! hide or confuse.

use std::ops::Range;

/// A small generator of its own, so that a seed makes the same file in every run.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub(crate) fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from((self.0 >> 11) % sides.max(1) as u64).unwrap()
    }

    fn pick<'l, T>(&mut self, list: &'l [T]) -> &'l T {
        &list[self.roll(list.len())]
    }
}

/// No file of the fuzzer is longer.
pub(crate) const LONGEST: usize = 64 << 10;

/// A file made of the seeds; the same for the same dice.
pub(crate) fn file(seeds: &[String], dice: &mut Dice) -> String {
    // The first seeds are short: most files are made of them, for there can be more of those.
    let few = seeds.len().min(3);
    let own = if dice.roll(4) > 0 { dice.roll(few) } else { dice.roll(seeds.len()) };
    let mut text = seeds[own].clone();
    for _ in 0..=dice.roll(7) {
        let other = dice.pick(seeds).clone();
        text = change(text, &other, dice);
        if text.len() > LONGEST {
            let end = (0..=LONGEST).rev().find(|end| text.is_char_boundary(*end)).unwrap();
            text.truncate(end);
        }
    }
    text
}

fn change(text: String, other: &str, dice: &mut Dice) -> String {
    match dice.roll(16) {
        0..=3 => tokens(&text, other, dice),
        4 | 5 => lines(&text, other, dice),
        6 => splice(&text, other, dice),
        7 => bits(text, dice),
        8 | 9 => {
            let odd: &&str = dice.pick(ODD);
            insert(&text, odd, dice)
        }
        10..=12 => string(&text, dice),
        13 => nest(&text, dice),
        14 => repeat(&text, dice),
        _ => number(&text, dice),
    }
}

/// Words, strings, marks and line ends.
fn split(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let mut end = at + c.len_utf8();
        if c == '"' {
            for (next, c) in chars.by_ref() {
                end = next + c.len_utf8();
                if c == '"' || c == '\n' {
                    break;
                }
            }
        } else if c.is_alphanumeric() || c == '_' {
            while let Some((next, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || *c == '_') {
                end = next + c.len_utf8();
            }
        }
        if !matches!(c, ' ' | '\t') {
            found.push(at..end);
        }
    }
    found
}

fn put(text: &str, at: &Range<usize>, new: &str) -> String {
    [&text[..at.start], new, &text[at.end..]].concat()
}

fn tokens(text: &str, other: &str, dice: &mut Dice) -> String {
    let own = split(text);
    if own.is_empty() {
        return other.to_owned();
    }
    let (one, two) = (dice.pick(&own).clone(), dice.pick(&own).clone());
    let (first, second) = if one.start <= two.start { (one, two) } else { (two, one) };
    match dice.roll(4) {
        0 if first != second => {
            let swapped = put(text, &second, &text[first.clone()]);
            put(&swapped, &first, &text[second])
        }
        1 => put(text, &first, ""),
        2 => put(text, &(first.end..first.end), &text[first]),
        _ => {
            let theirs = split(other);
            let new = if theirs.is_empty() { "" } else { &other[dice.pick(&theirs).clone()] };
            put(text, &first, new)
        }
    }
}

fn lines(text: &str, other: &str, dice: &mut Dice) -> String {
    let mut own: Vec<&str> = text.split_inclusive('\n').collect();
    if own.is_empty() {
        return other.to_owned();
    }
    let (one, two) = (dice.roll(own.len()), dice.roll(own.len()));
    match dice.roll(4) {
        0 => own.swap(one, two),
        1 => own.insert(one, own[two]),
        2 => {
            own.remove(one);
        }
        _ => {
            let theirs: Vec<&str> = other.split_inclusive('\n').collect();
            own.insert(one, theirs.get(dice.roll(theirs.len())).copied().unwrap_or_default());
        }
    }
    own.concat()
}

/// Some lines of another file in the place of some of this.
fn splice(text: &str, other: &str, dice: &mut Dice) -> String {
    let (own, theirs): (Vec<&str>, Vec<&str>) =
        (text.split_inclusive('\n').collect(), other.split_inclusive('\n').collect());
    let (from, skip) = (dice.roll(own.len() + 1), dice.roll(20));
    let (start, many) = (dice.roll(theirs.len() + 1), dice.roll(40));
    let after = own.len().min(from + skip);
    let end = theirs.len().min(start + many);
    [own[..from].concat(), theirs[start..end].concat(), own[after..].concat()].concat()
}

fn bits(text: String, dice: &mut Dice) -> String {
    let mut bytes = text.into_bytes();
    for _ in 0..=dice.roll(4) {
        let at = dice.roll(bytes.len());
        if let Some(byte) = bytes.get_mut(at) {
            *byte ^= 1 << dice.roll(8);
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn insert(text: &str, new: &str, dice: &mut Dice) -> String {
    let mut at = dice.roll(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    put(text, &(at..at), new)
}

fn string(text: &str, dice: &mut Dice) -> String {
    let own: Vec<_> =
        split(text).into_iter().filter(|at| text[at.clone()].starts_with('"')).collect();
    if own.is_empty() {
        return insert(text, "\"", dice);
    }
    let at = dice.pick(&own).clone();
    let new = match dice.roll(4) {
        0 => format!("\"{}\"", dice.pick(PHRASES).repeat(1 + dice.roll(30))),
        1 => text[dice.pick(&own).clone()].to_owned(),
        _ => format!("\"{}\"", dice.pick(PHRASES)),
    };
    put(text, &at, &new)
}

fn nest(text: &str, dice: &mut Dice) -> String {
    let own = split(text);
    let Some(at) = own.get(dice.roll(own.len())) else { return text.to_owned() };
    let most = if dice.roll(8) == 0 { 5_000 } else { 12 };
    let deep = 1 + dice.roll(most);
    let (open, close) =
        *dice.pick(&[("[", "]"), ("{ a = ", " }"), ("(", ")"), ("[[", "]]"), ("a.", "")]);
    let close = if dice.roll(3) == 0 { String::new() } else { close.repeat(deep) };
    put(text, at, &format!("{}{}{close}", open.repeat(deep), &text[at.clone()]))
}

fn repeat(text: &str, dice: &mut Dice) -> String {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let Some(line) = lines.get(dice.roll(lines.len())) else { return text.to_owned() };
    let many = dice.roll(300);
    let numbered: Vec<String> =
        (0..many).map(|n| line.replacen('_', &format!("_{n}_"), 1)).collect();
    insert(text, &format!("\n{}", numbered.concat()), dice)
}

fn number(text: &str, dice: &mut Dice) -> String {
    let new: &&str = dice.pick(NUMBERS);
    let digit = |at: &Range<usize>| text[at.clone()].starts_with(|c: char| c.is_ascii_digit());
    let own: Vec<_> = split(text).into_iter().filter(digit).collect();
    if own.is_empty() {
        return insert(text, new, dice);
    }
    let at = dice.pick(&own).clone();
    put(text, &at, new)
}

const NUMBERS: &[&str] = &[
    "0",
    "1",
    "-1",
    "9999",
    "10000",
    "18446744073709551616",
    "9223372036854775807",
    "0x7f",
    "1e999",
    "nan",
    "inf",
    "2026-02-30",
    "0000-01-01",
    "9999-12-31",
    "1979-05-27T07:32:00Z",
    "00:00:60",
    "+0",
    "1_000",
    "0b2",
    "-9223372036854775808",
];

/// What hides, turns or joins what stands beside it, and the marks of the format.
const ODD: &[&str] = &[
    "\0",
    "\u{202e}",
    "\u{2066}",
    "\u{feff}",
    "\u{200b}",
    "\u{ad}",
    "\u{301}",
    "é",
    "🦀",
    "\u{1}",
    "\r",
    "\r\n",
    "\t",
    "\"",
    "\"\"\"",
    "'''",
    "\\",
    "#",
    "=",
    ".",
    "..",
    "[",
    "]",
    "{",
    "}",
    ",",
    "\n",
    "\u{2028}",
    "ａ",
    "а",
    "ı",
    "İ",
    "ß",
    "\u{1f3f3}\u{fe0f}\u{200d}\u{1f308}",
    "\u{10ffff}",
    "\u{7f}",
    "*",
    "**",
];

/// Values with a meaning, in places where they may have none.
const PHRASES: &[&str] = &[
    "",
    " ",
    "90 days",
    "9999 years",
    "1 business day",
    "0 days",
    "1 days",
    "never",
    "for ever",
    "with account",
    "until closed",
    "until forms.off",
    "1 year after resolved",
    "1 year after account.closed",
    "after",
    "with",
    "72 hours after confirmed",
    "as needed",
    "A-01..A-9999",
    "A-9999..A-01",
    "C-01",
    "ZZ-1..ZZ-2",
    "*",
    "a*a*",
    "data.*",
    "*.keep",
    "**",
    "data.account",
    "account",
    "workspace",
    "everyone",
    "sealed",
    "officer",
    "ID",
    "EU",
    "id-pdp",
    "gdpr",
    "id-pdp 14",
    "session",
    "mon-fri 09:00-17:00",
    "İİİ days",
    "consent",
    "explicit_consent",
    "legal_duty",
    "biometric",
    "marketing",
    "\\u0000",
    "\\n",
    "\\\"",
    "x@y.z",
    "https://a.b/c",
    "resolved clears it",
    "reopened clears resolved",
    "..",
    ".",
    "a.b.c",
    "email",
    "selfie",
    "in_app",
    "no-end",
    "decided",
];
