//! What is promised by publishing it.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::scene::Scene;

fn paths(policy: &Value) -> Vec<String> {
    let chapters = policy["chapters"].as_array().unwrap().iter();
    let rows = chapters.flat_map(|chapter| chapter["rows"].as_array().unwrap());
    rows.map(|row| row["path"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn ash_01_the_page_says_since_when_it_holds_and_when_it_was_reviewed() {
    let scene = Scene::new();
    assert_eq!(scene.policy("en")["effective"], "2026-02-12");
    let dates = scene.values("policy");
    assert_eq!(
        dates.iter().filter(|value| value.contains("12 February 2026")).count(),
        2,
        "{dates:?}"
    );
}

#[test]
fn ash_02_the_indonesian_page_has_the_same_rules_as_the_english_one() {
    let scene = Scene::new();
    let [indonesian, english] = ["id", "en"].map(|language| scene.policy(language));
    assert_eq!(paths(&indonesian), paths(&english));
    assert_ne!(indonesian["title"], english["title"]);
}

#[test]
fn ash_03_the_indonesian_text_binds_and_the_english_page_says_so() {
    let scene = Scene::new();
    assert_eq!(scene.policy("id")["binding"], true);
    assert_eq!(scene.policy("en")["binding"], false);
    let page = scene.server.send("GET", "/policy?lang=en", &[], None).text();
    assert!(page.contains("href=\"/policy?lang=id\" hreflang=\"id\""), "{page}");
    assert!(scene.server.send("GET", "/policy", &[], None).text().contains("<html lang=\"id\">"));
}

#[test]
fn ash_04_only_people_and_staff_whom_the_policy_names_exist() {
    let scene = Scene::new();
    let made = scene.server.post(&scene.ws.system, "/v1/subjects", json!({"people": ["rival"]}));
    assert_eq!(made.status, 422, "{}", made.text());
    assert_eq!(made.json()["rule"], "scope.people");
    let body = json!({"role": "staff", "staff": "chef"});
    let made = scene.server.post(&scene.ws.admin, "/v1/tokens", body);
    assert_eq!(made.json()["rule"], "scope.staff", "{}", made.text());
}

#[test]
fn ash_05_the_company_site_and_portal_are_in_scope() {
    let scene = Scene::new();
    assert_eq!(scene.values("service.portal"), ["ashari.tech"]);
}

#[test]
fn ash_06_the_cloud_service_is_in_scope() {
    let scene = Scene::new();
    assert_eq!(scene.values("service.cloud"), ["ashari.cloud"]);
}

#[test]
fn ash_07_work_for_clients_is_in_scope() {
    let scene = Scene::new();
    let words = scene.row("en", "service.projects")["words"].to_string();
    assert!(words.contains("automation"), "{words}");
}

#[test]
fn ash_49_the_law_that_the_policy_is_measured_by_is_named() {
    let scene = Scene::new();
    let values = scene.values("policy");
    assert!(values.iter().any(|value| value.to_lowercase().contains("pdp")), "{values:?}");
    let attendant = scene.server.subject(&scene.ws, &["intern"]);
    let decided = scene.decide(&scene.ws.hr, &attendant, "engagement", "school_reports");
    assert_eq!(decided["basis"], "legal_duty", "{decided}");
}

#[test]
fn ash_100_164_173_who_answers_is_named_with_address_hours_and_a_way_to_reach_them() {
    let scene = Scene::new();
    let values = scene.values("company").join("\n");
    for said in ["Ashari Tech", "privacy@ashari.example", "Jakarta, Indonesia", "09:00"] {
        assert!(values.contains(said), "{said}: {values}");
    }
}

#[test]
fn ash_106_the_version_in_force_is_named_and_every_answer_can_be_traced_to_it() {
    let scene = Scene::new();
    let version = scene.policy("id")["version"].clone();
    let told = scene.server.get(&scene.ws.officer, "/v1/promises").json();
    assert_eq!(told["policy"], version);
    let intern = scene.intern("sari");
    let decided = scene.decide(&scene.ws.system, &intern.id, "account", "service");
    assert_eq!(decided["policy"], version);
}

#[test]
fn ash_161_162_the_officer_has_a_title_and_an_address() {
    let scene = Scene::new();
    let officer = scene.row("en", "officer");
    assert!(officer["words"].as_str().unwrap().contains("Data Protection Officer"), "{officer}");
    assert!(scene.values("officer").iter().any(|value| value.contains("dpo@ashari.example")));
}

#[test]
fn ash_174_every_rule_has_an_anchor_of_its_own() {
    let scene = Scene::new();
    let all = paths(&scene.policy("id"));
    let once: BTreeSet<&String> = all.iter().collect();
    assert_eq!(once.len(), all.len());
    let page = scene.server.send("GET", "/policy", &[], None).text();
    for path in all {
        assert_eq!(page.matches(&format!("id=\"{path}\"")).count(), 1, "{path}");
    }
}
