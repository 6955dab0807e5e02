//! The page as JSON and as Markdown: nothing here knows what a row means.

use std::fmt::Write as _;

use crate::{
    document::{Chapter, Document, Line},
    labels,
};

impl Document {
    /// The day from which it holds, as a reader of the page says it.
    pub fn effective_in_words(&self) -> String {
        crate::plain::bare(&self.effective, &self.language)
    }

    /// The page for programs.
    pub fn to_json(&self) -> String {
        let chapters: Vec<String> = self.chapters.iter().map(Chapter::to_json).collect();
        format!(
            "{{\"title\":{},\"version\":{},\"effective\":{},\"language\":{},\"binding\":{},\"chapters\":[{}]}}",
            quote(&self.title),
            quote(&self.version),
            quote(&self.effective),
            quote(&self.language),
            self.binding,
            chapters.join(",")
        )
    }

    /// The page as plain text with headings.
    pub fn to_markdown(&self) -> String {
        let mut page = format!("# {}\n\n", plain(&self.title));
        for (label, value) in
            [("version", self.version.clone()), ("effective", self.effective_in_words())]
        {
            let _ = writeln!(page, "- {}: {}", labels::label(label, &self.language), plain(&value));
        }
        for chapter in &self.chapters {
            let _ = write!(page, "\n## {}\n", plain(&chapter.title));
            for row in &chapter.rows {
                let _ = write!(page, "\n### {} {{#{}}}\n\n", plain(&row.words), row.path);
                if let Some(sentence) = &row.sentence {
                    let gap = if row.facts.is_empty() { "" } else { "\n" };
                    let _ = writeln!(page, "{}{gap}", plain(sentence));
                }
                for (label, value) in &row.facts {
                    let _ = writeln!(page, "- {}: {}", plain(label), plain(value));
                }
            }
        }
        page
    }
}

impl Chapter {
    fn to_json(&self) -> String {
        let rows: Vec<String> = self.rows.iter().map(Line::to_json).collect();
        let (id, title) = (quote(&self.id), quote(&self.title));
        format!("{{\"id\":{id},\"title\":{title},\"rows\":[{}]}}", rows.join(","))
    }
}

impl Line {
    fn to_json(&self) -> String {
        let fact = |(label, value): &(String, String)| {
            format!("{{\"label\":{},\"value\":{}}}", quote(label), quote(value))
        };
        let facts: Vec<String> = self.facts.iter().map(fact).collect();
        let sentence =
            self.sentence.as_deref().map(|text| format!("\"sentence\":{},", quote(text)));
        format!(
            "{{\"path\":{},\"words\":{},{}\"state\":\"{}\",\"facts\":[{}]}}",
            quote(&self.path),
            quote(&self.words),
            sentence.unwrap_or_default(),
            self.state.word(),
            facts.join(",")
        )
    }
}

fn quote(text: &str) -> String {
    let mut quoted = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            c if c.is_control() => {
                let _ = write!(quoted, "\\u{:04x}", u32::from(c));
            }
            c => quoted.push(c),
        }
    }
    quoted.push('"');
    quoted
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
