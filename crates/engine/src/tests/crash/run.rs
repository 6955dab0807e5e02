//! One run: some lives of one folder, each ended by a crash, with the model beside it.

use std::sync::Arc;

use faults::{Crash, Event, Fault};

use super::{
    Verdict,
    act::{self, Act},
    chance::Chance,
    check, eyes, learn, logged, logs,
    model::Model,
    perform::{Answer, Outcome, perform},
    stage::Stage,
};
use crate::{ids::Rid, record, workspace::InForce};

/// What a run did, so that a test can see that it did enough.
#[derive(Debug, Default, Clone, PartialEq)]
pub(super) struct Report {
    pub(super) acts: usize,
    pub(super) done: usize,
    pub(super) refused: usize,
    pub(super) unknown: usize,
    pub(super) crashes: usize,
    pub(super) faults: usize,
    pub(super) healed: usize,
}

pub(super) struct Run {
    pub(super) stage: Stage,
    model: Model,
    chance: Chance,
    policy: Arc<InForce>,
    pub(super) report: Report,
    /// Says each act, for a replay by hand.
    pub(super) loud: bool,
}

/// Acts whose answer is not known, with what is known of each.
type Open = Vec<(Act, Outcome)>;

impl Run {
    pub(super) fn new(seed: u64, mut stage: Stage) -> Verdict<Run> {
        stage.open().map_err(|error| format!("the first opening: {error:?}"))?;
        let policy = stage.ws().map_err(|error| format!("{error:?}"))?.policy();
        let mut model = Model { features: eyes::features(&stage)?, ..Model::default() };
        logged::take(&stage, &mut model, &[], true)?;
        let chance = Chance::new(seed);
        Ok(Run { stage, model, chance, policy, report: Report::default(), loud: false })
    }

    /// Plays all lives.
    pub(super) fn play(&mut self) -> Verdict {
        let lives = 2 + self.chance.below(2);
        for _ in 0..lives {
            self.plan();
            let open = self.live()?;
            self.end(&open)?;
        }
        Ok(())
    }

    fn say(&self, text: impl FnOnce() -> String) {
        if self.loud {
            eprintln_all(&text());
        }
    }

    /// Draws how this life is to end.
    fn plan(&mut self) {
        let step = 1 + self.chance.below(180);
        match self.chance.below(10) {
            0..7 => self.stage.disk.set_crash_at(step),
            7 | 8 => {
                let faults = [Fault::WriteError, Fault::SyncError, Fault::Full];
                let kind = *self.chance.pick(&faults).unwrap();
                self.stage.disk.fail_at(step, kind);
                self.report.faults += 1;
            }
            _ => {}
        }
    }

    /// Acts until one fails or enough is done; answers what is open.
    fn live(&mut self) -> Verdict<Open> {
        let acts = 8 + self.chance.below(16);
        for _ in 0..acts {
            self.stage.clock.run(i64::try_from(1 + self.chance.below(5_000_000)).unwrap());
            let Ok(ws) = self.stage.ws() else { return self.interrupted(Vec::new()) };
            let now = self.stage.deployment().reading().now;
            let act = act::draw(&mut self.chance, &mut self.model, ws.ids(), now);
            drop(ws);
            self.say(|| format!("{act:?}"));
            if matches!(act, Act::Restart) {
                let closed = self.stage.deployment().close();
                if closed.is_err() || self.stage.open().is_err() {
                    return self.interrupted(Vec::new());
                }
                // Opening finishes what was begun.
                if let Err(what) = logged::take(&self.stage, &mut self.model, &[], true) {
                    return self.interrupted(Vec::new()).map_err(|_| what);
                }
                continue;
            }
            let outcomes = perform(&self.stage, &self.model, &act);
            self.say(|| format!("  {outcomes:?}"));
            let acts = if let Act::Batch(acts) = act { acts } else { vec![act] };
            self.count(&outcomes);
            if outcomes.iter().any(|outcome| matches!(outcome, Outcome::Unknown { .. })) {
                let open = self.interrupted(acts.into_iter().zip(outcomes).collect())?;
                if !self.goes_on(&open)? {
                    return Ok(open);
                }
                continue;
            }
            let before = self.model.clone();
            if let Err(what) = self.learn(&acts, &outcomes) {
                if !self.stage.disk.is_dead() && self.stage.ws().is_ok() {
                    return Err(format!("after {acts:?}: {what}"));
                }
                // The life ended after the acknowledgement: the data must show it in the next one.
                self.model = before;
                return self.interrupted(acts.into_iter().zip(outcomes).collect());
            }
        }
        Ok(Vec::new())
    }

