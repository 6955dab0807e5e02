//! One workspace, open: its writer, its readers, its keys, and what is kept in memory of its rules.

use std::{
    collections::HashMap,
    fmt,
    path::{Path, PathBuf},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError, RwLock,
        atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering},
    },
};

use crypto::SlotKey;
use policy::{Period, Policy};
use store::{
    Guard, Link, Slot, Sqlite, StoreError, Tx, Work, WorkspaceNo, Writer, disk::Disk, sqlite::Use,
};

use crate::{
    choice::{self, Choices},
    closing,
    ctx::Ctx,
    ids::Ids,
    publication::announcement,
    refusal::Refusal,
    terms::{self, Class, Terms},
    versions::Versions,
};

/// The policy in force.
#[derive(Debug)]
pub struct InForce {
    /// Its number at its publisher.
    pub number: u64,
    /// SHA-256 of its source.
    pub hash: [u8; 32],
    /// The checked tree.
    pub policy: Policy,
    /// This version and all before it.
    pub versions: Versions,
}

/// Where the files of a workspace lie.
#[derive(Debug, Clone)]
pub struct Places {
    /// The database.
    pub database: PathBuf,
    /// Sealed blobs.
    pub blobs: PathBuf,
    /// The public log.
    pub log: PathBuf,
}

/// Everything that [`Workspace::new`] takes over.
#[derive(Debug)]
pub struct Parts {
    /// Its number.
    pub number: WorkspaceNo,
    /// Its public log's origin.
    pub places: Places,
    /// The keys.
    pub guard: Arc<Guard>,
    /// The files.
    pub disk: Arc<dyn Disk>,
    /// The writing side.
    pub writer: Writer,
    /// The policy in force.
    pub policy: Arc<InForce>,
    /// The key of public ids, ready.
    pub ids: Ids,
    /// The slot of the proof key.
    pub proof: Slot,
    /// The slot of the key of pseudonyms.
    pub pseudonyms: Slot,
    /// What it has chosen.
    pub choices: Choices,
    /// What its terms mean today.
    pub classes: HashMap<u64, Arc<Class>>,
    /// Since when it is closed.
    pub closed: Option<i64>,
    /// The number of the version that is announced, and since when.
    pub announced: Option<(u64, i64)>,
    /// Learns of revoked tokens that a replay brings.
    pub control: Arc<crate::control::Control>,
    /// Signs this workspace's log.
    pub signer: crypto::SigningKey,
}

/// A workspace.
pub struct Workspace {
    parts: Fixed,
    writer: Mutex<Writer>,
    queue: Mutex<Vec<Box<dyn Work>>>,
    readers: Mutex<Vec<Sqlite>>,
    policy: RwLock<Arc<InForce>>,
    choices: RwLock<Arc<Choices>>,
    terms: RwLock<HashMap<Terms, u64>>,
    classes: RwLock<HashMap<u64, Arc<Class>>>,
    publishing: Mutex<()>,
    cutoffs: Mutex<HashMap<(u64, u32, policy::Unit), Vec<Cutoff>>>,
    changes: AtomicU64,
    closed: AtomicI64,
    announced: RwLock<Option<(u64, i64)>>,
    /// Whether this turn touched what memory knows of choices, terms, classes and the closing.
    touched: AtomicBool,
    /// What was read before this version was read under another policy.
    republished: AtomicU64,
    broken: AtomicBool,
    lost_sync: AtomicBool,
    rows_went: AtomicBool,
}

/// A cut-off with the time from which and until which it holds.
type Cutoff = (i64, i64, i64);

struct Fixed {
    number: WorkspaceNo,
    places: Places,
    guard: Arc<Guard>,
    disk: Arc<dyn Disk>,
    ids: Ids,
    proof: Slot,
    pseudonyms: Slot,
    control: Arc<crate::control::Control>,
    signer: crypto::SigningKey,
}

impl fmt::Debug for Workspace {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Workspace({})", self.parts.number)
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The time at which no workspace was ever closed.
const OPEN: i64 = i64::MIN;
const DAY: i64 = 86_400_000_000;

impl Workspace {
    pub(crate) fn new(parts: Parts) -> Workspace {
        Workspace {
            parts: Fixed {
                number: parts.number,
                places: parts.places,
                guard: parts.guard,
                disk: parts.disk,
                ids: parts.ids,
                proof: parts.proof,
                pseudonyms: parts.pseudonyms,
                control: parts.control,
                signer: parts.signer,
            },
            writer: Mutex::new(parts.writer),
            queue: Mutex::default(),
            readers: Mutex::default(),
            policy: RwLock::new(parts.policy),
            choices: RwLock::new(Arc::new(parts.choices)),
            terms: RwLock::default(),
            classes: RwLock::new(parts.classes),
            publishing: Mutex::default(),
            cutoffs: Mutex::default(),
            changes: AtomicU64::new(0),
            closed: AtomicI64::new(parts.closed.unwrap_or(OPEN)),
            announced: RwLock::new(parts.announced),
            touched: AtomicBool::new(false),
            republished: AtomicU64::new(0),
            broken: AtomicBool::new(false),
            lost_sync: AtomicBool::new(false),
            rows_went: AtomicBool::new(false),
        }
    }

