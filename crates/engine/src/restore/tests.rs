use std::path::Path;

use serde_json::json;

use super::*;
use crate::{
    Deployment, Role, Setup, backup, certificate,
    clock::TestClock,
    consent, hold,
    ids::{Kind, Rid},
    record, request,
    testing::{World, setup},
};

const BACKUPS: &str = "/backups";

fn back_up(world: &World) -> PathBuf {
    backup::take(world.deployment(), Path::new(BACKUPS), 30).unwrap().folder
}

fn restore_at(world: &World, set: &Path, into: &str) -> Result<Restored, Refusal> {
    let disk: Arc<dyn Disk> = Arc::new(world.disk.clone());
    restore_on(&disk, set, Path::new("/escrow"), Path::new(into))
}

/// The same world as served from a restored folder; the old host is gone.
fn reopened(mut world: World, into: &str) -> World {
    world.deployment = None;
    let mut setup = setup(&world.disk, &world.clock, world.seed + 1);
    setup.folder = into.into();
    world.deployment = Some(Deployment::open(setup).unwrap());
    world
}

fn gone<T: std::fmt::Debug>(answer: &Result<T, Refusal>) {
    assert!(matches!(answer, Err(Refusal::Gone { .. } | Refusal::NotFound)), "{answer:?}");
}

fn why<T: std::fmt::Debug>(answer: Result<T, Refusal>) -> String {
    match answer {
        Err(Refusal::Refused(why)) => why,
        other => panic!("{other:?}"),
    }
}

fn erase(world: &World, subject: u64) -> u64 {
    let asked =
        request::ask(&world.system(), request::Kind::Erasure, subject, None, false).unwrap();
    assert_eq!(asked.state, "answered");
    world.ws().read(|link| certificate::list(link, Some(subject), 10)).unwrap()[0].id
}

fn entries(world: &World) -> Vec<(String, String)> {
    let ctx = world.admin();
    let last = ctx.ws.writer().counters().entry;
    let details = (0..last)
        .filter_map(|number| ctx.ws.read(|link| crate::entry::detail(&ctx, link, number)).unwrap());
    details.map(|detail| (detail.act.word().to_owned(), detail.rule)).collect()
}

#[test]
fn a_restored_backup_brings_nobody_back() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (sari, budi) = (world.subject(&["intern"]), world.subject(&["intern"]));
    let lost = world.account(sari, "sari@example.org");
    let kept = world.account(budi, "budi@example.org");
    world.until("2026-03-01T02:00:00Z");
    let set = back_up(&world);
    let slots: Vec<u32> = world
        .ws()
        .read(|link| Ok(store::value::all(link, SLOTS_OF, &[sari.into()], |row| row.small(0))?))
        .unwrap();
    assert!(!slots.is_empty());
    world.until("2026-03-01T05:00:00Z");
    erase(&world, sari);
    let restored = restore_at(&world, &set, "/new").unwrap();
    assert_eq!((restored.taken.as_str(), restored.epoch), ("2026-03-01T02:00:00Z", 1));
    let world = reopened(world, "/new");
    gone(&world.read(&world.system(), lost, "service"));
    let (_, fields) = record::seen(world.read(&world.system(), kept, "service").unwrap());
    assert_eq!(fields["email"], "budi@example.org");
    let live = world.deployment().guard().live(world.number).unwrap();
    assert!(slots.iter().all(|slot| !live.contains(slot)), "a key of an erased person lives");
    assert!(entries(&world).contains(&("facts replayed".into(), "replayed".into())));
    let again = world.subject(&["intern"]);
    world.account(again, "sari@example.org");
    let taken = world.subject(&["intern"]);
    let fields = json!({ "first_name": "B", "last_name": "B", "email": "BUDI@example.org" });
    let refused = world.write(taken, "account", None, fields);
    assert!(matches!(refused, Err(Refusal::Conflict { .. })), "look-ups are rebuilt: {refused:?}");
}

const SLOTS_OF: &str = "
    select slot from record where rid >> 27 = $1 union select ledger_slot from subject where number = $1";

