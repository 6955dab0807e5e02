use super::csv;
use crate::{Policy, published, tests::policies};

fn read(name: &str) -> Policy {
    let (_, source) = policies().into_iter().find(|(file, _)| file == name).unwrap();
    published(&source).unwrap()
}

#[test]
fn a_cell_that_a_spreadsheet_would_run_is_made_a_text() {
    let row: Vec<String> =
        ["=1+1", "+1", "-1", "@a", "\ta", "\ra", "1=1", "say \"no\"", "two\nlines", ""]
            .map(str::to_owned)
            .to_vec();
    let written = csv::write([&row]);
    let expected = "\"'=1+1\",\"'+1\",\"'-1\",\"'@a\",\"'\ta\",\"'\ra\",\"1=1\",\
                    \"say \"\"no\"\"\",\"two\nlines\",\"\"\r\n";
    assert_eq!(written, expected);
}

#[test]
fn each_purpose_has_a_row_in_each_role_and_each_row_a_cell_for_each_heading() {
    for (name, source) in policies() {
        let policy = published(&source).unwrap();
        for language in &policy.languages {
            let ropa = policy.ropa(language);
            let rows: Vec<&Vec<String>> = ropa.parts.iter().flat_map(|part| &part.rows).collect();
            assert!(rows.iter().all(|row| row.len() == ropa.heads.len()), "{name}");
            for purpose in &policy.purposes {
                let path = format!("purpose.{}", purpose.id);
                assert!(rows.iter().any(|row| row[1] == path), "{name}: {path}");
            }
            for category in policy.categories.iter().filter(|one| !one.purposes.is_empty()) {
                let part = &ropa.parts[usize::from(category.processor)];
                let words = policy.words_for(&format!("data.{}", category.id), language).plain();
                let held = |row: &Vec<String>| row[9].contains(&words) && row[12].contains(&words);
                assert!(part.rows.iter().any(held), "{name}: {}", category.id);
            }
        }
    }
}

#[test]
fn what_a_customer_decides_over_stands_in_the_part_of_processors() {
    let ropa = read("tapsence.toml").ropa("en");
    let [ours, theirs] = &ropa.parts[..] else { panic!("two parts") };
    let of = |rows: &[Vec<String>], path: &str| rows.iter().any(|row| row[1] == path);
    assert!(of(&ours.rows, "purpose.billing") && !of(&theirs.rows, "purpose.billing"));
    assert!(of(&theirs.rows, "purpose.reception") && !of(&ours.rows, "purpose.reception"));
    let reception = theirs.rows.iter().find(|row| row[1] == "purpose.reception").unwrap();
    assert_eq!(reception[0], "GDPR 30(2)\nUU PDP 52");
    assert_eq!(reception[3], "Speraverim (Hopi Digital)");
}

#[test]
fn the_record_of_ashari() {
    expect_test::expect_file!["../../testdata/ashari-ropa.csv"]
        .assert_eq(&read("ashari.toml").ropa("en").to_csv().replace("\r\n", "\n"));
}
