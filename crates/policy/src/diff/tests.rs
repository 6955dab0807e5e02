mod every;

use super::{Diff, Effect, NoticeNeed, What, diff, law};
use crate::{Policy, published, tests::policies};

fn read(source: &str) -> Policy {
    published(source).unwrap()
}

fn source(name: &str) -> String {
    let found = policies().into_iter().find(|(file, _)| file.strip_suffix(".toml") == Some(name));
    found.unwrap().1
}

/// The difference that one edit of a real policy makes.
fn edited(name: &str, edits: &[(&str, &str)]) -> Diff {
    let old = source(name);
    let mut new = old.clone();
    for (from, to) in edits {
        assert!(new.contains(from), "{name} has no {from:?}");
        new = new.replacen(from, to, 1);
    }
    diff(&read(&old), &read(&new))
}

/// One line for each rule that changed, without words and bookkeeping.
fn drawn(diff: &Diff) -> Vec<String> {
    diff.changes
        .iter()
        .map(|change| {
            let material = if change.material { " material" } else { "" };
            let whom = change.whom.join(" ");
            format!("{} {}{material}: {whom}", change.rule(), change.effect.word())
        })
        .collect()
}

/// A block of the file of cases: the policy, what stands there, what stands in its place, what changes.
fn case(block: &str) -> (String, [String; 3]) {
    let of = |sign: &str| {
        let lines = block.lines().filter_map(|line| line.strip_prefix(sign));
        lines.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
    };
    (block.lines().next().unwrap().to_owned(), ["-", "+", "="].map(of))
}

