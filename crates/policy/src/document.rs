//! The published page as a pure tree: a summary of one screen, chapters with tables, and rows in their words. Whoever
//! writes it as HTML, Markdown or PDF walks the tree and decides nothing.

mod contacts;
mod line;
mod name;
mod reader;
mod summary;
mod table;
pub(crate) mod value;

use crate::{
    locale::Locale,
    model::Policy,
    promise::{Row, State},
    text::{Link, Text},
};
use reader::Reader;

/// The page of one policy in one language, for everybody or for one kind of reader.
#[derive(Debug, Clone)]
pub struct Document {
    /// The heading.
    pub title: String,
    /// The policy's version.
    pub version: String,
    /// The day from which it holds, as ISO 8601.
    pub effective: String,
    /// The day of the last review, as ISO 8601, where the company says one.
    pub reviewed: Option<String>,
    /// The language it is written in.
    pub language: String,
    /// Whether this is the language that binds.
    pub binding: bool,
    /// For whom alone it is, with a link to the whole; nothing on the page for everybody.
    pub view: Option<Text>,
    /// Paragraphs under the heading: version, dates, language, what the marks mean.
    pub lead: Vec<Text>,
    /// The page in short: it stands before the list of contents.
    pub summary: Chapter,
    /// The chapters, in an order that never changes; the list of contents is that of their titles.
    pub chapters: Vec<Chapter>,
}

/// A chapter: what one question of a reader is answered by. Its blocks come first, then its rows.
#[derive(Debug, Clone)]
pub struct Chapter {
    /// A stable name.
    pub id: String,
    /// The heading.
    pub title: String,
    /// What gives an overview.
    pub blocks: Vec<Block>,
    /// The rows.
    pub rows: Vec<Line>,
}

/// A part of a chapter.
#[derive(Debug, Clone)]
pub enum Block {
    /// A paragraph.
    Prose(Text),
    /// Items without an order.
    List(Vec<Text>),
    /// Labels with what stands behind them.
    Points(Vec<Fact>),
    /// A table.
    Table(Table),
}

/// A table. The first cell of each of its rows is what the row is about.
#[derive(Debug, Clone)]
pub struct Table {
    /// Where links find it.
    pub anchor: String,
    /// What it shows.
    pub caption: String,
    /// The headings of its columns.
    pub heads: Vec<String>,
    /// Its rows, each with a cell for every heading.
    pub rows: Vec<TableRow>,
}

/// A row of a table.
#[derive(Debug, Clone)]
pub struct TableRow {
    /// The cells.
    pub cells: Vec<Text>,
    /// What to say of it beside its first cell: that it is planned, or shown by papers.
    pub mark: Option<String>,
}

/// A row of the policy as people read it.
#[derive(Debug, Clone)]
pub struct Line {
    /// The path of the row, and the anchor that links find it by.
    pub path: String,
    /// What it is called.
    pub words: Text,
    /// What to say of it beside its name: that it is planned in part or whole, or shown by papers.
    pub mark: Option<String>,
    /// What that means, where the heading alone would leave a reader guessing.
    pub sentence: Option<String>,
    /// Its keys: label and value, both in the language of the page.
    pub facts: Vec<Fact>,
    /// Whether it is kept.
    pub state: State,
}

/// A label with what stands behind it.
#[derive(Debug, Clone)]
pub struct Fact {
    /// Where links find it, when it is a key of a row.
    pub anchor: Option<String>,
    /// The label.
    pub label: String,
    /// What stands behind it.
    pub value: Text,
    /// What to say of it: that it is planned.
    pub mark: Option<String>,
    /// Whether it is kept.
    pub state: State,
}

/// Whose view of a policy is shown; by default everybody's.
#[derive(Debug, Clone, Copy, Default)]
pub struct View<'a> {
    /// The only kind of person whom the rows must concern, one of `scope.people`.
    pub people: Option<&'a str>,
    /// The country whose people the rows must hold for, as ISO 3166-1.
    pub country: Option<&'a str>,
    /// What changed since the version before: the path of a row or key, and a sentence in the language of the page.
    pub changes: &'a [(String, String)],
}

