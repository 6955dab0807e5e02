//! `janji plan` and `janji publish`: a further version of a policy over data that live.

use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};
use server::socket::Command;

use crate::{
    check,
    folder::{self, Answer, Data, word},
    out,
};

/// What both take.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    #[command(flatten)]
    data: Data,
    /// The policy; company.name says whose
    file: PathBuf,
    /// Print one JSON object
    #[arg(long)]
    json: bool,
}

/// The source of a file that passes the check; what is wrong with it was shown otherwise.
fn source(args: &Args) -> Result<Option<String>> {
    let source = folder::text(&args.file)?;
    let name = args.file.display().to_string();
    let checked = policy::check(&name, &source);
    if checked.policy.is_none() {
        check::show(&name, &source, &checked.findings)?;
        return Ok(None);
    }
    Ok(Some(source))
}

/// Shows what a version would do; 1 when it could not come into force.
pub(crate) fn plan(args: &Args) -> Result<u8> {
    let Some(policy) = source(args)? else { return Ok(1) };
    let answer = args.data.perform(&Command::Plan { policy })?;
    let obstacles = answer.done.get("obstacles").and_then(Value::as_u64).unwrap_or(0);
    if args.json {
        let (stand, do_): (Vec<&Value>, Vec<&Value>) =
            answer.parts.iter().partition(|part| part.get("obstacle").is_some());
        let whole = json!({
            "version": answer.done.get("version"),
            "number": answer.done.get("number"),
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
    out::line(&match (obstacles, effects.len()) {
        (0, 0) => format!("version {version} changes nothing for what is stored"),
        (0, _) => format!("version {version} can come into force: janji publish"),
        (many, _) => format!("version {version} cannot come into force: {many} obstacles"),
    })?;
    Ok(u8::from(obstacles > 0))
}

/// Puts a version in force; 1 when live data stand against it.
pub(crate) fn publish(args: &Args) -> Result<u8> {
    let Some(policy) = source(args)? else { return Ok(1) };
    let answer = args.data.perform(&Command::Publish { policy })?;
    let in_force = answer.done.get("in_force").and_then(Value::as_bool).unwrap_or(false);
    if args.json {
        let whole = json!({ "published": answer.done, "obstacles": answer.parts });
        out::line(&serde_json::to_string_pretty(&whole)?)?;
    } else if in_force {
        let version = word(&answer.done, "version");
        out::line(&format!("version {version} is in force in every workspace of the company"))?;
    } else {
        stands_against(&answer)?;
        out::line("nothing was changed")?;
    }
    Ok(u8::from(!in_force))
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
            format!("{count} records end sooner: {at_once} at once, {later} later")
        }
        "keeps_old_terms" => format!("{count} records keep the shorter end of their collection"),
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
