//! What a file is made of, for a list beside it.

use std::ops::Range;

use super::{
    outline::{Outline, Part, Role},
    place,
};
use crate::{
    glossary,
    schema::{COMMON, Shape},
};

/// A section or a row of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Symbol {
    /// Its name, such as `selfie`.
    pub name: String,
    /// What the file calls it, or what it is.
    pub detail: String,
    /// From its first word to the last of what belongs to it.
    pub span: Range<usize>,
    /// Its name in the file.
    pub at: Range<usize>,
    /// The rows of a section.
    pub rows: Vec<Symbol>,
}

/// More rows than any policy has.
const MOST: usize = 4_000;

pub(super) fn of(outline: &Outline) -> Vec<Symbol> {
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut count = 0;
    for part in &outline.parts {
        let path = part.path();
        let (Some(section), true) = (path.first(), count < MOST) else { continue };
        let known = symbols.iter().position(|symbol| symbol.name == *section);
        if known.is_none() {
            symbols.push(symbol(section, part, glossary::meaning(section)));
            count += 1;
        }
        let place = known.unwrap_or(symbols.len().saturating_sub(1));
        let Some(symbol) = symbols.get_mut(place) else { continue };
        symbol.span.end = symbol.span.end.max(part.span.end);
        let Some(name) = path.get(1).filter(|name| is_row(section, name)) else { continue };
        let Some(last) = symbol.rows.iter_mut().rev().find(|row| row.name == *name) else {
            if part.role != Role::Value && path.len() == 2 {
                symbol.rows.push(row(outline, section, name, part));
                count += 1;
            }
            continue;
        };
        last.span.end = last.span.end.max(part.span.end);
    }
    symbols
}

/// Whether a name below a section is that of a row and not of a key.
fn is_row(section: &str, name: &str) -> bool {
    match place::section(section).map(|section| &section.shape) {
        Some(Shape::Open(_) | Shape::Listed(..)) => !COMMON.contains(&name),
        Some(Shape::Closed(_, rows)) => rows.iter().any(|row| row.name == name),
        Some(Shape::Free) => section == "field",
        Some(Shape::Row(_)) | None => false,
    }
}

fn symbol(name: &str, part: &Part, detail: Option<String>) -> Symbol {
    Symbol {
        name: name.to_owned(),
        detail: detail.unwrap_or_default(),
        span: part.span.clone(),
        at: part.span.clone(),
        rows: Vec::new(),
    }
}

fn row(outline: &Outline, section: &str, name: &str, part: &Part) -> Symbol {
    let words = outline.words(section, name);
    symbol(name, part, words.or_else(|| glossary::meaning(&format!("{section}.{name}"))))
}
