//! The value of a key, read back from the one line on which a row shows it.

use std::{iter::Peekable, str::Chars};

/// A value of the language without its spans.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Value {
    Text(String),
    /// A number, a switch or a date.
    Bare(String),
    List(Vec<Value>),
    Table(Vec<(String, Value)>),
}

impl Value {
    pub(crate) fn read(line: &str) -> Self {
        value(&mut line.chars().peekable())
    }

    /// Whether two values mean the same: no list of the language has an order.
    pub(crate) fn same(&self, other: &Self) -> bool {
        let within = |some: &[Self], all: &[Self]| {
            some.iter().all(|one| all.iter().any(|other| one.same(other)))
        };
        match (self, other) {
            (Self::List(one), Self::List(two)) => within(one, two) && within(two, one),
            (Self::Table(one), Self::Table(two)) => {
                let held = |(key, value): &(String, Self)| {
                    two.iter().any(|(name, other)| name == key && value.same(other))
                };
                one.len() == two.len() && one.iter().all(held)
            }
            _ => self == other,
        }
    }

    /// The texts in it, at any depth, without the names of keys.
    pub(crate) fn texts(&self) -> Vec<&str> {
        match self {
            Self::Text(text) => vec![text],
            Self::Bare(_) => Vec::new(),
            Self::List(list) => list.iter().flat_map(Self::texts).collect(),
            Self::Table(table) => table.iter().flat_map(|(_, value)| value.texts()).collect(),
        }
    }

    /// The value with each of its texts in other words.
    pub(crate) fn map(self, with: &impl Fn(&str) -> String) -> Self {
        match self {
            Self::Text(text) => Self::Text(with(&text)),
            Self::Bare(bare) => Self::Bare(bare),
            Self::List(list) => Self::List(list.into_iter().map(|one| one.map(with)).collect()),
            Self::Table(table) => {
                Self::Table(table.into_iter().map(|(key, value)| (key, value.map(with))).collect())
            }
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        if let Self::Text(text) = self { Some(text) } else { None }
    }

    pub(crate) fn bare(&self) -> Option<&str> {
        if let Self::Bare(bare) = self { Some(bare) } else { None }
    }
}

fn value(chars: &mut Peekable<Chars<'_>>) -> Value {
    match chars.peek() {
        Some('"') => Value::Text(text(chars)),
        Some('[') => Value::List(items(chars, ']', value)),
        Some('{') => Value::Table(items(chars, '}', |chars| {
            let key = until(chars, |c| c == '=' || c == '}').trim().to_owned();
            skip(chars, '=');
            (key, value(chars))
        })),
        _ => Value::Bare(until(chars, |c| matches!(c, ',' | ']' | '}')).trim().to_owned()),
    }
}

fn items<T>(
    chars: &mut Peekable<Chars<'_>>,
    close: char,
    mut item: impl FnMut(&mut Peekable<Chars<'_>>) -> T,
) -> Vec<T> {
    chars.next();
    let mut found = Vec::new();
    loop {
        skip(chars, ',');
        match chars.peek() {
            None => return found,
            Some(c) if *c == close => {
                chars.next();
                return found;
            }
            Some(_) => found.push(item(chars)),
        }
    }
}

/// Blanks, and one sign between them when it stands there.
fn skip(chars: &mut Peekable<Chars<'_>>, sign: char) {
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
    chars.next_if_eq(&sign);
    while chars.next_if(|c| c.is_whitespace()).is_some() {}
}

fn until(chars: &mut Peekable<Chars<'_>>, end: impl Fn(char) -> bool) -> String {
    let mut found = String::new();
    while let Some(c) = chars.next_if(|c| !end(*c)) {
        found.push(c);
    }
    found
}

/// A quoted text with the escapes that the row wrote; what they stand for does not matter, as long as equal
/// texts read equal.
fn text(chars: &mut Peekable<Chars<'_>>) -> String {
    chars.next();
    let mut found = String::new();
    while let Some(c) = chars.next() {
        match c {
            '"' => break,
            '\\' => found.extend(chars.next()),
            c => found.push(c),
        }
    }
    found
}
