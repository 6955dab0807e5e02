use super::BASE;
use crate::check;

/// Whatever stands in a file, the check answers with findings that can be drawn.
fn survives(name: &str, source: &str) {
    let checked = check(name, source);
    assert!(!checked.findings.is_empty(), "{name} has no findings");
    assert!(checked.policy.is_none(), "{name} is accepted");
    for finding in checked.findings.iter().take(20) {
        finding.render(name, source, true);
        finding.render(name, source, false);
    }
}

fn many(numbers: std::ops::Range<usize>, line: impl Fn(usize) -> String) -> String {
    numbers.map(line).collect::<Vec<String>>().concat()
}

#[test]
fn deep_nesting_is_refused() {
    survives("lists", &format!("x = {}", "[".repeat(100_000)));
    survives("tables", &format!("x = {}", "{a=".repeat(100_000)));
    survives("keys", &format!("{} = 1", vec!["a"; 100_000].join(".")));
    survives("header", &format!("[{}]", vec!["a"; 100_000].join(".")));
    let key = vec!["a"; 40].join(".");
    survives("both", &format!("x = {}1{}", format!("{{ {key} = ").repeat(70), " }".repeat(70)));
    survives("quoted", &format!("{} = 1", vec!["\"a\""; 100_000].join(".")));
    survives("hidden", &format!("'\"'{} = 1", ".a".repeat(100_000)));
    survives("lines", &format!("[{key}]\n{key} = 1\n").repeat(100));
}

#[test]
fn large_files_are_refused() {
    survives("ten megabytes", &"a = 1\n".repeat(10 << 20 >> 2));
    let rows = many(0..60_000, |i| format!("[data.a{i}]\n"));
    survives("rows", &rows);
    let rows = many(1..1_900, |i| format!("[data.a{i}]\npart_of = \"a{}\"\nkeep = \"x\"\n", i - 1));
    survives("a chain", &rows);
    let ids = many(0..50_000, |i| format!("\"Q-{i}\", "));
    survives(
        "covers",
        &format!("[source]\npromises = [\"A-0001..A-9999\"]\n[policy]\ncovers = [{ids}]"),
    );
    let ranges = "\"A-0001..A-9999\", ".repeat(40_000);
    survives("ranges", &format!("[source]\npromises = [{ranges}]\n"));
    let words = many(0..60_000, |i| format!("\"w{i}\", "));
    survives("references", &format!("[data.a]\nfields = [{words}]\nfor = [{words}]\n"));
    let keys = many(0..60_000, |i| format!("k{i} = 1\n"));
    survives("keys", &format!("[data.a]\n{keys}"));
}

#[test]
fn odd_characters_are_survived() {
    for odd in
        ["\0", "\u{202e}", "\u{feff}", "é", "🦀", "\u{1}", "\r", "e\u{301}\u{301}", "\t", "\""]
    {
        for place in
            ["[policy]", "janji = 1", "\"90 days\"", "Messages", "ticket", "C-01", "1 year"]
        {
            let source = BASE.replacen(place, &format!("{odd}{place}"), 1);
            let checked = check("odd", &source);
            for finding in &checked.findings {
                finding.render("odd", &source, false);
            }
            let source = BASE.replacen(place, &format!("{place}{odd}"), 1);
            for finding in &check("odd", &source).findings {
                finding.render("odd", &source, true);
            }
        }
    }
    survives("nul", "\0\0\0");
    survives("empty", "");
    survives("mark", "\u{feff}");
    survives("wide", "[data.\"日本語\"]\nkeep = \"９０ days\"\n");
    survives("escapes", "janji = \"\\u0000\\n\"\n[data.\"\\u0000\"]\nkeep = \"\\t90 days\"");
}

#[test]
fn windows_lines_and_a_byte_order_mark_change_nothing() {
    assert_eq!(check("crlf", &BASE.replace('\n', "\r\n")).findings, vec![]);
    assert_eq!(check("mark", &format!("\u{feff}{BASE}")).findings, vec![]);
}

#[test]
fn spans_stay_on_the_word_after_a_byte_order_mark() {
    let source = format!("\u{feff}{}", super::with("90 days\"\nshare", "90 dayz\"\nshare"));
    let checked = check("mark", &source);
    assert_eq!(source.get(checked.findings[0].span.clone()), Some("dayz"));
}

#[test]
fn every_prefix_of_a_policy_is_survived() {
    for end in (0..BASE.len()).step_by(7).filter(|end| BASE.is_char_boundary(*end)) {
        let source = BASE.get(..end).unwrap();
        for finding in check("prefix", source).findings.iter().take(3) {
            finding.render("prefix", source, false);
        }
    }
}

#[test]
fn a_file_of_nothing_but_mistakes_is_refused_in_time() {
    let pieces = [
        "\"\n",
        "=\n",
        "[\n",
        "]\n",
        "{\n",
        "'''",
        "\"\"\"",
        "a.b\n",
        "[[a]]\n",
        "[a]\n",
        "\\",
        ",",
        "a=\n",
        "a=[1,\n",
        "#\u{1}\n",
        "\r",
        "a=\"\\q\"\n",
        "[a.b.c]\n",
        "x={a=1,a=1}\n",
        "[data.a]\nkeep=[",
        "0",
        "a=\"\u{202e}\"\n",
        "[a]\nb=1\n",
        "[text]\n",
        "a.a=1\n",
    ];
    for piece in pieces {
        survives(piece, &piece.repeat((1 << 20) / piece.len()));
    }
}
