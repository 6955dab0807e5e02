//! The tests of the crate, all below one name, so that `make pdf` can call them together with those of the
//! server and of the command line that have to do with it.
#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking")]

mod pdf;
