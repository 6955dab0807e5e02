//! What can be commanded. Whoever may open the folder may do all of it, so nothing here asks for a token.

use std::path::{Path, PathBuf};

use engine::{
    Actor, Ctx, Deployment, Refusal, Role, backup, closing, evidence, export, feature,
    publication::{Obstacle, Outcome, Pending},
    subject, time,
    token::{self, New},
};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::config::Config;

const DAY: i64 = 86_400_000_000;

/// One command.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    /// Makes a token; its answer is the only time it is shown.
    TokenCreate {
        /// The workspace, by name.
        workspace: String,
        /// `system`, `admin`, `officer`, `person` or `staff:` with a role of the policy.
        role: String,
        /// The person of a person's token, by public id.
        subject: Option<String>,
        /// For how many days; for ever when nothing is said.
        days: Option<u32>,
    },
    /// Ends a token.
    TokenRevoke {
        /// The workspace, by name.
        workspace: String,
        /// The token's number.
        id: u64,
    },
    /// Makes a workspace with this policy in force.
    WorkspaceCreate {
        /// Its name.
        name: String,
        /// The source of the policy.
        policy: String,
    },
    /// Switches a feature.
    WorkspaceFeature {
        /// The workspace, by name.
        workspace: String,
        /// The feature.
        feature: String,
        /// On or off.
        on: bool,
    },
    /// Gives a workspace a plan.
    WorkspacePlan {
        /// The workspace, by name.
        workspace: String,
        /// The plan.
        plan: String,
    },
    /// Closes a workspace.
    WorkspaceClose {
        /// The workspace, by name.
        workspace: String,
    },
    /// Opens a closed workspace again.
    WorkspaceReopen {
        /// The workspace, by name.
        workspace: String,
    },
    /// Ends a publisher whose workspaces are all closed.
    PublisherClose {
        /// The company, by its published name.
        publisher: String,
    },
    /// Lists the workspaces.
    WorkspaceList,
    /// Counts what a further version of a policy would do to live data.
    Plan {
        /// The source of the policy.
        policy: String,
    },
    /// Announces a further version of a policy, or puts it in force when nobody must be told before.
    Publish {
        /// The source of the policy.
        policy: String,
    },
    /// Takes an announced version back.
    PublishCancel {
        /// The company, by its published name.
        company: String,
    },
    /// Takes a backup.
    Backup {
        /// The folder of the sets; that of the configuration when nothing is said.
        into: Option<PathBuf>,
    },
    /// Looks how the promises stand.
    Prove {
        /// One workspace by name, or all.
        workspace: Option<String>,
    },
    /// Gives out data: the access copy of one person, or everybody's for the company.
    Export {
        /// The workspace, by name.
        workspace: String,
        /// The person, by public id.
        subject: Option<String>,
    },
}

/// Where the parts of a long answer go, one at a time.
pub type Each<'a> = &'a mut dyn FnMut(Value) -> Result<(), Refusal>;

/// Performs a command on an open folder. Parts of a long answer go to `each`; the rest is the answer.
pub fn perform(
    deployment: &Deployment,
    config: &Config,
    command: &Command,
    each: Each<'_>,
) -> Result<Value, Refusal> {
    match command {
        Command::TokenCreate { workspace, role, subject, days } => {
            token_create(&admin(deployment, workspace)?, role, subject.as_deref(), *days)
        }
        Command::TokenRevoke { workspace, id } => {
            let ctx = admin(deployment, workspace)?;
            let (act, id) = (ctx.clone(), *id);
            ctx.ws.act(&ctx, move |tx| token::revoke(&act, tx, id))?;
            Ok(json!({ "revoked": id }))
        }
        Command::WorkspaceCreate { name, policy } => {
            create(deployment, config, name, policy)?;
            Ok(json!({ "workspace": name, "key": deployment.control().vkey().to_string() }))
        }
        Command::WorkspaceFeature { workspace, feature, on } => {
            let ctx = admin(deployment, workspace)?;
            let (act, name, switched) = (ctx.clone(), feature.clone(), *on);
            ctx.ws.act(&ctx, move |tx| feature::switch(&act, tx, &name, switched))?;
            Ok(json!({ "workspace": workspace, "feature": feature, "on": on }))
        }
        Command::WorkspacePlan { workspace, plan } => {
            let system = Actor { role: Role::System, token: 0, subject: None };
            let ctx = ctx(deployment, workspace, system)?;
            let (act, wanted) = (ctx.clone(), plan.clone());
            ctx.ws.act(&ctx, move |tx| engine::plan::change(&act, tx, &wanted))?;
            Ok(json!({ "workspace": workspace, "plan": plan }))
        }
        Command::WorkspaceClose { workspace } => close(&admin(deployment, workspace)?),
        Command::WorkspaceReopen { workspace } => {
            let ctx = admin(deployment, workspace)?;
            let act = ctx.clone();
            ctx.ws.act(&ctx, move |tx| closing::reopen(&act, tx))?;
            Ok(json!({ "workspace": workspace, "open": true }))
        }
        Command::PublisherClose { publisher } => {
            let ended = deployment.close_publisher(publisher)?;
            Ok(json!({ "publisher": publisher, "ended": time::rfc3339(ended) }))
        }
        Command::WorkspaceList => list(deployment, each),
        Command::Plan { policy } => plan(deployment, policy, each),
        Command::Publish { policy } => publish(deployment, policy, each),
        Command::PublishCancel { company } => {
            let version = deployment.cancel(company)?;
            Ok(json!({ "company": company, "cancelled": version }))
        }
        Command::Backup { into } => back_up(deployment, config, into.as_deref()),
        Command::Prove { workspace } => prove(deployment, workspace.as_deref(), each),
        Command::Export { workspace, subject } => {
            give_out(deployment, workspace, subject.as_deref(), each)
        }
    }
}

