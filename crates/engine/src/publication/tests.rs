use serde_json::{Value, json};
use store::Link;

use super::{Outcome, What};
use crate::{
    Refusal, certificate, chain, consent, entry, erasure,
    evidence::{self, State},
    ids::{Kind, Rid},
    record, retention,
    testing::{JPEG, POLICY, World, object},
};

pub(super) const START: &str = "2026-03-01T01:00:00Z";

/// The reference policy as another version, with texts replaced.
pub(super) fn version(name: &str, edits: &[(&str, &str)]) -> String {
    let mut source = POLICY.to_owned();
    let named = format!("version   = \"{name}\"");
    for (old, new) in [("version   = \"1\"", named.as_str())].iter().chain(edits) {
        assert!(source.contains(old), "the policy has no {old:?}");
        source = source.replacen(old, new, 1);
    }
    let checked = policy::check("policy", &source);
    let told: Vec<String> =
        checked.findings.iter().map(|f| f.render("p", &source, false)).collect();
    assert!(checked.policy.is_some(), "{}", told.join("\n"));
    source
}

/// Publishes, waits until the notice has run out, and answers the number of what is then in force.
fn publish(world: &World, source: &str) -> u64 {
    match world.deployment().publish(source).unwrap() {
        Outcome::InForce { number, .. } => number,
        Outcome::Announced { number, effective, .. } => {
            // The housekeeping sleeps meanwhile, so that a test sees what the commit alone does.
            world.clock.run(effective - world.deployment().reading().now);
            world.deployment().come_into_force().unwrap();
            assert_eq!(world.ws().policy().number, number, "its time has come");
            number
        }
        Outcome::Refused(obstacles) => panic!("{obstacles:?}"),
    }
}

const TECHNICAL: &str =
    "fields = [\"ip\", \"browser\"]\nfor    = [\"security\"]\nkeep   = \"90 days\"";

pub(super) fn technical(period: &str) -> (&'static str, String) {
    (TECHNICAL, TECHNICAL.replace("90 days", period))
}

pub(super) fn device(world: &World, person: u64) -> Rid {
    world.write(person, "technical", None, json!({ "ip": "192.0.2.1", "browser": "x" })).unwrap()
}

pub(super) fn reads(world: &World, rid: Rid, purpose: &str) -> Result<Value, Refusal> {
    let view = world.read(&world.system(), rid, purpose)?;
    Ok(Value::Object(record::seen(view).1))
}

pub(super) fn gone(answer: &Result<Value, Refusal>) {
    assert!(matches!(answer, Err(Refusal::Gone { .. })), "{answer:?}");
}

pub(super) fn broken(world: &World) -> Vec<String> {
    let proved = evidence::prove(&world.system()).unwrap();
    let broken = proved.into_iter().filter(|one| one.state == State::Broken);
    broken.map(|one| format!("{} {}", one.promise, one.evidence)).collect()
}

const NOTICE: &str = "before = \"14 days\", covers = { via = [\"ASH-107\"";

