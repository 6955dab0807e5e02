//! The policies as the companies wrote them: every fault that a machine can see in one file is found at its place
//! by a rule of general use. The map from the faults of the sources to rules is data; the page in docs/ is made of it.

use std::{collections::BTreeMap, fmt::Write as _, fs, path::Path};

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

#[test]
fn every_fault_that_a_machine_can_see_is_found_at_its_place() {
    let mut missed = String::new();
    for company in COMPANIES {
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
    for company in COMPANIES {
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

#[test]
fn the_page_of_faults_names_the_rule_of_each_or_why_there_is_none() {
    let mut rules: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for company in COMPANIES {
        for row in table(&format!("{company}.csv")) {
            let said = format!("`{}` in {company}, at `{}`", row[1], row[2]);
            rules.entry(row[0].clone()).or_default().push(said);
        }
    }
    let none: BTreeMap<String, String> =
        table("none.csv").into_iter().map(|row| (row[0].clone(), row[1..].join(","))).collect();
    let mut page = String::from(HEAD);
    for (number, row) in table("about.csv").iter().enumerate() {
        let id = &row[0];
        assert_eq!(*id, format!("C-{:02}", number + 1), "about.csv names each once, in order");
        let found = match (rules.get(id), none.get(id)) {
            (Some(rules), None) => rules.join("; "),
            (None, Some(reason)) => format!("by nobody: {reason}"),
            (Some(_), Some(_)) => panic!("{id} has rules and a reason for none"),
            (None, None) => panic!("{id} has neither a rule nor a reason"),
        };
        writeln!(page, "| {id} | {} | {found} |", row[1..].join(",")).unwrap();
    }
    expect_file![concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/findings.md")].assert_eq(&page);
}

const HEAD: &str = "# Faults of five policies, and what finds them

Five companies' policies were read sentence by sentence. What contradicts itself, falls short of a law, or cannot be
true is listed here, with the rule of `janji check` that finds it in the policy as the company wrote it
(`policies/as-written/`), and where; or why no machine can. The files in `policies/` settle each.
`janji explain RULE` says more about a rule.

| id | fault | found by |
|---|---|---|
";
