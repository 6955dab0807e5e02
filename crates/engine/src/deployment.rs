//! One server's folder, open: guard, control, clocks, and the workspaces as they are needed.

mod epochs;
mod finished;
mod open;
pub(crate) mod restored;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use crypto::Random;
use store::{Guard, disk::Disk};

use crate::{
    clock::{Clock, Reading, Time},
    control::{Control, Listed},
    ctx::{Actor, Ctx, Role},
    entry, erasure, log,
    publication::{
        announcement::{self, Tries},
        evolve,
    },
    refusal::Refusal,
    retention,
    token::{self, New},
    workspace::{InForce, Workspace},
};

/// How to open a folder.
#[derive(Debug)]
pub struct Setup {
    /// The data folder.
    pub folder: PathBuf,
    /// The files.
    pub disk: Arc<dyn Disk>,
    /// Wall clock and uptime.
    pub clock: Box<dyn Clock>,
    /// Whether the clock is a test's: the folder is marked for ever.
    pub test_clock: bool,
    /// A seed for tests that replay; `None` takes the operating system's chance.
    pub seed: Option<u64>,
    /// Folders on other devices that keep keys and journal too.
    pub escrows: Vec<PathBuf>,
    /// Whether to serve without an escrow: losing the host then loses everything.
    pub accept_total_loss: bool,
    /// How long an epoch lasts, in microseconds.
    pub epoch: i64,
    /// How many epochs' secrets are kept.
    pub keep_epochs: u64,
}

/// A day in microseconds: the default epoch.
pub const DAY: i64 = 86_400_000_000;

/// An open folder.
#[derive(Debug)]
pub struct Deployment {
    folder: PathBuf,
    disk: Arc<dyn Disk>,
    test_clock: bool,
    seed: Option<u64>,
    drawn: AtomicU64,
    guard: Arc<Guard>,
    control: Arc<Control>,
    time: Time,
    escrows: Vec<PathBuf>,
    open: Mutex<BTreeMap<u64, Arc<Workspace>>>,
    swept: Mutex<BTreeMap<u64, i64>>,
    /// The workspaces that this process has opened before.
    begun: Mutex<BTreeSet<u64>>,
    ticking: Mutex<()>,
    tries: Mutex<Tries>,
    /// Publishers are numbered one at a time, so that two companies do not get one number; and no workspace is
    /// made under a policy that is just being replaced.
    making: Mutex<()>,
    _lock: Box<dyn std::any::Any + Send + Sync>,
}

/// How often a workspace is swept, in microseconds; overdue data are unreadable meanwhile.
const SWEEP: i64 = 3_600_000_000;

impl Deployment {
    /// The data folder.
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The files.
    pub(crate) fn disk(&self) -> &Arc<dyn Disk> {
        &self.disk
    }

    /// Whether this folder was ever served with a test clock.
    pub fn test_clock(&self) -> bool {
        self.test_clock
    }

    /// The deployment's own facts: settings, policies, log.
    pub fn control(&self) -> &Arc<Control> {
        &self.control
    }

    /// The keys.
    pub fn guard(&self) -> &Arc<Guard> {
        &self.guard
    }

    /// Reads the clocks.
    pub fn reading(&self) -> Reading {
        self.time.read()
    }

    /// The circumstances of an act, now.
    pub fn ctx(&self, ws: Arc<Workspace>, actor: Actor) -> Ctx {
        let reading = self.reading();
        Ctx { now: reading.now, settled: reading.settled, actor, ws }
    }

    /// Chance for one use: a seed that replays gives a workspace that is opened again other numbers.
    fn chance(&self, purpose: u64) -> Box<dyn Random> {
        let drawn = self.drawn.fetch_add(1, Ordering::Relaxed);
        open::chance(self.seed.map(|seed| seed.wrapping_add(drawn << 32)), purpose)
    }

    fn is_first(&self, number: u64) -> bool {
        self.begun.lock().unwrap_or_else(PoisonError::into_inner).insert(number)
    }

