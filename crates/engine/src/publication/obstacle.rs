//! What a further version may not do to data that live: leave them without somebody they are about, without
//! a purpose, or in a shape that nothing can bring them into.

use std::collections::BTreeMap;

use policy::{Category, Find, Keep};
use store::{
    Link,
    value::{all as rows, one},
};

use super::sql;
use crate::{
    chain,
    ctx::Ctx,
    decision,
    ids::Rid,
    lookup, record,
    refusal::Refusal,
    subject,
    terms::{self, Class, Stored},
    workspace::InForce,
};

/// Why a version cannot come into force, with the rule and how many things stand against it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The workspace, by name.
    pub workspace: String,
    /// The row or key of the new version.
    pub rule: String,
    /// What stands against it.
    pub why: String,
    /// How many.
    pub count: u64,
}

/// Everything in a workspace that stands against a version.
pub(super) fn all(ctx: &Ctx, workspace: &str, next: &InForce) -> Result<Vec<Obstacle>, Refusal> {
    let mut found: BTreeMap<(String, String), u64> = BTreeMap::new();
    let mut add = |rule: String, why: &str, count: u64| {
        if count > 0 {
            *found.entry((rule, why.to_owned())).or_default() += count;
        }
    };
    if ctx.ws.closed().is_some() && next.policy.closing.is_none() {
        let why = "the workspace is closed, and nothing would say when its data end";
        add("workspace.closing".to_owned(), why, 1);
    }
    for (role, count) in ctx.ws.control().staff_tokens(ctx.ws.number(), ctx.now)? {
        if !next.policy.staff.contains(&role) {
            add("scope.staff".to_owned(), &format!("tokens of the role `{role}` live"), count);
        }
    }
    ctx.ws.read(|link| {
        let people = rows(link, sql::PEOPLE, &[], |row| Ok((row.text(0)?, row.number(1)?)))?;
        for (kinds, count) in people {
            for kind in kinds.split_whitespace().filter(|kind| !declared(next, kind)) {
                add("scope.people".to_owned(), &format!("people of the kind `{kind}` live"), count);
            }
        }
        for stored in terms::stored(link)?.iter().filter(|stored| stored.class.ended.is_none()) {
            for (rule, why, count) in of_terms(ctx, link, next, stored)? {
                add(rule, why, count);
            }
        }
        for (category, purpose, count) in copies(link)? {
            if !keeps_copies(&ctx.ws.policy(), next, &category, &purpose) {
                let rule = format!("data.{category}.statutory");
                add(rule, "copies that a legal duty keeps live", count);
            }
        }
        for (rule, count) in doubles(ctx, link, next)? {
            add(rule, "values that are to be unique stand in more than one record", count);
        }
        Ok(())
    })?;
    let obstacle =
        |((rule, why), count)| Obstacle { workspace: workspace.to_owned(), rule, why, count };
    Ok(found.into_iter().map(obstacle).collect())
}

fn declared(next: &InForce, kind: &str) -> bool {
    next.policy.people.iter().any(|known| known == kind)
}

