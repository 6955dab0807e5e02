//! Rule: each dependency has its reason in CONTRIBUTING.md, and each row there is a dependency.

use std::collections::BTreeSet;

use crate::{manifest::dependencies, tree::Tree};

/// The crates that the dependency table names: a row begins with the name in backticks.
fn explained(text: &str) -> BTreeSet<&str> {
    text.lines()
        .skip_while(|line| !(line.starts_with('#') && line.ends_with("Dependencies")))
        .skip(1)
        .take_while(|line| !line.starts_with('#'))
        .filter_map(|line| line.strip_prefix("| `")?.split('`').next())
        .collect()
}

fn faults(tree: &Tree) -> Vec<String> {
    let all = dependencies(tree);
    let named: BTreeSet<&str> =
        all.iter().filter(|one| !one.ours).map(|one| one.name.as_str()).collect();
    let explained = explained(tree.text("CONTRIBUTING.md"));
    let unexplained = named.difference(&explained).map(|name| format!("`{name}` has no row"));
    let stale = explained.difference(&named).map(|name| format!("`{name}` is no dependency"));
    unexplained.chain(stale).collect()
}

#[test]
fn each_dependency_has_its_reason_in_contributing() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_dependency_without_a_reason_is_found() {
    let text =
        "## Dependencies\n| crate | why |\n|---|---|\n| `a` | x |\n| `c` | y |\n## Tests\n| `b` |";
    let tree = Tree::of(&[
        ("CONTRIBUTING.md", text),
        ("Cargo.toml", "[workspace.dependencies]\nx = { path = 'crates/x' }"),
        ("crates/x/Cargo.toml", "[package]\nname = 'x'\n[dependencies]\na = '1'\nb = '1'"),
    ]);
    assert_eq!(faults(&tree), ["`b` has no row", "`c` is no dependency"]);
}