    fn opened(&self) -> MutexGuard<'_, BTreeMap<u64, Arc<Workspace>>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A workspace, opened and recovered when it was not open; one whose turn failed is opened anew.
    pub fn workspace(&self, number: u64) -> Result<Arc<Workspace>, Refusal> {
        let mut open = self.opened();
        if let Some(ws) = open.get(&number)
            && !ws.is_broken()
        {
            return Ok(Arc::clone(ws));
        }
        if open.get(&number).is_some_and(|ws| ws.lost_sync()) {
            return Err(Refusal::Store(store::StoreError::Reopen));
        }
        open.remove(&number);
        let listed = self.control.workspaces()?;
        let listed = listed.iter().find(|listed| listed.number == number && listed.ready);
        let ws = self.open_workspace(listed.ok_or(Refusal::NotFound)?)?;
        open.insert(number, Arc::clone(&ws));
        Ok(ws)
    }

    /// Whether this process must end: a sync or the guard failed, and only a new start reads what is
    /// really on disk.
    pub fn must_restart(&self) -> bool {
        self.guard.is_broken() || self.opened().values().any(|ws| ws.lost_sync())
    }

    /// Every workspace that was made to the end.
    pub fn workspaces(&self) -> Result<Vec<Listed>, Refusal> {
        Ok(self.control.workspaces()?.into_iter().filter(|listed| listed.ready).collect())
    }

    /// Makes a workspace with this policy in force and answers its number. The first workspace makes its
    /// publisher; a later one of the same company must bring the same policy.
    pub fn create_workspace(&self, name: &str, source: &str) -> Result<u64, Refusal> {
        let form = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
        if name.is_empty() || name.len() > 40 || !name.chars().all(form) {
            return Err(Refusal::invalid("name", "1 to 40 of a-z, 0-9 and -"));
        }
        let policy = checked(source)?;
        let _one = self.publishing();
        let now = self.reading().now;
        let all = self.control.workspaces()?;
        let same = all.iter().find(|listed| listed.name == name);
        if same.is_some_and(|listed| listed.ready) {
            return Err(Refusal::Conflict { reason: "a workspace of this name is there" });
        }
        let publisher = self.publisher(&policy.company.name, source)?;
        if self.control.publisher_ended(publisher)?.is_some() {
            return Err(Refusal::Conflict { reason: "the publisher has ended" });
        }
        let published = self.control.publish_first(
            publisher,
            &policy.company.name,
            &policy.version,
            source,
            now,
        )?;
        let number = if let Some(listed) = same {
            listed.number
        } else {
            let number = crate::ids::fresh(&mut *self.chance(all.len() as u64 + 100));
            self.control.add_workspace(number, name, publisher, now)?;
            number
        };
        let in_force = self.control.version(publisher, Some(published.number))?;
        self.make_workspace(number, in_force, now)?;
        self.control.workspace_ready(number)?;
        Ok(number)
    }

    fn publisher(&self, company: &str, source: &str) -> Result<u64, Refusal> {
        let publishers = self.control.publishers()?;
        let Some((number, _)) = publishers.iter().find(|(_, name)| name == company) else {
            return Ok(publishers.iter().map(|(number, _)| number + 1).max().unwrap_or(1));
        };
        let published = self.control.policy(*number)?;
        if published.is_some_and(|published| published.source != source) {
            return Err(Refusal::Conflict { reason: "the company has another policy in force" });
        }
        Ok(*number)
    }

    /// Ends a publisher whose workspaces are all closed: its page says since when, and its public files stay.
    /// Answers when it ended.
    pub fn close_publisher(&self, name: &str) -> Result<i64, Refusal> {
        let publishers = self.control.publishers()?;
        let found = publishers.iter().find(|(_, known)| known == name);
        let Some((publisher, _)) = found else { return Err(Refusal::NotFound) };
        for listed in self.workspaces()?.iter().filter(|one| one.publisher == *publisher) {
            if self.workspace(listed.number)?.closed().is_none() {
                return Err(Refusal::Conflict { reason: "a workspace of the publisher is open" });
            }
        }
        let now = self.reading().now;
        self.control.end_publisher(*publisher, now)?;
        Ok(self.control.publisher_ended(*publisher)?.unwrap_or(now))
    }

    /// The policy in force of a publisher.
    pub fn policy(&self, publisher: u64) -> Result<Arc<InForce>, Refusal> {
        self.control.version(publisher, None)
    }