type Found = Vec<(String, &'static str, u64)>;

/// What stands against it among the records of one terms.
fn of_terms(
    ctx: &Ctx,
    link: &mut dyn Link,
    next: &InForce,
    stored: &Stored,
) -> Result<Found, Refusal> {
    let now = ctx.ws.policy();
    let class = terms::derive(ctx, next, stored, now.number);
    let (Some(old), Some(new)) =
        (now.policy.category(&stored.class.category), next.policy.category(&class.category))
    else {
        return Ok(Vec::new());
    };
    let mut why = Vec::new();
    let whole = old.part_of.as_ref().map(|id| next.versions.called(now.number, id, next.number));
    if whole != new.part_of.as_deref() {
        why.push(("part_of", "records hang on another whole, or on none"));
    }
    if new.closed.is_some() || matches!(new.keep, Keep::Never) {
        why.push(("keep", "records are stored, and no such records may be"));
    }
    if left_for_nothing(stored, &class) {
        why.push(("for", "records would be left without a purpose that they were collected for"));
    }
    let names = |now: &str, was: &str| {
        let person = |one: &policy::Field| one.kind == policy::FieldKind::Person;
        old.fields.iter().any(|one| one.name == was && person(one))
            && new.fields.iter().any(|one| one.name == now && person(one))
    };
    if new.were.iter().any(|(now, was)| names(now, was)) {
        // Each is sealed under the key of the person it names, with the field's name.
        why.push(("were", "records name people in a field that was renamed"));
    }
    let mut found = Vec::new();
    if !why.is_empty() {
        let count = count(link, stored.id)?;
        found.extend(
            why.into_iter().map(|(key, why)| (format!("data.{}.{key}", new.id), why, count)),
        );
    }
    if old.of.iter().any(|kind| !new.of.contains(kind)) {
        let count = about_others(link, stored.id, new)?;
        let why = "records are about people of other kinds";
        found.push((format!("data.{}.of", new.id), why, count));
    }
    Ok(found)
}

/// Copies that a legal duty keeps, by category and purpose.
fn copies(link: &mut dyn Link) -> Result<Vec<(String, String, u64)>, Refusal> {
    Ok(rows(link, sql::COPIES, &[], |row| Ok((row.text(0)?, row.text(1)?, row.number(2)?)))?)
}

/// Whether a version knows the copies of a category as they are: sealed under its name, with these fields.
fn keeps_copies(now: &InForce, next: &InForce, category: &str, purpose: &str) -> bool {
    let duty = |one: &InForce| one.policy.category(category)?.statutory.clone();
    match (duty(now), duty(next)) {
        (Some(now), Some(next)) => {
            next.purpose == purpose && now.fields.iter().all(|name| next.fields.contains(name))
        }
        _ => false,
    }
}

fn left_for_nothing(stored: &Stored, class: &Class) -> bool {
    !stored.terms.purposes.iter().any(|purpose| class.purposes.contains(purpose))
}

pub(super) fn count(link: &mut dyn Link, terms: u64) -> Result<u64, Refusal> {
    Ok(one(link, sql::COUNT_OF_TERMS, &[terms.into()], |row| row.number(0))?.unwrap_or(0))
}

fn about_others(link: &mut dyn Link, terms: u64, category: &Category) -> Result<u64, Refusal> {
    let mut count = 0;
    for rid in rows(link, sql::OF_TERMS, &[terms.into()], |row| row.number(0))? {
        let person = subject::find(link, Rid(rid).subject())?;
        let fits =
            person.is_some_and(|one| one.people.iter().any(|kind| category.of.contains(kind)));
        count += u64::from(!fits);
    }
    Ok(count)
}

/// Fields that become unique although some values stand twice, with how many records have one of those.
fn doubles(ctx: &Ctx, link: &mut dyn Link, next: &InForce) -> Result<Vec<(String, u64)>, Refusal> {
    let now = ctx.ws.policy();
    let mut found = Vec::new();
    for category in &next.policy.categories {
        for field in category.fields.iter().filter(|field| field.find == Find::Unique) {
            let known = now.policy.categories.iter().any(|old| {
                next.versions.called(now.number, &old.id, next.number) == category.id
                    && old
                        .fields
                        .iter()
                        .any(|one| one.name == field.name && one.find == Find::Unique)
            });
            if !known {
                let count = twice(ctx, link, next, &category.id, &field.name)?;
                found.push((format!("data.{}.unique", category.id), count));
            }
        }
    }
    Ok(found)
}

/// How many records have a value that another one has.
fn twice(
    ctx: &Ctx,
    link: &mut dyn Link,
    next: &InForce,
    category: &str,
    field: &str,
) -> Result<u64, Refusal> {
    let grant = decision::built_in(crypto::Ground::Maintenance);
    let mut seen: BTreeMap<[u8; 32], u64> = BTreeMap::new();
    for stored in terms::stored(link)? {
        if terms::derive(ctx, next, &stored, ctx.ws.policy().number).category != category {
            continue;
        }
        let rids = rows(link, sql::OF_TERMS, &[stored.id.into()], |row| row.number(0))?;
        for rid in rids {
            let Some(head) = chain::head(link, rid)? else { continue };
            let Some(fields) = record::open_under(ctx, next, link, &head, &stored.class)? else {
                continue;
            };
            if let Some(value) = fields.look(&grant).get(field).and_then(|value| value.as_str()) {
                *seen.entry(lookup::fingerprint(value)).or_default() += 1;
            }
        }
    }
    Ok(seen.values().filter(|count| **count > 1).sum())
}
