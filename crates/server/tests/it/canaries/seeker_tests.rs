//! The seeker finds what is planted, in each form, and nothing where nothing is.

use std::io::Write as _;

use flate2::{
    Compression,
    write::{DeflateEncoder, GzEncoder, ZlibEncoder},
};

use super::{
    marks::Chance,
    seeker::{Found, Seeker},
};

const MARK: &str = "ZqSariDewi+8841/x";

/// Noise with something planted in the middle of it.
fn around(planted: &[u8]) -> Vec<u8> {
    let mut chance = Chance::new();
    let before = chance.bytes(701);
    [before.as_slice(), planted, &chance.bytes(509)].concat()
}

fn found(planted: &[u8]) -> Vec<String> {
    let found: Vec<Found> = Seeker::new(&[MARK]).seek(&around(planted));
    found.into_iter().filter(|one| one.mark == MARK).map(|one| one.form).collect()
}

#[track_caller]
fn finds(form: &str, planted: &[u8]) {
    assert!(found(planted).iter().any(|known| known == form), "{form}: {:?}", found(planted));
}

#[test]
fn a_mark_is_found_in_each_plain_form() {
    let each = |write: fn(u8) -> String| MARK.bytes().map(write).collect::<Vec<_>>().concat();
    let hex = each(|byte| format!("{byte:02x}"));
    let escaped = each(|byte| format!("\\u{byte:04x}"));
    let percent = each(|byte| format!("%{byte:02X}"));
    let reversed: String = MARK.chars().rev().collect();
    let wide =
        |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> { MARK.encode_utf16().flat_map(bytes).collect() };
    finds("clear", MARK.as_bytes());
    finds("lower case", b"zqsaridewi+8841/x");
    finds("upper case", b"ZQSARIDEWI+8841/X");
    finds("hex", hex.as_bytes());
    finds("HEX", hex.to_uppercase().as_bytes());
    finds("JSON-escaped", escaped.as_bytes());
    finds("percent-encoded", percent.as_bytes());
    finds("percent-encoded", percent.to_lowercase().as_bytes());
    finds("percent-encoded where needed", b"?q=ZqSariDewi%2B8841%2Fx&");
    finds("reversed", reversed.as_bytes());
    finds("UTF-16LE", &wide(u16::to_le_bytes));
    finds("UTF-16BE", &wide(u16::to_be_bytes));
    finds("debug of bytes", format!("{:?}", MARK.as_bytes()).as_bytes());
}

/// Written by another hand than the seeker's: `base64` of coreutils gave these.
#[test]
fn a_mark_is_found_in_base64_at_each_alignment() {
    for planted in [
        "WnFTYXJpRGV3aSs4ODQxL3g=",
        "eFpxU2FyaURld2krODg0MS94",
        "eHhacVNhcmlEZXdpKzg4NDEveA==",
        "eHh4WnFTYXJpRGV3aSs4ODQxL3h5eQ==",
    ] {
        finds("base64", planted.as_bytes());
    }
    let odd = "Zq??>>~~ÿÿ>>";
    let seeker = Seeker::new(&[odd]);
    for (form, planted) in
        [("base64", "WnE/Pz4+fn7Dv8O/Pj4="), ("base64url", "WnE_Pz4-fn7Dv8O_Pj4=")]
    {
        let found = seeker.seek(&around(planted.as_bytes()));
        assert!(found.iter().any(|one| one.form == form), "{form}: {found:?}");
    }
}

#[test]
fn a_mark_is_found_inside_compressed_streams() {
    let text = format!("{{\"name\":\"{MARK}\",\"kind\":\"some words around it, some words\"}}");
    for level in [Compression::none(), Compression::fast(), Compression::best()] {
        let mut zlib = ZlibEncoder::new(Vec::new(), level);
        let mut deflate = DeflateEncoder::new(Vec::new(), level);
        let mut gzip = GzEncoder::new(Vec::new(), level);
        zlib.write_all(text.as_bytes()).unwrap();
        deflate.write_all(text.as_bytes()).unwrap();
        gzip.write_all(text.as_bytes()).unwrap();
        let deflated = deflate.finish().unwrap();
        finds("clear, compressed", &deflated);
        finds("clear, compressed", &zlib.finish().unwrap());
        finds("clear, compressed", &gzip.finish().unwrap());
    }
    let named = flate2::GzBuilder::new().filename("a-name").comment("a comment").extra("extra");
    let mut named = named.write(Vec::new(), Compression::best());
    named.write_all(text.as_bytes()).unwrap();
    finds("clear, compressed", &named.finish().unwrap());
    let long: Vec<u8> = Chance::new().bytes(40_000);
    let mut deep = ZlibEncoder::new(Vec::new(), Compression::best());
    deep.write_all(&[&long, text.as_bytes(), &long].concat()).unwrap();
    finds("clear, compressed", &deep.finish().unwrap());
}

#[test]
fn addresses_and_numbers_are_found_in_binary_too() {
    let seeker = Seeker::new(&["2001:db8:1:2:3:4:5:6", "-7.125987654"]);
    let address = "2001:db8:1:2:3:4:5:6".parse::<std::net::Ipv6Addr>().unwrap().octets();
    for planted in [address.to_vec(), (-7.125_987_654_f64).to_le_bytes().to_vec()] {
        assert!(!seeker.seek(&around(&planted)).is_empty(), "{planted:?}");
    }
}

#[test]
fn nothing_is_found_in_noise() {
    let seeker = Seeker::new(&[MARK]);
    assert_eq!(seeker.seek(&Chance::new().bytes(100_000)), []);
    assert_eq!(seeker.seek(b""), []);
    assert_eq!(seeker.seek(b"ZqSariDewi+8841/"), []);
}
