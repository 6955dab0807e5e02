//! The copy that a person has a right to (GDPR Art. 15 and 20, UU PDP Art. 7 and 13): every record, what
//! is known about consents, holds and restrictions, and who looked.

use serde_json::{Map, Value, json};
use store::Link;

use crate::{
    approval, bar, blob, chain, consent,
    ctx::{Ctx, Role},
    decision,
    entry::{self, Act},
    hold,
    ids::{Kind, Rid},
    mention, minor,
    pending::Pending,
    record,
    refusal::Refusal,
    subject, time,
};

/// Gathers the copy. The ground is the right of access, so restriction and missing consent do not hide
/// anything from the person; what is erased or overdue is not in it.
pub fn access(ctx: &Ctx, number: u64) -> Result<Pending<Map<String, Value>>, Refusal> {
    if !matches!(ctx.actor.role, Role::System | Role::Person | Role::Officer) {
        return Err(Refusal::Forbidden);
    }
    copy(ctx, number, "right.access")
}

/// What somebody gave under a contract or by consent, to take along: every value with the types of its fields,
/// and a SHA-256 over the records, so that who takes it in can see that nothing is missing.
pub fn portable(ctx: &Ctx, number: u64) -> Result<Pending<Map<String, Value>>, Refusal> {
    if !matches!(ctx.actor.role, Role::System | Role::Person | Role::Officer) {
        return Err(Refusal::Forbidden);
    }
    let mut pending = copy(ctx, number, "right.portability")?;
    if let Ok(copy) = &mut pending.value {
        let records = copy.remove("records");
        let mut records: Vec<Value> = match records {
            Some(Value::Array(records)) => records,
            _ => Vec::new(),
        };
        let in_force = ctx.ws.policy();
        let policy = &in_force.policy;
        let category =
            |record: &Value| record.get("category").and_then(Value::as_str).map(str::to_owned);
        records.retain(|record| category(record).is_some_and(|id| is_portable(policy, &id)));
        let schema: Map<String, Value> = records
            .iter()
            .filter_map(|record| {
                let declared = policy.category(&category(record)?)?;
                let field = |field: &policy::Field| (field.name.clone(), field.kind.word().into());
                let fields: Map<String, Value> = declared.fields.iter().map(field).collect();
                Some((declared.id.clone(), Value::Object(fields)))
            })
            .collect();
        for gone in ["mentions", "consents", "standing", "history"] {
            copy.remove(gone);
        }
        let records = Value::Array(records);
        let sum = crypto::sha256(&[records.to_string().as_bytes()]);
        copy.insert("format".into(), "janji-portable-1".into());
        copy.insert("schema".into(), schema.into());
        copy.insert("sha256".into(), crate::certificate::hex(&sum).into());
        copy.insert("records".into(), records);
    }
    Ok(pending)
}

/// Art. 20(1)(a) GDPR: what rests on consent or a contract.
fn is_portable(policy: &policy::Policy, category: &str) -> bool {
    use policy::Basis::{Consent, Contract, ExplicitConsent};
    policy.category(category).is_some_and(|category| {
        let purposes = category.purposes.iter().filter_map(|id| policy.purpose(id));
        purposes
            .flat_map(|purpose| &purpose.bases)
            .any(|basis| matches!(basis, Consent | Contract | ExplicitConsent))
    })
}

/// The people whose data the company may take out of a workspace: not those who asked that theirs be stored
/// only, and not those who are being erased.
pub fn exportable(ctx: &Ctx) -> Result<Vec<u64>, Refusal> {
    ctx.ws.read(|link| {
        let mut free = Vec::new();
        for number in subject::all(link)? {
            let restricted = |bar: &bar::Bar| {
                matches!(
                    bar.kind,
                    bar::Kind::Restriction | bar::Kind::RestrictionForClaim | bar::Kind::Condemned
                )
            };
            let condemned = subject::find(link, number)?.is_none_or(|person| person.condemned);
            if !condemned && !bar::of(link, number)?.iter().any(restricted) {
                free.push(number);
            }
        }
        Ok(free)
    })
}

/// One person's part of the company's own export, under the rule that says so in the ledger.
pub fn company(ctx: &Ctx, number: u64) -> Result<Pending<Map<String, Value>>, Refusal> {
    if ctx.actor.role != Role::System {
        return Err(Refusal::Forbidden);
    }
    copy(ctx, number, "export.company")
}