#[test]
fn what_was_collected_is_kept_longer_after_full_notice_where_its_basis_allows_it() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    let (from, to) = technical("180 days");
    assert_eq!(publish(&world, &version("2", &[(from, &to)])), 2);
    world.until("2026-05-31T00:00:00Z");
    reads(&world, old, "security").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
    world.until("2026-08-27T16:59:59Z");
    reads(&world, old, "security").unwrap();
    world.until("2026-08-27T17:00:00Z");
    gone(&reads(&world, old, "security"));
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn what_rests_on_consent_is_not_kept_longer_than_was_said_when_it_was_given() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let whole = world.account(person, "sari@example.com");
    world.consent(person, "conversation");
    let talk = json!({ "message": "hello", "author": "person" });
    let old = world.write(person, "conversation", Some(whole), talk.clone()).unwrap();
    let (from, to) = ("for      = [\"conversation\"]\nkeep     = \"1 year\"", "3 years");
    let next = version("2", &[(from, &from.replace("1 year", to))]);
    let plan = world.deployment().plan(&next).unwrap();
    let told: Vec<_> = plan.effects.iter().map(|e| (e.what, e.name.as_str(), e.count)).collect();
    assert_eq!(told, [(What::KeepsOldTerms, "basis", 1)]);
    publish(&world, &next);
    world.consent(person, "conversation");
    world.until("2027-02-20T00:00:00Z");
    world.event(whole, "signed_in");
    let new = world.write(person, "conversation", Some(whole), talk).unwrap();
    reads(&world, old, "conversation").unwrap();
    world.until("2027-02-28T17:00:00Z");
    gone(&reads(&world, old, "conversation"));
    reads(&world, new, "conversation").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn who_came_after_the_announcement_had_no_full_notice_and_keeps_the_shorter_time() {
    let world = World::new(START);
    let (before, next) = (world.subject(&["user"]), technical("180 days"));
    world.deployment().publish(&version("2", &[(next.0, &next.1)])).unwrap();
    world.until("2026-03-10T01:00:00Z");
    let after = world.subject(&["user"]);
    let (full, short) = (device(&world, before), device(&world, after));
    world.until("2026-03-15T01:00:00Z");
    let later = device(&world, after);
    assert_eq!(world.ws().policy().number, 2);
    world.until("2026-06-09T00:00:00Z");
    gone(&reads(&world, short, "security"));
    reads(&world, full, "security").unwrap();
    reads(&world, later, "security").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
}

/// What a hold keeps of what is over stays unreadable, however long the period became meanwhile.
#[test]
fn what_was_over_when_a_longer_version_came_never_revives() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let (old, held) = (device(&world, person), crate::tests::hold(&world, person, None));
    world.until("2026-05-20T00:00:00Z");
    let young = device(&world, person);
    let (from, to) = technical("180 days");
    publish(&world, &version("2", &[(from, &to)]));
    assert!(world.deployment().reading().now > crate::testing::micros("2026-05-30T00:00:00Z"));
    gone(&reads(&world, old, "security"));
    reads(&world, young, "security").unwrap();
    world.deployment().tick().unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
    let mut world = world;
    world.restart();
    gone(&reads(&world, old, "security"));
    let officer = world.ctx(crate::Role::Officer, None);
    crate::hold::release(&officer, held).unwrap();
    world.until("2026-06-06T00:00:00Z");
    assert_eq!(world.ws().read(|link| Ok(chain::head(link, old.0)?)).unwrap(), None);
    reads(&world, young, "security").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn what_was_collected_keeps_its_period_when_a_later_version_says_longer() {
    // Less notice than 14 days was promised, and less was given.
    let short = NOTICE.replace("14 days", "13 days");
    let world = World::under(START, 1, &version("1", &[(NOTICE, &short)]));
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    let (from, to) = technical("180 days");
    let next = version("2", &[(NOTICE, &short), (from, &to)]);
    let plan = world.deployment().plan(&next).unwrap();
    let kept = plan.effects.iter().find(|e| e.what == What::KeepsOldTerms).unwrap();
    assert_eq!((kept.name.as_str(), kept.count), ("no_notice", 1));
    assert_eq!(publish(&world, &next), 2);
    let new = device(&world, person);
    world.until("2026-05-31T00:00:00Z");
    gone(&reads(&world, old, "security"));
    reads(&world, new, "security").unwrap();
    let job = world.ws().read(|link| certificate::list(link, None, 10)).unwrap();
    let job = job.first().unwrap().job;
    let job = world.ws().read(|link| Ok(erasure::find(link, job)?)).unwrap().unwrap();
    assert_eq!((job.policies, job.rule.as_str()), (vec![1], "data.technical.keep"));
    world.until("2026-09-11T00:00:00Z");
    gone(&reads(&world, new, "security"));
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_shorter_period_acts_at_once_on_what_is_there() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    world.until("2026-04-15T00:00:00Z");
    let (from, to) = technical("30 days");
    publish(&world, &version("2", &[(from, &to)]));
    gone(&reads(&world, old, "security"));
    retention::sweep(&world.system()).unwrap();
    assert_eq!(world.ws().read(|link| Ok(chain::head(link, old.0)?)).unwrap(), None);
    assert_eq!(broken(&world), Vec::<String>::new());
}

