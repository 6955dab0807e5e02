//! Rule: only `server` serves HTTP and writes HTML.

use crate::{manifest::dependencies, rust::cut, tree::Tree};

const SERVERS: &[&str] = &[
    "actix-web",
    "axum",
    "axum-server",
    "hyper",
    "hyper-util",
    "poem",
    "rocket",
    "rouille",
    "salvo",
    "tide",
    "tiny_http",
    "tower-http",
    "warp",
];
const TEMPLATES: &[&str] = &[
    "askama",
    "handlebars",
    "horrorshow",
    "liquid",
    "maud",
    "minijinja",
    "rinja",
    "sailfish",
    "tera",
];

fn faults(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for one in dependencies(tree).iter().filter(|one| one.of != "server" && one.of != "workspace") {
        let name = one.name.as_str();
        if !one.dev && SERVERS.contains(&name) {
            found.push(format!("`{}` depends on the HTTP server `{name}`", one.of));
        }
        if TEMPLATES.contains(&name) {
            found.push(format!("`{}` depends on the templates of `{name}`", one.of));
        }
    }
    for file in tree.files().filter(|file| !file.is_of("server") && !file.is_test()) {
        if file.has_ending("html") {
            found.push(format!("{}: a page outside crates/server", file.path));
        }
    }
    for file in tree.rust().filter(|file| !file.is_of("server") && !file.is_test()) {
        for literal in &cut(&file.text).literals {
            let text = literal.text.to_lowercase();
            if text.contains("<html") || text.contains("<!doctype") {
                found.push(format!("{}:{}: HTML outside crates/server", file.path, literal.line));
            }
        }
    }
    found
}

#[test]
fn only_the_server_serves_http_and_writes_html() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_page_outside_the_server_is_found() {
    let page = "fn page() -> String { format!(\"<!DOCTYPE html><p>{x}\") }";
    let tree = Tree::of(&[
        ("crates/cli/Cargo.toml", "[package]\nname = 'janji'\n[dependencies]\naxum = '1'"),
        ("crates/policy/Cargo.toml", "[package]\nname = 'policy'\n[dependencies]\nmaud = '1'"),
        ("crates/server/Cargo.toml", "[package]\nname = 'server'\n[dependencies]\naxum = '1'"),
        ("crates/policy/src/document.rs", page),
        ("crates/server/src/public.rs", page),
        ("crates/policy/templates/policy.html", "<p>"),
    ]);
    let expected = [
        "`janji` depends on the HTTP server `axum`",
        "`policy` depends on the templates of `maud`",
        "crates/policy/templates/policy.html: a page outside crates/server",
        "crates/policy/src/document.rs:1: HTML outside crates/server",
    ];
    assert_eq!(faults(&tree), expected);
}
