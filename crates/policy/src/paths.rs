//! Paths of rows and keys, and the patterns that name some of them.

use std::cell::Cell;

/// Paths in the order of the alphabet, so that a pattern looks only at those that begin as it does.
#[derive(Debug)]
pub(crate) struct Paths<'p> {
    sorted: Vec<(&'p str, usize)>,
    /// How many more paths may be compared: patterns without a beginning look at all of them.
    left: Cell<usize>,
}

/// What any policy may compare, and how many patterns without a beginning a large one may have besides.
const ANY: usize = 1_000_000;
const PATTERNS: usize = 100;

impl<'p> Paths<'p> {
    /// Paths with a number each, by which they are answered.
    pub(crate) fn of(paths: impl Iterator<Item = (&'p str, usize)>) -> Self {
        let mut sorted: Vec<(&str, usize)> = paths.collect();
        sorted.sort_unstable();
        let left = Cell::new(ANY + PATTERNS * sorted.len());
        Self { sorted, left }
    }

    /// The numbers of the paths that a pattern names; nothing when patterns have looked at too many.
    pub(crate) fn matching(&self, glob: &Glob<'_>) -> Option<impl Iterator<Item = usize>> {
        let from = self.sorted.partition_point(|(path, _)| *path < glob.first);
        let tail = self.sorted.get(from..).unwrap_or_default();
        let until = tail.partition_point(|(path, _)| path.starts_with(glob.first));
        let near = tail.get(..until).unwrap_or_default();
        // A path that is written out stands first among those that begin like it.
        let near = match glob.rest {
            None => near.get(..near.partition_point(|(path, _)| *path == glob.first)),
            Some(_) => Some(near),
        };
        let near = near.unwrap_or_default();
        self.left.set(self.left.get().checked_sub(near.len() + 1)?);
        let named = near.iter().filter(|(path, _)| glob.names(path));
        Some(named.map(|(_, number)| *number))
    }
}

/// A pattern: `*` stands for anything, so that `incident*` names a section and all its rows.
#[derive(Debug)]
pub(crate) struct Glob<'p> {
    first: &'p str,
    /// What must follow in this order, and what must stand at the end.
    rest: Option<(Vec<&'p str>, &'p str)>,
    /// No shorter path is named.
    least: usize,
}

impl<'p> Glob<'p> {
    pub(crate) fn of(pattern: &'p str) -> Self {
        let mut parts = pattern.split('*');
        let first = parts.next().unwrap_or_default();
        let last = parts.next_back();
        let middle: Vec<&str> = parts.filter(|part| !part.is_empty()).collect();
        let least = pattern.bytes().filter(|byte| *byte != b'*').count();
        Self { first, rest: last.map(|last| (middle, last)), least }
    }

    pub(crate) fn names(&self, path: &str) -> bool {
        if path.len() < self.least {
            return false;
        }
        let Some(mut rest) = path.strip_prefix(self.first) else { return false };
        let Some((middle, last)) = &self.rest else { return rest.is_empty() };
        for part in middle {
            let Some((_, after)) = rest.split_once(part) else { return false };
            rest = after;
        }
        rest.ends_with(last)
    }
}
