//! Rule: SQL stands in a `sql.rs` beside the rules that need it, or in a numbered migration; nowhere else.

use crate::{rust::cut, tree::Tree};

/// Whether a literal is a statement and not a sentence that begins with the same word.
fn is_statement(literal: &str) -> bool {
    let text = literal.trim_start_matches(|c: char| c.is_whitespace() || c == '\\');
    let text = text.trim_end_matches(|c: char| c.is_whitespace() || c == ';').to_lowercase();
    let mut words = text.split_whitespace();
    let (Some(first), second) = (words.next(), words.next().unwrap_or_default()) else {
        return false;
    };
    let has = |word: &str| text.split_whitespace().any(|found| found == word);
    match first {
        "select" => {
            has("from") || second.starts_with(|c: char| c.is_ascii_digit()) || second.contains('(')
        }
        "insert" | "replace" => second == "into" || (second == "or" && has("into")),
        "update" => has("set"),
        "delete" => second == "from",
        "create" | "drop" | "alter" => {
            ["table", "index", "view", "trigger", "role", "schema", "virtual", "temp", "policy"]
                .contains(&second)
                || (second == "unique" && has("index"))
        }
        "with" => has("as") && has("select"),
        "begin" => ["", "immediate", "deferred", "exclusive", "transaction", "concurrent"]
            .contains(&second),
        "commit" | "rollback" | "vacuum" | "analyze" | "reindex" => {
            second.is_empty() || ["to", "into", "transaction", "work"].contains(&second)
        }
        "pragma" | "savepoint" | "release" | "attach" | "detach" | "explain" => {
            !second.is_empty() && text.split_whitespace().count() <= 5
        }
        "grant" | "revoke" => has("on") && (has("to") || has("from")),
        _ => false,
    }
}

fn faults(tree: &Tree) -> Vec<String> {
    let mut found = Vec::new();
    for file in tree.rust() {
        let own = file.path.ends_with("/sql.rs");
        if own || file.is_test() || file.is_of("faults") {
            continue;
        }
        for literal in cut(&file.text).literals.iter().filter(|one| is_statement(one.text)) {
            found.push(format!("{}:{}: SQL outside sql.rs", file.path, literal.line));
        }
    }
    for file in tree.files().filter(|file| file.has_ending("sql") && !file.is_test()) {
        if !file.path.contains("/migrations/") {
            found.push(format!("{}: SQL outside migrations", file.path));
        }
    }
    found
}

#[test]
fn sql_stands_in_sql_rs_or_in_a_migration() {
    assert_eq!(faults(&Tree::workspace()), Vec::<String>::new());
}

#[test]
fn a_statement_elsewhere_is_found() {
    let bad = "//! x\nfn f(tx: T) { tx.run(\"\n    delete from record where rid = $1\", &[]) }";
    let tree = Tree::of(&[
        ("crates/engine/src/record.rs", bad),
        ("crates/engine/src/record/sql.rs", "const A: &str = \"delete from record\";"),
        ("crates/engine/src/record/tests.rs", bad),
        ("crates/faults/src/vfs.rs", bad),
        ("crates/engine/src/migrations/workspace-1.sql", "create table t (a text);"),
        ("crates/engine/src/extra.sql", "create table t (a text);"),
    ]);
    let expected = [
        "crates/engine/src/record.rs:2: SQL outside sql.rs",
        "crates/engine/src/extra.sql: SQL outside migrations",
    ];
    assert_eq!(faults(&tree), expected);
}

#[test]
fn statements_are_told_from_sentences() {
    for statement in [
        "select rid from record",
        "SELECT 1",
        "  \\\n  insert into job (id) values ($1)",
        "insert or replace into t values (1)",
        "update record set sealed = $2",
        "delete from detail",
        "create table if not exists counter (name text)",
        "create unique index a on b (c)",
        "pragma journal_mode = wal;",
        "begin immediate",
        "BEGIN",
        "vacuum into $1",
        "with x as ( select 1 ) select * from x",
        "savepoint work",
    ] {
        assert!(is_statement(statement), "{statement}");
    }
    for sentence in [
        "",
        "insert",
        "select a purpose",
        "update your policy",
        "delete it yourself",
        "create a workspace",
        "begin with `janji init`",
        "with consent",
        "commit refused",
        "release the hold when the claim is settled",
    ] {
        assert!(!is_statement(sentence), "{sentence}");
    }
}
