#![expect(
    clippy::needless_raw_string_hashes,
    reason = "expect-test writes the golden answers with them"
)]

mod ashari;
mod companies;
mod decisions;
mod findings;
mod hostile;
mod mutations;
mod page;
mod periods;

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