const OPTIONAL: &str = "optional = [\"phone\", \"photo\"]";

fn account(world: &World, person: u64, extra: Value) -> Rid {
    let mut fields =
        object(json!({ "first_name": "Sari", "last_name": "Dewi", "email": "sari@example.com" }));
    fields.extend(object(extra));
    world.write(person, "account", None, Value::Object(fields)).unwrap()
}

fn photo(world: &World, person: u64) -> (u64, String) {
    let ctx = world.system();
    let act = ctx.clone();
    let blob = ctx.ws.act(&ctx, move |tx| {
        let upload = crate::blob::Upload {
            subject: person,
            category: "account",
            field: "photo",
            media: "image/jpeg",
            bytes: JPEG,
        };
        crate::blob::store(&act, tx, &upload)
    });
    let blob = blob.unwrap();
    (blob, ctx.ws.ids().show(Kind::Blob, blob))
}

fn file(world: &World, blob: u64) -> bool {
    let found = world.ws().read(|link| Ok(crate::blob::find(link, blob)?)).unwrap();
    found.is_some_and(|blob| blob.job.is_none())
}

#[test]
fn a_removed_field_is_returned_no_more_and_leaves_records_and_files() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let (blob, shown) = photo(&world, person);
    let rid = account(&world, person, json!({ "photo": shown, "phone": "+62 811 000" }));
    let plan = world.deployment().plan(&version("2", &[(OPTIONAL, "optional = [\"phone\"]")]));
    let plan = plan.unwrap();
    let counted: Vec<_> = plan.effects.iter().map(|e| (e.what, e.name.as_str(), e.count)).collect();
    assert_eq!(counted, [(What::FieldErased, "photo", 1)]);
    publish(&world, &version("2", &[(OPTIONAL, "optional = [\"phone\"]")]));
    assert_eq!(reads(&world, rid, "service").unwrap().get("photo"), None);
    let ctx = world.system();
    assert!(matches!(crate::blob::read(&ctx, blob, "service"), Err(Refusal::Gone { .. })));
    assert!(file(&world, blob), "nothing is erased in the commit");
    assert_eq!(broken(&world), Vec::<String>::new());
    world.deployment().tick().unwrap();
    assert!(!file(&world, blob));
    let head = world.ws().read(|link| Ok(chain::head(link, rid.0)?)).unwrap().unwrap();
    assert_eq!(head.schema, 2);
    let listed = world.ws().read(|link| certificate::list(link, Some(person), 10)).unwrap();
    assert_eq!(listed.len(), 1, "the file's end is certified");
    assert_eq!(reads(&world, rid, "service").unwrap()["phone"], "+62 811 000");
    world.until("2026-03-20T01:00:00Z");
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_walk_over_the_records_is_finished_wherever_the_power_goes() {
    let next = version("2", &[(OPTIONAL, "optional = [\"phone\"]")]);
    let steps = super::announcement::tests::crashed(
        7,
        |world| {
            for mail in ["a@example.com", "b@example.com"] {
                let person = world.subject(&["user"]);
                let (_, shown) = photo(world, person);
                account(world, person, json!({ "photo": shown, "email": mail }));
            }
            publish(world, &next);
            world.deployment().close().unwrap();
        },
        |world| super::evolve::go_on(&world.system()).is_ok(),
        |world, _| {
            world.deployment().tick().unwrap();
            let count = |sql: &'static str| {
                world.ws().read(|link| Ok(store::value::one(link, sql, &[], |row| row.number(0))?))
            };
            assert_eq!(count("select count(*) from blob").unwrap(), Some(0), "the files are gone");
            assert_eq!(count("select count(*) from record where schema < 2").unwrap(), Some(0));
            assert_eq!(count("select count(*) from record where job is null").unwrap(), Some(2));
            let listed = world.ws().read(|link| certificate::list(link, None, 10)).unwrap();
            let jobs: std::collections::BTreeSet<u64> = listed.iter().map(|one| one.job).collect();
            assert_eq!(jobs.len(), 1, "by one erasure");
            let grades: std::collections::BTreeSet<&str> =
                listed.iter().map(|one| one.grade.as_str()).collect();
            assert_eq!(grades.len(), listed.len(), "one certificate for each grade, and no more");
            assert_eq!(broken(world), Vec::<String>::new());
        },
    );
    assert!(steps > 10, "{steps}");
}

