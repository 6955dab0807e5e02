//! What the check says, where, and how it is drawn.

use std::{fmt, ops::Range};

use annotate_snippets::{Level, Renderer};

pub(crate) use crate::findings::Findings;
pub use crate::nearest::nearest;
use crate::{
    excerpt::{self, Mark},
    nearest::only,
    rules,
};

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
        let first = Mark { span: inside(source, &self.span), label: &self.label };
        let also = self.also.iter();
        let also = also.map(|(span, label)| Mark { span: inside(source, span), label }).collect();
        let places = excerpt::of(name, source, first, also);
        let mut group = level.primary_title(self.message.as_str()).id(self.rule).elements(places);
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
            // Words of the language are few; a name of the file may have been meant to be another one.
            let closed = ["unknown-section", "unknown-row", "unknown-key", "unknown-word"];
            let safe = closed.contains(&self.rule) && only(word, known.iter().copied()).is_some();
            let edits = vec![(self.span.clone(), near.to_owned())];
            let fix = Fix { title: format!("write `{near}`"), edits, safe };
            return self.help(format!("did you mean `{near}`?")).fix(fix);
        }
        if known.is_empty() || known.len() > 24 {
            return self;
        }
        self.help(format!("known here: {}", known.join(", ")))
    }
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
