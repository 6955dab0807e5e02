//! The house rules as tests. Each module checks one rule over the files of the workspace, and shows on a
//! small bad example that it would notice.
#![expect(clippy::expect_used, reason = "a tree that cannot be read is a failed test")]

mod apart;
mod arrows;
mod ciphers;
mod grants;
mod guards;
mod manifest;
mod pages;
mod places;
mod reasons;
mod rust;
mod size;
mod statements;
mod tree;
