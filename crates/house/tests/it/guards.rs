//! Rule: each invariant of ARCHITECTURE.md names the test that guards it, and that test is there.

use std::collections::BTreeSet;

use crate::{rust::cut, tree::Tree};

/// How many there are; one more is a change to the architecture.
const INVARIANTS: usize = 12;

/// Each invariant with the tests it names.
fn invariants(text: &str) -> Vec<(&str, Vec<&str>)> {
    let section = text.split("\n## Invariants\n").nth(1).unwrap_or_default();
    let section = section.split("\n## ").next().unwrap_or_default();
    let mut found: Vec<(&str, Vec<&str>)> = Vec::new();
    for line in section.lines() {
        let number = line.split_once(". **").map_or("", |(number, _)| number);
        if !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) {
            found.push((number, Vec::new()));
        }
        let Some((_, tests)) = found.last_mut() else { continue };
        tests.extend(names(line));
    }
    found
}

/// The names after each "guarded by", which may be several joined by commas or "and".
fn names(line: &str) -> Vec<&str> {
    let mut names = Vec::new();
    for part in line.split("uarded by `").skip(1) {
        let mut pieces = part.split('`');
        names.extend(pieces.next());
        while let Some(", " | " and " | ", and ") = pieces.next() {
            names.extend(pieces.next());
        }
    }
    names
}

/// The functions that carry `#[test]`, or stand in a macro that gives it to them.
fn tests(tree: &Tree) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in tree.rust().filter(|file| file.is_test()) {
        let code = cut(&file.text).code;
        for part in code.split("fn ").skip(1) {
            let name = part.split(|c: char| !c.is_alphanumeric() && c != '_').next();
            found.extend(name.map(str::to_owned));
        }
    }
    found
}

fn faults(tree: &Tree) -> Vec<String> {
    let invariants = invariants(tree.text("ARCHITECTURE.md"));
    let tests = tests(tree);
    let mut found = Vec::new();
    if invariants.len() != INVARIANTS {
        found.push(format!("{} invariants instead of {INVARIANTS}", invariants.len()));
    }
    for (number, named) in invariants {
        if named.is_empty() {
            found.push(format!("invariant {number} names no test"));
        }
        for name in named.iter().filter(|name| !tests.contains(**name)) {
            found.push(format!("invariant {number}: there is no test `{name}`"));
        }
    }
    found
}

#[test]
fn each_invariant_names_a_test_that_exists() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn an_invariant_without_its_test_is_found() {
    let text = "# A\n\n## Invariants\n\n1. **One.** Text.\n   Guarded by `here` and `gone`.\n\
                2. **Two.** guarded by nothing.\n\n## Boundaries\n3. **No.** Guarded by `other`.\n";
    let tree = Tree::of(&[
        ("ARCHITECTURE.md", text),
        ("crates/x/src/tests.rs", "#[test]\nfn here() {}\n// fn gone()"),
        ("crates/x/src/x.rs", "fn gone() {}"),
    ]);
    let expected = [
        "2 invariants instead of 12",
        "invariant 1: there is no test `gone`",
        "invariant 2 names no test",
    ];
    assert_eq!(faults(&tree), expected);
}

/// The tests that the page of stories names in its table.
fn told(text: &str) -> Vec<&str> {
    let rows = text.lines().filter(|line| line.starts_with("| "));
    let last = rows.filter_map(|line| line.trim_end_matches(" |").rsplit(" | ").next());
    last.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect()
}

#[test]
fn each_story_names_tests_that_are_there() {
    let tree = Tree::workspace();
    let (told, tests) = (told(tree.text("docs/scenarios.md")), tests(&tree));
    assert!(told.len() > 20, "{told:?}");
    let missing: Vec<_> = told.into_iter().filter(|name| !tests.contains(*name)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
