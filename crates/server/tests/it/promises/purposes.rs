//! What data are used for, and by whom.

use serde_json::json;

use super::scene::Scene;

#[test]
fn ash_39_the_service_purpose_is_open_only_while_the_feature_is_used() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let ask = || scene.decide(&scene.ws.system, &intern.id, "form_answers", "service");
    assert_eq!(ask()["decision"], "allow");
    scene.feature("forms", false);
    assert_eq!(ask()["reason"], "feature_off");
    assert_eq!(
        scene.decide(&scene.ws.system, &intern.id, "account", "service")["decision"],
        "allow"
    );
}

#[test]
fn ash_40_security_looks_are_for_the_security_team() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    for (role, status) in [("security", 200), ("support", 403), ("grader", 403), ("hr", 403)] {
        let read = scene.read(&scene.staff(role), &intern.account, "security");
        assert_eq!(read.status, status, "{role}: {}", read.text());
    }
    assert_eq!(scene.read(&scene.ws.admin, &intern.account, "security").status, 403);
}

#[test]
fn ash_41_internal_management_is_about_staff_and_interns_only() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let read = scene.read(&scene.staff("supervisor"), &intern.attendance, "internal_management");
    assert_eq!(read.status, 200, "{}", read.text());
    let user = scene.server.subject(&scene.ws, &["user"]);
    let decided = scene.decide(&scene.ws.hr, &user, "attendance", "internal_management");
    assert_eq!(
        (decided["decision"].as_str(), decided["reason"].as_str()),
        (Some("deny"), Some("people"))
    );
}

#[test]
fn ash_42_automation_runs_while_its_owner_consents() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    scene.consent(&intern, "automation");
    let fields = json!({"settings": "each morning"});
    let record = scene.write(&intern.id, "workflow", Some(&intern.account), fields).id();
    assert_eq!(scene.status(&record, "automation"), 200);
    let other = scene.read(&scene.ws.system, &record, "service");
    assert_eq!(other.status, 403, "{}", other.text());
    scene.withdraw(&intern, "automation");
    assert_eq!(scene.status(&record, "automation"), 410);
}

#[test]
fn ash_47_each_use_names_its_lawful_basis() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let decided = scene.decide(&scene.ws.system, &intern.id, "account", "service");
    assert_eq!(
        (decided["decision"].as_str(), decided["basis"].as_str()),
        (Some("allow"), Some("contract"))
    );
    assert_eq!(decided["rule"], "purpose.service");
    let without = scene.server.get(&scene.ws.system, &format!("/v1/records/{}", intern.account));
    assert_eq!(without.status, 422, "{}", without.text());
}

#[test]
fn ash_53_75_nobody_may_use_anything_for_advertising() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    for token in [&scene.ws.system, &scene.ws.admin, &scene.ws.officer, &scene.ws.hr, &intern.token]
    {
        let decided = scene.decide(token, &intern.id, "account", "advertising");
        assert_eq!(decided["decision"], "deny", "{decided}");
    }
    for word in ["advertising", "ads", "retargeting", "interest_ads"] {
        assert_eq!(scene.status(&intern.account, word), 403, "{word}");
    }
}

#[test]
fn ash_74_nobody_may_sell_anything() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    for token in [&scene.ws.system, &scene.ws.admin, &scene.ws.officer, &intern.token] {
        let decided = scene.decide(token, &intern.id, "account", "sale");
        assert_eq!(decided["decision"], "deny");
        assert_eq!(decided["rule"], "never.sale");
    }
    assert_eq!(scene.status(&intern.account, "sale"), 403);
}

#[test]
fn ash_76_85_no_route_takes_data_to_anybody_else() {
    let scene = Scene::new();
    let intern = scene.intern("sari");
    let routes = scene.server.send("GET", "/openapi.json", &[], None).json();
    let paths: Vec<&String> = routes["paths"].as_object().unwrap().keys().collect();
    for word in ["send", "share", "transfer", "webhook", "forward", "recipient", "push"] {
        assert!(!paths.iter().any(|path| path.contains(word)), "{word} in {paths:?}");
    }
    scene.read(&scene.ws.hr, &intern.attendance, "internal_management");
    assert_eq!(scene.promise("ASH-76")["state"], "kept");
    for recipient in ["google", "resend", "schools"] {
        let state = scene.row("en", &format!("recipient.{recipient}"))["state"].clone();
        assert_eq!(state, "planned", "{recipient}");
    }
}
