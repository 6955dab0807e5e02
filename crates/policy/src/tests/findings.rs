use expect_test::expect;

use super::{BASE, check, with};
use crate::rules::RULES;

/// The finding is there, and everything that the check says is as drawn.
fn finds(rule: &str, old: &str, new: &str, drawn: &expect_test::Expect) {
    let policy = with(old, new);
    let rules: Vec<&str> =
        crate::check("policy.toml", &policy).findings.iter().map(|finding| finding.rule).collect();
    assert!(rules.contains(&rule), "{rule} is not among {rules:?}");
    check(&policy, drawn);
}

#[test]
fn the_base_policy_has_no_findings() {
    check(BASE, &expect![[""]]);
}

#[test]
fn a_file_larger_than_any_policy_is_not_read() {
    // too-large
    let policy = format!("{BASE}\n# {}", "x".repeat(32 << 20));
    let findings = crate::check("policy.toml", &policy).findings;
    assert_eq!(findings.len(), 1);
    assert_eq!(findings[0].rule, "too-large");
}

#[test]
fn every_rule_is_explained_and_has_a_test() {
    let drawn = concat!(env!("CARGO_MANIFEST_DIR"), "/src/tests/as_written");
    let mut tests = [include_str!("findings.rs"), include_str!("people.rs")].concat();
    for file in std::fs::read_dir(drawn).unwrap() {
        tests.push_str(&std::fs::read_to_string(file.unwrap().path()).unwrap());
    }
    let judged = crate::rules::JUDGED.iter().map(|rule| &rule.about);
    let all: Vec<_> = RULES.iter().chain(judged).collect();
    let untested: Vec<&str> =
        all.iter().map(|about| about.id).filter(|id| !tests.contains(id)).collect();
    assert_eq!(untested, Vec::<&str>::new(), "no test finds these");
    assert!(all.iter().all(|about| crate::explain(about.id, None).is_some()));
}

#[test]
fn every_finding_is_explained() {
    for source in SOURCES {
        for (at, _) in source.match_indices("Finding::error(") {
            let rest = source.get(at..).unwrap().trim_start_matches("Finding::error(").trim_start();
            let Some(rest) = rest.strip_prefix('"') else { continue };
            let id = rest.split('"').next().unwrap();
            assert!(RULES.iter().any(|about| about.id == id), "{id} is not explained");
        }
    }
}

const SOURCES: &[&str] = &[
    include_str!("../tree.rs"),
    include_str!("../duplicate.rs"),
    include_str!("../scan.rs"),
    include_str!("../values.rs"),
    include_str!("../planned.rs"),
    include_str!("../check/scope.rs"),
    include_str!("../check/category.rs"),
    include_str!("../check/habit.rs"),
    include_str!("../check/keeping.rs"),
    include_str!("../check/purpose.rs"),
    include_str!("../check/recipient.rs"),
    include_str!("../check/source.rs"),
    include_str!("../check/text.rs"),
];

#[test]
fn a_renamed_row_and_its_renamed_fields_have_no_findings() {
    let policy = with(
        "optional = [\"phone\"]\n",
        "optional = [\"phone\"]\nwas = \"profile\"\nwere = { phone = \"mobile\" }\n",
    );
    check(&policy, &expect![[""]]);
}

