//! May this actor use this category of this subject for this purpose? Role, purpose and category are the
//! policy's; consent and bars are the person's. Only this module mints grants.

use crypto::{Grant, Ground};
use store::{Link, Tx};

use crate::{
    approval,
    bar::{self, Bar, Kind, Lineage},
    choice, consent,
    ctx::{Ctx, Role},
    entry::{self, Act, Entry, Stream},
    grant, ids, paper,
    refusal::Refusal,
    subject::{self, Subject},
};

/// Yes, with the reasons that an entry and an answer name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Allowed {
    /// The purpose.
    pub purpose: String,
    /// The lawful basis of the purpose.
    pub basis: String,
    /// Whether an objection stands and was weighed against the company's interest.
    pub weighed: bool,
    /// The access under which a member of staff uses it, where the purpose needs one.
    pub access: Option<u64>,
}

impl Allowed {
    /// What an entry says of the access that this use rests on.
    pub(crate) fn rule(&self, ctx: &Ctx) -> String {
        let shown = |id| ctx.ws.ids().show(ids::Kind::Grant, id);
        self.access.map(shown).unwrap_or_default()
    }
}

/// No, with a stable word and the rule that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Denied {
    /// A stable word.
    pub reason: &'static str,
    /// The path of the rule.
    pub rule: String,
}

impl Denied {
    fn new(reason: &'static str, rule: impl Into<String>) -> Denied {
        Denied { reason, rule: rule.into() }
    }
}

impl From<Denied> for Refusal {
    fn from(denied: Denied) -> Refusal {
        Refusal::Denied { reason: denied.reason, rule: denied.rule }
    }
}

/// The answer to the question.
pub type Decision = Result<Allowed, Denied>;

/// Decides. `lineage` is where the record stands; for a question about no record it holds the category.
pub fn decide(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: &Subject,
    lineage: &Lineage,
    purpose: &str,
) -> Result<Decision, Refusal> {
    let category = lineage.categories.first().map_or("", String::as_str);
    let bars = bar::of(link, subject.number)?;
    let found = by_policy(ctx, subject, category, purpose)
        .and_then(|allowed| by_choices(ctx, lineage, purpose).map(|()| allowed));
    let (basis, objection, needs_consent) = match found {
        Ok(found) => found,
        Err(denied) => return Ok(Err(denied)),
    };
    let weighed = match by_bars(ctx, &bars, lineage, purpose, objection) {
        Ok(weighed) => weighed,
        Err(denied) => return Ok(Err(denied)),
    };
    if let Some(rule) = approval::lacks(ctx, link, subject.number)? {
        return Ok(Err(Denied::new("approval", rule)));
    }
    let since = ctx.ws.policy().versions.since(category, purpose).unwrap_or(0);
    if needs_consent && !consent::covers(ctx, link, subject.number, purpose, since)? {
        return Ok(Err(Denied::new("no_consent", format!("purpose.{purpose}.basis"))));
    }
    let mut access = None;
    if grant::needed(ctx, purpose) {
        access = grant::covering(ctx, link, subject.number, lineage, purpose)?;
        if access.is_none() {
            return Ok(Err(Denied::new("needs", format!("purpose.{purpose}.needs"))));
        }
    }
    Ok(Ok(Allowed { purpose: purpose.to_owned(), basis, weighed, access }))
}

/// Decides without reading anything, and enters question and answer. `staff` asks in the place of a role.
pub fn ask(
    ctx: &Ctx,
    tx: &mut Tx<'_>,
    subject: u64,
    category: &str,
    purpose: &str,
    staff: Option<&str>,
) -> Result<Decision, Refusal> {
    let in_force = ctx.ws.policy();
    let mut asked = ctx.clone();
    if let Some(staff) = staff {
        if !in_force.policy.staff.iter().any(|known| known == staff) {
            return Err(Refusal::invalid("actor", "scope.staff"));
        }
        asked.actor.role = Role::Staff(staff.to_owned());
    }
    if in_force.policy.category(category).is_none() {
        return Err(Refusal::invalid("category", "data"));
    }
    let person = subject::load(ctx, tx.link(), subject)?;
    let lineage = Lineage { rids: Vec::new(), categories: vec![category.to_owned()] };
    let decided = decide(&asked, tx.link(), &person, &lineage, purpose)?;
    let entry = Entry {
        act: Act::Decide,
        stream: Stream::Application,
        subject: person.ledger(),
        purpose,
        rule: decided.as_ref().map_or_else(|denied| denied.reason, |_| "allowed"),
        records: &[],
    };
    entry::record(ctx, tx, &entry)?;
    Ok(decided)
}

