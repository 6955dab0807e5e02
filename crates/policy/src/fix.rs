//! Changes of a file that settle findings: offered one by one, and applied as long as each makes the file better.

mod offer;

#[cfg(test)]
mod tests;

use std::ops::Range;

pub(crate) use offer::complete;

use crate::{
    check,
    finding::{Finding, Fix},
};

/// What became of a file.
#[derive(Debug, Clone)]
pub struct Fixed {
    /// The file after it.
    pub text: String,
    /// What was done, in that order.
    pub done: Vec<Done>,
    /// What is still wrong.
    pub left: Vec<Finding>,
}

/// A change that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// The rule whose finding it settled.
    pub rule: &'static str,
    /// What it did.
    pub title: String,
    /// The line that it began on, from 1, in the file as it was then.
    pub line: usize,
}

/// Every change costs a check of the whole file; nobody waits for more.
const MOST: usize = 500;

/// Applies the changes that are safe, again and again, as long as fewer findings are left and the file can be read.
pub fn fix(source: &str) -> Fixed {
    let mut fixed =
        Fixed { text: source.to_owned(), done: Vec::new(), left: check("", source).findings };
    let mut tries = 0;
    while tries < MOST {
        let wanted: Vec<(&Finding, &Fix)> = fixed
            .left
            .iter()
            .filter_map(|finding| Some((finding, finding.fix.as_ref()?)))
            .filter(|(_, fix)| fix.safe)
            .collect();
        // All at once first; when one of them spoils it, one at a time.
        let alone = wanted.iter().map(std::slice::from_ref);
        let attempts = std::iter::once(wanted.as_slice()).chain(alone);
        let mut better = None;
        for attempt in attempts.filter(|attempt| !attempt.is_empty()).take(MOST - tries) {
            tries += 1;
            better = improved(&fixed, attempt);
            if better.is_some() {
                break;
            }
        }
        let Some((text, done, left)) = better else { break };
        fixed.done.extend(done);
        (fixed.text, fixed.left) = (text, left);
    }
    fixed
}

type Better = (String, Vec<Done>, Vec<Finding>);

/// The file with some changes, when it is better for them.
fn improved(before: &Fixed, attempt: &[(&Finding, &Fix)]) -> Option<Better> {
    let mut edits: Vec<&(Range<usize>, String)> = Vec::new();
    let mut done = Vec::new();
    for (finding, fix) in attempt {
        let clash =
            |edit: &(Range<usize>, String)| edits.iter().any(|one| overlap(&one.0, &edit.0));
        if fix.edits.is_empty() || fix.edits.iter().any(clash) {
            continue;
        }
        let start = fix.edits.iter().map(|(span, _)| span.start).min().unwrap_or_default();
        let above = before.text.get(..start)?.matches('\n').count();
        edits.extend(&fix.edits);
        done.push(Done { rule: finding.rule, title: fix.title.clone(), line: above + 1 });
    }
    let text = applied(&before.text, edits)?;
    let left = check("", &text).findings;
    let broken = |findings: &[Finding]| findings.iter().any(|finding| finding.rule == "syntax");
    let fine = left.len() < before.left.len() && (!broken(&left) || broken(&before.left));
    fine.then_some((text, done, left))
}

/// Whether two changes cannot both be made; two insertions at one place can.
fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    let both_insert = one.is_empty() && other.is_empty();
    !both_insert && one.start <= other.end && other.start <= one.end
}

/// The text with all changes; `None` when one of them does not lie within it.
fn applied(text: &str, mut edits: Vec<&(Range<usize>, String)>) -> Option<String> {
    edits.sort_by_key(|(span, _)| (span.start, span.end));
    let mut changed = String::with_capacity(text.len());
    let mut at = 0;
    for (span, new) in edits {
        changed.push_str(text.get(at..span.start)?);
        changed.push_str(new);
        at = span.end;
    }
    changed.push_str(text.get(at..)?);
    Some(changed)
}
