//! A world for tests: a simulated disk, a clock that is told the time, one workspace under a real policy.

use std::{path::PathBuf, sync::Arc};

use faults::SimDisk;
use serde_json::{Map, Value, json};
use store::{Tx, disk::Disk};

use crate::{
    Actor, Ctx, Deployment, Refusal, Role, Setup, Workspace,
    clock::TestClock,
    consent, event,
    ids::Rid,
    record::{self, New, View},
    subject,
};

/// A policy whose workspaces choose.
pub(crate) const STUDIO: &str = include_str!("../../server/tests/policies/studio.toml");
pub(crate) const POLICY: &str = include_str!("../../../policies/ashari.toml");

/// The smallest thing with a JPEG's segments: start, one table, one scan, end.
pub(crate) const JPEG: &[u8] = b"\xff\xd8\xff\xe0\x00\x04JF\xff\xda\x00\x04ab picture \xff\xd9";

pub(crate) struct World {
    pub(crate) disk: SimDisk,
    pub(crate) clock: TestClock,
    pub(crate) deployment: Option<Deployment>,
    pub(crate) number: u64,
    pub(crate) seed: u64,
}

pub(crate) fn micros(text: &str) -> i64 {
    crate::time::parse(text).unwrap()
}

pub(crate) fn setup(disk: &SimDisk, clock: &TestClock, seed: u64) -> Setup {
    Setup {
        folder: PathBuf::from("/data"),
        disk: Arc::new(disk.clone()),
        clock: Box::new(clock.clone()),
        test_clock: true,
        seed: Some(seed),
        escrows: vec![PathBuf::from("/escrow")],
        accept_total_loss: false,
        epoch: crate::deployment::DAY,
        keep_epochs: 7,
    }
}

pub(crate) fn object(value: Value) -> Map<String, Value> {
    let Value::Object(object) = value else { panic!("no object") };
    object
}

impl World {
    pub(crate) fn new(start: &str) -> World {
        World::seeded(start, 1)
    }

    pub(crate) fn seeded(start: &str, seed: u64) -> World {
        World::under(start, seed, POLICY)
    }

    /// A world under another policy with the same features.
    pub(crate) fn under(start: &str, seed: u64, policy: &str) -> World {
        let world = World::bare(start, seed, policy);
        for feature in ["attendance", "learning", "forms", "chat", "automation"] {
            world.switch(feature, true).unwrap();
        }
        world
    }

    /// A world under a policy of its own, with nothing switched or chosen.
    pub(crate) fn bare(start: &str, seed: u64, policy: &str) -> World {
        let disk = SimDisk::new(seed);
        disk.powersafe(true);
        disk.create_folder(&PathBuf::from("/data")).unwrap();
        disk.create_folder(&PathBuf::from("/escrow")).unwrap();
        let clock = TestClock::at(micros(start));
        let deployment = Deployment::open(setup(&disk, &clock, seed)).unwrap();
        let number = deployment.create_workspace("main", policy).unwrap();
        World { disk, clock, deployment: Some(deployment), number, seed }
    }

