//! Finds marks in bytes, in every form in which a careless program might leave them: clear, encoded, reversed,
//! in other alphabets, and inside compressed streams.

use std::collections::HashMap;

use flate2::{Decompress, FlushDecompress};

/// A mark that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Found {
    /// Which mark.
    pub(crate) mark: String,
    /// In which form.
    pub(crate) form: String,
    /// Where.
    pub(crate) at: usize,
}

struct Pattern {
    mark: usize,
    form: &'static str,
    bytes: Vec<u8>,
}

/// The marks in all their forms, ready to be looked for.
pub(crate) struct Seeker {
    marks: Vec<String>,
    patterns: Vec<Pattern>,
    /// Patterns by their first four bytes.
    begins: HashMap<[u8; 4], Vec<usize>>,
    /// Which two bytes begin any: most places are ruled out by this alone.
    gate: Vec<bool>,
}

/// The most bytes that one stream is inflated to.
const MOST: usize = 1 << 20;
/// Streams that give less are noise.
const LEAST: usize = 16;

impl Seeker {
    pub(crate) fn new(marks: &[impl AsRef<str>]) -> Seeker {
        let marks: Vec<String> = marks.iter().map(|mark| mark.as_ref().to_owned()).collect();
        let mut seeker = Seeker {
            patterns: Vec::new(),
            begins: HashMap::new(),
            gate: vec![false; 1 << 16],
            marks: marks.clone(),
        };
        for (number, mark) in marks.iter().enumerate() {
            for (form, bytes) in forms(mark) {
                seeker.add(number, form, bytes);
            }
        }
        seeker
    }

    fn add(&mut self, mark: usize, form: &'static str, bytes: Vec<u8>) {
        assert!(bytes.len() >= 4, "{form} of {} is too short", self.marks[mark]);
        let mut own = self.patterns.iter().rev().take_while(|known| known.mark == mark);
        if own.any(|known| known.bytes == bytes) {
            return;
        }
        let begin = [bytes[0], bytes[1], bytes[2], bytes[3]];
        self.gate[usize::from(u16::from_be_bytes([bytes[0], bytes[1]]))] = true;
        self.begins.entry(begin).or_default().push(self.patterns.len());
        self.patterns.push(Pattern { mark, form, bytes });
    }

    /// Everything that is found in these bytes and in whatever was compressed into them.
    pub(crate) fn seek(&self, bytes: &[u8]) -> Vec<Found> {
        let mut found = self.plain(bytes);
        for (at, inside) in streams(bytes) {
            let inside = self.plain(&inside).into_iter();
            found.extend(inside.map(|one| {
                let form = format!("{}, compressed", one.form);
                Found { form, at, ..one }
            }));
        }
        found
    }

    /// Everything that is found in these bytes as they are.
    pub(crate) fn plain(&self, bytes: &[u8]) -> Vec<Found> {
        let mut found = Vec::new();
        for (at, begin) in bytes.windows(4).enumerate() {
            if !self.gate[usize::from(u16::from_be_bytes([begin[0], begin[1]]))] {
                continue;
            }
            let begin = [begin[0], begin[1], begin[2], begin[3]];
            for number in self.begins.get(&begin).into_iter().flatten() {
                let pattern = &self.patterns[*number];
                if bytes[at..].starts_with(&pattern.bytes) {
                    let (mark, form) = (self.marks[pattern.mark].clone(), pattern.form.to_owned());
                    found.push(Found { mark, form, at });
                }
            }
        }
        found
    }
}