fn copy(ctx: &Ctx, number: u64, rule: &str) -> Result<Pending<Map<String, Value>>, Refusal> {
    let version = ctx.ws.version();
    ctx.ws.read(|link| {
        let person = subject::load(ctx, link, number)?;
        if person.condemned {
            return Err(Refusal::Gone { rule: "right.erasure".to_owned() });
        }
        let (mut rids, mut names) = (Vec::new(), Vec::new());
        let mut records = Vec::new();
        for rid in record::of_subject(link, number)? {
            let chain = match chain::live(ctx, link, Rid(rid)) {
                Ok(chain) => chain,
                Err(Refusal::Gone { .. }) => continue,
                Err(error) => return Err(error),
            };
            let view = record::view(ctx, link, &chain)?;
            names.extend_from_slice(&view.names);
            records.push(one(ctx, link, &chain, view)?);
            rids.push(rid);
        }
        let ids = ctx.ws.ids();
        let mut copy = Map::new();
        copy.insert("subject".into(), ids.show(Kind::Subject, number).into());
        copy.insert("people".into(), person.people.clone().into());
        copy.insert("country".into(), person.country.clone().into());
        if let Some(born) = minor::born(ctx, link, number)? {
            copy.insert("born".into(), born.to_string().into());
        }
        copy.insert("approvals".into(), approvals(link, number)?);
        copy.insert("made".into(), time::rfc3339(person.created).into());
        copy.insert("as_of".into(), time::rfc3339(ctx.now).into());
        copy.insert("policy".into(), ctx.ws.policy().policy.version.clone().into());
        copy.insert("records".into(), records.into());
        copy.insert("mentions".into(), mentions(ctx, link, number)?);
        copy.insert("consents".into(), consents(ctx, link, number)?);
        copy.insert("standing".into(), standing(link, number)?);
        copy.insert("history".into(), history(ctx, link, number)?);
        Ok(Pending {
            value: Ok(copy),
            version,
            subject: person,
            act: Act::Read,
            purpose: String::new(),
            rule: rule.to_owned(),
            rids,
            names,
            built_in: true,
        })
    })
}

/// Where others' records name the person: the category, the role in it, and in how many.
fn mentions(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Value, Refusal> {
    let found = mention::of(ctx, link, number)?.into_iter().map(|((category, field), records)| {
        json!({ "category": category, "field": field, "records": records })
    });
    Ok(found.collect())
}

fn one(
    ctx: &Ctx,
    link: &mut dyn Link,
    chain: &chain::Chain,
    view: record::View,
) -> Result<Value, Refusal> {
    let ids = ctx.ws.ids();
    let class = chain.class()?;
    let blobs: Vec<Value> = blob::of_record(link, view.rid.0)?
        .iter()
        .filter_map(|blob| {
            let id = ids.show(Kind::Blob, blob.number);
            let field = blob::today(ctx, blob)?;
            Some(json!({ "id": id, "field": field, "media": blob.media }))
        })
        .collect();
    let grant = decision::built_in(crypto::Ground::Access);
    Ok(json!({
        "id": ids.show(Kind::Record, view.rid.0),
        "category": view.category,
        "at": time::rfc3339(view.at),
        "part_of": view.whole.map(|whole| ids.show(Kind::Record, whole.0)),
        "purposes": class.purposes,
        "fields": view.fields.open(&grant),
        "blobs": blobs,
    }))
}

fn consents(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Value, Refusal> {
    let ids = ctx.ws.ids();
    let all = consent::of(link, number)?.into_iter().map(|consent| {
        json!({
            "id": ids.show(Kind::Consent, consent.id),
            "purpose": consent.purpose,
            "given": time::rfc3339(consent.given),
            "withdrawn": consent.withdrawn.map(time::rfc3339),
            "language": consent.language,
        })
    });
    Ok(all.collect())
}

/// Who agreed in the place of a minor, and until when.
fn approvals(link: &mut dyn Link, number: u64) -> Result<Value, Refusal> {
    let all = approval::of(link, number)?.into_iter().map(|one| {
        json!({
            "by": one.by,
            "given": time::rfc3339(one.given),
            "withdrawn": one.withdrawn.map(time::rfc3339),
        })
    });
    Ok(all.collect())
}

/// What stands against use or deletion. That there is a hold is told; its case is not the person's.
fn standing(link: &mut dyn Link, number: u64) -> Result<Value, Refusal> {
    let mut all = Vec::new();
    for bar in bar::of(link, number)? {
        let kind = serde_json::to_value(bar.kind).unwrap_or_default();
        all.push(json!({
            "kind": kind,
            "category": bar.category,
            "purpose": bar.purpose,
            "since": time::rfc3339(bar.since),
        }));
    }
    for held in hold::list(link, Some(number))?.iter().filter(|hold| hold.released.is_some()) {
        all.push(json!({
            "kind": "released_hold",
            "category": held.category,
            "since": time::rfc3339(held.placed),
            "until": held.released.map(time::rfc3339),
        }));
    }
    Ok(all.into())
}

/// Who did what with the person's data, as far back as the application log is kept.
fn history(ctx: &Ctx, link: &mut dyn Link, number: u64) -> Result<Value, Refusal> {
    let all = entry::history(ctx, link, number, u64::MAX >> 1, 1000)?.into_iter().map(|detail| {
        json!({
            "at": time::rfc3339(detail.at),
            "act": detail.act.word(),
            "role": detail.role,
            "purpose": detail.purpose,
            "rule": detail.rule,
            "records": detail.count,
        })
    });
    Ok(all.collect())
}