    /// What the company's backend does when a customer buys.
    pub(crate) fn plan(&self, plan: &'static str) -> Result<(), Refusal> {
        let ctx = self.system();
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| crate::plan::change(&act, tx, plan))
    }

    pub(crate) fn meet(&self, feature: &'static str, need: &'static str) -> Result<(), Refusal> {
        let ctx = self.ctx(Role::Officer, None);
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| crate::need::meet(&act, tx, feature, need, "file 7 of 2026"))
    }

    pub(crate) fn accept(&self, paper: &'static str) -> Result<(), Refusal> {
        self.by_admin(move |ctx, tx| crate::paper::accept(ctx, tx, paper))
    }

    /// What an admin does by one act.
    pub(crate) fn by_admin(
        &self,
        act: impl Fn(&Ctx, &mut Tx<'_>) -> Result<(), Refusal> + Send + 'static,
    ) -> Result<(), Refusal> {
        let ctx = self.admin();
        let of = ctx.clone();
        ctx.ws.act(&ctx, move |tx| act(&of, tx))
    }

    pub(crate) fn switch(&self, feature: &'static str, on: bool) -> Result<(), Refusal> {
        self.by_admin(move |ctx, tx| crate::feature::switch(ctx, tx, feature, on))
    }

    pub(crate) fn choose(&self, setting: &'static str, value: Value) -> Result<(), Refusal> {
        self.by_admin(move |ctx, tx| crate::setting::choose(ctx, tx, setting, &value))
    }

    pub(crate) fn deployment(&self) -> &Deployment {
        self.deployment.as_ref().unwrap()
    }

    pub(crate) fn ws(&self) -> Arc<Workspace> {
        self.deployment().workspace(self.number).unwrap()
    }

    pub(crate) fn ctx(&self, role: Role, subject: Option<u64>) -> Ctx {
        self.deployment().ctx(self.ws(), Actor { role, token: 7, subject })
    }

    pub(crate) fn system(&self) -> Ctx {
        self.ctx(Role::System, None)
    }

    pub(crate) fn admin(&self) -> Ctx {
        self.ctx(Role::Admin, None)
    }

    pub(crate) fn staff(&self, role: &str) -> Ctx {
        self.ctx(Role::Staff(role.to_owned()), None)
    }

    /// Time passes, and the housekeeping runs at the end of it.
    pub(crate) fn until(&self, time: &str) {
        let now = self.deployment().reading().now;
        self.clock.run(micros(time) - now);
        self.deployment().tick().unwrap();
    }

    pub(crate) fn restart(&mut self) {
        self.deployment = None;
        self.deployment =
            Some(Deployment::open(setup(&self.disk, &self.clock, self.seed)).unwrap());
    }

    pub(crate) fn subject(&self, people: &[&str]) -> u64 {
        let people: Vec<String> = people.iter().map(|&kind| kind.to_owned()).collect();
        let ctx = self.system();
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| subject::create(&act, tx, &people, Some("ID"), None)).unwrap()
    }

    pub(crate) fn write(
        &self,
        subject: u64,
        category: &str,
        whole: Option<Rid>,
        fields: Value,
    ) -> Result<Rid, Refusal> {
        let ctx = self.system();
        let (act, category, fields) = (ctx.clone(), category.to_owned(), object(fields));
        ctx.ws.act(&ctx, move |tx| {
            let new = New { subject, category: &category, whole, fields: &fields, at: None };
            record::write(&act, tx, &new).map(|written| written.rid)
        })
    }

    pub(crate) fn account(&self, subject: u64, email: &str) -> Rid {
        let fields = json!({ "first_name": "Sari", "last_name": "Dewi", "email": email });
        self.write(subject, "account", None, fields).unwrap()
    }

    pub(crate) fn engagement(&self, subject: u64) -> Rid {
        let started = json!({ "engagement_kind": "internship", "started_on": "2026-01-05" });
        self.write(subject, "engagement", None, started).unwrap()
    }

    pub(crate) fn attendance(&self, subject: u64, whole: Rid) -> Rid {
        let now = crate::time::rfc3339(self.deployment().reading().now);
        self.write(subject, "attendance", Some(whole), json!({ "clock_in": now, "method": "qr" }))
            .unwrap()
    }

    /// A selfie of an attendance: the blob's number and the record.
    pub(crate) fn selfie(&self, subject: u64, attendance: Rid) -> (u64, Rid) {
        let ctx = self.system();
        let act = ctx.clone();
        let blob = ctx.ws.act(&ctx, move |tx| {
            let upload = crate::blob::Upload {
                subject,
                category: "selfie",
                field: "selfie",
                media: "image/jpeg",
                bytes: JPEG,
            };
            crate::blob::store(&act, tx, &upload)
        });
        let blob = blob.unwrap();
        let shown = ctx.ws.ids().show(crate::ids::Kind::Blob, blob);
        let record = self.write(subject, "selfie", Some(attendance), json!({ "selfie": shown }));
        (blob, record.unwrap())
    }

    pub(crate) fn consent(&self, subject: u64, purpose: &'static str) {
        let ctx = self.system();
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| consent::give(&act, tx, subject, purpose, "id")).unwrap();
    }

    pub(crate) fn event(&self, rid: Rid, name: &'static str) {
        let ctx = self.system();
        let act = ctx.clone();
        ctx.ws.act(&ctx, move |tx| event::raise(&act, tx, rid, name, None)).unwrap();
    }

    #[expect(clippy::unused_self, reason = "reads like the world's other acts")]
    pub(crate) fn read(&self, ctx: &Ctx, rid: Rid, purpose: &str) -> Result<View, Refusal> {
        record::read(ctx, rid, purpose)?.released(ctx)
    }
}

/// The policy of a source, read once a process: tests open folders by the thousand.
pub(crate) fn checked_once(
    source: &str,
    check: impl FnOnce() -> Result<policy::Policy, Refusal>,
) -> Result<policy::Policy, Refusal> {
    static KNOWN: std::sync::Mutex<Vec<(String, policy::Policy)>> =
        std::sync::Mutex::new(Vec::new());
    let mut known = KNOWN.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
    if let Some((_, policy)) = known.iter().find(|(of, _)| of == source) {
        return Ok(policy.clone());
    }
    let policy = check()?;
    known.push((source.to_owned(), policy.clone()));
    Ok(policy)
}
