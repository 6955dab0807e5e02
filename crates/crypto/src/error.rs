//! Why something sealed did not open, and the end of the process when a primitive breaks.

/// Why a sealed value did not open; no variant carries a byte of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum OpenError {
    /// Shorter than its own header, or cut inside a chunk: the bytes were damaged or are no seal.
    #[error("the sealed value is too short")]
    Short,
    /// Written by a newer release: upgrade before reading.
    #[error("sealed in version {0}, which this release does not know")]
    Version(u8),
    /// Written with a cipher this release does not have: upgrade before reading.
    #[error("sealed with algorithm {0}, which this release does not know")]
    Algorithm(u8),
    /// The header names another schema or slot than the row it was found in.
    #[error("the sealed value belongs to another place")]
    Place,
    /// The commitment does not match: this key never sealed it.
    #[error("sealed under another key")]
    Key,
    /// The key is right, the bytes, their order, their end or their place are not.
    #[error("the sealed value was altered or moved")]
    Altered,
}

/// Unwraps the answer of a primitive that cannot fail with the sizes this crate gives it.
///
/// When it fails all the same the library is broken; going on could store clear text or a weak key,
/// so the process ends.
pub(crate) fn sure<T, E>(result: Result<T, E>) -> T {
    match result {
        Ok(value) => value,
        Err(_) => std::process::abort(),
    }
}
