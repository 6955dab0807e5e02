//! The five companies' policies: without findings, each promise accounted for, and its facts as written.

use expect_test::expect;

use crate::{View, check};

const COMPANIES: [&str; 5] = ["tarrasmart", "ashari", "takara", "tapsence", "smartta"];

fn source(company: &str) -> String {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    std::fs::read_to_string(format!("{folder}/{company}.toml")).unwrap()
}

#[test]
fn no_policy_has_a_finding() {
    for company in COMPANIES {
        super::check(&source(company), &expect![[""]]);
    }
}

#[test]
fn whatever_covers_a_promise_stands_on_the_page_of_each_language() {
    for company in COMPANIES {
        let policy = check(company, &source(company)).policy.unwrap();
        for language in &policy.languages {
            let page = policy.document(language, &View::default());
            let covering = policy.rows.iter().filter(|row| {
                !row.covers.is_empty() || row.keys.iter().any(|key| !key.covers.is_empty())
            });
            for row in covering {
                assert!(page.shows(&row.path), "{company} ({language}): {}", row.path);
            }
        }
    }
}

#[test]
fn each_promise_stands_on_a_row() {
    for company in COMPANIES {
        let policy = check(company, &source(company)).policy.unwrap();
        assert!(policy.promises().iter().all(|promise| !promise.rules.is_empty()), "{company}");
    }
}

/// One line of a table of facts: values with commas stand in quotes.
fn cells(line: &str) -> Vec<String> {
    let (mut cells, mut quoted) = (vec![String::new()], false);
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '"' if quoted && chars.peek() == Some(&'"') => {
                chars.next();
                cells.last_mut().unwrap().push('"');
            }
            '"' => quoted = !quoted,
            ',' if !quoted => cells.push(String::new()),
            c => cells.last_mut().unwrap().push(c),
        }
    }
    cells
}

/// Retention rules and clocks K-01 to K-32.
#[test]
fn each_period_and_clock_of_the_five_texts_equals_its_row() {
    let mut seen = Vec::new();
    for company in COMPANIES {
        let policy = check(company, &source(company)).policy.unwrap();
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/facts");
        let table = std::fs::read_to_string(format!("{folder}/{company}.csv")).unwrap();
        for line in table.lines().skip(1).filter(|line| !line.is_empty()) {
            let cells = cells(line);
            let [id, paths, value] = [0, 1, 2].map(|at: usize| cells.get(at).unwrap().as_str());
            seen.push(id.to_owned());
            assert!(!paths.is_empty(), "{id} has no row");
            for path in paths.split(' ') {
                if policy.rows.iter().any(|row| row.path == path) {
                    assert!(value.is_empty(), "{id}: a row has no value of its own");
                    continue;
                }
                let (row, key) = path.rsplit_once('.').unwrap();
                let row = policy.rows.iter().find(|known| known.path == row);
                let written = row.and_then(|row| row.keys.iter().find(|known| known.key == key));
                let written = written.unwrap_or_else(|| panic!("{id}: no `{path}`"));
                assert_eq!(written.value.trim_matches('"'), value, "{id}: {path}");
            }
        }
    }
    let wanted = (1..=48).map(|n| format!("R-{n:02}")).chain((1..=32).map(|n| format!("K-{n:02}")));
    let missing: Vec<String> = wanted.filter(|id| !seen.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}