#[test]
fn what_was_taken_away_since_the_backup_stays_away() {
    let world = World::new("2026-03-01T01:00:00Z");
    let person = world.subject(&["intern"]);
    let account = world.account(person, "sari@example.org");
    world.consent(person, "conversation");
    world.until("2026-03-01T02:00:00Z");
    let set = back_up(&world);
    let system = world.system();
    request::withdraw(&system, person, "conversation").unwrap();
    let officer = world.ctx(Role::Officer, None);
    let act = officer.clone();
    let held = officer.ws.act(&officer, move |tx| {
        let new = hold::New { subject: person, category: None, rid: Some(account), case: "case 7" };
        hold::place(&act, tx, &new)
    });
    let held = held.unwrap();
    restore_at(&world, &set, "/new").unwrap();
    let world = reopened(world, "/new");
    assert!(
        !world
            .ws()
            .read(|link| consent::stands(&world.system(), link, person, "conversation"))
            .unwrap()
    );
    let holds = world.ws().read(|link| hold::list(link, Some(person))).unwrap();
    assert!(holds.iter().any(|hold| hold.id == held && hold.released.is_none()), "{holds:?}");
    let officer = world.ctx(Role::Officer, None);
    hold::release(&officer, held).unwrap();
    let holds = world.ws().read(|link| hold::list(link, Some(person))).unwrap();
    assert!(holds[0].released.is_some(), "{holds:?}");
}

#[test]
fn what_was_chosen_since_the_backup_counts_after_a_restore() {
    let world = World::bare("2026-03-01T01:00:00Z", 3, crate::testing::STUDIO);
    world.accept("processing_agreement").unwrap();
    world.switch("visitors", true).unwrap();
    let visitor = world.subject(&["visitor"]);
    let name = serde_json::json!({ "full_name": "Budi" });
    let visit = world.write(visitor, "visit", None, name).unwrap();
    let set = back_up(&world);
    world.choose("visitor_keep", serde_json::json!("2 days")).unwrap();
    world.choose("statistics", serde_json::json!(false)).unwrap();
    world.plan("starter").unwrap();
    world.meet("face", "transparency").unwrap();
    restore_at(&world, &set, "/new").unwrap();
    let world = reopened(world, "/new");
    let ctx = world.system();
    let chosen = |name| crate::setting::value(&ctx, name).unwrap().to_string();
    assert_eq!(chosen("visitor_keep"), "2 days");
    assert_eq!(chosen("statistics"), "false");
    let choices = ctx.ws.choices();
    assert_eq!(choices.plan.as_deref(), Some("starter"));
    assert_eq!(choices.needs.len(), 1);
    world.until("2026-03-04T01:00:00Z");
    gone(&world.read(&world.system(), visit, "reception"));
}

#[test]
fn numbers_handed_out_after_the_backup_are_never_used_again() {
    let world = World::new("2026-03-01T01:00:00Z");
    let first = world.subject(&["intern"]);
    world.account(first, "one@example.org");
    world.until("2026-03-01T02:00:00Z");
    let set = back_up(&world);
    let lost = world.subject(&["intern"]);
    let account = world.account(lost, "two@example.org");
    let under_first = world.engagement(first);
    let slots = world.ws().writer().counters().slot;
    restore_at(&world, &set, "/new").unwrap();
    let world = reopened(world, "/new");
    gone(&world.read(&world.system(), account, "service"));
    let fresh = world.subject(&["intern"]);
    assert!(fresh > lost, "{fresh} {lost}");
    let fresh_record = world.engagement(first);
    assert!(fresh_record.own() > under_first.own(), "{fresh_record:?} {under_first:?}");
    assert!(world.ws().writer().counters().slot > slots);
    let ids = world.ws();
    let shown = |rid: Rid| ids.ids().show(Kind::Record, rid.0);
    assert_ne!(shown(fresh_record), shown(under_first));
}

#[test]
fn a_certificate_from_before_verifies_after_a_restore() {
    let world = World::new("2026-03-01T01:00:00Z");
    let person = world.subject(&["intern"]);
    world.account(person, "sari@example.org");
    let id = erase(&world, person);
    world.until("2026-03-01T02:00:00Z");
    let officer = world.ctx(Role::Officer, None);
    let file = certificate::file(&officer, id).unwrap();
    let set = back_up(&world);
    let other = world.subject(&["intern"]);
    world.account(other, "budi@example.org");
    world.until("2026-03-01T03:00:00Z");
    restore_at(&world, &set, "/new").unwrap();
    let world = reopened(world, "/new");
    let trust = ledger::trust::Trust::pinned(world.deployment().control().vkeys().unwrap());
    ledger::certificate::verify(file.as_bytes(), &trust).unwrap();
    let officer = world.ctx(Role::Officer, None);
    let again = certificate::file(&officer, id).unwrap();
    ledger::certificate::verify(again.as_bytes(), &trust).unwrap();
    let later = world.subject(&["intern"]);
    world.account(later, "wati@example.org");
    let id = erase(&world, later);
    world.until("2026-03-01T04:00:00Z");
    let file = certificate::file(&world.ctx(Role::Officer, None), id).unwrap();
    ledger::certificate::verify(file.as_bytes(), &trust).unwrap();
    let logs = world.ws().read(crate::log::all).unwrap();
    assert_eq!(logs.len(), 2, "a successor log: {logs:?}");
}

