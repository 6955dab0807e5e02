//! Keys in pages of 256, pages in a tree of four levels, so that destroying one key rewrites a path of
//! four pages under fresh keys and leaves every older copy of the path without an opener.

mod cache;
mod page;
mod tree;

pub(crate) use cache::Cache;
pub(crate) use page::Page;
pub(crate) use tree::{Tree, TreeStore};

/// Keys in one page.
pub const FANOUT: u32 = 256;
/// Levels of the tree: slots are 32 bits, 8 for each level.
pub(crate) const LEVELS: u8 = 4;
