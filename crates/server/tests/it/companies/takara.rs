//! Takara: its own data, and what clients hand over.

use super::bench::Company;

fn company() -> Company {
    Company::start("takara")
}

#[test]
fn tak_01_the_page_says_since_when_it_holds_and_in_which_version() {
    let company = company();
    company.said_in("en", "policy", &["1", "15 October 2024"]);
    company.said_in("id", "policy", &["1", "15 Oktober 2024"]);
    let page = company.page("en");
    assert_eq!(
        (page["version"].as_str(), page["effective"].as_str()),
        (Some("1"), Some("2024-10-15"))
    );
}

#[test]
fn tak_02_the_laws_that_the_policy_is_measured_by_are_named() {
    let company = company();
    let row = company.row("en", "policy").to_string();
    for law in ["United Kingdom's GDPR", "PECR"] {
        assert!(row.contains(law), "{law}: {row}");
    }
}

#[test]
fn tak_03_each_chapter_of_the_page_has_its_place_and_its_rows() {
    let company = company();
    let page = company.page("en");
    let chapters = page["chapters"].as_array().unwrap();
    let html = company.server.send("GET", "/policy", &[], None).text();
    for id in
        ["scope", "data", "purposes", "recipients", "safety", "rights", "incidents", "notices"]
    {
        let chapter = chapters.iter().find(|one| one["id"] == id);
        let rows = chapter.unwrap_or_else(|| panic!("no chapter {id}"))["rows"].as_array().unwrap();
        assert!(!rows.is_empty(), "{id}");
        assert!(html.contains(&format!("id=\"chapter-{id}\"")), "{id}");
    }
}

#[test]
fn tak_04_the_state_of_each_promise_is_open_to_everybody() {
    let company = company();
    let trust = company.server.send("GET", "/trust", &[], None);
    assert_eq!(trust.status, 200);
    for promise in company.policy.promises() {
        assert!(trust.text().contains(&format!("<tr id=\"{}\"", promise.id)), "{}", promise.id);
    }
}

#[test]
fn tak_05_an_account_has_a_name_and_an_address_and_payment_is_a_key_of_the_payment_firm() {
    let company = company();
    company.declared("account", &["full_name", "email", "phone", "billing_address"]);
    company.unique("account", "email");
    company.declared("payment", &["payment_token"]);
    company.screened("account", "billing_address");
}

#[test]
fn tak_06_usage_has_the_time_the_page_and_the_feature() {
    company().declared("usage", &["used_at", "page", "feature_used"]);
}

#[test]
fn tak_07_a_device_has_no_number_made_for_advertising() {
    let fields = ["device_type", "operating_system", "browser", "ip", "device_id"];
    company().declared("device", &fields);
}

#[test]
fn tak_09_the_account_serves_what_is_listed_on_the_ground_of_the_contract() {
    let company = company();
    let purposes = ["service", "security", "billing", "messages", "marketing", "compliance"];
    company.only_for("account", &purposes);
    company.used_for("account", "service");
    company.basis("service", "contract");
}

#[test]
fn tak_10_payment_is_used_for_billing_by_finance_only() {
    let company = company();
    company.only_for("payment", &["billing"]);
    company.purpose_of("billing", &["account", "payment", "transaction"]);
}

#[test]
fn tak_18_what_is_stored_is_sealed() {
    company().sealed();
}

#[test]
fn tak_20_21_a_role_reads_what_a_purpose_gives_it_and_nothing_more() {
    company().least_privilege();
}

#[test]
fn tak_27_clients_are_apart() {
    company().walls();
}

#[test]
fn tak_29_usage_serves_security_and_analytics_for_ninety_days() {
    let company = company();
    company.only_for("usage", &["security", "analytics"]);
    company.kept("usage", &["90 days"]);
}

#[test]
fn tak_30_a_choice_of_news_ends_with_the_opting_out() {
    company().kept("marketing_choice", &["until opted_out"]);
}

#[test]
fn tak_33_a_person_gets_a_copy_of_everything() {
    company().right_of_access();
}

#[test]
fn tak_35_who_asks_is_erased_with_a_proof() {
    company().right_to_erasure();
}

#[test]
fn tak_36_68_the_address_for_privacy_stands_on_the_page() {
    company().said("company", &["Takara", "London, United Kingdom", "privacy@takara.example"]);
}

#[test]
fn tak_42_no_more_is_taken_in_than_is_declared() {
    company().declared_only();
}

#[test]
fn tak_67_going_on_to_use_the_services_is_no_consent() {
    company().use_is_no_consent();
}

#[test]
fn tak_08_a_dataset_of_a_client_hangs_on_its_project() {
    let company = company();
    company.declared("client_data", &["dataset", "title", "file"]);
    let person = company.person_of("client_data");
    let fields = serde_json::Value::Object(company.filled(&person, "client_data").fields);
    let alone = company.server.record(&company.system, &person.id, "client_data", None, fields);
    assert_eq!((alone.status, alone.json()["field"].as_str()), (422, Some("part_of")));
}

#[test]
fn tak_12_data_of_clients_serve_their_models_and_our_own_usage_serves_analytics() {
    let company = company();
    let purposes =
        ["model_development", "model_training", "model_optimisation", "model_evaluation"];
    company.only_for("client_data", &purposes);
    company.used_for("usage", "analytics");
    company.used_for("device", "analytics");
}

#[test]
fn tak_13_support_reads_an_enquiry_while_it_is_open() {
    let company = company();
    company.only_for("enquiry", &["support"]);
    company.basis("support", "contract");
    company.reason_first("enquiry", "support");
}

#[test]
fn tak_14_a_demand_of_the_law_needs_its_case() {
    company().reason_first("account", "compliance");
}

#[test]
fn tak_15_each_use_of_a_clients_data_has_its_own_instruction() {
    let company = company();
    for switch in ["develop_models", "train_models", "optimise_models", "evaluate_models"] {
        company.off_at_first(switch);
    }
    for (purpose, switch) in [
        ("model_development", "develop_models"),
        ("model_training", "train_models"),
        ("model_optimisation", "optimise_models"),
        ("model_evaluation", "evaluate_models"),
    ] {
        company.basis(purpose, "instruction");
        company.switched("client_data", purpose, switch);
    }
}

#[test]
fn tak_28_transactions_are_kept_seven_years() {
    let company = company();
    company.kept("transaction", &["7 years"]);
    let fields = ["invoice_number", "invoice_date", "amount", "company_name"];
    company.left_by_law("transaction", "bookkeeping", &fields);
}

#[test]
fn tak_31_32_data_of_a_project_go_ninety_days_after_it_was_completed() {
    company().kept("client_data", &["client_keep after project.completed"]);
}

#[test]
fn tak_38_a_request_is_answered_within_thirty_days() {
    company().answered_within(30);
}

#[test]
fn tak_41_nothing_of_a_client_is_taken_before_its_agreement() {
    company().document_first("client_data", "processing_agreement");
}

#[test]
fn tak_43_engineers_see_a_stand_in_for_each_person() {
    let company = company();
    for purpose in ["model_development", "model_training", "model_optimisation", "model_evaluation"]
    {
        company.pseudonymous("client_data", purpose, &["dataset", "file"]);
    }
}

#[test]
fn tak_46_nothing_is_kept_longer_than_a_year_by_agreement() {
    let refused = [("2 years", "max"), ("13 months", "max"), ("1 hour", "min")];
    company().bounds("client_keep", &["1 year", "1 day"], &refused);
}

#[test]
fn tak_34_wrong_values_are_put_right() {
    company().right_of_correction();
}
