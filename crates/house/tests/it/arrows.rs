//! Rule: arrows between the crates point down, and only along the lines of ARCHITECTURE.md.

use crate::{manifest::dependencies, tree::Tree};

/// What each package may name outside its tests. A new line here is a change to the architecture.
const ARROWS: &[(&str, &[&str])] = &[
    ("janji", &["server", "engine", "policy", "ledger"]),
    ("server", &["workplace", "connectors", "engine", "pdf"]),
    ("pdf", &["policy"]),
    ("workplace", &["engine"]),
    ("connectors", &["engine"]),
    ("engine", &["policy", "store", "ledger", "crypto"]),
    ("store", &["crypto"]),
    ("ledger", &["crypto"]),
    ("faults", &["store"]),
];

fn faults(tree: &Tree) -> Vec<String> {
    let drawn = |from: &str, to: &str| {
        ARROWS.iter().any(|(package, below)| *package == from && below.contains(&to))
    };
    dependencies(tree)
        .iter()
        .filter(|one| one.ours && !one.dev && one.of != "workspace")
        .filter(|one| !drawn(&one.of, &one.name))
        .map(|one| format!("`{}` may not depend on `{}`", one.of, one.name))
        .collect()
}

#[test]
fn arrows_between_crates_point_down() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn an_arrow_that_points_up_is_found() {
    let package = |name: &str, rest: &str| format!("[package]\nname = '{name}'\n{rest}");
    let store = package("store", "[dependencies]\nengine = { path = '../engine' }");
    let engine = package("engine", "[dependencies]\nfaults.workspace = true");
    let faulty = package("faults", "[dev-dependencies]\nengine = { path = '../engine' }");
    let tree = Tree::of(&[
        ("crates/store/Cargo.toml", &store),
        ("crates/engine/Cargo.toml", &engine),
        ("crates/faults/Cargo.toml", &faulty),
    ]);
    let expected = ["`store` may not depend on `engine`", "`engine` may not depend on `faults`"];
    assert_eq!(faults(&tree), expected);
}
