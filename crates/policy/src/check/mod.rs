//! The second pass: rules between rows. Each file is about one part of the language.

mod category;
mod clock;
mod elsewhere;
mod ends;
mod following;
mod habit;
mod jobs;
mod keeping;
mod law;
mod party;
mod purpose;
mod recipient;
mod scope;
mod secret;
pub(crate) mod source;
mod steps;
mod tail;
mod text;
mod wording;

use crate::{finding::Findings, model::Policy, names::Names, tree::Table};

/// All that a rule may look at.
pub(crate) struct Rules<'t> {
    pub(crate) root: &'t Table,
    pub(crate) policy: &'t Policy,
    pub(crate) names: &'t Names<'t>,
    pub(crate) findings: &'t mut Findings,
}

pub(crate) fn run(rules: &mut Rules<'_>) {
    scope::check(rules);
    category::check(rules);
    keeping::check(rules);
    ends::check(rules);
    elsewhere::check(rules);
    tail::check(rules);
    purpose::check(rules);
    recipient::check(rules);
    jobs::check(rules);
    following::check(rules);
    secret::check(rules);
    steps::check(rules);
    habit::check(rules);
    text::check(rules);
    clock::check(rules);
    party::check(rules);
    law::check(rules);
    wording::check(rules);
    source::check(rules);
}
