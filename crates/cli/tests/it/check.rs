//! What `janji check` says to programs, and what it puts right.

use std::{
    fs,
    os::unix::fs::{PermissionsExt, symlink},
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::Value;

use crate::janji::{Ran, janji};

const GOOD: &str = include_str!("../../src/init/policy.toml");
const SCHEMA: &str = include_str!("../data/sarif/sarif-schema-2.1.0.json");

/// Runs `janji check` in a folder.
fn check(folder: &Path, args: &[&str]) -> Ran {
    let mut command = Command::new(env!("CARGO_BIN_EXE_janji"));
    Ran::of(&command.arg("check").args(args).current_dir(folder).output().unwrap())
}

fn sarif(folder: &Path, files: &[&str]) -> (Value, i32) {
    let ran = check(folder, &[&["--format", "sarif"], files].concat());
    let log = serde_json::from_str(&ran.out).unwrap_or_else(|_| panic!("{ran:?}"));
    (log, ran.code)
}

/// Whatever the schema of OASIS has against a log.
fn faults(log: &Value) -> Option<String> {
    let mut schemas = boon::Schemas::new();
    let mut compiler = boon::Compiler::new();
    compiler.enable_format_assertions();
    let schema: Value = serde_json::from_str(SCHEMA).unwrap();
    compiler.add_resource("sarif.json", schema).unwrap();
    let schema = compiler.compile("sarif.json", &mut schemas).unwrap();
    schemas.validate(log, schema).err().map(|fault| format!("{fault:#}"))
}

/// A slip in a word of the language, one in a name, and a word twice.
fn broken() -> String {
    let text = GOOD
        .replace("[never]", "[nevr]")
        .replace("for     = [\"support\"]", "for     = [\"suport\", \"suport\"]");
    format!("{text}# é🦀\n")
}

fn folder() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().canonicalize().unwrap();
    (folder, path)
}

#[test]
fn the_log_is_valid_for_every_policy_and_for_none_that_is_right() {
    let root = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../.."));
    let mut files = Vec::new();
    for place in ["policies", "policies/as-written"] {
        for entry in fs::read_dir(root.join(place)).into_iter().flatten() {
            let name = entry.unwrap().file_name().into_string().unwrap();
            if Path::new(&name).extension().is_some_and(|ending| ending == "toml") {
                files.push(format!("{place}/{name}"));
            }
        }
    }
    files.sort();
    assert!(files.len() >= 5, "{files:?}");
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    let (log, _) = sarif(root, &names);
    assert_eq!(faults(&log), None);
    let artifacts = log["runs"][0]["artifacts"].as_array().unwrap();
    let uris: Vec<&str> =
        artifacts.iter().map(|one| one["location"]["uri"].as_str().unwrap()).collect();
    assert_eq!(uris, names);

    let (_temp, folder) = folder();
    fs::write(folder.join("fine.toml"), GOOD).unwrap();
    fs::write(folder.join("no.toml"), "[policy\n").unwrap();
    let (log, code) = sarif(&folder, &["fine.toml"]);
    assert_eq!((faults(&log), code), (None, 0));
    assert_eq!(log["runs"][0]["results"], serde_json::json!([]));
    let (mut log, code) = sarif(&folder, &["no.toml"]);
    assert_eq!((faults(&log), code), (None, 1));
    // The schema does look.
    log["runs"][0]["results"][0]["level"] = "grave".into();
    assert!(faults(&log).is_some());
}

