use std::fs;

use super::{LARGEST, made, policy};

/// What a check says that is about the form of a file and not about what it promises.
const FORM: &[&str] = &[
    "syntax",
    "duplicate",
    "unknown-key",
    "unknown-section",
    "unknown-reference",
    "unknown-word",
    "unknown-event",
    "wrong-type",
    "bad-id",
    "bad-unit",
    "bad-number",
    "bad-range",
    "phrase",
    "malformed",
    "empty",
    "text-for-nothing",
    "text-long",
    "text-digit",
    "text-word",
    "text-hidden",
    "text-language",
    "too-large",
    "too-deep",
    "planned-nothing",
    "planned-kept",
    "covers-key",
    "two-answers",
    "reserved",
    "not-enforced",
    "vague-period",
    "no-version",
    "out-of-bounds",
];

/// What texts make, checked: its form is right, only content lacks.
pub(super) fn imported(texts: &[(&str, &str)]) -> String {
    let texts: Vec<(String, String)> =
        texts.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
    let policy = made(&texts).unwrap();
    let found = policy::check("policy.toml", &policy).findings;
    for finding in &found {
        assert!(!FORM.contains(&finding.rule), "{}: {}\n{policy}", finding.rule, finding.message);
    }
    assert!(!found.is_empty(), "nothing lacks?\n{policy}");
    assert_eq!(policy::format(&policy).unwrap(), policy, "the house style");
    policy
}

/// Whether a line stands in a policy, spaces apart.
#[track_caller]
pub(super) fn holds(policy: &str, lines: &[&str]) {
    let plain = |line: &str| line.split_whitespace().collect::<Vec<&str>>().join(" ");
    let all: Vec<String> = policy.lines().map(plain).collect();
    for line in lines {
        assert!(all.iter().any(|one| one == line), "no line `{line}` in\n{policy}");
    }
}

#[test]
fn nothing_makes_a_policy_that_asks_for_everything() {
    for text in [
        "",
        "\n\n",
        "Hello",
        "# \n",
        "…",
        "| | |\n|-|-|",
        "1.\n2.\n3.",
        ":",
        "](",
        "(((((",
        "\u{202e}abc\u{feff}: 3 days",
    ] {
        imported(&[("a.txt", text)]);
    }
}

#[test]
fn hostile_texts_end_in_time_and_in_form() {
    let long = "a".repeat(1 << 20);
    let words = "we keep data for 3 years. ".repeat(1_000);
    let bullets: Vec<String> =
        (0..1_500).map(|n| format!("- Thing{n} data: kept for {n} days")).collect();
    let bullets = bullets.join("\n");
    let signs = "(((](](**--::||\t1. 2) § \u{1F600} Ⅷ ٣ days \u{200b}\"\\\"'''\"\"\" = [x] # {y}\r"
        .repeat(100);
    let headings = "# Retention\n## Data Retention\n- Your \"data\\\": deleted within 99999999999999 days\n- x: 0 days\n- Y: 10000 days\n".repeat(60);
    for text in [long, words, bullets, signs, headings] {
        imported(&[("a.md", &text)]);
    }
}

#[test]
fn every_cut_of_a_text_still_makes_a_policy() {
    let text = include_str!("sample/toko.md");
    for (at, _) in text.char_indices().step_by(331) {
        imported(&[("toko.md", text.get(..at).unwrap())]);
    }
}

#[test]
fn what_is_no_text_or_too_much_is_refused() {
    let temp = tempfile::tempdir().unwrap();
    let written = |name: &str, bytes: &[u8]| {
        let path = temp.path().join(name);
        fs::write(&path, bytes).unwrap();
        policy(&[path]).unwrap_err().to_string()
    };
    assert!(written("a.txt", b"\xff\xfe\x00").contains("no text"));
    assert!(written("b.txt", b"abc\0def").contains("no text"));
    let large = vec![b'a'; usize::try_from(LARGEST).unwrap() + 1];
    assert!(written("c.txt", &large).contains("larger"));
    assert!(written("d.yml", b"a: [").contains("line"));
    assert!(written("e.yml", b"services: {}").contains("no Fides manifest"));
    assert!(policy(&[temp.path().to_owned()]).is_err(), "a folder");
    // A file that has no end is read no further than a policy goes.
    assert!(policy(&["/dev/zero".into()]).unwrap_err().to_string().contains("larger"));
}

#[test]
fn a_yaml_bomb_is_refused_before_it_grows() {
    let mut bomb = vec!["a0: &a0 [x, x, x, x, x, x, x, x, x, x]".to_owned()];
    for level in 1..12 {
        let items = vec![format!("*a{}", level - 1); 10].join(", ");
        bomb.push(format!("a{level}: &a{level} [{items}]"));
    }
    let error = made(&[("a.yml".to_owned(), bomb.join("\n"))]).unwrap_err().to_string();
    assert!(error.contains("more values"), "{error}");
    let deep = format!("dataset: {}{}", "[".repeat(100), "]".repeat(100));
    let error = made(&[("a.yml".to_owned(), deep)]).unwrap_err().to_string();
    assert!(error.contains("deeper"), "{error}");
    let deepest = format!("dataset: {}", "[".repeat(200_000));
    assert!(made(&[("a.yml".to_owned(), deepest)]).is_err());
    let wide = format!("dataset: [{}]", "x, ".repeat(250_000));
    assert!(made(&[("a.yml".to_owned(), wide)]).unwrap_err().to_string().contains("more values"));
}
