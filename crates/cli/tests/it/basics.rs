use std::fs;

use serde_json::Value;

use crate::janji::{Folder, janji};

#[test]
fn help_teaches_and_misuse_is_two() {
    let help = janji(&["--help"]).fine();
    for word in ["janji init", "Exit codes", "verify", "restore", "demo"] {
        assert!(help.contains(word), "{word}");
    }
    for command in [
        "init",
        "check",
        "diff",
        "explain",
        "render",
        "simulate",
        "fmt",
        "schema",
        "serve",
        "prove",
        "verify",
        "export",
        "token",
        "workspace",
        "backup",
        "restore",
    ] {
        assert!(janji(&[command, "--help"]).fine().contains("Usage"), "{command}");
    }
    janji(&[]).says(2, "Usage");
    janji(&["chek"]).says(2, "check");
    janji(&["check"]).says(2, "FILE");
    janji(&["--version"]).says(0, "janji 0");
}

#[test]
fn init_writes_a_policy_that_passes_and_never_writes_over() {
    let temp = tempfile::tempdir().unwrap();
    let folder = temp.path().join("shop");
    let name = folder.to_str().unwrap();
    janji(&["init", name]).says(0, "janji check");
    let policy = folder.join("policy.toml");
    janji(&["check", policy.to_str().unwrap()]).says(0, "fine");
    let before = fs::read(&policy).unwrap();
    janji(&["init", name]).says(2, "there already");
    assert_eq!(fs::read(&policy).unwrap(), before);
    let config = fs::read_to_string(folder.join("janji.toml")).unwrap();
    assert!(config.contains("accept_total_loss = true"), "{config}");
}

#[test]
fn check_draws_the_place_of_a_finding_and_ends_with_one() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let file = temp.path().join("policy.toml");
    let broken = fs::read_to_string(&file)
        .unwrap()
        .replace("keep    = \"1 year after", "kep    = \"1 year after");
    fs::write(&file, broken).unwrap();
    let name = file.to_str().unwrap();
    let checked = janji(&["check", name]);
    assert_eq!(checked.code, 1);
    for part in ["error[", "policy.toml:", "^^^", "did you mean `keep`?"] {
        assert!(checked.out.contains(part), "{part}\n{}", checked.out);
    }
    let listed = janji(&["check", name, "--format", "json"]);
    assert_eq!(listed.code, 1);
    let findings: Value = serde_json::from_str(&listed.out).unwrap();
    let found = findings.as_array().unwrap().iter().find(|one| one["rule"] == "unknown-key");
    assert!(found.unwrap()["line"].as_u64().unwrap() > 30, "{findings}");
    janji(&["check", "/nowhere/policy.toml"]).says(2, "cannot be read");
}

#[test]
fn explain_knows_findings_and_rows() {
    janji(&["explain", "unknown-key"]).fine();
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let policy = temp.path().join("policy.toml");
    let policy = policy.to_str().unwrap();
    janji(&["explain", "data.ticket.keep", "--policy", policy]).says(0, "1 year after resolved");
    janji(&["explain", "data.nothing", "--policy", policy]).says(2, "no row");
    janji(&["explain", "data.ticket.keep"]).says(0, "how long it is kept");
    janji(&["explain", "data.ticket.kep"]).says(2, "--policy");
}

#[test]
fn fmt_writes_the_house_style_and_check_only_says_so() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let file = temp.path().join("policy.toml");
    let name = file.to_str().unwrap();
    janji(&["fmt", "--check", name]).fine();
    let styled = fs::read_to_string(&file).unwrap();
    let untidy = styled.replace(" = ", "=");
    fs::write(&file, &untidy).unwrap();
    janji(&["fmt", "--check", name]).says(1, "not in the house style");
    assert_eq!(fs::read_to_string(&file).unwrap(), untidy);
    janji(&["fmt", name]).says(0, "formatted");
    assert_eq!(fs::read_to_string(&file).unwrap(), styled);
    fs::write(&file, "janji = ").unwrap();
    janji(&["fmt", name]).says(1, "syntax");
}

#[test]
fn render_writes_the_page_from_the_file_alone() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let file = temp.path().join("policy.toml");
    let name = file.to_str().unwrap();
    let html = janji(&["render", name]).fine();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("<style>"), "{html}");
    assert!(!html.contains("href=\"/"), "a page of its own links nowhere");
    assert!(janji(&["render", name, "--format", "md"]).fine().starts_with("# "));
    let page = temp.path().join("page.json");
    janji(&["render", name, "--format", "json", "--out", page.to_str().unwrap()]).fine();
    let json: Value = serde_json::from_str(&fs::read_to_string(page).unwrap()).unwrap();
    assert_eq!(json["language"], "en");
    janji(&["render", name, "--lang", "fr"]).says(2, "`fr`");
    fs::write(&file, "janji = 1").unwrap();
    janji(&["render", name]).says(1, "missing-section");
}