    pub(crate) fn publishing(&self) -> MutexGuard<'_, ()> {
        self.making.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Whether an announced version waits for its next try.
    pub(crate) fn tried(&self, publisher: u64, now: i64) -> bool {
        let tries = self.tries.lock().unwrap_or_else(PoisonError::into_inner);
        tries.get(&publisher).is_some_and(|next| *next > now)
    }

    pub(crate) fn try_again(&self, publisher: u64, at: i64) {
        self.tries.lock().unwrap_or_else(PoisonError::into_inner).insert(publisher, at);
    }

    /// Whose token this is.
    pub fn authenticate(&self, token: &str) -> Result<Option<(u64, Actor)>, Refusal> {
        token::authenticate(&self.control, token, self.reading().now)
    }

    /// Makes a token from the command line, where no one is signed in yet.
    pub fn token(&self, workspace: u64, new: &New) -> Result<String, Refusal> {
        let ws = self.workspace(workspace)?;
        let ctx = self.ctx(ws, Actor { role: Role::Admin, token: 0, subject: None });
        let (act, new) = (ctx.clone(), new.clone());
        ctx.ws.act(&ctx, move |tx| token::create(&act, tx, &new)).map(|(token, _)| token)
    }

    /// Housekeeping: clocks saved, epochs turned, erasures finished, sweeps run, logs published. Called
    /// about once a second; everything in it can be done again.
    pub fn tick(&self) -> Result<(), Refusal> {
        let _one = self.ticking.lock().unwrap_or_else(PoisonError::into_inner);
        let reading = self.reading();
        self.time.save(&*self.disk, false)?;
        self.turn_epoch(reading)?;
        self.come_into_force()?;
        for listed in self.workspaces()? {
            let ws = self.workspace(listed.number)?;
            let ctx = self.ctx(Arc::clone(&ws), Actor::janji());
            announcement::follow(&ctx, listed.publisher)?;
            announcement::tell(&ctx, listed.publisher)?;
            erasure::resume(&ctx)?;
            if self.sweep_is_due(listed.number, reading) {
                evolve::again(&ctx)?;
                retention::sweep(&ctx)?;
            }
            evolve::go_on(&ctx)?;
            log::publish(&ctx)?;
            entry::index(&ctx)?;
            ws.empty_journal()?;
        }
        Ok(())
    }

    fn sweep_is_due(&self, workspace: u64, reading: Reading) -> bool {
        let mut swept = self.swept.lock().unwrap_or_else(PoisonError::into_inner);
        let last = swept.get(&workspace).copied();
        let due = last.is_none_or(|last| reading.settled >= last + SWEEP);
        if due {
            swept.insert(workspace, reading.settled);
        }
        due
    }

    /// Saves what only memory knows, before the process ends.
    pub fn close(&self) -> Result<(), Refusal> {
        for ws in self.opened().values() {
            log::publish(&self.ctx(Arc::clone(ws), Actor::janji()))?;
        }
        Ok(self.time.save(&*self.disk, true)?)
    }

    /// A public file of a log: `<log>/checkpoint`, `<log>/tile/...`.
    pub fn log_file(&self, path: &str) -> Option<Vec<u8>> {
        let plain = |part: &str| {
            !part.is_empty()
                && !part.starts_with('.')
                && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
        };
        if !path.split('/').all(plain) {
            return None;
        }
        let file = self.folder.join("log").join(path);
        self.disk.len(&file).ok().flatten()?;
        self.disk.read(&file).ok()
    }
}

/// A policy that passes the check, or the number of findings.
pub(crate) fn checked(source: &str) -> Result<policy::Policy, Refusal> {
    let check = || {
        let checked = policy::check("policy", source);
        checked.policy.ok_or_else(|| {
            Refusal::invalid("policy", format!("janji check: {} findings", checked.findings.len()))
        })
    };
    #[cfg(test)]
    let check = || crate::testing::checked_once(source, check);
    check()
}

/// An entry of maintenance that names no one.
pub(crate) fn note(
    ctx: &Ctx,
    tx: &mut store::Tx<'_>,
    what: &str,
    rule: &str,
) -> Result<(), Refusal> {
    let entry = crate::entry::Entry {
        act: crate::entry::Act::Maintain,
        stream: crate::entry::Stream::Proof,
        subject: None,
        purpose: what,
        rule,
        records: &[],
    };
    crate::entry::record(ctx, tx, &entry)?;
    Ok(())
}
