//! Opening a folder and its workspaces. What a crash left and what a backup lacks is replayed from the
//! guard's journal by the same code, before anything is served.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::{Arc, Mutex},
};

use crypto::{Random, Seeded, SigningKey, SystemRandom};
use store::{
    Guard, Sqlite, StoreError, Tx, Work, Writer,
    disk::Disk,
    escrow::Escrow,
    guard,
    journal::Body,
    migrate::{Migration, migrate},
    provider::FileProvider,
    sqlite::Use,
};

use super::{Deployment, Setup};
use crate::{
    blob, choice,
    clock::Time,
    closing,
    control::{Control, Listed, Settings},
    ctx::{Actor, Ctx},
    entry::{self, Act, Entry, Stream},
    erasure,
    fact::{self, Fact},
    ids::Ids,
    keyring, log,
    publication::{self, announcement},
    refusal::Refusal,
    request, terms,
    workspace::{InForce, Parts, Places, Workspace},
};

const MIGRATIONS: &[Migration] = &[Migration {
    number: 1,
    name: "subjects, records, ledger",
    script: include_str!("../migrations/workspace-1.sql"),
}];

/// The tables whose change obliges an act to leave a ledger entry.
const PERSONAL: &[&str] = &[
    "subject",
    "record",
    "part",
    "event",
    "lookup",
    "mention",
    "blob",
    "consent",
    "bar",
    "hold",
    "request",
    "feature",
    "setting",
    "plan",
    "need",
    "paper",
    "notice",
    "statutory",
    "access",
    "closing",
    "minor",
    "approval",
];

const MARK: &str = "test-clock";

pub(super) fn chance(seed: Option<u64>, purpose: u64) -> Box<dyn Random> {
    match seed {
        Some(seed) => Box::new(Seeded::new(seed.wrapping_mul(0x9e37_79b9).wrapping_add(purpose))),
        None => Box::new(SystemRandom),
    }
}

fn exists(disk: &dyn Disk, path: &Path) -> Result<bool, StoreError> {
    Ok(disk.len(path).map_err(StoreError::file(path))?.is_some())
}

/// A seed that is made once and kept in `secrets/` and in each escrow.
fn kept_key(
    disk: &dyn Disk,
    folders: &[PathBuf],
    name: &str,
    rng: &mut dyn Random,
) -> Result<SigningKey, StoreError> {
    let mut found: Option<[u8; 32]> = None;
    for folder in folders {
        disk.create_folder(folder).map_err(StoreError::file(folder))?;
        let path = folder.join(name);
        if found.is_none() && exists(disk, &path)? {
            let bytes = disk.read(&path).map_err(StoreError::file(&path))?;
            let seed =
                bytes.try_into().map_err(|_| StoreError::Damaged { what: "a signing key" })?;
            found = Some(seed);
        }
    }
    let seed = found.unwrap_or_else(|| crypto::random(rng));
    for folder in folders {
        let path = folder.join(name);
        if !exists(disk, &path)? {
            disk.replace(&path, &seed).map_err(StoreError::file(&path))?;
        }
    }
    Ok(SigningKey::from_seed(&seed))
}

impl Deployment {
    /// Opens a folder, made when it is empty. Refuses a folder that a test clock has touched when the
    /// clock is real, and a server whose loss would be the loss of everything.
    pub fn open(setup: Setup) -> Result<Deployment, Refusal> {
        let disk = Arc::clone(&setup.disk);
        let folder = setup.folder.clone();
        disk.create_folder(&folder).map_err(StoreError::file(&folder))?;
        let lock_file = folder.join("lock");
        let lock = disk
            .lock(&lock_file)
            .map_err(|_| Refusal::Refused("another process serves this folder".to_owned()))?;
        if exists(&*disk, &folder.join(super::restored::UNFINISHED))? {
            return Err(Refusal::Refused(
                "a restore into this folder was not finished; empty it and restore again"
                    .to_owned(),
            ));
        }
        mark_test_clock(&setup)?;
        far_enough(&setup)?;
        let mut rng = chance(setup.seed, 1);
        let mut folders = vec![folder.join("secrets")];
        folders.extend(setup.escrows.iter().map(|escrow| escrow.join("secrets")));
        let signer = kept_key(&*disk, &folders, "deployment.key", &mut *rng)?;
        let provider = FileProvider::new(Arc::clone(&disk), folders)?;
        let restored = exists(&*disk, &folder.join(super::restored::MARK))?;
        let parts = guard::Parts {
            disk: Arc::clone(&disk),
            path: folder.join("guard.db"),
            provider: Box::new(provider),
            signer: SigningKey::from_seed(signer.seed()),
            escrows: setup.escrows.iter().map(|e| Escrow::new(Arc::clone(&disk), e)).collect(),
            restored,
        };
        let guard = Arc::new(Guard::open(parts, chance(setup.seed, 2))?);
        let time = Time::open(setup.clock, &*disk, folder.join("clock"))?;
        guard.epoch(time.read().now)?;
        let control =
            open_control(&disk, &folder, &setup.escrows, signer, setup.epoch, setup.keep_epochs)?;
        time.save(&*disk, true)?;
        let deployment = Deployment {
            folder,
            disk,
            test_clock: setup.test_clock,
            seed: setup.seed,
            drawn: std::sync::atomic::AtomicU64::new(0),
            guard,
            control: Arc::new(control),
            time,
            escrows: setup.escrows,
            open: Mutex::default(),
            swept: Mutex::new(BTreeMap::new()),
            begun: Mutex::default(),
            ticking: Mutex::new(()),
            tries: Mutex::default(),
            making: Mutex::new(()),
            _lock: lock,
        };
        deployment.take_over(restored)?;
        // What is served from here on is served under the version whose time has come.
        deployment.come_into_force()?;
        Ok(deployment)
    }