const CHAPTERS: &[(&str, &[&str])] = &[
    ("scope", &["policy", "company", "scope", "service", "feature", "setting"]),
    ("data", &["data"]),
    ("purposes", &["purpose", "never"]),
    ("recipients", &["recipient", "transfer", "integration", "document"]),
    ("safety", &["always", "security", "evidence", "duty", "resold", "register", "workspace"]),
    ("rights", &["right", "request", "complaint", "officer", "children"]),
    ("incidents", &["incident"]),
    ("notices", &["cookie", "notice"]),
];

impl Document {
    /// Whether a row stands on the page: itself, or the rows of a section that says nothing of its own.
    pub fn shows(&self, path: &str) -> bool {
        let section = |line: &Line| line.path.split('.').next() == Some(path);
        let rows = || self.chapters.iter().flat_map(|chapter| &chapter.rows);
        rows().any(|line| line.path == path || section(line))
    }

    /// A word of the page's frame, such as the heading of its contents, in its language.
    pub fn say(&self, id: &str) -> String {
        Locale::of(&self.language).say(id)
    }
}

impl Chapter {
    /// The anchor that links find it by.
    pub fn anchor(&self) -> String {
        format!("chapter-{}", self.id)
    }
}

impl Policy {
    /// The page in one of its languages; words that it lacks there stand in the binding one.
    pub fn document(&self, language: &str, view: &View<'_>) -> Document {
        Page::of(self, language, view).document()
    }

    /// Whether a view may name this kind of person.
    pub fn knows_people(&self, people: &str) -> bool {
        self.people.iter().any(|known| known == people)
    }

    /// Whether a view may name this country: an ISO 3166-1 code.
    pub fn knows_country(country: &str) -> bool {
        country.len() == 2 && crate::vocabulary::COUNTRIES.split(' ').any(|known| known == country)
    }
}

/// A page while it is written.
struct Page<'a> {
    policy: &'a Policy,
    language: &'a str,
    locale: &'static Locale,
    reader: Reader<'a>,
    changes: &'a [(String, String)],
}

impl<'a> Page<'a> {
    fn of(policy: &'a Policy, language: &'a str, view: &View<'a>) -> Self {
        let reader = Reader::of(policy, view);
        Self { policy, language, locale: Locale::of(language), reader, changes: view.changes }
    }

    fn document(&self) -> Document {
        let policy = self.policy;
        let own = CHAPTERS.iter().map(|(id, sections)| {
            let rows = sections.iter().flat_map(|section| self.rows(section));
            self.chapter(id, self.tables(id), rows.map(|row| self.line(row)).collect())
        });
        let chapters = self.changed().into_iter().chain(own).chain([self.contacts()]);
        Document {
            title: self.words("policy").plain(),
            version: policy.version.clone(),
            effective: policy.effective.to_string(),
            reviewed: policy.reviewed.map(|day| day.to_string()),
            language: self.language.to_owned(),
            binding: policy.binding == self.language,
            view: self.view(),
            lead: self.lead(),
            summary: self.summary(),
            chapters: chapters
                .filter(|chapter| !chapter.rows.is_empty() || !chapter.blocks.is_empty())
                .collect(),
        }
    }

    fn chapter(&self, id: &str, blocks: Vec<Block>, rows: Vec<Line>) -> Chapter {
        let title = self.locale.say(&format!("chapter-{id}"));
        Chapter { id: id.to_owned(), title, blocks, rows }
    }

    /// The rows of a section that this reader sees, in the order of the file.
    fn rows(&self, section: &str) -> impl Iterator<Item = &'a Row> {
        let shown = |row: &&Row| self.reader.sees(&row.path);
        let own = move |row: &&Row| row.path.split('.').next() == Some(section);
        self.policy.rows.iter().filter(own).filter(shown)
    }

    fn row(&self, path: &str) -> Option<&'a Row> {
        self.policy.rows.iter().find(|row| row.path == path).filter(|_| self.reader.sees(path))
    }

    fn changed(&self) -> Option<Chapter> {
        let item = |(path, sentence): &(String, String)| {
            let places = path.match_indices('.').map(|(at, _)| at).chain([path.len()]);
            let parts: Vec<&str> = places.filter_map(|at| path.get(..at)).collect();
            match parts.into_iter().rev().find(|part| self.reader.sees(part)) {
                Some(row) => Text::to(sentence, Link::Anchor(row.to_owned())),
                None => Text::of(sentence),
            }
        };
        let items: Vec<Text> = self.changes.iter().map(item).collect();
        (!items.is_empty()).then(|| self.chapter("changes", vec![Block::List(items)], Vec::new()))
    }
}
