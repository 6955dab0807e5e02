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
fn tap_85_a_closed_workspace_and_its_parts_are_gone_after_sixty_days() {
    let company = company();
    assert_eq!(company.promise("TAP-85")["state"], "kept");
    let person = company.person_of("account");
    let account = company.write(&person, "account");
    let closed = company.server.post(&company.admin, "/v1/workspace/close", json!({}));
    assert_eq!(closed.status, 200, "{}", closed.text());
    assert!(company.copied(&person, &account.id).is_some(), "the person's copy");
    assert_eq!(company.promise("TAP-85")["state"], "kept", "{}", company.promise("TAP-85"));
    company.pass(59 * 86_400);
    assert!(company.copied(&person, &account.id).is_some(), "until the period is over");
    company.pass(2 * 86_400);
    assert_eq!(company.promise("TAP-85")["state"], "broken", "while the sweeper sleeps");
    company.sweep();
    assert_eq!(company.server.get(&person.token, "/v1/features").status, 401);
    let listed = company.server.deployment.workspaces().unwrap();
    let ws = company.server.deployment.workspace(listed.first().unwrap().number).unwrap();
    let left = ws.read(|link| {
        Ok(store::value::all(link, "select rid from record", &[], |row| row.number(0))?)
    });
    assert_eq!(left.unwrap(), Vec::<u64>::new());
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

#[test]
fn tap_07_people_of_a_customer_are_processed_as_it_instructs() {
    let company = company();
    for category in ["employee", "visit"] {
        assert!(company.category(category).processor);
        for purpose in company.purposes(category) {
            let person = company.person_of(category);
            company.ready(&person, category);
            let decided = company.decide_as(&company.system, &person, category, &purpose.id);
            assert_eq!(decided["basis"], "instruction", "{category}: {decided}");
        }
        for ours in ["service", "billing", "marketing", "security", "improvement"] {
            let person = company.person_of(category);
            let decided = company.decide_as(&company.system, &person, category, ours);
            assert_eq!(decided["decision"], "deny", "{category} for {ours}: {decided}");
        }
    }
}

#[test]
fn tap_20_an_employee_and_a_day_of_attendance_have_their_fields() {
    let company = company();
    let fields = ["full_name", "email", "qr_id", "job_title", "department", "employment"];
    company.declared("employee", &fields);
    company.declared("attendance", &["clock_in", "method", "clock_out", "match_band"]);
}

#[test]
fn tap_21_faces_and_badges_come_with_their_feature() {
    company().feature_first("face_enrolment");
    company().feature_first("badge_photo");
}

#[test]
fn tap_22_a_visit_has_its_fields_and_a_document_only_where_a_site_asks() {
    let company = company();
    company.declared("visit", &["full_name", "contact", "host", "visit_purpose", "photo"]);
    company.off_at_first("visitor_id");
    company.declared("visit_document", &["document_reference"]);
    company.choose("visitor_id", json!(false));
    let person = company.person_of("visit_document");
    let decided = company.decide_as(&company.system, &person, "visit_document", "reception");
    assert_eq!(decided["reason"], "feature_off", "{decided}");
}

#[test]
fn tap_24_30_45_no_face_without_the_persons_own_word() {
    let company = company();
    company.basis("face_match", "explicit_consent");
    for category in ["face_enrolment", "face_vector"] {
        company.consent_first(category, "face_match");
    }
}

#[test]
fn tap_44_faces_are_in_two_plans() {
    company().plan_first("face");
}

#[test]
fn tap_47_of_a_face_the_model_and_the_vector_are_kept() {
    let company = company();
    company.declared("face_enrolment", &["face_model"]);
    company.declared("face_vector", &["face_vector"]);
}

#[test]
fn tap_48_a_vector_has_a_key_of_its_own() {
    let company = company();
    let person = company.person_of("face_vector");
    let written = company.write(&person, "face_vector");
    let gone = company.server.delete(&company.admin, &format!("/v1/records/{}/key", written.id));
    let told = company.statement(gone.json()["certificate"].as_str().unwrap());
    assert_eq!((told["keys"].as_str(), told["records"].as_u64()), (Some("destroyed"), Some(1)));
    assert_eq!(told["records_with_shared_key"], 0);
    let enrolment = person.records.borrow()["face_enrolment"].clone();
    assert_eq!(company.status("face_enrolment", &enrolment), 200);
}

#[test]
fn tap_49_the_picture_of_an_enrolment_is_never_stored() {
    company().never_stored("enrolment_photo");
}

#[test]
fn tap_50_a_badge_photo_is_a_choice_and_serves_the_badge() {
    let company = company();
    company.off_at_first("badge_photo");
    company.only_for("badge_photo", &["badge"]);
    company.choose("badge_photo", json!(false));
    let person = company.person_of("badge_photo");
    let decided = company.decide_as(&company.system, &person, "badge_photo", "badge");
    assert_eq!(decided["reason"], "feature_off", "{decided}");
}

#[test]
fn tap_52_how_sure_a_match_was_is_a_word_and_no_number() {
    let company = company();
    let person = company.person_of("attendance");
    company.ready(&person, "attendance");
    for wrong in [json!(0.97), json!("97 %"), json!("0.97")] {
        let mut fields = company.filled(&person, "attendance").fields;
        fields.insert("match_band".to_owned(), wrong);
        let refused = company.send(&company.system, &person, "attendance", &fields);
        assert_eq!((refused.status, refused.json()["field"].as_str()), (422, Some("match_band")));
    }
}

#[test]
fn tap_53_faces_go_to_nobody() {
    let faces = ["enrolment_photo", "face_enrolment", "face_vector", "tablet_face", "badge_photo"];
    company().not_shared(&faces);
}

#[test]
fn tap_56_a_withdrawn_face_is_destroyed_with_its_key() {
    let company = company();
    company.consent_first("face_vector", "face_match");
    let proofs = company.certificates();
    assert!(proofs.iter().any(|told| told["keys_destroyed"].is_string()), "{proofs:?}");
}

#[test]
fn tap_58_faces_go_when_the_feature_is_switched_off() {
    let company = company();
    company.kept("face_enrolment", &["face_grace after face.off"]);
    company.bounds("face_grace", &["0 days", "30 days"], &[("31 days", "max")]);
}

#[test]
fn tap_59_faces_wait_for_their_papers_and_another_method() {
    company().needs_first("face", &["transparency", "impact_assessment", "other_method"]);
}

#[test]
fn tap_86_visits_go_after_ninety_days_or_as_the_workspace_says() {
    let company = company();
    company.kept("visit", &["visitor_keep"]);
    let refused = [("2 years", "max"), ("1 hour", "min")];
    company.bounds("visitor_keep", &["1 day", "1 year"], &refused);
}

#[test]
fn tap_87_all_copies_of_a_face_go_together() {
    let company = company();
    company.kept_with_whole("face_vector", "face_enrolment");
    company.consent_first("face_vector", "face_match");
}

#[test]
fn tap_88_books_are_kept_ten_years() {
    let company = company();
    company.kept("invoice", &["10 years"]);
    let fields = ["invoice_number", "invoice_date", "amount", "company_name"];
    company.left_by_law("invoice", "bookkeeping", &fields);
}

#[test]
fn tap_101_102_a_request_has_its_number_at_once_and_its_answer_within_thirty_days() {
    company().answered_within(30);
}

#[test]
fn tap_39_use_is_counted_in_groups_and_read_by_nobody() {
    let company = company();
    company.counted("usage", "feature_used", "statistics", "improvement");
}

#[test]
fn tap_92_wrong_values_are_put_right() {
    company().right_of_correction();
}

#[test]
fn tap_95_what_one_gave_can_be_taken_along() {
    company().right_of_portability();
}

#[test]
fn tap_09_what_customers_give_serves_what_is_listed() {
    let company = company();
    let purposes = ["service", "security", "messages", "billing", "support", "marketing"];
    company.only_for("account", &purposes);
    company.only_for("subscription", &["billing"]);
    company.only_for("ticket", &["support"]);
    company.only_for("technical", &["security"]);
}

#[test]
fn tap_12_an_account_has_a_company_a_name_an_address_and_a_phone_if_given() {
    let company = company();
    company.declared("account", &["company_name", "full_name", "email", "phone"]);
    company.unique("account", "email");
}

#[test]
fn tap_14_a_subscription_has_a_plan_and_a_reference_and_an_invoice_what_the_books_need() {
    let company = company();
    company.declared("subscription", &["plan", "currency", "payment_reference"]);
    let fields = ["invoice_number", "invoice_date", "amount", "company_name", "full_name"];
    company.declared("invoice", &fields);
}

#[test]
fn tap_16_a_ticket_has_a_message_and_a_file_if_given() {
    company().declared("ticket", &["message", "attachment"]);
}

#[test]
fn tap_25_33_the_service_rests_on_the_contract_and_work_for_a_customer_on_its_instruction() {
    let company = company();
    company.basis("service", "contract");
    for purpose in ["attendance", "badge", "reception"] {
        company.basis(purpose, "instruction");
    }
    company.used_for("attendance", "attendance");
    company.used_for("visit", "reception");
}

#[test]
fn tap_28_114_messages_of_the_service_rest_on_the_contract_and_cannot_be_refused() {
    let company = company();
    company.basis("messages", "contract");
    let person = company.person_of("account");
    let account = company.write(&person, "account").id;
    assert_eq!(company.ask(&person, "objection", Some("messages")).status, 422);
    assert_eq!(company.withdraw(&person, "messages").json()["erased"].as_u64().unwrap_or(0), 0);
    assert_eq!(company.read_as(&company.system, &account, "messages").status, 200);
}

#[test]
fn tap_29_news_wait_for_a_yes_that_can_be_taken_back() {
    let company = company();
    company.basis("marketing", "consent");
    company.consent_first("account", "marketing");
}

#[test]
fn tap_36_support_needs_a_ticket_and_inside_a_workspace_its_leave_for_eight_hours() {
    let company = company();
    company.reason_first("account", "support");
    company.reason_first("employee", "workspace_support");
    let person = company.person(&["visitor".to_owned(), "admin".to_owned()]);
    let visit = company.write(&person, "visit").id;
    let token = company.staff("support");
    let body = json!({
        "subject": person.id, "purpose": "workspace_support", "ticket": company.ticket(&person),
    });
    let asked = company.server.post(&token, "/v1/grants", body).id();
    let path = format!("/v1/grants/{asked}/approve");
    assert_eq!(company.server.post(&company.admin, &path, json!({})).status, 200);
    company.pass(8 * 3_600 - 1);
    assert_eq!(company.read_as(&token, &visit, "workspace_support").status, 200);
    company.pass(1);
    assert_eq!(company.read_as(&token, &visit, "workspace_support").status, 403);
}

#[test]
fn tap_84_an_account_stays_while_the_contract_runs_and_goes_with_its_workspace() {
    let company = company();
    let person = company.person_of("account");
    let account = company.write(&person, "account");
    company.pass(5 * 365 * 86_400);
    company.sweep();
    assert_eq!(company.status("account", &account.id), 200);
    let closed = company.server.post(&company.admin, "/v1/workspace/close", json!({}));
    assert_eq!(closed.status, 200, "{}", closed.text());
    assert_ne!(company.status("account", &account.id), 200, "closed: used for nothing");
    company.pass(61 * 86_400);
    company.sweep();
    assert_eq!(company.server.get(&person.token, "/v1/features").status, 401, "erased");
}

#[test]
fn tap_118_who_is_concerned_hears_of_a_change_fourteen_days_before_it_holds() {
    let company = company();
    let person = company.person_of("account");
    let stay = "visitor_keep    = { default = \"90 days\"";
    assert!(company.source.contains(stay));
    let next = company.source.replacen("version   = \"1.0\"", "version   = \"2.0\"", 1);
    let next = next.replacen(stay, &stay.replace("90", "120"), 1);
    let visitor = company.person_of("visit");
    let done = company.server.deployment.publish(&next).unwrap();
    let engine::publication::Outcome::Announced { effective, .. } = done else {
        panic!("{done:?}")
    };
    let told = company.server.get(&visitor.token, "/v1/notices").json();
    assert_eq!(told["notices"][0]["kind"], "policy_change", "{told}");
    assert_eq!(told["notices"][0]["effective"], engine::time::rfc3339(effective));
    let path = format!("/v1/notices/{}/acknowledge", told["notices"][0]["id"].as_str().unwrap());
    assert_eq!(company.server.post(&visitor.token, &path, json!({})).status, 204);
    let others = company.server.post(&person.token, &path, json!({}));
    assert_eq!(others.status, 404, "{}", others.text());
    assert_eq!(company.promise("TAP-118")["state"], "kept", "{}", company.promise("TAP-118"));
    let left = effective - company.server.deployment.reading().now;
    assert!(left >= 14 * 86_400 * 1_000_000, "{left}");
    company.pass(left / 1_000_000 - 1);
    company.server.deployment.tick().unwrap();
    assert_eq!(company.page("en")["version"], "1.0");
    company.pass(1);
    company.server.deployment.tick().unwrap();
    assert_eq!(company.page("en")["version"], "2.0");
    assert_eq!(company.promise("TAP-118")["state"], "kept", "{}", company.promise("TAP-118"));
}
