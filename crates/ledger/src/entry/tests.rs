use super::*;

#[test]
fn a_leaf_is_its_kind_and_a_salted_hash() {
    let (salt, detail) = ([9; 32], b"detail");
    let hash = sha256(&[&[&b"janji entry v1\0"[..], &salt, detail].concat()]);

    assert_eq!(commit(&salt, detail)[..], [&[1], &hash[..]].concat());
}

#[test]
fn a_checkpoint_leaf_hashes_the_body() {
    let hash = sha256(&[b"log.example\n0\n"]);

    assert_eq!(checkpoint_leaf("log.example\n0\n")[..], [&[2], &hash[..]].concat());
}

#[test]
fn salt_and_detail_both_change_the_leaf() {
    let leaf = commit(&[9; 32], b"detail");

    assert_ne!(leaf, commit(&[8; 32], b"detail"));
    assert_ne!(leaf, commit(&[9; 32], b"details"));
    assert_ne!(leaf[1..], checkpoint_leaf("detail")[1..]);
}
