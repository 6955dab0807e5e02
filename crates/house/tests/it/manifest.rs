//! The dependencies that each `Cargo.toml` names.

use toml::{Table, Value};

use crate::tree::Tree;

/// One dependency of one package.
pub(crate) struct Dependency {
    /// The package that has it.
    pub(crate) of: String,
    /// The name in the registry or in the workspace.
    pub(crate) name: String,
    /// Whether only tests use it.
    pub(crate) dev: bool,
    /// Whether it is a package of this workspace.
    pub(crate) ours: bool,
}

/// The tables that may hold dependencies: the package's own and those of each target.
fn tables(manifest: &Table) -> Vec<&Table> {
    let mut tables = vec![manifest];
    if let Some(Value::Table(targets)) = manifest.get("target") {
        tables.extend(targets.values().filter_map(Value::as_table));
    }
    tables.extend(manifest.get("workspace").and_then(Value::as_table));
    tables
}

/// Every dependency of every package, and those that the workspace declares for all.
pub(crate) fn dependencies(tree: &Tree) -> Vec<Dependency> {
    let manifests: Vec<Table> = tree
        .files()
        .filter(|file| file.path == "Cargo.toml" || file.path.ends_with("/Cargo.toml"))
        .map(|file| file.text.parse().expect("a manifest in TOML"))
        .collect();
    let ours: Vec<String> = manifests.iter().map(package).collect();
    let mut found = Vec::new();
    for manifest in &manifests {
        for table in tables(manifest) {
            for kind in ["dependencies", "dev-dependencies", "build-dependencies"] {
                let Some(Value::Table(named)) = table.get(kind) else { continue };
                for (key, value) in named {
                    let renamed = value.get("package").and_then(Value::as_str);
                    let name = renamed.unwrap_or(key).to_owned();
                    let ours = ours.contains(&name);
                    let of = package(manifest);
                    found.push(Dependency { of, name, dev: kind == "dev-dependencies", ours });
                }
            }
        }
    }
    found
}

fn package(manifest: &Table) -> String {
    let name = manifest.get("package").and_then(|package| package.get("name"));
    name.and_then(Value::as_str).unwrap_or("workspace").to_owned()
}

#[test]
fn every_kind_of_dependency_is_seen_under_its_real_name() {
    let tree = Tree::of(&[
        ("Cargo.toml", "[workspace.dependencies]\na = '1'\nx = { path = 'crates/x' }"),
        (
            "crates/x/Cargo.toml",
            "[package]\nname = 'x'\n[dependencies]\nb.workspace = true\n[dev-dependencies]\n\
             c = { version = '1', package = 'real-c' }\n[target.'cfg(unix)'.build-dependencies]\nd = '1'",
        ),
    ]);
    let found = dependencies(&tree);
    let seen: Vec<(&str, &str, bool, bool)> =
        found.iter().map(|one| (&*one.of, &*one.name, one.dev, one.ours)).collect();
    assert_eq!(
        seen,
        [
            ("workspace", "a", false, false),
            ("workspace", "x", false, true),
            ("x", "b", false, false),
            ("x", "real-c", true, false),
            ("x", "d", false, false),
        ]
    );
}
