//! The second pass: rules between rows. Each file is about one part of the language.

mod category;
mod clock;
mod habit;
mod keeping;
mod law;
mod party;
mod purpose;
mod recipient;
mod scope;
pub(crate) mod source;
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
    purpose::check(rules);
    recipient::check(rules);
    habit::check(rules);
    text::check(rules);
    clock::check(rules);
    party::check(rules);
    law::check(rules);
    wording::check(rules);
    source::check(rules);
}
