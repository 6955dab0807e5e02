//! Every example of docs/language.md is compiled; a wrong one gives the finding that it names and no other.

use toml::{Table, Value};

use crate::{Finding, check};

const FRAME: &str = include_str!("language.toml");

fn guide() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/language.md");
    std::fs::read_to_string(path).unwrap()
}

/// The examples: the finding that one is to give, and its text.
fn examples(guide: &str) -> Vec<(Option<&str>, &str)> {
    let fences = guide.split("```toml").skip(1);
    fences
        .map(|rest| {
            let (head, body) = rest.split_once('\n').unwrap();
            (head.trim().strip_prefix("error="), body.split("```").next().unwrap())
        })
        .collect()
}

/// What the example says goes over what the frame says, key by key.
fn merge(frame: &mut Table, example: Table) {
    for (key, value) in example {
        match (frame.get_mut(&key), value) {
            (Some(Value::Table(below)), Value::Table(above)) => merge(below, above),
            (_, value) => {
                frame.insert(key, value);
            }
        }
    }
}

/// The example in its frame, with names for its rows and its rows planned where nothing keeps them yet.
fn findings(example: &str) -> Vec<Finding> {
    let mut policy: Table = FRAME.parse().unwrap();
    merge(&mut policy, example.parse().unwrap());
    for _ in 0..20 {
        let found = check("example.toml", &policy.to_string()).findings;
        let quoted = |text: &str| text.split('`').nth(1).unwrap_or_default().to_owned();
        let mut helped = false;
        for finding in &found {
            let path = quoted(&finding.message);
            if finding.rule == "text-missing" {
                let (section, row) = path.split_once('.').unwrap_or(("", &path));
                let mut words: Table = Table::new();
                words.insert(row.to_owned(), Value::from("Words"));
                let mut text = Table::new();
                match section {
                    "" => text = words,
                    _ => drop(text.insert(section.to_owned(), Value::Table(words))),
                }
                merge(&mut policy, Table::from_iter([("text".to_owned(), Value::Table(text))]));
                helped = true;
            } else if finding.rule == "not-enforced" {
                let planned = policy.entry("planned").or_insert_with(|| Value::Table(Table::new()));
                let rows = planned.as_table_mut().unwrap().entry("rows");
                rows.or_insert_with(|| Value::Array(Vec::new()))
                    .as_array_mut()
                    .unwrap()
                    .push(Value::from(path));
                helped = true;
            }
        }
        if !helped {
            return found;
        }
    }
    panic!("the frame cannot hold this example:\n{example}");
}

#[test]
fn each_example_of_the_guide_means_what_it_says() {
    let guide = guide();
    let examples = examples(&guide);
    assert!(examples.len() > 12 && examples.iter().any(|(wrong, _)| wrong.is_some()));
    for (wrong, example) in examples {
        let found: Vec<&str> = findings(example).iter().map(|finding| finding.rule).collect();
        assert_eq!(found, wrong.into_iter().collect::<Vec<_>>(), "{example}");
    }
}

#[test]
fn the_frame_of_the_examples_has_no_findings_of_its_own() {
    assert!(findings("").is_empty());
}
