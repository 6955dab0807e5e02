use std::path::{Path, PathBuf};

use store::{disk::Disk, sqlite::Use};

use super::*;
use crate::testing::World;

fn take_in(world: &World) -> Backup {
    take(world.deployment(), Path::new("/backups"), KEEP_DAYS).unwrap()
}

fn everything(world: &World, folder: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    copy::contents(&world.disk, folder).unwrap()
}

fn holds(bytes: &[u8], part: &[u8]) -> bool {
    bytes.windows(part.len()).any(|window| window == part)
}

#[test]
fn a_set_holds_every_place_but_the_secrets() {
    let world = World::new("2026-03-01T01:00:00Z");
    let intern = world.subject(&["intern"]);
    world.account(intern, "sari@example.org");
    world.until("2026-03-01T02:00:00Z");
    let backup = take_in(&world);
    assert_eq!(backup.folder, Path::new("/backups/2026-03-01T02-00-00Z"));
    let manifest = world.disk.read(&backup.folder.join(MANIFEST)).unwrap();
    let manifest = Manifest::parse(&manifest).unwrap();
    assert_eq!((manifest.files.len(), manifest.epoch), (backup.files, 1));
    for part in ["ws/", "control.db", "log/deployment/checkpoint", "clock", "test-clock"] {
        assert!(manifest.files.iter().any(|row| row.path.starts_with(part)), "{part}");
    }
    assert!(manifest.files.iter().all(|row| !row.path.contains("secret")));
    assert!(world.disk.len(Path::new("/backups/guard/guard-1.db")).unwrap().is_some());
}

#[test]
fn no_byte_of_a_set_is_a_lookup_a_secret_or_a_value() {
    let world = World::new("2026-03-01T01:00:00Z");
    for canary in ["canary-one@example.org", "canary-two@example.org"] {
        let person = world.subject(&["intern"]);
        world.account(person, canary);
    }
    let tags: Vec<Vec<u8>> = world
        .ws()
        .read(|link| {
            Ok(store::value::all(link, "select tag from lookup", &[], |row| row.bytes(0))?)
        })
        .unwrap();
    assert!(tags.len() >= 2);
    let backup = take_in(&world);
    let mut forbidden: Vec<Vec<u8>> = tags;
    forbidden.extend([b"canary-".to_vec(), b"Sari".to_vec(), b"Dewi".to_vec()]);
    let secrets = everything(&world, Path::new("/data/secrets"));
    assert!(secrets.len() >= 3, "an epoch, the deployment, a log");
    forbidden.extend(secrets.into_iter().map(|(_, bytes)| bytes));
    let files = everything(&world, Path::new("/backups"));
    assert_eq!(files.len(), backup.files + 2, "the manifest and the guard's copy come on top");
    for (path, bytes) in files {
        for part in &forbidden {
            assert!(!holds(&bytes, part), "{} holds {part:x?}", path.display());
        }
    }
    let database = world.ws().places().database.clone();
    let copied = backup.folder.join(database.strip_prefix("/data").unwrap());
    let mut link = Sqlite::open(&world.disk, &copied, Use::Write).unwrap();
    assert!(link.is_sound().unwrap());
    let count =
        |link: &mut Sqlite, sql| store::value::one(link, sql, &[], |row| row.int(0)).unwrap();
    assert_eq!(count(&mut link, "select count(*) from lookup"), Some(0));
    assert_eq!(count(&mut link, "select count(*) from record"), Some(2));
}

#[test]
fn sets_are_kept_so_many_days_and_guards_so_many_epochs() {
    let world = World::new("2026-03-01T01:00:00Z");
    for day in 1..=9 {
        world.until(&format!("2026-03-0{day}T02:00:00Z"));
        take_in(&world);
    }
    let guards = guards(&world.disk, Path::new("/backups")).unwrap();
    let running = world.deployment().guard().epoch(0).unwrap().number;
    let kept: Vec<u64> = guards.iter().map(|(epoch, _)| *epoch).collect();
    assert_eq!(kept, ((running - 6)..=running).collect::<Vec<_>>());
    world.until("2026-04-04T03:00:00Z");
    take_in(&world);
    let whole = |name: &String| {
        let manifest = Path::new("/backups").join(name).join(MANIFEST);
        world.disk.len(&manifest).unwrap().is_some()
    };
    let sets = world.disk.list(Path::new("/backups")).unwrap();
    let sets: Vec<String> = sets.into_iter().filter(whole).collect();
    assert_eq!(sets.len(), 5, "four of March and today's: {sets:?}");
    assert!(sets[0].starts_with("2026-03-06"), "{sets:?}");
}

#[test]
fn a_backup_is_an_entry_of_each_ledger() {
    let world = World::new("2026-03-01T01:00:00Z");
    let before = world.ws().writer().counters().entry;
    take_in(&world);
    let ctx = world.admin();
    let detail = ctx.ws.read(|link| crate::entry::detail(&ctx, link, before)).unwrap().unwrap();
    assert_eq!((detail.act, detail.purpose.as_str()), (crate::entry::Act::Maintain, "backup"));
    let last = world.deployment().control().setting(LAST).unwrap();
    assert_eq!(last.as_deref(), Some("2026-03-01T01:00:00Z"));
}

#[test]
fn two_backups_in_one_second_get_two_folders() {
    let world = World::new("2026-03-01T01:00:00Z");
    let (one, two) = (take_in(&world), take_in(&world));
    assert_ne!(one.folder, two.folder);
    assert_eq!(taken_at("2026-03-01T01-00-00Z.2"), taken_at("2026-03-01T01-00-00Z"));
    assert!(taken_at("2026-03-01T01-00-00Z").is_some() && taken_at("guard").is_none());
}