#[test]
fn a_hold_keeps_a_removed_field_sealed_until_its_release() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let (blob, shown) = photo(&world, person);
    let rid = account(&world, person, json!({ "photo": shown }));
    let hold = crate::tests::hold(&world, person, None);
    publish(&world, &version("2", &[(OPTIONAL, "optional = [\"phone\"]")]));
    world.until("2026-03-20T01:00:00Z");
    assert!(file(&world, blob));
    assert_eq!(reads(&world, rid, "service").unwrap().get("photo"), None);
    assert_eq!(broken(&world), Vec::<String>::new());
    let officer = world.ctx(crate::Role::Officer, None);
    crate::hold::release(&officer, hold).unwrap();
    world.until("2026-03-21T01:00:00Z");
    assert!(!file(&world, blob));
}

#[test]
fn a_renamed_and_retyped_field_answers_under_its_new_name() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let rid = account(&world, person, json!({ "phone": "+62 811 000" }));
    let renamed = "optional = [\"contact\", \"photo\"]\nwere = { contact = \"phone\" }";
    publish(&world, &version("2", &[(OPTIONAL, renamed)]));
    for _ in 0..2 {
        let fields = reads(&world, rid, "service").unwrap();
        assert_eq!((&fields["contact"], fields.get("phone")), (&json!("+62 811 000"), None));
        world.deployment().tick().unwrap();
    }
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_renamed_category_keeps_its_records_and_their_index() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let rid = device(&world, person);
    let edits = [
        ("[data.technical]\n", "[data.device]\nwas    = \"technical\"\n"),
        ("gets = [\"technical\"]", "gets = [\"device\"]"),
        ("data.technical              =", "data.device                 ="),
    ];
    publish(&world, &version("2", &edits));
    let view = world.read(&world.system(), rid, "security").unwrap();
    assert_eq!(view.category, "device");
    let third = [edits[0], edits[1], edits[2], ("keep   = \"90 days\"", "keep   = \"80 days\"")];
    publish(&world, &version("3", &third));
    assert_eq!(reads(&world, rid, "security").unwrap()["browser"], "x");
    world.until("2026-05-19T16:59:59Z");
    reads(&world, rid, "security").unwrap();
    world.until("2026-05-19T17:00:00Z");
    gone(&reads(&world, rid, "security"));
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn values_that_do_not_fit_the_new_type_are_counted_and_erased() {
    let world = World::new(START);
    let person = world.subject(&["intern"]);
    let whole = world.engagement(person);
    let write = |kind: &str| {
        let fields = json!({ "report_kind": kind, "report_text": "a week" });
        world.write(person, "report", Some(whole), fields).unwrap()
    };
    let (stays, goes) = (write("weekly"), write("reflection"));
    let edits = [
        ("\"skill\", \"reflection\"]", "\"skill\"]"),
        ("option.reflection           = { en = \"Reflection\", id = \"Refleksi\" }\n", ""),
    ];
    let next = version("2", &edits);
    let plan = world.deployment().plan(&next).unwrap();
    let count = |what| plan.effects.iter().find(|e| e.what == what).map_or(0, |e| e.count);
    assert_eq!((count(What::ValuesDoNotFit), count(What::ValuesCast)), (1, 1));
    publish(&world, &next);
    for _ in 0..2 {
        let kind =
            |rid| reads(&world, rid, "internal_management").unwrap().get("report_kind").cloned();
        assert_eq!((kind(stays), kind(goes)), (Some("weekly".into()), None));
        world.deployment().tick().unwrap();
    }
}

