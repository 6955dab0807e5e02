//! A simulated disk for crash tests: it fails, loses what was not synced and tears writes, alike for
//! our own files ([`store::disk::Disk`]) and for SQLite (a VFS of its own). All of it is in memory.
//!
//! It holds the only `unsafe` of the workspace and is for tests alone; no product crate may depend on it.

mod chance;
mod contents;
mod disk;
mod failure;
mod locks;
mod names;
mod ours;
mod shm;
mod state;
mod trace;
mod vfs;

pub use disk::SimDisk;
pub use failure::{Crash, Fault};
pub use trace::Event;

#[cfg(test)]
mod tests;
