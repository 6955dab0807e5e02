#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes the golden answers with them"
)]

mod as_written;
mod ashari;
mod companies;
mod decisions;
mod editor;
mod findings;
mod format;
mod hostile;
mod language;
mod large;
mod law;
mod locale;
mod mistakes;
pub(crate) mod mutations;
mod page;
mod people;
mod periods;
mod reading;

use expect_test::Expect;

/// A small policy without findings, which the tests break in one place each.
pub(crate) const BASE: &str = include_str!("base.toml");

/// The base policy with one text in place of another.
pub(crate) fn with(old: &str, new: &str) -> String {
    assert!(BASE.contains(old), "the base policy has no {old:?}");
    BASE.replacen(old, new, 1)
}

pub(crate) fn check(policy: &str, expect: &Expect) {
    let checked = crate::check("policy.toml", policy);
    let drawn: Vec<String> = checked
        .findings
        .iter()
        .map(|finding| finding.render("policy.toml", policy, false))
        .collect();
    expect.assert_eq(&drawn.join("\n\n"));
}

/// Every policy of the repository: file name and text.
pub(crate) fn policies() -> Vec<(String, String)> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies");
    let mut found: Vec<(String, String)> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| {
            let name = path.file_name().unwrap().to_str().unwrap().to_owned();
            (name, std::fs::read_to_string(path).unwrap())
        })
        .collect();
    assert!(!found.is_empty());
    found.sort();
    found
}
