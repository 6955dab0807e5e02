use super::fix;
use crate::{
    check,
    tests::{BASE, mutations::Dice, policies, with},
};

/// What a fixed file looks like, when one thing of the base policy is wrong.
#[track_caller]
fn becomes(old: &str, wrong: &str, right: &str) {
    let broken = with(old, wrong);
    let before = check("", &broken).findings;
    let fixed = fix(&broken);
    assert_eq!(fixed.text, with(old, right), "{before:#?}");
    assert!(fixed.left.len() < before.len());
    assert_eq!(check("", &fixed.text).findings, fixed.left);
}

#[track_caller]
fn stays(old: &str, wrong: &str) {
    let broken = with(old, wrong);
    let fixed = fix(&broken);
    assert!(!check("", &broken).findings.is_empty());
    assert_eq!(fixed.text, broken, "{:?}", fixed.done);
    assert_eq!(fixed.done, vec![]);
}

#[test]
fn a_slip_in_a_word_of_the_language_is_put_right() {
    becomes("keep = \"90 days\"", "kepp = \"90 days\"", "keep = \"90 days\"");
    becomes("[register]", "[registr]", "[register]");
    becomes("hold_wins", "hold_win", "hold_wins");
    becomes("basis = \"consent\"", "basis = \"consnt\"", "basis = \"consent\"");
    becomes("basis = \"consent\"", "basis = 'consnt'", "basis = 'consent'");
    becomes("home = [\"ID\"]", "hme = [\"ID\"]", "home = [\"ID\"]");
}

#[test]
fn a_section_is_renamed_wherever_it_stands() {
    let broken = BASE.replace("[data.", "[dat.");
    assert_eq!(fix(&broken).text, BASE);
}

#[test]
fn what_may_mean_something_else_is_left_alone() {
    // A name of the file.
    stays("for = [\"support\"]", "for = [\"suport\"]");
    // Two letters off.
    stays("hold_wins", "hold_in");
    // The key is there already.
    stays("keep = \"90 days\"\nshare", "keep = \"90 days\"\nkep = \"1 year\"\nshare");
    // One letter from two units in two forms, a number from many.
    stays("\"90 days\"\nshare", "\"90 dxxs\"\nshare");
    stays("covers = { grace = [\"A-03\"] }", "covers = { grace = [\"A-04\"] }");
}

#[test]
fn a_unit_goes_with_its_number() {
    becomes("keep = \"90 days\"\nshare", "keep = \"90 day\"\nshare", "keep = \"90 days\"\nshare");
    becomes("\"1 year after resolved", "\"1 years after resolved", "\"1 year after resolved");
    becomes("keep = \"90 days\"\nshare", "keep = \"90 dayz\"\nshare", "keep = \"90 days\"\nshare");
    becomes("\"3 business days\"", "\"3 business day\"", "\"3 business days\"");
    becomes("\"90 days\"\nshare", "\"90  days \"\nshare", "\"90 days\"\nshare");
}

#[test]
fn what_stands_twice_stands_once() {
    becomes("for = [\"support\"]", "for = [\"support\", \"support\"]", "for = [\"support\"]");
    becomes(
        "of = [\"user\", \"intern\"]",
        "of = [\"user\",  \"user\", \"intern\"]",
        "of = [\"user\",  \"intern\"]",
    );
    becomes(
        "of = [\"user\", \"intern\"]",
        "of = [\n  \"user\", # them\n  \"intern\",\n  \"user\", # again\n]",
        "of = [\n  \"user\", # them\n  \"intern\",\n  # again\n]",
    );
    becomes(
        "of = [\"user\", \"intern\"]",
        "of = [\n  \"user\",\n  \"user\",\n  \"intern\"\n]",
        "of = [\n  \"user\",\n  \"intern\"\n]",
    );
}

#[test]
fn a_file_begins_with_its_version() {
    assert_eq!(fix(BASE.strip_prefix("janji = 1\n\n").unwrap()).text, BASE);
    let marked = format!("\u{feff}{}", BASE.strip_prefix("janji = 1\n\n").unwrap());
    assert_eq!(fix(&marked).text, format!("\u{feff}{BASE}"));
    stays("janji = 1", "janji = 2");
}