#[test]
fn a_restore_without_the_journal_is_refused() {
    let world = World::new("2026-03-01T01:00:00Z");
    let set = back_up(&world);
    let journal = Path::new("/escrow/guard-journal");
    let whole = world.disk.read(journal).unwrap();
    world.disk.truncate(journal, whole.len() as u64 / 2).unwrap();
    assert!(why(restore_at(&world, &set, "/new")).contains("not the newest"));
    world.disk.remove(journal).unwrap();
    assert!(why(restore_at(&world, &set, "/new")).contains("no guard journal"));
    assert!(world.disk.list(Path::new("/new")).unwrap().is_empty(), "nothing was begun");
    world.disk.replace(journal, &whole).unwrap();
    restore_at(&world, &set, "/new").unwrap();
    world.disk.remove(journal).unwrap();
    let mut setup = setup(&world.disk, &world.clock, 2);
    setup.folder = "/new".into();
    let opened = Deployment::open(setup);
    assert!(opened.is_err(), "the journal went between restoring and opening");
}

#[test]
fn a_restore_whose_epochs_are_destroyed_is_refused_and_cannot_be_opened() {
    let world = World::new("2026-03-01T01:00:00Z");
    let set = back_up(&world);
    for day in 2..=12 {
        world.until(&format!("2026-03-{day:02}T02:00:00Z"));
    }
    assert!(why(restore_at(&world, &set, "/new")).contains("no copy of the guard can be opened"));
    let mut setup = setup(&world.disk, &world.clock, 2);
    setup.folder = "/new".into();
    assert!(why(Deployment::open(setup)).contains("not finished"));
}

#[test]
fn an_older_set_takes_the_newest_guard_and_counts_epochs_on() {
    let world = World::new("2026-03-01T01:00:00Z");
    let person = world.subject(&["intern"]);
    let account = world.account(person, "sari@example.org");
    let set = back_up(&world);
    for day in 2..=4 {
        world.until(&format!("2026-03-{day:02}T02:00:00Z"));
    }
    let newest = back_up(&world);
    world.until("2026-03-06T02:00:00Z");
    let running = world.deployment().guard().epoch(0).unwrap().number;
    assert!(restore_at(&world, &set, "/data").is_err(), "the folder is not empty");
    let restored = restore_at(&world, &set, "/new").unwrap();
    assert!(restored.epoch > 1, "{restored:?} {newest:?}");
    let world = reopened(world, "/new");
    assert!(world.deployment().guard().epoch(0).unwrap().number >= running);
    world.read(&world.system(), account, "service").unwrap();
}

#[test]
fn a_changed_set_is_refused() {
    let world = World::new("2026-03-01T01:00:00Z");
    let set = back_up(&world);
    let control = set.join("control.db");
    let mut bytes = world.disk.read(&control).unwrap();
    bytes[200] ^= 1;
    world.disk.replace(&control, &bytes).unwrap();
    assert!(why(restore_at(&world, &set, "/new")).starts_with("control.db"));
    world.disk.remove(&set.join(MANIFEST)).unwrap();
    assert!(why(restore_at(&world, &set, "/new")).contains("no manifest"));
}

#[test]
fn a_path_out_of_the_set_is_no_path() {
    for path in ["../guard.db", "/etc/passwd", "", "ws/../../x"] {
        let manifest = json!({ "format": "janji backup v1", "at": "", "epoch": 1, "journal": 0,
            "files": [{ "path": path, "size": 0, "sha256": "" }] });
        assert!(Manifest::parse(manifest.to_string().as_bytes()).is_err(), "{path}");
    }
}