/// Refuses what no person's consent could allow: the role, the purpose or the category rules it out.
pub(crate) fn allowed_at_all(
    ctx: &Ctx,
    category: &policy::Category,
    purpose: &str,
) -> Result<(), Denied> {
    let policy = ctx.ws.policy();
    let Some(actor) = ctx.actor.role.in_policy() else {
        return Err(Denied::new("role", "purpose.*.by"));
    };
    let question =
        policy::Question { actor, purpose, category: &category.id, people: &category.of };
    match policy.policy.permits(&question) {
        Ok(_) => Ok(()),
        Err(denial) => Err(Denied::new(denial.code(), denial.rule(&question))),
    }
}

/// Whether this actor may use what a category's legal duty keeps of people who are erased: for that duty and
/// for nothing else, by the staff that its purpose names.
pub(crate) fn by_duty(ctx: &Ctx, category: &policy::Category, purpose: &str) -> Result<(), Denied> {
    let in_force = ctx.ws.policy();
    let role = || Denied::new("role", format!("purpose.{purpose}.by"));
    let duty = category.statutory.as_ref().filter(|duty| duty.purpose == purpose);
    let Some(found) = duty.and_then(|duty| in_force.policy.purpose(&duty.purpose)) else {
        return Err(Denied::new("no_duty", format!("data.{}.statutory", category.id)));
    };
    if let Some(rule) = &found.closed {
        return Err(Denied::new("purpose-closed", rule.clone()));
    }
    if grant::needed(ctx, purpose) {
        // Access is given for a person, and of those whom copies are about nobody is left.
        return Err(Denied::new("needs", format!("purpose.{purpose}.needs")));
    }
    match ctx.actor.role.in_policy() {
        None | Some(policy::Role::Person) => Err(role()),
        Some(actor) if found.open_to(actor) => Ok(()),
        Some(_) => Err(role()),
    }
}

fn by_policy(
    ctx: &Ctx,
    subject: &Subject,
    category: &str,
    purpose: &str,
) -> Result<(String, policy::Objection, bool), Denied> {
    let policy = ctx.ws.policy();
    if policy.policy.never.iter().any(|kind| kind == purpose) {
        // Before any question of who asks: there is no row that could allow it.
        return Err(Denied::new("never", format!("never.{purpose}")));
    }
    if ctx.ws.closed().is_some() {
        return Err(Denied::new("closed", "workspace.closing"));
    }
    let Some(actor) = ctx.actor.role.in_policy() else {
        return Err(Denied::new("role", "purpose.*.by"));
    };
    if ctx.actor.role == Role::Person && ctx.actor.subject != Some(subject.number) {
        return Err(Denied::new("role", "purpose.*.by"));
    }
    let question = policy::Question { actor, purpose, category, people: &subject.people };
    match policy.policy.permits(&question) {
        Ok(found) => {
            let needs =
                policy.policy.category(category).is_some_and(|one| found.needs_consent(one));
            let word = |basis: &&policy::Basis| {
                matches!(basis, policy::Basis::Consent | policy::Basis::ExplicitConsent)
            };
            let consented = found.bases.iter().find(word).filter(|_| needs);
            let basis = consented.or(found.bases.first()).map_or("", |basis| basis_word(*basis));
            Ok((basis.to_owned(), found.objection, needs))
        }
        Err(denial) => Err(Denied::new(denial.code(), denial.rule(&question))),
    }
}

fn basis_word(basis: policy::Basis) -> &'static str {
    use policy::Basis;
    match basis {
        Basis::Contract => "contract",
        Basis::Consent => "consent",
        Basis::ExplicitConsent => "explicit_consent",
        Basis::LegitimateInterest => "legitimate_interest",
        Basis::LegalDuty => "legal_duty",
        Basis::VitalInterest => "vital_interest",
        Basis::PublicTask => "public_task",
        Basis::Instruction => "instruction",
    }
}