const FORMS: &str = "[data.form_answers]\npart_of  = \"account\"\nwhen     = \"forms\"\nfields   = [\"answers\"]\nfor      = [\"service\", \"internal_management\"]\nkeep     = \"2 years\"\ncovers   = { fields = [\"ASH-19\"] }\nresolves = [\"C-04\"]\n";

#[test]
fn the_records_of_a_removed_category_are_erased_by_that_rule() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let whole = world.account(person, "sari@example.com");
    let rid = world.write(person, "form_answers", Some(whole), json!({ "answers": "42" })).unwrap();
    let edits = [
        (FORMS, ""),
        (
            "covers.fields   = [\"ASH-09\", \"ASH-10\"]",
            "covers.fields   = [\"ASH-09\", \"ASH-10\", \"ASH-19\"]",
        ),
        ("forms          = { in = [\"portal\"] }\n", ""),
        ("feature.forms               = { en = \"Forms\", id = \"Formulir\" }\n", ""),
        (
            "data.form_answers           = { en = \"Answers in forms\", id = \"Jawaban formulir\" }\n",
            "",
        ),
    ];
    let next = version("2", &edits);
    let plan = world.deployment().plan(&next).unwrap();
    let erased = plan.effects.iter().find(|e| e.what == What::CategoryErased).unwrap();
    assert_eq!((erased.count, erased.row.as_str()), (1, "data.form_answers"));
    publish(&world, &next);
    let answer = reads(&world, rid, "service");
    assert!(
        matches!(&answer, Err(Refusal::Gone { rule }) if rule == "data.form_answers removed"),
        "{answer:?}"
    );
    assert_eq!(broken(&world), Vec::<String>::new());
    world.until("2026-03-20T03:00:00Z");
    assert_eq!(world.ws().read(|link| Ok(chain::head(link, rid.0)?)).unwrap(), None);
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_new_purpose_is_not_for_what_was_collected_before() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    let wider = TECHNICAL.replace("[\"security\"]", "[\"security\", \"service\"]");
    publish(&world, &version("2", &[(TECHNICAL, &wider)]));
    let new = device(&world, person);
    reads(&world, new, "service").unwrap();
    let denied = reads(&world, old, "service");
    assert!(
        matches!(denied, Err(Refusal::Denied { reason: "not_collected_for", .. })),
        "{denied:?}"
    );
    reads(&world, old, "security").unwrap();
}

#[test]
fn a_consent_covers_what_it_was_given_to_and_can_be_given_anew() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let whole = world.account(person, "sari@example.com");
    world.consent(person, "conversation");
    let rid = world.write(person, "form_answers", Some(whole), json!({ "answers": "42" })).unwrap();
    let wider =
        FORMS.replace("\"internal_management\"]", "\"internal_management\", \"conversation\"]");
    let next = version("2", &[(FORMS, &wider)]);
    let plan = world.deployment().plan(&next).unwrap();
    assert!(plan.effects.iter().any(|e| e.what == What::ConsentDoesNotCover && e.count == 1));
    publish(&world, &next);
    let denied = reads(&world, rid, "conversation");
    assert!(matches!(denied, Err(Refusal::Denied { reason: "no_consent", .. })), "{denied:?}");
    world.consent(person, "conversation");
    reads(&world, rid, "conversation").unwrap();
    let standing = world.ws().read(|link| consent::of(link, person)).unwrap();
    assert_eq!(standing.iter().map(|one| one.policy).collect::<Vec<_>>(), [1, 2]);
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_version_that_takes_away_what_lives_is_refused_and_changes_nothing() {
    let world = World::new(START);
    let guest = world.subject(&["guest"]);
    device(&world, guest);
    let edits = [
        ("\"intern\", \"guest\"]", "\"intern\"]"),
        (
            "people.guest                = { en = \"Visitor of the site\", id = \"Pengunjung situs\" }\n",
            "",
        ),
    ];
    let Outcome::Refused(obstacles) = world.deployment().publish(&version("2", &edits)).unwrap()
    else {
        panic!("it came into force")
    };
    let told: Vec<_> = obstacles.iter().map(|one| (one.rule.as_str(), one.count)).collect();
    assert_eq!(told, [("data.technical.of", 1), ("scope.people", 1)]);
    assert_eq!(world.ws().policy().number, 1);
    let again = world.deployment().publish(POLICY);
    assert!(matches!(again, Err(Refusal::Refused(_))), "{again:?}");
}

