//! The ending of the demo: what was refused, how each promise stands, what a stranger can verify, and that a
//! restored backup brings nobody back.

use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs,
    path::{Path, PathBuf},
};

use anyhow::{Context, Result};
use engine::{Actor, Deployment, Refusal, census, census::Census, subject};
use ledger::{certificate, trust::Trust};
use serde_json::{Value, json};

use super::{
    hands::Hands,
    stage::{Player, Stage},
    thousands,
};

type Say<'a> = &'a dyn Fn(&str) -> Result<()>;

/// The states of promises in the order of the table, each with its head.
const STATES: [(&str, &str); 6] = [
    ("kept", "kept"),
    ("said", "said"),
    ("due", "due"),
    ("evidence", "papers"),
    ("planned", "planned"),
    ("broken", "broken"),
];

/// How it ended everywhere.
#[derive(Debug)]
pub(crate) struct Ending {
    companies: Vec<Company>,
    certificates: PathBuf,
}

/// How it ended at one company.
#[derive(Debug)]
struct Company {
    census: Census,
    promises: BTreeMap<String, u64>,
    shown: Vec<Shown>,
    /// After the restore: who was erased is not there, who stayed is.
    gone: bool,
    there: bool,
}

/// A certificate that was written and verified.
#[derive(Debug)]
struct Shown {
    file: String,
    what: String,
    verified: bool,
}

impl Ending {
    /// Looks at everything. `set` is a backup from before the last erasures.
    pub(crate) fn of(stage: &Stage, players: &[Player], set: &Path) -> Result<Ending> {
        let restored = restore(stage, set)?;
        let certificates = stage.folder().join("certificates");
        let mut companies = Vec::new();
        for player in players {
            let folder = certificates.join(player.about.word);
            let (gone, there) = after_restore(&restored, player)?;
            companies.push(Company {
                census: census::count(&player.workspace)?,
                promises: promises(&player.hands)?,
                shown: verify(stage, player, &folder)?,
                gone,
                there,
            });
        }
        let key = format!("{}\n", stage.deployment().control().vkey());
        fs::write(certificates.join("deployment.vkey"), key)?;
        Ok(Ending { companies, certificates })
    }

    /// Whether no promise is broken, every certificate verifies and nobody came back.
    pub(crate) fn is_fine(&self) -> bool {
        self.companies.iter().all(|one| {
            let broken = one.promises.get("broken").copied().unwrap_or(0);
            broken == 0
                && !one.shown.is_empty()
                && one.shown.iter().all(|shown| shown.verified)
                && one.gone
                && one.there
        })
    }

    /// Tells it.
    pub(crate) fn show(&self, players: &[Player], say: Say<'_>) -> Result<()> {
        say("")?;
        say("Refused on purpose, with the rule that refused it:")?;
        for player in players {
            for (what, refused) in player.hands.refused() {
                let (times, status) = (refused.times, refused.status);
                let rules: Vec<&str> = refused.why.iter().take(3).map(String::as_str).collect();
                let more = if refused.why.len() > 3 { ", …" } else { "" };
                say(&format!("  {:<12}{times:>4} × {what}", player.about.brand))?;
                say(&format!("  {:<12}       {status} {}{more}", "", rules.join(", ")))?;
            }
        }
        self.table(players, say)?;
        say("")?;
        say("Certificates, verified offline with the pinned key and nothing else:")?;
        for (player, company) in players.iter().zip(&self.companies) {
            for shown in &company.shown {
                let verdict = if shown.verified { "valid" } else { "INVALID" };
                say(&format!("  {:<12}{verdict:<7} {}", player.about.brand, shown.what))?;
            }
        }
        let folder = self.certificates.display();
        say(&format!("  in {folder}, with the key in deployment.vkey"))?;
        say("")?;
        say("A backup from before the last erasures, restored into a scratch folder:")?;
        let word = |fine: bool| if fine { "yes" } else { "NO" };
        for (player, company) in players.iter().zip(&self.companies) {
            let (gone, there) = (word(company.gone), word(company.there));
            let brand = player.about.brand;
            say(&format!(
                "  {brand:<12}the erased stay erased: {gone}   the others are there: {there}"
            ))?;
        }
        Ok(())
    }

    /// The promises and the people of every company, a row each.
    fn table(&self, players: &[Player], say: Say<'_>) -> Result<()> {
        say("")?;
        say("Each promise, looked up in the data themselves, and what is there:")?;
        let mut head = format!("  {:<12}", "");
        for title in STATES.iter().map(|(_, title)| *title) {
            write!(head, "{title:>9}")?;
        }
        for title in ["people", "records", "ended", "holds"] {
            write!(head, "{title:>9}")?;
        }
        say(&head)?;
        for (player, company) in players.iter().zip(&self.companies) {
            let mut row = format!("  {:<12}", player.about.brand);
            for (state, _) in STATES {
                write!(row, "{:>9}", company.promises.get(state).copied().unwrap_or(0))?;
            }
            let Census { people, records, holds } = company.census;
            let counts = [people, records, ended(player, company), holds];
            for count in counts.map(|count| usize::try_from(count).unwrap_or(usize::MAX)) {
                write!(row, "{:>9}", thousands(count))?;
            }
            say(&row)?;
        }
        Ok(())
    }

