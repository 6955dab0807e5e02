//! Files that no policy is: they are refused with the reason, and before they take room or time.

use std::fs;

use crate::janji::janji;

#[test]
fn a_file_larger_than_any_policy_is_refused_before_it_is_read() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("policy.toml");
    // All holes: it takes no room, and would take a minute to read.
    fs::File::create(&file).unwrap().set_len(1 << 40).unwrap();
    for command in ["check", "fmt", "render"] {
        janji(&[command, file.to_str().unwrap()]).says(2, "too-large");
    }
}

#[test]
fn a_device_without_end_is_read_no_further_than_a_policy_is_long() {
    janji(&["check", "/dev/zero"]).says(2, "too-large");
    janji(&["check", "/dev/null"]).says(1, "no-version");
}

#[test]
fn what_is_not_utf_8_is_refused_with_its_place() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("policy.toml");
    fs::write(&file, b"janji = 1\n[policy]\nversion = \"\xff\"\n").unwrap();
    janji(&["check", file.to_str().unwrap()]).says(2, "byte 30, on line 3");
    janji(&["check", temp.path().to_str().unwrap()]).says(2, "cannot be read");
}

#[test]
fn the_benchmark_of_the_check_says_what_one_file_costs() {
    let temp = tempfile::tempdir().unwrap();
    let file = temp.path().join("policy.toml");
    fs::write(&file, policy::sample(policy::Length::Rules(300))).unwrap();
    for act in ["check", "toml"] {
        let cost = janji(&["bench", "once", act, file.to_str().unwrap()]).json();
        // The kernel counts in ticks: so short an act may have taken none.
        assert!(cost["ms"].as_f64().is_some() && cost["mb"].as_f64().unwrap() > 0.1, "{cost}");
    }
}
