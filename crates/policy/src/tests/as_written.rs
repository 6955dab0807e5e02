//! The policies as the companies wrote them: every fault that a machine can see in one file is found at its place
//! by a rule of general use. The map from the faults of the sources to rules is data; the page in docs/ is made of it.

use std::{fmt::Write as _, fs, path::Path};

use expect_test::expect_file;

use crate::{Severity, check, settle::Places, tree};

const COMPANIES: &[&str] = &["tarrasmart", "ashari", "takara", "tapsence", "smartta"];
const HERE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/as_written");
const POLICIES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/as-written");

/// The rows of a table of this folder, without its head.
fn table(name: &str) -> Vec<Vec<String>> {
    let text = fs::read_to_string(Path::new(HERE).join(name)).unwrap();
    let rows = text.lines().skip(1).filter(|line| !line.is_empty());
    rows.map(|line| line.splitn(3, ',').map(str::to_owned).collect()).collect()
}

fn source(company: &str) -> String {
    fs::read_to_string(format!("{POLICIES}/{company}.toml")).unwrap()
}

fn written(company: &str) -> bool {
    Path::new(POLICIES).join(format!("{company}.toml")).exists()
}

#[test]
fn every_fault_that_a_machine_can_see_is_found_at_its_place() {
    let mut missed = String::new();
    for company in COMPANIES.iter().filter(|company| written(company)) {
        let source = source(company);
        let found = check(company, &source).findings;
        let root = tree::parse(&source, &mut crate::finding::Findings::default()).unwrap();
        let places = Places::of(&root);
        for row in table(&format!("{company}.csv")) {
            let [id, rule, place] = row.as_slice() else { panic!("{company}: {row:?}") };
            let there = found.iter().filter(|one| one.rule == rule).any(|one| {
                let spans = std::iter::once(&one.span).chain(one.also.iter().map(|(at, _)| at));
                spans.into_iter().any(|at| places.row(at.start) == Some(place))
            });
            if !there {
                writeln!(missed, "{company}: {id}: no {rule} at {place}").unwrap();
            }
        }
    }
    assert!(missed.is_empty(), "\n{missed}");
}

#[test]
fn what_the_check_says_of_each_is_as_drawn() {
    for company in COMPANIES.iter().filter(|company| written(company)) {
        let source = source(company);
        let name = format!("policies/as-written/{company}.toml");
        let found = check(&name, &source).findings;
        let mut drawn: Vec<String> =
            found.iter().map(|finding| finding.render(&name, &source, false)).collect();
        let count = |severity| found.iter().filter(|one| one.severity == severity).count();
        drawn.push(format!(
            "errors: {}, warnings: {}, notes: {}\n",
            count(Severity::Error),
            count(Severity::Warning),
            count(Severity::Note)
        ));
        expect_file![format!("{HERE}/{company}.txt")].assert_eq(&drawn.join("\n\n"));
    }
}
