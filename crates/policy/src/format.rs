//! The house style of a policy file: sections in one order, rows on a line where they fit, equals signs in one column.
//!
//! Rows and keys keep the order that their author gave them, because the page shows them in it.

mod lossless;

use std::collections::HashSet;

use crate::{
    finding::{Finding, Findings},
    schema::{COMMON, SECTIONS, Shape},
    tree,
};
use lossless::{Body, File, Item, Key, read};

/// No line is wider, unless a single word or sentence is.
const WIDTH: usize = 140;

/// The file in the house style, with the same meaning and all comments; or why it cannot be read.
pub fn format(source: &str) -> Result<String, Vec<Finding>> {
    let mut findings = Findings::default();
    let parsed = tree::parse(source, &mut findings);
    let findings = findings.sorted();
    if parsed.is_none() || !findings.is_empty() {
        return Err(findings);
    }
    let Some(file) = read(source) else {
        let message = "a policy has no lists of tables";
        return Err(vec![Finding::error("syntax", &(0..0), message).help("write `[section]`")]);
    };
    Ok(print(&file))
}

fn print(file: &File) -> String {
    let mut page = Page::default();
    let entries = file.root.table().unwrap_or_default();
    let (mut sections, loose): (Vec<_>, Vec<_>) =
        entries.iter().partition(|(_, item)| item.table().is_some());
    page.entries(&loose.into_iter().map(|(key, item)| Line::of(key, item)).collect::<Vec<_>>());
    let place = |key: &Key| SECTIONS.iter().position(|section| section.name == key.name);
    sections.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    for (key, item) in sections {
        page.section(key, item);
    }
    page.end(&file.end);
    page.text
}

/// A key and its value, to stand in a block.
struct Line<'f> {
    key: String,
    item: &'f Item,
}

impl<'f> Line<'f> {
    fn of(key: &Key, item: &'f Item) -> Self {
        Self { key: key.raw.clone(), item }
    }

    fn below(path: &str, key: &Key, item: &'f Item) -> Self {
        Self { key: format!("{path}.{}", key.raw), item }
    }

    fn wide(&self) -> usize {
        self.key.chars().count()
    }

    /// Whether it fits on one line when its equals sign stands in this column.
    fn fits(&self, column: usize) -> bool {
        !self.item.has_comments() && column + 3 + inline(self.item).chars().count() <= WIDTH
    }

    /// The same with the comment beside it.
    fn fits_as_row(&self, column: usize) -> bool {
        let beside = self.item.beside.as_ref().map_or(0, |comment| comment.chars().count() + 3);
        self.fits(column + beside)
    }
}

