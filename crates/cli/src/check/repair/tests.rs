use std::{fs, os::unix::fs::PermissionsExt};

use super::replace;

#[test]
fn a_file_that_has_changed_meanwhile_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.toml");
    fs::write(&file, "theirs").unwrap();
    let permissions = fs::metadata(&file).unwrap().permissions();
    let refused = replace(&file, &permissions, "ours", "better").unwrap_err().to_string();
    assert!(refused.contains("has changed meanwhile"), "{refused}");
    assert_eq!(fs::read_to_string(&file).unwrap(), "theirs");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn a_file_is_replaced_whole_with_its_permissions() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.toml");
    fs::write(&file, "ours").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    let permissions = fs::metadata(&file).unwrap().permissions();
    replace(&file, &permissions, "ours", "better").unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), "better");
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn what_stands_in_the_way_is_not_written_through() {
    let folder = tempfile::tempdir().unwrap();
    let (file, other) = (folder.path().join("policy.toml"), folder.path().join("other"));
    fs::write(&file, "ours").unwrap();
    fs::write(&other, "other").unwrap();
    std::os::unix::fs::symlink(&other, super::beside(&file).unwrap()).unwrap();
    let permissions = fs::metadata(&file).unwrap().permissions();
    replace(&file, &permissions, "ours", "better").unwrap_err();
    assert_eq!(fs::read_to_string(&other).unwrap(), "other");
    assert_eq!(fs::read_to_string(&file).unwrap(), "ours");
}
