//! A further version of a policy over data that live: refused when it would leave something without a rule,
//! announced when people must be told first, else in force everywhere at once. What is kept for ever is the
//! text; what each record means under it is derived, so that the commit is as large as the policy and not as
//! the data.

pub(crate) mod announcement;
pub(crate) mod evolve;
pub(crate) mod needed;
mod obstacle;
mod plan;
mod rename;
mod sql;

use std::sync::Arc;

use policy::{Period, Policy};
use store::{StoreError, Tx, value::one};

pub use announcement::Pending;
pub use obstacle::Obstacle;
pub use plan::{Effect, Plan, What};

use crate::{
    certificate,
    control::Published,
    ctx::{Actor, Ctx},
    deployment::{Deployment, checked},
    entry::{self, Act, Entry, Stream},
    fact::{self, Fact},
    lookup,
    refusal::Refusal,
    terms, time,
    versions::Source,
    workspace::{InForce, Workspace},
};
use needed::Needed;

/// What became of a policy that was to be published.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is in force.
    InForce {
        /// Its number.
        number: u64,
        /// The company's own name of the version.
        version: String,
    },
    /// People are told first: it comes into force by itself when its time has come.
    Announced {
        /// The number that it will have.
        number: u64,
        /// The company's own name of the version.
        version: String,
        /// The first moment at which it may come into force.
        effective: i64,
        /// How long people are told before, when it needs that, and the row or article that wants it.
        notice: Option<(Period, String)>,
    },
    /// It would leave live data without a rule: nothing was changed.
    Refused(Vec<Obstacle>),
}

/// A version that is not in force yet.
struct Next {
    publisher: u64,
    /// As it would be published at the first moment at which it may come into force.
    published: Published,
    in_force: Arc<InForce>,
    needed: Needed,
    /// When this was reckoned.
    now: i64,
}

impl Next {
    /// Whether somebody is told first, or a later day is waited for.
    fn waits(&self) -> bool {
        self.published.at > self.now || self.needed.notice.is_some()
    }
}

/// The workspaces of a company, open, with their names.
type Open = Vec<(String, Arc<Workspace>)>;

impl Deployment {
    /// Puts a further version of a company's policy in force over all its workspaces: at once, or, when it
    /// needs notice or says a later day, when its time has come.
    pub fn publish(&self, source: &str) -> Result<Outcome, Refusal> {
        let _one = self.publishing();
        let next = self.next(source)?;
        if !next.waits() {
            return self.put_in_force(next.publisher, &next.published, &next.in_force);
        }
        let obstacles = self.obstacles(&self.of_company(next.publisher)?, &next.in_force)?;
        if !obstacles.is_empty() {
            return Ok(Outcome::Refused(obstacles));
        }
        self.announce(&next)?;
        Ok(Outcome::Announced {
            number: next.published.number,
            version: next.in_force.policy.version.clone(),
            effective: next.published.at,
            notice: next.needed.notice,
        })
    }

    fn of_company(&self, publisher: u64) -> Result<Open, Refusal> {
        let listed = self.workspaces()?.into_iter().filter(|one| one.publisher == publisher);
        listed.map(|one| Ok((one.name, self.workspace(one.number)?))).collect()
    }

    fn obstacles(&self, open: &Open, next: &InForce) -> Result<Vec<Obstacle>, Refusal> {
        let mut obstacles = Vec::new();
        for (name, ws) in open {
            let ctx = self.ctx(Arc::clone(ws), Actor::janji());
            obstacles.extend(obstacle::all(&ctx, name, next)?);
        }
        Ok(obstacles)
    }