fn widest(lines: &[Line<'_>]) -> usize {
    lines.iter().map(Line::wide).max().unwrap_or(0)
}

#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn section(&mut self, key: &Key, item: &Item) {
        let entries = item.table().unwrap_or_default();
        let shape = SECTIONS.iter().find(|section| section.name == key.name);
        match shape.map(|section| &section.shape) {
            Some(Shape::Open(_) | Shape::Listed(..) | Shape::Closed(..)) => {
                self.rows(key, item, entries);
            }
            Some(Shape::Free) if key.name == "text" => self.words(key, item, entries),
            _ => self.block(&key.raw, item, entries),
        }
    }

    /// Rows on a line each where they fit, the others in blocks below.
    fn rows(&mut self, section: &Key, item: &Item, entries: &[(Key, Item)]) {
        let is_row = |(key, item): &&(Key, Item)| {
            item.table().is_some() && !COMMON.contains(&key.name.as_str())
        };
        // A category answers several questions: each answer stands on a line of its own.
        let blocks = section.name == "data";
        let keys: Vec<Line<'_>> = entries
            .iter()
            .filter(|entry| !is_row(entry))
            .map(|(key, item)| Line::of(key, item))
            .collect();
        let mut short: Vec<Line<'_>> = entries
            .iter()
            .filter(|entry| is_row(entry) && !blocks)
            .map(|(key, item)| Line::of(key, item))
            .filter(|line| line.fits_as_row(line.wide()))
            .collect();
        loop {
            let column = widest(&keys).max(widest(&short));
            let before = short.len();
            short.retain(|line| line.fits_as_row(column));
            if short.len() == before {
                break;
            }
        }
        let short: HashSet<&str> = short.iter().map(|line| line.key.as_str()).collect();
        let on_line = |key: &Key| short.contains(key.raw.as_str());
        let first: Vec<&(Key, Item)> =
            entries.iter().filter(|entry| !is_row(entry) || on_line(&entry.0)).collect();
        if !first.is_empty() || item.is_commented() || (item.headed && entries.is_empty()) {
            self.header(&section.raw, item);
            self.entries(&first.iter().map(|(key, item)| Line::of(key, item)).collect::<Vec<_>>());
        }
        for (key, row) in entries.iter().filter(|entry| is_row(entry) && !on_line(&entry.0)) {
            self.block(
                &format!("{}.{}", section.raw, key.raw),
                row,
                row.table().unwrap_or_default(),
            );
        }
    }

    /// Words stand by the path of their row, in one column.
    fn words(&mut self, section: &Key, item: &Item, entries: &[(Key, Item)]) {
        self.header(&section.raw, item);
        let mut lines = Vec::new();
        for (key, item) in entries {
            let alone = matches!(key.name.as_str(), "policy" | "officer");
            match item.table().filter(|rows| !alone && !rows.is_empty()) {
                Some(rows) => {
                    self.lost(item);
                    lines.extend(rows.iter().map(|(row, words)| Line::below(&key.raw, row, words)));
                }
                None => lines.push(Line::of(key, item)),
            }
        }
        let column = widest(&lines);
        for (place, line) in lines.iter().enumerate() {
            self.opening(line.item, place > 0);
            self.one(line, column);
        }
    }

    /// Comments of a header that the style does not keep.
    fn lost(&mut self, item: &Item) {
        for comment in item.above.iter().chain(&item.beside).filter(|line| !line.is_empty()) {
            self.push(comment);
        }
    }

    fn block(&mut self, path: &str, item: &Item, entries: &[(Key, Item)]) {
        self.header(path, item);
        let lines: Vec<Line<'_>> = entries.iter().map(|(key, item)| Line::of(key, item)).collect();
        for (key, table) in self.entries(&lines) {
            self.block(&format!("{path}.{key}"), table, table.table().unwrap_or_default());
        }
    }

    fn header(&mut self, path: &str, item: &Item) {
        if !self.text.is_empty() {
            self.push("");
        }
        for comment in &item.above {
            self.push(comment);
        }
        let beside = item.beside.as_ref().map(|comment| format!("   {comment}"));
        self.push(&format!("[{path}]{}", beside.unwrap_or_default()));
    }

    /// The keys of a block; answers the tables that are too wide and need a block of their own.
    fn entries<'f>(&mut self, lines: &[Line<'f>]) -> Vec<(String, &'f Item)> {
        let column = widest(lines);
        let is_wide = |line: &Line<'_>| line.item.table().is_some() && !line.fits(column);
        let plain = lines.iter().filter(|line| !is_wide(line));
        let own = plain.map(Line::wide).max().unwrap_or(0);
        let mut later = Vec::new();
        let mut first = true;
        for line in lines {
            if !is_wide(line) {
                self.opening(line.item, !first);
                self.value(line, own, column);
            } else if COMMON.contains(&line.key.as_str()) {
                self.dotted(line, first);
            } else {
                later.push((line.key.clone(), line.item));
                continue;
            }
            first = false;
        }
        later
    }

    /// A table whose keys stand on a line each, in a column of their own.
    fn dotted(&mut self, line: &Line<'_>, first: bool) {
        self.opening(line.item, !first);
        let entries = line.item.table().unwrap_or_default();
        let lines: Vec<Line<'_>> =
            entries.iter().map(|(key, item)| Line::below(&line.key, key, item)).collect();
        let column = widest(&lines);
        for line in &lines {
            self.opening(line.item, false);
            self.value(line, column, column);
        }
    }

    /// What stands above a key.
    fn opening(&mut self, item: &Item, may_part: bool) {
        if may_part && item.apart {
            self.push("");
        }
        for comment in &item.above {
            self.push(comment);
        }
    }

    fn value(&mut self, line: &Line<'_>, column: usize, most: usize) {
        if line.fits(most) {
            self.one(line, column);
        } else {
            self.long(line, column);
        }
    }

    fn one(&mut self, line: &Line<'_>, column: usize) {
        self.inner(line.item, "");
        let beside = line.item.beside.as_ref().map(|comment| format!("   {comment}"));
        let value = inline(line.item);
        self.push(&format!("{:column$} = {value}{}", line.key, beside.unwrap_or_default()));
    }

    /// A list on several lines: where its author broke them, and where they are too wide.
    fn long(&mut self, line: &Line<'_>, column: usize) {
        let Body::List(items, end) = &line.item.body else {
            self.one(line, column);
            return;
        };
        self.push(&format!("{:column$} = [", line.key));
        let mut open = String::new();
        for item in items {
            let value = inline(item);
            let wide = 2 + open.chars().count() + 2 + value.chars().count() > WIDTH;
            if !open.is_empty()
                && (item.apart || wide || !item.above.is_empty() || item.has_comments())
            {
                self.push(&format!("  {open}"));
                open.clear();
            }
            for comment in &item.above {
                self.push(&format!("  {comment}"));
            }
            self.inner(item, "  ");
            let gap = if open.is_empty() { "" } else { " " };
            open = format!("{open}{gap}{value},");
            if let Some(comment) = &item.beside {
                self.push(&format!("  {open}   {comment}"));
                open.clear();
            }
        }
        if !open.is_empty() {
            self.push(&format!("  {open}"));
        }
        for comment in end {
            self.push(&format!("  {comment}"));
        }
        let beside = line.item.beside.as_ref().map(|comment| format!("   {comment}"));
        self.push(&format!("]{}", beside.unwrap_or_default()));
    }

    /// Comments inside a value that stands on one line come to stand above it.
    fn inner(&mut self, item: &Item, indent: &str) {
        let mut told = |item: &Item| {
            for comment in item.above.iter().chain(&item.beside).filter(|line| !line.is_empty()) {
                self.push(&format!("{indent}{comment}"));
            }
        };
        let mut below = Vec::new();
        match &item.body {
            Body::Scalar(_) => {}
            Body::List(items, end) => {
                items.iter().for_each(&mut told);
                below.extend(items);
                for comment in end {
                    self.push(&format!("{indent}{comment}"));
                }
            }
            Body::Table(_) => {
                let entries = item.table().unwrap_or_default();
                for (_, item) in entries {
                    told(item);
                }
                below.extend(entries.iter().map(|(_, item)| item));
            }
        }
        for item in below {
            self.inner(item, indent);
        }
    }

    fn end(&mut self, comments: &[String]) {
        let last = comments.iter().rposition(|line| !line.is_empty());
        let Some(last) = last else { return };
        self.push("");
        for comment in comments.iter().take(last + 1) {
            self.push(comment);
        }
    }

    fn push(&mut self, line: &str) {
        self.text.push_str(line);
        self.text.push('\n');
    }
}

/// A value on one line.
fn inline(item: &Item) -> String {
    match &item.body {
        Body::Scalar(raw) => raw.clone(),
        Body::List(items, _) => {
            let items: Vec<String> = items.iter().map(inline).collect();
            format!("[{}]", items.join(", "))
        }
        Body::Table(_) => {
            let entries = item.table().unwrap_or_default();
            if entries.is_empty() {
                return "{}".to_owned();
            }
            let entries: Vec<String> = entries
                .iter()
                .map(|(key, item)| format!("{} = {}", key.raw, inline(item)))
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
    }
}
