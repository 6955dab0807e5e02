//! What an editor asks about a policy while somebody writes it: what a word means, what could stand here, where
//! something is declared. A file half typed is the usual case, so that all of it works on words and not on the tree.

mod complete;
mod hover;
mod law;
mod links;
pub(crate) mod outline;
mod phrases;
mod place;
mod symbols;

use std::ops::Range;

pub use complete::{Completion, CompletionKind};
pub use hover::Hover;
pub use symbols::Symbol;

use outline::Outline;

/// What the word at a place means, and what the policy and the engine say about it.
pub fn hover(source: &str, offset: usize) -> Option<Hover> {
    let outline = Outline::of(source, offset);
    hover::at(source, &outline, offset)
}

/// What can be written at a place.
pub fn complete(source: &str, offset: usize) -> Vec<Completion> {
    complete::at(&Outline::of(source, offset))
}

/// Where that is declared which the word at a place names; from a row, where its words stand.
pub fn definition(source: &str, offset: usize) -> Vec<Range<usize>> {
    links::definition(&Outline::of(source, offset), offset)
}

/// Every place that names the same as the word at a place, the declaration first when it is asked for.
pub fn references(source: &str, offset: usize, declared: bool) -> Vec<Range<usize>> {
    links::references(&Outline::of(source, offset), offset, declared)
}

/// The path of the word at each of these places, such as `data.selfie.keep`; empty where there is none.
pub fn paths(source: &str, offsets: &[usize]) -> Vec<String> {
    let outline = Outline::of(source, source.len());
    let path = |offset: &usize| outline.part(*offset + 1).or_else(|| outline.part(*offset));
    offsets.iter().map(|at| path(at).map_or_else(String::new, |part| part.path.join("."))).collect()
}

/// The sections of a file with their rows.
pub fn symbols(source: &str) -> Vec<Symbol> {
    symbols::of(&Outline::of(source, source.len()))
}

#[cfg(test)]
mod tests;
