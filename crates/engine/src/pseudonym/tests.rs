use serde_json::{Value, json};

use crate::{
    Refusal, Role, blob,
    record::{self, seen},
    testing::{POLICY, World},
};

const START: &str = "2026-03-02T02:00:00Z";

/// The reference policy, whose internal management sees nobody's name.
fn veiled() -> World {
    let plain = "internal_management = { kind = \"staff\",";
    assert!(POLICY.contains(plain));
    let policy = POLICY.replace(plain, &format!("{plain} people = \"pseudonymous\","));
    World::under(START, 1, &policy)
}

fn fields(world: &World, rid: crate::ids::Rid, purpose: &str) -> Value {
    Value::Object(seen(world.read(&world.staff("hr"), rid, purpose).unwrap()).1)
}

#[test]
fn names_become_tokens_that_are_the_same_for_the_same_value_and_purpose() {
    let world = veiled();
    let [ina, budi, grader] = [(); 3].map(|()| world.subject(&["intern"]));
    let work = |subject: u64| {
        let whole = world.engagement(subject);
        let grader = world.ws().ids().show(crate::ids::Kind::Subject, grader);
        let file = world.system();
        let act = file.clone();
        let upload = move |tx: &mut store::Tx<'_>| {
            let new = blob::Upload {
                subject,
                category: "assignment",
                field: "submission",
                media: "image/jpeg",
                bytes: crate::testing::JPEG,
            };
            blob::store(&act, tx, &new)
        };
        let blob = file.ws.act(&file, upload).unwrap();
        let shown = world.ws().ids().show(crate::ids::Kind::Blob, blob);
        let given = json!({"submission": shown, "grade": "A", "feedback": "Sari did well", "grader": grader});
        (blob, world.write(subject, "assignment", Some(whole), given).unwrap())
    };
    let (blob, first) = work(ina);
    let (_, second) = work(budi);
    let [one, two] = [first, second].map(|rid| fields(&world, rid, "internal_management"));
    let token = one["grader"].as_str().unwrap();
    assert!(token.starts_with("psn_") && token.len() == 36, "{token}");
    assert_eq!(one["grader"], two["grader"]);
    // What may name people anywhere is not shown: own texts, free texts, files.
    for name in ["submission", "grade", "feedback"] {
        assert_eq!(one.get(name), None, "{name}");
    }
    let file = blob::read(&world.staff("hr"), blob, "internal_management").unwrap();
    let refused = file.released(&world.staff("hr"));
    assert!(matches!(refused, Err(Refusal::Denied { reason: "pseudonymous", .. })));
    // Another purpose that is not so limited sees the person.
    let open = fields(&world, first, "school_reports");
    assert!(open["grader"].as_str().unwrap().starts_with("sub_"));
}

#[test]
fn nobody_is_found_by_a_value_for_a_purpose_under_pseudonyms() {
    let plain = "service             = { basis = \"contract\",";
    let policy = POLICY.replace(plain, &format!("{plain} people = \"pseudonymous\","));
    assert_ne!(policy, POLICY);
    let world = World::under(START, 1, &policy);
    let ina = world.subject(&["intern"]);
    let account = world.account(ina, "ina@example.org");
    let found = record::find(&world.system(), "account.email", "ina@example.org", "service");
    assert!(matches!(found, Err(Refusal::Denied { reason: "pseudonymous", .. })));
    let shown = seen(world.read(&world.ctx(Role::System, None), account, "service").unwrap()).1;
    assert!(shown["email"].as_str().unwrap().starts_with("psn_"));
    assert_ne!(shown["email"], shown["first_name"]);
}