    /// The one way into force: of a version that needs no notice, and of one whose notice has run out.
    fn put_in_force(
        &self,
        publisher: u64,
        published: &Published,
        next: &InForce,
    ) -> Result<Outcome, Refusal> {
        let open = self.of_company(publisher)?;
        // Nobody writes between the last look for obstacles and the commit; two are locked in one order.
        let mut writers: Vec<_> = open.iter().map(|(_, ws)| ws.writer()).collect();
        let obstacles = self.obstacles(&open, next)?;
        if !obstacles.is_empty() {
            return Ok(Outcome::Refused(obstacles));
        }
        let version = next.policy.version.clone();
        self.control().publish_next(publisher, &version, published)?;
        for ((_, ws), writer) in open.iter().zip(&mut writers) {
            let ctx = self.ctx(Arc::clone(ws), Actor::janji());
            let known = in_order(&ctx, publisher, published.number)?;
            let act = ctx.clone();
            let done = ws.act_held(writer, ctx.now, move |tx| fact::take_away(&act, tx, &known));
            if done.is_err() {
                // What is on disk catches up when it is opened anew.
                ws.abandon();
            }
            done?;
        }
        Ok(Outcome::InForce { number: published.number, version })
    }

    /// Checks a version against those before it; what it does to data is another question.
    fn next(&self, source: &str) -> Result<Next, Refusal> {
        let policy = checked(source)?;
        let refused = |text: &str| Err(Refusal::Refused(text.to_owned()));
        let publishers = self.control().publishers()?;
        let Some((publisher, _)) =
            publishers.into_iter().find(|(_, name)| *name == policy.company.name)
        else {
            return refused("no workspace has a policy of this company (company.name)");
        };
        if let Some(announced) = self.control().announced(publisher)? {
            return refused(&format!(
                "version `{}` is announced for {}; take it back first: janji publish --cancel",
                announced.version,
                time::rfc3339(announced.effective)
            ));
        }
        let before = self.control().version(publisher, None)?;
        let hash = crypto::sha256(&[source.as_bytes()]);
        if hash == before.hash {
            return refused("this policy is in force already");
        }
        if before.versions.list().any(|(_, name)| name == policy.version) {
            return refused("policy.version: certificates name versions, and this one is taken");
        }
        let now = self.reading().now;
        let needed = needed::of(&before.policy, &policy);
        let zone = &before.policy.company.zone;
        let told = needed.notice.as_ref().map_or(now, |(lead, _)| time::later(*lead, now, zone));
        let at = told.max(time::start_of(policy.effective, &policy.company.zone)).max(now);
        let number = before.number + 1;
        let told = (at > now || needed.notice.is_some()).then_some(now);
        let published = Published { number, source: source.to_owned(), hash, at, told };
        let in_force = Arc::new(before.followed_by(&published, policy));
        Ok(Next { publisher, published, in_force, needed, now })
    }
}

impl InForce {
    /// The version that comes after this one.
    pub(crate) fn followed_by(&self, next: &Published, policy: Policy) -> InForce {
        let versions = self.versions.with(Source::of(next, policy.clone()));
        InForce { number: next.number, hash: next.hash, policy, versions }
    }
}

/// The fact of a published version; the first workspace of the company carries its text.
fn in_order(ctx: &Ctx, publisher: u64, number: u64) -> Result<Fact, Refusal> {
    let control = ctx.ws.control();
    let carries = carries(ctx, publisher)?;
    let published = control.policies(publisher)?.into_iter().find(|one| one.number == number);
    let published = published.ok_or(Refusal::NotFound)?;
    let source = carries.then_some(published.source);
    Ok(Fact::Policy { number, at: published.at, told: published.told, source })
}

/// Whether this workspace carries the texts of its company in the journal: the first one does.
fn carries(ctx: &Ctx, publisher: u64) -> Result<bool, Refusal> {
    let all = ctx.ws.control().workspaces()?;
    let first = all.into_iter().find(|one| one.publisher == publisher && one.ready);
    Ok(first.is_none_or(|first| first.number == ctx.ws.number()))
}

/// The company of a workspace.
fn publisher(ctx: &Ctx) -> Result<u64, Refusal> {
    let all = ctx.ws.control().workspaces()?;
    let own = all.into_iter().find(|one| one.number == ctx.ws.number());
    Ok(own.ok_or(Refusal::NotFound)?.publisher)
}

