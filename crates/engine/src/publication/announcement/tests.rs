//! Notice before a change: nothing moves before it has run out, whatever crashes, lies about the time or is
//! restored.

use std::path::{Path, PathBuf};

use faults::Crash;

use crate::{
    Deployment, Refusal, Role, backup, entry, evidence, notice,
    publication::{
        Outcome, obstacle,
        tests::{START, broken, device, gone, reads, technical, version},
    },
    restore::restore_on,
    testing::{World, micros, setup},
    time,
    workspace::InForce,
};

const DAY: i64 = 86_400_000_000;

fn shorter(name: &str) -> String {
    let (from, to) = technical("30 days");
    version(name, &[(from, &to)])
}

/// Announces a shorter life of addresses; answers when it comes into force.
fn announce(world: &World) -> i64 {
    match world.deployment().publish(&shorter("2")).unwrap() {
        Outcome::Announced { number: 2, effective, .. } => effective,
        other => panic!("{other:?}"),
    }
}

fn number(world: &World) -> u64 {
    world.ws().policy().number
}

fn notices(world: &World, person: u64) -> Vec<notice::Notice> {
    let mut found = world.ws().read(|link| notice::of(link, person)).unwrap();
    found.retain(|one| one.kind == "policy_change");
    found
}

fn entered(world: &World, wanted: entry::Act) -> usize {
    let ctx = world.admin();
    let last = ctx.ws.writer().counters().entry;
    let act = |number| ctx.ws.read(|link| entry::detail(&ctx, link, number)).unwrap();
    (0..last).filter_map(act).filter(|one| one.act == wanted).count()
}

#[test]
fn nothing_changes_before_the_notice_has_run_out() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    world.until("2026-04-15T00:00:30Z");
    let young = device(&world, person);
    let effective = announce(&world);
    assert_eq!(time::rfc3339(effective), "2026-04-29T00:00:30Z", "14 days in full");
    assert_eq!((number(&world), entered(&world, entry::Act::Announce)), (1, 1));
    for day in 16..29 {
        world.until(&format!("2026-04-{day}T00:00:00Z"));
        reads(&world, old, "security").unwrap();
    }
    world.until("2026-04-29T00:00:29Z");
    reads(&world, old, "security").unwrap();
    assert_eq!((number(&world), broken(&world)), (1, Vec::new()));
    world.until("2026-04-29T00:00:30Z");
    assert_eq!(number(&world), 2);
    gone(&reads(&world, old, "security"));
    reads(&world, young, "security").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
    assert!(world.deployment().pending().unwrap().is_empty());
}

#[test]
fn a_later_day_of_the_policy_is_waited_for() {
    let world = World::new(START);
    let day = ("effective = 2026-02-12", "effective = 2026-06-01");
    let next = version("2", &[day]);
    let Outcome::Announced { effective, notice, .. } = world.deployment().publish(&next).unwrap()
    else {
        panic!("it is not announced")
    };
    assert_eq!((time::rfc3339(effective).as_str(), notice), ("2026-05-31T17:00:00Z", None));
    world.until("2026-05-31T16:59:59Z");
    assert_eq!(number(&world), 1);
    world.until("2026-05-31T17:00:00Z");
    assert_eq!(number(&world), 2);
}

