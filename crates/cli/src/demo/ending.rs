//! The ending of the demo: what is kept, what a stranger can verify, and that a restored backup brings
//! nobody back.

use std::{fs, path::Path};

use anyhow::{Context, Result};
use engine::{Actor, Deployment, Refusal, subject};
use ledger::{certificate, trust::Trust};
use serde_json::{Map, Value};

use super::{
    stage::{self, Stage},
    story::{self, Hands, Told},
};

type Say<'a> = &'a dyn Fn(&str) -> Result<()>;

/// A certificate that was written and verified.
#[derive(Debug)]
pub(crate) struct Shown {
    pub(crate) file: String,
    pub(crate) what: String,
    pub(crate) verified: bool,
}

/// Asks for the state of every promise and prints the table; answers how many are in each state.
pub(crate) fn promises(hands: &Hands, say: Say<'_>) -> Result<Map<String, Value>> {
    let answer = hands.officer.must("GET", "/v1/promises", &Value::Null)?;
    let rows = answer.get("promises").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut counts: std::collections::BTreeMap<String, u64> = std::collections::BTreeMap::new();
    say("")?;
    say("Promises, each looked up in the data itself:")?;
    for row in &rows {
        let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or("");
        *counts.entry(text("state").to_owned()).or_default() += 1;
        if text("state") != "planned" {
            let line =
                format!("  {:<8} {:<9} {}", text("promise"), text("state"), text("evidence"));
            say(line.get(..line.len().min(110)).unwrap_or(&line))?;
        }
    }
    let sum: Vec<String> = counts.iter().map(|(state, count)| format!("{count} {state}")).collect();
    say(&format!("  in all: {}", sum.join(", ")))?;
    Ok(counts.into_iter().map(|(state, count)| (state, count.into())).collect())
}

/// Fetches three certificates, writes them and verifies them as a stranger would: with the file and the
/// pinned key, and nothing else.
pub(crate) fn certificates(
    hands: &Hands,
    stage: &Stage,
    told: &Told,
    say: Say<'_>,
) -> Result<Vec<Shown>> {
    let folder = stage.folder().join("certificates");
    fs::create_dir_all(&folder)?;
    let vkey = stage.deployment().control().vkey();
    fs::write(folder.join("deployment.vkey"), format!("{vkey}\n"))?;
    let erased = told.interns.get(story::erased_after_backup()).context("the erased intern")?;
    let all = hands.officer.must("GET", "/v1/certificates", &Value::Null)?;
    let of_person = format!("/v1/certificates?subject={}", erased.subject);
    let of_person = hands.officer.must("GET", &of_person, &Value::Null)?;
    let ids = |answer: &Value| -> Vec<String> {
        let list = answer.get("certificates").and_then(Value::as_array);
        let ids = list.into_iter().flatten().filter_map(|one| one.get("id")?.as_str());
        ids.map(str::to_owned).collect()
    };
    let mut chosen: Vec<String> = ids(&of_person).into_iter().take(1).collect();
    for id in ids(&all) {
        if chosen.len() < 3 && !chosen.contains(&id) {
            chosen.push(id);
        }
    }
    say("")?;
    say(&format!("Certificates in {}, verified with the pinned key alone:", folder.display()))?;
    let mut shown = Vec::new();
    for id in chosen {
        let bytes = hands.officer.file(&format!("/v1/certificates/{id}"))?;
        let file = folder.join(format!("{id}.json"));
        fs::write(&file, &bytes)?;
        let verdict = certificate::verify(&bytes, &Trust::pinned(vec![vkey.clone()]));
        let what = match &verdict {
            Ok(verdict) => sentence(&verdict.statement),
            Err(error) => error.to_string(),
        };
        say(&format!("  {} {what}", if verdict.is_ok() { "valid  " } else { "INVALID" }))?;
        let file = file.display().to_string();
        shown.push(Shown { file, what, verified: verdict.is_ok() });
    }
    Ok(shown)
}

fn sentence(statement: &Value) -> String {
    let word = |name: &str| match statement.get(name) {
        Some(Value::String(text)) => text.clone(),
        Some(Value::Null) | None => String::new(),
        Some(other) => other.to_string(),
    };
    format!(
        "{} records {} by {} ({}), keys {}, last copy unreadable by {}",
        word("records"),
        word("grade"),
        word("cause"),
        word("rule"),
        word("keys"),
        word("horizon"),
    )
}

/// Restores the backup that was taken before a person's erasure into a scratch folder and looks for that
/// person, and for one who is still there.
pub(crate) fn restore(
    stage: &Stage,
    set: Option<&Path>,
    told: &Told,
    say: Say<'_>,
) -> Result<bool> {
    let set = set.context("no backup was taken")?;
    let scratch = stage.folder().join("restored");
    let escrow = stage.folder().join("escrow");
    // The restored server writes to an escrow of its own: a copy, so that the demo's own stays whole.
    let copy = stage.folder().join("restored-escrow");
    copy_folder(&escrow, &copy)?;
    engine::restore::restore(set, &copy, &scratch)?;
    let restored = Deployment::open(stage::setup(&scratch, &copy, stage.clock()))?;
    let listed = restored.workspaces()?;
    let number = listed.first().context("the restored workspace")?.number;
    let ws = restored.workspace(number)?;
    let ctx = restored.ctx(ws, Actor::janji());
    let erased = told.interns.get(story::erased_after_backup()).context("the erased intern")?;
    let erased = subject::number(&ctx, &erased.subject)?;
    let gone = ctx.ws.read(|link| subject::load(&ctx, link, erased));
    let gone = matches!(gone, Err(Refusal::Gone { .. }));
    let stays = told.interns.get(1).context("an intern")?;
    let stays = subject::number(&ctx, &stays.subject)?;
    let stays = ctx.ws.read(|link| subject::load(&ctx, link, stays)).is_ok();
    say("")?;
    say("A backup from before that erasure, restored into a scratch folder:")?;
    let word = |fine: bool| if fine { "yes" } else { "NO" };
    say(&format!("  the erased stay erased: {}", word(gone)))?;
    say(&format!("  the others are there:   {}", word(stays)))?;
    Ok(gone && stays)
}

fn copy_folder(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