    /// Its number, inside only.
    pub fn number(&self) -> WorkspaceNo {
        self.parts.number
    }

    /// Its public ids.
    pub fn ids(&self) -> &Ids {
        &self.parts.ids
    }

    /// The policy in force.
    pub fn policy(&self) -> Arc<InForce> {
        Arc::clone(&self.policy.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// What it has chosen.
    pub fn choices(&self) -> Arc<Choices> {
        Arc::clone(&self.choices.read().unwrap_or_else(PoisonError::into_inner))
    }

    /// Puts another version in force, inside the act that records it: until its turn has ended nothing that
    /// was read may be shown.
    pub(crate) fn put_policy(&self, in_force: Arc<InForce>) {
        *self.policy.write().unwrap_or_else(PoisonError::into_inner) = in_force;
        self.republished.store(u64::MAX, Ordering::SeqCst);
        self.changed();
    }

    /// Whether what was read at this version was read under the policy in force.
    pub(crate) fn is_current(&self, version: u64) -> bool {
        version >= self.republished.load(Ordering::SeqCst)
    }

    /// Whether a feature is on, since when; `None` when it was never switched.
    pub fn feature(&self, name: &str) -> Option<(bool, i64)> {
        self.choices.read().unwrap_or_else(PoisonError::into_inner).features.get(name).copied()
    }

    /// Lets the acts that follow in this turn know a choice; after the turn memory is read anew, so that a
    /// choice whose act was undone is forgotten.
    pub(crate) fn choose(&self, choose: impl FnOnce(&mut Choices)) {
        self.touched.store(true, Ordering::SeqCst);
        let mut choices = self.choices.write().unwrap_or_else(PoisonError::into_inner);
        let mut fresh = Choices::clone(&choices);
        choose(&mut fresh);
        *choices = Arc::new(fresh);
    }

    /// Reads what was committed of choices, classes and the closing.
    fn recall(&self, link: &mut dyn Link) -> Result<(), Refusal> {
        let (choices, classes) = (choice::load(link)?, terms::load(link)?);
        let announced = announcement::known(link)?;
        *self.announced.write().unwrap_or_else(PoisonError::into_inner) = announced;
        self.closed.store(closing::since(link)?.unwrap_or(OPEN), Ordering::SeqCst);
        *self.choices.write().unwrap_or_else(PoisonError::into_inner) = Arc::new(choices);
        self.know_classes(classes);
        Ok(())
    }

    /// The number of the version that is announced, and since when.
    pub(crate) fn announced(&self) -> Option<(u64, i64)> {
        *self.announced.read().unwrap_or_else(PoisonError::into_inner)
    }

    /// Lets the acts that follow in this turn know it; like a choice it is read anew after the turn.
    pub(crate) fn set_announced(&self, announced: Option<(u64, i64)>) {
        self.touched.store(true, Ordering::SeqCst);
        *self.announced.write().unwrap_or_else(PoisonError::into_inner) = announced;
    }

    /// Since when the workspace is closed; `None` while it is open.
    pub fn closed(&self) -> Option<i64> {
        Some(self.closed.load(Ordering::SeqCst)).filter(|since| *since != OPEN)
    }

    /// Lets the acts that follow in this turn know it; like a choice it is read anew after the turn.
    pub(crate) fn set_closed(&self, since: Option<i64>) {
        self.touched.store(true, Ordering::SeqCst);
        self.closed.store(since.unwrap_or(OPEN), Ordering::SeqCst);
    }

    /// The key of a slot.
    pub fn key(&self, slot: Slot) -> Result<SlotKey, StoreError> {
        self.parts.guard.key(self.parts.number, slot)
    }

    pub(crate) fn raw_key(&self, slot: Slot) -> Result<crypto::Key, StoreError> {
        self.parts.guard.raw_key(self.parts.number, slot)
    }

    pub(crate) fn guard(&self) -> &Arc<Guard> {
        &self.parts.guard
    }

    pub(crate) fn disk(&self) -> &dyn Disk {
        &*self.parts.disk
    }

    pub(crate) fn places(&self) -> &Places {
        &self.parts.places
    }

    pub(crate) fn control(&self) -> &Arc<crate::control::Control> {
        &self.parts.control
    }

    pub(crate) fn signer(&self) -> &crypto::SigningKey {
        &self.parts.signer
    }

    pub(crate) fn pseudonyms(&self) -> Slot {
        self.parts.pseudonyms
    }

    pub(crate) fn proof_slot(&self) -> Slot {
        self.parts.proof
    }

    /// Held while the log is published.
    pub(crate) fn publishing(&self) -> MutexGuard<'_, ()> {
        locked(&self.publishing)
    }

    /// Says that a rule or bar changed: a read that began before is checked again.
    pub(crate) fn changed(&self) {
        self.changes.fetch_add(1, Ordering::SeqCst);
    }

    /// The version that a read remembers before its snapshot.
    pub(crate) fn version(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    pub(crate) fn known_terms(&self, terms: &Terms) -> Option<u64> {
        self.terms.read().unwrap_or_else(PoisonError::into_inner).get(terms).copied()
    }

    pub(crate) fn know_terms(&self, terms: &Terms, number: u64) {
        let mut known = self.terms.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(terms.clone(), number);
    }

    pub(crate) fn known_class(&self, terms: u64) -> Option<Arc<Class>> {
        self.classes.read().unwrap_or_else(PoisonError::into_inner).get(&terms).map(Arc::clone)
    }

    pub(crate) fn know_class(&self, terms: u64, class: Class) {
        self.touched.store(true, Ordering::SeqCst);
        let mut known = self.classes.write().unwrap_or_else(PoisonError::into_inner);
        known.insert(terms, Arc::new(class));
    }

    /// Every class in use, with its terms' number, in order.
    pub(crate) fn classes(&self) -> Vec<(u64, Arc<Class>)> {
        let known = self.classes.read().unwrap_or_else(PoisonError::into_inner);
        let mut classes: Vec<_> =
            known.iter().map(|(id, class)| (*id, Arc::clone(class))).collect();
        classes.sort_by_key(|(id, _)| *id);
        classes
    }

    /// Takes every class in place of those known, and forgets which terms may be used again.
    pub(crate) fn know_classes(&self, classes: HashMap<u64, Arc<Class>>) {
        self.touched.store(true, Ordering::SeqCst);
        *self.classes.write().unwrap_or_else(PoisonError::into_inner) = classes;
        self.terms.write().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What was anchored before this time is due at `now`; found once a day and period.
    pub fn cutoff(&self, period: Period, now: i64) -> i64 {
        let exact =
            period.count == 0 || matches!(period.unit, policy::Unit::Minute | policy::Unit::Hour);
        let in_force = self.policy();
        let zone = &in_force.policy.company.zone;
        let key = (in_force.number, period.count, period.unit);
        if !exact
            && let Some(known) = locked(&self.cutoffs).get(&key)
            && let Some((.., cutoff)) =
                known.iter().find(|(from, until, _)| (*from..*until).contains(&now))
        {
            return *cutoff;
        }
        let moment = crate::time::timestamp(now);
        let cutoff = period.cutoff(moment, zone).as_microsecond();
        if !exact {
            let midnight = crate::time::day_start(now, zone);
            let next = crate::time::day_start(midnight + DAY + DAY / 4, zone);
            let mut all = locked(&self.cutoffs);
            let known = all.entry(key).or_default();
            // Two days: whoever plans for another day does not drive out today.
            known.truncate(1);
            known.insert(0, (midnight, next, cutoff));
        }
        cutoff
    }

    /// Reads from a snapshot.
    pub fn read<T>(
        &self,
        read: impl FnOnce(&mut dyn Link) -> Result<T, Refusal>,
    ) -> Result<T, Refusal> {
        let pooled = locked(&self.readers).pop();
        let mut link = match pooled {
            Some(link) => link,
            None => Sqlite::open(self.disk(), &self.parts.places.database, Use::Read)?,
        };
        link.begin_read()?;
        let answer = read(&mut link);
        link.end_read()?;
        locked(&self.readers).push(link);
        answer
    }

    /// Acts alone, in a turn of its own; durable when it returns.
    pub fn act<T: Send + 'static>(
        &self,
        ctx: &Ctx,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let work = deed(act, move |answer| {
            // The receiver waits below; it cannot be gone.
            let _ = sender.send(answer);
        });
        self.turn(ctx.now, vec![work]);
        receiver.recv().unwrap_or(Err(Refusal::Store(StoreError::Reopen)))
    }

    /// Puts an act in the queue of the next turn; `done` is called after the commit.
    pub fn submit<T: Send + 'static>(
        &self,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
        done: impl FnOnce(Result<T, Refusal>) + Send + 'static,
    ) {
        locked(&self.queue).push(deed(act, done));
    }

    /// Performs everything in the queue with one commit; answers how many acts there were.
    pub fn turn_queue(&self, now: i64) -> usize {
        let works = std::mem::take(&mut *locked(&self.queue));
        let count = works.len();
        if count > 0 {
            self.turn(now, works);
        }
        count
    }

    fn turn(&self, now: i64, works: Vec<Box<dyn Work>>) {
        self.turn_of(&mut locked(&self.writer), now, works);
    }

    /// Acts in a turn of a writer that the caller holds.
    pub(crate) fn act_held<T: Send + 'static>(
        &self,
        writer: &mut Writer,
        now: i64,
        act: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    ) -> Result<T, Refusal> {
        let (sender, receiver) = std::sync::mpsc::sync_channel(1);
        let work = deed(act, move |answer| {
            // The receiver waits below; it cannot be gone.
            let _ = sender.send(answer);
        });
        self.turn_of(writer, now, vec![work]);
        receiver.recv().unwrap_or(Err(Refusal::Store(StoreError::Reopen)))
    }

