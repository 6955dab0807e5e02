//! The files of the workspace, as git would see them, or a few made up for an example.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// One file: its path from the root with `/`, and its text.
pub(crate) struct File {
    pub(crate) path: String,
    pub(crate) text: String,
}

/// Files in the order of their paths.
pub(crate) struct Tree(Vec<File>);

/// What builds and runs leave behind is not the project's.
fn is_left_out(name: &str) -> bool {
    name.starts_with("target")
        || [".git", ".venv", "node_modules", "janji-data", "__pycache__"].contains(&name)
}

fn collect(root: &Path, folder: &Path, files: &mut Vec<File>) {
    for entry in fs::read_dir(folder).expect("a folder of the workspace") {
        let path: PathBuf = entry.expect("an entry of a folder").path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        if path.is_symlink() || is_left_out(&name) {
            continue;
        }
        if path.is_dir() {
            collect(root, &path, files);
        } else if let Ok(text) = fs::read_to_string(&path) {
            // What is no text holds nothing that these rules speak of.
            let from_root = path.strip_prefix(root).expect("a path below the root");
            files.push(File { path: from_root.to_string_lossy().replace('\\', "/"), text });
        }
    }
}

impl Tree {
    /// The workspace that this package belongs to.
    pub(crate) fn workspace() -> Tree {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
        let root = root.canonicalize().expect("the root of the workspace");
        let mut files = Vec::new();
        collect(&root, &root, &mut files);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        assert!(files.iter().any(|file| file.path == "Cargo.lock"), "not at the root");
        Tree(files)
    }

    /// An example.
    pub(crate) fn of(files: &[(&str, &str)]) -> Tree {
        let file = |(path, text): &(&str, &str)| File {
            path: (*path).to_owned(),
            text: (*text).to_owned(),
        };
        Tree(files.iter().map(file).collect())
    }

    pub(crate) fn files(&self) -> impl Iterator<Item = &File> {
        self.0.iter()
    }

    pub(crate) fn rust(&self) -> impl Iterator<Item = &File> {
        self.files().filter(|file| file.has_ending("rs"))
    }

    /// The text of one file, empty when it is not there.
    pub(crate) fn text(&self, path: &str) -> &str {
        self.files().find(|file| file.path == path).map_or("", |file| &file.text)
    }
}

impl File {
    pub(crate) fn has_ending(&self, ending: &str) -> bool {
        Path::new(&self.path).extension().is_some_and(|found| found == ending)
    }

    /// Whether the file lies in this crate's folder.
    pub(crate) fn is_of(&self, folder: &str) -> bool {
        self.path.strip_prefix("crates/").and_then(|rest| rest.split('/').next()) == Some(folder)
    }

    /// Tests lie in files of their own, so the path tells.
    pub(crate) fn is_test(&self) -> bool {
        self.path.split('/').any(|part| {
            let stem = part.strip_suffix(".rs").unwrap_or(part);
            ["tests", "testing", "benches", "fuzz"].contains(&stem) || stem.ends_with("_tests")
        })
    }
}

#[test]
fn tests_are_told_by_their_path() {
    let file = |path: &str| File { path: path.to_owned(), text: String::new() };
    for test in ["crates/x/tests/it/main.rs", "crates/x/src/a/tests.rs", "crates/x/src/a_tests.rs"]
    {
        assert!(file(test).is_test(), "{test}");
    }
    for code in ["crates/x/src/contests.rs", "crates/x/src/a.rs", "crates/tester/src/lib.rs"] {
        assert!(!file(code).is_test(), "{code}");
    }
}
