//! What the passes of a check found: the first of it in the order of the file, and no more than anybody would read.

use std::{cmp::Ordering, collections::BinaryHeap, ops::Range};

use crate::{
    finding::{Finding, Severity},
    law, rules,
};

/// Collects findings. Past a number that nobody would read it keeps those that stand first in the file,
/// whichever pass reports them.
#[derive(Debug, Default)]
pub(crate) struct Findings {
    kept: BinaryHeap<Kept>,
    pushed: usize,
}

/// A finding by its place: the last in the file is the first to go, and what refuses no policy before what does.
#[derive(Debug)]
struct Kept {
    finding: Finding,
    pushed: usize,
}

impl Findings {
    const MOST: usize = 400;
    /// Words of an author that a message repeats may be as long as the file.
    const LONGEST: usize = 2_000;

    pub(crate) fn push(&mut self, mut finding: Finding) {
        if !self.wants(&finding.span) {
            return;
        }
        let also = finding.also.iter_mut().map(|(_, label)| label);
        let texts = [&mut finding.message, &mut finding.label];
        for text in texts.into_iter().chain(&mut finding.help).chain(also) {
            clip(text);
        }
        self.pushed += 1;
        self.kept.push(Kept { finding, pushed: self.pushed });
        if self.kept.len() > Self::MOST {
            self.kept.pop();
        }
    }

    /// Takes findings away; whether there was one.
    pub(crate) fn remove(&mut self, which: impl Fn(&Finding) -> bool) -> bool {
        let before = self.kept.len();
        self.kept.retain(|kept| !which(&kept.finding));
        self.kept.len() < before
    }

    /// Adds what the laws of the policy say to each finding.
    pub(crate) fn cite(&mut self, laws: &[String]) {
        let mut kept = std::mem::take(&mut self.kept).into_vec();
        let open = kept.iter_mut().map(|kept| &mut kept.finding);
        for finding in open.filter(|finding| finding.law.is_empty()) {
            let own = |pack: &&str| laws.iter().any(|id| id == pack);
            let articles = rules::articles(finding.rule).iter();
            let articles = articles.filter(|(pack, _)| own(pack));
            finding.law.extend(articles.filter_map(|(pack, article)| law::cite(pack, article)));
            finding.why = finding.why.or_else(|| rules::why(finding.rule));
        }
        self.kept = kept.into();
    }

    /// Adds a demand of a law, or the law to the same demand of another one.
    pub(crate) fn demand(&mut self, finding: Finding, short: &str) {
        if !self.wants(&finding.span) {
            return;
        }
        let name = |rule: &'static str| rule.split_once('.').map_or(rule, |(_, name)| name);
        let plain = |text: &str, short: &str| text.replace(short, "");
        let same = |one: &Finding| {
            let Some(law) = one.law.first() else { return false };
            one.span == finding.span
                && name(one.rule) == name(finding.rule)
                && one.label == finding.label
                && plain(&one.message, law.name) == plain(&finding.message, short)
        };
        let mut kept = std::mem::take(&mut self.kept).into_vec();
        let other = kept.iter_mut().map(|kept| &mut kept.finding).find(|one| same(one));
        let new = match other {
            Some(one) => {
                one.law.extend(finding.law);
                None
            }
            None => Some(finding),
        };
        self.kept = kept.into();
        if let Some(finding) = new {
            self.push(finding);
        }
    }

    pub(crate) fn full(&self) -> bool {
        self.kept.len() >= Self::MOST
    }

    /// Whether something at this place would be kept: what would not need not be made.
    pub(crate) fn wants(&self, at: &Range<usize>) -> bool {
        let later = |last: &Kept| last.is_mild() || at.start <= last.finding.span.start;
        !self.full() || self.kept.peek().is_none_or(later)
    }

    /// In the order of the file, each said once; what is unknown need not be planned as well.
    pub(crate) fn sorted(self) -> Vec<Finding> {
        let mut kept = self.kept.into_vec();
        kept.sort_by_key(Kept::place);
        let mut all: Vec<Finding> = kept.into_iter().map(|kept| kept.finding).collect();
        all.dedup();
        let unknown: Vec<Range<usize>> = all
            .iter()
            .filter(|finding| finding.rule.starts_with("unknown-"))
            .map(|finding| finding.span.clone())
            .collect();
        all.retain(|finding| finding.rule != "not-enforced" || !unknown.contains(&finding.span));
        // A row that a law wants is said with the law, and not a second time without it.
        let wanted: Vec<String> = all
            .iter()
            .filter(|finding| !finding.law.is_empty())
            .filter_map(|finding| quoted(&finding.message, 0))
            .collect();
        all.retain(|finding| {
            let path = [quoted(&finding.message, 0), quoted(&finding.message, 1)]
                .map(Option::unwrap_or_default);
            finding.rule != "missing-row" || !wanted.contains(&path.join("."))
        });
        all
    }
}

/// The words in backticks of a message, by their number.
fn quoted(message: &str, number: usize) -> Option<String> {
    message.split('`').nth(2 * number + 1).map(str::to_owned)
}

fn clip(text: &mut String) {
    if text.len() > Findings::LONGEST {
        let end = (0..=Findings::LONGEST).rev().find(|end| text.is_char_boundary(*end));
        text.truncate(end.unwrap_or_default());
        text.push('…');
    }
}

impl Kept {
    fn is_mild(&self) -> bool {
        self.finding.severity != Severity::Error
    }

    fn place(&self) -> (usize, &'static str, usize) {
        (self.finding.span.start, self.finding.rule, self.pushed)
    }
}

impl Ord for Kept {
    fn cmp(&self, other: &Self) -> Ordering {
        (self.is_mild(), self.place()).cmp(&(other.is_mild(), other.place()))
    }
}

impl PartialOrd for Kept {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Kept {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Kept {}