    pub(super) fn places(&self, number: u64) -> Places {
        let hex = format!("{number:016x}");
        let shard = hex.get(..2).unwrap_or("00").to_owned();
        Places {
            database: self.folder.join("ws").join(shard).join(format!("{hex}.db")),
            blobs: self.folder.join("blob").join(hex),
            log: self.folder.join("log"),
        }
    }

    /// Makes a workspace's root key, database, own keys and log; each step can be done again.
    pub(super) fn make_workspace(
        &self,
        number: u64,
        policy: Arc<InForce>,
        now: i64,
    ) -> Result<(), Refusal> {
        self.guard.create_workspace(number)?;
        let ws = self.build(number, policy, now, false)?;
        let ctx = Ctx { now, settled: now, actor: Actor::janji(), ws };
        let act = ctx.clone();
        let origin = self.origin(number, 1);
        ctx.ws.act(&ctx, move |tx| {
            if log::newest(tx.link())?.is_none() {
                log::begin(&act, tx, &origin)?;
                publication::begin(&act, tx)?;
            }
            Ok(())
        })
    }

    /// A log's name: the deployment's, a random word for the workspace, the generation. No customer's
    /// name, and nothing that changes with a domain.
    pub(super) fn origin(&self, number: u64, generation: u64) -> String {
        let word = crypto::sha256(&[b"janji log v1\0", &number.to_be_bytes()]);
        let word = crate::certificate::hex(word.get(..8).unwrap_or_default());
        let own = self.control.origin();
        let mut origin = format!("{own}/{word}.{generation}");
        if generation > 1 {
            // Two restores of one backup must not grow two logs of one name.
            let apart: [u8; 4] = crypto::random(&mut *self.chance(number ^ generation));
            origin = format!("{origin}.{}", crate::certificate::hex(&apart));
        }
        origin
    }

    fn build(
        &self,
        number: u64,
        policy: Arc<InForce>,
        now: i64,
        restored: bool,
    ) -> Result<Arc<Workspace>, Refusal> {
        let places = self.places(number);
        for folder in places.database.parent().into_iter().chain([places.blobs.as_path()]) {
            self.disk.create_folder(folder).map_err(StoreError::file(folder))?;
        }
        let mut link = if self.is_first(number) {
            Sqlite::open_first(&*self.disk, &places.database)?
        } else {
            Sqlite::open(&*self.disk, &places.database, Use::Write)?
        };
        migrate(&mut link, MIGRATIONS)?;
        let guard = Arc::clone(&self.guard);
        let mut writer =
            Writer::new(link, Arc::clone(&guard), number, PERSONAL, self.chance(number))?;
        writer.start_above(self.guard.marks(number)?, restored);
        writer.stock(now)?;
        let [ids, proof, pseudonyms] = own_keys(&mut writer, now)?;
        let choices = choice::load(writer.link())?;
        let classes = terms::load(writer.link())?;
        let name = format!("log-{number:016x}.key");
        let mut folders = vec![self.folder.join("secrets")];
        folders.extend(self.escrows.iter().map(|escrow| escrow.join("secrets")));
        let signer = kept_key(&*self.disk, &folders, &name, &mut *self.chance(number ^ 1))?;
        let ids = Ids::new(&guard.raw_key(number, ids)?);
        let closed = closing::since(writer.link())?;
        let announced = announcement::known(writer.link())?;
        Ok(Arc::new(Workspace::new(Parts {
            closed,
            announced,
            number,
            places,
            guard,
            disk: Arc::clone(&self.disk),
            writer,
            policy,
            ids,
            proof,
            pseudonyms,
            choices,
            classes,
            control: Arc::clone(&self.control),
            signer,
        })))
    }

    /// Opens a workspace and does what a crash left undone.
    pub(super) fn open_workspace(&self, listed: &Listed) -> Result<Arc<Workspace>, Refusal> {
        self.open_recovered(listed, false)
    }

