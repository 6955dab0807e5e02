//! Is there nothing but what the policy declares: people, categories, wholes, fields?

use std::collections::BTreeSet;

use policy::{Category, FieldKind, Keep};
use store::value::{all, one};

use super::{
    closing,
    findings::Findings,
    probe::{HOUR, LATE, Look},
    sample::{Head, Opened},
    sql,
};
use crate::{decision, ids::Rid, mention, refusal::Refusal};

/// Mentions looked at.
const MENTIONS: u64 = 5_000;
/// Blobs looked at.
const BLOBS: u64 = 5_000;

pub(super) fn probe(look: &mut Look<'_>) -> Result<Findings, Refusal> {
    let mut found = Findings::of("subjects, records and files");
    people(look, &mut found)?;
    let over = closing::is_over(look)?;
    for head in look.sample.heads.iter().filter(|head| head.job.is_none()) {
        record(look, head, &mut found)?;
        let held = look.sample.holds_some(Rid(head.rid).subject());
        let row = format!("data.{}", look.sample.category(head).unwrap_or_default());
        found.broken_if(over && !held, &row, "there after its workspace has ended");
    }
    fields(look, &mut found)?;
    mentions(look, &mut found)?;
    blobs(look, &mut found)?;
    Ok(found)
}

fn people(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let kinds = all(look.link, sql::PEOPLE, &[], |row| Ok((row.text(0)?, row.number(1)?)))?;
    for (kinds, count) in kinds {
        found.looked_at("scope", count);
        let declared = |kind: &str| look.policy.people.iter().any(|known| known == kind);
        let good = !kinds.is_empty() && kinds.split_whitespace().all(declared);
        found.broken_if(!good, "scope", "of an undeclared kind of person");
    }
    Ok(())
}

fn record(look: &mut Look<'_>, head: &Head, found: &mut Findings) -> Result<(), Refusal> {
    let id = look.sample.category(head).unwrap_or_default().to_owned();
    let row = format!("data.{id}");
    found.looked(&row);
    let Some(category) = look.policy.category(&id) else {
        let line = look.line(head)?;
        match removed(look) {
            _ if look.sample.held(&line) => found.held(&row),
            Some(at) if look.ctx.settled <= at + LATE => found.due(&row),
            _ => found.broken("", "of an undeclared category"),
        }
        return Ok(());
    };
    let stored = category.closed.is_none() && category.keep != Keep::Never;
    found.broken_if(!stored, &row, "of a category that is not stored");
    let subject = Rid(head.rid).subject();
    let kinds = one(look.link, sql::KINDS, &[subject.into()], |row| row.text(0))?;
    let about = kinds.unwrap_or_default();
    let about = about.split_whitespace().any(|kind| category.of.iter().any(|of| of == kind));
    found.broken_if(!about, &row, "about nobody it may be about");
    let whole = whole(look, head, category)?;
    found.broken_if(!whole, &row, "not part of its whole");
    Ok(())
}

/// When the newest version came into force, after which what it removed is still on its way out.
fn removed(look: &Look<'_>) -> Option<i64> {
    let versions = &look.ctx.ws.policy().versions;
    versions.at(versions.newest()).filter(|_| versions.newest() > 1)
}

/// Whether a record hangs on what the policy says, and is listed there.
fn whole(look: &mut Look<'_>, head: &Head, category: &Category) -> Result<bool, Refusal> {
    let (Some(part_of), Some(rid)) = (&category.part_of, head.whole) else {
        return Ok(category.part_of.is_none() && head.whole.is_none());
    };
    let listed = look.count(sql::PART, &[rid.into(), head.rid.into()])? == 1;
    let above = look.head(rid)?;
    let fits = above.is_some_and(|above| {
        look.sample.category(&above) == Some(part_of)
            && Rid(above.rid).subject() == Rid(head.rid).subject()
    });
    Ok(listed && fits)
}

/// Opened records have each required field, and none that is undeclared.
fn fields(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let grant = decision::built_in(crypto::Ground::Probe);
    for opened in &look.sample.opened {
        let Some(category) = look.policy.category(&opened.category) else { continue };
        let row = format!("data.{}", opened.category);
        let given: BTreeSet<&str> = opened.fields.look(&grant).keys().map(String::as_str).collect();
        let declared: BTreeSet<&str> =
            category.fields.iter().map(|field| field.name.as_str()).collect();
        let lacks =
            needed(look, opened, category).iter().any(|name| !given.contains(name.as_str()));
        left_over(look, opened, &row, found)?;
        found.broken_if(!given.is_subset(&declared), &row, "with an undeclared field");
        found.broken_if(lacks, &row, "without a field it needs");
        let persons = category.fields.iter().filter(|field| field.kind == FieldKind::Person);
        let named = persons
            .filter_map(|field| opened.fields.look(&grant).get(&field.name))
            .any(|value| value != mention::HERE);
        found.broken_if(named, &row, "with another person's id in it");
    }
    Ok(())
}

