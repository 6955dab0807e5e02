//! `janji plan` and `janji publish`: a further version of a policy over data that live.

use std::path::{Path, PathBuf};

use anyhow::Result;
use serde_json::{Value, json};
use server::socket::Command;

use crate::{
    check,
    folder::{self, Answer, Data, word},
    out,
};

/// What `janji plan` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Plan {
    #[command(flatten)]
    data: Data,
    /// The policy; company.name says whose
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// What `janji publish` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Publish {
    #[command(flatten)]
    data: Data,
    /// The policy; company.name says whose
    #[arg(required_unless_present = "cancel")]
    file: Option<PathBuf>,
    /// Take the announced version of a company back, before it is in force
    #[arg(long, value_name = "COMPANY_OR_FILE", conflicts_with = "file")]
    cancel: Option<String>,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The source of a file that passes the check; what is wrong with it was shown otherwise.
fn source(file: &Path) -> Result<Option<String>> {
    let source = folder::text(file)?;
    let name = file.display().to_string();
    let checked = policy::check(&name, &source);
    if checked.policy.is_none() {
        check::show(&name, &source, &checked.findings)?;
        return Ok(None);
    }
    Ok(Some(source))
}

/// Shows what a version would do; 1 when it could not come into force.
pub(crate) fn plan(args: &Plan) -> Result<u8> {
    let Some(policy) = source(&args.file)? else { return Ok(1) };
    let answer = args.data.perform(&Command::Plan { policy })?;
    let obstacles = answer.done.get("obstacles").and_then(Value::as_u64).unwrap_or(0);
    if args.json {
        let (stand, do_): (Vec<&Value>, Vec<&Value>) =
            answer.parts.iter().partition(|part| part.get("obstacle").is_some());
        let whole = json!({
            "version": answer.done.get("version"),
            "number": answer.done.get("number"),
            "effective": answer.done.get("effective"),
            "notice": answer.done.get("notice"),
            "wanted_by": answer.done.get("wanted_by"),
            "approvals": answer.done.get("approvals"),
            "obstacles": stand,
            "effects": do_,
        });
        out::line(&serde_json::to_string_pretty(&whole)?)?;
        return Ok(u8::from(obstacles > 0));
    }
    stands_against(&answer)?;
    let effects: Vec<Vec<String>> = answer
        .parts
        .iter()
        .filter(|part| part.get("what").is_some())
        .map(|part| {
            vec![word(part, "workspace").to_owned(), word(part, "row").to_owned(), says(part)]
        })
        .collect();
    out::table(&effects)?;
    let version = word(&answer.done, "version");
    let from = word(&answer.done, "effective");
    if effects.is_empty() {
        out::line(&format!("version {version} changes nothing for what is stored"))?;
    } else {
        out::line(&format!("counted for {from}, the first moment at which it can be in force"))?;
    }
    for one in answer.done.get("approvals").and_then(Value::as_array).into_iter().flatten() {
        let (rule, by) = (word(one, "rule"), word(one, "wanted_by"));
        out::line(&format!(
            "{rule}: somebody must agree in writing first ({by}); no notice does that"
        ))?;
    }
    out::line(&match (obstacles, told(&answer.done)) {
        (0, Some(told)) => format!("version {version} {told}: janji publish"),
        (0, None) => format!("version {version} can come into force: janji publish"),
        (many, _) => format!("version {version} cannot come into force: {many} obstacles"),
    })?;
    Ok(u8::from(obstacles > 0))
}

/// The notice that a version needs, as the end of a sentence; `None` when nobody must be told before.
fn told(done: &Value) -> Option<String> {
    let notice = done.get("notice").and_then(Value::as_str)?;
    let by = word(done, "wanted_by");
    Some(match notice {
        "0 days" => format!("is told to people before it holds ({by})"),
        notice => format!("needs {notice} of notice ({by})"),
    })
}

