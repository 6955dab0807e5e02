//! Rule: a source file has at most 600 lines, tests apart; most have 80 to 300.

use crate::tree::Tree;

const LIMIT: usize = 600;

fn faults(tree: &Tree) -> Vec<String> {
    tree.rust()
        .filter(|file| !file.is_test())
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LIMIT)
        .map(|(file, lines)| format!("{}: {lines} lines, more than {LIMIT}", file.path))
        .collect()
}

#[test]
fn a_file_has_at_most_600_lines() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_file_that_is_too_long_is_found() {
    let (long, fits) = ("\n".repeat(LIMIT + 1), "\n".repeat(LIMIT));
    let tree = Tree::of(&[
        ("crates/x/src/long.rs", &long),
        ("crates/x/src/fits.rs", &fits),
        ("crates/x/src/long/tests.rs", &long),
    ]);
    assert_eq!(faults(&tree), ["crates/x/src/long.rs: 601 lines, more than 600"]);
}
