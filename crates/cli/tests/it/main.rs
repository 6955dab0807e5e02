//! The real binary, as a person at a terminal and a supervisor of processes use it.
#![expect(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a test that cannot go on fails"
)]

mod basics;
mod check;
mod diff;
mod folder;
mod inputs;
mod janji;
mod kills;
mod lsp;
mod proofs;
mod serving;
mod versions;
