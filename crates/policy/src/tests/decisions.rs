use super::{BASE, ashari, with};
use crate::{Anchor, Denial, End, Keep, Period, Policy, Question, Role, Sealing, State, Unit};

fn policy(source: &str) -> Policy {
    crate::check("policy.toml", source).policy.unwrap()
}

fn ask(policy: &Policy, actor: Role<'_>, purpose: &str, category: &str, kind: &str) -> String {
    let people = [kind.to_owned()];
    let question = Question { actor, purpose, category, people: &people };
    match policy.permits(&question) {
        Ok(purpose) => format!("allowed for {}", purpose.id),
        Err(denial) => format!("{} by {}", denial.code(), denial.rule(&question)),
    }
}

#[test]
fn the_person_and_the_system_use_what_the_category_lists() {
    let policy = policy(BASE);
    for actor in [Role::Person, Role::System] {
        assert_eq!(ask(&policy, actor, "photo", "selfie", "intern"), "allowed for photo");
        assert_eq!(
            ask(&policy, actor, "service", "selfie", "intern"),
            "not-for-category by data.selfie.for"
        );
    }
}

#[test]
fn staff_use_only_what_names_them() {
    let policy = policy(BASE);
    let ask = |actor| ask(&policy, actor, "photo", "selfie", "intern");
    assert_eq!(ask(Role::Staff("hr")), "allowed for photo");
    assert_eq!(ask(Role::Staff("support")), "role by purpose.photo.by");
    assert_eq!(ask(Role::Officer), "role by purpose.photo.by");
    assert_eq!(ask(Role::Staff("officer")), "role by purpose.photo.by");
}

#[test]
fn the_officer_reads_where_the_purpose_says_so() {
    let policy = policy(&with(
        r#"basis = "consent", by = ["hr"]"#,
        r#"basis = "consent", by = ["hr", "officer"]"#,
    ));
    assert_eq!(ask(&policy, Role::Officer, "photo", "selfie", "intern"), "allowed for photo");
    assert_eq!(
        ask(&policy, Role::Staff("officer"), "photo", "selfie", "intern"),
        "role by purpose.photo.by"
    );
}

#[test]
fn unknown_names_and_other_people_are_denied() {
    let policy = policy(BASE);
    let ask = |purpose, category, kind| ask(&policy, Role::System, purpose, category, kind);
    assert_eq!(ask("news", "account", "user"), "unknown-purpose by purpose.*");
    assert_eq!(ask("service", "shoes", "user"), "unknown-category by data.*");
    assert_eq!(ask("sale", "account", "user"), "never by never.sale");
    assert_eq!(ask("photo", "selfie", "user"), "people by data.selfie.of");
    let nobody =
        Question { actor: Role::System, purpose: "photo", category: "selfie", people: &[] };
    assert_eq!(policy.permits(&nobody).unwrap_err(), Denial::People);
}

#[test]
fn what_is_only_planned_denies() {
    let policy = policy(&ashari::source());
    let ask = |actor, purpose, category| ask(&policy, actor, purpose, category, "user");
    assert_eq!(ask(Role::Person, "show_mail", "gmail"), "purpose-closed by purpose.show_mail");
    assert_eq!(
        ask(Role::Person, "security", "google_sign_in"),
        "category-closed by data.google_sign_in"
    );
    assert_eq!(ask(Role::Staff("support"), "support", "ticket"), "allowed for support");
    assert_eq!(ask(Role::Person, "support", "ticket"), "allowed for support");
    assert_eq!(ask(Role::System, "service", "account"), "allowed for service");
    assert_eq!(ask(Role::System, "security", "credentials"), "allowed for security");
}

#[test]
fn a_planned_key_that_limits_closes_its_category_and_its_parts() {
    let policy = policy(
        &with(
            "keep = \"3 years after ended\"",
            "keep = [\"3 years after ended\", \"until mail.disconnected\"]",
        )
        .replace(
            "[transfer]",
            "[integration.mail]\nrecipient = \"resend\"\naccess = \"read\"\ntokens = \"engagement\"\n\
             probe = \"1 hour\"\nscopes = { \"read\" = [\"ticket\"] }\n\n[transfer]",
        )
        .replace(
            "\"register.requests\"",
            "\"register.requests\", \"integration.mail*\", \"data.engagement.keep\"",
        ),
    );
    for id in ["engagement", "attendance", "selfie"] {
        let category = policy.category(id).unwrap();
        assert_eq!(category.closed.as_deref(), Some("data.engagement.keep"), "{id}");
    }
    assert_eq!(policy.purpose("photo").unwrap().closed.as_deref(), Some("data.engagement.keep"));
    let row = policy.rows.iter().find(|row| row.path == "data.selfie").unwrap();
    assert_eq!(row.state, State::Planned);
    assert!(policy.category("account").unwrap().closed.is_none());
}

#[test]
fn parts_take_over_whose_and_when_and_nothing_else() {
    let policy = policy(&ashari::source());
    let selfie = policy.category("selfie").unwrap();
    assert_eq!(*selfie.of, ["employee", "intern"]);
    assert_eq!(selfie.when.as_deref(), Some("attendance"));
    assert_eq!(selfie.purposes, ["presence_photo"]);
    assert_eq!(policy.category("attendance").unwrap().parts, ["selfie", "place"]);
    assert_eq!(*policy.category("technical").unwrap().of, *policy.people);
}

#[test]
fn a_key_of_its_own_for_what_may_end_before_its_whole() {
    let policy = policy(&ashari::source());
    let sealing = |id: &str| policy.category(id).unwrap().sealing;
    for id in ["credentials", "attendance"] {
        assert_eq!(sealing(id), Sealing::Whole, "{id}");
    }
    // a period of its own, an image, consent, an event of its own, no whole
    for id in ["form_answers", "selfie", "place", "assignment", "account"] {
        assert_eq!(sealing(id), Sealing::Own, "{id}");
    }
}

#[test]
fn grace_runs_from_closing_and_restoring_takes_it_back() {
    let policy = policy(BASE);
    let account = policy.category("account").unwrap();
    let anchor = Anchor::Event { category: "account".to_owned(), event: "closed".to_owned() };
    let period = Period { count: 30, unit: Unit::Day };
    assert_eq!(account.keep, Keep::Ends(vec![End { period, setting: None, anchor }]));
    let restored = account.events.iter().find(|event| event.name == "restored").unwrap();
    assert_eq!(restored.clears.as_deref(), Some("closed"));
}