/// Makes a workspace, of a company that the public will find.
fn create(
    deployment: &Deployment,
    config: &Config,
    name: &str,
    source: &str,
) -> Result<(), Refusal> {
    // What does not pass the check is refused below, with the reason.
    if let Some(policy) = engine::policy::check("policy", source).policy {
        let admitted = config.admit(deployment, &policy.company.name);
        admitted.map_err(|error| Refusal::Refused(error.to_string()))?;
    }
    deployment.create_workspace(name, source).map(|_| ())
}

fn close(ctx: &Ctx) -> Result<Value, Refusal> {
    let act = ctx.clone();
    let closed = ctx.ws.act(ctx, move |tx| closing::close(&act, tx))?;
    let [since, until] = [closed.since, closed.until].map(time::rfc3339);
    Ok(json!({ "since": since, "until": until, "held": closed.held }))
}

fn ctx(deployment: &Deployment, workspace: &str, actor: Actor) -> Result<Ctx, Refusal> {
    let listed = deployment.workspaces()?.into_iter().find(|listed| listed.name == workspace);
    let listed =
        listed.ok_or_else(|| Refusal::Refused(format!("there is no workspace `{workspace}`")))?;
    Ok(deployment.ctx(deployment.workspace(listed.number)?, actor))
}

/// The command line acts for the admin, before anybody has a token.
fn admin(deployment: &Deployment, workspace: &str) -> Result<Ctx, Refusal> {
    ctx(deployment, workspace, Actor { role: Role::Admin, token: 0, subject: None })
}

fn token_create(
    ctx: &Ctx,
    role: &str,
    subject: Option<&str>,
    days: Option<u32>,
) -> Result<Value, Refusal> {
    let role = match (role, role.strip_prefix("staff:")) {
        ("system", _) => Role::System,
        ("admin", _) => Role::Admin,
        ("officer", _) => Role::Officer,
        ("person", _) => Role::Person,
        (_, Some(staff)) => Role::Staff(staff.to_owned()),
        _ => return Err(Refusal::invalid("role", "system, admin, officer, person or staff:NAME")),
    };
    let subject = subject.map(|shown| subject::number(ctx, shown)).transpose()?;
    let expires = days.map(|days| ctx.now + i64::from(days) * DAY);
    let (act, new) = (ctx.clone(), New { role, subject, expires });
    let (token, id) = ctx.ws.act(ctx, move |tx| token::create(&act, tx, &new))?;
    Ok(json!({ "token": token, "id": id, "expires": expires.map(time::rfc3339) }))
}

fn list(deployment: &Deployment, each: Each<'_>) -> Result<Value, Refusal> {
    let publishers = deployment.control().publishers()?;
    for listed in deployment.workspaces()? {
        let company = publishers.iter().find(|(number, _)| *number == listed.publisher);
        each(json!({ "workspace": listed.name, "company": company.map(|(_, name)| name) }))?;
    }
    Ok(json!({ "key": deployment.control().vkey().to_string() }))
}

fn obstacle(found: &Obstacle) -> Value {
    json!({
        "workspace": found.workspace,
        "obstacle": found.why,
        "rule": found.rule,
        "count": found.count,
    })
}