/// A mark as programs write it.
fn forms(mark: &str) -> Vec<(&'static str, Vec<u8>)> {
    let clear = mark.as_bytes();
    let each = |write: fn(u8) -> String| -> Vec<u8> {
        clear.iter().map(|byte| write(*byte)).collect::<String>().into_bytes()
    };
    let mut forms = vec![
        ("clear", clear.to_vec()),
        ("lower case", mark.to_lowercase().into_bytes()),
        ("upper case", mark.to_uppercase().into_bytes()),
        ("reversed", clear.iter().rev().copied().collect()),
        ("hex", each(|byte| format!("{byte:02x}"))),
        ("HEX", each(|byte| format!("{byte:02X}"))),
        ("UTF-16LE", mark.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("UTF-16BE", mark.encode_utf16().flat_map(u16::to_be_bytes).collect()),
        ("JSON-escaped", each(|byte| format!("\\u{byte:04x}"))),
        ("JSON-escaped", each(|byte| format!("\\u{byte:04X}"))),
        ("percent-encoded", each(|byte| format!("%{byte:02X}"))),
        ("percent-encoded", each(|byte| format!("%{byte:02x}"))),
        ("percent-encoded where needed", percent(clear).into_bytes()),
        ("debug of bytes", debug(clear)),
    ];
    for shift in 0..3 {
        forms.push(("base64", base64(clear, shift, false)));
        forms.push(("base64url", base64(clear, shift, true)));
    }
    if let Ok(address) = mark.parse::<std::net::Ipv6Addr>() {
        forms.push(("address in binary", address.octets().to_vec()));
    }
    if let Ok(number) = mark.parse::<f64>()
        && mark.contains('.')
    {
        forms.push(("number in binary", number.to_be_bytes().to_vec()));
        forms.push(("number in binary", number.to_le_bytes().to_vec()));
    }
    forms
}

fn percent(bytes: &[u8]) -> String {
    let kept = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    let each = bytes.iter().map(|byte| match byte {
        byte if kept(*byte) => char::from(*byte).to_string(),
        byte => format!("%{byte:02X}"),
    });
    each.collect()
}

/// `[90, 113, …` without the brackets, as a derived `Debug` prints bytes.
fn debug(bytes: &[u8]) -> Vec<u8> {
    let numbers: Vec<String> = bytes.iter().map(u8::to_string).collect();
    numbers.join(", ").into_bytes()
}

/// The letters of base64 that this mark alone decides when `shift` bytes stand before it.
fn base64(mark: &[u8], shift: usize, url: bool) -> Vec<u8> {
    let alphabet = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    let last = if url { b"-_" } else { b"+/" };
    let letter = |six: usize| alphabet.get(six).copied().unwrap_or_else(|| last[six - 62]);
    let bits: Vec<bool> = std::iter::repeat_n(0, shift)
        .chain(mark.iter().copied())
        .flat_map(|byte| (0..8).rev().map(move |bit| byte >> bit & 1 == 1))
        .collect();
    let letters = bits
        .chunks_exact(6)
        .map(|six| letter(six.iter().fold(0, |number, bit| number << 1 | usize::from(*bit))));
    letters.skip((shift * 8).div_ceil(6)).collect()
}

/// Everything in these bytes that inflates, with its place. A zlib or gzip stream is a deflate stream some
/// bytes further on, so trying each place finds all three.
pub(crate) fn streams(bytes: &[u8]) -> Vec<(usize, Vec<u8>)> {
    let mut found = Vec::new();
    let mut raw = Decompress::new(false);
    let mut out = vec![0; MOST];
    for at in 0..bytes.len() {
        let rest = &bytes[at..];
        if !plausible(rest) {
            continue;
        }
        raw.reset(false);
        // A stream that breaks off has given what came before.
        let _ = raw.decompress(rest, &mut out, FlushDecompress::None);
        let length = usize::try_from(raw.total_out()).unwrap();
        if length >= LEAST {
            found.push((at, out[..length].to_vec()));
        }
    }
    found
}

/// Whether a deflate stream can begin so: a stored block says its length twice, and no block has type 3.
fn plausible(body: &[u8]) -> bool {
    match body {
        [head, low, high, low_not, high_not, ..] if head & 6 == 0 => {
            *low == !low_not && *high == !high_not
        }
        [head, second, ..] if head & 6 == 4 => head >> 3 <= 29 && second & 31 <= 29,
        [head, ..] => head & 6 == 2,
        [] => false,
    }
}
