//! A file as it was written, comments and line breaks with it: what the formatter moves about.

use std::{collections::HashMap, mem::take};

use toml_parser::{
    Source,
    parser::{Event, EventKind, parse_document},
};

/// A key: what it means and how it is written.
#[derive(Debug, Clone)]
pub(super) struct Key {
    pub(super) name: String,
    pub(super) raw: String,
}

/// A value with the comments that belong to it.
#[derive(Debug, Clone)]
pub(super) struct Item {
    /// Comments on the lines above; an empty one is an empty line.
    pub(super) above: Vec<String>,
    /// The comment on its own line.
    pub(super) beside: Option<String>,
    /// Whether an empty line stands above it, or a line break in a list.
    pub(super) apart: bool,
    /// Whether a header of its own names it.
    pub(super) headed: bool,
    pub(super) body: Body,
}

#[derive(Debug, Clone)]
pub(super) enum Body {
    Scalar(String),
    /// Items, and the comments after the last.
    List(Vec<Item>, Vec<String>),
    Table(Table),
}

/// Keys in the order of the file.
#[derive(Debug, Clone, Default)]
pub(super) struct Table {
    entries: Vec<(Key, Item)>,
    places: HashMap<String, usize>,
}

impl Table {
    /// The item of a key, made when it is not there.
    fn item(&mut self, key: &Key) -> Option<&mut Item> {
        let place = self.places.get(&key.name).copied().unwrap_or(self.entries.len());
        if place == self.entries.len() {
            self.places.insert(key.name.clone(), place);
            self.entries.push((key.clone(), Item::new(Body::Table(Self::default()))));
        }
        self.entries.get_mut(place).map(|(_, item)| item)
    }
}

impl Item {
    fn new(body: Body) -> Self {
        Self { above: Vec::new(), beside: None, apart: false, headed: false, body }
    }

    /// Its keys, when it is a table.
    pub(super) fn table(&self) -> Option<&[(Key, Item)]> {
        if let Body::Table(table) = &self.body { Some(&table.entries) } else { None }
    }

    /// Whether a comment stands with it.
    pub(super) fn is_commented(&self) -> bool {
        !self.above.is_empty() || self.beside.is_some()
    }

    /// Whether a comment stands in it.
    pub(super) fn has_comments(&self) -> bool {
        match &self.body {
            Body::Scalar(_) => false,
            Body::List(items, end) => {
                !end.is_empty()
                    || items.iter().any(|item| item.is_commented() || item.has_comments())
            }
            Body::Table(table) => {
                table.entries.iter().any(|(_, item)| item.is_commented() || item.has_comments())
            }
        }
    }

    /// The place of a path below this table, made when it is not there.
    fn at(&mut self, path: &[Key]) -> Option<&mut Item> {
        let Some((first, rest)) = path.split_first() else { return Some(self) };
        let Body::Table(table) = &mut self.body else { return None };
        table.item(first)?.at(rest)
    }
}

/// A whole file: its table, and the comments at its end.
pub(super) struct File {
    pub(super) root: Item,
    pub(super) end: Vec<String>,
}

/// Reads a file that is known to be TOML; `None` for arrays of tables, which no policy has.
pub(super) fn read(text: &str) -> Option<File> {
    let source = Source::new(text);
    let mut events: Vec<Event> = Vec::new();
    let mut errors = Vec::new();
    parse_document(&source.lex().into_vec(), &mut events, &mut errors);
    let mut reader = Reader { source, events: &events, above: Vec::new(), apart: false };
    reader.file()
}

struct Reader<'s> {
    source: Source<'s>,
    events: &'s [Event],
    /// Comments that wait for what they stand above.
    above: Vec<String>,
    apart: bool,
}

