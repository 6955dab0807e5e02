use super::*;

#[test]
fn a_personal_value_does_not_print() {
    let name = Personal::new("Asha".to_owned());

    assert_eq!(format!("{name:?}"), "[personal]");
    assert_eq!(format!("{:?}", Some(vec![name])), "Some([[personal]])");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the test of what a grant opens")]
fn a_grant_opens_it_and_says_on_which_ground() {
    let grant = Grant::mint(Ground::Access);
    let name = Personal::new("Asha".to_owned());

    assert_eq!(name.look(&grant), "Asha");
    assert_eq!(name.open(&grant), "Asha");
    assert_eq!(grant.ground(), Ground::Access);
}
