//! The list of what is in a set: written last, so that a set without one is no set.

use std::path::{Component, Path};

use serde::{Deserialize, Serialize};

use crate::refusal::Refusal;

/// Its name in the set.
pub(crate) const MANIFEST: &str = "manifest.json";
pub(super) const FORMAT: &str = "janji backup v1";

/// Everything a restore must know before it copies a byte.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Manifest {
    /// Which form this is.
    pub(crate) format: String,
    /// When it was begun, in RFC 3339.
    pub(crate) at: String,
    /// The epoch whose copy of the guard belongs to it; a newer one will do.
    pub(crate) epoch: u64,
    /// The newest record of the guard journal at its end: an escrow must know at least this one.
    pub(crate) journal: u64,
    /// The files.
    pub(crate) files: Vec<Row>,
}

/// One file of a set.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Row {
    /// Where it lies, in the set and in the data folder.
    pub(crate) path: String,
    /// Its length in bytes.
    pub(crate) size: u64,
    /// SHA-256, in hexadecimal.
    pub(crate) sha256: String,
}

impl Manifest {
    /// Reads a manifest. A path that leads out of the set is refused with all the rest.
    pub(crate) fn parse(bytes: &[u8]) -> Result<Manifest, Refusal> {
        let read: Option<Manifest> = serde_json::from_slice(bytes).ok();
        let inside = |row: &Row| {
            let mut parts = Path::new(&row.path).components();
            !row.path.is_empty() && parts.all(|part| matches!(part, Component::Normal(_)))
        };
        read.filter(|manifest| manifest.format == FORMAT && manifest.files.iter().all(inside))
            .ok_or_else(|| Refusal::Refused("the manifest of the backup cannot be read".to_owned()))
    }
}