    fn turn_of(&self, writer: &mut Writer, now: i64, works: Vec<Box<dyn Work>>) {
        let before = self.version();
        writer.turn(now, works);
        if self.version() != before {
            // A snapshot taken between the change and its commit must not look current.
            self.changed();
        }
        if self.republished.load(Ordering::SeqCst) == u64::MAX {
            self.republished.store(self.version(), Ordering::SeqCst);
        }
        // Keys made now are there before the next turn asks; a failure shows when they run out.
        let stocked = writer.stock(now);
        let recalled =
            if self.touched.load(Ordering::SeqCst) { self.recall(writer.link()) } else { Ok(()) };
        self.touched.store(false, Ordering::SeqCst);
        if writer.is_broken() || stocked.is_err() || recalled.is_err() {
            self.broken.store(true, Ordering::SeqCst);
            self.lost_sync.store(writer.lost_sync(), Ordering::SeqCst);
        }
    }

    /// The writer between turns, for what needs the connection itself.
    pub(crate) fn writer(&self) -> MutexGuard<'_, Writer> {
        locked(&self.writer)
    }

    /// Whether a failed turn demands that the workspace is opened anew.
    pub fn is_broken(&self) -> bool {
        self.broken.load(Ordering::SeqCst)
    }

    /// Gives up what memory knows: the next who asks for the workspace reads what is on disk.
    pub(crate) fn abandon(&self) {
        self.broken.store(true, Ordering::SeqCst);
    }