#[test]
fn records_left_without_a_purpose_stand_against_a_version() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    device(&world, person);
    let other = TECHNICAL.replace("[\"security\"]", "[\"service\"]");
    let found = world.deployment().plan(&version("2", &[(TECHNICAL, &other)])).unwrap().obstacles;
    assert_eq!(
        found.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(),
        ["data.technical.for"]
    );
}

#[test]
fn a_crash_after_the_publication_is_caught_up_before_the_first_byte() {
    let mut world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    world.until("2026-04-15T00:00:00Z");
    let (from, to) = technical("30 days");
    // What publish does first, and then the power goes.
    let next = world.deployment().next(&version("2", &[(from, &to)])).unwrap();
    let control = world.deployment().control();
    control.publish_next(next.publisher, "2", &next.published).unwrap();
    world.restart();
    assert_eq!(world.ws().policy().number, 2);
    gone(&reads(&world, old, "security"));
    assert_eq!(broken(&world), Vec::<String>::new());
    world.restart();
    let ctx = world.system();
    let entries = ctx.ws.read(|link| {
        let numbers =
            store::value::all(link, "select number from detail", &[], |row| row.number(0))?;
        let mut found = 0;
        for number in numbers {
            let detail = entry::detail(&ctx, link, number)?;
            found += u32::from(detail.is_some_and(|one| one.act == entry::Act::Policy));
        }
        Ok(found)
    });
    assert_eq!(entries.unwrap(), 2, "each version is entered once");
}

#[test]
fn a_field_that_becomes_a_look_up_is_found_once_its_index_is_built() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    account(&world, person, json!({ "phone": "+62 811 000" }));
    let edit = ("unique   = [\"email\"]\n", "unique   = [\"email\"]\nfind_by  = [\"phone\"]\n");
    publish(&world, &version("2", &[edit]));
    let find = || record::find(&world.system(), "account.phone", "+62 811 000", "service");
    assert!(matches!(find(), Err(Refusal::Conflict { .. })));
    world.deployment().tick().unwrap();
    assert_eq!(find().unwrap().len(), 1);
    assert_eq!(broken(&world), Vec::<String>::new());
    publish(&world, &version("3", &[]));
    world.deployment().tick().unwrap();
    let left = "select count(*) from lookup_key";
    let keys = world.ws().read(|link| Ok(store::value::one(link, left, &[], |row| row.number(0))?));
    assert_eq!(keys.unwrap(), Some(1), "the index of phones is gone, that of addresses stays");
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_field_cannot_become_unique_over_values_that_stand_twice() {
    let world = World::new(START);
    for mail in ["a@example.com", "b@example.com"] {
        let person = world.subject(&["user"]);
        let fields =
            json!({ "first_name": "A", "last_name": "B", "email": mail, "phone": "+62 811" });
        world.write(person, "account", None, fields).unwrap();
    }
    let edit = ("unique   = [\"email\"]\n", "unique   = [\"email\", \"phone\"]\n");
    let found = world.deployment().plan(&version("2", &[edit])).unwrap().obstacles;
    assert_eq!(
        found.iter().map(|one| (one.rule.as_str(), one.count)).collect::<Vec<_>>(),
        [("data.account.unique", 2)]
    );
}