#[test]
fn a_result_says_rule_place_neighbours_and_change() {
    let (_temp, folder) = folder();
    let name = "a b%é.toml";
    fs::write(folder.join(name), broken().replace("[\"suport\"", "[\"🦀\", \"suport\"")).unwrap();
    let (log, code) = sarif(&folder, &[name]);
    assert_eq!((faults(&log), code), (None, 1));
    let run = &log["runs"][0];
    assert_eq!(run["columnKind"], "utf16CodeUnits");
    assert_eq!(run["artifacts"][0]["location"]["uri"], "a%20b%25%C3%A9.toml");
    let results = run["results"].as_array().unwrap();
    let result = |rule: &str| results.iter().find(|one| one["ruleId"] == rule).unwrap();
    let twice = result("duplicate");
    let line = 1 + broken().lines().position(|line| line.contains("suport")).unwrap();
    let region = &twice["locations"][0]["physicalLocation"]["region"];
    let place = |region: &Value| {
        ["startLine", "startColumn", "endLine", "endColumn"]
            .map(|key| region[key].as_u64().unwrap())
    };
    let line = u64::try_from(line).unwrap();
    assert_eq!(place(region), [line, 28, line, 36]);
    let first = &twice["relatedLocations"][0]["physicalLocation"]["region"];
    assert_eq!(place(first), [line, 18, line, 26]);
    let change = &twice["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(place(&change["deletedRegion"]), [line, 26, line, 36]);
    assert_eq!(change["insertedContent"]["text"], "");
    let index = usize::try_from(twice["ruleIndex"].as_u64().unwrap()).unwrap();
    let rule = &run["tool"]["driver"]["rules"][index];
    assert_eq!(rule["id"], "duplicate");
    for part in ["shortDescription", "fullDescription", "help"] {
        assert!(rule[part]["text"].as_str().unwrap().len() > 10, "{rule}");
    }
    assert_eq!(rule["defaultConfiguration"]["level"], "error");
}

#[test]
fn a_result_stays_the_same_when_its_line_moves() {
    let prints = |text: &str| -> Vec<String> {
        let (_temp, folder) = folder();
        fs::write(folder.join("p.toml"), text).unwrap();
        let (log, _) = sarif(&folder, &["p.toml"]);
        let results = log["runs"][0]["results"].as_array().unwrap();
        results
            .iter()
            .map(|one| one["partialFingerprints"]["janji/v1"].as_str().unwrap().to_owned())
            .collect()
    };
    let before = prints(&broken());
    assert_eq!(
        before,
        prints(&broken().replace("[service]", "# Lines.\n\n# More lines.\n[service]"))
    );
    let mut unique = before.clone();
    unique.sort();
    unique.dedup();
    assert_eq!(unique.len(), before.len());
    assert_ne!(before, prints(&broken().replace("suport", "supporr")));
}

#[test]
fn a_file_elsewhere_is_named_in_full() {
    let (_temp, here) = folder();
    let (_other, there) = folder();
    fs::write(there.join("p.toml"), GOOD).unwrap();
    let whole = there.join("p.toml");
    let (log, _) = sarif(&here, &[whole.to_str().unwrap()]);
    let uri = log["runs"][0]["artifacts"][0]["location"]["uri"].as_str().unwrap();
    assert_eq!(uri, format!("file://{}", whole.display()));
    fs::create_dir(here.join("in")).unwrap();
    fs::write(here.join("p.toml"), GOOD).unwrap();
    let (log, _) = sarif(&here.join("in").join(".."), &["./in/../p.toml"]);
    assert_eq!(log["runs"][0]["artifacts"][0]["location"]["uri"], "p.toml");
}

#[test]
fn what_has_one_right_answer_is_put_right_and_the_rest_is_told() {
    let (_temp, folder) = folder();
    let file = folder.join("policy.toml");
    fs::write(&file, broken()).unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let shown = check(&folder, &["--fix", "--dry-run", "policy.toml"]);
    assert_eq!(shown.code, 1);
    for line in ["--- policy.toml\n", "\n-[nevr]\n+[never]\n", "\n+for     = [\"suport\"]\n"] {
        assert!(shown.out.contains(line), "{line}\n{}", shown.out);
    }
    assert_eq!(fs::read_to_string(&file).unwrap(), broken());

    let fixed = check(&folder, &["--fix", "policy.toml"]);
    assert_eq!(fixed.code, 1, "{fixed:?}");
    assert!(fixed.err.contains("write `never` [unknown-section]"), "{}", fixed.err);
    assert!(fixed.out.contains("did you mean `support`?"), "{}", fixed.out);
    let right = broken().replace("[nevr]", "[never]").replace(", \"suport\"]", "]");
    assert_eq!(fs::read_to_string(&file).unwrap(), right);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(&folder).unwrap().count(), 1);

    fs::write(&file, right.replace("suport", "support")).unwrap();
    check(&folder, &["--fix", "policy.toml"]).says(0, "fine");
    check(&folder, &["--dry-run", "policy.toml"]).says(2, "--fix");
}

#[test]
fn a_link_is_not_written_through() {
    let (_temp, folder) = folder();
    fs::write(folder.join("real.toml"), broken()).unwrap();
    symlink(folder.join("real.toml"), folder.join("policy.toml")).unwrap();
    check(&folder, &["--fix", "policy.toml"]).says(2, "is a link");
    assert_eq!(fs::read_to_string(folder.join("real.toml")).unwrap(), broken());
    janji(&["check", "--fix", folder.to_str().unwrap()]).says(2, "no file");
}