impl Reader<'_> {
    fn file(&mut self) -> Option<File> {
        let mut root = Item::new(Body::Table(Table::default()));
        let mut current = Vec::new();
        loop {
            self.lines();
            let Some(event) = self.events.first() else { break };
            match event.kind() {
                EventKind::StdTableOpen => {
                    self.next();
                    current = self.path(EventKind::StdTableClose)?;
                    let above = take(&mut self.above);
                    let beside = self.beside();
                    let table = root.at(&current)?;
                    table.above.extend(above);
                    table.beside = table.beside.take().or(beside);
                    table.headed = true;
                }
                EventKind::SimpleKey => {
                    let table = root.at(&current)?;
                    let path = self.entry(table)?;
                    table.at(&path)?.beside = self.beside();
                }
                _ => return None,
            }
            self.apart = false;
        }
        Some(File { root, end: take(&mut self.above) })
    }

    fn next(&mut self) -> Option<Event> {
        let (first, rest) = self.events.split_first()?;
        self.events = rest;
        Some(*first)
    }

    fn text(&self, event: &Event) -> &str {
        let span = event.span();
        self.source.input().get(span.start()..span.end()).unwrap_or_default()
    }

    fn comment(&self, event: &Event) -> String {
        self.text(event).trim_end().to_owned()
    }

    /// Empty lines and comments, up to the next statement or item.
    fn lines(&mut self) {
        let mut fresh = true;
        while let Some(event) = self.events.first().copied() {
            match event.kind() {
                EventKind::Whitespace | EventKind::ValueSep => {}
                EventKind::Newline if !fresh => fresh = true,
                EventKind::Newline => match self.above.last() {
                    None => self.apart = true,
                    Some(line) if !line.is_empty() => self.above.push(String::new()),
                    Some(_) => {}
                },
                EventKind::Comment => {
                    let comment = self.comment(&event);
                    self.above.push(comment);
                    fresh = false;
                }
                _ => return,
            }
            self.next();
        }
    }

    /// The comment on the rest of this line.
    fn beside(&mut self) -> Option<String> {
        let mut comment = None;
        while let Some(event) = self.events.first().copied() {
            match event.kind() {
                EventKind::Whitespace | EventKind::ValueSep => {}
                EventKind::Comment => comment = Some(self.comment(&event)),
                EventKind::Newline => {
                    self.next();
                    return comment;
                }
                _ => return comment,
            }
            self.next();
        }
        comment
    }

    /// Keys with dots between them, up to what ends them.
    fn path(&mut self, end: EventKind) -> Option<Vec<Key>> {
        let mut path = Vec::new();
        while let Some(event) = self.next() {
            match event.kind() {
                EventKind::SimpleKey => path.push(self.key(&event)),
                EventKind::KeySep | EventKind::Whitespace => {}
                kind if kind == end => return Some(path),
                _ => return None,
            }
        }
        None
    }

    fn key(&self, event: &Event) -> Key {
        let mut name = String::new();
        let mut errors = Vec::new();
        if let Some(raw) = self.source.get(event) {
            raw.decode_key(&mut name, &mut errors);
        }
        Key { name, raw: self.text(event).to_owned() }
    }

    /// One key with its value, put where its path says; answers that path.
    fn entry(&mut self, table: &mut Item) -> Option<Vec<Key>> {
        let mut above = take(&mut self.above);
        let apart = take(&mut self.apart);
        let path = self.path(EventKind::KeyValSep)?;
        while self.events.first().is_some_and(|event| event.kind() == EventKind::Whitespace) {
            self.next();
        }
        let value = self.value()?;
        above.extend_from_slice(&value.above);
        *table.at(&path)? = Item { above, apart, ..value };
        Some(path)
    }

    fn value(&mut self) -> Option<Item> {
        let event = self.next()?;
        let body = match event.kind() {
            EventKind::Scalar => Body::Scalar(self.text(&event).to_owned()),
            EventKind::ArrayOpen => return self.list(),
            EventKind::InlineTableOpen => return self.inline(),
            _ => return None,
        };
        Some(Item::new(body))
    }

    fn list(&mut self) -> Option<Item> {
        let mut items: Vec<Item> = Vec::new();
        loop {
            let breaks = self.between(items.last_mut());
            if self.events.first()?.kind() == EventKind::ArrayClose {
                self.next();
                let end = take(&mut self.above);
                return Some(Item::new(Body::List(items, end)));
            }
            let mut above = take(&mut self.above);
            let value = self.value()?;
            above.extend_from_slice(&value.above);
            items.push(Item { above, apart: breaks, ..value });
        }
    }

    fn inline(&mut self) -> Option<Item> {
        let mut table = Item::new(Body::Table(Table::default()));
        let mut last = Vec::new();
        loop {
            self.between(table.at(&last).filter(|_| !last.is_empty()));
            if self.events.first()?.kind() == EventKind::InlineTableClose {
                self.next();
                // A comment before the brace has nothing below it: it goes to what stands above, or to the table.
                table.at(&last)?.above.append(&mut self.above);
                return Some(table);
            }
            last = self.entry(&mut table)?;
        }
    }

    /// What stands between two items; whether a line ends there. A comment on the line of the last is its own.
    fn between(&mut self, last: Option<&mut Item>) -> bool {
        let mut gap = self.events.iter().map(Event::kind).take_while(|kind| {
            matches!(
                kind,
                EventKind::Whitespace
                    | EventKind::ValueSep
                    | EventKind::Comment
                    | EventKind::Newline
            )
        });
        let breaks = gap.any(|kind| kind == EventKind::Newline);
        if let Some(last) = last
            && breaks
        {
            last.beside = self.beside();
        }
        self.lines();
        self.apart = false;
        self.above.retain(|line| !line.is_empty());
        breaks
    }
}
