use super::tables::{FIELDS, KINDS, nearest};
use crate::import::tests::{holds, imported};

fn shop() -> String {
    imported(&[("shop.yml", include_str!("../sample/shop.yml"))])
}

#[test]
fn collections_become_data_with_the_fields_that_are_personal() {
    let policy = shop();
    holds(
        &policy,
        &[
            "[data.accounts]",
            "fields = [\"email\", \"phone\", \"contact_nickname\"]",
            "contact_nickname = \"text\"",
            "[data.checkups]",
            "special = \"health\"",
        ],
    );
    assert!(!policy.contains("data.jobs") && !policy.contains("\"id\""), "{policy}");
}

#[test]
fn a_retention_becomes_a_period_only_where_it_is_one() {
    let policy = shop();
    holds(&policy, &["keep = \"90 days\"", "keep = \"2 years\""]);
    let text =
        include_str!("../sample/shop.yml").replace("90 days", "No retention or erasure policy");
    let policy = imported(&[("shop.yml", &text)]);
    assert!(
        policy.contains("says = \"data.checkups is kept: No retention or erasure policy\""),
        "{policy}"
    );
    assert!(!policy.contains("\"90 days\""), "{policy}");
}

#[test]
fn declarations_become_purposes_with_the_basis_that_they_state() {
    let policy = shop();
    holds(
        &policy,
        &[
            "send_newsletter = { kind = \"marketing\", basis = \"consent\" }",
            "run_shop = { kind = \"service\" }",
        ],
    );
    holds(&policy, &["for = [\"send_newsletter\", \"run_shop\"]"]);
    holds(&policy, &["people = [\"customer\", \"visitor\"]"]);
}

#[test]
fn third_parties_become_recipients_of_what_they_get() {
    let policy = shop();
    for id in ["letters_inc", "parcel_co", "bank_roses"] {
        assert!(policy.contains(&format!("recipient.{id}")), "{id}\n{policy}");
    }
    holds(
        &policy,
        &[
            "letters_inc = { does = [\"mail\"], where = [\"GB\"], gets = [\"accounts\"] }",
            "safeguards = [\"standard_clauses\"]",
        ],
    );
}

#[test]
fn the_organisation_cookies_and_rules_are_not_lost() {
    let policy = shop();
    holds(
        &policy,
        &[
            "name = \"Melati Shop\"",
            "country = \"SG\"",
            "general = \"desk@melati.example\"",
            "mail = \"dpo@melati.example\"",
            "cart = { for = \"run_shop\" }",
            "nl_seen = { for = \"send_newsletter\" }",
        ],
    );
    assert!(policy.contains("says = \"Contact data is not used for advertising.\""), "{policy}");
    assert!(policy.contains("says = \"data go to the United States\""), "{policy}");
}

#[test]
fn every_row_says_the_line_of_the_manifest() {
    let policy = shop();
    let text = include_str!("../sample/shop.yml");
    let line = text.lines().position(|line| line.contains("name: accounts")).unwrap() + 1;
    holds(&policy, &[&format!("# to confirm: People who buy, shop.yml line {line}")]);
}

#[test]
fn the_longest_beginning_of_a_key_counts() {
    assert_eq!(nearest(KINDS, "marketing.advertising.first_party.targeted"), Some("advertising"));
    assert_eq!(nearest(KINDS, "marketing.communications"), Some("marketing"));
    assert_eq!(nearest(KINDS, "marketings"), None);
    assert_eq!(nearest(FIELDS, "user.contact.email.work"), Some("email"));
    assert_eq!(nearest(FIELDS, "user.contact"), None);
}

#[test]
fn manifests_of_any_shape_make_a_policy() {
    for text in [
        "dataset:\n",
        "dataset: 3",
        "dataset: [1, [2], {a: b}, null]",
        "system: {privacy_declarations: {data_use: x, data_subjects: [everyone, 7], data_categories: user}}",
        "dataset: [{collections: [{name: '§§', fields: [{name: '1', data_categories: user.name}]}]}]",
        "organization: [{name: \"a\\\"b\\\\\\n\\u202e\", data_protection_officer: {email: no}}]",
        "system: [{name: sealed, system_type: third party, privacy_declarations: [{data_use: a.b, name: covers, data_categories: [user], third_parties: 'x,,;y\\n'}]}]",
        "policy: [{rules: [{name: x}]}]",
    ] {
        imported(&[("a.yml", text)]);
    }
}