    /// After a write that failed the same process opens the workspace again and goes on; not after a sync
    /// that failed, and not when the guard is what failed.
    fn goes_on(&mut self, open: &Open) -> Verdict<bool> {
        let doubtful = self.stage.disk.trace().contains(&Event::Failed(Fault::SyncError));
        if self.stage.disk.is_dead() || doubtful || self.stage.ws().is_err() {
            return Ok(false);
        }
        // What was begun goes on with the next tick.
        if self.stage.deployment().tick().is_err() || self.stage.ws().is_err() {
            return Ok(false);
        }
        self.report.healed += 1;
        self.settle(open).map_err(|what| format!("in the same process, {open:?}: {what}"))?;
        logged::take(&self.stage, &mut self.model, &[], true)?;
        Ok(true)
    }

    fn count(&mut self, outcomes: &[Outcome]) {
        for outcome in outcomes {
            self.report.acts += 1;
            match outcome {
                Outcome::Done(_) => self.report.done += 1,
                Outcome::Refused => self.report.refused += 1,
                Outcome::Unknown { .. } => self.report.unknown += 1,
            }
        }
    }

    /// A failure must have a cause.
    fn interrupted(&self, open: Open) -> Verdict<Open> {
        let failed = |event: &Event| matches!(event, Event::Failed(_) | Event::Died);
        if self.stage.disk.is_dead() || self.stage.disk.trace().iter().any(failed) {
            Ok(open)
        } else {
            Err(format!("failed without a cause: {open:?}"))
        }
    }

    /// The model learns of acknowledged acts, and at once what was taken away must not be readable.
    fn learn(&mut self, acts: &[Act], outcomes: &[Outcome]) -> Verdict {
        let (wanted, more) = logged::wanted(&self.model, acts, outcomes);
        for (act, outcome) in acts.iter().zip(outcomes) {
            if let Outcome::Done(answer) = outcome {
                let policy = &self.policy.policy;
                learn::learn(&self.stage, &mut self.model, policy, act, answer, false)?;
            }
        }
        if acts.iter().any(|act| matches!(act, Act::Pass { .. })) {
            learn::swept(&self.stage, &mut self.model, &self.policy.policy)?;
        }
        logged::take(&self.stage, &mut self.model, &wanted, more)?;
        if let Some(rid) = self.model.gone.records.iter().next_back() {
            let ctx = self.stage.ctx(crate::Role::System).map_err(|error| format!("{error:?}"))?;
            let answer = record::read(&ctx, Rid(*rid), "service");
            if !matches!(answer, Err(crate::Refusal::Gone { .. })) {
                return Err(format!("{rid:x} is erased and answers {answer:?}"));
            }
        }
        Ok(())
    }

    /// The life ends, the next one recovers, and everything is looked at.
    fn end(&mut self, open: &Open) -> Verdict {
        logs::remember(&self.stage, &mut self.model);
        let how = if self.chance.once_in(4) { Crash::Kill } else { Crash::PowerLoss };
        self.recover(how)?;
        self.say(|| format!("recovered from {how:?}, open: {open:?}"));
        self.settle(open)?;
        check::all(&self.stage, &mut self.model, &self.policy.policy)
            .map_err(|what| format!("after {how:?}, {open:?}: {what}"))?;
        if self.chance.once_in(3) {
            logs::remember(&self.stage, &mut self.model);
            self.recover(Crash::PowerLoss)?;
            check::all(&self.stage, &mut self.model, &self.policy.policy)
                .map_err(|what| format!("after one more restart, {open:?}: {what}"))?;
        }
        Ok(())
    }

