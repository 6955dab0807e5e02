//! All promises of the five companies together: each that is kept or said has a test of its name, and the document
//! that lists them is what the policies and the tests say.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write as _,
    fs,
    path::Path,
};

use engine::policy::{self, Promise, State};

use super::bench::source;

const COMPANIES: [(&str, &str, &str); 5] = [
    ("tarrasmart", "Tarrasmart", "TAR"),
    ("ashari", "Ashari Tech", "ASH"),
    ("takara", "Takara", "TAK"),
    ("tapsence", "Tapsence", "TAP"),
    ("smartta", "Smartta AI", "SMA"),
];

const STATES: [(State, &str); 4] = [
    (State::Enforced, "kept by the engine"),
    (State::Said, "said"),
    (State::Evidence, "shown by papers"),
    (State::Planned, "planned"),
];

const HEAD: &str = "# What is promised, and what shows it

Five companies wrote privacy policies in prose. Their promises were numbered, one by one, and each policy file in
`policies/` says for every number which of its rows stand for it. This page lists them all. It is written by a test,
which fails when the page and the policies differ: `UPDATE_EXPECT=1 cargo nextest run -p server coverage` writes it anew.

A promise is in one of four states, and no row may claim more than its weakest part:

- **kept by the engine**: the server does it whatever people do; a probe looks at the data and says so on `/trust`.
- **said**: words, dates and addresses, kept by publishing them.
- **shown by papers**: habits of people, which dated papers show and no data do.
- **planned**: written down and published as planned; nothing enforces it yet.

For each promise that is kept or said there is at least one test that looks from outside, over HTTP, with a clock that
is told the time. Its name holds the number of the promise.
";

fn word(state: State) -> &'static str {
    STATES.iter().find(|(known, _)| *known == state).unwrap().1
}

fn promises(company: &str) -> Vec<Promise> {
    policy::check(company, &source(company)).policy.unwrap().promises()
}

/// The names of tests by the promises in them: `fn tar_02_03_…`.
fn tests() -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for folder in ["promises", "companies"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it").join(folder);
        for file in fs::read_dir(folder).unwrap() {
            let text = fs::read_to_string(file.unwrap().path()).unwrap();
            for after in text.split("\n#[test]\nfn ").skip(1) {
                let name = after.split('(').next().unwrap();
                let mut parts = name.split('_');
                let prefix = parts.next().unwrap().to_uppercase();
                if COMPANIES.iter().all(|(.., known)| *known != prefix) {
                    continue;
                }
                for number in parts.map_while(|part| part.parse::<u32>().ok()) {
                    let id = format!("{prefix}-{number:02}");
                    found.entry(id).or_default().push(name.to_owned());
                }
            }
        }
    }
    found
}

#[test]
fn each_promise_of_five_companies_that_is_kept_or_said_has_a_test_of_its_name() {
    let mut claimed = BTreeSet::new();
    for (company, ..) in COMPANIES {
        let kept = promises(company).into_iter();
        let kept = kept.filter(|one| matches!(one.state, State::Enforced | State::Said));
        claimed.extend(kept.map(|one| one.id));
    }
    let tested: BTreeSet<String> = tests().into_keys().collect();
    let untested: Vec<&String> = claimed.difference(&tested).collect();
    assert!(untested.is_empty(), "no test of {untested:?}");
    let unclaimed: Vec<&String> = tested.difference(&claimed).collect();
    assert!(unclaimed.is_empty(), "tests of what is not claimed: {unclaimed:?}");
}

/// The kind of each promise, as the inventory sorted it.
fn kinds() -> BTreeMap<String, String> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/facts/promises.csv");
    let text = fs::read_to_string(path).unwrap();
    let pairs = text.lines().skip(1).filter_map(|line| line.split_once(','));
    pairs.map(|(id, kind)| (id.to_owned(), kind.to_owned())).collect()
}

fn count(all: &[&Promise], state: State) -> usize {
    all.iter().filter(|one| one.state == state).count()
}

fn table(text: &mut String, first: &str, rows: &BTreeMap<String, Vec<&Promise>>, order: &[String]) {
    let states: Vec<&str> = STATES.iter().map(|(_, word)| *word).collect();
    let _ = writeln!(text, "\n| {first} | {} | all |", states.join(" | "));
    let _ = writeln!(text, "|---|{}---:|", "---:|".repeat(states.len()));
    let everything: Vec<&Promise> = rows.values().flatten().copied().collect();
    let all = "all".to_owned();
    let lines = order.iter().map(|name| (name, &rows[name])).chain([(&all, &everything)]);
    for (name, own) in lines {
        let cells = STATES.iter().map(|(state, _)| count(own, *state).to_string());
        let cells: Vec<String> = cells.collect();
        let _ = writeln!(text, "| {name} | {} | {} |", cells.join(" | "), own.len());
    }
}

fn rules(promise: &Promise) -> String {
    let quoted: Vec<String> = promise.rules.iter().map(|rule| format!("`{rule}`")).collect();
    quoted.join(", ")
}

fn document() -> String {
    let (kinds, tests) = (kinds(), tests());
    let all: Vec<(&str, Vec<Promise>)> =
        COMPANIES.iter().map(|(file, name, _)| (*name, promises(file))).collect();
    let mut text = HEAD.to_owned();
    let companies: BTreeMap<String, Vec<&Promise>> =
        all.iter().map(|(name, own)| ((*name).to_owned(), own.iter().collect())).collect();
    let order: Vec<String> = all.iter().map(|(name, _)| (*name).to_owned()).collect();
    text.push_str("\n## By company\n");
    table(&mut text, "company", &companies, &order);
    let mut by_kind: BTreeMap<String, Vec<&Promise>> = BTreeMap::new();
    for promise in all.iter().flat_map(|(_, own)| own) {
        by_kind.entry(kinds[&promise.id].clone()).or_default().push(promise);
    }
    text.push_str("\n## By kind\n");
    let order: Vec<String> = by_kind.keys().cloned().collect();
    table(&mut text, "kind", &by_kind, &order);
    for (name, own) in &all {
        let _ = writeln!(text, "\n## {name}\n\n| promise | kind | state | rows | test |");
        text.push_str("|---|---|---|---|---|\n");
        for one in own {
            let names = tests.get(&one.id).map(|names| {
                names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
            });
            let (kind, state, rules) = (&kinds[&one.id], word(one.state), rules(one));
            let names = names.unwrap_or_default();
            let _ = writeln!(text, "| {} | {kind} | {state} | {rules} | {names} |", one.id);
        }
    }
    text
}

#[test]
fn the_page_of_coverage_is_what_policies_and_tests_say() {
    let document = document();
    expect_test::expect_file!["../../../../../docs/coverage.md"].assert_eq(&document);
}