/// Makes a published version true in a workspace: now, or when a replay comes to it.
pub(crate) fn apply(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    number: u64,
    at: i64,
    told: Option<i64>,
    source: Option<&str>,
) -> Result<(), Refusal> {
    let control = Arc::clone(ctx.ws.control());
    let publisher = publisher(ctx)?;
    if let Some(source) = source {
        let hash = crypto::sha256(&[source.as_bytes()]);
        let published = Published { number, source: source.to_owned(), hash, at, told };
        let version = policy::published(source).map(|policy| policy.version).unwrap_or_default();
        control.publish_next(publisher, &version, &published)?;
    }
    let recorded = recorded(tx)?;
    if recorded >= number {
        return Ok(());
    }
    let in_force = control.version(publisher, Some(number))?;
    ctx.ws.put_policy(Arc::clone(&in_force));
    let done = take_over(ctx, tx, recorded, &in_force);
    if done.is_err() {
        ctx.ws.abandon();
    }
    done
}

/// What of a new version is written down at once: old names, classes, look-ups to be built, the entry.
fn take_over(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    recorded: u64,
    in_force: &Arc<InForce>,
) -> Result<(), Refusal> {
    rename::rows(tx, recorded, in_force)?;
    terms::recompute_after(ctx, tx, recorded)?;
    lookup::declare(ctx, tx, recorded)?;
    let entry = note(ctx, tx)?;
    tx.run(sql::SAVE, &[in_force.number.into(), entry.into()])?;
    announcement::is_over(ctx, tx)?;
    Ok(())
}

fn note(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<u64, Refusal> {
    let in_force = ctx.ws.policy();
    let hash = certificate::hex(&in_force.hash);
    let entry = Entry {
        act: Act::Policy,
        stream: Stream::Proof,
        subject: None,
        purpose: &in_force.policy.version,
        rule: hash.get(..32).unwrap_or_default(),
        records: &[],
    };
    entry::record(ctx, tx, &entry)
}

/// Records the first policy of a workspace.
pub(crate) fn begin(ctx: &Ctx, tx: &mut Tx<'_>) -> Result<(), Refusal> {
    let entry = note(ctx, tx)?;
    tx.run(sql::SAVE, &[ctx.ws.policy().number.into(), entry.into()])?;
    Ok(())
}

fn recorded(tx: &mut Tx<'_>) -> Result<u64, StoreError> {
    Ok(one(tx.link(), sql::NUMBER, &[], |row| row.number(0))?.unwrap_or(0))
}

/// Puts the version in force that the workspace's own rows were derived under: facts that are replayed
/// speak of them.
pub(crate) fn as_recorded(ctx: &Ctx, publisher: u64) -> Result<(), Refusal> {
    let number = ctx.ws.read(|link| Ok(one(link, sql::NUMBER, &[], |row| row.number(0))?))?;
    let newest = ctx.ws.policy().number;
    let Some(number) = number.filter(|number| *number < newest) else { return Ok(()) };
    let in_force = ctx.ws.control().version(publisher, Some(number))?;
    ctx.ws.put_policy(in_force);
    ctx.ws.act(ctx, |_| Ok(()))
}

/// Comes to the newest version, through each that a crash or a restore left out.
pub(crate) fn catch_up(ctx: &Ctx, publisher: u64) -> Result<(), Refusal> {
    let newest = ctx.ws.control().version(publisher, None)?.number;
    loop {
        let act = ctx.clone();
        let number = ctx.ws.act(ctx, move |tx| {
            let recorded = recorded(tx)?;
            if recorded == 0 || recorded >= newest {
                return Ok(recorded);
            }
            let fact = in_order(&act, publisher, recorded + 1)?;
            fact::take_away(&act, tx, &fact)?;
            Ok(recorded + 1)
        })?;
        if number == 0 || number >= newest {
            return Ok(());
        }
    }
}

#[cfg(test)]
mod tests;