/// The fields that a record must have: those that its policy asked for and today's asks for too.
fn needed(look: &Look<'_>, opened: &Opened, category: &Category) -> Vec<String> {
    let terms = look.sample.terms.get(&opened.terms);
    let then = terms.and_then(|terms| {
        let versions = &look.ctx.ws.policy().versions;
        Some(versions.policy(terms.policy)?.category(&terms.then)?.clone())
    });
    let asked = then.into_iter().flat_map(|then| then.fields).filter(|field| field.required);
    let needed =
        |name: &String| category.fields.iter().any(|own| own.required && own.name == *name);
    asked.map(|field| field.name).filter(needed).collect()
}

/// What lies in the sealed record is what its policy declared; what is collected no more leaves it soon.
fn left_over(
    look: &mut Look<'_>,
    opened: &Opened,
    row: &str,
    found: &mut Findings,
) -> Result<(), Refusal> {
    let in_force = look.ctx.ws.policy();
    let versions = &in_force.versions;
    let (schema, then) = &opened.under;
    let known = versions.policy(*schema).and_then(|policy| policy.category(then));
    let strange = |name: &String| {
        known.is_none_or(|known| !known.fields.iter().any(|field| field.name == *name))
    };
    found.broken_if(opened.stored.iter().any(strange), row, "with a value nobody declared");
    let path = versions.path(*schema, then);
    let gone = |name: &String| path.is_none_or(|path| path.field(name).is_none());
    if !opened.stored.iter().any(gone) {
        return Ok(());
    }
    let Some(head) = look.head(opened.rid)? else { return Ok(()) };
    let line = look.line(&head)?;
    if look.sample.held(&line) {
        found.held(row);
    } else if removed(look).is_some_and(|at| look.ctx.settled <= at + LATE) {
        found.due(row);
    } else {
        found.broken(row, "with a value that is collected no more");
    }
    Ok(())
}

/// Another person stands beside the record, under a key that ends with that person.
fn mentions(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let rows = all(look.link, sql::MENTIONS, &[MENTIONS.into()], |row| {
        Ok((row.number(0)?, row.text(1)?, row.small(2)?, row.maybe_number(3)?))
    })?;
    for (rid, field, slot, own) in rows {
        let head = look.head(rid)?;
        let id = head.as_ref().and_then(|head| look.sample.category(head)).unwrap_or_default();
        let row = format!("data.{id}");
        let declared = look.policy.category(id).is_some_and(|category| {
            category.fields.iter().any(|one| one.name == field && one.kind == FieldKind::Person)
        });
        found.looked(&row);
        found.broken_if(!declared, &row, "mentions of no declared field");
        found.broken_if(own != Some(u64::from(slot)), &row, "mentions under another's key");
    }
    Ok(())
}

/// Files belong to a declared field, and to a record soon after they were sent.
fn blobs(look: &mut Look<'_>, found: &mut Findings) -> Result<(), Refusal> {
    let blobs = all(look.link, sql::BLOBS, &[BLOBS.into()], |row| {
        let place = (row.number(5)?, row.text(2)?, row.text(3)?);
        Ok((row.maybe_number(1)?, place, row.int(4)?))
    })?;
    let in_force = look.ctx.ws.policy();
    for (rid, (schema, category, field), at) in blobs {
        let path = in_force.versions.path(schema, &category);
        let today = path.and_then(|path| Some((path.today.clone()?, path.field(&field)?)));
        let late = removed(look).is_none_or(|at| look.ctx.settled > at + LATE);
        let Some((category, field)) = today else {
            // A hold keeps what it kept, and what was removed goes within its hour.
            let held = rid.is_some_and(|rid| look.sample.holds_some(Rid(rid).subject()));
            found.broken_if(late && !held, "", "files of an undeclared field");
            continue;
        };
        let row = format!("data.{category}");
        found.looked(&row);
        let declared = look.policy.category(&category).is_some_and(|category| {
            category.fields.iter().any(|own| {
                own.name == field && matches!(own.kind, FieldKind::Image | FieldKind::File)
            })
        });
        found.broken_if(!declared, &row, "files of an undeclared field");
        if let Some(rid) = rid {
            let there = look.head(rid)?.is_some_and(|head| head.job.is_none());
            found.broken_if(!there, &row, "files of no record");
        } else {
            let late = look.ctx.settled > at + 24 * HOUR + LATE;
            found.broken_if(late, &row, "files that no record has claimed");
        }
    }
    Ok(())
}
