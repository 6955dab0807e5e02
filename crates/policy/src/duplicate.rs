//! Finds the first of two equal names, which the TOML parser does not tell.

use std::ops::Range;

use crate::finding::Finding;

/// Both places of a name that is written twice, the later one first.
pub(crate) fn finding(source: &str, span: &Range<usize>) -> Finding {
    let name = source.get(span.clone()).unwrap_or_default();
    let message = format!("`{name}` stands here twice");
    let finding = Finding::error("duplicate", span, message)
        .label("the second time")
        .help("ids and keys are unique: remove one, or give one another name");
    match first(source, span, name) {
        Some(first) => finding.also(&first, "first written here"),
        None => finding,
    }
}

/// A block written twice is one finding, not one for each of its keys as well.
pub(crate) fn end_of_block(source: &str, span: &Range<usize>) -> usize {
    let line = source.get(..span.start).and_then(|before| before.rsplit('\n').next());
    if !line.is_some_and(|line| line.trim_start().starts_with('[')) {
        return span.end;
    }
    let next = source.get(span.end..).and_then(|rest| rest.find("\n["));
    next.map_or(source.len(), |next| span.end + next)
}

fn first(source: &str, span: &Range<usize>, name: &str) -> Option<Range<usize>> {
    let before = source.get(..span.start)?;
    let line_start = before.rfind('\n').map_or(0, |at| at + 1);
    let header = before.get(line_start..)?.trim_start().starts_with('[');
    if header {
        let rest = source.get(span.start..)?;
        let end = rest.find(']').map_or(span.end, |at| span.start + at);
        let path = source.get(line_start..end)?.trim_start().trim_start_matches('[').trim();
        return earlier_row(before, path, name);
    }
    let block = before.get(..line_start)?.rfind("\n[").unwrap_or(0);
    earlier_key(before, line_start, name).or_else(|| earlier_key(before, block, name))
}

/// A row may stand in a block of its own or on a line of its section.
fn earlier_row(before: &str, path: &str, name: &str) -> Option<Range<usize>> {
    let block = format!("[{path}]");
    if let Some(at) = before.rfind(&block) {
        let end = at + block.len() - 1;
        return Some(end.saturating_sub(name.len())..end);
    }
    let (section, _) = path.rsplit_once('.')?;
    let header = before.find(&format!("[{section}]"))?;
    earlier_key(before, header, name)
}

fn earlier_key(before: &str, from: usize, name: &str) -> Option<Range<usize>> {
    let region = before.get(from..)?;
    for (at, _) in region.match_indices(name) {
        let head = region.get(..at)?.chars().next_back();
        let tail = region.get(at + name.len()..)?.trim_start_matches([' ', '\t']);
        let opens = head.is_none_or(|c| matches!(c, '\n' | ' ' | '\t' | '{' | ',' | '.'));
        if opens && tail.starts_with(['=', '.']) {
            return Some(from + at..from + at + name.len());
        }
    }
    None
}
