use crate::{State, check};

pub(crate) fn source() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/ashari.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn the_example_policy_has_no_findings() {
    let source = source();
    let checked = check("ashari.toml", &source);
    for finding in &checked.findings {
        println!("{}", finding.render("ashari.toml", &source, false));
    }
    assert!(checked.findings.is_empty(), "{} findings", checked.findings.len());
}

#[test]
fn at_least_fifty_promises_are_kept_or_published() {
    let policy = check("ashari.toml", &source()).policy.unwrap();
    let promises = policy.promises();
    assert_eq!(promises.len(), 174);
    let count = |state: State| promises.iter().filter(|promise| promise.state == state).count();
    let [enforced, said, evidence, planned] =
        [State::Enforced, State::Said, State::Evidence, State::Planned].map(count);
    println!("enforced {enforced}, said {said}, evidence {evidence}, planned {planned}");
    assert!(enforced + said >= 50);
}
