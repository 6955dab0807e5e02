//! Rule: the project stands alone. No file names a place on somebody's machine or the tools around it.

use crate::tree::Tree;

/// In two halves, so that this file does not name them either.
const PLACES: &[(&str, &str)] = &[
    ("/wo", "rk/"),
    ("../sha", "red"),
    ("/ro", "ot/"),
    ("/ho", "me/"),
    ("/Us", "ers/"),
    ("C:\\", "Users"),
    ("bash_", "jobs"),
    ("help", "er-"),
];

fn faults(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    // Cargo writes the lock file, and names in it are other people's.
    for file in tree.files().filter(|file| file.path != "Cargo.lock") {
        for (number, line) in file.text.lines().enumerate() {
            for (head, tail) in PLACES {
                if line.contains(&format!("{head}{tail}")) {
                    found.push(format!("{}:{}: names `{head}{tail}`", file.path, number + 1));
                }
            }
        }
    }
    found
}

#[test]
fn no_file_names_a_place_on_somebodys_machine() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_named_place_is_found() {
    for (head, tail) in PLACES {
        let text = format!("first\nsee {head}{tail}x\n");
        let found = faults(&Tree::of(&[("docs/x.md", &text), ("Cargo.lock", &text)]));
        assert_eq!(found, [format!("docs/x.md:2: names `{head}{tail}`")]);
    }
    let routes = Tree::of(&[("README.md", "GET /v1/workspaces/mine, crates/workplace/src")]);
    assert_eq!(faults(&routes), Vec::<String>::new());
}
