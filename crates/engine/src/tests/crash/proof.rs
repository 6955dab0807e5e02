//! The crash test tested: it fails where it must, replays what it says, and every acknowledgement comes after
//! the syncs that cover it.

use std::{any::Any, collections::BTreeSet, io, path::Path, sync::Arc};

use faults::{Event, SimDisk};
use store::{disk::Disk, value::all};

use super::{perform::ACKNOWLEDGED, run, stage::Stage};
use crate::{
    Role, record,
    testing::{World, micros},
};

/// What broke some run of these seeds, when something did.
fn found_out(seeds: u64, change: fn(&mut Stage)) -> Option<String> {
    (1..=seeds).find_map(|seed| run::play_on(seed, change).err())
}

#[test]
fn a_disk_whose_syncs_lie_is_found_out() {
    assert!(found_out(12, |stage| stage.disk.lying_syncs(true)).is_some());
}

/// A disk that keeps nothing of what is appended: the escrow's journal, and nothing else.
#[derive(Debug)]
struct NoEscrow(SimDisk);

impl Disk for NoEscrow {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.read(path)
    }
    fn read_at(&self, path: &Path, offset: u64, len: usize) -> io::Result<Vec<u8>> {
        self.0.read_at(path, offset, len)
    }
    fn len(&self, path: &Path) -> io::Result<Option<u64>> {
        self.0.len(path)
    }
    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        self.0.list(folder)
    }
    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.0.create_folder(folder)
    }
    fn replace(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.0.replace(path, bytes)
    }
    fn append(&self, _: &Path, _: &[u8]) -> io::Result<()> {
        Ok(())
    }
    fn truncate(&self, path: &Path, len: u64) -> io::Result<()> {
        self.0.truncate(path, len)
    }
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.0.rename(from, to)
    }
    fn remove(&self, path: &Path) -> io::Result<()> {
        self.0.remove(path)
    }
    fn lock(&self, path: &Path) -> io::Result<Box<dyn Any + Send + Sync>> {
        self.0.lock(path)
    }
    fn sqlite_vfs(&self) -> Option<&str> {
        self.0.sqlite_vfs()
    }
}

#[test]
fn a_journal_that_never_reaches_the_escrow_is_found_out() {
    let what = found_out(12, |stage| stage.wrap = |disk| Arc::new(NoEscrow(disk)));
    assert!(what.is_some_and(|what| what.contains("escrow")));
}

#[test]
fn the_same_seed_replays_to_the_same_trace() {
    for seed in 1..=6 {
        let trace = || run::play_on(seed, |_| {}).unwrap().stage.disk.trace();
        let (first, second) = (trace(), trace());
        let differs = first.iter().zip(&second).position(|(one, other)| one != other);
        assert_eq!(differs, None, "seed {seed}");
        assert_eq!(first.len(), second.len(), "seed {seed}");
    }
}

/// What a power loss could change at this point of a trace.
#[derive(Default)]
struct AtRisk {
    bytes: BTreeSet<String>,
    names: BTreeSet<String>,
}

impl AtRisk {
    fn follow(&mut self, event: &Event) {
        match event {
            Event::Made(file) => {
                self.names.insert(file.clone());
            }
            Event::Write { file, .. } if file != "(temporary)" => {
                self.bytes.insert(file.clone());
            }
            // An emptied journal may come back whole: all of it is in its database already.
            Event::Truncate { file, .. } if !file.ends_with("-wal") => {
                self.bytes.insert(file.clone());
            }
            Event::Sync(file) => {
                self.bytes.remove(file);
            }
            Event::SyncFolder(folder) => {
                self.names.retain(|name| Path::new(name).parent() != Some(Path::new(folder)));
            }
            Event::Rename { from, to } => {
                if self.bytes.remove(from) {
                    self.bytes.insert(to.clone());
                }
                self.names.remove(from);
                self.names.insert(to.clone());
            }
            Event::Removed(file) => {
                self.bytes.remove(file);
                self.names.remove(file);
            }
            Event::Crashed(_) => *self = AtRisk::default(),
            _ => {}
        }
    }
}

#[test]
fn every_acknowledgement_follows_the_syncs_that_cover_it() {
    let mut acknowledged = 0;
    for seed in 1..=40 {
        let trace = run::play_on(seed, |_| {}).unwrap().stage.disk.trace();
        let mut risk = AtRisk::default();
        let mut failed = false;
        for (place, event) in trace.iter().enumerate() {
            risk.follow(event);
            // What a write that failed left lies about until the next start. A fact that gives reaches the
            // guard after the commit that makes it durable, so it is acknowledged all the same.
            failed |= matches!(event, Event::Failed(_) | Event::Died);
            failed &= !matches!(event, Event::Rebooted);
            if *event == Event::Note(ACKNOWLEDGED.to_owned()) && !failed {
                acknowledged += 1;
                assert!(risk.bytes.is_empty(), "seed {seed}, event {place}: {:?}", risk.bytes);
                assert!(risk.names.is_empty(), "seed {seed}, event {place}: {:?}", risk.names);
            }
        }
    }
    assert!(acknowledged > 300, "{acknowledged}");
}

#[test]
fn a_clock_that_lies_destroys_no_key_for_a_day_and_revives_nothing() {
    let world = World::new("2026-03-01T01:00:00Z");
    let user = world.subject(&["user"]);
    let fields = serde_json::json!({ "ip": "192.0.2.1", "browser": "Firefox 128" });
    let rid = world.write(user, "technical", None, fields).unwrap();
    let ws = world.ws();
    let slot = ws
        .read(|link| {
            let slots =
                all(link, "select slot from record where own_slot = 1", &[], |row| row.small(0))?;
            Ok(slots[0])
        })
        .unwrap();
    let lives = || world.deployment().guard().live(world.number).unwrap().contains(&slot);
    let is_gone = || {
        let ctx = world.ctx(Role::Staff("security".to_owned()), None);
        matches!(record::read(&ctx, rid, "security"), Err(crate::Refusal::Gone { .. }))
    };
    let hour = 3_600_000_000;
    world.clock.set(micros("2036-03-01T01:00:00Z"));
    for _ in 0..23 {
        world.deployment().tick().unwrap();
        assert!(is_gone() && lives());
        world.clock.run(hour);
    }
    world.clock.run(2 * hour);
    world.deployment().tick().unwrap();
    world.clock.run(hour);
    world.deployment().tick().unwrap();
    assert!(is_gone() && !lives());
    world.clock.set(micros("2026-03-01T01:00:00Z"));
    world.deployment().tick().unwrap();
    assert!(is_gone() && !lives());
}
