//! Large policies and what is made to break the check: it ends, and its work grows with the file and no faster.

use crate::{Length, check, mistaken, sample};

#[test]
fn a_sample_of_any_size_has_no_findings() {
    for rules in [1, 1_000, 10_000] {
        let source = sample(Length::Rules(rules));
        let checked = check("sample", &source);
        let first: Vec<String> = checked
            .findings
            .iter()
            .take(3)
            .map(|one| one.render("sample", &source, false))
            .collect();
        assert_eq!(first, Vec::<String>::new());
        let rows = checked.policy.unwrap().rows;
        assert!(rows.iter().map(|row| row.keys.len()).sum::<usize>() >= rules);
    }
}

#[test]
fn a_file_of_mistakes_shows_the_first_of_them() {
    let source = mistaken(5_000);
    let findings = check("mistaken", &source).findings;
    let last = findings.iter().map(|finding| finding.span.start).max().unwrap();
    assert!(findings.len() > 300, "{}", findings.len());
    assert!(last < source.len() / 50, "{last} of {}", source.len());
}
