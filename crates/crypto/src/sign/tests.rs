use super::*;
use crate::Seeded;
use crate::testing::hex;

/// RFC 8032, section 7.1, tests 1 to 3.
#[test]
fn signatures_agree_with_rfc_8032() {
    let cases = [
        (
            "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
            "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a",
            "",
            "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        ),
        (
            "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
            "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c",
            "72",
            "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        ),
        (
            "c5aa8df43f9f837bedb7442f31dcb7b166d38535076f094b85ce3a2e0b4458f7",
            "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025",
            "af82",
            "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a",
        ),
    ];
    for (seed, public, message, signature) in cases {
        let key = SigningKey::from_seed(&hex(seed).try_into().unwrap());

        assert_eq!(key.verify_key().bytes()[..], hex(public));
        assert_eq!(key.sign(&hex(message))[..], hex(signature));
        assert!(key.verify_key().verify(&hex(message), &hex(signature).try_into().unwrap()));
    }
}

#[test]
fn each_flipped_bit_of_message_key_or_signature_fails() {
    let key = SigningKey::generate(&mut Seeded::new(1));
    let (message, signature) = (*b"checkpoint", key.sign(b"checkpoint"));

    for bit in 0..8 * message.len() {
        let mut changed = message;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!key.verify_key().verify(&changed, &signature));
    }
    for bit in 0..8 * 64 {
        let mut changed = signature;
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!key.verify_key().verify(&message, &changed));
    }
    for bit in 0..8 * 32 {
        let mut changed = *key.verify_key().bytes();
        changed[bit / 8] ^= 1 << (bit % 8);
        assert!(!VerifyKey::from_bytes(changed).verify(&message, &signature));
    }
}

#[test]
fn a_key_lives_on_as_its_seed_and_does_not_print() {
    let key = SigningKey::generate(&mut Seeded::new(1));

    assert_eq!(SigningKey::from_seed(key.seed()).verify_key(), key.verify_key());
    assert_eq!(format!("{key:?}"), "[signing key]");
}
