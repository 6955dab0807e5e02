//! Every rule of the check for reports: what it is about, why it is there, what to do, what the law says.

use crate::{
    finding::{Law, Severity},
    law, rules,
};

/// A rule, as reports describe it.
#[derive(Debug, Clone)]
pub struct Entry {
    /// Its id.
    pub id: &'static str,
    /// What it finds, in some words.
    pub what: &'static str,
    /// Why that matters.
    pub why: &'static str,
    /// What to do about it, or an example.
    pub remedy: &'static str,
    /// How grave it is unless a finding says otherwise.
    pub severity: Severity,
    /// What laws say to it.
    pub law: Vec<Law>,
}

/// The rule of an id.
pub fn entry(id: &str) -> Option<Entry> {
    if let Some((pack, demand)) = law::demand(id) {
        return Some(Entry {
            id: &demand.id,
            what: &demand.says,
            why: &demand.why,
            remedy: &demand.help,
            severity: demand.severity,
            law: vec![demand.law(pack)],
        });
    }
    let judged = rules::judged(id);
    let about = judged.map(|rule| &rule.about);
    let about = about.or_else(|| rules::RULES.iter().find(|about| about.id == id))?;
    let cited = rules::articles(id).iter();
    Some(Entry {
        id: about.id,
        what: about.what,
        why: about.why,
        remedy: about.remedy,
        severity: judged.map_or(Severity::Error, |rule| rule.severity),
        law: cited.filter_map(|(pack, article)| law::cite(pack, article)).collect(),
    })
}
