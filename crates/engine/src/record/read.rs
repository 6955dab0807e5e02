//! Reading records for a purpose: by id, by subject and category, by a look-up field. Each gives a
//! [`Pending`], whose values come out with the ledger entry.

use policy::Find;
use store::{Link, Tx};

use super::{Fields, Part, View, admit, of_subject, sql, stored};
use crate::{
    chain::{self, Chain},
    ctx::Ctx,
    decision::{self, Denied},
    entry::Act,
    ids::Rid,
    lookup, mention,
    pending::Pending,
    pseudonym,
    refusal::Refusal,
    subject::{self, Subject},
};

/// Reads one record for a purpose. A refusal is an answer too, and entered as well.
pub fn read(ctx: &Ctx, rid: Rid, purpose: &str) -> Result<Pending<View>, Refusal> {
    let version = ctx.ws.version();
    ctx.ws.read(|link| decided(ctx, link, rid, purpose, version))
}

/// Reads one record inside the writer's own transaction: nothing can change between decision and entry,
/// and the writer's pages are at hand. For single records; whatever takes long reads from a snapshot.
pub fn read_now(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    rid: Rid,
    purpose: &str,
) -> Result<Result<View, Refusal>, Refusal> {
    let version = ctx.ws.version();
    let pending = decided(ctx, tx.link(), rid, purpose, version)?;
    pending.into_act(ctx.clone())(tx)
}

fn decided(
    ctx: &Ctx,
    link: &mut dyn Link,
    rid: Rid,
    purpose: &str,
    version: u64,
) -> Result<Pending<View>, Refusal> {
    let person = subject::load(ctx, link, rid.subject())?;
    let mut rule = String::new();
    let value = match admit(ctx, link, &person, rid, purpose)? {
        Ok((chain, allowed)) => {
            rule = allowed.rule(ctx);
            Ok(pseudonym::veil(ctx, &allowed, view(ctx, link, &chain)?)?)
        }
        Err(denied) => Err(denied),
    };
    let names = value.as_ref().map_or_else(|_| Vec::new(), |view| view.names.clone());
    Ok(Pending { rule, names, ..pending(value, version, person, purpose, vec![rid.0]) })
}

fn pending<T>(
    value: Result<T, Denied>,
    version: u64,
    subject: Subject,
    purpose: &str,
    rids: Vec<u64>,
) -> Pending<T> {
    Pending {
        value,
        version,
        subject,
        act: Act::Read,
        purpose: purpose.to_owned(),
        rule: String::new(),
        rids,
        names: Vec::new(),
        built_in: false,
    }
}

/// Opens an admitted record with the state of its parts.
pub(crate) fn view(ctx: &Ctx, link: &mut dyn Link, chain: &Chain) -> Result<View, Refusal> {
    let head = chain.head()?;
    let category = chain.class()?.category.clone();
    let mut fields = stored(ctx, link, chain)?;
    let names = mention::show(ctx, link, &category, head.rid, &mut fields)?;
    let parts = store::value::all(link, sql::PARTS, &[head.rid.into()], |row| {
        Ok((row.number(0)?, row.text(1)?))
    })?;
    let mut shown = Vec::with_capacity(parts.len());
    for (rid, category) in parts {
        let live = match chain::live(ctx, link, Rid(rid)) {
            Ok(_) => true,
            Err(Refusal::Gone { .. }) => false,
            Err(error) => return Err(error),
        };
        shown.push(Part { rid: Rid(rid), category, live });
    }
    Ok(View {
        rid: Rid(head.rid),
        category,
        at: head.at,
        whole: head.whole.map(Rid),
        fields: Fields::new(fields),
        parts: shown,
        names,
    })
}

/// The most records that one list or find answers.
pub(crate) const MOST: usize = 200;

/// Reads the records of a subject, of one category or all, for a purpose. Records that this purpose may
/// not use are left out; when it may use none, the refusal says why. `after` continues a list.
pub fn list(
    ctx: &Ctx,
    subject: u64,
    category: Option<&str>,
    purpose: &str,
    after: Option<Rid>,
    limit: usize,
) -> Result<Pending<(Vec<View>, bool)>, Refusal> {
    let version = ctx.ws.version();
    ctx.ws.read(|link| {
        let person = subject::load(ctx, link, subject)?;
        let rids = of_subject(link, subject)?;
        let rest = rids.into_iter().filter(|rid| after.is_none_or(|after| *rid > after.0));
        let (views, more, denied, rule) =
            admitted(ctx, link, &person, rest, category, purpose, limit.min(MOST))?;
        let rids = views.iter().map(|view| view.rid.0).collect();
        let names = views.iter().flat_map(|view| view.names.clone()).collect();
        let value = match denied {
            Some(denied) if views.is_empty() => Err(denied),
            _ => Ok((views, more)),
        };
        Ok(Pending { rule, names, ..pending(value, version, person, purpose, rids) })
    })
}

