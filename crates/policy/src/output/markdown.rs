//! The page as plain text with headings, for readers and for tools that take Markdown.

use std::fmt::Write as _;

use crate::{
    document::{Block, Chapter, Document, Fact, Line, Table},
    text::{Link, Span, Text},
};

impl Document {
    /// The page as Markdown; anchors are the one thing in it that is HTML.
    pub fn to_markdown(&self) -> String {
        let mut page = format!("# {}\n", plain(&self.title));
        for text in self.view.iter().chain(&self.lead) {
            let _ = write!(page, "\n{}\n", words(text));
        }
        chapter(&mut page, &self.summary);
        let _ = write!(page, "\n## {}\n\n", plain(&self.say("contents")));
        for (number, own) in (1..).zip(&self.chapters) {
            let _ = writeln!(page, "{number}. [{}](#{})", plain(&own.title), own.anchor());
        }
        for own in &self.chapters {
            chapter(&mut page, own);
        }
        page
    }
}

fn chapter(page: &mut String, chapter: &Chapter) {
    let _ = write!(page, "\n## {}{}\n", anchor(&chapter.anchor()), plain(&chapter.title));
    for own in &chapter.blocks {
        page.push('\n');
        block(page, own);
    }
    for row in &chapter.rows {
        line(page, row);
    }
}

fn block(page: &mut String, block: &Block) {
    match block {
        Block::Prose(text) => {
            let _ = writeln!(page, "{}", words(text));
        }
        Block::List(items) => {
            for item in items {
                let _ = writeln!(page, "- {}", words(item));
            }
        }
        Block::Points(points) => {
            for own in points {
                let _ = writeln!(page, "- **{}**: {}", plain(&own.label), words(&own.value));
            }
        }
        Block::Table(own) => table(page, own),
    }
}

fn table(page: &mut String, table: &Table) {
    let _ = writeln!(page, "{}**{}**\n", anchor(&table.anchor), plain(&table.caption));
    let heads: Vec<String> = table.heads.iter().map(|head| plain(head)).collect();
    let _ = writeln!(page, "| {} |", heads.join(" | "));
    let _ = writeln!(page, "|{}", " --- |".repeat(heads.len()));
    for row in &table.rows {
        let mut cells: Vec<String> = row.cells.iter().map(words).collect();
        if let (Some(first), Some(mark)) = (cells.first_mut(), &row.mark) {
            let _ = write!(first, " ({})", plain(mark));
        }
        let _ = writeln!(page, "| {} |", cells.join(" | "));
    }
}

fn line(page: &mut String, row: &Line) {
    let mark = marked(row.mark.as_deref());
    let _ = write!(page, "\n### {}{}{mark}\n", anchor(&row.path), words(&row.words));
    if let Some(sentence) = &row.sentence {
        let _ = write!(page, "\n{}\n", plain(sentence));
    }
    if !row.facts.is_empty() {
        page.push('\n');
    }
    for own in &row.facts {
        fact(page, own);
    }
}

fn fact(page: &mut String, fact: &Fact) {
    let mark = marked(fact.mark.as_deref());
    let _ = writeln!(page, "- {}: {}{mark}", plain(&fact.label), words(&fact.value));
}

fn marked(mark: Option<&str>) -> String {
    mark.map(|mark| format!(" ({})", plain(mark))).unwrap_or_default()
}

/// What a link finds. Paths of rows hold nothing that a quoted attribute must escape.
fn anchor(id: &str) -> String {
    format!("<a id=\"{}\"></a>", id.replace(['"', '<', '>', '&'], ""))
}

fn words(text: &Text) -> String {
    text.spans.iter().map(span).collect()
}

fn span(span: &Span) -> String {
    let words = plain(&span.words);
    match &span.link {
        Some(Link::Anchor(anchor)) => format!("[{words}](#{anchor})"),
        Some(Link::Mail(mail)) => format!("[{words}](<mailto:{}>)", address(mail)),
        Some(Link::Site(site)) => format!("[{words}](<{}>)", address(site)),
        Some(Link::Language(_) | Link::Whole) | None => words,
    }
}

/// An address that cannot end its brackets.
fn address(text: &str) -> String {
    text.chars().filter(|c| !matches!(c, '<' | '>' | '\\') && !c.is_control()).collect()
}

/// Text that cannot open a heading, a link or a tag.
fn plain(text: &str) -> String {
    let mut safe = String::new();
    for c in text.chars() {
        if matches!(c, '<' | '>' | '[' | ']' | '`' | '*' | '\\' | '#' | '|') {
            safe.push('\\');
        }
        safe.push(if c.is_control() { ' ' } else { c });
    }
    safe
}
