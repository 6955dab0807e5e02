//! The change that settles a finding, where the file itself shows which one it is.

use std::ops::Range;

use crate::{
    assist::outline::{Outline, Part, Role},
    finding::{Finding, Fix},
    nearest, phrase,
};

/// Gives each finding its change, and puts those that the check found into their final form.
pub(crate) fn complete(findings: &mut [Finding], source: &str) {
    if findings.is_empty() {
        return;
    }
    let file = File { source, outline: Outline::of(source, 0) };
    for finding in findings {
        match finding.fix.take() {
            Some(fix) => finding.fix = Some(file.whole(fix)),
            None => finding.fix = file.fix(finding),
        }
    }
}

struct File<'s> {
    source: &'s str,
    outline: Outline,
}

impl File<'_> {
    fn fix(&self, finding: &Finding) -> Option<Fix> {
        match finding.rule {
            "no-version" => self.version(),
            "duplicate" => self.second(finding),
            "planned-kept" => self.unlisted(finding, true),
            // It may be a slip, and then the right path belongs there.
            "planned-nothing" => self.unlisted(finding, false),
            "not-enforced" => self.planned(finding),
            "unknown-promise" => self.promise(finding),
            _ => None,
        }
    }

    /// A name is changed wherever it stands for the same, and its quotes stay.
    fn whole(&self, mut fix: Fix) -> Fix {
        let [(span, new)] = fix.edits.as_mut_slice() else { return fix };
        let old = self.source.get(span.clone()).unwrap_or_default();
        let quoted = |text: &str| {
            text.len() > 1 && ['"', '\''].iter().any(|q| text.starts_with(*q) && text.ends_with(*q))
        };
        if quoted(old) && !new.is_empty() && !quoted(new) {
            *span = span.start + 1..span.end - 1;
        }
        let Some(part) = self.part(span) else { return fix };
        if part.role != Role::Value && part.span == *span {
            let same = |other: &&Part| other.role != Role::Value && other.path == part.path;
            let places = self.outline.parts.iter().filter(same).map(|one| one.span.clone());
            fix.edits = places.map(|span| (span, new.clone())).collect();
        }
        fix
    }

    /// The word that begins in a span.
    fn part(&self, span: &Range<usize>) -> Option<&Part> {
        let inside = |part: &&Part| span.start <= part.span.start && part.span.end <= span.end;
        self.outline.parts.iter().find(inside)
    }

    fn version(&self) -> Option<Fix> {
        if self.outline.keys(&["janji"]).next().is_some() {
            return None;
        }
        let start = if self.source.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let edits = vec![(start..start, "janji = 1\n\n".to_owned())];
        Some(Fix { title: "begin with `janji = 1`".to_owned(), edits, safe: true })
    }

    /// The second of two equal items of one list.
    fn second(&self, finding: &Finding) -> Option<Fix> {
        let (first, _) = finding.also.first()?;
        let (first, second) = (self.part(first)?, self.part(&finding.span)?);
        let equal = first.path == second.path && first.text == second.text;
        let values = first.role == Role::Value && second.role == Role::Value;
        if !equal || !values || first.span == second.span {
            return None;
        }
        let edits = vec![(self.without(second)?, String::new())];
        Some(Fix { title: format!("remove the second `{}`", second.text), edits, safe: true })
    }

    /// A path that `[planned]` lists for nothing; with the last one the section goes.
    fn unlisted(&self, finding: &Finding, safe: bool) -> Option<Fix> {
        let part = self.part(&finding.span)?;
        let title = format!("remove `{}` from `[planned]`", part.text);
        let alone = self.outline.values(&["planned", "rows"]).count() == 1;
        let span = if alone { self.section("planned")? } else { self.without(part)? };
        Some(Fix { title, edits: vec![(span, String::new())], safe })
    }

    /// The bytes of a section that has one header and one key, with the empty line above it.
    fn section(&self, name: &str) -> Option<Range<usize>> {
        let parts = self.outline.parts.iter();
        let own: Vec<&Part> =
            parts.filter(|part| part.path.first().is_some_and(|one| one == name)).collect();
        let [header, key, value] = own.as_slice() else { return None };
        let roles = (header.role, key.role, value.role);
        if roles != (Role::Header, Role::Key, Role::Value) {
            return None;
        }
        let start = header.span.start.checked_sub(1)?;
        let close = self.source.get(value.span.end..)?.find(']')?;
        let end = value.span.end + close + 1;
        let comments = self.source.get(start..end)?.contains('#');
        let rest = self.source.get(end..)?;
        let line = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let alone = self.source.get(..start)?.ends_with('\n') || start == 0;
        if comments || !alone || !rest.get(..line)?.trim().is_empty() {
            return None;
        }
        let gap = rest.get(line..)?.starts_with('\n');
        Some(start..end + line + usize::from(gap))
    }

    /// The bytes of an item of a list with the comma that belongs to it; comments stay.
    fn without(&self, part: &Part) -> Option<Range<usize>> {
        let (start, end) = (part.span.start.checked_sub(1)?, part.span.end + 1);
        let quotes = (self.source.get(start..=start)?, self.source.get(end - 1..end)?);
        if !matches!(quotes, ("\"", "\"") | ("'", "'")) {
            return None;
        }
        let (before, after) = (self.source.get(..start)?, self.source.get(end..)?);
        let blank = |text: &str| text.len() - text.trim_start_matches([' ', '\t']).len();
        let space = blank(after);
        if after.get(space..)?.starts_with(',') {
            let end = end + space + 1;
            let rest = self.source.get(end..)?;
            let line = before.rfind('\n').map_or(0, |at| at + 1);
            let ends = rest.get(blank(rest)..)?.starts_with('\n');
            if ends && before.get(line..)?.trim().is_empty() {
                // It has a line of its own.
                return Some(line..end + blank(rest) + 1);
            }
            // Behind the last of a line no space is left.
            let kept = before.trim_end_matches([' ', '\t']).len();
            return Some(if ends { kept..end } else { start..end + blank(rest) });
        }
        let kept = before.trim_end();
        Some(match kept.strip_suffix(',') {
            Some(kept) => kept.len()..end,
            None => start..end,
        })
    }

    /// The path is shown as planned.
    fn planned(&self, finding: &Finding) -> Option<Fix> {
        let path = self.part(&finding.span)?.path.join(".");
        let title = format!("show `{path}` as planned");
        let edit = match self.outline.values(&["planned", "rows"]).last() {
            Some(last) => {
                let end = last.span.end + 1;
                matches!(self.source.get(end - 1..end)?, "\"" | "'").then_some(())?;
                (end..end, format!(", \"{path}\""))
            }
            None if self.outline.keys(&["planned"]).next().is_some() => return None,
            None => {
                let at = self.above_words();
                let gap = if at == self.source.len() { "\n" } else { "" };
                (
                    at..at,
                    format!(
                        "{gap}[planned]\nrows = [\"{path}\"]\n{}",
                        if gap.is_empty() { "\n" } else { "" }
                    ),
                )
            }
        };
        Some(Fix { title, edits: vec![edit], safe: true })
    }

    /// Before the header of the words and its comments, or else at the end.
    fn above_words(&self) -> usize {
        let mut headers = self.outline.keys(&["text"]).filter(|part| part.role == Role::Header);
        let Some(text) = headers.next() else { return self.source.len() };
        let before = self.source.get(..text.span.start).unwrap_or_default();
        let mut at = before.rfind('\n').map_or(0, |at| at + 1);
        while let Some(above) = self.source.get(..at.saturating_sub(1)) {
            let line = above.rfind('\n').map_or(0, |at| at + 1);
            if at == 0 || !above.get(line..).unwrap_or_default().starts_with('#') {
                break;
            }
            at = line;
        }
        at
    }

    /// The one promise of the source that differs by one sign.
    fn promise(&self, finding: &Finding) -> Option<Fix> {
        let part = self.part(&finding.span)?;
        let listed = self.outline.values(&["source", "promises"]);
        let all = listed.filter_map(|part| phrase::ids(&part.text).ok()).flatten().take(2_000);
        let all: Vec<String> = all.collect();
        let id = nearest::only(&part.text, all.iter().map(String::as_str))?.to_owned();
        let edits = vec![(part.span.clone(), id.clone())];
        Some(Fix { title: format!("write `{id}`"), edits, safe: true })
    }
}
