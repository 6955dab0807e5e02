//! The interface from outside: a real server on a free port, a temporary folder, a clock that is told the time.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod blobs;
mod canaries;
mod children;
mod choices;
mod closing;
mod companies;
mod hosts;
mod idempotency;
mod limits;
mod pages;
mod people;
mod promises;
mod roles;
mod scenarios;
mod screening;
mod statutory;
mod walls;
mod world;
