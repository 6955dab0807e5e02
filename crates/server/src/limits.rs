//! What one request may be, as one table: enforced here, published in the API description.

use std::time::Duration;

/// The largest JSON body, in bytes.
pub const JSON_BODY: usize = 256 * 1024;
/// The largest blob, in bytes.
pub const BLOB_BODY: usize = engine::blob::LARGEST;
/// How much of a body too large is read all the same, so that its sender sees the refusal.
pub const DRAINED: usize = 32 * 1024 * 1024;
/// How long the body of a refused request is waited for.
pub const DISMISSED: Duration = Duration::from_secs(1);
/// The longest path with its query, in bytes.
pub const URL: usize = 4 * 1024;
/// Head of a request, in bytes.
pub const HEAD: usize = 32 * 1024;
/// Header lines in a request.
pub const HEADERS: usize = 64;
/// How deep JSON may nest.
pub const JSON_DEPTH: usize = 16;
/// The longest `Idempotency-Key`, in bytes.
pub const IDEMPOTENCY_KEY: usize = 128;
/// Requests that are worked on at one time.
pub const IN_FLIGHT: usize = 512;
/// Connections that are open at one time.
pub const CONNECTIONS: usize = 2048;
/// How long one request may take.
pub const REQUEST_TIME: Duration = Duration::from_secs(30);
/// How long a client may take to send the head of a request.
pub const HEAD_TIME: Duration = Duration::from_secs(10);
/// Requests that a token may make in a second, over a longer time.
pub const RATE: u32 = 1_000;
/// Requests that a token may make at once.
pub const BURST: u32 = 2_000;
/// The most items that one answer lists.
pub const PAGE: usize = 200;

/// One row for the reference.
#[derive(Debug, Clone, Copy)]
pub struct Limit {
    /// What is limited.
    pub name: &'static str,
    /// How much is allowed.
    pub most: &'static str,
    /// The status of a request that asks for more.
    pub status: u16,
}

/// Every limit that a client can meet.
pub const LIMITS: &[Limit] = &[
    Limit { name: "JSON body", most: "256 KiB", status: 413 },
    Limit { name: "blob", most: "16 MiB", status: 413 },
    Limit { name: "nesting of JSON", most: "16 levels", status: 400 },
    Limit { name: "path with query", most: "4 KiB", status: 414 },
    Limit { name: "header lines", most: "32 KiB, 64 lines", status: 431 },
    Limit { name: "Idempotency-Key", most: "128 visible characters", status: 422 },
    Limit { name: "requests of one token", most: "1000 a second, 2000 at once", status: 429 },
    Limit { name: "requests at one time", most: "512", status: 503 },
    Limit { name: "time of one request", most: "30 seconds", status: 503 },
    Limit { name: "items in one answer", most: "200", status: 422 },
];
