//! What the check says, where, and how it is drawn.

use std::{fmt, ops::Range};

use annotate_snippets::{AnnotationKind, Level, Renderer, Snippet};

use crate::{law, rules};

/// How grave a finding is: an error keeps a policy from going into force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The policy is refused.
    Error,
    /// The policy may run, but its author should look.
    Warning,
    /// Worth knowing; nothing has to be done.
    Note,
}

impl Severity {
    /// The word for reports.
    pub fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    pub(crate) fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "error" => Self::Error,
            "warning" => Self::Warning,
            "note" => Self::Note,
            _ => return None,
        })
    }
}

/// An article that a finding rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    /// The id of the law pack.
    pub pack: &'static str,
    /// What the law is called in short.
    pub name: &'static str,
    /// The article, as lawyers cite it.
    pub article: &'static str,
    /// Whether somebody compared it with a published copy of the law.
    pub verified: bool,
}

impl fmt::Display for Law {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let doubt = if self.verified { "" } else { " (unverified)" };
        write!(out, "{} {}{doubt}", self.name, self.article)
    }
}

/// A change of the file that settles a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for the author.
    pub title: String,
    /// What it replaces, by bytes of the source; the places do not overlap.
    pub edits: Vec<(Range<usize>, String)>,
    /// Whether it can be applied unseen: it promises nothing that the file did not mean before.
    pub safe: bool,
}

/// One thing that is wrong with a policy, with the exact words that make it so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// Stable id, which `explain` takes.
    pub rule: &'static str,
    /// Whether it refuses the policy.
    pub severity: Severity,
    /// What is wrong, for the author.
    pub message: String,
    /// The bytes of the source that are wrong.
    pub span: Range<usize>,
    /// What to write under the span.
    pub label: String,
    /// Other places that take part, for rules about two rows.
    pub also: Vec<(Range<usize>, String)>,
    /// What the law says to it, of the laws that the policy names.
    pub law: Vec<Law>,
    /// Why it matters to a person, where a rule is about them and not about the file.
    pub why: Option<&'static str>,
    /// What to do about it.
    pub help: Option<String>,
    /// A change of the file that settles it, when there is one.
    pub fix: Option<Fix>,
}

impl Finding {
    /// Draws the finding like a compiler's, for a terminal or a golden test.
    pub fn render(&self, name: &str, source: &str, colour: bool) -> String {
        let level = match self.severity {
            Severity::Error => Level::ERROR,
            Severity::Warning => Level::WARNING,
            Severity::Note => Level::NOTE,
        };
        let mut first = AnnotationKind::Primary.span(inside(source, &self.span));
        if !self.label.is_empty() {
            first = first.label(self.label.as_str());
        }
        let mut snippet = Snippet::source(source).path(name).annotation(first);
        for (span, label) in &self.also {
            let span = inside(source, span);
            snippet = snippet.annotation(AnnotationKind::Context.span(span).label(label.as_str()));
        }
        let mut group = level.primary_title(self.message.as_str()).id(self.rule).element(snippet);
        let law = self.law.iter().map(Law::to_string).collect::<Vec<_>>().join("; ");
        if !law.is_empty() {
            group = group.element(Level::NOTE.with_name("law").message(law.as_str()));
        }
        if let Some(why) = self.why {
            group = group.element(Level::NOTE.with_name("why").message(why));
        }
        if let Some(help) = &self.help {
            group = group.element(Level::HELP.message(help.as_str()));
        }
        let renderer = if colour { Renderer::styled() } else { Renderer::plain() };
        renderer.render(&[group])
    }

    pub(crate) fn error(
        rule: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: message.into(),
            span: span.clone(),
            label: String::new(),
            also: Vec::new(),
            law: Vec::new(),
            why: None,
            help: None,
            fix: None,
        }
    }

    /// What is wrong for people rather than in the file: grave as the rule says, and with the reason.
    pub(crate) fn judged(rule: &'static str, span: &Range<usize>, what: impl Into<String>) -> Self {
        let judged = rules::judged(rule);
        let severity = judged.map_or(Severity::Error, |judged| judged.severity);
        let why = judged.map(|judged| judged.about.why);
        Self { severity, why, ..Self::error(rule, span, what) }
    }

    /// What does not stop the policy.
    pub(crate) fn warning(
        rule: &'static str,
        span: &Range<usize>,
        message: impl Into<String>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(rule, span, message) }
    }

    pub(crate) fn label(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    pub(crate) fn also(mut self, span: &Range<usize>, label: impl Into<String>) -> Self {
        self.also.push((span.clone(), label.into()));
        self
    }

    pub(crate) fn help(mut self, help: impl Into<String>) -> Self {
        self.help = Some(help.into());
        self
    }

    pub(crate) fn fix(mut self, fix: Fix) -> Self {
        self.fix = Some(fix);
        self
    }

    /// Offers the nearest known name, or else the list of what is known when that is short.
    pub(crate) fn known<'a>(self, word: &str, known: impl Iterator<Item = &'a str>) -> Self {
        let known: Vec<&str> = known.take(2_000).collect();
        if let Some(near) = nearest(word, &known) {
            return self.help(format!("did you mean `{near}`?"));
        }
        if known.is_empty() || known.len() > 24 {
            return self;
        }
        self.help(format!("known here: {}", known.join(", ")))
    }
}

