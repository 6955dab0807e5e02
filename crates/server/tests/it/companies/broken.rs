//! Each check fails when its rule is broken: here the server keeps an altered policy and the check expects the true one.

use std::panic::{AssertUnwindSafe, catch_unwind};

use super::bench::Company;

/// The check fails, and says why with this word.
fn fails(company: &str, from: &str, to: &str, word: &str, check: impl Fn(&Company)) {
    fails_after(company, &[(from, to)], word, check);
}

/// The same after several changes.
fn fails_after(company: &str, changes: &[(&str, &str)], word: &str, check: impl Fn(&Company)) {
    let broken = Company::breaking(company, |mut source| {
        for (from, to) in changes {
            assert!(source.contains(from), "{company}: no {from}");
            source = source.replacen(from, to, 1);
        }
        source
    });
    let failed = catch_unwind(AssertUnwindSafe(|| check(&broken)));
    let failure = failed.expect_err("the check did not see that its rule is broken");
    let said = failure.downcast_ref::<String>().map_or("", String::as_str);
    let said = failure.downcast_ref::<&str>().copied().unwrap_or(said);
    assert!(said.contains(word), "it failed for another reason: {said}");
}

const USAGE: &str = r#"fields   = ["feature_used", "used_at", "session"]
for      = ["security", "performance"]
keep     = "12 months""#;

#[test]
fn a_required_field_that_is_optional_is_seen() {
    let to = r#"fields   = ["feature_used", "used_at"]
optional = ["session"]
for      = ["security", "performance"]
keep     = "12 months""#;
    fails("tarrasmart", USAGE, to, "session", |company| company.declared("usage", &[]));
}

#[test]
fn a_field_too_few_is_seen() {
    let to = USAGE.replace(r#", "session""#, "");
    fails("tarrasmart", USAGE, &to, "session", |company| company.declared("usage", &[]));
}

#[test]
fn a_period_that_is_longer_or_shorter_is_seen() {
    for (months, word) in [("13", "too long"), ("11", "too soon")] {
        let to = USAGE.replace("12", months);
        fails("tarrasmart", USAGE, &to, word, |company| company.kept("usage", &[]));
    }
}

#[test]
fn a_shorter_or_longer_grace_is_seen() {
    for days in ["91", "89"] {
        let to = format!("grace    = \"{days} days\"");
        let check = |company: &Company| company.restorable("account");
        fails("tarrasmart", "grace    = \"90 days\"", &to, "", check);
    }
}

#[test]
fn a_purpose_too_many_is_seen() {
    let to = USAGE.replace(r#""performance""#, r#""performance", "service""#);
    let check = |company: &Company| company.only_for("usage", &["security", "performance"]);
    fails("tarrasmart", USAGE, &to, "usage for service", check);
}

#[test]
fn a_purpose_too_few_is_seen() {
    let to = USAGE.replace(r#""security", "#, "");
    let check = |company: &Company| company.used_for("usage", "security");
    fails("tarrasmart", USAGE, &to, "usage for security", check);
}

#[test]
fn other_staff_is_seen() {
    let from = r#"by        = ["security"]"#;
    let check = |company: &Company| company.used_for("usage", "security");
    fails("tarrasmart", from, r#"by        = ["legal"]"#, "uses usage for security", check);
    let check = |company: &Company| company.least_privilege();
    fails("tarrasmart", from, r#"by        = ["security", "legal"]"#, "legal: ", check);
}

#[test]
fn another_ground_is_seen() {
    let from = "billing         = { basis = \"contract\"";
    let check = |company: &Company| company.basis("billing", "contract");
    fails("takara", from, "billing         = { basis = \"legal_duty\"", "legal_duty", check);
}

#[test]
fn use_without_consent_is_seen() {
    let from = "marketing   = { basis = \"consent\"";
    let to = "marketing   = { basis = \"contract\"";
    let check = |company: &Company| company.consent_first("account", "marketing");
    fails("tapsence", from, to, "", check);
    fails("tapsence", from, to, "", Company::use_is_no_consent);
}

#[test]
fn a_second_record_of_the_same_value_is_seen() {
    let from = "unique   = [\"email\"]\n";
    fails("tarrasmart", from, "", "", |company| company.unique("account", "email"));
}

#[test]
fn a_kind_that_is_no_longer_forbidden_is_seen() {
    let from = "sale        = {";
    let check = |company: &Company| company.never("sale");
    fails("tarrasmart", from, "automated_decisions = {", "never", check);
}

#[test]
fn an_objection_that_is_only_weighed_is_seen() {
    let from = "objection = \"honoured\"";
    let check = |company: &Company| company.objected("usage", "performance");
    fails("tarrasmart", from, "objection = \"weighed\"", "objection", check);
}

#[test]
fn a_log_that_forgets_late_is_seen() {
    let from = "application_log = { keep = \"90 days\"";
    let check = |company: &Company| company.application_log("technical");
    fails("tapsence", from, "application_log = { keep = \"91 days\"", "", check);
}

#[test]
fn a_page_that_says_another_value_is_seen() {
    let check = |company: &Company| company.said("company", &["privacy@takara.example"]);
    fails("takara", "privacy@takara.example", "other@takara.example", "no privacy@", check);
}

#[test]
fn a_value_in_clear_is_seen() {
    let broken = Company::start("smartta");
    let leak = broken.server.folder.path().join("leak.log");
    std::fs::write(leak, "a canary1ofaccount").unwrap();
    let failed = catch_unwind(AssertUnwindSafe(|| broken.sealed()));
    let failure = failed.expect_err("a value in clear was not seen");
    let said = failure.downcast_ref::<String>().unwrap();
    assert!(said.contains("in clear: [\"a canary1ofaccount\"]"), "{said}");
}

#[test]
fn a_feature_that_is_not_asked_for_is_seen() {
    let from = "[data.webhook_event]\npart_of  = \"account\"\nwhen     = \"automation\"\n";
    let to = from.replace("when     = \"automation\"\n", "");
    fails("ashari", from, &to, "", |company| company.feature_first("webhook_event"));
}

#[test]
fn names_that_are_shown_to_research_are_seen() {
    let from = "people    = \"pseudonymous\"\nby        = [\"research\"]\ncovers    = { basis = [\"TAR-18\"], people = [\"TAR-09\", \"TAR-18\"] }";
    let to = "by        = [\"research\"]\ncovers    = { basis = [\"TAR-18\", \"TAR-09\"] }";
    let check = |company: &Company| company.pseudonymous("device", "performance", &["ip"]);
    fails("tarrasmart", from, to, "device.ip", check);
}

#[test]
fn what_is_stored_and_should_not_be_is_seen() {
    let changes = [
        ("captured_on = \"tablet\"\nkeep        = \"never\"", "keep        = \"with employee\""),
        ("{ captured_on = [\"TAP-46\"], keep = [\"TAP-49\"]", "{ keep = [\"TAP-46\", \"TAP-49\"]"),
        ("\"data.enrolment_photo.captured_on\", ", ""),
    ];
    let check = |company: &Company| company.never_stored("enrolment_photo");
    fails_after("tapsence", &changes, "blo_", check);
}

#[test]
fn a_connection_to_somebody_else_is_seen() {
    let company = Company::start("smartta");
    // An address that belongs to nobody: naming it as the other end sends nothing.
    let away = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    away.connect("192.0.2.1:9").unwrap();
    let failed = catch_unwind(AssertUnwindSafe(|| company.listed_recipients()));
    let failure = failed.expect_err("a connection was not seen");
    assert!(failure.downcast_ref::<String>().unwrap().contains("010200C0"));
}
