//! Media types lie in clear beside the sealed bytes. So they are words of this list, never a client's own text.

/// What people hand in, and programs know how to show.
const KNOWN: [&str; 26] = [
    "application/epub+zip",
    "application/gzip",
    "application/json",
    "application/msword",
    "application/pdf",
    "application/rtf",
    "application/vnd.ms-excel",
    "application/vnd.ms-powerpoint",
    "application/vnd.oasis.opendocument.presentation",
    "application/vnd.oasis.opendocument.spreadsheet",
    "application/vnd.oasis.opendocument.text",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "application/xml",
    "application/zip",
    "audio/mpeg",
    "audio/ogg",
    "image/gif",
    "image/jpeg",
    "image/png",
    "image/webp",
    "text/csv",
    "text/markdown",
    "text/plain",
    "video/mp4",
];
/// Bytes of any kind (RFC 2046).
const ANY: &str = "application/octet-stream";

/// The word for a declared media type; `None` when it is none at all.
pub(super) fn known(declared: &str) -> Option<&'static str> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b"/.+-".contains(&b);
    let parts = declared.split('/').count();
    if declared.len() > 100 || parts != 2 || !declared.bytes().all(plain) {
        return None;
    }
    let found = KNOWN.into_iter().find(|known| known.eq_ignore_ascii_case(declared));
    Some(found.unwrap_or(ANY))
}