#[test]
fn what_nothing_keeps_is_planned_and_what_is_kept_is_not() {
    becomes(
        ", \"transfer\", \"officer.answer\"",
        ", \"transfer\"",
        ", \"transfer\", \"officer.answer\"",
    );
    becomes(
        "\"recipient.*\", \"transfer\"",
        "\"recipient.*\", \"data.selfie\", \"transfer\"",
        "\"recipient.*\", \"transfer\"",
    );
    let rows = BASE.find("[planned]").unwrap()..BASE.find("[text]").unwrap();
    let mut bare = BASE.to_owned();
    bare.replace_range(rows, "# The words.\n");
    let fixed = fix(&bare);
    assert_eq!(fixed.left, vec![], "{:?}", fixed.done);
    assert!(fixed.text.contains("\n[planned]\nrows = [\""), "{}", fixed.text);
    assert!(fixed.text.contains("]\n\n# The words.\n[text]\n"), "{}", fixed.text);
}

#[test]
fn a_plan_for_nothing_goes_with_its_section() {
    let mut small = BASE.to_owned();
    let rows = BASE.find("rows = [").unwrap()..BASE.find("[text]").unwrap();
    small.replace_range(rows, "rows = [\"data.selfie\"]\n\n");
    let fixed = fix(&small);
    assert!(!fixed.text.contains("data.selfie\"]"), "{}", fixed.text);
    assert!(fixed.done.iter().any(|done| done.rule == "planned-kept"), "{:?}", fixed.done);
}

#[test]
fn a_wrong_article_becomes_the_right_one() {
    becomes(
        "[officer]",
        "[officer]\ncites = [\"id-pdp 50\"]",
        "[officer]\ncites = [\"id-pdp 53\"]",
    );
}

#[test]
fn an_id_of_a_promise_with_a_slip_is_put_right() {
    becomes(
        "covers = { grace = [\"A-03\"] }",
        "covers = { grace = [\"A03\"] }",
        "covers = { grace = [\"A-03\"] }",
    );
}

#[test]
fn several_slips_are_put_right_at_once_and_each_is_told_with_its_line() {
    let broken =
        with("keep = \"90 days\"\nshare", "kep = \"90 days\"\nshare").replace("home =", "hme =");
    let fixed = fix(&broken);
    assert_eq!(fixed.text, BASE);
    let lines: Vec<usize> = fixed.done.iter().map(|done| done.line).collect();
    let line = |word: &str| broken.lines().position(|line| line.starts_with(word)).unwrap() + 1;
    assert_eq!(lines, [line("kep ="), line("hme =")]);
    assert_eq!(fixed.done[0].title, "write `keep`");
}

/// The lines that are not in both texts.
fn changed(old: &str, new: &str) -> usize {
    let mut rest: Vec<&str> = old.lines().collect();
    let mut added = 0;
    for line in new.lines() {
        match rest.iter().position(|known| *known == line) {
            Some(at) => drop(rest.remove(at)),
            None => added += 1,
        }
    }
    rest.len().max(added)
}

#[test]
fn a_fixed_file_can_be_read_has_less_wrong_with_it_and_is_untouched_elsewhere() {
    let mut dice = Dice::new(11);
    let mut fixed_ones = 0;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/../../policies/as-written");
    let mut files: Vec<String> = policies().into_iter().map(|(_, source)| source).collect();
    for entry in std::fs::read_dir(folder).into_iter().flatten() {
        files.push(std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    for source in files {
        let letters: Vec<usize> = source
            .bytes()
            .enumerate()
            .filter(|(_, byte)| byte.is_ascii_lowercase())
            .map(|(at, _)| at)
            .collect();
        for round in 0..6 {
            let mut bytes = source.clone().into_bytes();
            if round > 0 {
                let at = letters[dice.roll(letters.len())];
                bytes[at] = b'a' + u8::try_from(dice.roll(26)).unwrap();
            }
            let broken = String::from_utf8(bytes).unwrap();
            let before = check("", &broken).findings;
            let fixed = fix(&broken);
            if fixed.done.is_empty() {
                assert_eq!(fixed.text, broken);
                continue;
            }
            fixed_ones += 1;
            assert!(fixed.left.len() < before.len());
            assert!(fixed.left.iter().all(|finding| finding.rule != "syntax"));
            // A section for plans brings four lines of its own.
            let lines = changed(&broken, &fixed.text);
            assert!(lines <= fixed.done.len() + 4, "{lines} lines for {:?}", fixed.done);
        }
    }
    assert!(fixed_ones > 5, "{fixed_ones}");
}