/// Whether somebody's records may be counted for an aggregate: nobody reads them, so no role is asked, but
/// switches, restrictions, objections and consents hold as for a use.
pub(crate) fn counted(
    ctx: &Ctx,
    link: &mut dyn Link,
    subject: &Subject,
    lineage: &Lineage,
    aggregate: &policy::Category,
) -> Result<Decision, Refusal> {
    let in_force = ctx.ws.policy();
    let bars = bar::of(link, subject.number)?;
    if let Some(rule) = approval::lacks(ctx, link, subject.number)? {
        return Ok(Err(Denied::new("approval", rule)));
    }
    let mut refused = Denied::new("no_purpose", format!("data.{}.for", aggregate.id));
    for purpose in aggregate.purposes.iter().filter_map(|id| in_force.policy.purpose(id)) {
        if purpose.closed.is_some() {
            continue;
        }
        if let Err(denied) = by_choices(ctx, lineage, &purpose.id) {
            refused = denied;
            continue;
        }
        let weighed = match by_bars(ctx, &bars, lineage, &purpose.id, purpose.objection) {
            Ok(weighed) => weighed,
            Err(denied) => {
                refused = denied;
                continue;
            }
        };
        if purpose.needs_consent(aggregate)
            && !consent::stands(ctx, link, subject.number, &purpose.id)?
        {
            refused = Denied::new("no_consent", format!("purpose.{}.basis", purpose.id));
            continue;
        }
        let basis = purpose.bases.first().map_or("", |basis| basis_word(*basis)).to_owned();
        return Ok(Ok(Allowed { purpose: purpose.id.clone(), basis, weighed, access: None }));
    }
    Ok(Err(refused))
}

/// A category is closed unless its feature or switch is on, and so is each whole above it; what is
/// processed for a customer also waits for its papers. A purpose waits for its own.
fn by_choices(ctx: &Ctx, lineage: &Lineage, purpose: &str) -> Result<(), Denied> {
    let policy = ctx.ws.policy();
    let shut = |when: &Option<String>, rule: String| match when {
        Some(when) if !choice::is_open(ctx, when) => Err(Denied::new("feature_off", rule)),
        _ => Ok(()),
    };
    let mut next = lineage.categories.first().cloned();
    while let Some(category) = next.as_deref().and_then(|id| policy.policy.category(id)) {
        shut(&category.when, format!("data.{}.when", category.id))?;
        if category.processor
            && let Some(paper) = paper::missing(ctx)
        {
            return Err(Denied::new("document", format!("document.{paper}.given")));
        }
        next.clone_from(&category.part_of);
    }
    match policy.policy.purpose(purpose) {
        Some(found) => shut(&found.when, format!("purpose.{purpose}.when")),
        None => Ok(()),
    }
}

/// Answers whether an objection was weighed and overruled.
fn by_bars(
    ctx: &Ctx,
    bars: &[Bar],
    lineage: &Lineage,
    purpose: &str,
    objection: policy::Objection,
) -> Result<bool, Denied> {
    let mut weighed = false;
    for bar in bars.iter().filter(|bar| bar.forbids_use && bar.covers(lineage)) {
        match bar.kind {
            Kind::Condemned => return Err(Denied::new("condemned", "right.erasure")),
            Kind::Restriction | Kind::RestrictionForClaim => {
                // The person's own view of the data is no use by the company.
                if ctx.actor.role != Role::Person {
                    return Err(Denied::new("restricted", "right.restriction"));
                }
            }
            Kind::Objection => {
                if bar.purpose.as_deref() == Some(purpose) {
                    match objection {
                        policy::Objection::Weighed => weighed = true,
                        _ => return Err(Denied::new("objection", "right.objection")),
                    }
                }
            }
            Kind::Hold => {}
        }
    }
    Ok(weighed)
}

/// The grant that a positive decision gives.
pub(crate) fn grant(_allowed: &Allowed) -> Grant {
    mint(Ground::Purpose)
}

/// Built-in grounds, which are no purpose of the policy: they have their own acts in the ledger.
pub(crate) fn built_in(ground: Ground) -> Grant {
    mint(ground)
}

#[expect(clippy::disallowed_methods, reason = "the one place that mints grants")]
fn mint(ground: Ground) -> Grant {
    Grant::mint(ground)
}
