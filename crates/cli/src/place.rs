//! Bytes of a text as lines and columns, in the units that the client counts in.

use std::ops::Range;

use serde_json::{Value, json};

/// What a column counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Units {
    Bytes,
    /// What every client understands.
    #[default]
    Utf16,
}

impl Units {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Units::Bytes => "utf-8",
            Units::Utf16 => "utf-16",
        }
    }

    fn of(self, c: char) -> usize {
        match self {
            Units::Bytes => c.len_utf8(),
            Units::Utf16 => c.len_utf16(),
        }
    }
}

/// A text with the places where its lines begin.
#[derive(Debug)]
pub(crate) struct Lines<'t> {
    text: &'t str,
    starts: Vec<usize>,
    units: Units,
}

impl<'t> Lines<'t> {
    pub(crate) fn of(text: &'t str, units: Units) -> Self {
        let mut starts = vec![0];
        let mut bytes = text.bytes().enumerate().peekable();
        while let Some((at, byte)) = bytes.next() {
            let paired = byte == b'\r' && bytes.peek().is_some_and(|(_, next)| *next == b'\n');
            if byte == b'\n' || (byte == b'\r' && !paired) {
                starts.push(at + 1);
            }
        }
        Self { text, starts, units }
    }

    /// The line without its end, and where it begins.
    fn line(&self, line: usize) -> Option<(&'t str, usize)> {
        let start = *self.starts.get(line)?;
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        Some((self.text.get(start..end)?.trim_end_matches(['\r', '\n']), start))
    }

    /// The byte at a line and column; the nearest before it where there is none.
    pub(crate) fn offset(&self, line: usize, column: usize) -> usize {
        let Some((text, start)) = self.line(line) else { return self.text.len() };
        let mut passed = 0;
        for (at, c) in text.char_indices() {
            passed += self.units.of(c);
            if passed > column {
                return start + at;
            }
        }
        start + text.len()
    }

    /// The line and column of a byte, both from 0.
    pub(crate) fn place(&self, offset: usize) -> (usize, usize) {
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let (text, start) = self.line(line).unwrap_or_default();
        let before = text.char_indices().take_while(|(at, _)| start + at < offset);
        (line, before.map(|(_, c)| self.units.of(c)).sum())
    }

    /// A position of the protocol of editors.
    pub(crate) fn position(&self, offset: usize) -> Value {
        let (line, column) = self.place(offset);
        json!({ "line": line, "character": column })
    }

    pub(crate) fn range(&self, span: &Range<usize>) -> Value {
        json!({ "start": self.position(span.start), "end": self.position(span.end) })
    }

    /// The byte of a position of the protocol.
    pub(crate) fn at(&self, position: &Value) -> Option<usize> {
        let number = |name: &str| usize::try_from(position.get(name)?.as_u64()?).ok();
        Some(self.offset(number("line")?, number("character")?))
    }

    /// The bytes of a range of the protocol.
    pub(crate) fn span(&self, range: &Value) -> Option<Range<usize>> {
        let (start, end) = (self.at(range.get("start")?)?, self.at(range.get("end")?)?);
        (start <= end).then_some(start..end)
    }
}