#[test]
fn a_backup_of_real_files_is_restored() {
    let temp = std::env::temp_dir().join(format!("janji-restore-{}", std::process::id()));
    let disk: Arc<dyn Disk> = Arc::new(RealDisk);
    let at = |name: &str| temp.join(name);
    let clock = TestClock::at(crate::testing::micros("2026-03-01T01:00:00Z"));
    let opened = |folder: PathBuf| {
        Deployment::open(Setup {
            folder,
            disk: Arc::clone(&disk),
            clock: Box::new(clock.clone()),
            test_clock: true,
            seed: None,
            escrows: vec![at("escrow")],
            accept_total_loss: true,
            epoch: crate::deployment::DAY,
            keep_epochs: 7,
        })
        .unwrap()
    };
    let deployment = opened(at("data"));
    deployment.create_workspace("main", crate::testing::POLICY).unwrap();
    let backup = backup::take(&deployment, &at("backups"), 30).unwrap();
    assert!(
        why(Deployment::open(Setup {
            folder: at("data"),
            disk: Arc::clone(&disk),
            clock: Box::new(clock.clone()),
            test_clock: true,
            seed: None,
            escrows: vec![at("escrow")],
            accept_total_loss: true,
            epoch: crate::deployment::DAY,
            keep_epochs: 7,
        }))
        .contains("another process")
    );
    clock.run(crate::deployment::DAY);
    drop(deployment);
    restore(&backup.folder, &at("escrow"), &at("new")).unwrap();
    let deployment = opened(at("new"));
    assert_eq!(deployment.workspaces().unwrap()[0].name, "main");
    let rotated = || backup::rotate(&deployment, &at("backups"), 30).unwrap();
    clock.set(crate::testing::micros("2026-06-01T01:00:00Z"));
    assert_eq!(rotated(), 0, "a clock that jumps ahead deletes nothing");
    clock.run(31 * crate::deployment::DAY);
    assert_eq!(rotated(), 1);
    assert!(!backup.folder.exists());
    std::fs::remove_dir_all(&temp).unwrap();
}

/// Where the power may go: about this many moments of a backup and a restore.
const CUTS: u64 = 12;

#[test]
fn a_restore_that_a_power_loss_cut_off_is_never_opened() {
    let (mut refused, mut whole) = (0, 0);
    for cut in 0..=CUTS {
        let world = World::seeded("2026-03-01T01:00:00Z", cut + 1);
        let person = world.subject(&["intern"]);
        let account = world.account(person, "sari@example.org");
        let set = back_up(&world);
        erase(&world, person);
        let before = world.disk.steps();
        restore_at(&world, &set, "/measured").unwrap();
        let steps = world.disk.steps() - before;
        world.disk.set_crash_at(1 + steps * cut / CUTS);
        let restored = restore_at(&world, &set, "/new");
        let mut world = world;
        world.deployment = None;
        world.disk.crash(faults::Crash::PowerLoss);
        world.disk.reboot();
        let mut setup = setup(&world.disk, &world.clock, 99);
        setup.folder = "/new".into();
        match Deployment::open(setup) {
            Err(_) => {
                assert!(restored.is_err(), "what was finished opens");
                refused += 1;
            }
            Ok(deployment) => {
                // Before the first file was written it is a new folder; after the last, a restored one.
                if deployment.workspaces().unwrap().is_empty() {
                    assert!(restored.is_err());
                } else {
                    world.deployment = Some(deployment);
                    gone(&world.read(&world.system(), account, "service"));
                    whole += 1;
                }
            }
        }
    }
    assert!(refused > CUTS / 2 && whole > 0, "{refused} {whole}");
}

#[test]
fn a_backup_that_a_power_loss_cut_off_is_no_backup() {
    for cut in 1..CUTS {
        let mut world = World::seeded("2026-03-01T01:00:00Z", cut);
        let person = world.subject(&["intern"]);
        let account = world.account(person, "sari@example.org");
        let before = world.disk.steps();
        back_up(&world);
        let steps = world.disk.steps() - before;
        world.until("2026-03-01T02:00:00Z");
        world.disk.set_crash_at(1 + steps * cut / CUTS);
        let cut_off = backup::take(world.deployment(), Path::new(BACKUPS), 30);
        world.deployment = None;
        world.disk.crash(faults::Crash::PowerLoss);
        world.disk.reboot();
        world.restart();
        let set = Path::new(BACKUPS).join("2026-03-01T02-00-00Z");
        if restore_at(&world, &set, "/new").is_ok() {
            let world = reopened(world, "/new");
            world.read(&world.system(), account, "service").unwrap();
        } else {
            assert!(cut_off.is_err(), "what was finished can be restored");
        }
    }
}

#[test]
fn an_approval_withdrawn_since_the_backup_stays_withdrawn() {
    use crate::tests::children::{disapprove, minor, shut};
    let world = World::new("2026-03-01T01:00:00Z");
    let person = minor(&world, "2008-06-01", &["guardian", "school"]);
    let account = world.account(person, "sari@example.org");
    world.until("2026-03-01T02:00:00Z");
    let set = back_up(&world);
    disapprove(&world, person, "guardian").unwrap();
    restore_at(&world, &set, "/new").unwrap();
    let world = reopened(world, "/new");
    shut(&world.read(&world.system(), account, "service"));
}
