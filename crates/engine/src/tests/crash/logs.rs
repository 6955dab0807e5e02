//! The journal and the logs after a crash: one chain in guard and escrow, and logs that only ever grew.

use std::{collections::BTreeSet, path::Path};

use ledger::{
    checkpoint::Checkpoint,
    tree::{Frontier, leaf_hash},
};
use serde_json::{Value, json};
use store::{
    Slot, Sqlite,
    journal::{Body, Record},
    sqlite::Use,
    value::all as rows,
};

use super::{Verdict, model::Model, stage::Stage};
use crate::log;

pub(super) fn all(stage: &Stage, model: &Model) -> Verdict {
    journal(stage, model)?;
    workspace_log(stage, model)?;
    deployment_log(stage, model)
}

fn say<E: std::fmt::Debug>(what: &str) -> impl Fn(E) -> String + '_ {
    move |error| format!("{what}: {error:?}")
}

/// The escrow holds the guard's journal, byte for byte, and it knows all that takes away.
fn journal(stage: &Stage, model: &Model) -> Verdict {
    let mut link = Sqlite::open(&stage.disk, Path::new("/data/guard.db"), Use::Read)
        .map_err(say("guard.db"))?;
    let statement = "select record from journal order by number";
    let stored = rows(&mut link, statement, &[], |row| row.bytes(0)).map_err(say("the journal"))?;
    let escrow = stage.file(Path::new("/escrow/guard-journal")).unwrap_or_default();
    if stored.concat() != escrow {
        let bytes: usize = stored.iter().map(Vec::len).sum();
        return Err(format!("the escrow has {} bytes, the journal {bytes}", escrow.len()));
    }
    // Opening the guard checked the chain of the escrow's copy; here its numbers are enough.
    let mut said = Said::default();
    for (number, bytes) in (1..).zip(&stored) {
        let decoded = Record::decode(bytes).map_err(say("a journal record"))?;
        let (record, _) = decoded.ok_or_else(|| format!("record {number} is torn"))?;
        if record.number != number {
            return Err(format!("record {number} of the journal is not there"));
        }
        let fact = match record.body {
            Body::Marks(_) => continue,
            Body::Fact(fact) => fact,
            Body::Destroy { slots, fact } => {
                said.destroyed.extend(slots);
                fact
            }
        };
        let fact = serde_json::from_slice(&fact.fact).map_err(say("a fact"))?;
        said.facts.push(fact);
    }
    said.covers(model)
}

/// What the journal says, as the test reads it.
#[derive(Default)]
struct Said {
    facts: Vec<Value>,
    destroyed: BTreeSet<Slot>,
}

impl Said {
    fn is_said(&self, kind: &str, fits: &[(&str, Value)]) -> bool {
        self.facts
            .iter()
            .filter_map(|fact| fact.get(kind))
            .any(|fact| fits.iter().all(|(name, value)| fact.get(name) == Some(value)))
    }

    /// Everything that takes use away: a backup restored tomorrow must learn of it from here.
    fn covers(&self, model: &Model) -> Verdict {
        for (id, bar) in &model.bars {
            if !self.is_said("bar", &[("id", json!(id)), ("subject", json!(bar.subject))]) {
                return Err(format!("the journal does not know bar {bar:?}"));
            }
        }
        for (subject, person) in &model.people {
            for (purpose, (_, ended)) in &person.consents {
                let Some(ended) = ended else { continue };
                let fits = [
                    ("subject", json!(subject)),
                    ("purpose", json!(purpose)),
                    ("at", json!(ended)),
                ];
                if !self.is_said("withdraw", &fits) {
                    return Err(format!("the journal knows no withdrawal {fits:?}"));
                }
            }
        }
        for (rid, rec) in &model.records {
            for (name, at) in &rec.events {
                let name = format!("{}.{name}", rec.category);
                let fits = [("rid", json!(rid)), ("name", json!(name)), ("at", json!(at))];
                if !self.is_said("event", &fits) {
                    return Err(format!("the journal knows no event {fits:?}"));
                }
            }
        }
        for (name, (on, at)) in &model.features {
            let fits = [("name", json!(name)), ("on", json!(false)), ("at", json!(at))];
            if !on && !self.is_said("feature", &fits) {
                return Err(format!("the journal does not know that {name} is off"));
            }
        }
        match model.gone.slots.iter().find(|slot| !self.destroyed.contains(slot)) {
            Some(slot) => Err(format!("the journal does not know that slot {slot} is destroyed")),
            None => Ok(()),
        }
    }
}

