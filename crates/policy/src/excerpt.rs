//! The lines that a finding is drawn on: of a large file no more than what stands around its places, so that
//! drawing it takes no longer than in a small one.

use std::ops::Range;

use annotate_snippets::{Annotation, AnnotationKind, Element, Origin, Snippet};

/// A smaller file is drawn from as it is.
const SMALL: usize = 64 << 10;
/// Places so far apart are drawn one after the other.
const NEAR: usize = 32 << 10;

/// A place of the file, and what is written under it.
pub(crate) struct Mark<'s> {
    pub(crate) span: Range<usize>,
    pub(crate) label: &'s str,
}

/// What shows the first place and the others that take part.
pub(crate) fn of<'s>(
    name: &'s str,
    source: &'s str,
    first: Mark<'s>,
    also: Vec<Mark<'s>>,
) -> Vec<Element<'s>> {
    let context = |mark: Mark<'s>| annotation(AnnotationKind::Context, mark);
    if source.len() <= SMALL {
        let snippet = Snippet::source(source).path(name);
        let snippet = snippet.annotation(annotation(AnnotationKind::Primary, first));
        return vec![snippet.annotations(also.into_iter().map(context)).into()];
    }
    let start = first.span.start;
    let (near, far): (Vec<_>, Vec<_>) =
        also.into_iter().partition(|mark| mark.span.start.abs_diff(start) < NEAR);
    let mut drawn = vec![lines(name, source, Some(first), near)];
    drawn.extend(far.into_iter().map(|mark| lines(name, source, None, vec![mark])));
    drawn
}

fn annotation(kind: AnnotationKind, mark: Mark<'_>) -> Annotation<'_> {
    let annotation = kind.span(mark.span);
    if mark.label.is_empty() { annotation } else { annotation.label(mark.label) }
}

/// The lines from the first mark to the last, or only where they are when a line is longer than any screen.
fn lines<'s>(
    name: &'s str,
    source: &'s str,
    first: Option<Mark<'s>>,
    mut others: Vec<Mark<'s>>,
) -> Element<'s> {
    let all = || first.iter().chain(&others);
    let start = all().map(|mark| mark.span.start).min().unwrap_or_default();
    let end = all().map(|mark| mark.span.end).max().unwrap_or_default();
    let (before, after) = (source.get(..start), source.get(start..));
    let (before, after) = (before.unwrap_or_default(), after.unwrap_or_default());
    let from = before.rfind('\n').map_or(0, |at| at + 1);
    let line = 1 + newlines(before);
    let to = source.get(end..).and_then(|rest| rest.find('\n')).map_or(source.len(), |at| end + at);
    let own = after.find('\n').map_or(source.len(), |at| start + at);
    let window = if to - from <= SMALL { from..to } else { from..own };
    let Some(text) = source.get(window.clone()).filter(|text| text.len() <= SMALL) else {
        let column = source.get(from..start).map_or(0, |line| line.chars().count());
        return Origin::path(name).line(line).char_column(column + 1).into();
    };
    let within = |mark: Mark<'s>| {
        let inside = |at: usize| at.clamp(window.start, window.end) - window.start;
        Mark { span: inside(mark.span.start)..inside(mark.span.end), label: mark.label }
    };
    others.retain(|mark| mark.span.start <= window.end);
    let first = first.map(|mark| annotation(AnnotationKind::Primary, within(mark)));
    let others = others.into_iter().map(|mark| annotation(AnnotationKind::Context, within(mark)));
    let snippet = Snippet::source(text).path(name).line_start(line);
    snippet.annotations(first.into_iter().chain(others)).into()
}

/// How many lines end in a text.
pub(crate) fn newlines(text: &str) -> usize {
    let of = |part: &[u8]| part.iter().map(|byte| u8::from(*byte == b'\n')).sum::<u8>();
    text.as_bytes().chunks(255).map(|part| usize::from(of(part))).sum()
}
