//! Rule: one package stands apart from the default build, because it takes minutes, and `make pdf` finds all its
//! tests by a word in their names.

use toml::{Table, Value};

use crate::tree::Tree;

const APART: &str = "pdf";

fn faults(tree: &Tree) -> Vec<String> {
    let root: Table = tree.text("Cargo.toml").parse().expect("a manifest in TOML");
    let listed =
        root.get("workspace").and_then(|all| all.get("default-members")).and_then(Value::as_array);
    let listed: Vec<&str> = listed.into_iter().flatten().filter_map(Value::as_str).collect();
    let mut found = Vec::new();
    for file in tree.files() {
        let Some(folder) = file.path.strip_suffix("/Cargo.toml") else { continue };
        let apart = folder == format!("crates/{APART}");
        if listed.contains(&folder) == apart {
            found.push(format!("{folder}: in the default build, or apart by mistake"));
        }
    }
    for file in tree.rust().filter(|file| file.is_of(APART)) {
        let tests = file.text.split("#[test]").skip(1);
        let names = tests.filter_map(|rest| rest.split("fn ").nth(1)?.split('(').next());
        let seen = |name: &str| name.contains(APART) || file.path.contains("/tests/it/pdf/");
        let unseen = names.filter(|name| !seen(name));
        found.extend(unseen.map(|name| format!("{}: `make pdf` does not run {name}", file.path)));
    }
    found
}

#[test]
fn the_default_build_has_all_but_the_package_that_stands_apart() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_package_or_test_that_nothing_builds_is_found() {
    let tree = Tree::of(&[
        ("Cargo.toml", "[workspace]\ndefault-members = ['crates/a', 'crates/pdf']"),
        ("crates/a/Cargo.toml", ""),
        ("crates/b/Cargo.toml", ""),
        ("crates/pdf/Cargo.toml", ""),
        ("crates/pdf/src/x/tests.rs", "#[test]\nfn it_works() {}\n#[test]\nfn a_pdf_works() {}"),
        ("crates/pdf/tests/it/pdf/y.rs", "#[test]\nfn this_too() {}"),
    ]);
    let expected = [
        "crates/b: in the default build, or apart by mistake",
        "crates/pdf: in the default build, or apart by mistake",
        "crates/pdf/src/x/tests.rs: `make pdf` does not run it_works",
    ];
    assert_eq!(faults(&tree), expected);
}