/// Collects findings and stops at a number nobody would read.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl Findings {
    const MOST: usize = 400;

    pub(crate) fn push(&mut self, finding: Finding) {
        if self.0.len() < Self::MOST {
            self.0.push(finding);
        }
    }

    /// Takes findings away; whether there was one.
    pub(crate) fn remove(&mut self, which: impl Fn(&Finding) -> bool) -> bool {
        let before = self.0.len();
        self.0.retain(|finding| !which(finding));
        self.0.len() < before
    }

    /// Adds what the laws of the policy say to each finding.
    pub(crate) fn cite(&mut self, laws: &[String]) {
        for finding in self.0.iter_mut().filter(|finding| finding.law.is_empty()) {
            let own = |pack: &&str| laws.iter().any(|id| id == pack);
            let articles = rules::articles(finding.rule).iter();
            let articles = articles.filter(|(pack, _)| own(pack));
            finding.law.extend(articles.filter_map(|(pack, article)| law::cite(pack, article)));
        }
    }

    /// Adds a demand of a law, or the law to the same demand of another one.
    pub(crate) fn demand(&mut self, finding: Finding, short: &str) {
        let name = |rule: &'static str| rule.split_once('.').map_or(rule, |(_, name)| name);
        let plain = |text: &str, short: &str| text.replace(short, "");
        let same = |one: &&mut Finding| {
            let Some(law) = one.law.first() else { return false };
            name(one.rule) == name(finding.rule)
                && one.span == finding.span
                && one.label == finding.label
                && plain(&one.message, law.name) == plain(&finding.message, short)
        };
        match self.0.iter_mut().find(same) {
            Some(one) => one.law.extend(finding.law),
            None => self.push(finding),
        }
    }

    pub(crate) fn full(&self) -> bool {
        self.0.len() >= Self::MOST
    }

    /// In the order of the file, each said once; what is unknown need not be planned as well.
    pub(crate) fn sorted(mut self) -> Vec<Finding> {
        self.0.sort_by(|a, b| (a.span.start, a.rule).cmp(&(b.span.start, b.rule)));
        self.0.dedup();
        let unknown: Vec<Range<usize>> = self
            .0
            .iter()
            .filter(|finding| finding.rule.starts_with("unknown-"))
            .map(|finding| finding.span.clone())
            .collect();
        self.0.retain(|finding| finding.rule != "not-enforced" || !unknown.contains(&finding.span));
        // A row that a law wants is said with the law, and not a second time without it.
        let wanted: Vec<String> = self
            .0
            .iter()
            .filter(|finding| !finding.law.is_empty())
            .filter_map(|finding| quoted(&finding.message, 0))
            .collect();
        self.0.retain(|finding| {
            let path = [quoted(&finding.message, 0), quoted(&finding.message, 1)]
                .map(Option::unwrap_or_default);
            finding.rule != "missing-row" || !wanted.contains(&path.join("."))
        });
        self.0
    }
}

/// The words in backticks of a message, by their number.
fn quoted(message: &str, number: usize) -> Option<String> {
    message.split('`').nth(2 * number + 1).map(str::to_owned)
}

/// The known name that differs least from a word, when the difference looks like a slip.
pub fn nearest<'a>(word: &str, known: &[&'a str]) -> Option<&'a str> {
    if word.len() > 64 {
        return None;
    }
    let allowed = word.chars().count().div_ceil(3).max(1);
    known
        .iter()
        .filter(|name| **name != word && name.len().abs_diff(word.len()) <= allowed + 2)
        .map(|name| (distance(word, name), *name))
        .filter(|(far, _)| *far <= allowed)
        .min()
        .map(|(_, name)| name)
}

fn distance(one: &str, two: &str) -> usize {
    let two: Vec<char> = two.chars().collect();
    let mut row: Vec<usize> = (0..=two.len()).collect();
    for (i, a) in one.chars().enumerate() {
        let mut corner = i;
        let mut left = i + 1;
        let mut next = vec![left];
        for (b, above) in two.iter().zip(row.iter().skip(1)) {
            let cost = corner + usize::from(a != *b);
            left = cost.min(above + 1).min(left + 1);
            corner = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

/// A span that lies within the source, on whole characters.
fn inside(source: &str, span: &Range<usize>) -> Range<usize> {
    let mut start = span.start.min(source.len());
    while !source.is_char_boundary(start) {
        start = start.saturating_sub(1);
    }
    let mut end = span.end.clamp(start, source.len());
    while !source.is_char_boundary(end) {
        end += 1;
    }
    start..end
}
