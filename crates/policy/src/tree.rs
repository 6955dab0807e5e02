//! The syntax tree: what the file says, with a span for every word. Nothing is known about the language here.

use std::ops::Range;

use jiff::civil::Date;
use toml::de::{DeTable, DeValue};
use toml_parser::parser::{RecursionGuard, ValidateWhitespace, parse_document};

use crate::{
    duplicate,
    finding::{Finding, Findings},
};

/// No policy has more bytes: one of a hundred thousand rows has 20 MB.
pub const LARGEST: usize = 32 << 20;
/// Where a file has so many faults of syntax, nobody reads on.
const MOST_FAULTS: usize = 400;
/// No line of a policy has more dots; a key with thousands would nest as deeply.
const MOST_DOTS: usize = 40;
/// Sections, rows, keys and the tables in them need five levels.
const DEEPEST: usize = 8;

#[derive(Debug, Clone)]
pub(crate) struct Node {
    pub(crate) span: Range<usize>,
    pub(crate) value: Value,
}

#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(i64),
    Switch(bool),
    Date(Date),
    List(Vec<Node>),
    Table(Table),
    /// What no rule of the language takes: fractions, times, too large numbers.
    Other(&'static str),
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: String,
    pub(crate) at: Range<usize>,
    pub(crate) node: Node,
}

/// The entries of a table in the order of the file.
#[derive(Debug, Clone, Default)]
pub(crate) struct Table {
    entries: Vec<Entry>,
    /// The places of the entries by their keys, where there are more than a look through them all finds as fast.
    by_key: Vec<usize>,
}

/// A table of so few entries is looked through.
const FEW: usize = 12;

impl Table {
    pub(crate) fn get(&self, key: &str) -> Option<&Entry> {
        if self.by_key.is_empty() {
            return self.entries.iter().find(|entry| entry.key == key);
        }
        let name = |at: &usize| self.entries.get(*at).map(|entry| entry.key.as_str());
        let found = self.by_key.binary_search_by(|at| name(at).cmp(&Some(key))).ok()?;
        self.entries.get(*self.by_key.get(found)?)
    }

    pub(crate) fn node(&self, key: &str) -> Option<&Node> {
        self.get(key).map(|entry| &entry.node)
    }

    /// A row: the table under a section and an id.
    pub(crate) fn row(&self, section: &str, id: &str) -> Option<&Table> {
        self.node(section)?.table()?.node(id)?.table()
    }

    /// The rows of a section, or nothing when it is absent.
    pub(crate) fn rows(&self, section: &str) -> impl Iterator<Item = (&Entry, &Table)> {
        let table = self.node(section).and_then(Node::table);
        table
            .into_iter()
            .flat_map(Table::iter)
            .filter_map(|entry| entry.node.table().map(|row| (entry, row)))
    }

    pub(crate) fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.entries.iter()
    }

    fn from_entries(mut entries: Vec<Entry>) -> Self {
        entries.sort_by_key(|entry| entry.at.start);
        let mut by_key = Vec::new();
        if entries.len() > FEW {
            by_key.extend(0..entries.len());
            by_key.sort_by_key(|at| entries.get(*at).map(|entry| entry.key.as_str()));
        }
        Self { entries, by_key }
    }
}

impl Node {
    pub(crate) fn text(&self) -> Option<&str> {
        if let Value::Text(text) = &self.value { Some(text) } else { None }
    }

    pub(crate) fn table(&self) -> Option<&Table> {
        if let Value::Table(table) = &self.value { Some(table) } else { None }
    }

    pub(crate) fn list(&self) -> Option<&[Node]> {
        if let Value::List(list) = &self.value { Some(list) } else { None }
    }

    /// The items of a list, or the value itself when it stands alone.
    pub(crate) fn items(&self) -> &[Node] {
        self.list().unwrap_or(std::slice::from_ref(self))
    }

    /// The texts of a list, without what is none.
    pub(crate) fn texts(&self) -> impl Iterator<Item = (&str, &Node)> {
        self.items().iter().filter_map(|item| item.text().map(|text| (text, item)))
    }

    /// The span of some bytes of a text, where it is written without escapes.
    pub(crate) fn part(&self, range: &Range<usize>) -> Range<usize> {
        let plain = self.text().is_some_and(|text| text.len() + 2 == self.span.len());
        if plain {
            let start = self.span.start + 1;
            return start + range.start..start + range.end;
        }
        self.span.clone()
    }

    pub(crate) fn kind(&self) -> &'static str {
        match &self.value {
            Value::Text(_) => "a string",
            Value::Number(_) => "a number",
            Value::Switch(_) => "true or false",
            Value::Date(_) => "a date",
            Value::List(_) => "a list",
            Value::Table(_) => "a table",
            Value::Other(kind) => kind,
        }
    }

    /// The value on one line, as an author would write it.
    pub(crate) fn compact(&self) -> String {
        match &self.value {
            Value::Text(text) => format!("{text:?}"),
            Value::Number(number) => number.to_string(),
            Value::Switch(on) => on.to_string(),
            Value::Date(date) => date.to_string(),
            Value::List(list) => {
                let items: Vec<String> = list.iter().map(Self::compact).collect();
                format!("[{}]", items.join(", "))
            }
            Value::Table(table) => {
                let items: Vec<String> = table
                    .iter()
                    .map(|entry| format!("{} = {}", entry.key, entry.node.compact()))
                    .collect();
                format!("{{ {} }}", items.join(", "))
            }
            Value::Other(kind) => (*kind).to_owned(),
        }
    }
}