/// The views, whether there are more, the first refusal, and what the first view rests on.
type Admitted = (Vec<View>, bool, Option<Denied>, String);

fn admitted(
    ctx: &Ctx,
    link: &mut dyn Link,
    person: &Subject,
    rids: impl Iterator<Item = u64>,
    category: Option<&str>,
    purpose: &str,
    limit: usize,
) -> Result<Admitted, Refusal> {
    let mut views = Vec::new();
    let (mut refused, mut rule) = (None, String::new());
    for rid in rids {
        match admit(ctx, link, person, Rid(rid), purpose) {
            Ok(Ok((chain, allowed))) => {
                if category.is_some_and(|only| chain.class().is_ok_and(|c| c.category != only)) {
                    continue;
                }
                if views.len() >= limit {
                    return Ok((views, true, refused, rule));
                }
                if views.is_empty() {
                    rule = allowed.rule(ctx);
                }
                views.push(pseudonym::veil(ctx, &allowed, view(ctx, link, &chain)?)?);
            }
            Ok(Err(denied)) => refused = refused.or(Some(denied)),
            Err(Refusal::Gone { .. }) => {}
            Err(error) => return Err(error),
        }
    }
    Ok((views, false, refused, rule))
}

/// Finds the records whose look-up field has a value, over all subjects; at most one when it is unique.
pub fn find(
    ctx: &Ctx,
    field: &str,
    value: &str,
    purpose: &str,
) -> Result<Vec<Pending<View>>, Refusal> {
    let in_force = ctx.ws.policy();
    let declared = field.split_once('.').and_then(|(category, name)| {
        let category = in_force.policy.category(category)?;
        category.fields.iter().find(|field| field.name == name)
    });
    // Whoever may not use the category for the purpose at all learns that, and not whether a value is there.
    if let Some(category) = field.split_once('.').and_then(|(id, _)| in_force.policy.category(id)) {
        decision::allowed_at_all(ctx, category, purpose)?;
    }
    // Who asks by a value knows whose record the answer is.
    pseudonym::refuses(ctx, purpose)?;
    let unique = match declared.map(|field| &field.find) {
        Some(Find::Unique) => true,
        Some(Find::ByValue) => false,
        _ => return Err(Refusal::invalid("field", "data.*.unique or find_by")),
    };
    let name = declared.map_or("", |field| field.name.as_str());
    let version = ctx.ws.version();
    ctx.ws.read(|link| {
        let mut found = Vec::new();
        for rid in lookup::find(ctx, link, field, value, unique)?.into_iter().take(MOST) {
            let rid = Rid(rid);
            let Ok(person) = subject::load(ctx, link, rid.subject()) else { continue };
            let decided = match admit(ctx, link, &person, rid, purpose) {
                Ok(decided) => decided,
                Err(Refusal::Gone { .. } | Refusal::NotFound) => continue,
                Err(error) => return Err(error),
            };
            let mut rule = String::new();
            let value = match decided {
                Ok((chain, allowed)) => {
                    rule = allowed.rule(ctx);
                    let shown = view(ctx, link, &chain)?;
                    let grant = decision::grant(&allowed);
                    let stored = shown.fields.look(&grant).get(name).and_then(|v| v.as_str());
                    if !stored.is_some_and(|stored| lookup::same(stored, value)) {
                        continue;
                    }
                    Ok(shown)
                }
                Err(denied) => Err(denied),
            };
            let names =
                value.as_ref().map_or_else(|_| Vec::new(), |view: &View| view.names.clone());
            let one = pending(value, version, person, purpose, vec![rid.0]);
            found.push(Pending { rule, names, ..one });
        }
        Ok(found)
    })
}

/// Refuses when a record is not there any more.
pub fn present(link: &mut dyn Link, rid: u64) -> Result<(), Refusal> {
    match chain::head(link, rid)? {
        Some(head) if head.job.is_none() => Ok(()),
        _ => Err(Refusal::Gone { rule: "erased".to_owned() }),
    }
}

/// The values of a released view, for the one it was released to.
pub fn seen(view: View) -> (Rid, serde_json::Map<String, serde_json::Value>) {
    let grant = decision::built_in(crypto::Ground::Purpose);
    (view.rid, view.fields.open(&grant))
}