fn plan(deployment: &Deployment, source: &str, each: Each<'_>) -> Result<Value, Refusal> {
    let plan = deployment.plan(source)?;
    for found in &plan.obstacles {
        each(obstacle(found))?;
    }
    for effect in &plan.effects {
        each(json!({
            "workspace": effect.workspace,
            "what": effect.what.word(),
            "row": effect.row,
            "name": effect.name,
            "count": effect.count,
            "at_once": effect.at_once,
        }))?;
    }
    Ok(json!({
        "number": plan.number,
        "version": plan.version,
        "effective": time::rfc3339(plan.effective),
        "notice": plan.notice.as_ref().map(|(lead, _)| lead.to_string()),
        "wanted_by": plan.notice.as_ref().map(|(_, rule)| rule),
        "approvals": plan
            .approvals
            .iter()
            .map(|(rule, by)| json!({ "rule": rule, "wanted_by": by }))
            .collect::<Vec<_>>(),
        "obstacles": plan.obstacles.len(),
    }))
}

fn publish(deployment: &Deployment, source: &str, each: Each<'_>) -> Result<Value, Refusal> {
    match deployment.publish(source)? {
        Outcome::InForce { number, version } => {
            Ok(json!({ "in_force": true, "number": number, "version": version }))
        }
        Outcome::Announced { number, version, effective, notice } => Ok(json!({
            "in_force": false,
            "announced": true,
            "number": number,
            "version": version,
            "effective": time::rfc3339(effective),
            "notice": notice.as_ref().map(|(lead, _)| lead.to_string()),
            "wanted_by": notice.as_ref().map(|(_, rule)| rule),
        })),
        Outcome::Refused(obstacles) => {
            for found in &obstacles {
                each(obstacle(found))?;
            }
            Ok(json!({ "in_force": false, "obstacles": obstacles.len() }))
        }
    }
}

fn pending(one: &Pending) -> Value {
    json!({
        "company": one.company,
        "version": one.announced.version,
        "effective": time::rfc3339(one.announced.effective),
        "due": one.due,
        "obstacles": one.obstacles.iter().map(obstacle).collect::<Vec<_>>(),
    })
}

fn back_up(
    deployment: &Deployment,
    config: &Config,
    into: Option<&Path>,
) -> Result<Value, Refusal> {
    let folder = into.or(config.backup.folder.as_deref()).ok_or_else(|| {
        Refusal::Refused(
            "no folder for backups: say --into, or [backup] folder in janji.toml".into(),
        )
    })?;
    let made = backup::take(deployment, folder, config.backup.days)?;
    Ok(json!({ "folder": made.folder, "files": made.files, "at": time::rfc3339(made.at) }))
}

fn prove(
    deployment: &Deployment,
    workspace: Option<&str>,
    each: Each<'_>,
) -> Result<Value, Refusal> {
    let mut broken = 0_u64;
    let wanted = |name: &str| workspace.is_none_or(|only| only == name);
    let names: Vec<String> =
        deployment.workspaces()?.into_iter().map(|listed| listed.name).collect();
    for name in names.iter().filter(|name| wanted(name)) {
        for proved in evidence::prove(&ctx(deployment, name, Actor::janji())?)? {
            broken += u64::from(proved.state == evidence::State::Broken);
            each(json!({
                "workspace": name,
                "promise": proved.promise,
                "state": proved.state.word(),
                "rules": proved.rules,
                "looked_at": proved.looked_at,
                "evidence": proved.evidence,
                "probe": proved.probe,
            }))?;
        }
    }
    if let Some(only) = workspace
        && !names.iter().any(|name| name == only)
    {
        return Err(Refusal::Refused(format!("there is no workspace `{only}`")));
    }
    let announced: Vec<Value> = deployment.pending()?.iter().map(pending).collect();
    let at = time::rfc3339(deployment.reading().now);
    Ok(json!({ "broken": broken, "announced": announced, "at": at }))
}

fn give_out(
    deployment: &Deployment,
    workspace: &str,
    shown: Option<&str>,
    each: Each<'_>,
) -> Result<Value, Refusal> {
    let ctx = ctx(deployment, workspace, Actor::janji())?;
    if let Some(shown) = shown {
        let copy = export::access(&ctx, subject::number(&ctx, shown)?)?.released(&ctx)?;
        each(Value::Object(copy))?;
        return Ok(json!({ "people": 1 }));
    }
    let mut people = 0_u64;
    for number in export::exportable(&ctx)? {
        // Somebody may be erased or restricted while the others are given out.
        match export::company(&ctx, number).and_then(|pending| pending.released(&ctx)) {
            Ok(copy) => {
                each(Value::Object(copy))?;
                people += 1;
            }
            Err(Refusal::Gone { .. } | Refusal::NotFound) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(json!({ "people": people }))
}
