//! Pictures without what the camera wrote beside them: EXIF, XMP and comments hold places, devices, names.

/// The picture without metadata; `None` when it is neither a JPEG nor a PNG.
pub(super) fn stripped(bytes: &[u8]) -> Option<Vec<u8>> {
    if bytes.starts_with(&[0xff, 0xd8]) {
        jpeg(bytes)
    } else if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        png(bytes)
    } else {
        None
    }
}

/// JPEG (ITU-T T.81): segments up to the scan; APP1 to APP15 and comments are left out, but APP2 (colour
/// profile) and APP14 (colour transform) change how the picture looks and stay.
fn jpeg(bytes: &[u8]) -> Option<Vec<u8>> {
    let (start, mut rest) = bytes.split_at_checked(2)?;
    let mut out = start.to_vec();
    loop {
        let [0xff, marker, high, low, ..] = *rest else { return None };
        let len = usize::from(u16::from_be_bytes([high, low])) + 2;
        let (segment, after) = rest.split_at_checked(len)?;
        let metadata = matches!(marker, 0xe1 | 0xe3..=0xed | 0xef | 0xfe);
        if !metadata {
            out.extend_from_slice(segment);
        }
        if marker == 0xda {
            out.extend_from_slice(scans(after));
            return Some(out);
        }
        rest = after;
    }
}

/// Everything up to the end-of-image marker; cameras hide previews behind it.
fn scans(bytes: &[u8]) -> &[u8] {
    let end = bytes.windows(2).position(|pair| pair == [0xff, 0xd9]);
    end.and_then(|at| bytes.get(..at + 2)).unwrap_or(bytes)
}

/// PNG (ISO/IEC 15948): text, time and EXIF chunks are left out, and what follows the end.
fn png(bytes: &[u8]) -> Option<Vec<u8>> {
    let (signature, mut rest) = bytes.split_at_checked(8)?;
    let mut out = signature.to_vec();
    loop {
        let length: [u8; 4] = rest.get(..4)?.try_into().ok()?;
        let len = usize::try_from(u32::from_be_bytes(length)).ok()?.checked_add(12)?;
        let (chunk, after) = rest.split_at_checked(len)?;
        let kind = chunk.get(4..8)?;
        if !matches!(kind, b"tEXt" | b"zTXt" | b"iTXt" | b"eXIf" | b"tIME") {
            out.extend_from_slice(chunk);
        }
        if kind == b"IEND" {
            return Some(out);
        }
        rest = after;
    }
}
