//! Rule: only the engine's `decision` module mints grants. Clippy refuses the call; this test also sees
//! code that is compiled only under a feature or on another system.

use crate::{rust::cut, tree::Tree};

const MINT: &str = "Grant::mint";

fn faults(tree: &Tree) -> Vec<String> {
    tree.rust()
        .filter(|file| !file.is_of("crypto") && file.path != "crates/engine/src/decision.rs")
        .filter(|file| cut(&file.text).code.contains(MINT))
        .map(|file| format!("{}: names {MINT}", file.path))
        .collect()
}

#[test]
fn only_the_decision_module_mints_grants() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_grant_minted_elsewhere_is_found() {
    let call = "fn f() { crypto::Grant::mint(Ground::Purpose); }";
    let tree = Tree::of(&[
        ("crates/crypto/src/personal.rs", call),
        ("crates/engine/src/decision.rs", call),
        ("crates/engine/src/export.rs", call),
        ("crates/engine/src/told.rs", "// never call Grant::mint here\n"),
    ]);
    assert_eq!(faults(&tree), ["crates/engine/src/export.rs: names Grant::mint"]);
}
