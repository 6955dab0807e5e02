use expect_test::{Expect, expect};
use proptest::prelude::*;

use super::{BASE, policies};
use crate::{check, format};

fn styled(source: &str) -> String {
    format(source).unwrap_or_else(|findings| panic!("{findings:?}\n{source}"))
}

fn gives(source: &str, expect: &Expect) {
    let once = styled(source);
    assert_eq!(styled(&once), once);
    assert_eq!(meaning(&once), meaning(source));
    expect.assert_eq(&once);
}

fn meaning(source: &str) -> toml::Table {
    source.parse().unwrap()
}

fn comments(source: &str) -> Vec<String> {
    let found =
        source.lines().filter_map(|line| line.find('#').map(|at| line.split_at(at).1.trim_end()));
    let mut found: Vec<String> = found.map(str::to_owned).collect();
    found.sort();
    found
}

#[test]
fn every_policy_is_in_the_house_style() {
    for (name, source) in policies() {
        let styled = styled(&source);
        let place = styled.lines().zip(source.lines()).position(|(one, two)| one != two);
        assert!(
            styled == source,
            "{name} is not, from line {place:?}: run `janji fmt policies/{name}`"
        );
    }
}

#[test]
fn sections_stand_in_one_order_and_signs_in_one_column() {
    gives(
        "janji=1\n[text]\npeople.user='U'\n\npolicy={en=\"P\"}\n[company]\nname =   \"A\"\naddress= \"B\"\n[policy]\nversion = \"1\"\n",
        &expect![[r#"
            janji = 1

            [policy]
            version = "1"

            [company]
            name    = "A"
            address = "B"

            [text]
            people.user = 'U'

            policy      = { en = "P" }
        "#]],
    );
}

#[test]
fn a_row_that_fits_stands_on_a_line_and_another_in_a_block() {
    let long = format!(
        "[recipient.b]\ngets = [{}]\nwhere=[\"ID\"]\n",
        ["\"account.email\""; 12].join(",")
    );
    gives(
        &format!(
            "[recipient.a]\n# why\nwhere = [\"ID\"]\n{long}[recipient]\nabc.where = [\n \"SG\" ,\"ID\"\n]\n"
        ),
        &expect![[r#"
            [recipient]
            abc = { where = ["SG", "ID"] }

            [recipient.a]
            # why
            where = ["ID"]

            [recipient.b]
            gets  = [
              "account.email", "account.email", "account.email", "account.email", "account.email", "account.email", "account.email", "account.email",
              "account.email", "account.email", "account.email", "account.email",
            ]
            where = ["ID"]
        "#]],
    );
}

#[test]
fn a_table_that_is_too_wide_stands_in_keys_with_dots_or_in_a_block() {
    let ids = |from: usize| {
        (from..from + 9).map(|id| format!("\"ASH-{id}\"")).collect::<Vec<_>>().join(", ")
    };
    gives(
        &format!(
            "[data.a]\nof=[\"user\"]\ncovers = {{ of = [{}], keep = [{}] }}\nkeep = \"1 day\"\nresolves=[]\n",
            ids(100),
            ids(200)
        ),
        &expect![[r#"
            [data.a]
            of       = ["user"]
            covers.of   = ["ASH-100", "ASH-101", "ASH-102", "ASH-103", "ASH-104", "ASH-105", "ASH-106", "ASH-107", "ASH-108"]
            covers.keep = ["ASH-200", "ASH-201", "ASH-202", "ASH-203", "ASH-204", "ASH-205", "ASH-206", "ASH-207", "ASH-208"]
            keep     = "1 day"
            resolves = []
        "#]],
    );
    gives(
        &format!(
            "[integration.a]\nscopes = {{ \"x.y\" = [{}], z = [{}] }}\nprobe=\"1 hour\"\n",
            ids(100),
            ids(200)
        ),
        &expect![[r#"
            [integration.a]
            probe = "1 hour"

            [integration.a.scopes]
            "x.y" = ["ASH-100", "ASH-101", "ASH-102", "ASH-103", "ASH-104", "ASH-105", "ASH-106", "ASH-107", "ASH-108"]
            z     = ["ASH-200", "ASH-201", "ASH-202", "ASH-203", "ASH-204", "ASH-205", "ASH-206", "ASH-207", "ASH-208"]
        "#]],
    );
}

#[test]
fn comments_stay_with_what_they_stand_before() {
    gives(
        "# the file\n\njanji = 1 # one\n\n\n# words\n\n[text]   # t\n# who\npeople.user = { # in\n en = \"U\" }\n# the company\n[company] # c\n# its name\nname = \"A\" # n\n# left\n\n\n# over\n",
        &expect![[r##"
            # the file

            janji = 1   # one

            # the company
            [company]   # c
            # its name
            name = "A"   # n

            # words

            [text]   # t
            # who
            # in
            people.user = { en = "U" }

            # left

            # over
        "##]],
    );
    gives(
        "[planned]\nrows = [ # first\n  # these\n  \"a\", \"b\", # both\n  \"c\"\n  # end\n] # after\n[never]\n# not sold\nsale={} # never\n",
        &expect![[r#"
            [never]
            # not sold
            sale = {}   # never

            [planned]
            rows = [
              # first
              # these
              "a", "b",   # both
              "c",
              # end
            ]   # after
        "#]],
    );
}

#[test]
fn what_cannot_be_read_is_not_formatted() {
    for source in ["a = ", "a = 1\na = 2", "[[data]]\nx = 1"] {
        assert!(format(source).is_err(), "{source}");
    }
}

/// The blocks of a file, each with the comments above it; the first is what stands before any header.
fn blocks(source: &str) -> Vec<String> {
    let mut blocks = vec![String::new()];
    let mut above = String::new();
    for line in source.lines() {
        let text = format!("{line}\n");
        if line.starts_with('[') {
            blocks.push(std::mem::take(&mut above));
        }
        if line.is_empty() || line.starts_with('#') {
            above.push_str(&text);
        } else {
            let block = blocks.last_mut().unwrap();
            block.push_str(&std::mem::take(&mut above));
            block.push_str(&text);
        }
    }
    blocks.last_mut().unwrap().push_str(&above);
    blocks
}

/// The same rules in another order, with other spaces, empty lines and comments.
fn shaken(source: &str, dice: &[u8]) -> String {
    let mut blocks = blocks(source);
    let head = blocks.remove(0);
    let mut dice = dice.iter().copied().cycle();
    let mut roll = || usize::from(dice.next().unwrap_or(0));
    for place in (1..blocks.len()).rev() {
        blocks.swap(place, roll() % (place + 1));
    }
    let mut shaken = head;
    for line in blocks.concat().lines() {
        match roll() % 8 {
            0 => shaken.push_str("# a remark\n"),
            1 => shaken.push('\n'),
            2 => shaken.push_str("  "),
            _ => {}
        }
        if line.contains(" = ") && roll() % 3 == 0 {
            let (key, value) = line.split_once(" = ").unwrap();
            shaken.extend([key.trim_end(), "=", value]);
        } else {
            shaken.push_str(line);
        }
        if !line.contains('#') && roll() % 16 == 0 {
            shaken.push_str("  # beside");
        }
        shaken.push('\n');
    }
    shaken
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn formatting_keeps_meaning_and_comments_and_ends(dice in proptest::collection::vec(any::<u8>(), 97)) {
        for (name, source) in policies().into_iter().chain([("base".to_owned(), BASE.to_owned())]) {
            let shaken = shaken(&source, &dice);
            let once = styled(&shaken);
            prop_assert_eq!(meaning(&once), meaning(&source), "{}", name);
            prop_assert_eq!(comments(&once), comments(&shaken), "{}", name);
            prop_assert_eq!(&styled(&once), &once, "{}", name);
            prop_assert!(check(&name, &once).findings.is_empty());
        }
    }
}