    /// Opens again, sometimes through crashes of the recovery itself.
    fn recover(&mut self, how: Crash) -> Verdict {
        self.stage.crash(how);
        self.report.crashes += 1;
        while self.chance.once_in(4) {
            let step = 1 + self.chance.below(60);
            self.stage.disk.set_crash_at(step);
            let opened = self.stage.open();
            if opened.is_err() && !self.stage.disk.is_dead() {
                return Err(format!("opening failed without a cause: {opened:?}"));
            }
            logs::remember(&self.stage, &mut self.model);
            let how = if self.chance.once_in(3) { Crash::Kill } else { Crash::PowerLoss };
            self.stage.crash(how);
            self.report.crashes += 1;
        }
        self.stage.open().map_err(|error| {
            self.say(|| format!("{:#?}", self.stage.disk.trace()));
            format!("after {how:?} nothing opens: {error:?}")
        })
    }

    /// Finds out which of the open acts happened. One turn is one commit: of its acts, those that only
    /// take away may have happened alone, the others all together or none.
    fn settle(&mut self, open: &Open) -> Verdict {
        let policy = Arc::clone(&self.policy);
        learn::swept(&self.stage, &mut self.model, &policy.policy).or_else(|what| {
            // What is missing may be what an open act took.
            if open.is_empty() { Err(what) } else { Ok(()) }
        })?;
        let mut seen = Vec::new();
        for (act, outcome) in open {
            if let Outcome::Done(answer) = outcome {
                learn::learn(&self.stage, &mut self.model, &policy.policy, act, answer, true)?;
                continue;
            }
            let found = learn::found(&self.stage, &self.model, act)?;
            if let Some(answer) = &found {
                let happened: &Answer = answer;
                learn::learn(&self.stage, &mut self.model, &policy.policy, act, happened, true)
                    .map_err(|what| format!("{act:?} happened, but {what}"))?;
            }
            if let Outcome::Unknown { ran: Some(true) } = outcome {
                seen.push((act, found.is_some()));
            }
        }
        let gives = |act: &Act| {
            matches!(
                act,
                Act::Subject { .. } | Act::Write { .. } | Act::Change { .. } | Act::Take { .. }
            )
        };
        let together: Vec<bool> =
            seen.iter().filter(|(act, _)| gives(act)).map(|(_, found)| *found).collect();
        if together.iter().any(|found| *found != together[0]) && !changes_overlap(open) {
            return Err(format!("half a turn happened: {seen:?}"));
        }
        Ok(())
    }
}

/// Whether acts of one turn touch the same record, so that one hides what the other did.
fn changes_overlap(open: &Open) -> bool {
    let touched: Vec<u64> = open
        .iter()
        .filter_map(|(act, _)| match act {
            Act::Change { rid, .. } | Act::Take { rid } => Some(*rid),
            _ => None,
        })
        .collect();
    touched.len() > 1
}

#[expect(clippy::print_stderr, reason = "a replayed run is read by people")]
fn eprintln_all(text: &str) {
    eprintln!("{text}");
}

/// Plays one seed.
pub(super) fn play(seed: u64) -> Verdict<Report> {
    Ok(play_on(seed, |_| {})?.report)
}

/// Plays one seed on a stage that was changed first.
pub(super) fn play_on(seed: u64, change: impl FnOnce(&mut Stage)) -> Verdict<Run> {
    let mut stage = Stage::new(seed);
    change(&mut stage);
    stage.disk.trace_on(true);
    let mut run = Run::new(seed, stage)?;
    run.play()?;
    Ok(run)
}

impl Report {
    pub(super) fn add(&mut self, other: &Report) {
        self.acts += other.acts;
        self.done += other.done;
        self.refused += other.refused;
        self.unknown += other.unknown;
        self.crashes += other.crashes;
        self.faults += other.faults;
        self.healed += other.healed;
    }
}