/// Reads the file; `None` when its syntax is too broken to go on.
pub(crate) fn parse(source: &str, findings: &mut Findings) -> Option<Table> {
    if source.len() > LARGEST {
        findings.push(
            Finding::error("too-large", &(0..0), "the file is larger than any policy")
                .help("a policy has at most 32 MiB; data and texts do not belong in it"),
        );
        return None;
    }
    if let Some(at) = too_many_dots(source) {
        findings.push(
            Finding::error("too-deep", &(at..at), "a line has too many dots")
                .help("no key of the language has more than four parts"),
        );
        return None;
    }
    let (table, errors) = DeTable::parse_recoverable(worth_reading(source));
    let mut broken = false;
    let mut told = 0;
    for error in &errors {
        if findings.full() {
            return None;
        }
        let span = error.span().unwrap_or(source.len()..source.len());
        if error.message() == "duplicate key" {
            if span.start >= told {
                findings.push(duplicate::finding(source, &span));
                told = duplicate::end_of_block(source, &span);
            }
        } else {
            broken = true;
            findings.push(syntax(error.message(), &span));
        }
    }
    let table = convert(table.get_ref(), 0, findings);
    (!broken).then_some(table)
}

/// A large file up to the line with more faults than are shown: to gather all of them would take more room than
/// the file.
fn worth_reading(source: &str) -> &str {
    const LARGE: usize = 1 << 20;
    if source.len() <= LARGE {
        return source;
    }
    let whole = toml_parser::Source::new(source);
    let tokens = whole.lex().into_vec();
    let (mut faults, mut enough) = (0, None);
    let mut sink = |fault: toml_parser::ParseError| {
        faults += 1;
        if faults == MOST_FAULTS {
            enough = fault.unexpected().map(|span| span.end());
        }
    };
    let mut nothing = ();
    let mut spaces = ValidateWhitespace::new(&mut nothing, whole);
    let mut deep = RecursionGuard::new(&mut spaces, 80);
    parse_document(&tokens, &mut deep, &mut sink);
    let end = enough.and_then(|at| Some(at + source.get(at..)?.find('\n')? + 1));
    end.and_then(|end| source.get(..end)).unwrap_or(source)
}

fn syntax(message: &str, span: &Range<usize>) -> Finding {
    let (what, expected) = message.split_once(", expected ").unwrap_or((message, ""));
    let finding = Finding::error("syntax", span, format!("this is not TOML: {what}"));
    if expected.is_empty() { finding } else { finding.label(format!("expected {expected}")) }
}

/// Where a line has too many dots. Those in strings nest nothing.
fn too_many_dots(source: &str) -> Option<usize> {
    let (mut dots, mut string) = (0, None);
    for (at, byte) in source.bytes().enumerate() {
        match (byte, string) {
            (b'\n', _) => (dots, string) = (0, None),
            (b'"' | b'\'', None) => string = Some(byte),
            (_, Some(open)) if open == byte => string = None,
            (b'.', None) => dots += 1,
            _ => {}
        }
        if dots > MOST_DOTS {
            return Some(at);
        }
    }
    None
}

fn convert(table: &DeTable<'_>, depth: usize, findings: &mut Findings) -> Table {
    let mut entries = Vec::with_capacity(table.len());
    for (key, value) in table {
        let node = Node { span: value.span(), value: value_of(value.get_ref(), depth, findings) };
        if let Value::Other("a nest") = node.value {
            let message = format!("`{}` is nested too deeply", key.get_ref());
            findings.push(
                Finding::error("too-deep", &key.span(), message)
                    .help("a section holds rows, a row holds keys; tables in keys are rare"),
            );
        }
        entries.push(Entry { key: key.get_ref().to_string(), at: key.span(), node });
    }
    Table::from_entries(entries)
}

fn value_of(value: &DeValue<'_>, depth: usize, findings: &mut Findings) -> Value {
    if depth > DEEPEST {
        return Value::Other("a nest");
    }
    match value {
        DeValue::String(text) => Value::Text(text.to_string()),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map_or(Value::Other("a number without end"), Value::Number),
        DeValue::Float(_) => Value::Other("a fraction"),
        DeValue::Boolean(on) => Value::Switch(*on),
        DeValue::Datetime(time) => date_of(time).map_or(Value::Other("a time"), Value::Date),
        DeValue::Array(array) => Value::List(
            array
                .iter()
                .map(|item| Node {
                    span: item.span(),
                    value: value_of(item.get_ref(), depth + 1, findings),
                })
                .collect(),
        ),
        DeValue::Table(table) => Value::Table(convert(table, depth + 1, findings)),
    }
}

fn date_of(time: &toml::value::Datetime) -> Option<Date> {
    let date = time.date.filter(|_| time.time.is_none())?;
    let year = i16::try_from(date.year).ok()?;
    let month = i8::try_from(date.month).ok()?;
    let day = i8::try_from(date.day).ok()?;
    Date::new(year, month, day).ok()
}
