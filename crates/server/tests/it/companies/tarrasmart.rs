//! Tarrasmart: what is collected for those who sign in, and what becomes of it.

use super::bench::Company;

fn company() -> Company {
    Company::start("tarrasmart")
}

#[test]
fn tar_01_nothing_is_taken_in_but_what_the_policy_declares() {
    company().declared_only();
}

#[test]
fn tar_02_03_an_account_has_a_name_a_job_a_company_and_an_address_and_a_phone_if_given() {
    let company = company();
    let fields = ["full_name", "job_title", "company_name", "email", "phone"];
    company.declared("account", &fields);
    company.unique("account", "email");
}

#[test]
fn tar_04_cards_stay_with_the_payment_firm_and_a_number_typed_by_mistake_is_masked() {
    let company = company();
    company.declared("billing", &["payment_token", "billing_address"]);
    company.screened("billing", "billing_address");
    company.screened("ticket", "message");
}

#[test]
fn tar_06_usage_has_the_feature_the_time_and_the_session() {
    company().declared("usage", &["feature_used", "used_at", "session"]);
}

#[test]
fn tar_07_a_device_has_its_address_browser_system_and_number() {
    company().declared("device", &["ip", "browser", "operating_system", "device_id"]);
}

#[test]
fn tar_08_of_a_call_only_route_status_size_and_time_are_noted() {
    let fields = ["route", "status_code", "size", "requested_at", "error_kind"];
    company().declared("api_call", &fields);
}

#[test]
fn tar_13_the_service_purpose_reaches_account_and_subscription_only() {
    company().purpose_of("service", &["account", "subscription"]);
}

#[test]
fn tar_14_a_password_is_used_for_signing_in_and_nothing_else() {
    let company = company();
    company.only_for("credentials", &["sign_in"]);
    company.purpose_of("sign_in", &["account", "credentials"]);
}

#[test]
fn tar_15_the_way_of_payment_is_used_for_billing_by_finance_only() {
    let company = company();
    company.only_for("billing", &["billing"]);
    let categories = ["account", "subscription", "billing", "invoice", "invoice_contact"];
    company.purpose_of("billing", &categories);
}

#[test]
fn tar_20_threats_are_looked_for_by_the_security_team_on_a_weighed_interest() {
    let company = company();
    company.basis("security", "legitimate_interest");
    for category in ["usage", "device", "api_call"] {
        company.used_for(category, "security");
    }
}

#[test]
fn tar_21_nothing_is_ever_sold() {
    company().never("sale");
}

#[test]
fn tar_22_nobody_gets_anything_who_is_not_on_the_list() {
    company().listed_recipients();
}

#[test]
fn tar_30_what_is_stored_is_sealed() {
    company().sealed();
}

#[test]
fn tar_31_a_role_reads_what_a_purpose_gives_it_and_nothing_more() {
    company().least_privilege();
}

#[test]
fn tar_34_customers_are_apart() {
    company().walls();
}

#[test]
fn tar_36_51_70_each_address_stands_on_the_page() {
    let company = company();
    let values = [
        "Jl. Jenderal Sudirman No. Kav. 21, Jakarta Selatan, Indonesia",
        "privacy@tarrasmart.example",
        "hi@tarrasmart.example",
        "security@tarrasmart.example",
    ];
    company.said("company", &values);
    company.said("service.site", &["tarrasmart.com"]);
}

#[test]
fn tar_37_everything_has_an_end() {
    company().bounded();
}

#[test]
fn tar_38_an_account_goes_ninety_days_after_the_subscription_ended_and_can_come_back_until_then() {
    let company = company();
    company.restorable("account");
    company.kept_with_whole("subscription", "account");
}

#[test]
fn tar_40_logs_serve_security_and_performance_for_twelve_months() {
    let company = company();
    for category in ["usage", "device", "api_call"] {
        company.only_for(category, &["security", "performance"]);
        company.kept(category, &["12 months"]);
    }
    company.only_for("diagnostics", &["performance"]);
    company.kept("diagnostics", &["12 months"]);
}

#[test]
fn tar_42_46_who_asks_is_erased_before_any_period_is_over() {
    company().right_to_erasure();
}

