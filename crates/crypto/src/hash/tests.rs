use super::*;
use crate::testing::{hex, key};

/// RFC 4231, test cases 1, 2, 3, 4 and 6.
#[test]
fn hmac_agrees_with_rfc_4231() {
    let cases: [(Vec<u8>, Vec<u8>, &str); 5] = [
        (
            vec![0x0b; 20],
            b"Hi There".to_vec(),
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        ),
        (
            b"Jefe".to_vec(),
            b"what do ya want for nothing?".to_vec(),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        ),
        (
            vec![0xaa; 20],
            vec![0xdd; 50],
            "773ea91e36800e46854db8ebd09181a72959098b3ef8c122d9635514ced565fe",
        ),
        (
            (1..=25).collect(),
            vec![0xcd; 50],
            "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b",
        ),
        (
            vec![0xaa; 131],
            b"Test Using Larger Than Block-Size Key - Hash Key First".to_vec(),
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        ),
    ];
    for (key, message, expected) in cases {
        let mut context = hmac::Context::with_key(&hmac_key(&key));
        context.update(&message);
        assert_eq!(finish(context).to_vec(), hex(expected));
    }
}

#[test]
fn a_tag_is_the_hmac_of_its_parts_with_their_lengths() {
    let message = [&8_u64.to_be_bytes()[..], b"Hi There", &0_u64.to_be_bytes()].concat();
    let mut context = hmac::Context::with_key(&hmac_key(&[3; 32]));
    context.update(&message);

    assert_eq!(tag(&key(3), &[b"Hi There", b""]), finish(context));
}

#[test]
fn a_tag_tells_where_parts_end() {
    let tags = [
        tag(&key(1), &[b"ab", b"c"]),
        tag(&key(1), &[b"a", b"bc"]),
        tag(&key(1), &[b"abc"]),
        tag(&key(1), &[b"abc", b""]),
        tag(&key(2), &[b"abc"]),
        derive(&key(1), "abc", &[]),
    ];
    for (at, a) in tags.iter().enumerate() {
        assert!(tags.iter().skip(at + 1).all(|b| a != b));
    }
}

#[test]
fn sha256_joins_its_parts() {
    let empty = hex("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
    let abc = hex("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");

    assert_eq!(sha256(&[]).to_vec(), empty);
    assert_eq!(sha256(&[b"a", b"", b"bc"]).to_vec(), abc);
}

#[test]
fn same_compares_whole_slices() {
    assert!(same(b"", b""));
    assert!(same(b"abc", b"abc"));
    assert!(!same(b"abc", b"abd"));
    assert!(!same(b"abc", b"ab"));
}

#[test]
fn a_hash_in_pieces_is_the_hash_of_the_whole() {
    let mut digest = Digest::default();
    for piece in [&b"one "[..], b"", b"whole"] {
        digest.update(piece);
    }
    assert_eq!(digest.finish(), sha256(&[b"one whole"]));
}