/// Announces a version, puts it in force, or takes an announced one back; 1 when live data stand against it.
pub(crate) fn publish(args: &Publish) -> Result<u8> {
    if let Some(whose) = &args.cancel {
        return cancel(args, whose);
    }
    let Some(file) = &args.file else { return Ok(2) };
    let Some(policy) = source(file)? else { return Ok(1) };
    let answer = args.data.perform(&Command::Publish { policy })?;
    let is = |name: &str| answer.done.get(name).and_then(Value::as_bool).unwrap_or(false);
    let (in_force, announced) = (is("in_force"), is("announced"));
    let version = word(&answer.done, "version");
    if args.json {
        let whole = json!({ "published": answer.done, "obstacles": answer.parts });
        out::line(&serde_json::to_string_pretty(&whole)?)?;
    } else if in_force {
        out::line(&format!("version {version} is in force in every workspace of the company"))?;
    } else if announced {
        let from = word(&answer.done, "effective");
        let why = told(&answer.done).map(|told| format!(": it {told}")).unwrap_or_default();
        out::line(&format!("version {version} is announced and comes into force at {from}{why}"))?;
        out::line("until then nothing changes; janji publish --cancel takes it back")?;
    } else {
        stands_against(&answer)?;
        out::line("nothing was changed")?;
    }
    Ok(u8::from(!in_force && !announced))
}

fn cancel(args: &Publish, whose: &str) -> Result<u8> {
    let path = Path::new(whose);
    let company = if path.is_file() {
        let Some(source) = source(path)? else { return Ok(1) };
        policy::published(&source).map(|policy| policy.company.name).unwrap_or_default()
    } else {
        whose.to_owned()
    };
    let answer = args.data.perform(&Command::PublishCancel { company })?;
    if args.json {
        out::line(&serde_json::to_string_pretty(&answer.done)?)?;
    } else {
        let version = word(&answer.done, "cancelled");
        out::line(&format!("version {version} was taken back; who was told of it is told that"))?;
    }
    Ok(0)
}

fn stands_against(answer: &Answer) -> Result<()> {
    for part in answer.parts.iter().filter(|part| part.get("obstacle").is_some()) {
        let count = part.get("count").and_then(Value::as_u64).unwrap_or(0);
        out::line(&format!(
            "{}: {}: {} ({count})",
            word(part, "workspace"),
            word(part, "rule"),
            word(part, "obstacle"),
        ))?;
    }
    Ok(())
}

/// One effect as a sentence.
fn says(part: &Value) -> String {
    let number = |name: &str| part.get(name).and_then(Value::as_u64).unwrap_or(0);
    let (count, at_once, name) = (number("count"), number("at_once"), word(part, "name"));
    match word(part, "what") {
        "ends_sooner" => {
            let later = count.saturating_sub(at_once);
            format!(
                "{count} records end sooner: {at_once} as soon as it is in force, {later} later"
            )
        }
        "ends_sooner_once_begun" => {
            format!("{count} records end sooner once their period has begun")
        }
        "ends_later" => format!("{count} records are kept longer"),
        "ends_later_once_begun" => {
            format!("{count} records are kept longer once their period has begun")
        }
        "keeps_old_terms" => {
            let why = match name {
                "no_notice" => "the notice is too short",
                "basis" => "what they were collected on does not cover more",
                "setting" => "a setting acts on what comes",
                _ => "the rule is another one",
            };
            format!("{count} records are not kept longer: {why}")
        }
        "category_erased" => format!("{count} records are erased: the category is no more"),
        "category_renamed" => format!("{count} records were of `{name}`"),
        "field_erased" => format!("`{name}` is erased from {count} records"),
        "field_renamed" => format!("`{name}` has another name in {count} records"),
        "values_cast" => format!("`{name}` is of another type in {count} records"),
        "values_do_not_fit" => {
            format!("`{name}` does not fit its new type in {count} records and is erased")
        }
        "purpose_gone" => format!("{count} records are not used for `{name}` any more"),
        "purpose_not_for_old" => format!("{count} records are not used for `{name}`, which is new"),
        "consent_does_not_cover" => format!("{count} consents do not cover what is used now"),
        "consent_for_nothing" => format!("{count} consents are for nothing any more"),
        "look_up_built" => format!("an index of `{name}` is built"),
        "look_up_dropped" => format!("the index of `{name}` is dropped"),
        other => format!("{other}: {count}"),
    }
}
