//! Rule: only `crypto` names a cipher. The tests of `crypto` and `ledger` may, to check our work with
//! somebody else's.

use crate::{manifest::dependencies, tree::Tree};

/// Names of cipher, hash and signature crates; one that ends in `*` stands for a family.
const CIPHERS: &[&str] = &[
    "aes*",
    "argon2",
    "aws-lc*",
    "blake*",
    "boring*",
    "chacha20*",
    "cipher",
    "cmac",
    "crypto-*",
    "crypto_*",
    "curve25519*",
    "digest",
    "dryoc",
    "ecdsa",
    "ed25519*",
    "ed448*",
    "elliptic-curve",
    "ghash",
    "gost*",
    "hkdf",
    "hmac*",
    "k256",
    "libsodium*",
    "md-5",
    "md5",
    "ml-dsa",
    "ml-kem",
    "openssl*",
    "orion",
    "p256",
    "p384",
    "p521",
    "pbkdf2",
    "poly1305",
    "polyval",
    "ring",
    "rsa",
    "salsa20",
    "scrypt",
    "sha1*",
    "sha2*",
    "sha3*",
    "sodiumoxide",
    "subtle",
    "tiny-keccak",
    "x25519*",
    "x448",
    "xsalsa20*",
];

fn is_cipher(name: &str) -> bool {
    CIPHERS.iter().any(|cipher| match cipher.strip_suffix('*') {
        Some(family) => name.starts_with(family),
        None => name == *cipher,
    })
}

fn faults(tree: &Tree) -> Vec<String> {
    dependencies(tree)
        .iter()
        .filter(|one| !one.ours && is_cipher(&one.name))
        .filter(|one| one.of != "crypto" && !(one.dev && one.of == "ledger"))
        .map(|one| format!("`{}` names the cipher crate `{}`", one.of, one.name))
        .collect()
}

#[test]
fn only_crypto_names_a_cipher() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_cipher_outside_crypto_is_found() {
    let tree = Tree::of(&[
        ("crates/engine/Cargo.toml", "[package]\nname = 'engine'\n[dependencies]\nsha2 = '1'"),
        ("crates/ledger/Cargo.toml", "[package]\nname = 'ledger'\n[dev-dependencies]\nsha2 = '1'"),
        ("crates/store/Cargo.toml", "[package]\nname = 'store'\n[dev-dependencies]\nring = '1'"),
        ("crates/crypto/Cargo.toml", "[package]\nname = 'crypto'\n[dependencies]\naws-lc-rs = '1'"),
    ]);
    let expected =
        ["`engine` names the cipher crate `sha2`", "`store` names the cipher crate `ring`"];
    assert_eq!(faults(&tree), expected);
}