#[test]
fn each_edit_loosens_tightens_or_does_neither_for_those_it_concerns() {
    let blocks: Vec<&str> =
        include_str!("tests/cases.txt").split("\n\n").filter(|one| !one.starts_with('#')).collect();
    assert!(blocks.len() > 50, "{}", blocks.len());
    let mut wrong = Vec::new();
    for block in blocks {
        let (name, [from, to, expected]) = case(block);
        let found = drawn(&edited(&name, &[(&from, &to)])).join("\n");
        if found != expected {
            wrong.push(format!("{block}\nfound:\n{found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

const STAFFED: &str = "employee intern";

#[test]
fn words_decisions_and_bookkeeping_are_never_material() {
    let changed = edited(
        "ashari",
        &[
            (
                "{ en = \"Photo at clock-in\", id = \"Swafoto saat absen\" }",
                "{ en = \"Picture at clock-in\", id = \"Foto saat absen\" }",
            ),
            (
                "covers  = { fields = [\"ASH-16\"], keep = [\"ASH-118\"] }",
                "covers = { fields = [\"ASH-16\", \"ASH-118\"] }",
            ),
            ("A token dies when", "Each token dies when"),
            ("\"data.gmail\", ", ""),
            ("promises = [\"ASH-01..ASH-174\"]", "promises = [\"ASH-01..ASH-173\"]"),
            ("version   = \"1\"", "version   = \"2\""),
            ("resolves = [\"C-01\", \"C-03\"]", "resolves = [\"C-01\"]"),
            (
                "recipient.supabase          = \"Supabase\"",
                "recipient.supabase          = \"Supabase Inc.\"",
            ),
        ],
    );
    let found = drawn(&changed);
    for rule in
        ["policy.version", "data.account.resolves", "data.selfie.covers.keep", "source.promises"]
    {
        assert!(
            found.iter().any(|line| line.starts_with(&format!("{rule} neutral:"))),
            "{rule}: {found:#?}"
        );
    }
    assert!(found.contains(&format!("text.data.selfie.en neutral: {STAFFED}")), "{found:#?}");
    assert!(found.contains(&format!("text.data.selfie.id neutral: {STAFFED}")), "{found:#?}");
    assert!(
        found.iter().any(|line| line.starts_with("text.recipient.supabase.* neutral")),
        "{found:#?}"
    );
    assert_eq!(changed.material().count(), 0, "{found:#?}");
    assert_eq!(changed.notice(), None);
}

#[test]
fn what_is_renamed_with_was_is_not_new() {
    let renamed = edited(
        "ashari",
        &[
            ("[data.engagement]\nof ", "[data.placement]\nwas = \"engagement\"\nof "),
            (
                "keep      = \"3 years after engagement.ended\"",
                "keep      = \"3 years after placement.ended\"",
            ),
            (
                "[data.attendance]\npart_of   = \"engagement\"",
                "[data.attendance]\npart_of   = \"placement\"",
            ),
            ("part_of  = \"engagement\"", "part_of  = \"placement\""),
            ("part_of  = \"engagement\"", "part_of  = \"placement\""),
            ("\"engagement.school\"", "\"placement.school\""),
            ("gets     = [\"engagement\",", "gets     = [\"placement\","),
            ("data.engagement             = ", "data.placement = "),
        ],
    );
    assert_eq!(drawn(&renamed), [format!("data.placement.was neutral: {STAFFED}")]);
    let field = edited(
        "ashari",
        &[
            (
                "optional = [\"ended_on\", \"programme\", \"school\"]",
                "optional = [\"ended_on\", \"programme\", \"academy\"]\nwere = { academy = \"school\" }",
            ),
            ("\"engagement.school\"", "\"engagement.academy\""),
            ("school          = \"text\"", "academy         = \"text\""),
            ("field.school                = ", "field.academy = "),
        ],
    );
    assert_eq!(drawn(&field), [format!("data.engagement.were neutral: {STAFFED}")]);
    let without =
        edited("ashari", &[("[data.place]", "[data.spot]"), ("data.place ", "data.spot ")]);
    let found = drawn(&without);
    assert!(found.contains(&format!("data.spot loosens material: {STAFFED}")), "{found:#?}");
    assert!(found.contains(&format!("data.place tightens: {STAFFED}")), "{found:#?}");
}

/// The notices that one edit asks for: by whom, how long before, and whether it is an approval.
fn asked(name: &str, from: &str, to: &str) -> Vec<String> {
    let found = edited(name, &[(from, to)]);
    let needs = found.changes.iter().flat_map(|change| &change.notices);
    let need = |need: &NoticeNeed| {
        let period = need.period.map_or("before".to_owned(), |period| period.to_string());
        let approval = if need.approval { " approval" } else { "" };
        format!("{}: {period}{approval}", need.by)
    };
    needs.map(need).collect()
}

#[test]
fn the_old_policy_and_the_laws_say_which_notice_a_change_needs() {
    let keep = "for     = [\"presence_photo\"]\nkeep    = \"90 days\"";
    let longer = "for     = [\"presence_photo\"]\nkeep    = \"1 year\"";
    let shorter = "for     = [\"presence_photo\"]\nkeep    = \"1 day\"";
    let (own, told) = ("notice.policy_change.before: 14 days", "id-pdp 21(2): before");
    assert_eq!(asked("ashari", keep, longer), [own, told]);
    assert_eq!(
        asked("ashari", keep, shorter),
        [told],
        "what people were told changes all the same"
    );
    let recipient = "[recipient]   # everyone who gets data, for which job, in which country\n";
    let new = |gets: &str| {
        format!(
            "{recipient}cloud = {{ does = [\"hosting\"], gets = [{gets}], where = [\"ID\"] }}\n"
        )
    };
    let sub = [
        own,
        "notice.recipient_change.before: 30 days",
        "id-pdp 51(5): before approval",
        "gdpr 28(2): before",
    ];
    assert_eq!(asked("tapsence", recipient, &new("\"visit\"")), sub);
    assert_eq!(asked("tapsence", recipient, &new("\"sealed\"")), sub);
    assert_eq!(asked("tapsence", recipient, &new("\"account.email\"")), [own], "of our own data");
    let further = "gdpr 13(3): before";
    let support = "for      = [\"support\"]";
    assert_eq!(
        asked("tapsence", support, "for      = [\"support\", \"service\"]"),
        [own, told, further]
    );
    let visits = "for     = [\"reception\", \"workspace_support\"]";
    assert_eq!(
        asked("tapsence", visits, "for     = [\"reception\", \"workspace_support\", \"badge\"]"),
        [own],
        "the customer tells its people"
    );
    let lives = "access_token  = { lives = \"1 hour\"";
    assert_eq!(asked("ashari", lives, "access_token  = { lives = \"2 hours\""), [own]);
}

#[test]
fn the_longest_notice_counts_and_an_approval_is_none() {
    let recipient = "[recipient]   # everyone who gets data, for which job, in which country\n";
    let new = format!(
        "{recipient}cloud = {{ does = [\"hosting\"], gets = [\"visit\"], where = [\"ID\"] }}\n"
    );
    let found = edited("tapsence", &[(recipient, &new)]);
    assert_eq!(found.notice().unwrap().by, "notice.recipient_change.before");
    let approvals: Vec<String> = found.approvals().map(|(change, _)| change.rule()).collect();
    assert_eq!(approvals, ["recipient.cloud"]);
    let change = found.changes.first().unwrap();
    assert_eq!((change.what, change.effect), (What::Added, Effect::Loosens));
    assert!(found.concerns("visitor").count() == 1 && found.concerns("guest").count() == 0);
}

#[test]
fn a_policy_does_not_differ_from_itself_nor_from_its_rows_in_another_order() {
    for (name, source) in policies() {
        let policy = read(&source);
        assert_eq!(diff(&policy, &policy), Diff::default(), "{name}");
    }
    let turned = edited(
        "ashari",
        &[
            (
                "for      = [\"service\", \"security\", \"messages\"]",
                "for = [\"messages\", \"service\", \"security\"]",
            ),
            (
                "school_reports      = { kind = \"legal_duty\", basis = \"legal_duty\"",
                "school_reports      = { basis = \"legal_duty\", kind = \"legal_duty\"",
            ),
        ],
    );
    assert_eq!(turned, Diff::default());
}

#[test]
fn every_article_that_asks_for_a_notice_stands_in_its_pack() {
    for one in law::LAWS {
        assert!(law::known(one).is_some(), "{} {}", one.pack, one.article);
    }
}

#[test]
fn a_reader_is_told_each_rule_that_changed_in_the_words_of_the_page() {
    let old = source("ashari");
    let edits = [
        (
            "for     = [\"presence_photo\"]\nkeep    = \"90 days\"",
            "for     = [\"presence_photo\"]\nkeep    = \"1 year\"",
        ),
        ("lapses   = \"12 months after signed_in\"\n", ""),
        ("Photo at clock-in", "Picture at clock-in"),
        ("version   = \"1\"", "version   = \"2\""),
    ];
    let mut new = old.clone();
    for (from, to) in edits {
        assert!(new.contains(from), "{from}");
        new = new.replacen(from, to, 1);
    }
    let (old, new) = (read(&old), read(&new));
    let lines = diff(&old, &new).lines(&old, &new, "en");
    let photo = "Picture at clock-in (kept): 1 year; before: 90 days.";
    assert!(lines.contains(&("data.selfie.keep".to_owned(), photo.to_owned())), "{lines:#?}");
    let account = "data.account.lapses";
    assert!(lines.iter().any(|(path, said)| path == account && said.contains("before: ")));
    assert_eq!(lines.len(), 2, "words and versions are no rules: {lines:#?}");
    let own = diff(&old, &new).lines(&old, &new, "id");
    assert!(own.iter().any(|(_, said)| said.contains("sebelumnya: 90 hari")), "{own:#?}");
}
