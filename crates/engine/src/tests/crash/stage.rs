//! Where a run plays: a disk with a fresh workspace on it, a clock, and the deployment of the present life.

use std::{
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use faults::{Crash, SimDisk};
use store::{Link, Row, Value, disk::Disk, value::all};

use super::Verdict;
use crate::{
    Actor, Ctx, Deployment, Refusal, Role, Workspace,
    clock::TestClock,
    testing::{World, micros, setup},
};

pub(super) const START: &str = "2026-03-01T01:00:00Z";

pub(super) struct Stage {
    pub(super) disk: SimDisk,
    pub(super) clock: TestClock,
    pub(super) deployment: Option<Deployment>,
    pub(super) number: u64,
    /// Wraps the disk that the deployment writes to: a test of the test breaks it here.
    pub(super) wrap: fn(SimDisk) -> Arc<dyn Disk>,
    seed: u64,
    lives: u64,
}

/// Files by name, and the number of the workspace in them.
type Fresh = (Vec<(String, Vec<u8>)>, u64);

/// The files of a fresh workspace, made once a process.
fn fresh() -> &'static Fresh {
    static FRESH: OnceLock<Fresh> = OnceLock::new();
    FRESH.get_or_init(|| {
        let mut world = World::new(START);
        world.deployment().tick().unwrap();
        world.deployment().close().unwrap();
        world.deployment = None;
        (world.disk.snapshot(), world.number)
    })
}

impl Stage {
    pub(super) fn new(seed: u64) -> Stage {
        let (files, number) = fresh();
        let disk = SimDisk::new(seed);
        disk.powersafe(true);
        for (name, bytes) in files {
            let path = Path::new(name);
            disk.create_folder(path.parent().unwrap()).unwrap();
            disk.replace(path, bytes).unwrap();
        }
        let clock = TestClock::at(micros(START));
        let wrap = |disk| -> Arc<dyn Disk> { Arc::new(disk) };
        Stage { disk, clock, deployment: None, number: *number, wrap, seed, lives: 0 }
    }

    /// Opens the folder and its workspace, each time with other chance, as real lives have.
    pub(super) fn open(&mut self) -> Result<(), Refusal> {
        self.deployment = None;
        self.lives += 1;
        let seed = self.seed.wrapping_mul(1000).wrapping_add(self.lives);
        let mut parts = setup(&self.disk, &self.clock, seed);
        parts.keep_epochs = 3;
        parts.disk = (self.wrap)(self.disk.clone());
        let deployment = Deployment::open(parts)?;
        deployment.workspace(self.number)?;
        self.deployment = Some(deployment);
        Ok(())
    }

    /// Ends the life, then starts the machine again without opening anything.
    pub(super) fn crash(&mut self, how: Crash) {
        self.disk.crash(how);
        self.deployment = None;
        self.disk.reboot();
    }

    pub(super) fn deployment(&self) -> &Deployment {
        self.deployment.as_ref().unwrap()
    }

    pub(super) fn ws(&self) -> Result<Arc<Workspace>, Refusal> {
        self.deployment().workspace(self.number)
    }

    pub(super) fn ctx(&self, role: Role) -> Result<Ctx, Refusal> {
        Ok(self.deployment().ctx(self.ws()?, Actor { role, token: 7, subject: None }))
    }

    /// Rows of the workspace's database, read by the test's own statement.
    pub(super) fn rows<T>(
        &self,
        sql: &'static str,
        values: &[Value<'_>],
        make: impl FnMut(Row<'_>) -> Result<T, store::StoreError>,
    ) -> Verdict<Vec<T>> {
        let ws = self.ws().map_err(|e| format!("no workspace: {e:?}"))?;
        let mut make = make;
        ws.read(|link: &mut dyn Link| Ok(all(link, sql, values, &mut make)?))
            .map_err(|error| format!("{sql}: {error:?}"))
    }

    /// A file's bytes; nothing when it is not there.
    pub(super) fn file(&self, path: &Path) -> Option<Vec<u8>> {
        self.disk.len(path).ok().flatten()?;
        self.disk.read(path).ok()
    }

    pub(super) fn database(&self) -> PathBuf {
        let hex = format!("{:016x}", self.number);
        PathBuf::from(format!("/data/ws/{}/{hex}.db", hex.get(..2).unwrap()))
    }
}