#[test]
fn a_plan_counts_what_then_happens() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let mut all = Vec::new();
    for day in 1..=20 {
        world.until(&format!("2026-03-{day:02}T12:00:00Z"));
        all.push(device(&world, person));
    }
    world.until("2026-03-27T12:00:00Z");
    let (from, to) = technical("30 days");
    let next = version("2", &[(from, &to)]);
    let plan = world.deployment().plan(&next).unwrap();
    let sooner = plan.effects.iter().find(|e| e.what == What::EndsSooner).unwrap();
    publish(&world, &next);
    let dead = all.iter().filter(|rid| reads(&world, **rid, "security").is_err()).count();
    assert_eq!((sooner.count, sooner.at_once), (20, u64::try_from(dead).unwrap()));
    assert_eq!(dead, 11, "those of the first to the eleventh of March");
    assert_eq!(crate::time::rfc3339(plan.effective), "2026-04-10T12:00:00Z", "counted for then");
    let new = device(&world, person);
    let (from, to) = technical("60 days");
    let plan = world.deployment().plan(&version("3", &[(from, &to)])).unwrap();
    let told: Vec<_> = plan.effects.iter().map(|e| (e.what, e.count)).collect();
    assert_eq!(told, [(What::EndsLater, 1)], "all others are over before it can come");
    publish(&world, &version("3", &[(from, &to)]));
    world.until("2026-05-20T12:00:00Z");
    reads(&world, new, "security").unwrap();
}

/// Says `JANJI_RECORDS=1000000` in `make soak`; the time is printed, never asserted.
#[test]
#[expect(clippy::disallowed_methods, reason = "the soak run says how many records")]
#[expect(clippy::print_stdout, reason = "the figure is for whoever runs it")]
fn one_period_of_many_records_changes_in_one_small_commit() {
    let count: u64 =
        std::env::var("JANJI_RECORDS").ok().and_then(|n| n.parse().ok()).unwrap_or(20_000);
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let first = device(&world, person);
    fill(&world, first, count);
    let all = "select count(*) from record";
    let all = world.ws().read(|link| Ok(store::value::one(link, all, &[], |row| row.number(0))?));
    assert_eq!(all.unwrap(), Some(count));
    let rows = |world: &World| {
        let changed = "select count(*) from record where schema <> 1 or job is not null";
        world
            .ws()
            .read(|link| Ok(store::value::one(link, changed, &[], |row| row.number(0))?))
            .unwrap()
    };
    let classes = "select count(*) from class";
    let classes =
        world.ws().read(|link| Ok(store::value::one(link, classes, &[], |row| row.number(0))?));
    assert_eq!(classes.unwrap(), Some(1), "what a publication writes is counted in terms");
    world.until("2026-04-15T00:00:00Z");
    let (from, to) = technical("30 days");
    let next = version("2", &[(from, &to)]);
    let began = std::time::Instant::now();
    publish(&world, &next);
    println!("a period of {count} records changed in {:?}", began.elapsed());
    assert_eq!(rows(&world), Some(0), "no record was touched");
    gone(&reads(&world, first, "security"));
    let most = if count > 100_000 { 1_000 } else { count };
    let act = world.system();
    let begun = act.clone();
    let batch = act.ws.act(&act, move |tx| retention::due_batch(&begun, tx)).unwrap().unwrap();
    assert_eq!(u64::try_from(batch.records).unwrap(), most.min(500), "the next sweep obeys it");
}

/// Copies of one record's row under numbers of their own, much faster than writing each.
fn fill(world: &World, first: Rid, count: u64) {
    let ws = world.ws();
    let mut writer = ws.writer();
    writer.link().run("begin immediate", &[]).unwrap();
    let sql = "
        insert into record (rid, terms, at, whole, slot, own_slot, waiting, job, schema, sealed)
        with recursive n(i) as (select 1 union all select i + 1 from n where i < $2)
        select $1 + i, terms, at, whole, slot, own_slot, 0, null, schema, sealed
        from record, n where rid = $1";
    writer.link().run(sql, &[first.0.into(), (count - 1).into()]).unwrap();
    writer.link().run("commit", &[]).unwrap();
}
