use expect_test::expect;

use crate::{check, explain};

pub(crate) fn source() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/ashari.toml");
    std::fs::read_to_string(path).unwrap()
}

#[test]
fn a_row_and_a_key_can_be_explained() {
    let policy = check("ashari.toml", &source()).policy.unwrap();
    let explained = ["data.selfie", "data.selfie.keep", "data.account.lapses", "vague-period"]
        .map(|word| explain(word, Some(&policy)).unwrap());
    expect![[r#"
        data.selfie: Swafoto saat absen
        one category: whose it is, what it holds, what it is for and when it ends
        enforced: an undeclared category is refused (probe `declaration`)
          part_of = "attendance" [enforced]
          fields = ["selfie"] [enforced] covers ASH-16
          for = ["presence_photo"] [enforced]
          keep = "90 days" [enforced] covers ASH-118

        data.selfie.keep = "90 days"
        how long it is kept
        enforced: unreadable when due, then erased (probe `retention`)
        covers ASH-118

        data.account.lapses = "12 months after signed_in"
        when an unused account closes by itself
        enforced: unused and told in time, it closes by itself (probe `lapses`)
        covers ASH-113, ASH-114

        vague-period: the words sound like a period and are none

        why: nobody can tell when it is over, so nobody is held to it
        remedy: keep = "2 years"
    "#]]
    .assert_eq(&explained.join("\n"));
    assert_eq!(explain("data.nothing", Some(&policy)), None);
}

#[test]
fn what_is_enforced_speaks_of_sections_that_exist() {
    for rule in crate::ENFORCED {
        let section = rule.path.split('.').next().unwrap();
        let known = crate::schema::SECTIONS.iter().any(|known| known.name == section);
        assert!(known, "{}", rule.path);
    }
}
