use std::{fs, path::Path};

use serde_json::Value;
use tempfile::TempDir;

use crate::janji::janji;

fn policies() -> String {
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/ashari.toml").to_owned()
}

/// The reference policy with another period for the photo.
fn changed(temp: &TempDir) -> String {
    let source = fs::read_to_string(policies()).unwrap();
    let old = "for     = [\"presence_photo\"]\nkeep    = \"90 days\"";
    assert!(source.contains(old));
    let new = source.replace(old, "for     = [\"presence_photo\"]\nkeep    = \"1 year\"");
    let file = temp.path().join("new.toml");
    fs::write(&file, new).unwrap();
    text(&file)
}

fn text(file: &Path) -> String {
    file.to_str().unwrap().to_owned()
}

#[test]
fn diff_says_what_changes_for_whom_and_which_notice_it_needs() {
    let temp = tempfile::tempdir().unwrap();
    let new = changed(&temp);
    let shown = janji(&["diff", &policies(), &new]);
    assert_eq!(shown.code, 1, "{shown:?}");
    for part in [
        "loosens: 1",
        "data.selfie.keep  \"90 days\" → \"1 year\"",
        "for employee, intern; material; told 14 days before (notice.policy_change.before)",
        "told before (id-pdp 21(2))",
        "notice before this version holds: told 14 days before",
    ] {
        assert!(shown.out.contains(part), "{part}\n{}", shown.out);
    }
    let document = janji(&["diff", &policies(), &new, "--json"]);
    assert_eq!(document.code, 1);
    let document: Value = serde_json::from_str(&document.out).unwrap();
    assert_eq!(document["changes"][0]["whom"][1], "intern");
    assert_eq!(document["changes"][0]["material"], true);
    assert_eq!(document["notice"]["period"], "14 days");
}

#[test]
fn diff_is_zero_where_nothing_changes_for_a_person_and_two_where_it_cannot_read() {
    let temp = tempfile::tempdir().unwrap();
    let new = changed(&temp);
    assert_eq!(janji(&["diff", &policies(), &policies()]).fine(), "");
    janji(&["diff", &policies(), &new, "--for", "guest"]).fine();
    janji(&["diff", &policies(), &new, "--for", "intern"]).says(1, "data.selfie.keep");
    janji(&["diff", &policies(), &new, "--for", "nobody"]).says(2, "no kind of person");
    janji(&["diff", "/nowhere.toml", &new]).says(2, "cannot be read");
    let broken = temp.path().join("broken.toml");
    fs::write(&broken, "janji = 1\n").unwrap();
    janji(&["diff", &policies(), &text(&broken)]).says(2, "janji check");
}

#[test]
fn the_page_says_what_changed_since_the_version_before() {
    let temp = tempfile::tempdir().unwrap();
    let new = changed(&temp);
    let page =
        janji(&["render", &new, "--lang", "en", "--format", "md", "--since", &policies()]).fine();
    assert!(page.contains("What changed since the last version"), "{page}");
    assert!(page.contains("1 year; before: 90 days"), "{page}");
    let alone = janji(&["render", &new, "--lang", "en", "--format", "md"]).fine();
    assert!(!alone.contains("What changed since the last version"));
}