#[test]
fn tar_43_everyone_has_the_whole_set_of_rights_wherever_they_are() {
    let company = company();
    for right in ["access", "erasure", "restriction", "withdrawal", "objection"] {
        company.row("en", &format!("right.{right}"));
    }
    for country in ["ID", "GB", "AU", "BR"] {
        let body = serde_json::json!({"people": ["user"], "country": country});
        let id = company.server.post(&company.system, "/v1/subjects", body).id();
        for kind in ["access", "restriction", "erasure"] {
            let body = serde_json::json!({"subject": id, "kind": kind});
            let asked = company.server.post(&company.officer, "/v1/requests", body);
            assert_eq!(asked.status, 201, "{country}, {kind}: {}", asked.text());
        }
    }
}

#[test]
fn tar_44_a_person_gets_a_copy_of_everything() {
    company().right_of_access();
}

#[test]
fn tar_48_an_objection_ends_the_use_or_is_weighed() {
    company().right_to_object();
}

#[test]
fn tar_49_restricted_data_are_stored_and_used_for_nothing() {
    company().right_to_restriction();
}

#[test]
fn tar_50_consent_can_be_taken_back_at_any_time() {
    company().right_of_withdrawal();
}

#[test]
fn tar_65_66_the_page_says_its_version_and_its_days() {
    let company = company();
    company.said_in("en", "policy", &["1", "1 January 2026"]);
    company.said_in("id", "policy", &["1", "1 Januari 2026"]);
    assert_eq!(company.page("en")["version"], "1");
    assert_eq!(company.page("id")["effective"], "2026-01-01");
}

#[test]
fn tar_69_going_on_to_use_the_platform_is_no_consent() {
    company().use_is_no_consent();
}

#[test]
fn tar_09_diagnostics_have_a_measure_and_a_reading_and_no_name() {
    let company = company();
    company.declared("diagnostics", &["measured", "reading"]);
    company.pseudonymous("diagnostics", "performance", &["measured"]);
}

#[test]
fn tar_10_media_are_taken_for_analysis() {
    company().declared("media", &["media"]);
}

#[test]
fn tar_11_datasets_and_questions_are_content() {
    let company = company();
    company.declared("dataset", &["dataset", "title"]);
    company.declared("query", &["query"]);
}

#[test]
fn tar_12_images_for_inspection_are_seen_by_inspectors() {
    let company = company();
    company.declared("inspection", &["image", "media"]);
    company.only_for("inspection", &["inspection", "model_research"]);
    company.used_for("inspection", "inspection");
}

#[test]
fn tar_16_support_reads_while_a_ticket_is_open() {
    let company = company();
    company.basis("support", "contract");
    company.reason_first("account", "support");
}

#[test]
fn tar_18_content_enters_research_while_its_switch_is_on_and_without_names() {
    let company = company();
    company.off_at_first("content_research");
    for category in ["media", "dataset", "query", "inspection"] {
        company.switched(category, "model_research", "content_research");
    }
    company.pseudonymous("media", "model_research", &["media"]);
    company.pseudonymous("device", "performance", &["ip", "device_id"]);
    company.basis("performance", "legitimate_interest");
}

#[test]
fn tar_19_a_demand_of_the_law_needs_its_case() {
    company().reason_first("account", "compliance");
}

#[test]
fn tar_27_content_goes_to_nobody() {
    company().not_shared(&["media", "dataset", "query", "inspection"]);
}

#[test]
fn tar_39_content_goes_with_its_own_lifecycle_and_thirty_days_after_closing_at_the_latest() {
    let company = company();
    for category in ["media", "dataset", "query", "inspection"] {
        company.kept(category, &["content_keep", "30 days after account.closed"]);
    }
    let refused = [("6 years", "max"), ("1 hour", "min")];
    company.bounds("content_keep", &["1 day", "5 years", "90 days"], &refused);
}

#[test]
fn tar_41_books_are_kept_ten_years_and_the_names_on_them_seven() {
    let company = company();
    company.kept("invoice", &["10 years"]);
    company.kept("invoice_contact", &["7 years"]);
    let fields = ["invoice_number", "invoice_date", "amount", "company_name"];
    company.left_by_law("invoice", "bookkeeping", &fields);
}

#[test]
fn tar_52_a_request_is_answered_within_thirty_days() {
    company().answered_within(30);
}

#[test]
fn tar_45_wrong_values_are_put_right() {
    company().right_of_correction();
}

#[test]
fn tar_47_what_one_gave_can_be_taken_along() {
    company().right_of_portability();
}