    /// Whether a sync failed: this process may not write here any more.
    pub(crate) fn lost_sync(&self) -> bool {
        self.lost_sync.load(Ordering::SeqCst)
    }

    /// Says that rows were erased, whose sealed bytes still stand in the database's journal file.
    pub(crate) fn rows_went(&self) {
        self.rows_went.store(true, Ordering::SeqCst);
    }

    /// Empties the journal file if rows were erased since the last time.
    pub(crate) fn empty_journal(&self) -> Result<(), StoreError> {
        if self.rows_went.swap(false, Ordering::SeqCst) {
            locked(&self.writer).link().checkpoint()?;
        }
        Ok(())
    }

    /// The path of a file in the blob folder.
    pub(crate) fn blob_file(&self, name: &str) -> PathBuf {
        Path::join(&self.parts.places.blobs, name)
    }
}

/// An act with the place where its answer goes.
struct Deed<T, A, D> {
    act: A,
    answer: Option<Result<T, Refusal>>,
    done: D,
}

fn deed<T: Send + 'static>(
    act: impl FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send + 'static,
    done: impl FnOnce(Result<T, Refusal>) + Send + 'static,
) -> Box<dyn Work> {
    Box::new(Deed { act, answer: None, done })
}

impl<T, A, D> Work for Deed<T, A, D>
where
    T: Send,
    A: FnMut(&mut Tx<'_>) -> Result<T, Refusal> + Send,
    D: FnOnce(Result<T, Refusal>) + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> bool {
        let answer = (self.act)(tx);
        let keep = answer.is_ok();
        self.answer = Some(answer);
        keep
    }

    fn done(self: Box<Self>, committed: Result<(), StoreError>) {
        let answer = match (committed, self.answer) {
            (Err(error), _) => Err(Refusal::Store(error)),
            (Ok(()), Some(answer)) => answer,
            (Ok(()), None) => Err(Refusal::Store(StoreError::Reopen)),
        };
        (self.done)(answer);
    }
}