fn workspace_log(stage: &Stage, model: &Model) -> Verdict {
    let ctx = stage.ctx(crate::Role::System).map_err(say("no workspace"))?;
    let newest = ctx.ws.read(|link| log::newest(link)).map_err(say("the log"))?.ok_or("no log")?;
    let there = stage.rows("select number, leaf from entry order by number", &[], |row| {
        Ok((row.number(0)?, row.bytes(1)?))
    })?;
    let leaves: Vec<Vec<u8>> = there.iter().map(|(_, leaf)| leaf.clone()).collect();
    if (0..).zip(&there).any(|(expected, (number, _))| expected != *number) {
        return Err("the entries have a gap".to_owned());
    }
    if !leaves.starts_with(&model.leaves) {
        return Err(format!("the log forked: {} of {}", leaves.len(), model.leaves.len()));
    }
    let folder = format!("/data/log/{}", log::folder(&newest.origin));
    let vkey = log::vkey(&ctx, &newest).map_err(say("the log's key"))?;
    let read = |path: &str| stage.file(Path::new(&format!("{folder}/{path}")));
    let tip = ledger::verify_log(&read, &vkey).map_err(say("the public log"))?;
    if tip.size != leaves.len() as u64 {
        return Err(format!("{} entries, {} published", leaves.len(), tip.size));
    }
    grew(&format!("{folder}/checkpoint"), &leaves, model)
}

fn deployment_log(stage: &Stage, model: &Model) -> Verdict {
    let mut link = Sqlite::open(&stage.disk, Path::new("/data/control.db"), Use::Read)
        .map_err(say("control.db"))?;
    let leaves =
        rows(&mut link, "select leaf from anchor order by number", &[], |row| row.bytes(0))
            .map_err(say("the anchors"))?;
    let read = |path: &str| stage.file(Path::new(&format!("/data/log/deployment/{path}")));
    let vkey = stage.deployment().control().vkey();
    let tip = ledger::verify_log(&read, &vkey).map_err(say("the deployment's log"))?;
    if tip.size != leaves.len() as u64 {
        return Err(format!("{} anchors, {} published", leaves.len(), tip.size));
    }
    grew("/data/log/deployment/checkpoint", &leaves, model)
}

/// Each checkpoint that was ever shown is a prefix of these leaves.
fn grew(path: &str, leaves: &[Vec<u8>], model: &Model) -> Verdict {
    let mut frontier = Frontier::new();
    let mut roots = vec![frontier.root()];
    for leaf in leaves {
        frontier.append(leaf_hash(leaf));
        roots.push(frontier.root());
    }
    for (shown, size, root) in model.tips.iter().filter(|(shown, _, _)| shown == path) {
        if roots.get(usize::try_from(*size).unwrap()) != Some(root) {
            return Err(format!("{shown} of size {size} is no prefix of the log"));
        }
    }
    Ok(())
}

/// Remembers the checkpoints that anyone could read now.
pub(super) fn remember(stage: &Stage, model: &mut Model) {
    for (path, bytes) in stage.disk.snapshot() {
        if !(path.starts_with("/data/log/") && path.ends_with("/checkpoint")) {
            continue;
        }
        let Ok(note) = String::from_utf8(bytes) else { continue };
        let Some((body, _)) = note.split_once("\n\n") else { continue };
        if let Ok(tip) = Checkpoint::parse(&format!("{body}\n")) {
            let tip = (path, tip.size, tip.root);
            if !model.tips.contains(&tip) {
                model.tips.push(tip);
            }
        }
    }
}