    pub(super) fn open_recovered(
        &self,
        listed: &Listed,
        restored: bool,
    ) -> Result<Arc<Workspace>, Refusal> {
        let reading = self.reading();
        let policy = self.policy(listed.publisher)?;
        let ws = self.build(listed.number, policy, reading.now, restored)?;
        let ctx = Ctx {
            now: reading.now,
            settled: reading.settled,
            actor: Actor::janji(),
            ws: Arc::clone(&ws),
        };
        publication::as_recorded(&ctx, listed.publisher)?;
        replay(&ctx)?;
        publication::catch_up(&ctx, listed.publisher)?;
        announcement::follow(&ctx, listed.publisher)?;
        if restored {
            self.after_restore(&ctx)?;
        }
        erasure::resume(&ctx)?;
        request::resume_all(&ctx)?;
        ws.read(|link| blob::collect_orphans(&ctx, link))?;
        log::publish(&ctx)?;
        Ok(ws)
    }
}

/// Applies every fact of the guard's journal that this database has not taken over, in the order in which
/// the workspace's acts made them.
fn replay(ctx: &Ctx) -> Result<(), Refusal> {
    let counters = ctx.ws.writer().counters();
    let records = ctx.ws.guard().journal(ctx.ws.number(), counters.applied_guard)?;
    let Some(last) = records.last().map(|record| record.number) else { return Ok(()) };
    let mut facts = Vec::new();
    for record in records {
        match record.body {
            Body::Marks(_) => {}
            Body::Destroy { fact, .. } | Body::Fact(fact) => {
                if fact.order >= counters.fact {
                    facts.push((fact.order, Fact::decode(&fact.fact)?));
                }
            }
        }
    }
    // Two erasures of one order are one erasure whose record was written twice.
    facts.sort_by_key(|(order, _)| *order);
    let act = ctx.clone();
    ctx.ws.act(ctx, move |tx| {
        for (order, fact) in &facts {
            fact::apply(&act, tx, fact)?;
            tx.applied_fact(*order);
        }
        super::finished::finish(&act, tx, &facts)?;
        tx.applied(last);
        if facts.is_empty() {
            return Ok(());
        }
        let count = facts.len().to_string();
        note(&act, tx, Act::Recover, &count, "replayed")
    })
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>, act: Act, purpose: &str, rule: &str) -> Result<(), Refusal> {
    let entry = Entry { act, stream: Stream::Proof, subject: None, purpose, rule, records: &[] };
    entry::record(ctx, tx, &entry)?;
    Ok(())
}

fn mark_test_clock(setup: &Setup) -> Result<(), Refusal> {
    let mark = setup.folder.join(MARK);
    match (exists(&*setup.disk, &mark)?, setup.test_clock) {
        (true, false) => Err(Refusal::Refused(
            "this folder was served with a test clock and can never be served without one"
                .to_owned(),
        )),
        (false, true) => {
            let text = b"served with a test clock; its times and certificates prove nothing\n";
            Ok(setup.disk.replace(&mark, text).map_err(StoreError::file(&mark))?)
        }
        _ => Ok(()),
    }
}

/// An escrow on the data's own device dies with it, so it counts as none.
fn far_enough(setup: &Setup) -> Result<(), Refusal> {
    let mut far = false;
    let own = setup.disk.device(&setup.folder);
    for escrow in &setup.escrows {
        setup.disk.create_folder(escrow).map_err(StoreError::file(escrow))?;
        let device = setup.disk.device(escrow);
        far |= device.is_none() || device != own;
    }
    if far || setup.accept_total_loss {
        return Ok(());
    }
    Err(Refusal::Refused(
        "no escrow on another device: losing this host would lose every key; name one, or accept it \
         with accept_total_loss = true"
            .to_owned(),
    ))
}

fn open_control(
    disk: &Arc<dyn Disk>,
    folder: &Path,
    escrows: &[PathBuf],
    signer: SigningKey,
    epoch: i64,
    keep_epochs: u64,
) -> Result<Control, Refusal> {
    let words = (1..=escrows.len()).map(|number| format!("escrow {number}")).collect();
    let settings = Settings { epoch, keep_epochs, escrows: words };
    let path = folder.join("control.db");
    let log = folder.join("log").join("deployment");
    Control::open(Arc::clone(disk), &path, log, signer, settings)
}

/// The slots of the workspace's own first keys, taken when it is made.
fn own_keys(writer: &mut Writer, now: i64) -> Result<[u32; 3], Refusal> {
    struct Own(std::sync::mpsc::Sender<Result<[u32; 3], StoreError>>);
    impl Work for Own {
        fn run(&mut self, tx: &mut Tx<'_>) -> bool {
            let mut slot = |name| keyring::slot(tx, name);
            let slots = slot(keyring::IDS)
                .and_then(|ids| Ok([ids, slot(keyring::PROOF)?, slot(keyring::PSEUDONYMS)?]));
            let keep = slots.is_ok();
            // The receiver waits below; it cannot be gone.
            let _ = self.0.send(slots);
            keep
        }
        fn done(self: Box<Self>, committed: Result<(), StoreError>) {
            if let Err(error) = committed {
                let _ = self.0.send(Err(error));
            }
        }
    }
    let (sender, receiver) = std::sync::mpsc::channel();
    writer.turn(now, vec![Box::new(Own(sender))]);
    let answers: Vec<_> = receiver.try_iter().collect();
    let mut slots = None;
    for answer in answers {
        slots = Some(answer?);
    }
    slots.ok_or(Refusal::Store(StoreError::Reopen))
}
