//! The public pages.

use crate::world::TestServer;

#[test]
fn the_policy_is_published_in_each_language_and_form() {
    let server = TestServer::start();
    server.workspace("main");
    let page = |path: &str| server.send("GET", path, &[], None);
    let binding = page("/policy");
    assert_eq!(binding.status, 200, "{}", binding.text());
    assert!(binding.text().contains("<html lang=\"id\">"));
    assert!(binding.text().contains("Kebijakan privasi Ashari Tech"));
    let english = page("/policy?lang=en");
    assert!(english.text().contains("Privacy policy of Ashari Tech"));
    assert!(english.text().contains("id=\"data.selfie\""));
    assert!(english.text().contains("not kept yet"));
    let security = english.header("content-security-policy");
    assert!(security.starts_with("default-src 'none'; style-src 'self'"));
    assert!(!english.text().contains("<script") && !english.text().contains("style="));
    assert_eq!(page("/policy.json?lang=en").json()["language"], "en");
    assert!(page("/policy.md?lang=en").text().starts_with("# Privacy policy of Ashari Tech"));
    assert!(page("/style.css").header("content-type").starts_with("text/css"));
}

#[cfg(feature = "pdf")]
#[test]
fn the_policy_is_published_as_pdf_in_each_language() {
    let server = TestServer::start();
    server.workspace("main");
    // The typesetter takes its time in a build that is not optimised; until then the server asks for patience.
    let page = |path: &str| {
        let mut answers = std::iter::repeat_with(|| server.send("GET", path, &[], None));
        answers.by_ref().take(60).find(|answer| answer.status != 503).unwrap()
    };
    let binding = page("/policy.pdf");
    assert_eq!(binding.status, 200, "{}", binding.text());
    assert_eq!(binding.header("content-type"), "application/pdf");
    assert!(binding.bytes.starts_with(b"%PDF-1.7"));
    let english = page("/policy.pdf?lang=en&version=1");
    assert!(english.bytes.starts_with(b"%PDF-1.7") && english.bytes != binding.bytes);
    assert_eq!(page("/policy.pdf?lang=en").bytes, english.bytes);
    assert_eq!(page("/policy.pdf?version=none").status, 404);
    assert_eq!(page("/policy.pdf?for=user").status, 422, "views are not set as files");
    assert!(page("/policy?lang=en").text().contains("href=\"/policy.pdf?lang=en\""));
}

#[cfg(not(feature = "pdf"))]
#[test]
fn without_the_feature_there_is_no_pdf_and_no_link_to_it() {
    let server = TestServer::start();
    server.workspace("main");
    assert_eq!(server.send("GET", "/policy.pdf", &[], None).status, 404);
    assert!(!server.send("GET", "/policy", &[], None).text().contains("policy.pdf"));
}

#[test]
fn the_trust_page_shows_every_promise_and_the_key_to_pin() {
    let server = TestServer::start();
    server.workspace("main");
    let page = server.send("GET", "/trust?lang=en", &[], None).text();
    assert!(page.contains("ASH-118") && page.contains("ASH-174"));
    assert!(page.contains(&server.deployment.control().vkey().to_string()));
    assert!(page.contains("test clock"));
}

#[test]
fn the_files_of_the_logs_are_public_and_tiles_are_kept_for_ever() {
    let server = TestServer::start();
    let ws = server.workspace("main");
    server.deployment.tick().unwrap();
    let ledger = server.get(&ws.system, "/v1/ledger").json();
    let tiles = ledger["tiles"].as_str().unwrap();
    let checkpoint = server.send("GET", &format!("{tiles}checkpoint"), &[], None);
    assert_eq!(checkpoint.status, 200, "{}", checkpoint.text());
    assert_eq!(checkpoint.text(), ledger["checkpoint"].as_str().unwrap());
    assert_eq!(checkpoint.header("cache-control"), "no-cache");
    let deployment = server.send("GET", "/ledger/deployment/checkpoint", &[], None);
    assert_eq!(deployment.text(), ledger["deployment"]["checkpoint"].as_str().unwrap());
    let anchored = server.send("GET", "/ledger/deployment/anchored/0", &[], None);
    assert_eq!(anchored.status, 200, "{}", anchored.text());
    let size = ledger["size"].as_u64().unwrap();
    let tile = ledger::tile::hashes_path(0, 0, size.min(256));
    let tile = server.send("GET", &format!("{tiles}{tile}"), &[], None);
    assert!(tile.header("cache-control").contains("immutable"), "{}", tile.text());
    for path in
        ["/ledger/../control.db", "/ledger/%2e%2e/control.db", "/ledger/x/..%2f..%2fcontrol.db"]
    {
        assert_eq!(server.send("GET", path, &[], None).status, 404, "{path}");
    }
}

#[test]
fn machines_find_health_counts_description_and_contact() {
    let server = TestServer::with(|settings| {
        settings.security_contact = Some("mailto:security@ashari.example".to_owned());
    });
    server.workspace("main");
    let get = |path: &str| server.send("GET", path, &[], None);
    assert_eq!(get("/healthz").text(), "ok\n");
    let metrics = get("/metrics").text();
    assert!(metrics.contains("janji_answers_total{status=\"2xx\"}"));
    assert!(metrics.contains("janji_workspaces 1"));
    assert_eq!(get("/openapi.json").json()["openapi"], "3.1.0");
    assert!(get("/.well-known/security.txt").text().starts_with("Contact: mailto:"));
    assert_eq!(get("/").status, 200);
    assert_eq!(server.send("POST", "/policy", &[], Some(b"")).status, 405);
}

#[test]
fn without_a_contact_there_is_no_security_file() {
    let server = TestServer::start();
    assert_eq!(server.send("GET", "/.well-known/security.txt", &[], None).status, 404);
}
