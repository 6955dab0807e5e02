//! Tapsence: controller for its customers, processor for the people inside a customer's workspace.

use serde_json::json;

use super::bench::Company;

fn company() -> Company {
    Company::start("tapsence")
}

#[test]
fn tap_01_117_the_page_says_its_version_and_since_when_it_holds() {
    let company = company();
    company.said_in("en", "policy", &["1.0", "13 May 2026"]);
    company.said_in("id", "policy", &["1.0", "13 Mei 2026"]);
}

#[test]
fn tap_02_04_the_page_stands_in_both_languages_with_the_same_rules() {
    let company = company();
    let paths = |language: &str| {
        let page = company.page(language);
        let chapters = page["chapters"].as_array().unwrap().iter();
        let rows = chapters.flat_map(|chapter| chapter["rows"].as_array().unwrap());
        rows.map(|row| row["path"].to_string()).collect::<Vec<_>>()
    };
    assert_eq!(paths("en"), paths("id"));
    assert_ne!(company.page("en")["title"], company.page("id")["title"]);
    assert_eq!(company.page("en")["binding"], true);
    let french = company.server.get(&company.system, "/v1/policy?lang=fr");
    assert_eq!(french.status, 422, "{}", french.text());
}

#[test]
fn tap_03_there_are_four_kinds_of_person_and_no_other() {
    let company = company();
    for kind in ["admin", "guest", "employee", "visitor"] {
        company.person(&[kind.to_owned()]);
    }
    for kind in ["contractor", "owner", "Admin", ""] {
        let made = company.server.post(&company.system, "/v1/subjects", json!({"people": [kind]}));
        assert_eq!(
            (made.status, made.json()["rule"].as_str()),
            (422, Some("scope.people")),
            "{kind}"
        );
    }
    assert_eq!(company.policy.people.len(), 4);
}

#[test]
fn tap_05_119_121_who_answers_is_named_with_each_address() {
    let values = [
        "Speraverim (Hopi Digital)",
        "Manado, North Sulawesi, Indonesia",
        "privacy@tapsence.example",
        "hello@tapsence.example",
    ];
    company().said("company", &values);
}

#[test]
fn tap_06_the_service_is_named_with_its_host() {
    company().said("service.tapsence", &["tapsence.com"]);
}

#[test]
fn tap_08_the_laws_that_the_policy_is_measured_by_are_named() {
    let company = company();
    for language in ["en", "id"] {
        let row = company.row(language, "policy").to_string();
        assert!(row.contains("GDPR") && row.contains("PDP"), "{row}");
    }
}

#[test]
fn tap_15_the_number_of_a_card_is_stored_nowhere() {
    company().screened("invoice", "company_name");
}

#[test]
fn tap_17_a_request_shows_its_address_and_browser_and_not_where_it_came_from() {
    let company = company();
    let fields = ["ip", "browser", "requested_at", "language", "time_zone"];
    company.declared("technical", &fields);
    assert_eq!(company.category("technical").fields.len(), fields.len());
}

#[test]
fn tap_18_what_was_done_is_written_down_and_cannot_be_changed() {
    let company = company();
    company.tamper_evident();
    company.security_log("TAP-18");
}

#[test]
fn tap_19_of_a_crash_the_place_and_the_time_are_kept_and_nothing_that_was_written() {
    company().declared("crash", &["crash_place", "requested_at"]);
}

#[test]
fn tap_23_special_data_are_not_collected_and_such_words_are_masked_in_free_text() {
    let company = company();
    company.declared_only();
    company.special_words_masked();
}

#[test]
fn tap_26_billing_rests_on_the_contract_and_the_books_on_the_law() {
    let company = company();
    company.basis("billing", "contract");
    company.basis("bookkeeping", "legal_duty");
    let person = company.person_of("invoice");
    for purpose in ["billing", "bookkeeping"] {
        assert_eq!(company.ask(&person, "objection", Some(purpose)).status, 422, "{purpose}");
    }
}

#[test]
fn tap_27_37_security_rests_on_an_interest_that_is_weighed() {
    let company = company();
    company.basis("security", "legitimate_interest");
    company.objected("technical", "security");
}

#[test]
fn tap_32_data_are_used_for_what_they_were_collected_for() {
    company().purpose_bound();
}

#[test]
fn tap_34_payments_and_receipts_rest_on_the_contract() {
    let company = company();
    company.basis("billing", "contract");
    company.used_for("invoice", "billing");
}

#[test]
fn tap_40_nothing_is_ever_sold() {
    company().never("sale");
}

#[test]
fn tap_41_nothing_ever_serves_advertising() {
    company().never("advertising");
}

#[test]
fn tap_42_nothing_ever_trains_a_model() {
    company().never("training");
}

#[test]
fn tap_43_98_nothing_is_ever_decided_by_a_machine_alone() {
    company().never("automated_decisions");
}

#[test]
fn tap_73_what_is_stored_is_sealed() {
    company().sealed();
}

#[test]
fn tap_74_workspaces_are_apart() {
    company().walls();
}

#[test]
fn tap_76_a_role_reads_what_a_purpose_gives_it_and_nothing_more() {
    company().least_privilege();
}

#[test]
fn tap_77_what_admins_do_is_written_down_and_they_cannot_delete_it() {
    let company = company();
    company.security_log("TAP-77");
    company.tamper_evident();
}

#[test]
fn tap_90_logs_are_kept_ninety_days_and_longer_only_under_a_hold() {
    let company = company();
    company.kept("technical", &["90 days"]);
    company.application_log("technical");
    company.held("technical");
}

#[test]
fn tap_91_a_person_gets_a_copy_of_everything() {
    company().right_of_access();
}

#[test]
fn tap_93_who_asks_is_erased_with_a_proof() {
    company().right_to_erasure();
}

#[test]
fn tap_94_restricted_data_are_stored_and_used_for_nothing() {
    company().right_to_restriction();
}

#[test]
fn tap_96_a_purpose_of_our_own_interest_can_be_objected_to() {
    company().right_to_object();
}

#[test]
fn tap_97_consent_can_be_taken_back_at_any_time() {
    company().right_of_withdrawal();
}