#[test]
fn an_old_name_that_is_still_in_use() {
    finds(
        "renamed",
        "optional = [\"phone\"]\n",
        "optional = [\"phone\"]\nwas = \"ticket\"\nwere = { phone = \"email\" }\n",
        &expect![[r#"
            error[renamed]: the category `ticket` is still there, or was renamed twice
              --> policy.toml:38:7
               |
            38 | was = "ticket"
               |       ^^^^^^^^ not free
               |
               = help: one category takes over from one that this file has no more

            error[renamed]: the field `email` is still there, or was renamed twice
              --> policy.toml:39:18
               |
            39 | were = { phone = "email" }
               |                  ^^^^^^^ not free
               |
               = help: one field takes over from one that this file has no more"#]],
    );
    finds(
        "renamed",
        "optional = [\"phone\"]\n",
        "optional = [\"phone\"]\nwere = { phone = \"mobile\", email = \"mobile\" }\n",
        &expect![[r#"
            error[renamed]: the field `mobile` is still there, or was renamed twice
              --> policy.toml:38:18
               |
            38 | were = { phone = "mobile", email = "mobile" }
               |                  ^^^^^^^^ not free
               |
               = help: one field takes over from one that this file has no more

            error[renamed]: the field `mobile` is still there, or was renamed twice
              --> policy.toml:38:36
               |
            38 | were = { phone = "mobile", email = "mobile" }
               |                                    ^^^^^^^^ not free
               |
               = help: one field takes over from one that this file has no more"#]],
    );
}

#[test]
fn an_old_name_of_nothing_that_is_there() {
    finds(
        "unknown-reference",
        "optional = [\"phone\"]\n",
        "optional = [\"phone\"]\nwere = { level = \"grade\" }\n",
        &expect![[r#"
            error[unknown-reference]: `level` is no field of this category
              --> policy.toml:38:10
               |
            38 | were = { level = "grade" }
               |          ^^^^^ not collected here
               |
               = help: known here: full_name, email, phone"#]],
    );
    finds(
        "wrong-type",
        "optional = [\"phone\"]\n",
        "optional = [\"phone\"]\nwas = [\"x\"]\nwere = \"y\"\n",
        &expect![[r#"
            error[wrong-type]: a list stands here, and the id that it had is needed
              --> policy.toml:38:7
               |
            38 | was = ["x"]
               |       ^^^^^ not the id that it had

            error[wrong-type]: a string stands here, and a table of fields, each with the id that it had is needed
              --> policy.toml:39:8
               |
            39 | were = "y"
               |        ^^^ not a table of fields, each with the id that it had"#]],
    );
}

#[test]
fn broken_syntax() {
    finds(
        "syntax",
        "version = \"1\"",
        "version = \"1",
        &expect![[r#"
        error[syntax]: this is not TOML: invalid basic string
         --> policy.toml:4:13
          |
        4 | version = "1
          |             ^ expected `"`"#]],
    );
}

#[test]
fn a_key_written_twice() {
    finds(
        "duplicate",
        "country = \"SG\"",
        "country = \"SG\"\ncountry = \"US\"",
        &expect![[r#"
            error[duplicate]: `country` stands here twice
              --> policy.toml:15:1
               |
            14 | country = "SG"
               | ------- first written here
            15 | country = "US"
               | ^^^^^^^ the second time
               |
               = help: ids and keys are unique: remove one, or give one another name"#]],
    );
}

#[test]
fn a_block_written_twice() {
    finds(
        "duplicate",
        "[data.draft]",
        "[data.ticket]",
        &expect![[r#"
            error[unused]: the setting `ticket_keep` sets nothing
              --> policy.toml:32:1
               |
            32 | ticket_keep = { default = "1 year", min = "30 days", max = "2 years" }
               | ^^^^^^^^^^^

            error[duplicate]: `ticket` stands here twice
              --> policy.toml:50:7
               |
            43 | [data.ticket]
               |       ------ first written here
            ...
            50 | [data.ticket]
               |       ^^^^^^ the second time
               |
               = help: ids and keys are unique: remove one, or give one another name

            error[text-for-nothing]: there is nothing called `data.draft` that needs words
               --> policy.toml:147:6
                |
            147 | data.draft = { en = "Drafts", id = "Draf" }
                |      ^^^^^"#]],
    );
}

#[test]
fn a_row_both_as_line_and_block() {
    finds(
        "duplicate",
        "[transfer]",
        "[recipient.school]\nwhere = [\"ID\"]\n\n[transfer]",
        &expect![[r#"
            error[duplicate]: `school` stands here twice
               --> policy.toml:108:12
                |
            105 | school = { as = "controller", for = ["reports"], gets = ["attendance"], where = ["ID"] }
                | ------ first written here
            ...
            108 | [recipient.school]
                |            ^^^^^^ the second time
                |
                = help: ids and keys are unique: remove one, or give one another name"#]],
    );
}

#[test]
fn an_inline_key_written_twice() {
    finds(
        "duplicate",
        "{ default = \"1 year\",",
        "{ default = \"1 year\", default = \"1 year\",",
        &expect![[r#"
            error[duplicate]: `default` stands here twice
              --> policy.toml:32:37
               |
            32 | ticket_keep = { default = "1 year", default = "1 year", min = "30 days", max = "2 years" }
               |                 -------             ^^^^^^^ the second time
               |                 |
               |                 first written here
               |
               = help: ids and keys are unique: remove one, or give one another name"#]],
    );
}

#[test]
fn an_item_listed_twice() {
    finds(
        "duplicate",
        "staff = [\"hr\", \"support\"]",
        "staff = [\"hr\", \"support\", \"hr\"]",
        &expect![[r#"
            error[duplicate]: `hr` stands in this list twice
              --> policy.toml:23:27
               |
            23 | staff = ["hr", "support", "hr"]
               |          ----             ^^^^ the second time
               |          |
               |          first written here
               |
               = help: remove one of them"#]],
    );
}

#[test]
fn a_field_both_given_and_optional() {
    finds(
        "duplicate",
        "optional = [\"phone\"]",
        "optional = [\"phone\", \"email\"]",
        &expect![[r#"
            error[duplicate]: `account` has the field `email` twice
              --> policy.toml:37:22
               |
            36 | fields = ["full_name", "email"]
               |                        ------- must be given
            37 | optional = ["phone", "email"]
               |                      ^^^^^^^ given if one likes"#]],
    );
}

#[test]
fn too_many_dots() {
    finds(
        "too-deep",
        "[transfer]",
        "[transfer.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a]",
        &expect![[r#"
            error[too-deep]: a line has too many dots
               --> policy.toml:108:90
                |
            108 | [transfer.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a.a]
                |                                                                                          ^
                |
                = help: no key of the language has more than four parts"#]],
    );
}

#[test]
fn tables_nested_too_deeply() {
    finds(
        "too-deep",
        "sale = {}",
        "sale = {a.b.c.d.e.f.g.h.i.j = 1}",
        &expect![[r#"
            error[unknown-key]: there is no key `a` here
               --> policy.toml:100:9
                |
            100 | sale = {a.b.c.d.e.f.g.h.i.j = 1}
                |         ^ unknown key
                |
                = help: known here: covers, resolves, cites

            error[too-deep]: `h` is nested too deeply
               --> policy.toml:100:23
                |
            100 | sale = {a.b.c.d.e.f.g.h.i.j = 1}
                |                       ^
                |
                = help: a section holds rows, a row holds keys; tables in keys are rare"#]],
    );
}

#[test]
fn an_unknown_version() {
    finds(
        "no-version",
        "janji = 1",
        "janji = 2",
        &expect![[r#"
        error[no-version]: this version is not known
         --> policy.toml:1:9
          |
        1 | janji = 2
          |         ^
          |
          = help: the only version of the language so far is 1"#]],
    );
}

#[test]
fn a_missing_section() {
    finds(
        "missing-section",
        "[company]",
        "[companies]",
        &expect![[r#"
        error[unknown-section]: there is no section `companies` here
          --> policy.toml:12:2
           |
        12 | [companies]
           |  ^^^^^^^^^ unknown section
           |
           = help: did you mean `company`?

        error[no-calendar]: business days need a calendar
           --> policy.toml:117:21
            |
        117 | answer = { within = "3 business days" }
            |                     ^^^^^^^^^^^^^^^^^
            |
            = help: say `hours` and `holidays` under `[company]`

        error[missing-section]: there is no section `company`
           --> policy.toml:135:2
            |
        135 | [text]
            |  ^^^^
            |
            = help: write `[company]` and what belongs in it"#]],
    );
}

#[test]
fn an_unknown_section() {
    finds(
        "unknown-section",
        "[always]",
        "[alway]",
        &expect![[r#"
            warning[outlives-account]: `application_log` names a person for longer than `account` is there
              --> policy.toml:84:28
               |
            34 | [data.account]
               |       ------- gone 30 days after its end
            ...
            84 | application_log = { keep = "90 days" }
               |                            ^^^^^^^^^ still kept then
               |
               = why: who has left is still in the house
               = help: make it part of the account, shorten it, or let keys die with the person

            warning[outlives-account]: `security_log` names a person for longer than `account` is there
              --> policy.toml:85:25
               |
            34 | [data.account]
               |       ------- gone 30 days after its end
            ...
            85 | security_log = { keep = "1 year" }
               |                         ^^^^^^^^ still kept then
               |
               = why: who has left is still in the house
               = help: make it part of the account, shorten it, or let keys die with the person

            error[unknown-section]: there is no section `alway` here
               --> policy.toml:112:2
                |
            112 | [alway]
                |  ^^^^^ unknown section
                |
                = help: did you mean `always`?"#]],
    );
}

#[test]
fn an_unknown_row() {
    finds(
        "unknown-row",
        "hold_wins",
        "hold_win",
        &expect![[r#"
            error[unknown-row]: there is no row `hold_win` here
               --> policy.toml:113:1
                |
            113 | hold_win = {}
                | ^^^^^^^^ unknown row
                |
                = help: did you mean `hold_wins`?"#]],
    );
}

#[test]
fn an_unknown_row_of_a_closed_section() {
    finds(
        "unknown-row",
        "answer = { within",
        "answers = { within",
        &expect![[r#"
            error[missing-row]: `officer` has no row `answer`
               --> policy.toml:115:2
                |
            115 | [officer]
                |  ^^^^^^^ `answer` is missing
                |
                = help: every `officer` says its `answer`

            error[unknown-row]: there is no row or key `answers` here
               --> policy.toml:117:1
                |
            117 | answers = { within = "3 business days" }
                | ^^^^^^^ unknown row or key
                |
                = help: did you mean `answer`?

            error[planned-nothing]: `officer.answer` matches no row and no key
               --> policy.toml:132:52
                |
            132 |   "register.incidents", "recipient.*", "transfer", "officer.answer",
                |                                                    ^^^^^^^^^^^^^^^^
                |
                = help: correct the path, or remove it: a row that is gone needs no plan"#]],
    );
}

#[test]
fn an_unknown_key() {
    finds(
        "unknown-key",
        "optional = [\"phone\"]",
        "optionl = [\"phone\"]",
        &expect![[r#"
            error[unknown-key]: there is no key `optionl` here
              --> policy.toml:37:1
               |
            37 | optionl = ["phone"]
               | ^^^^^^^ unknown key
               |
               = help: did you mean `optional`?"#]],
    );
}

#[test]
fn an_unknown_word() {
    finds(
        "unknown-word",
        "basis = \"consent\"",
        "basis = \"consents\"",
        &expect![[r#"
        error[unknown-word]: `consents` is not one of the words that can stand here
          --> policy.toml:97:35
           |
        97 | photo = { kind = "staff", basis = "consents", by = ["hr"] }
           |                                   ^^^^^^^^^^ unknown word
           |
           = help: did you mean `consent`?"#]],
    );
}

#[test]
fn an_unknown_reference() {
    finds(
        "unknown-reference",
        "for = [\"support\"]",
        "for = [\"suport\"]",
        &expect![[r#"
        error[unknown-reference]: there is no purpose `suport`
          --> policy.toml:46:8
           |
        46 | for = ["suport"]
           |        ^^^^^^^^ unknown purpose
           |
           = help: did you mean `support`?

        error[purpose-uses-nothing]: the purpose `support` uses no data
          --> policy.toml:95:1
           |
        95 | support = { basis = "contract", by = ["support"] }
           | ^^^^^^^
           |
           = help: name it under `for` on what it uses, or remove it"#]],
    );
}

#[test]
fn an_unknown_field() {
    finds(
        "unknown-reference",
        "[\"full_name\", \"email\"]",
        "[\"fullname\", \"email\"]",
        &expect![[r#"
            error[unknown-reference]: there is no field `fullname`
              --> policy.toml:36:11
               |
            36 | fields = ["fullname", "email"]
               |           ^^^^^^^^^^ unknown field
               |
               = help: did you mean `full_name`?"#]],
    );
}

#[test]
fn an_unknown_field_of_a_recipient() {
    finds(
        "unknown-reference",
        "account.email",
        "account.emial",
        &expect![[r#"
            error[unknown-reference]: `account` has no field `emial`
               --> policy.toml:104:46
                |
            104 | resend = { does = ["mail"], gets = ["account.emial"], where = ["US"] }
                |                                              ^^^^^ unknown field
                |
                = help: did you mean `email`?"#]],
    );
}

#[test]
fn an_unknown_event() {
    finds(
        "unknown-event",
        "year after resolved",
        "year after resolvd",
        &expect![[r#"
        error[unknown-event]: `ticket` has no event `resolvd`: this end would never come
          --> policy.toml:48:22
           |
        48 | keep = "1 year after resolvd"
           |                      ^^^^^^^ cannot happen
           |
           = help: did you mean `resolved`?"#]],
    );
}

#[test]
fn an_event_that_cannot_happen() {
    finds(
        "unknown-event",
        "3 years after ended",
        "until closed",
        &expect![[r#"
        error[unknown-event]: `engagement` has no event `closed`: this end would never come
          --> policy.toml:62:15
           |
        62 | keep = "until closed"
           |               ^^^^^^ cannot happen
           |
           = help: known here: ended"#]],
    );
}

#[test]
fn an_event_of_a_register_that_cannot_happen() {
    finds(
        "unknown-event",
        "after released",
        "after issued",
        &expect![[r#"
        error[unknown-event]: `issued` does not happen to entries of `holds`
          --> policy.toml:90:33
           |
        90 | holds = { keep = "3 years after issued" }
           |                                 ^^^^^^
           |
           = help: its entries run from `released`"#]],
    );
}

#[test]
fn an_event_that_clears_nothing() {
    finds(
        "unknown-event",
        "clears resolved",
        "clears solved",
        &expect![[r#"
        error[unknown-event]: there is no event `solved` to clear
          --> policy.toml:47:40
           |
        47 | events = ["resolved", "reopened clears solved"]
           |                                        ^^^^^^ not declared before
           |
           = help: did you mean `resolved`?"#]],
    );
}

#[test]
fn an_unknown_promise() {
    finds(
        "unknown-promise",
        "\"A-02\"]",
        "\"A-12\"]",
        &expect![[r#"
        error[unknown-promise]: the source has no promise `A-12`
         --> policy.toml:9:19
          |
        9 | covers = ["A-01", "A-12"]
          |                   ^^^^^^
          |
          = help: did you mean `A-02`?

        error[uncovered]: no row covers the promise `A-02`
           --> policy.toml:123:13
            |
        123 | promises = ["A-01..A-03"]
            |             ^^^^^^^^^^^^
            |
            = help: write `covers = ["A-02"]` on the row that keeps it"#]],
    );
}

#[test]
fn a_missing_key() {
    finds(
        "missing-key",
        "zone = \"Asia/Jakarta\"\n",
        "",
        &expect![[r#"
        error[missing-key]: `company` has no key `zone`
          --> policy.toml:12:2
           |
        12 | [company]
           |  ^^^^^^^ `zone` is missing
           |
           = help: every `company` says its `zone`"#]],
    );
}

#[test]
fn nobody_said_whose() {
    finds(
        "missing-key",
        "of = [\"intern\"]\n",
        "",
        &expect![[r#"
        error[missing-key]: `engagement` does not say whose it is
          --> policy.toml:57:7
           |
        57 | [data.engagement]
           |       ^^^^^^^^^^
           |
           = help: write `of = ["…"]`, or `part_of` and the category it hangs on"#]],
    );
}

#[test]
fn no_kind_of_purpose() {
    finds(
        "missing-key",
        "kind = \"staff\", ",
        "",
        &expect![[r#"
        error[missing-key]: the purpose `photo` does not say its kind
          --> policy.toml:97:1
           |
        97 | photo = { basis = "consent", by = ["hr"] }
           | ^^^^^
           |
           = help: write `kind = "…"`, one of: service, security, messages, support, billing, legal_duty, staff, visitors, identification, improvement, research, marketing, advertising, sale, training, automated_decisions"#]],
    );
}

#[test]
fn a_missing_row() {
    finds(
        "missing-row",
        "security_log = { keep = \"1 year\" }\n",
        "",
        &expect![[r#"
        error[missing-row]: `register` has no row `security_log`
          --> policy.toml:83:2
           |
        83 | [register]
           |  ^^^^^^^^ `security_log` is missing
           |
           = help: every `register` says its `security_log`"#]],
    );
}

#[test]
fn a_wrong_type() {
    finds(
        "wrong-type",
        "keep = \"90 days\"\nshare",
        "keep = 90\nshare",
        &expect![[r#"
        error[wrong-type]: a number stands here, and a phrase in quotes is needed
          --> policy.toml:75:8
           |
        75 | keep = 90
           |        ^^ not a phrase in quotes"#]],
    );
}

#[test]
fn a_list_where_a_word_belongs() {
    finds(
        "wrong-type",
        "country = \"SG\"",
        "country = [\"ID\"]",
        &expect![[r#"
        error[wrong-type]: a list stands here, and the code of a country is needed
          --> policy.toml:14:11
           |
        14 | country = ["ID"]
           |           ^^^^^^ not the code of a country"#]],
    );
}

#[test]
fn an_empty_list() {
    finds(
        "empty",
        "optional = [\"phone\"]",
        "optional = []",
        &expect![[r#"
        error[empty]: the list is empty
          --> policy.toml:37:12
           |
        37 | optional = []
           |            ^^
           |
           = help: name what belongs in it, or leave the key out"#]],
    );
}

#[test]
fn a_malformed_mail() {
    finds(
        "malformed",
        "privacy@toko.example",
        "privacy",
        &expect![[r#"
        error[malformed]: `privacy` is no e-mail address
          --> policy.toml:16:11
           |
        16 | privacy = "privacy"
           |           ^^^^^^^^^"#]],
    );
}

#[test]
fn a_malformed_zone() {
    finds(
        "malformed",
        "Asia/Jakarta",
        "Asia/Jakart",
        &expect![[r#"
        error[malformed]: `Asia/Jakart` is no time zone, as `Asia/Jakarta` is one
          --> policy.toml:17:8
           |
        17 | zone = "Asia/Jakart"
           |        ^^^^^^^^^^^^^"#]],
    );
}

#[test]
fn a_malformed_country() {
    finds(
        "malformed",
        "country = \"SG\"",
        "country = \"XY\"",
        &expect![[r#"
        error[malformed]: `XY` is no country, as `ID` is one
          --> policy.toml:14:11
           |
        14 | country = "XY"
           |           ^^^^"#]],
    );
}

#[test]
fn malformed_hours() {
    finds(
        "malformed",
        "mon-fri",
        "mon-fry",
        &expect![[r#"
        error[malformed]: these are no hours, as `mon-fri 09:00-17:00` are
          --> policy.toml:18:9
           |
        18 | hours = "mon-fry 09:00-17:00"
           |         ^^^^^^^^^^^^^^^^^^^^^"#]],
    );
}

#[test]
fn out_of_bounds() {
    finds(
        "out-of-bounds",
        "groups_of = 10",
        "groups_of = 3",
        &expect![[r#"
        error[out-of-bounds]: 3 is out of bounds
          --> policy.toml:79:13
           |
        79 | groups_of = 3
           |             ^
           |
           = help: a whole number from 10 to 1000000"#]],
    );
}

#[test]
fn a_default_out_of_bounds() {
    finds(
        "out-of-bounds",
        "max = \"2 years\"",
        "max = \"6 months\"",
        &expect![[r#"
        error[out-of-bounds]: the default is out of bounds
          --> policy.toml:32:27
           |
        32 | ticket_keep = { default = "1 year", min = "30 days", max = "6 months" }
           |                           ^^^^^^^^        ---------        ---------- at most this
           |                                           |
           |                                           at least this"#]],
    );
}

#[test]
fn a_bad_id() {
    finds(
        "bad-id",
        "forms = { in",
        "Forms = { in",
        &expect![[r#"
        error[bad-id]: `Forms` cannot be an id
          --> policy.toml:29:1
           |
        29 | Forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: an id is made of a-z, 0-9 and _, and does not begin with a digit

        error[text-missing]: `feature.Forms` has no words to be read
          --> policy.toml:29:1
           |
        29 | Forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: write it under `[text]`: `feature.Forms = { en = "…", id = "…" }`

        error[unused]: the feature `Forms` opens nothing
          --> policy.toml:29:1
           |
        29 | Forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: write `when = "Forms"` on what it opens

        error[unknown-reference]: there is no feature or setting `forms`
          --> policy.toml:52:8
           |
        52 | when = "forms"
           |        ^^^^^^^ unknown feature or setting
           |
           = help: did you mean `Forms`?

        error[text-for-nothing]: there is nothing called `feature.forms` that needs words
           --> policy.toml:143:9
            |
        143 | feature.forms = { en = "Forms", id = "Formulir" }
            |         ^^^^^
            |
            = help: did you mean `feature.Forms`?"#]],
    );
}

#[test]
fn a_bad_range() {
    finds(
        "bad-range",
        "A-01..A-03",
        "A-03..A-01",
        &expect![[r#"
        error[unknown-promise]: the source has no promise `A-01`
         --> policy.toml:9:11
          |
        9 | covers = ["A-01", "A-02"]
          |           ^^^^^^
          |
          = help: what this file accounts for stands in `[source] promises`

        error[unknown-promise]: the source has no promise `A-02`
         --> policy.toml:9:19
          |
        9 | covers = ["A-01", "A-02"]
          |                   ^^^^^^
          |
          = help: what this file accounts for stands in `[source] promises`

        error[unknown-promise]: the source has no promise `A-03`
          --> policy.toml:41:21
           |
        41 | covers = { grace = ["A-03"] }
           |                     ^^^^^^
           |
           = help: what this file accounts for stands in `[source] promises`

        error[bad-range]: a range runs upwards through ids of one kind
           --> policy.toml:123:14
            |
        123 | promises = ["A-03..A-01"]
            |              ^^^^^^^^^^
            |
            = help: write one id such as `C-73`, or a range such as `ASH-01..ASH-174`"#]],
    );
}

#[test]
fn a_bad_number() {
    finds(
        "bad-number",
        "grace = \"30 days\"",
        "grace = \"030 days\"",
        &expect![[r#"
        error[bad-number]: `030` is no number of a period
          --> policy.toml:40:10
           |
        40 | grace = "030 days"
           |          ^^^
           |
           = help: a whole number from 1 to 9999, without sign, fraction or leading zero"#]],
    );
}

#[test]
fn a_fraction() {
    finds(
        "bad-number",
        "grace = \"30 days\"",
        "grace = \"1.5 days\"",
        &expect![[r#"
        error[bad-number]: `1.5` is no number of a period
          --> policy.toml:40:10
           |
        40 | grace = "1.5 days"
           |          ^^^
           |
           = help: a whole number from 1 to 9999, without sign, fraction or leading zero"#]],
    );
}

#[test]
fn a_bad_unit() {
    finds(
        "bad-unit",
        "keep = \"90 days\"\nshare",
        "keep = \"90 dayz\"\nshare",
        &expect![[r#"
        error[bad-unit]: not a unit of time: `dayz`
          --> policy.toml:75:12
           |
        75 | keep = "90 dayz"
           |            ^^^^
           |
           = help: the units are minute, hour, day, business day, month and year"#]],
    );
}

#[test]
fn a_plural_that_is_none() {
    finds(
        "bad-unit",
        "keep = \"1 year after resolved\"",
        "keep = \"1 years after resolved\"",
        &expect![[r#"
            error[bad-unit]: `1 years` is not how it is said
              --> policy.toml:48:11
               |
            48 | keep = "1 years after resolved"
               |           ^^^^^
               |
               = help: leave out the `s`"#]],
    );
}

#[test]
fn a_phrase_that_cannot_be_read() {
    finds(
        "phrase",
        "1 year after resolved",
        "1 year from resolved",
        &expect![[r#"
        error[phrase]: `from` does not fit in this phrase
          --> policy.toml:48:16
           |
        48 | keep = "1 year from resolved"
           |                ^^^^
           |
           = help: write a period such as `90 days` or `1 year after resolved`, `until closed`, `with WHOLE` or `never`"#]],
    );
}

#[test]
fn a_setting_that_is_none() {
    finds(
        "phrase",
        "keep = \"ticket_keep\"",
        "keep = \"ticket_kep\"",
        &expect![[r#"
            error[unused]: the setting `ticket_keep` sets nothing
              --> policy.toml:32:1
               |
            32 | ticket_keep = { default = "1 year", min = "30 days", max = "2 years" }
               | ^^^^^^^^^^^

            error[phrase]: `ticket_kep` is neither a period nor a setting that holds one
              --> policy.toml:55:9
               |
            55 | keep = "ticket_kep"
               |         ^^^^^^^^^^
               |
               = help: did you mean `ticket_keep`?"#]],
    );
}

#[test]
fn two_spaces() {
    finds(
        "phrase",
        "1 year after resolved",
        "1 year  after resolved",
        &expect![[r#"
        error[phrase]: a phrase is words with one space between them
          --> policy.toml:48:9
           |
        48 | keep = "1 year  after resolved"
           |         ^^^^^^^^^^^^^^^^^^^^^^
           |
           = help: write a period such as `90 days` or `1 year after resolved`, `until closed`, `with WHOLE` or `never`"#]],
    );
}

#[test]
fn as_long_as_needed() {
    finds(
        "vague-period",
        "keep = \"90 days\"\nshare",
        "keep = \"as long as required\"\nshare",
        &expect![[r#"
            error[vague-period]: `as long as` is no period: nobody can tell when it is over
              --> policy.toml:75:9
               |
            75 | keep = "as long as required"
               |         ^^^^^^^^^^^^^^^^^^^
               |
               = why: nobody can tell when it is over, so nobody is held to it
               = help: write a period such as `90 days` or `1 year after resolved`, `until closed`, `with WHOLE` or `never`"#]],
    );
}

#[test]
fn as_needed() {
    finds(
        "vague-period",
        "keep = \"90 days\"\nshare",
        "keep = \"as needed\"\nshare",
        &expect![[r#"
            error[vague-period]: `as needed` is no period: nobody can tell when it is over
              --> policy.toml:75:9
               |
            75 | keep = "as needed"
               |         ^^^^^^^^^
               |
               = why: nobody can tell when it is over, so nobody is held to it
               = help: write a period such as `90 days` or `1 year after resolved`, `until closed`, `with WHOLE` or `never`"#]],
    );
}

#[test]
fn immediately() {
    finds(
        "vague-period",
        "within = \"3 business days\"",
        "within = \"immediately\"",
        &expect![[r#"
            error[vague-period]: `immediately` is no period: nobody can tell when it is over
               --> policy.toml:117:22
                |
            117 | answer = { within = "immediately" }
                |                      ^^^^^^^^^^^
                |
                = why: nobody can tell when it is over, so nobody is held to it
                = help: write a period such as `72 hours`, or `72 hours after confirmed`"#]],
    );
}

#[test]
fn no_basis() {
    finds(
        "no-basis",
        "service = { basis = \"contract\" }",
        "service = {}",
        &expect![[r#"
            error[no-basis]: the purpose `service` has no lawful basis
              --> policy.toml:94:1
               |
            94 | service = {}
               | ^^^^^^^
               |
               = why: what rests on nothing is unlawful, and a person could have it stopped
               = help: say why it is lawful, such as `basis = "contract"`"#]],
    );
}

#[test]
fn a_binding_language_that_is_not_published() {
    let policy = with("languages = [\"id\", \"en\"]", "languages = [\"en\"]");
    let findings = crate::check("policy.toml", &policy).findings;
    let binding = findings.iter().find(|finding| finding.rule == "binding").unwrap();
    expect![[r#"
        error[binding]: the binding language is not published
         --> policy.toml:7:11
          |
        6 | languages = ["en"]
          |             ------ the languages of the page
        7 | binding = "id"
          |           ^^^^
          |
          = help: add it to `languages`, or bind to one of them"#]]
    .assert_eq(&binding.render("policy.toml", &policy, false));
    // its words stand in a language that nobody publishes
    assert!(findings.iter().any(|finding| finding.rule == "text-language"));
}

#[test]
fn staff_that_nobody_uses() {
    finds(
        "unused",
        "staff = [\"hr\", \"support\"]",
        "staff = [\"hr\", \"support\", \"board\"]",
        &expect![[r#"
            error[text-missing]: `staff.board` has no words to be read
              --> policy.toml:23:27
               |
            23 | staff = ["hr", "support", "board"]
               |                           ^^^^^^^
               |
               = help: write it under `[text]`: `staff.board = { en = "…", id = "…" }`

            error[unused]: no row uses `board`
              --> policy.toml:23:27
               |
            23 | staff = ["hr", "support", "board"]
               |                           ^^^^^^^
               |
               = help: remove it, or write the row that it is for"#]],
    );
}

#[test]
fn a_feature_that_opens_nothing() {
    finds(
        "unused",
        "when = \"forms\"\n",
        "",
        &expect![[r#"
        error[unused]: the feature `forms` opens nothing
          --> policy.toml:29:1
           |
        29 | forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: write `when = "forms"` on what it opens"#]],
    );
}

#[test]
fn a_setting_without_bounds() {
    finds(
        "no-bounds",
        ", max = \"2 years\"",
        "",
        &expect![[r#"
        error[no-bounds]: the setting `ticket_keep` has no bounds
          --> policy.toml:32:1
           |
        32 | ticket_keep = { default = "1 year", min = "30 days" }
           | ^^^^^^^^^^^
           |
           = help: say `min` and `max`, so that the page can say how far it goes"#]],
    );
}

#[test]
fn business_days_without_a_calendar() {
    finds(
        "no-calendar",
        "holidays = \"ID\"\n",
        "",
        &expect![[r#"
        error[no-calendar]: business days need a calendar
           --> policy.toml:116:21
            |
        116 | answer = { within = "3 business days" }
            |                     ^^^^^^^^^^^^^^^^^
            |
            = help: say `hours` and `holidays` under `[company]`"#]],
    );
}

#[test]
fn two_answers_to_when() {
    finds(
        "two-answers",
        "grace = \"30 days\"",
        "grace = \"30 days\"\nkeep = \"1 year\"",
        &expect![[r#"
            error[two-answers]: two keys say when it ends
              --> policy.toml:41:1
               |
            40 | grace = "30 days"
               | ----- the other one
            41 | keep = "1 year"
               | ^^^^
               |
               = help: `grace` is for accounts that can be closed; keep one of them"#]],
    );
}

#[test]
fn two_answers_to_whose() {
    finds(
        "two-answers",
        "part_of = \"engagement\"",
        "part_of = \"engagement\"\nof = [\"intern\"]",
        &expect![[r#"
            error[two-answers]: `attendance` says twice whose it is
              --> policy.toml:66:1
               |
            65 | part_of = "engagement"
               | ------- its whole says it already
            66 | of = ["intern"]
               | ^^
               |
               = help: keep one of `of` and `part_of`"#]],
    );
}

#[test]
fn used_for_nothing() {
    finds(
        "used-for-nothing",
        "for = [\"photo\"]\n",
        "",
        &expect![[r#"
            error[used-for-nothing]: `selfie` is used for nothing
              --> policy.toml:71:7
               |
            71 | [data.selfie]
               |       ^^^^^^ neither `for` nor `feeds`
               |
               = why: what is collected for nothing can only do harm
               = help: name its purposes with `for`; what has none must not be collected

            error[purpose-uses-nothing]: the purpose `photo` uses no data
              --> policy.toml:96:1
               |
            96 | photo = { kind = "staff", basis = "consent", by = ["hr"] }
               | ^^^^^
               |
               = help: name it under `for` on what it uses, or remove it"#]],
    );
}

#[test]
fn an_aggregate_with_fields() {
    finds(
        "aggregate",
        "groups_of = 10",
        "groups_of = 10\nfields = [\"email\"]",
        &expect![[r#"
        error[aggregate]: `counts` counts groups and holds no person's data
          --> policy.toml:80:1
           |
        80 | fields = ["email"]
           | ^^^^^^ `fields` is for personal data
           |
           = help: remove this key, or `groups_of`"#]],
    );
}

#[test]
fn a_feed_that_is_no_aggregate() {
    finds(
        "aggregate",
        "for = [\"photo\"]",
        "for = [\"photo\"]\nfeeds = \"ticket\"",
        &expect![[r#"
            error[aggregate]: this category counts no groups
              --> policy.toml:75:9
               |
            75 | feeds = "ticket"
               |         ^^^^^^^^
               |
               = help: only a category with `groups_of` can be fed"#]],
    );
}

#[test]
fn a_look_up_over_few_values() {
    finds(
        "look-up",
        "\"level\"]\nfor",
        "\"level\"]\nfind_by = [\"level\"]\nfor",
        &expect![[r#"
        error[look-up]: `level` has few values: a look-up would tell them
          --> policy.toml:60:12
           |
        60 | find_by = ["level"]
           |            ^^^^^^^ not for a blind index
           |
           = help: find records by a field that nearly differs for everyone"#]],
    );
}

#[test]
fn a_reserved_event() {
    finds(
        "reserved",
        "events = [\"ended\"]",
        "events = [\"ended\", \"closed\"]",
        &expect![[r#"
        error[reserved]: `closed` is an event that the engine raises itself
          --> policy.toml:61:21
           |
        61 | events = ["ended", "closed"]
           |                     ^^^^^^
           |
           = help: reserved: collected, withdrawn, closed, restored, off, disconnected"#]],
    );
}

#[test]
fn a_statutory_part_without_duty() {
    finds(
        "no-duty",
        "basis = \"legal_duty\"",
        "basis = \"contract\"",
        &expect![[r#"
        error[no-duty]: `reports` is no legal duty, so nothing survives an erasure
          --> policy.toml:69:21
           |
        69 | statutory = { for = "reports", fields = ["clock_in"] }
           |                     ^^^^^^^^^
        ...
        96 | reports = { kind = "legal_duty", basis = "contract", by = ["hr"] }
           |                                          ---------- its basis"#]],
    );
}

#[test]
fn special_data_on_plain_consent() {
    finds(
        "special",
        "share = \"never\"",
        "share = \"never\"\nspecial = \"biometric\"",
        &expect![[r#"
            error[special]: special data cannot rest on the basis of `photo`
              --> policy.toml:74:8
               |
            74 | for = ["photo"]
               |        ^^^^^^^
               |
               = why: a face, a belief or an illness can be turned against a person for life
               = help: its purpose needs explicit consent, or a duty that the law names"#]],
    );
}

#[test]
fn a_face_vector_not_marked() {
    finds(
        "special",
        "fields = [\"selfie\"]",
        "fields = [\"selfie\", \"face_vector\"]",
        &expect![[r#"
            error[special]: `face_vector` is special data and is not marked so
              --> policy.toml:73:21
               |
            73 | fields = ["selfie", "face_vector"]
               |                     ^^^^^^^^^^^^^
               |
               = why: a face, a belief or an illness can be turned against a person for life
               = help: write `special = "biometric"` on `selfie`"#]],
    );
}

#[test]
fn a_circle_of_parts() {
    finds(
        "circle",
        "[data.engagement]\nof = [\"intern\"]",
        "[data.engagement]\npart_of = \"selfie\"",
        &expect![[r#"
            error[circle]: `engagement` is part of itself
              --> policy.toml:58:11
               |
            58 | part_of = "selfie"
               |           ^^^^^^^^ leads back here
            ...
            65 | part_of = "engagement"
               |           ------------ by way of this
            ...
            72 | part_of = "attendance"
               |           ------------ by way of this
               |
               = help: one of them must stand alone and say `of`"#]],
    );
}

#[test]
fn kept_without_end() {
    finds(
        "no-end",
        "keep = \"90 days\"\nshare",
        "share",
        &expect![[r#"
            error[no-end]: `selfie` is kept without end
              --> policy.toml:71:7
               |
            71 | [data.selfie]
               |       ^^^^^^ neither `keep` nor `grace`
               |
               = why: what nobody deletes is still there on the day it leaks
               = help: say when it ends, such as `keep = "90 days"`"#]],
    );
}

#[test]
fn ends_with_something_else() {
    finds(
        "not-its-whole",
        "keep = \"90 days\"\nshare",
        "keep = \"with account\"\nshare",
        &expect![[r#"
            error[not-its-whole]: `selfie` is not part of `account`
              --> policy.toml:75:14
               |
            75 | keep = "with account"
               |              ^^^^^^^
               |
               = help: its whole is `attendance`"#]],
    );
}

#[test]
fn persons_for_ever() {
    finds(
        "for-ever",
        "keep = \"90 days\"\nshare",
        "keep = \"for ever\"\nshare",
        &expect![[r#"
            error[for-ever]: `selfie` is about persons and kept for ever
              --> policy.toml:75:8
               |
            75 | keep = "for ever"
               |        ^^^^^^^^^^
               |
               = help: only counts of groups may stay; say when it ends"#]],
    );
}

#[test]
fn an_event_of_somebody_else() {
    finds(
        "foreign-event",
        "keep = \"90 days\"\nshare",
        "keep = \"90 days after ticket.resolved\"\nshare",
        &expect![[r#"
            error[foreign-event]: an event of `ticket` does not reach `selfie`
              --> policy.toml:75:23
               |
            75 | keep = "90 days after ticket.resolved"
               |                       ^^^^^^^^^^^^^^^
               |
               = help: a part runs from its own events and those of its wholes"#]],
    );
}

#[test]
fn two_ends_from_one_event() {
    finds(
        "double-end",
        "keep = \"90 days\"\nshare",
        "keep = [\"90 days\", \"1 year\"]\nshare",
        &expect![[r#"
            error[double-end]: two ends run from `collected`
              --> policy.toml:75:20
               |
            75 | keep = ["90 days", "1 year"]
               |         ---------  ^^^^^^^^
               |         |
               |         the other one
               |
               = help: the earliest ends it: keep the shorter"#]],
    );
}

#[test]
fn a_part_that_outlives_its_whole() {
    finds(
        "outlives",
        "3 years after engagement.ended",
        "4 years after engagement.ended",
        &expect![[r#"
            error[outlives]: `attendance` outlives `engagement`, which it is part of
              --> policy.toml:68:8
               |
            62 | keep = "3 years after ended"
               |        --------------------- the whole ends here
            ...
            68 | keep = "4 years after engagement.ended"
               |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: a part dies with its whole: say a shorter end, or `with` its whole"#]],
    );
}

#[test]
fn a_forbidden_kind() {
    finds(
        "forbidden-kind",
        "sale = {}",
        "staff = {}",
        &expect![[r#"
            error[forbidden-kind]: `photo` is of the kind `staff`, which is never done
               --> policy.toml:97:18
                |
             97 | photo = { kind = "staff", basis = "consent", by = ["hr"] }
                |                  ^^^^^^^ declared here
            ...
            100 | staff = {}
                | ----- never done, by this row
                |
                = help: remove the purpose, or stop promising never to do it

            note[silent]: nothing says whether data are used for: sale
              --> policy.toml:99:2
               |
            99 | [never]
               |  ^^^^^
               |
               = why: who is told nothing has to guess, and guesses the worst
               = help: forbid it under `[never]`, or declare the purpose"#]],
    );
}

#[test]
fn a_purpose_that_uses_nothing() {
    finds(
        "purpose-uses-nothing",
        "for = [\"support\"]",
        "for = [\"service\"]",
        &expect![[r#"
        error[purpose-uses-nothing]: the purpose `support` uses no data
          --> policy.toml:95:1
           |
        95 | support = { basis = "contract", by = ["support"] }
           | ^^^^^^^
           |
           = help: name it under `for` on what it uses, or remove it"#]],
    );
}

#[test]
fn an_objection_to_consent() {
    finds(
        "no-objection",
        "basis = \"consent\", by",
        "basis = \"consent\", objection = \"weighed\", by",
        &expect![[r#"
            error[no-objection]: there is no objection to `photo`
              --> policy.toml:97:46
               |
            97 | photo = { kind = "staff", basis = "consent", objection = "weighed", by = ["hr"] }
               |                                   ---------  ^^^^^^^^^
               |                                   |
               |                                   its basis
               |
               = help: only a legitimate interest can be objected to; consent is withdrawn"#]],
    );
}

#[test]
fn news_under_a_contract() {
    finds(
        "message-class",
        "service = { basis = \"contract\" }",
        "service = { basis = \"contract\", sends = [\"newsletter\"] }",
        &expect![[r#"
            error[not-enforced]: nothing keeps `purpose.service.sends` yet, and the file does not say so
              --> policy.toml:94:33
               |
            94 | service = { basis = "contract", sends = ["newsletter"] }
               |                                 ^^^^^ promised, not enforced
               |
               = help: add `"purpose.service.sends"` to `[planned] rows`: it is then shown as planned

            error[message-class]: `newsletter` is not a message of the kind `service`
              --> policy.toml:94:42
               |
            94 | service = { basis = "contract", sends = ["newsletter"] }
               |                                          ^^^^^^^^^^^^
               |
               = help: news and newsletters are marketing; nothing else is"#]],
    );
}

#[test]
fn tokens_that_stay() {
    finds(
        "tokens-stay",
        "[transfer]",
        "[integration.mail]\nrecipient = \"resend\"\naccess = \"read\"\ntokens = \"ticket\"\nprobe = \"1 hour\"\nscopes = { \"read\" = [\"ticket\"] }\n\n[transfer]",
        &expect![[r#"
            error[not-enforced]: nothing keeps `integration.mail` yet, and the file does not say so
               --> policy.toml:108:14
                |
            108 | [integration.mail]
                |              ^^^^ promised, not enforced
                |
                = help: add `"integration.mail"` to `[planned] rows`: it is then shown as planned

            error[tokens-stay]: `ticket` stays when `mail` is disconnected
               --> policy.toml:111:10
                |
            111 | tokens = "ticket"
                |          ^^^^^^^^
                |
                = help: keep it `until mail.disconnected`"#]],
    );
}

#[test]
fn a_recipient_of_what_is_not_shared() {
    finds(
        "share",
        "gets = [\"account.email\"]",
        "gets = [\"selfie\"]",
        &expect![[r#"
        error[share]: `resend` gets `selfie`, which is not shared
           --> policy.toml:104:37
            |
         76 | share = "never"
            |         ------- and may not
        ...
        104 | resend = { does = ["mail"], gets = ["selfie"], where = ["US"] }
            |                                     ^^^^^^^^ goes out here
            |
            = help: remove it from `gets`: `share` bars the exit whatever a recipient row says"#]],
    );
}

#[test]
fn a_recipient_for_another_purpose() {
    finds(
        "recipient-purpose",
        "gets = [\"attendance\"]",
        "gets = [\"ticket\"]",
        &expect![[r#"
        error[recipient-purpose]: `ticket` is not collected for what `school` gets it for
           --> policy.toml:105:58
            |
         46 | for = ["support"]
            |       ----------- collected for these
        ...
        105 | school = { as = "controller", for = ["reports"], gets = ["ticket"], where = ["ID"] }
            |                                     -----------          ^^^^^^^^
            |                                     |
            |                                     its purposes
            |
            = help: give it what is collected for that, or collect it for that"#]],
    );
}

#[test]
fn an_authority_with_a_supply() {
    finds(
        "authority",
        "as = \"authority\", where",
        "as = \"authority\", gets = [\"ticket\"], where",
        &expect![[r#"
            error[authority]: `court` is an authority, which gets data by legal case only
               --> policy.toml:106:29
                |
            106 | court = { as = "authority", gets = ["ticket"], where = ["ID"] }
                |                             ^^^^
                |
                = help: remove this key"#]],
    );
}

#[test]
fn a_transfer_without_safeguard() {
    finds(
        "no-safeguard",
        "safeguards = [\"agreement\"]\n",
        "",
        &expect![[r#"
            error[no-safeguard]: `resend` works in US without a safeguard
               --> policy.toml:104:64
                |
            104 | resend = { does = ["mail"], gets = ["account.email"], where = ["US"] }
                |                                                                ^^^^
                |
                = why: abroad another law holds, and other people may look
                = help: write `safeguards` here or under `[transfer]`"#]],
    );
}

#[test]
fn words_missing() {
    finds(
        "text-missing",
        "data.ticket = { en = \"Messages\", id = \"Pesan\" }\n",
        "",
        &expect![[r#"
            error[text-missing]: `data.ticket` has no words to be read
              --> policy.toml:43:7
               |
            43 | [data.ticket]
               |       ^^^^^^
               |
               = help: write it under `[text]`: `data.ticket = { en = "…", id = "…" }`"#]],
    );
}

#[test]
fn words_for_nothing() {
    finds(
        "text-for-nothing",
        "option.senior =",
        "option.major = \"Major\"\noption.senior =",
        &expect![[r#"
            error[text-for-nothing]: there is nothing called `option.major` that needs words
               --> policy.toml:163:8
                |
            163 | option.major = "Major"
                |        ^^^^^
                |
                = help: did you mean `option.junior`?"#]],
    );
}

#[test]
fn a_language_missing() {
    finds(
        "text-language",
        "{ en = \"Messages\", id = \"Pesan\" }",
        "{ en = \"Messages\" }",
        &expect![[r#"
            error[text-language]: `data.ticket` has no words in the language `id`
               --> policy.toml:146:6
                |
            146 | data.ticket = { en = "Messages" }
                |      ^^^^^^
                |
                = help: the page is published in every language of `[policy]`"#]],
    );
}

#[test]
fn words_too_long() {
    finds(
        "text-long",
        "en = \"Messages\"",
        "en = \"Messages that people write when they want something from support\"",
        &expect![[r#"
            error[text-long]: these words are too long for a heading
               --> policy.toml:146:22
                |
            146 | data.ticket = { en = "Messages that people write when they want something from support", id = "Pesan" }
                |                      ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: at most 60 characters: name the thing, Janji writes the sentence"#]],
    );
}

#[test]
fn a_hidden_character() {
    finds(
        "text-hidden",
        "en = \"Messages\"",
        "en = \"Mess\u{202e}ages\"",
        &expect![[r#"
        error[text-hidden]: these words hold a character nobody sees
           --> policy.toml:146:22
            |
        146 | data.ticket = { en = "Mess�ages", id = "Pesan" }
            |                      ^^^^^^^^^^^
            |
            = help: type them again, without control or direction marks"#]],
    );
}

#[test]
fn a_number_in_words() {
    finds(
        "text-digit",
        "en = \"Messages\"",
        "en = \"Messages of 90 days\"",
        &expect![[r#"
        error[text-digit]: words hold no numbers
           --> policy.toml:146:35
            |
        146 | data.ticket = { en = "Messages of 90 days", id = "Pesan" }
            |                                   ^
            |
            = help: a number stands in a rule, which is the same in every language"#]],
    );
}

#[test]
fn a_word_that_promises_too_much() {
    finds(
        "text-word",
        "en = \"Messages\"",
        "en = \"All messages\"",
        &expect![[r#"
        error[text-word]: `all` promises what no rule keeps
           --> policy.toml:146:23
            |
        146 | data.ticket = { en = "All messages", id = "Pesan" }
            |                       ^^^
            |
            = help: name the thing; what is done about it stands in a rule"#]],
    );
}

#[test]
fn a_cover_of_a_missing_key() {
    finds(
        "covers-key",
        "covers = { grace",
        "covers = { keep",
        &expect![[r#"
        error[covers-key]: the row has no key `keep` that could cover this
          --> policy.toml:41:12
           |
        41 | covers = { keep = ["A-03"] }
           |            ^^^^ not in this row
           |
           = help: known here: of, fields, optional, unique, for, grace"#]],
    );
}

#[test]
fn an_uncovered_promise() {
    finds(
        "uncovered",
        "covers = { grace = [\"A-03\"] }\n",
        "",
        &expect![[r#"
        error[uncovered]: no row covers the promise `A-03`
           --> policy.toml:122:13
            |
        122 | promises = ["A-01..A-03"]
            |             ^^^^^^^^^^^^
            |
            = help: write `covers = ["A-03"]` on the row that keeps it"#]],
    );
}

#[test]
fn an_unsettled_finding() {
    finds(
        "unsettled",
        "findings = [\"C-01\"]",
        "findings = [\"C-01\", \"C-02\"]",
        &expect![[r#"
        error[unsettled]: the finding `C-02` is not settled
           --> policy.toml:124:21
            |
        124 | findings = ["C-01", "C-02"]
            |                     ^^^^^^
            |
            = help: write `resolves = ["C-02"]` on the row that settles it, and why under `[decided]`"#]],
    );
}

#[test]
fn a_reason_without_a_row() {
    finds(
        "reason-without-row",
        "C-01 = \"The stricter one.\"",
        "C-01 = \"The stricter one.\"\nC-02 = \"No row.\"",
        &expect![[r#"
            error[reason-without-row]: no row resolves `C-02`
               --> policy.toml:128:1
                |
            128 | C-02 = "No row."
                | ^^^^ a reason for nothing
                |
                = help: did you mean `C-01`?"#]],
    );
}

#[test]
fn a_row_without_a_reason() {
    finds(
        "row-without-reason",
        "resolves = [\"C-01\"]",
        "resolves = [\"C-01\", \"C-03\"]",
        &expect![[r#"
            error[row-without-reason]: there is no reason for settling `C-03` this way
              --> policy.toml:10:21
               |
            10 | resolves = ["C-01", "C-03"]
               |                     ^^^^^^
               |
               = help: did you mean `C-01`?"#]],
    );
}

#[test]
fn planned_that_matches_nothing() {
    finds(
        "planned-nothing",
        "\"register.requests\"",
        "\"cookie.*\", \"register.requests\"",
        &expect![[r#"
            error[planned-nothing]: `cookie.*` matches no row and no key
               --> policy.toml:131:3
                |
            131 |   "cookie.*", "register.requests", "register.complaints",
                |   ^^^^^^^^^^
                |
                = help: correct the path, or remove it: a row that is gone needs no plan"#]],
    );
}

#[test]
fn planned_that_is_kept() {
    finds(
        "planned-kept",
        "\"register.requests\"",
        "\"data.selfie\", \"register.requests\"",
        &expect![[r#"
            warning[planned-kept]: the engine keeps `data.selfie` already
               --> policy.toml:131:3
                |
            131 |   "data.selfie", "register.requests", "register.complaints",
                |   ^^^^^^^^^^^^^ listed as planned
                |
                = help: remove it: nothing that it names waits"#]],
    );
}

#[test]
fn a_key_planned_that_is_kept() {
    finds(
        "planned-kept",
        "\"register.requests\"",
        "\"data.selfie.keep\", \"register.requests\"",
        &expect![[r#"
            warning[planned-kept]: the engine keeps `data.selfie.keep` already
               --> policy.toml:131:3
                |
            131 |   "data.selfie.keep", "register.requests", "register.complaints",
                |   ^^^^^^^^^^^^^^^^^^ listed as planned
                |
                = help: remove it: nothing that it names waits"#]],
    );
}

#[test]
fn a_row_that_nothing_keeps() {
    finds(
        "not-enforced",
        "\"transfer\", ",
        "",
        &expect![[r#"
        error[not-enforced]: nothing keeps `transfer` yet, and the file does not say so
           --> policy.toml:108:2
            |
        108 | [transfer]
            |  ^^^^^^^^ promised, not enforced
            |
            = help: add `"transfer"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn a_key_that_nothing_keeps() {
    finds(
        "not-enforced",
        "by = [\"support\"] }",
        "by = [\"support\"], sends = [\"receipt\"] }",
        &expect![[r#"
            error[not-enforced]: nothing keeps `purpose.support.sends` yet, and the file does not say so
              --> policy.toml:95:51
               |
            95 | support = { basis = "contract", by = ["support"], sends = ["receipt"] }
               |                                                   ^^^^^ promised, not enforced
               |
               = help: add `"purpose.support.sends"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn a_lapse_that_nobody_is_told_of() {
    finds(
        "missing-row",
        "grace = \"30 days\"",
        "grace = \"30 days\"\nlapses = \"1 year after closed\"",
        &expect![[r#"
            error[missing-row]: nobody is told before it lapses
              --> policy.toml:41:1
               |
            41 | lapses = "1 year after closed"
               | ^^^^^^
               |
               = help: write `[notice] lapse = { via = ["email"], before = "30 days" }`

            error[not-enforced]: nothing keeps `data.account.lapses` yet, and the file does not say so
              --> policy.toml:41:1
               |
            41 | lapses = "1 year after closed"
               | ^^^^^^ promised, not enforced
               |
               = help: add `"data.account.lapses"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn a_lapse_without_grace() {
    finds(
        "missing-key",
        "[data.ticket]",
        "[data.ticket]\nlapses = \"1 year after resolved\"",
        &expect![[r#"
            error[missing-key]: `ticket` lapses, but nothing says what follows
              --> policy.toml:44:1
               |
            44 | lapses = "1 year after resolved"
               | ^^^^^^
               |
               = help: say how long it can be restored, such as `grace = "30 days"`

            error[missing-row]: nobody is told before it lapses
              --> policy.toml:44:1
               |
            44 | lapses = "1 year after resolved"
               | ^^^^^^
               |
               = help: write `[notice] lapse = { via = ["email"], before = "30 days" }`

            error[not-enforced]: nothing keeps `data.ticket.lapses` yet, and the file does not say so
              --> policy.toml:44:1
               |
            44 | lapses = "1 year after resolved"
               | ^^^^^^ promised, not enforced
               |
               = help: add `"data.ticket.lapses"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn a_processor_that_does_nothing() {
    finds(
        "missing-key",
        "does = [\"mail\"], ",
        "",
        &expect![[r#"
        error[missing-key]: `resend` is a processor and has no key `does`
           --> policy.toml:104:1
            |
        104 | resend = { gets = ["account.email"], where = ["US"] }
            | ^^^^^^
            |
            = help: a processor says what it does, a controller what for; both what they get"#]],
    );
}

#[test]
fn a_controller_without_purpose() {
    finds(
        "missing-key",
        "for = [\"reports\"], gets",
        "gets",
        &expect![[r#"
        error[missing-key]: `school` is a controller and has no key `for`
           --> policy.toml:105:1
            |
        105 | school = { as = "controller", gets = ["attendance"], where = ["ID"] }
            | ^^^^^^
            |
            = help: a processor says what it does, a controller what for; both what they get"#]],
    );
}

#[test]
fn a_unique_field_of_another_category() {
    finds(
        "unknown-reference",
        "unique = [\"email\"]",
        "unique = [\"browser\"]",
        &expect![[r#"
        error[unknown-reference]: `browser` is no field of this category
          --> policy.toml:38:11
           |
        38 | unique = ["browser"]
           |           ^^^^^^^^^ not collected here
           |
           = help: known here: full_name, email, phone"#]],
    );
}

#[test]
fn a_statutory_field_of_another_category() {
    finds(
        "unknown-reference",
        "fields = [\"clock_in\"] }",
        "fields = [\"email\"] }",
        &expect![[r#"
            error[unknown-reference]: `email` is no field of this category
              --> policy.toml:69:42
               |
            69 | statutory = { for = "reports", fields = ["email"] }
               |                                          ^^^^^^^ not collected here
               |
               = help: known here: clock_in"#]],
    );
}

#[test]
fn a_file_cannot_stay_beyond_an_erasure() {
    finds(
        "statutory-field",
        "keep = \"90 days\"\nshare = \"never\"",
        "keep = \"90 days\"\nstatutory = { for = \"reports\", fields = [\"selfie\"] }",
        &expect![[r#"
            error[statutory-field]: `selfie` cannot stay beyond an erasure
              --> policy.toml:76:42
               |
            76 | statutory = { for = "reports", fields = ["selfie"] }
               |                                          ^^^^^^^^ a file, or another person
               |
               = help: name fields whose values stand in the record itself"#]],
    );
}

#[test]
fn a_look_up_of_another_person() {
    finds(
        "look-up",
        "fields = [\"message\"]",
        "fields = [\"message\", \"host\"]\nfind_by = [\"host\"]",
        &expect![[r#"
            error[look-up]: `host` names another person, and ends with them
              --> policy.toml:46:12
               |
            46 | find_by = ["host"]
               |            ^^^^^^ not for a blind index
               |
               = help: find records by a field about their own person"#]],
    );
}

#[test]
fn a_statutory_part_without_fields() {
    finds(
        "missing-key",
        ", fields = [\"clock_in\"] }",
        " }",
        &expect![[r#"
        error[missing-key]: `statutory` has no key `fields`
          --> policy.toml:69:13
           |
        69 | statutory = { for = "reports" }
           |             ^^^^^^^^^^^^^^^^^^^"#]],
    );
}

#[test]
fn an_unknown_key_of_a_statutory_part() {
    finds(
        "unknown-key",
        ", fields = [\"clock_in\"] }",
        ", field = [\"clock_in\"] }",
        &expect![[r#"
            error[missing-key]: `statutory` has no key `fields`
              --> policy.toml:69:13
               |
            69 | statutory = { for = "reports", field = ["clock_in"] }
               |             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

            error[unknown-key]: there is no key `field` here
              --> policy.toml:69:32
               |
            69 | statutory = { for = "reports", field = ["clock_in"] }
               |                                ^^^^^
               |
               = help: did you mean `fields`?"#]],
    );
}

#[test]
fn a_register_that_never_ends() {
    finds(
        "no-end",
        "certificates = { keep = \"10 years after issued\" }",
        "certificates = { keep = \"for ever\" }",
        &expect![[r#"
            error[no-end]: the register `certificates` needs a period
              --> policy.toml:91:25
               |
            91 | certificates = { keep = "for ever" }
               |                         ^^^^^^^^^^
               |
               = why: what nobody deletes is still there on the day it leaks
               = help: write a period such as `3 years`"#]],
    );
}

#[test]
fn a_workspace_that_closes_with_something() {
    finds(
        "phrase",
        "[register]",
        "[workspace]\nclosing = { keep = \"until closed\" }\n\n[register]",
        &expect![[r#"
            error[phrase]: this row takes a period alone
              --> policy.toml:84:20
               |
            84 | closing = { keep = "until closed" }
               |                    ^^^^^^^^^^^^^^
               |
               = help: write a period such as `60 days`"#]],
    );
}

#[test]
fn a_setting_that_sets_nothing() {
    finds(
        "unused",
        "keep = \"ticket_keep\"",
        "keep = \"1 year\"",
        &expect![[r#"
            error[unused]: the setting `ticket_keep` sets nothing
              --> policy.toml:32:1
               |
            32 | ticket_keep = { default = "1 year", min = "30 days", max = "2 years" }
               | ^^^^^^^^^^^"#]],
    );
}

#[test]
fn a_part_of_the_workspace_of_nobody() {
    finds(
        "missing-key",
        "of = [\"user\", \"intern\"]",
        "part_of = \"workspace\"",
        &expect![[r#"
        error[unused]: no row uses `user`
          --> policy.toml:22:11
           |
        22 | people = ["user", "intern"]
           |           ^^^^^^
           |
           = help: remove it, or write the row that it is for

        error[missing-key]: `account` does not say whose it is
          --> policy.toml:35:1
           |
        35 | part_of = "workspace"
           | ^^^^^^^
           |
           = help: parts of the workspace say `of` as well

        error[not-enforced]: nothing keeps `data.account.part_of` yet, and the file does not say so
          --> policy.toml:35:1
           |
        35 | part_of = "workspace"
           | ^^^^^^^ promised, not enforced
           |
           = help: add `"data.account.part_of"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn a_category_without_fields() {
    finds(
        "missing-key",
        "fields = [\"answers\"]\n",
        "",
        &expect![[r#"
        error[missing-key]: `draft` has no fields
          --> policy.toml:50:7
           |
        50 | [data.draft]
           |       ^^^^^
           |
           = help: write `fields = ["…"]`: all else is refused"#]],
    );
}

#[test]
fn an_aggregate_for_nothing() {
    finds(
        "used-for-nothing",
        "for = [\"improvement\"]\n",
        "",
        &expect![[r#"
            error[used-for-nothing]: `counts` is used for nothing
              --> policy.toml:78:7
               |
            78 | [data.counts]
               |       ^^^^^^
               |
               = why: what is collected for nothing can only do harm

            error[purpose-uses-nothing]: the purpose `improvement` uses no data
              --> policy.toml:97:1
               |
            97 | improvement = { basis = "legitimate_interest", objection = "weighed" }
               | ^^^^^^^^^^^
               |
               = help: name it under `for` on what it uses, or remove it"#]],
    );
}

#[test]
fn a_field_that_is_standard() {
    finds(
        "duplicate",
        "level = [\"junior\", \"senior\"]",
        "level = [\"junior\", \"senior\"]\nemail = \"text\"",
        &expect![[r#"
            error[duplicate]: `email` is a standard field and has its type
               --> policy.toml:121:1
                |
            121 | email = "text"
                | ^^^^^
                |
                = help: remove it here, or give your own field another name

            error[text-missing]: `field.email` has no words to be read
               --> policy.toml:121:1
                |
            121 | email = "text"
                | ^^^^^
                |
                = help: write it under `[text]`: `field.email = { en = "…", id = "…" }`"#]],
    );
}

#[test]
fn a_field_of_no_type() {
    finds(
        "unknown-word",
        "level = [\"junior\", \"senior\"]",
        "level = \"txet\"",
        &expect![[r#"
        error[unknown-word]: `txet` is not one of the words that can stand here
           --> policy.toml:120:9
            |
        120 | level = "txet"
            |         ^^^^^^ unknown word
            |
            = help: did you mean `text`?

        error[text-for-nothing]: there is nothing called `option.junior` that needs words
           --> policy.toml:162:8
            |
        162 | option.junior = { en = "Junior", id = "Muda" }
            |        ^^^^^^

        error[text-for-nothing]: there is nothing called `option.senior` that needs words
           --> policy.toml:163:8
            |
        163 | option.senior = { en = "Senior", id = "Lanjut" }
            |        ^^^^^^"#]],
    );
}

#[test]
fn a_promise_in_two_ranges() {
    finds(
        "duplicate",
        "\"A-01..A-03\"",
        "\"A-01..A-03\", \"A-02\"",
        &expect![[r#"
        error[duplicate]: `A-02` is named twice
           --> policy.toml:123:27
            |
        123 | promises = ["A-01..A-03", "A-02"]
            |             ------------  ^^^^^^
            |             |
            |             first here"#]],
    );
}

#[test]
fn a_reason_without_words() {
    finds(
        "wrong-type",
        "C-01 = \"The stricter one.\"",
        "C-01 = 1",
        &expect![[r#"
        error[wrong-type]: a number stands here, and a sentence that gives the reason is needed
           --> policy.toml:127:8
            |
        127 | C-01 = 1
            |        ^ not a sentence that gives the reason"#]],
    );
}

#[test]
fn a_switch_that_is_none() {
    finds(
        "unknown-reference",
        "when = \"forms\"",
        "when = \"froms\"",
        &expect![[r#"
        error[unused]: the feature `forms` opens nothing
          --> policy.toml:29:1
           |
        29 | forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: write `when = "forms"` on what it opens

        error[unknown-reference]: there is no feature or setting `froms`
          --> policy.toml:52:8
           |
        52 | when = "froms"
           |        ^^^^^^^ unknown feature or setting
           |
           = help: did you mean `forms`?"#]],
    );
}

#[test]
fn words_that_are_a_number() {
    finds(
        "wrong-type",
        "{ en = \"Messages\", id = \"Pesan\" }",
        "7",
        &expect![[r#"
        error[wrong-type]: words are a string for each language
           --> policy.toml:146:15
            |
        146 | data.ticket = 7
            |               ^
            |
            = help: write `{ en = "…", id = "…" }`, or a string for a proper name"#]],
    );
}

#[test]
fn a_time_where_a_date_belongs() {
    finds(
        "wrong-type",
        "2026-02-12",
        "2026-02-12T09:00:00Z",
        &expect![[r#"
        error[wrong-type]: a time stands here, and a date is needed
         --> policy.toml:5:13
          |
        5 | effective = 2026-02-12T09:00:00Z
          |             ^^^^^^^^^^^^^^^^^^^^ not a date"#]],
    );
}

#[test]
fn a_default_that_is_no_choice() {
    finds(
        "out-of-bounds",
        "min = \"30 days\", max = \"2 years\"",
        "choices = [\"server\", \"tablets\"]",
        &expect![[r#"
            error[out-of-bounds]: the default is no choice
              --> policy.toml:32:27
               |
            32 | ticket_keep = { default = "1 year", choices = ["server", "tablets"] }
               |                           ^^^^^^^^            --------------------- the choices
               |
               = help: known here: server, tablets

            error[text-missing]: `option.server` has no words to be read
              --> policy.toml:32:48
               |
            32 | ticket_keep = { default = "1 year", choices = ["server", "tablets"] }
               |                                                ^^^^^^^^
               |
               = help: write it under `[text]`: `option.server = { en = "…", id = "…" }`

            error[text-missing]: `option.tablets` has no words to be read
              --> policy.toml:32:58
               |
            32 | ticket_keep = { default = "1 year", choices = ["server", "tablets"] }
               |                                                          ^^^^^^^^^
               |
               = help: write it under `[text]`: `option.tablets = { en = "…", id = "…" }`

            error[phrase]: `ticket_keep` is neither a period nor a setting that holds one
              --> policy.toml:55:9
               |
            55 | keep = "ticket_keep"
               |         ^^^^^^^^^^^
               |
               = help: known here: never, with, until, for ever, ticket_keep"#]],
    );
}

#[test]
fn a_setting_of_nothing() {
    finds(
        "wrong-type",
        "default = \"1 year\"",
        "default = \"soon\"",
        &expect![[r#"
            error[wrong-type]: this is neither a period nor a number
              --> policy.toml:32:27
               |
            32 | ticket_keep = { default = "soon", min = "30 days", max = "2 years" }
               |                           ^^^^^^

            error[phrase]: `ticket_keep` is neither a period nor a setting that holds one
              --> policy.toml:55:9
               |
            55 | keep = "ticket_keep"
               |         ^^^^^^^^^^^
               |
               = help: known here: never, with, until, for ever, ticket_keep"#]],
    );
}

#[test]
fn a_feature_switched_off_that_is_unknown() {
    finds(
        "unknown-event",
        "keep = \"ticket_keep\"",
        "keep = [\"ticket_keep\", \"until chat.off\"]",
        &expect![[r#"
            error[unknown-event]: `chat.off` cannot happen
              --> policy.toml:55:31
               |
            55 | keep = ["ticket_keep", "until chat.off"]
               |                               ^^^^^^^^ no such event
               |
               = help: known here: account, ticket, draft, engagement, attendance, selfie, counts, forms"#]],
    );
}

#[test]
fn a_part_of_what_is_never_stored() {
    finds(
        "outlives",
        "keep = \"3 years after ended\"",
        "keep = \"never\"",
        &expect![[r#"
            error[outlives]: `attendance` outlives `engagement`, which it is part of
              --> policy.toml:68:8
               |
            62 | keep = "never"
               |        ------- the whole ends here
            ...
            68 | keep = "3 years after engagement.ended"
               |        ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
               |
               = help: a part dies with its whole: say a shorter end, or `with` its whole"#]],
    );
}

#[test]
fn an_article_that_is_no_list() {
    finds(
        "wrong-type",
        "resolves = [\"C-01\"]",
        "resolves = [\"C-01\"]\ncites = \"id-pdp 14\"",
        &expect![[r#"
            error[wrong-type]: articles are a list of strings
              --> policy.toml:11:9
               |
            11 | cites = "id-pdp 14"
               |         ^^^^^^^^^^^
               |
               = help: write `cites = ["id-pdp 14"]`"#]],
    );
}

#[test]
fn lines_blocks_and_dotted_keys_are_the_same() {
    let line = r#"school = { as = "controller", for = ["reports"], gets = ["attendance"], where = ["ID"] }"#;
    let dotted = r#"school.as = "controller"
school.for = ["reports"]
school.gets = ["attendance"]
school.where = ["ID"]"#;
    check(&with(line, dotted), &expect![[""]]);
    let block = "[recipient.school]\nas = \"controller\"\nfor = [\"reports\"]\ngets = [\"attendance\"]\nwhere = [\"ID\"]\n\n[transfer]";
    check(&with(line, "").replace("[transfer]", block), &expect![[""]]);
}

#[test]
fn evidence_without_a_date() {
    let new = "[evidence]\naudit = { owner = \"officer\" }\n\n[text]\nevidence.audit = { en = \"Audit\", id = \"Audit\" }";
    finds(
        "no-date",
        "[text]",
        new,
        &expect![[r#"
        error[no-date]: nobody knows when `audit` must be shown
           --> policy.toml:136:1
            |
        136 | audit = { owner = "officer" }
            | ^^^^^ neither `every` nor `due`
            |
            = help: say how often, `every = "1 year"`, or until when, `due = 2027-06-30`"#]],
    );
}

#[test]
fn a_duty_of_ours_that_rests_on_nothing() {
    let new = "[duty]\nbackups = { by = \"us\" }\n\n[text]\nduty.backups = { en = \"Backups\", id = \"Cadangan\" }";
    finds(
        "duty-alone",
        "[text]",
        new,
        &expect![[r#"
        error[duty-alone]: nothing shows that we do `backups`
           --> policy.toml:136:1
            |
        136 | backups = { by = "us" }
            | ^^^^^^^
            |
            = help: name the rows that keep it: `rests_on = ["security.backups"]`"#]],
    );
}

#[test]
fn a_duty_that_rests_on_a_row_that_is_not_there() {
    let new = "[duty]\nbackups = { by = \"us\", rests_on = [\"security.bakups\"] }\n\n[text]\nduty.backups = { en = \"Backups\", id = \"Cadangan\" }";
    finds(
        "duty-nothing",
        "[text]",
        new,
        &expect![[r#"
            error[duty-nothing]: `security.bakups` matches no row
               --> policy.toml:136:36
                |
            136 | backups = { by = "us", rests_on = ["security.bakups"] }
                |                                    ^^^^^^^^^^^^^^^^^ keeps nothing"#]],
    );
}

#[test]
fn an_address_of_the_web_that_is_none() {
    let new = "[resold]\nface = { document = \"addendum\", every = \"1 year\", owner = \"officer\", policy = \"http://x\" }\n\n[document]\naddendum = { given = \"public\" }\n\n[text]\nresold.face = \"Face\"\ndocument.addendum = { en = \"Addendum\", id = \"Adendum\" }";
    finds(
        "wrong-type",
        "[text]",
        new,
        &expect![[r#"
            error[wrong-type]: a string stands here, and an address such as `https://example.org/privacy` is needed
               --> policy.toml:136:79
                |
            136 | face = { document = "addendum", every = "1 year", owner = "officer", policy = "http://x" }
                |                                                                               ^^^^^^^^^^ not an address such as `https://example.org/privacy`

            error[not-enforced]: nothing keeps `document.addendum.given` yet, and the file does not say so
               --> policy.toml:139:14
                |
            139 | addendum = { given = "public" }
                |              ^^^^^ promised, not enforced
                |
                = help: add `"document.addendum.given"` to `[planned] rows`: it is then shown as planned"#]],
    );
}

#[test]
fn data_of_a_customer_for_a_purpose_of_ours() {
    finds(
        "processor",
        "[data.ticket]",
        "[data.ticket]\nrole = \"processor\"",
        &expect![[r#"
            error[processor]: a customer's data cannot serve `support`, a purpose of ours
              --> policy.toml:47:8
               |
            44 | role = "processor"
               | ---- the customer decides what for
            ...
            47 | for = ["support"]
               |        ^^^^^^^^^
               |
               = why: a processor acts on the customer's instructions (Art. 28 GDPR)
               = help: rest a purpose of its own on `instruction`, or on the person's consent"#]],
    );
}

#[test]
fn a_when_that_names_no_switch() {
    finds(
        "not-a-switch",
        "when = \"forms\"",
        "when = \"ticket_keep\"",
        &expect![[r#"
        error[unused]: the feature `forms` opens nothing
          --> policy.toml:29:1
           |
        29 | forms = { in = ["shop"] }
           | ^^^^^
           |
           = help: write `when = "forms"` on what it opens

        error[not-a-switch]: `ticket_keep` is a setting, but no switch
          --> policy.toml:52:8
           |
        52 | when = "ticket_keep"
           |        ^^^^^^^^^^^^^
           |
           = help: wait for a feature, or for a setting that is true or false"#]],
    );
}

#[test]
fn words_of_a_text_that_no_row_holds() {
    finds(
        "no-row",
        "[planned]",
        "[unsettled]\nsafety = { says = \"enterprise-grade security\" }\n\n[planned]",
        &expect![[r#"
            error[no-row]: no row holds what `safety` says
               --> policy.toml:130:19
                |
            130 | safety = { says = "enterprise-grade security" }
                |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^
                |
                = help: write the row that keeps it, or decide that it is not promised, and remove this

            error[untestable]: `enterprise-grade`: nobody can test this word
               --> policy.toml:130:20
                |
            130 | safety = { says = "enterprise-grade security" }
                |                    ^^^^^^^^^^^^^^^^
                |
                = why: a promise that cannot be tested cannot be broken, so it protects nobody
                = help: say what is done, as a row: `[security] tls = { min = "1.3" }`"#]],
    );
}

#[test]
fn a_finding_settled_that_is_none() {
    finds(
        "settles-nothing",
        "[decided]",
        "[unsettled]\nx = { says = \"what we do\", resolves = [\"untestable\"] }\n\n[decided]\nuntestable = \"Why.\"",
        &expect![[r#"
            error[no-row]: no row holds what `x` says
               --> policy.toml:127:14
                |
            127 | x = { says = "what we do", resolves = ["untestable"] }
                |              ^^^^^^^^^^^^
                |
                = help: write the row that keeps it, or decide that it is not promised, and remove this

            error[settles-nothing]: `untestable` finds nothing in `unsettled.x`
               --> policy.toml:127:40
                |
            127 | x = { says = "what we do", resolves = ["untestable"] }
                |                                        ^^^^^^^^^^^^ settled without need
                |
                = help: remove it here, and its reason under `[decided]`"#]],
    );
}

#[test]
fn a_finding_settled_with_its_reason() {
    check(
        &with(
            "[decided]",
            "[unsettled]\nx = { says = \"robust\", resolves = [\"untestable\"] }\n\n[decided]\nuntestable = \"Why.\"",
        ),
        &expect![[r#"
            error[no-row]: no row holds what `x` says
               --> policy.toml:127:14
                |
            127 | x = { says = "robust", resolves = ["untestable"] }
                |              ^^^^^^^^
                |
                = help: write the row that keeps it, or decide that it is not promised, and remove this"#]],
    );
}

#[test]
fn an_article_about_something_else() {
    finds(
        "wrong-article",
        "[officer]",
        "[officer]\ncites = [\"id-pdp 50\"]",
        &expect![[r#"
        error[wrong-article]: UU PDP 50 is about something else: exceptions to the duties of controllers
           --> policy.toml:116:10
            |
        116 | cites = ["id-pdp 50"]
            |          ^^^^^^^^^^^ cited for `officer`
            |
            = law: UU PDP 53
            = why: who looks it up finds no protection there, and trusts the rest less
            = help: UU PDP 53 is: when an officer for data protection must be appointed"#]],
    );
}

#[test]
fn an_answer_that_is_due_before_its_receipt_is_confirmed() {
    finds(
        "clocks-clash",
        "[officer]",
        "[request]\nacknowledge = { within = \"40 days\" }\nanswer = { within = \"30 days\" }\n\n[officer]",
        &expect![[r#"
            error[clocks-clash]: `request.acknowledge` may end after what it comes before
               --> policy.toml:116:26
                |
            116 | acknowledge = { within = "40 days" }
                |                          ^^^^^^^^^ so long
            117 | answer = { within = "30 days" }
                |                     --------- and this is over by then
                |
                = why: one of the two terms is no promise, and a person cannot tell which
                = help: shorten the first, or give the second more time where the law lets you"#]],
    );
}

#[test]
fn an_answer_after_a_year() {
    finds(
        "slow-answer",
        "[officer]",
        "[request]\nacknowledge = { within = \"3 days\" }\nanswer = { within = \"1 year\" }\n\n[officer]",
        &expect![[r#"
            error[slow-answer]: no law that is known here gives so long
               --> policy.toml:117:21
                |
            117 | answer = { within = "1 year" }
                |                     ^^^^^^^^ longer than three months
                |
                = why: after a quarter of a year the answer changes nothing for who asked
                = help: a month is what most laws give: `within = "30 days"`"#]],
    );
}

#[test]
fn a_company_that_leaves_out_the_law_of_its_country() {
    finds(
        "law-of-home",
        "country = \"SG\"",
        "country = \"AU\"",
        &expect![[r#"
        error[law-of-home]: the company sits in AU, where `au-privacy` holds
         --> policy.toml:8:8
          |
        8 | laws = ["google-limited-use"]
          |        ^^^^^^^^^^^^^^^^^^^^^^ not among these
          |
          = why: people are protected by it whether the page says so or not
          = help: add `"au-privacy"`: it binds whether it stands here or not"#]],
    );
}
