//! The policy language: parse, check, decide, cut-offs and the document. No IO, no clock, no async.
#![warn(missing_docs)]

mod activity;
pub mod assist;
mod catalogue;
mod check;
mod children;
mod decide;
mod diff;
mod document;
mod dpv;
mod duplicate;
mod editor;
mod enforced;
mod excerpt;
mod explain;
mod fields;
mod finding;
mod findings;
mod fix;
mod format;
mod glossary;
mod law;
mod locale;
mod lower;
mod model;
mod names;
mod nearest;
mod output;
mod part;
mod paths;
mod period;
mod phrase;
mod places;
mod planned;
mod promise;
mod ropa;
mod rules;
mod sample;
mod scan;
mod schema;
mod setting;
mod settle;
pub mod simulate;
mod step;
mod text;
mod told;
mod tree;
mod values;
mod vocabulary;
mod words;

#[cfg(test)]
mod tests;

pub use catalogue::{Entry, entry};
pub use diff::{Change, Diff, Effect, NoticeNeed, What, diff};
pub use document::{Block, Chapter, Document, Fact, Line, Table, TableRow, View};
pub use editor::json_schema;
pub use enforced::{ENFORCED, Rule};
pub use explain::explain;
pub use fields::{Veil, holds_national_id, is_free_text, is_standard, veil};
pub use finding::{Finding, Fix, Law, Severity, nearest};
pub use fix::{Done, Fixed, fix};
pub use format::format;
pub use law::{Pack, pack, packs};
pub use locale::Locale;
pub use model::*;
pub use ropa::{Ropa, RopaPart};
pub use sample::{Length, mistaken, sample};
pub use text::{Link, Span, Text};
pub use told::Told;
pub use tree::LARGEST;
pub use words::Words;

use finding::Findings;

/// What checking a file gave.
#[derive(Debug, Clone)]
pub struct Checked {
    /// The policy, when there is no error.
    pub policy: Option<Policy>,
    /// Everything that is wrong, in the order of the file.
    pub findings: Vec<Finding>,
}

/// Reads a policy and says everything that is wrong with it at once.
///
/// The name is only for reports: nothing is read but the source.
pub fn check(name: &str, source: &str) -> Checked {
    let _ = name;
    let mut findings = Findings::default();
    let policy = tree::parse(source, &mut findings).map(|root| meaning(&root, &mut findings));
    let mut findings = findings.sorted();
    fix::complete(&mut findings, source);
    let refused = findings.iter().any(|finding| finding.severity == Severity::Error);
    Checked { policy: policy.filter(|_| !refused), findings }
}

/// Reads a policy that was in force before, whatever this version of the check would say of it today: what
/// was collected under it is still there. `None` when it is no policy at all.
pub fn published(source: &str) -> Option<Policy> {
    let mut findings = Findings::default();
    let root = tree::parse(source, &mut findings)?;
    Some(meaning(&root, &mut findings))
}

fn meaning(root: &tree::Table, findings: &mut Findings) -> Policy {
    let names = names::Names::of(root);
    scan::Scan { root, names: &names, findings }.run();
    let mut policy = lower::policy(root);
    planned::apply(&mut policy, root, findings);
    check::run(&mut check::Rules { root, policy: &policy, names: &names, findings });
    settle::apply(root, findings);
    findings.cite(&policy.laws);
    policy
}
