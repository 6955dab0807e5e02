//! A small real picture for each clock-in, so that the demo stores pictures and not placeholders: a PNG
//! (ISO/IEC 15948) of a plain face on a coloured ground.

const SIDE: u32 = 24;

/// A picture whose colours follow from `seed`.
pub(crate) fn picture(seed: u64) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend_from_slice(&SIDE.to_be_bytes());
    head.extend_from_slice(&SIDE.to_be_bytes());
    head.extend_from_slice(&[8, 2, 0, 0, 0]);
    chunk(&mut out, *b"IHDR", &head);
    chunk(&mut out, *b"IDAT", &deflated(&pixels(seed)));
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn pixels(seed: u64) -> Vec<u8> {
    let [r, g, b, ..] = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15).to_be_bytes();
    let half = i64::from(SIDE) / 2;
    let mut rows = Vec::new();
    for y in 0..i64::from(SIDE) {
        rows.push(0);
        for x in 0..i64::from(SIDE) {
            let (dx, dy) = (x - half, y - half);
            let face = dx * dx + dy * dy < 81;
            let eye = dy == -3 && (dx.abs() == 3 || dx.abs() == 4);
            rows.extend_from_slice(&match (face, eye) {
                (true, true) => [40, 40, 40],
                (true, false) => [232, 190, 152],
                _ => [r, g, b],
            });
        }
    }
    rows
}

/// A zlib stream (RFC 1950) of one stored block: nothing is gained by compressing 2 kB.
fn deflated(bytes: &[u8]) -> Vec<u8> {
    let len = u16::try_from(bytes.len()).unwrap_or(u16::MAX);
    let mut out = vec![0x78, 0x01, 0x01];
    out.extend_from_slice(&len.to_le_bytes());
    out.extend_from_slice(&(!len).to_le_bytes());
    out.extend_from_slice(bytes);
    let (mut a, mut b) = (1_u32, 0_u32);
    for byte in bytes {
        a = (a + u32::from(*byte)) % 65521;
        b = (b + a) % 65521;
    }
    out.extend_from_slice(&((b << 16) | a).to_be_bytes());
    out
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], data: &[u8]) {
    out.extend_from_slice(&u32::try_from(data.len()).unwrap_or(0).to_be_bytes());
    let body = [kind.as_slice(), data].concat();
    out.extend_from_slice(&body);
    out.extend_from_slice(&crc(&body).to_be_bytes());
}

fn crc(bytes: &[u8]) -> u32 {
    let mut crc = u32::MAX;
    for byte in bytes {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 { (crc >> 1) ^ 0xedb8_8320 } else { crc >> 1 };
        }
    }
    !crc
}