#[test]
fn one_version_is_announced_at_a_time_and_can_be_taken_back() {
    let mut world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    world.until("2026-04-15T00:00:00Z");
    announce(&world);
    let again = world.deployment().publish(&shorter("3"));
    let said = match again {
        Err(Refusal::Refused(said)) => said,
        other => panic!("{other:?}"),
    };
    assert!(said.contains("`2`") && said.contains("--cancel"), "{said}");
    assert!(matches!(world.deployment().cancel("Somebody"), Err(Refusal::Refused(_))));
    assert_eq!(world.deployment().cancel("Ashari Tech").unwrap(), "2");
    let told = notices(&world, person);
    assert_eq!((told.len(), told[0].void.is_some()), (1, true), "who was told is told that");
    let none = world.deployment().cancel("Ashari Tech");
    assert!(matches!(none, Err(Refusal::Conflict { .. })), "{none:?}");
    world.restart();
    world.until("2026-05-02T00:00:00Z");
    assert_eq!(number(&world), 1);
    reads(&world, old, "security").unwrap();
    // The same version again is another announcement, with a notice of its own.
    announce(&world);
    let told = notices(&world, person);
    let standing = told.iter().filter(|one| one.void.is_none()).count();
    assert_eq!((told.len(), standing), (2, 1));
    world.until("2026-05-16T00:00:00Z");
    assert_eq!(number(&world), 2);
    let late = world.deployment().cancel("Ashari Tech");
    let Err(Refusal::Conflict { reason }) = late else { panic!("{late:?}") };
    assert_eq!(reason, "the announced version is in force already");
    assert_eq!(entered(&world, entry::Act::Announce), 3);
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_clock_that_jumps_ahead_brings_no_version_into_force() {
    let mut world = World::new(START);
    announce(&world);
    world.clock.set(micros("2027-03-01T00:00:00Z"));
    world.deployment().tick().unwrap();
    assert_eq!(number(&world), 1);
    world.restart();
    world.deployment().tick().unwrap();
    assert_eq!(number(&world), 1);
    world.clock.set(micros(START));
    world.until("2026-03-15T00:59:59Z");
    assert_eq!(number(&world), 1);
    world.until("2026-03-15T01:00:00Z");
    assert_eq!(number(&world), 2);
}

#[test]
fn everybody_is_told_once_and_who_comes_later_too() {
    let mut world = World::new(START);
    let before: Vec<u64> = (0..3).map(|_| world.subject(&["user"])).collect();
    let effective = announce(&world);
    let told = notices(&world, before[0]);
    assert_eq!((told.len(), told[0].effective, told[0].mail), (1, Some(effective), true));
    let later = world.subject(&["intern"]);
    assert_eq!(notices(&world, later).len(), 0);
    world.deployment().tick().unwrap();
    world.restart();
    world.deployment().tick().unwrap();
    for person in before.iter().chain([&later]) {
        assert_eq!(notices(&world, *person).len(), 1);
    }
    assert_eq!(entered(&world, entry::Act::Notice), 4);
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn an_acknowledged_change_and_a_used_service_are_no_consent() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let whole = world.account(person, "sari@example.com");
    announce(&world);
    let decided = |world: &World| {
        let ctx = world.system();
        let policy = ctx.ws.policy();
        let mut all = Vec::new();
        for category in &policy.policy.categories {
            for purpose in &category.purposes {
                let (act, id, what) = (ctx.clone(), category.id.clone(), purpose.clone());
                let asked = ctx
                    .ws
                    .act(&ctx, move |tx| crate::decision::ask(&act, tx, person, &id, &what, None));
                all.push(format!("{} {purpose} {asked:?}", category.id));
            }
        }
        all
    };
    let before = decided(&world);
    let told = notices(&world, person).remove(0);
    let own = world.ctx(Role::Person, Some(person));
    let act = own.clone();
    own.ws.act(&own, move |tx| notice::acknowledge(&act, tx, told.id)).unwrap();
    world.event(whole, "signed_in");
    reads(&world, whole, "service").unwrap();
    assert!(notices(&world, person).remove(0).acknowledged.is_some());
    assert_eq!(decided(&world), before);
    let consents = world.ws().read(|link| crate::consent::of(link, person)).unwrap();
    assert!(consents.is_empty(), "{consents:?}");
}

#[test]
fn what_stands_against_a_version_at_its_time_leaves_it_announced() {
    let world = World::new(START);
    let edits = [
        ("\"intern\", \"guest\"]", "\"intern\"]"),
        (
            "people.guest                = { en = \"Visitor of the site\", id = \"Pengunjung situs\" }\n",
            "",
        ),
        ("effective = 2026-02-12", "effective = 2026-06-01"),
    ];
    let next = version("2", &edits);
    assert!(matches!(world.deployment().publish(&next).unwrap(), Outcome::Announced { .. }));
    let guest = world.subject(&["guest"]);
    world.until("2026-06-01T00:00:00Z");
    assert_eq!(number(&world), 1);
    let pending = world.deployment().pending().unwrap().remove(0);
    assert!(pending.due && !pending.obstacles.is_empty(), "{pending:?}");
    assert_eq!(pending.obstacles[0].rule, "scope.people");
    world.until("2026-06-01T04:00:00Z");
    let proved = evidence::prove(&world.system()).unwrap();
    assert!(proved.iter().all(|one| one.state != evidence::State::Broken));
    let erasure = crate::request::Kind::Erasure;
    crate::request::ask(&world.system(), erasure, guest, None, false).unwrap();
    world.until("2026-06-01T04:02:00Z");
    assert_eq!(number(&world), 2);
}

const TAPSENCE: &str = include_str!("../../../../../policies/tapsence.toml");

#[test]
fn no_version_leaves_a_closed_workspace_without_its_end() {
    let world = World::bare(START, 1, TAPSENCE);
    let without = |world: &World| {
        let now = world.ws().policy();
        let mut policy = now.policy.clone();
        policy.closing = None;
        let next = InForce {
            number: 2,
            hash: now.hash,
            policy,
            versions: crate::versions::Versions::default(),
        };
        obstacle::all(&world.system(), "main", &next).unwrap()
    };
    assert!(without(&world).is_empty());
    world.by_admin(|ctx, tx| crate::closing::close(ctx, tx).map(|_| ())).unwrap();
    let found = without(&world);
    assert_eq!(
        found.iter().map(|one| one.rule.as_str()).collect::<Vec<_>>(),
        ["workspace.closing"]
    );
}

/// Does `act` with the power going at one of its writes after the other, and looks at what the next life makes
/// of it. `act` answers whether it was acknowledged; `stride` leaves some out of a long act, none in a soak.
pub(crate) fn crashed(
    stride: usize,
    prepare: impl Fn(&World),
    act: impl Fn(&World) -> bool,
    look: impl Fn(&World, bool),
) -> u64 {
    let stride = if soaks() { 1 } else { stride };
    for step in (1_u64..).step_by(stride) {
        let mut world = World::new(START);
        prepare(&world);
        world.disk.set_crash_at(step);
        let acknowledged = act(&world);
        let over = !world.disk.is_dead();
        world.disk.crash(if step % 2 == 0 { Crash::Kill } else { Crash::PowerLoss });
        world.deployment = None;
        world.disk.reboot();
        world.restart();
        look(&world, acknowledged);
        if over {
            return step;
        }
    }
    0
}

#[expect(clippy::disallowed_methods, reason = "how long a test soaks is no setting of the server")]
fn soaks() -> bool {
    std::env::var("JANJI_RUNS").is_ok()
}

#[test]
fn an_announcement_is_whole_or_was_never_made_wherever_the_power_goes() {
    let steps = crashed(
        1,
        |world| {
            for _ in 0..3 {
                device(world, world.subject(&["user"]));
            }
        },
        |world| matches!(world.deployment().publish(&shorter("2")), Ok(Outcome::Announced { .. })),
        |world, acknowledged| {
            world.deployment().tick().unwrap();
            let pending = world.deployment().pending().unwrap();
            assert!(!acknowledged || pending.len() == 1, "an acknowledged announcement is lost");
            let told = entered(world, entry::Act::Notice);
            assert_eq!(
                (told, entered(world, entry::Act::Announce)),
                (pending.len() * 3, pending.len())
            );
            assert_eq!((number(world), broken(world)), (1, Vec::new()));
            world.until("2026-03-15T00:59:59Z");
            assert_eq!(number(world), 1);
            world.until("2026-03-16T00:00:00Z");
            assert_eq!(number(world), 1 + pending.len() as u64);
            assert_eq!(broken(world), Vec::<String>::new());
        },
    );
    assert!(steps > 20, "{steps}");
}

#[test]
fn a_version_taken_back_stays_back_wherever_the_power_goes() {
    let steps = crashed(
        1,
        |world| {
            device(world, world.subject(&["user"]));
            announce(world);
        },
        |world| world.deployment().cancel("Ashari Tech").is_ok(),
        |world, acknowledged| {
            world.deployment().tick().unwrap();
            let stands = !world.deployment().pending().unwrap().is_empty();
            assert!(!(acknowledged && stands), "it is back");
            assert_eq!(entered(world, entry::Act::Announce), if stands { 1 } else { 2 });
            world.until("2026-03-20T00:00:00Z");
            assert_eq!(number(world), if stands { 2 } else { 1 });
            assert_eq!(broken(world), Vec::<String>::new());
        },
    );
    assert!(steps > 5, "{steps}");
}

#[test]
fn a_version_comes_into_force_once_wherever_the_power_goes() {
    let steps = crashed(
        5,
        |world| {
            device(world, world.subject(&["user"]));
            world.until("2026-03-20T00:00:00Z");
            announce(world);
            world.until("2026-04-02T00:00:00Z");
            world.clock.run(DAY);
        },
        |world| world.deployment().come_into_force().is_ok(),
        |world, _| {
            assert_eq!(number(world), 2, "before the first byte is served");
            world.deployment().tick().unwrap();
            assert_eq!(entered(world, entry::Act::Policy), 2);
            let left = "select count(*) from record where job is null";
            let left = world
                .ws()
                .read(|link| Ok(store::value::one(link, left, &[], |row| row.number(0))?));
            assert_eq!(left.unwrap(), Some(0), "the sweep obeys it");
            assert_eq!(broken(world), Vec::<String>::new());
        },
    );
    assert!(steps > 20, "{steps}");
}

fn restored(world: World, set: &Path) -> World {
    let disk: std::sync::Arc<dyn store::disk::Disk> = std::sync::Arc::new(world.disk.clone());
    restore_on(&disk, set, Path::new("/escrow"), Path::new("/new")).unwrap();
    let mut world = world;
    world.deployment = None;
    let mut setup = setup(&world.disk, &world.clock, world.seed + 1);
    setup.folder = PathBuf::from("/new");
    world.deployment = Some(Deployment::open(setup).unwrap());
    world
}

fn back_up(world: &World) -> PathBuf {
    backup::take(world.deployment(), Path::new("/backups"), 30).unwrap().folder
}

#[test]
fn a_restored_backup_of_before_regains_what_was_announced() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let set = back_up(&world);
    let effective = announce(&world);
    let world = restored(world, &set);
    let pending = world.deployment().pending().unwrap().remove(0);
    assert_eq!((pending.announced.effective, number(&world)), (effective, 1));
    world.deployment().tick().unwrap();
    assert_eq!(notices(&world, person).len(), 1);
    world.until("2026-03-15T00:59:59Z");
    assert_eq!(number(&world), 1);
    world.until("2026-03-15T01:00:00Z");
    assert_eq!(number(&world), 2);
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_restored_backup_regains_the_version_in_force_with_its_notice() {
    let world = World::new(START);
    let person = world.subject(&["user"]);
    let old = device(&world, person);
    let (from, to) = technical("180 days");
    let next = version("2", &[(from, &to)]);
    world.deployment().publish(&next).unwrap();
    world.until("2026-03-14T20:00:00Z");
    let set = back_up(&world);
    world.until("2026-03-15T01:00:00Z");
    assert_eq!(number(&world), 2);
    let world = restored(world, &set);
    assert_eq!((number(&world), world.deployment().pending().unwrap().len()), (2, 0));
    assert!(world.ws().policy().versions.noticed(2));
    world.until("2026-06-15T00:00:00Z");
    reads(&world, old, "security").unwrap();
    assert_eq!(broken(&world), Vec::<String>::new());
}

#[test]
fn a_restored_backup_regains_that_a_version_was_taken_back() {
    let world = World::new(START);
    announce(&world);
    let set = back_up(&world);
    world.deployment().cancel("Ashari Tech").unwrap();
    let world = restored(world, &set);
    assert!(world.deployment().pending().unwrap().is_empty());
    world.until("2026-03-20T00:00:00Z");
    assert_eq!(number(&world), 1);
}
