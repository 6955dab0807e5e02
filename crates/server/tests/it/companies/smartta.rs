//! Smartta: what its page on security and compliance promises.

use serde_json::json;

use super::bench::Company;

fn company() -> Company {
    Company::start("smartta")
}

#[test]
fn sma_02_the_page_comes_from_the_rules_in_force() {
    let company = company();
    let row = company.row("en", "policy").to_string();
    assert!(row.contains("English"), "{row}");
    let altered = company.source.replace("security@smartta.example", "other@smartta.example");
    let other = Company::breaking("smartta", |_| altered);
    let page = other.server.send("GET", "/policy", &[], None).text();
    assert!(page.contains("other@smartta.example") && !page.contains("security@smartta.example"));
}

#[test]
fn sma_05_security_has_an_address_of_its_own() {
    company().said("company", &["Smartta AI", "security@smartta.example"]);
}

#[test]
fn sma_09_nobody_gets_anything_who_is_not_on_the_list() {
    company().listed_recipients();
}

#[test]
fn sma_10_the_law_that_the_page_is_measured_by_is_named() {
    let company = company();
    let row = company.row("en", "policy").to_string();
    assert!(row.contains("Australia"), "{row}");
}

#[test]
fn sma_12_13_what_is_stored_is_sealed_and_so_is_each_backup() {
    company().sealed();
}

#[test]
fn sma_17_18_a_role_reads_what_a_purpose_gives_it_and_nothing_more() {
    company().least_privilege();
}

#[test]
fn sma_19_customers_are_apart() {
    company().walls();
}

#[test]
fn sma_22_what_comes_in_has_the_declared_form_or_is_refused() {
    let company = company();
    company.declared_only();
    for text in ["'; drop table record; --", "<script>alert(1)</script>", "=cmd|' /C calc'!A0"] {
        let person = company.person_of("account");
        company.ready(&person, "account");
        let mut fields = company.filled(&person, "account").fields;
        fields.insert("full_name".to_owned(), text.into());
        let written = company.send(&company.system, &person, "account", &fields).id();
        let copied = company.copied(&person, &written).unwrap();
        assert_eq!(copied["fields"]["full_name"], text);
    }
    let person = company.person_of("account");
    for wrong in [json!(7), json!(["a"]), json!({"a": {"b": {}}}), json!(null), json!("no address")]
    {
        let mut fields = company.filled(&person, "account").fields;
        fields.insert("email".to_owned(), wrong.clone());
        let refused = company.send(&company.system, &person, "account", &fields);
        assert_eq!(
            (refused.status, refused.json()["field"].as_str()),
            (422, Some("email")),
            "{wrong}"
        );
    }
    let mut fields = company.filled(&person, "account").fields;
    fields.insert("full_name".to_owned(), "x".repeat(70_000).into());
    assert_eq!(company.send(&company.system, &person, "account", &fields).status, 422);
}

#[test]
fn sma_49_50_51_52_the_customer_keeps_its_credentials_settings_data_and_devices() {
    let company = company();
    for duty in ["credentials", "sign_in_rules", "accuracy", "devices"] {
        let row = company.row("en", &format!("duty.{duty}"));
        assert!(row["facts"].to_string().contains("customer"), "{row}");
        assert!(!row["words"].as_str().unwrap().is_empty(), "{row}");
    }
}

#[test]
fn sma_39_training_is_off_at_first_and_both_switches_are_the_customers() {
    let company = company();
    company.off_at_first("training");
    for setting in ["statistics", "training"] {
        for on in [true, false] {
            assert_eq!(company.choose(setting, json!(on)).status, 204, "{setting}");
        }
        let path = format!("/v1/settings/{setting}");
        for token in [&company.system, &company.officer, &company.staff("manager")] {
            let refused = company.server.put(token, &path, json!({"value": true}));
            assert_eq!(refused.status, 403, "{setting}");
        }
    }
    company.tamper_evident();
}

#[test]
fn sma_40_data_of_a_customer_serve_what_it_instructs() {
    let company = company();
    company.only_for("account", &["operations", "protection", "support", "messages"]);
    company.only_for("content", &["operations", "support", "training"]);
    company.basis("operations", "instruction");
    company.purpose_bound();
}

#[test]
fn sma_42_content_trains_nothing_unless_the_customer_switched_it_on() {
    company().switched("content", "training", "training");
}

#[test]
fn sma_53_the_customer_asks_its_people_before_biometrics() {
    let company = company();
    let row = company.row("en", "duty.consents");
    assert!(row["facts"].to_string().contains("customer"), "{row}");
    company.consent_first("face_enrolment", "face_clocking");
}

#[test]
fn sma_08_operations_need_no_switch_statistics_are_on_and_training_is_off() {
    let company = company();
    company.off_at_first("training");
    let listed = company.server.get(&company.admin, "/v1/settings").json();
    let all = listed["settings"].as_array().unwrap();
    let on = all.iter().find(|one| one["setting"] == "statistics").unwrap();
    assert_eq!(on["value"], true);
    let refused = company.choose("operations", json!(false));
    assert_eq!((refused.status, refused.json()["rule"].as_str()), (422, Some("setting")));
    company.basis("operations", "instruction");
    company.switched("content", "training", "training");
}

#[test]
fn sma_41_use_is_counted_in_groups_unless_the_customer_switched_it_off() {
    company().counted("usage", "feature_used", "statistics", "improvement");
    company().uncounted("usage", "feature_used", "statistics", "statistics");
}
