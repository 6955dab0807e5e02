//! Rules about what a policy does to people, each on the base policy with one thing changed.

use expect_test::{Expect, expect};

use super::with;

/// What one rule says of a policy, and nothing else.
fn says(rule: &str, policy: &str, drawn: &Expect) {
    let found = crate::check("policy.toml", policy).findings;
    let own = found.iter().filter(|finding| finding.rule == rule);
    let drawings: Vec<String> =
        own.map(|finding| finding.render("policy.toml", policy, false)).collect();
    assert!(!drawings.is_empty(), "no {rule} among {found:?}");
    drawn.assert_eq(&drawings.join("\n\n"));
}

/// A rule that says nothing of a policy.
fn silent(rule: &str, policy: &str) {
    let found = crate::check("policy.toml", policy).findings;
    assert!(found.iter().all(|finding| finding.rule != rule), "{found:?}");
}

#[test]
fn an_end_that_another_always_comes_before() {
    let keep = "keep = \"1 year after resolved\"";
    says(
        "idle-end",
        &with(keep, "keep = [\"30 days\", \"30 days after resolved\"]"),
        &expect![[r#"
            warning[idle-end]: `ticket` is gone before this end can come
              --> policy.toml:48:20
               |
            48 | keep = ["30 days", "30 days after resolved"]
               |         ---------  ^^^^^^^^^^^^^^^^^^^^^^^^ after `resolved`, which is never earlier than the collection
               |         |
               |         this one always comes first
               |
               = why: the text names two periods, and a person may trust in the wrong one
               = help: keep the end that is meant; a text that says both says two things"#]],
    );
    silent("idle-end", &with(keep, "keep = [\"1 year\", \"30 days after resolved\"]"));
    let three =
        with(keep, "keep = [\"30 days\", \"30 days after resolved\", \"1 year after reopened\"]");
    let found = crate::check("policy.toml", &three).findings;
    let fixes: Vec<_> = found.iter().filter_map(|one| one.fix.as_ref()).collect();
    let [fix] = fixes.as_slice() else { panic!("{found:?}") };
    let [(span, text)] = fix.edits.as_slice() else { panic!("{fix:?}") };
    let mut mended = three.clone();
    mended.replace_range(span.clone(), text);
    assert!(fix.safe && mended.contains("keep = \"30 days\"\n"));
    silent("idle-end", &mended);
    silent("idle-end", &with(keep, "keep = [\"30 days\", \"ticket_keep after resolved\"]"));
}

#[test]
fn one_period_after_two_events() {
    let two = with("events = [\"ended\"]", "events = [\"ended\", \"completed\"]");
    let twice = two.replace(
        "keep = \"3 years after engagement.ended\"",
        "keep = [\"3 years after engagement.ended\", \"3 years after engagement.completed\"]",
    );
    says(
        "two-triggers",
        &twice,
        &expect![[r#"
        warning[two-triggers]: `ended` and `completed` both tell the end of `engagement`
          --> policy.toml:61:20
           |
        61 | events = ["ended", "completed"]
           |           -------  ^^^^^^^^^^^ periods run from this
           |           |
           |           and from this
           |
           = why: nobody can tell when the period began, so nobody can tell that it is over
           = help: one event for one ending; or say what lies between the two

        warning[two-triggers]: `attendance` is kept for one period after two events of one thing
          --> policy.toml:68:43
           |
        68 | keep = ["3 years after engagement.ended", "3 years after engagement.completed"]
           |         --------------------------------  ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ from `completed`
           |         |
           |         the same from `ended`
           |
           = why: nobody can tell when the period began, so nobody can tell that it is over
           = help: name one event; what ends early ends by it too"#]],
    );
    let other = two.replace(
        "keep = \"3 years after engagement.ended\"",
        "keep = [\"3 years after engagement.ended\", \"1 year after engagement.ended\"]",
    );
    silent("two-triggers", &other);
    // One event twice is a mistake of another kind.
    let same = other.replace("1 year after engagement.ended", "3 years after engagement.ended");
    silent("two-triggers", &same);
}

#[test]
fn an_event_that_clears_the_end_is_no_second_end() {
    let two = with("events = [\"ended\"]", "events = [\"ended\", \"closed_early clears ended\"]");
    let early = two.replace(
        "keep = \"3 years after engagement.ended\"",
        "keep = [\"3 years after engagement.ended\", \"1 year after engagement.closed_early\"]",
    );
    silent("two-triggers", &early);
}

#[test]
fn what_is_kept_beyond_all_reason() {
    let keep = "keep = \"1 year after resolved\"";
    says(
        "too-long",
        &with(keep, "keep = \"30 years after resolved\""),
        &expect![[r#"
        warning[too-long]: `ticket` is kept longer than its purposes can need it
          --> policy.toml:48:8
           |
        48 | keep = "30 years after resolved"
           |        ^^^^^^^^^^^^^^^^^^^^^^^^^ more than 10 years, and no purpose is a legal duty
           |
           = why: what lies about for decades is found by somebody who was never meant to
           = help: say how long the longest of its purposes needs it"#]],
    );
    silent("too-long", &with(keep, "keep = \"10 years after resolved\""));
    // A legal duty can be longer than any reason of ours.
    let duty = with("keep = \"3 years after ended\"", "keep = \"30 years after ended\"");
    silent("too-long", &duty);
}

#[test]
fn a_field_that_is_stored_nowhere_and_elsewhere() {
    let never = with(
        "fields = [\"message\"]\nfor = [\"support\"]\nevents = [\"resolved\", \"reopened clears resolved\"]\nkeep = \"1 year after resolved\"",
        "fields = [\"answers\"]\nfor = [\"support\"]\nkeep = \"never\"",
    );
    says(
        "field-elsewhere",
        &never,
        &expect![[r#"
        error[field-elsewhere]: `answers` is never stored in `ticket` and stored here
          --> policy.toml:52:11
           |
        45 | fields = ["answers"]
           |           --------- passes through and is not kept
        ...
        52 | fields = ["answers"]
           |           ^^^^^^^^^ kept as part of `draft`
           |
           = why: who was told that it is not kept finds it again in a backup or a search
           = help: take the field out here, or say above how long it is kept"#]],
    );
    // The same field of other people is another thing.
    silent(
        "field-elsewhere",
        &never.replace("part_of = \"account\"\nwhen = \"forms\"", "of = [\"hr\"]"),
    );
    says(
        "pasted-elsewhere",
        &never.replace(
            "fields = [\"answers\"]\nfor = [\"support\"]",
            "fields = [\"page\"]\nfor = [\"support\"]",
        ),
        &expect![[r#"
            note[pasted-elsewhere]: what is never stored of `ticket` can be pasted into `draft`
              --> policy.toml:47:8
               |
            47 | keep = "never"
               |        ^^^^^^^
            ...
            52 | fields = ["answers"]
               |           --------- people write here what they like
               |
               = why: a promise about every place is broken by the first who pastes
               = help: promise it for the way it comes in, not for every place it could reach"#]],
    );
    silent(
        "pasted-elsewhere",
        &never.replace(
            "fields = [\"answers\"]\nfor = [\"support\"]",
            "fields = [\"duration\"]\nfor = [\"support\"]",
        ),
    );
}

#[test]
fn a_secret_that_is_hashed_and_sealed() {
    says(
        "sealed-and-hashed",
        &with("[field]\n", "[field]\npassword = \"token\"\n"),
        &expect![[r#"
            error[sealed-and-hashed]: `password` would be hashed by its type, and sealed by this
               --> policy.toml:120:12
                |
            120 | password = "token"
                |            ^^^^^^^
                |
                = why: what is sealed can be read by whoever holds the key; what is hashed cannot
                = help: hash what is only compared; seal what must be used again, as another field"#]],
    );
    says(
        "sealed-and-hashed",
        &with("[field]\n", "[field]\noauth_access_token = \"secret\"\n"),
        &expect![[r#"
            error[sealed-and-hashed]: `oauth_access_token` would be sealed by its type, and hashed by this
               --> policy.toml:120:22
                |
            120 | oauth_access_token = "secret"
                |                      ^^^^^^^^
                |
                = why: what is sealed can be read by whoever holds the key; what is hashed cannot
                = help: hash what is only compared; seal what must be used again, as another field"#]],
    );
    silent("sealed-and-hashed", &with("[field]\n", "[field]\npassword = \"secret\"\n"));
}

#[test]
fn a_hash_that_does_not_read_all() {
    let security = |hash: &str| {
        with(
            "[officer]",
            &format!("[security]\npasswords = {{ hash = \"{hash}\", cost = 12 }}\n\n[officer]"),
        )
    };
    says(
        "bcrypt-length",
        &security("bcrypt"),
        &expect![[r#"
        note[bcrypt-length]: bcrypt reads the first 72 bytes and no more
           --> policy.toml:116:22
            |
        116 | passwords = { hash = "bcrypt", cost = 12 }
            |                      ^^^^^^^^
            |
            = why: two long secrets that begin alike open the same account
            = help: refuse what is longer and decide so, or write `hash = "argon2id"`"#]],
    );
    silent("bcrypt-length", &security("argon2id"));
    let fix = crate::check("policy.toml", &security("bcrypt")).findings;
    let fix = fix.into_iter().find_map(|one| one.fix.filter(|_| one.rule == "bcrypt-length"));
    assert!(fix.is_some_and(|fix| !fix.safe));
}

#[test]
fn a_job_that_nobody_does() {
    let messages = with(
        "service = { basis = \"contract\" }",
        "service = { basis = \"contract\", sends = [\"service_notice\"] }",
    );
    silent("job-nobody-does", &messages);
    says(
        "job-nobody-does",
        &messages.replace("does = [\"mail\"]", "does = [\"hosting\"]"),
        &expect![[r#"
            warning[job-nobody-does]: messages go out, and no recipient does `mail`
              --> policy.toml:94:41
               |
            94 | service = { basis = "contract", sends = ["service_notice"] }
               |                                         ^^^^^^^^^^^^^^^^^^
               |
               = why: the data of a person go to a firm that the list leaves out
               = help: name who does it: `[recipient] x = { does = ["mail"], … }`"#]],
    );
    let pays = with("optional = [\"phone\"]", "optional = [\"payment_token\"]");
    says(
        "job-nobody-does",
        &pays,
        &expect![[r#"
        warning[job-nobody-does]: another firm gave this key, and no recipient does `payments`
          --> policy.toml:37:13
           |
        37 | optional = ["payment_token"]
           |             ^^^^^^^^^^^^^^^
           |
           = why: the data of a person go to a firm that the list leaves out
           = help: name who does it: `[recipient] x = { does = ["payments"], … }`"#]],
    );
    let credit = with(
        "[officer]",
        "[complaint]\nremedies = { offer = [\"credit_monitoring\"] }\n\n[officer]",
    );
    says(
        "job-nobody-does",
        &credit,
        &expect![[r#"
        warning[job-nobody-does]: this is offered, and no recipient does `credit_monitoring`
           --> policy.toml:116:23
            |
        116 | remedies = { offer = ["credit_monitoring"] }
            |                       ^^^^^^^^^^^^^^^^^^^
            |
            = why: the data of a person go to a firm that the list leaves out
            = help: name who does it: `[recipient] x = { does = ["credit_monitoring"], … }`"#]],
    );
}

#[test]
fn who_settles_a_complaint_is_a_recipient() {
    let court = with("[officer]", "[complaint]\ncourt = {}\nmediation = {}\n\n[officer]");
    silent("job-nobody-does", &court);
    says(
        "job-nobody-does",
        &court.replace("as = \"authority\"", "does = [\"hosting\"]"),
        &expect![[r#"
            warning[job-nobody-does]: `complaint.court` sends papers to somebody who is no recipient
               --> policy.toml:116:1
                |
            116 | court = {}
                | ^^^^^
                |
                = why: the data of a person go to a firm that the list leaves out
                = help: name them: `[recipient] courts = { as = "authority", where = ["…"] }`

            warning[job-nobody-does]: `complaint.mediation` sends papers to somebody who is no recipient
               --> policy.toml:117:1
                |
            117 | mediation = {}
                | ^^^^^^^^^
                |
                = why: the data of a person go to a firm that the list leaves out
                = help: name them: `[recipient] courts = { as = "authority", where = ["…"] }`"#]],
    );
}

#[test]
fn a_connection_without_a_scope() {
    let calendar = |scopes: &str| {
        let row = format!(
            "[integration]\ncalendar = {{ recipient = \"resend\", access = \"read\", tokens = \"draft\", probe = \"1 hour\", scopes = {scopes} }}\n\n[officer]"
        );
        with("[officer]", &row)
    };
    says(
        "no-scope",
        &calendar("{}"),
        &expect![[r#"
        error[no-scope]: `calendar` is connected and names no scope
           --> policy.toml:116:98
            |
        116 | calendar = { recipient = "resend", access = "read", tokens = "draft", probe = "1 hour", scopes = {} }
            |                                                                                                  ^^
            |
            = why: a person agrees to a connection without knowing what can be read
            = help: write each scope and the data it gives, or remove the connection"#]],
    );
    silent("no-scope", &calendar("{ \"calendar.readonly\" = [\"draft\"] }"));
}

#[test]
fn rights_without_a_term() {
    says(
        "no-term",
        &with("[officer]", "[right]\naccess = {}\n\n[officer]"),
        &expect![[r#"
        error[no-term]: people have rights, and no term for an answer
           --> policy.toml:115:2
            |
        115 | [right]
            |  ^^^^^ no `[request]` says when
            |
            = why: a right that nobody has to answer is a wish
            = help: [request] answer = { within = "30 days", cap = "law" }"#]],
    );
    let with_term =
        "[right]\naccess = {}\n\n[request]\nanswer = { within = \"72 hours\" }\n\n[officer]";
    silent("no-term", &with("[officer]", with_term));
}

#[test]
fn a_change_that_one_learns_of_on_the_day() {
    let notice = |before: &str| {
        let row = format!("[notice]\npolicy_change = {{ via = [\"email\"]{before} }}\n\n[officer]");
        with("[officer]", &row)
    };
    says(
        "no-lead-time",
        &notice(""),
        &expect![[r#"
        warning[no-lead-time]: `notice.policy_change` does not say how long before people are told
           --> policy.toml:116:1
            |
        116 | policy_change = { via = ["email"] }
            | ^^^^^^^^^^^^^ no `before`
            |
            = why: what one learns of on the day cannot be refused any more
            = help: before = "14 days""#]],
    );
    silent("no-lead-time", &notice(", before = \"14 days\""));
}

#[test]
fn one_period_for_a_receipt_and_an_answer() {
    let complaint = |days: &str| {
        with(
            "[officer]",
            &format!("[complaint]\nacknowledge = {{ within = \"{days}\" }}\n\n[officer]"),
        )
    };
    says(
        "same-clock",
        &complaint("3 business days"),
        &expect![[r#"
        note[same-clock]: one period stands for two steps
           --> policy.toml:120:21
            |
        116 | acknowledge = { within = "3 business days" }
            |                          ----------------- and here for the receipt alone
        ...
        120 | answer = { within = "3 business days" }
            |                     ^^^^^^^^^^^^^^^^^ here for the answer
            |
            = why: who waits for an answer gets a receipt
            = help: an answer takes longer than a receipt: give each its own term"#]],
    );
    silent("same-clock", &complaint("2 business days"));
}

#[test]
fn a_cookie_that_nobody_was_asked_for() {
    let cookie = |purpose: &str, lives: &str| {
        with(
            "[officer]",
            &format!(
                "[cookie]\nvisits = {{ for = \"{purpose}\", lives = \"{lives}\" }}\n\n[officer]"
            ),
        )
    };
    says(
        "cookie-unasked",
        &cookie("improvement", "6 months"),
        &expect![[r#"
        warning[cookie-unasked]: the cookie `visits` is set before anybody was asked
           --> policy.toml:116:18
            |
        116 | visits = { for = "improvement", lives = "6 months" }
            |                  ^^^^^^^^^^^^^ a purpose of the kind `improvement`, without consent
            |
            = why: people are followed before they could say no
            = help: rest its purpose on consent: `basis = "consent"`"#]],
    );
    silent("cookie-unasked", &cookie("service", "6 months"));
    silent("cookie-unasked", &cookie("photo", "6 months"));
    let asked = cookie("improvement", "6 months").replace(
        "improvement = { basis = \"legitimate_interest\", objection = \"weighed\" }",
        "improvement = { basis = \"consent\" }",
    );
    silent("cookie-unasked", &asked);
    says(
        "cookie-long",
        &cookie("service", "14 months"),
        &expect![[r#"
        warning[cookie-long]: the cookie `visits` knows a browser for very long
           --> policy.toml:116:37
            |
        116 | visits = { for = "service", lives = "14 months" }
            |                                     ^^^^^^^^^^^ more than 13 months
            |
            = why: a browser that is known for years tells more than anyone was asked for
            = help: let it end sooner, or ask"#]],
    );
    silent("cookie-long", &cookie("service", "13 months"));
    // Who agreed to it knows how long it lives.
    silent("cookie-long", &cookie("photo", "2 years"));
}

#[test]
fn a_model_that_learns_unasked() {
    let learns = |basis: &str| {
        with(
            "improvement = { basis = \"legitimate_interest\", objection = \"weighed\" }",
            &format!("improvement = {{ kind = \"research\", basis = \"{basis}\" }}"),
        )
    };
    says(
        "unasked-training",
        &learns("legitimate_interest"),
        &expect![[r#"
        warning[unasked-training]: `improvement` learns from data, and nobody switched it on
          --> policy.toml:98:1
           |
        98 | improvement = { kind = "research", basis = "legitimate_interest" }
           | ^^^^^^^^^^^ neither consent nor a switch
           |
           = why: what a model has learned it cannot be made to forget
           = help: basis = "consent", or `when` and a setting that is off by default"#]],
    );
    silent("unasked-training", &learns("consent"));
    silent("unasked-training", &learns("legitimate_interest\", when = \"forms"));
}

#[test]
fn a_use_that_nothing_speaks_of() {
    says(
        "silent",
        &with("advertising = {}\ntraining = {}\n", ""),
        &expect![[r#"
        note[silent]: nothing says whether data are used for: advertising, training
          --> policy.toml:99:2
           |
        99 | [never]
           |  ^^^^^
           |
           = why: who is told nothing has to guess, and guesses the worst
           = help: forbid it under `[never]`, or declare the purpose"#]],
    );
    let says_nothing = with("[never]\nsale = {}\nadvertising = {}\ntraining = {}\n", "");
    says(
        "silent",
        &says_nothing,
        &expect![[r#"
        note[silent]: nothing says whether data are used for: sale, advertising, training
          --> policy.toml:93:2
           |
        93 | [purpose]
           |  ^^^^^^^
           |
           = why: who is told nothing has to guess, and guesses the worst
           = help: forbid it under `[never]`, or declare the purpose"#]],
    );
    silent("silent", super::BASE);
}

#[test]
fn what_stays_in_backups_and_logs() {
    let backups = with(
        "keys_destroyed = {}\n",
        "\n[security]\nbackups = { every = \"1 day\", gone = \"30 days\", drill = \"3 months\" }\n",
    );
    says(
        "backup-tail",
        &backups,
        &expect![[r#"
        warning[backup-tail]: what was erased can be read in backups until they are gone
           --> policy.toml:116:37
            |
        116 | backups = { every = "1 day", gone = "30 days", drill = "3 months" }
            |                                     ^^^^^^^^^ this long
            |
            = why: a person who was told that it is gone can be found again
            = help: destroy the keys as well: `[always] keys_destroyed = {}`"#]],
    );
    says(
        "outlives-account",
        &backups,
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
           = help: make it part of the account, shorten it, or let keys die with the person"#]],
    );
    let short = backups
        .replace("\"90 days\" }", "\"30 days\" }")
        .replace("{ keep = \"1 year\" }", "{ keep = \"30 days\" }");
    silent("outlives-account", &short);
    silent("backup-tail", super::BASE);
    silent("outlives-account", super::BASE);
}

#[test]
fn data_that_name_a_person_who_has_left() {
    let left = with("keys_destroyed = {}\n", "").replace(
        "[data.counts]",
        "[data.visit]\nof = [\"user\"]\nfields = [\"ip\"]\nfor = [\"service\"]\nkeep = \"60 days\"\n\n[data.counts]",
    );
    let found = crate::check("policy.toml", &left).findings;
    let visit = found.iter().any(|one| {
        one.rule == "outlives-account" && left.get(one.span.clone()) == Some("\"60 days\"")
    });
    assert!(visit, "{found:?}");
    let duty = left.replace(
        "for = [\"service\"]\nkeep = \"60 days\"",
        "for = [\"reports\"]\nkeep = \"60 days\"",
    );
    let found = crate::check("policy.toml", &duty).findings;
    assert!(
        !found.iter().any(|one| duty.get(one.span.clone()) == Some("\"60 days\"")),
        "{found:?}"
    );
}

#[test]
fn an_address_that_nobody_reads() {
    says(
        "dead-contact",
        &with("privacy@toko.example", "no-reply@toko.example"),
        &expect![[r#"
        warning[dead-contact]: nobody reads what is sent there
          --> policy.toml:16:11
           |
        16 | privacy = "no-reply@toko.example"
           |           ^^^^^^^^^^^^^^^^^^^^^^^
           |
           = why: a right needs somebody who answers
           = help: name an address that somebody answers"#]],
    );
    says(
        "dead-contact",
        &with("dpo@toko.example", "NoReply@toko.example"),
        &expect![[r#"
        warning[dead-contact]: nobody reads what is sent there
           --> policy.toml:116:8
            |
        116 | mail = "NoReply@toko.example"
            |        ^^^^^^^^^^^^^^^^^^^^^^
            |
            = why: a right needs somebody who answers
            = help: name an address that somebody answers"#]],
    );
    silent("dead-contact", super::BASE);
}

#[test]
fn a_review_after_the_day_of_effect() {
    let reviewed = |day: &str| {
        with("effective = 2026-02-12", &format!("effective = 2026-02-12\nreviewed = {day}"))
    };
    says(
        "date-order",
        &reviewed("2026-02-13"),
        &expect![[r#"
        warning[date-order]: it was in force before it was reviewed
         --> policy.toml:6:12
          |
        5 | effective = 2026-02-12
          |             ---------- in force from this day
        6 | reviewed = 2026-02-13
          |            ^^^^^^^^^^
          |
          = why: people cannot know which text held when
          = help: a changed text gets a new version and a later day of effect"#]],
    );
    silent("date-order", &reviewed("2026-02-12"));
}

#[test]
fn a_law_that_says_nothing_of_a_row() {
    let cites = |law: &str| {
        with(
            "[officer]",
            &format!(
                "[complaint]\nanswer = {{ within = \"30 days\", cites = [\"{law}\"] }}\n\n[officer]"
            ),
        )
    };
    says(
        "wrong-article",
        &cites("id-pdp"),
        &expect![[r#"
        error[wrong-article]: UU PDP says nothing of `complaint.answer`
           --> policy.toml:116:41
            |
        116 | answer = { within = "30 days", cites = ["id-pdp"] }
            |                                         ^^^^^^^^ given as the reason
            |
            = why: who looks it up finds no protection there, and trusts the rest less
            = help: leave it out: this is the company's own rule"#]],
    );
    let officer = with("[officer]", "[officer]\ncites = [\"id-pdp\"]");
    silent("wrong-article", &officer);
}

#[test]
fn who_is_disclaimed_and_gets_data_stands_beside_it() {
    let text = with(
        "[planned]",
        "[unsettled]\nothers = { says = \"Resend and the weather are not covered\" }\n\n[planned]",
    );
    says(
        "disclaimed",
        &text,
        &expect![[r#"
        error[disclaimed]: `not covered`: who gets data on our behalf is our responsibility
           --> policy.toml:130:47
            |
        104 | resend = { does = ["mail"], gets = ["account.email"], where = ["US"] }
            | ------ `resend` gets data from us
        ...
        130 | others = { says = "Resend and the weather are not covered" }
            |                                               ^^^^^^^^^^^
            |
            = why: a person cannot choose whom we hire
            = help: say of each recipient whether it is a processor or decides itself: as = "controller""#]],
    );
}