#[cfg(not(feature = "pdf"))]
#[test]
fn a_build_without_pdf_says_so_and_what_to_do_instead() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let file = temp.path().join("policy.toml");
    let page = temp.path().join("page.pdf");
    let (file, out) = (file.to_str().unwrap(), page.to_str().unwrap());
    janji(&["render", file, "--format", "pdf", "--out", out]).says(2, "`--features pdf`");
    assert!(!page.exists());
}

#[cfg(feature = "pdf")]
#[test]
fn render_writes_a_pdf_to_a_file_or_a_pipe() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let file = temp.path().join("policy.toml");
    let page = temp.path().join("page.pdf");
    let (file, out) = (file.to_str().unwrap(), page.to_str().unwrap());
    janji(&["render", file, "--format", "pdf", "--out", out]).fine();
    let written = fs::read(page).unwrap();
    assert!(written.starts_with(b"%PDF-1.7"));
    let piped = std::process::Command::new(env!("CARGO_BIN_EXE_janji"))
        .args(["render", file, "--format", "pdf"])
        .output()
        .unwrap();
    assert_eq!(piped.stdout, written, "the same bytes, and nothing added to them");
}

#[test]
fn the_schema_for_editors_is_json() {
    let schema = janji(&["schema"]).json();
    assert!(schema["properties"]["data"]["additionalProperties"]["properties"]["keep"].is_object());
}

#[test]
fn a_configuration_with_an_unknown_key_or_none_is_refused() {
    let folder = Folder::new();
    let config = folder.path("data/janji.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("days = 30", "dais = 30")).unwrap();
    folder.run(&["workspace", "list"]).says(2, "did you mean `days`?");
    fs::remove_file(&config).unwrap();
    folder.run(&["workspace", "list"]).says(2, "janji init");
}

#[test]
fn without_an_escrow_elsewhere_total_loss_must_be_accepted() {
    let folder = Folder::new();
    let config = folder.path("data/janji.toml");
    let text = fs::read_to_string(&config).unwrap();
    fs::write(&config, text.replace("accept_total_loss = true", "accept_total_loss = false"))
        .unwrap();
    folder.run(&["serve", "--listen", "127.0.0.1:0"]).says(2, "accept_total_loss");
}

#[test]
fn simulate_draws_a_policy_from_its_file_alone() {
    let temp = tempfile::tempdir().unwrap();
    janji(&["init", temp.path().to_str().unwrap()]).fine();
    let policy = temp.path().join("policy.toml");
    let policy = policy.to_str().unwrap();
    let table = janji(&["simulate", policy, "--days", "60", "--people", "20"]).fine();
    assert!(table.starts_with("date,row,collected,stored"), "{table}");
    assert!(table.contains("2026-03-01,data.account,"), "{table}");
    assert_eq!(table, janji(&["simulate", policy, "--days", "60", "--people", "20"]).fine());
    let picture = temp.path().join("kept.svg");
    let name = picture.to_str().unwrap();
    let drawn = ["simulate", policy, "--days", "60", "--format", "svg", "--out", name];
    assert_eq!(janji(&drawn).fine(), "");
    assert!(fs::read_to_string(picture).unwrap().starts_with("<svg "));
    janji(&["simulate", policy, "--days", "0"]).says(2, "36500");
    janji(&["simulate", policy, "--days", "9", "--lang", "id"]).says(2, "`id`");
    janji(&["simulate", "--help"]).says(0, "Assumed");
}

#[test]
fn init_begins_from_texts_that_are_there() {
    let temp = tempfile::tempdir().unwrap();
    let text = temp.path().join("old.md");
    fs::write(&text, "# Data retention\n\n- Invoices: kept for 10 years\n").unwrap();
    let folder = temp.path().join("shop");
    let (name, text) = (folder.to_str().unwrap(), text.to_str().unwrap());
    janji(&["init", name, "--from", text]).says(0, "janji check");
    let policy = folder.join("policy.toml");
    let written = fs::read_to_string(&policy).unwrap();
    assert!(written.contains("old.md line 3") && written.contains("\"10 years\""), "{written}");
    janji(&["check", policy.to_str().unwrap()]).says(1, "missing-section");
    let none = temp.path().join("none");
    janji(&["init", none.to_str().unwrap(), "--from", "/nowhere"]).says(2, "cannot be read");
    assert!(!none.exists());
}