    /// The same for a program.
    pub(crate) fn json(&self, players: &[Player]) -> Value {
        let mut sums: BTreeMap<&str, u64> = BTreeMap::new();
        let mut refused = 0;
        let mut certificates = Vec::new();
        let mut companies = Vec::new();
        for (player, company) in players.iter().zip(&self.companies) {
            for (state, count) in &company.promises {
                *sums.entry(state).or_default() += count;
            }
            let times: usize = player.hands.refused().values().map(|one| one.times).sum();
            refused += times;
            certificates.extend(company.shown.iter().map(
                |one| json!({ "file": one.file, "what": one.what, "verified": one.verified }),
            ));
            companies.push(json!({
                "company": player.about.brand,
                "host": player.about.host(),
                "acts": player.hands.acts(),
                "refused": times,
                "people": company.census.people,
                "records": company.census.records,
                "ended": ended(player, company),
                "holds": company.census.holds,
                "promises": company.promises,
            }));
        }
        json!({
            "refused": refused,
            "kept": sums.get("kept").copied().unwrap_or(0),
            "promises": sums,
            "companies": companies,
            "certificates": certificates,
            "erased_stay_erased_after_restore": self.companies.iter().all(|one| one.gone && one.there),
        })
    }
}

/// Records that were written and are not there any more.
fn ended(player: &Player, company: &Company) -> u64 {
    (player.hands.records() as u64).saturating_sub(company.census.records)
}

/// Asks for the state of every promise; answers how many are in each state.
fn promises(hands: &Hands) -> Result<BTreeMap<String, u64>> {
    let answer = hands.officer.must("GET", "/v1/promises", &Value::Null)?;
    let rows = answer.get("promises").and_then(Value::as_array).cloned().unwrap_or_default();
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    for row in &rows {
        let state = row.get("state").and_then(Value::as_str).unwrap_or("");
        *counts.entry(state.to_owned()).or_default() += 1;
    }
    Ok(counts)
}

/// Fetches two certificates, of an erasure that was asked for and of one that no backup can undo any more;
/// writes them and verifies them as a stranger would: with the file and the pinned key, and nothing else.
fn verify(stage: &Stage, player: &Player, folder: &Path) -> Result<Vec<Shown>> {
    fs::create_dir_all(folder)?;
    let vkey = stage.deployment().control().vkey();
    let erased = player.story.erased_late().context("the erased person")?;
    let officer = &player.hands.officer;
    let listed = |path: &str| -> Result<Vec<Value>> {
        let answer = officer.must("GET", path, &Value::Null)?;
        Ok(answer.get("certificates").and_then(Value::as_array).cloned().unwrap_or_default())
    };
    let graded = |one: &Value, grade: &str| one.get("grade").and_then(Value::as_str) == Some(grade);
    let of_person = listed(&format!("/v1/certificates?subject={erased}"))?;
    let all = listed("/v1/certificates")?;
    let complete = all.iter().find(|one| graded(one, "complete"));
    let chosen = of_person.first().into_iter().chain(complete);
    let chosen = chosen.filter_map(|one| Some(one.get("id")?.as_str()?.to_owned()));
    let mut shown = Vec::new();
    for id in chosen {
        let bytes = officer.file(&format!("/v1/certificates/{id}"))?;
        let file = folder.join(format!("{id}.json"));
        fs::write(&file, &bytes)?;
        let verdict = certificate::verify(&bytes, &Trust::pinned(vec![vkey.clone()]));
        let what = match &verdict {
            Ok(verdict) => sentence(&verdict.statement),
            Err(error) => error.to_string(),
        };
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
    let horizon = word("horizon");
    let day = horizon.split('T').next().unwrap_or_default();
    let count = word("records");
    let records = if count == "1" { "1 record".to_owned() } else { format!("{count} records") };
    let backups = match word("grade").as_str() {
        "complete" => "no backup opens them any more".to_owned(),
        _ => format!("no backup opens them after {day}"),
    };
    format!("{records} erased by {} ({}); {backups}", word("cause"), word("rule"))
}

/// Restores a backup into a scratch folder, and opens it.
fn restore(stage: &Stage, set: &Path) -> Result<Deployment> {
    let scratch = stage.folder().join("restored");
    // The restored server writes to an escrow of its own: a copy, so that the demo's own stays whole.
    let escrow = stage.folder().join("restored-escrow");
    copy_folder(&stage.folder().join("escrow"), &escrow)?;
    engine::restore::restore(set, &escrow, &scratch)?;
    Ok(Deployment::open(stage.setup(&scratch, &escrow))?)
}

/// Looks in the restored folder for somebody who was erased since the backup, and for somebody who was not.
fn after_restore(restored: &Deployment, player: &Player) -> Result<(bool, bool)> {
    let listed = restored.workspaces()?;
    let listed = listed.iter().find(|listed| listed.name == player.about.word);
    let ws = restored.workspace(listed.context("the restored workspace")?.number)?;
    let ctx = restored.ctx(ws, Actor::janji());
    let look = |shown: Option<&str>| -> Result<Result<(), Refusal>> {
        let number = subject::number(&ctx, shown.context("a person of the story")?)?;
        Ok(ctx.ws.read(|link| subject::load(&ctx, link, number).map(|_| ())))
    };
    let gone = matches!(look(player.story.erased_late())?, Err(Refusal::Gone { .. }));
    Ok((gone, look(player.story.stays())?.is_ok()))
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
