//! Which notice a change needs: by the old policy's own word, and by the laws that it is measured by.

use super::{Change, Effect, NoticeNeed, Versions, What};
use crate::{
    law::{Article, pack},
    model::{Policy, Recipient},
};

/// What a law speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum On {
    /// Anything of which people must be told when data are collected.
    Told,
    /// Another purpose than the one that data were collected for.
    Purpose,
    /// Somebody new who processes data that a customer decides over.
    Processor,
    /// More collected, used or passed on.
    Collection,
}

/// An article of a pack that wants something said before a change holds.
pub(super) struct Law {
    pub(super) pack: &'static str,
    on: On,
    pub(super) article: &'static str,
    /// Whether somebody has to agree in writing.
    approval: bool,
}

const fn notice(pack: &'static str, on: On, article: &'static str) -> Law {
    Law { pack, on, article, approval: false }
}

/// No law of these names a length: each says *before*.
pub(super) const LAWS: &[Law] = &[
    notice("id-pdp", On::Told, "21(2)"),
    Law { approval: true, ..notice("id-pdp", On::Processor, "51(5)") },
    notice("gdpr", On::Purpose, "13(3)"),
    notice("gdpr", On::Processor, "28(2)"),
    notice("uk-gdpr", On::Purpose, "13(3)"),
    notice("uk-gdpr", On::Processor, "28(2)"),
    notice("au-privacy", On::Collection, "APP 5"),
];

/// What Law 27 of 2022 of Indonesia lists in Art. 21(1): the legality and the purpose, the data and how long
/// they stay, the rights.
const TOLD: &[&str] = &["data", "field", "purpose", "register", "right"];

/// Everything that must have been said or agreed before a change holds.
pub(super) fn needs(versions: &Versions<'_>, change: &Change) -> Vec<NoticeNeed> {
    let touches = touches(versions, change);
    let mut needs = Vec::new();
    if change.material {
        needs.extend(own(versions.old, "policy_change"));
    }
    if touches.contains(&On::Processor) {
        needs.extend(own(versions.old, "recipient_change"));
    }
    let applies = |law: &&Law| {
        let measured = |policy: &Policy| policy.laws.iter().any(|pack| pack == law.pack);
        (measured(versions.old) || measured(versions.new)) && touches.contains(&law.on)
    };
    needs.extend(LAWS.iter().filter(applies).map(|law| NoticeNeed {
        period: None,
        by: format!("{} {}", law.pack, law.article),
        approval: law.approval,
        verified: known(law).is_some_and(|article| article.verified),
    }));
    needs
}

/// The article as its pack has it.
pub(super) fn known(law: &Law) -> Option<&'static Article> {
    let articles = &pack(law.pack)?.articles;
    articles.iter().find(|article| article.number == law.article)
}

/// What the old policy promises about its own changes.
fn own(old: &Policy, id: &str) -> Option<NoticeNeed> {
    let period = old.notice(id)?.before;
    let key = if period.is_some() { ".before" } else { "" };
    Some(NoticeNeed { period, by: format!("notice.{id}{key}"), approval: false, verified: true })
}

fn touches(versions: &Versions<'_>, change: &Change) -> Vec<On> {
    let (section, id) = change.path.split_once('.').unwrap_or((&change.path, ""));
    let looser = change.effect == Effect::Loosens;
    let ours = !instructed(versions, section, id);
    let mut found = Vec::new();
    if TOLD.contains(&section) && ours {
        found.push(On::Told);
    }
    if ours && further(change, section) {
        found.push(On::Purpose);
    }
    if looser && section == "recipient" && sub_processor(versions.new, id) {
        found.push(On::Processor);
    }
    if looser && ours && ["data", "purpose", "recipient", "transfer"].contains(&section) {
        found.push(On::Collection);
    }
    found
}

/// Whether a row is about data that a customer decides over and tells its people about, and no others.
fn instructed(versions: &Versions<'_>, section: &str, id: &str) -> bool {
    let before = versions.renames.before(&format!("{section}.{id}"));
    let old_id = before.split_once('.').map_or("", |(_, id)| id);
    let only = |policy: &Policy, id: &str| {
        let about = policy.categories.iter().filter(|one| match section {
            "data" => one.id == id,
            "purpose" => one.purposes.iter().any(|purpose| purpose == id),
            "field" => one.fields.iter().any(|field| field.name == id),
            _ => false,
        });
        let roles: Vec<bool> = about.map(|one| one.processor).collect();
        (!roles.is_empty()).then(|| roles.iter().all(|processor| *processor))
    };
    let answers = [only(versions.old, old_id), only(versions.new, id)];
    answers.iter().any(Option::is_some) && answers.iter().flatten().all(|only| *only)
}

/// Whether data are used for something that they were not collected for.
fn further(change: &Change, section: &str) -> bool {
    match (section, change.key.as_deref()) {
        ("purpose", None) => change.what == What::Added,
        ("purpose", Some("kind")) => true,
        ("data", Some("for" | "feeds")) => change.effect == Effect::Loosens,
        _ => false,
    }
}

/// Whether a recipient processes data that a customer decides over: by name, or sealed with all others.
fn sub_processor(policy: &Policy, id: &str) -> bool {
    let instructed = |piece: &str| {
        let id = piece.split('.').next().unwrap_or(piece);
        policy.category(id).is_some_and(|one| one.processor)
    };
    let gets = |recipient: &Recipient| {
        let sealed = recipient.gets.iter().any(|piece| piece == "sealed");
        recipient.role == "processor"
            && (recipient.gets.iter().any(|piece| instructed(piece))
                || (sealed && policy.categories.iter().any(|one| one.processor)))
    };
    policy.recipients.iter().any(|recipient| recipient.id == id && gets(recipient))
}
