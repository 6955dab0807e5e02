//! A policy while it is put together from other texts: rows with their keys, each with the place that it was found in.
//! Nothing is added that no text said; what lacks is left to the check to ask for.

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Write,
};

/// No import needs more rows: the check reads no longer policies than a few of these.
const MOST_ROWS: usize = 500;
/// No policy needs longer texts of others' than this.
const LONGEST_SAID: usize = 240;
/// The check refuses longer words.
const LONGEST_WORDS: usize = 60;

/// A policy that is not one yet.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    rows: Vec<(String, Row)>,
    places: BTreeMap<String, usize>,
    text: BTreeMap<String, String>,
    said: BTreeSet<String>,
    language: String,
    dropped: usize,
}

#[derive(Debug, Default)]
struct Row {
    keys: Vec<(String, String)>,
    notes: Vec<String>,
}

/// Where in which file something was found.
#[derive(Debug, Clone)]
pub(crate) struct Place {
    pub(crate) file: String,
    pub(crate) line: usize,
}

impl std::fmt::Display for Place {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{} line {}", self.file, self.line)
    }
}

/// Ids that stand for something else in the language.
const TAKEN: &[&str] = &[
    "sealed",
    "workspace",
    "everyone",
    "officer",
    "system",
    "person",
    "policy",
    "covers",
    "resolves",
    "cites",
];

impl Draft {
    pub(crate) fn new(language: &str) -> Self {
        Self { language: language.to_owned(), ..Self::default() }
    }

    /// A row by its path; made when it is not there yet. False when there is no room for it.
    pub(crate) fn row(&mut self, path: &str) -> bool {
        if self.places.contains_key(path) {
            return true;
        }
        if self.rows.len() >= MOST_ROWS {
            self.dropped += 1;
            return false;
        }
        self.places.insert(path.to_owned(), self.rows.len());
        self.rows.push((path.to_owned(), Row::default()));
        true
    }

    pub(crate) fn has(&self, path: &str, key: &str) -> bool {
        self.value(path, key).is_some()
    }

    /// The paths of the rows under a beginning.
    pub(crate) fn paths(&self, under: &str) -> Vec<String> {
        self.rows
            .iter()
            .map(|(path, _)| path.clone())
            .filter(|path| path.starts_with(under))
            .collect()
    }

    /// How many items the list under a key has.
    pub(crate) fn count(&self, path: &str, key: &str) -> usize {
        self.value(path, key).map_or(0, |list| list.matches('"').count() / 2)
    }

    fn value(&self, path: &str, key: &str) -> Option<&str> {
        let (_, row) = self.rows.get(*self.places.get(path)?)?;
        row.keys.iter().find(|(known, _)| known == key).map(|(_, value)| value.as_str())
    }

    /// Sets a key that is not set yet; what was said first stays. Answers whether the row now says this.
    pub(crate) fn set(&mut self, path: &str, key: &str, value: &Value) -> bool {
        if !self.row(path) {
            return false;
        }
        let written = value.written();
        let Some((_, row)) = self.places.get(path).and_then(|at| self.rows.get_mut(*at)) else {
            return false;
        };
        if let Some((_, before)) = row.keys.iter().find(|(known, _)| known == key) {
            return *before == written;
        }
        row.keys.push((key.to_owned(), written));
        true
    }

    /// Adds to the list under a key.
    pub(crate) fn add(&mut self, path: &str, key: &str, item: &str) {
        let item = quoted(item);
        if !self.row(path) {
            return;
        }
        let Some((_, row)) = self.places.get(path).and_then(|at| self.rows.get_mut(*at)) else {
            return;
        };
        let Some((_, list)) = row.keys.iter_mut().find(|(known, _)| known == key) else {
            row.keys.push((key.to_owned(), format!("[{item}]")));
            return;
        };
        let inner = list.trim_start_matches('[').trim_end_matches(']').to_owned();
        if list.starts_with('[') && !inner.split(", ").any(|known| known == item) {
            *list = format!("[{inner}, {item}]");
        }
    }

    /// A comment over a row: what was read, and where.
    pub(crate) fn note(&mut self, path: &str, words: &str, place: &Place) {
        let Some((_, row)) = self.places.get(path).and_then(|at| self.rows.get_mut(*at)) else {
            return;
        };
        let note = format!("# to confirm: {}, {}", shown(words), shown(&place.to_string()));
        if row.notes.len() < 6 && !row.notes.contains(&note) {
            row.notes.push(note);
        }
    }

    /// The words that people read for a row.
    pub(crate) fn words(&mut self, path: &str, words: &str) {
        let words = heading(words);
        if !words.is_empty() {
            self.text.entry(path.to_owned()).or_insert(words);
        }
    }

    /// A row in an open section, by an id made of its words; the same words are the same row.
    pub(crate) fn open(&mut self, section: &str, words: &str, place: &Place) -> Option<String> {
        let id = id_of(words, place.line);
        let path = format!("{section}.{id}");
        let new = !self.places.contains_key(&path);
        if !self.row(&path) {
            return None;
        }
        if new {
            self.words(&path, words);
            self.text.entry(path.clone()).or_insert_with(|| heading(&id.replace('_', " ")));
        }
        Some(id)
    }

    /// What a text says and no row holds: the check asks for it until somebody has settled it.
    pub(crate) fn unsettled(&mut self, says: &str, place: &Place) {
        let says = shown(says);
        if says.is_empty() || !self.said.insert(says.clone()) {
            return;
        }
        let path = format!("unsettled.line_{}_{}", place.line, self.said.len());
        if self.set(&path, "says", &Value::Text(says)) {
            self.note(&path, "no row holds this", place);
        }
    }

    /// The policy in the house style. What the server does not keep yet is listed as planned, as the check wants it.
    pub(crate) fn written(mut self, head: &str) -> String {
        self.complete();
        let mut planned: BTreeSet<String> = BTreeSet::new();
        for _ in 0..4 {
            let text = self.text(head, &planned);
            let before = planned.len();
            let found = policy::check("policy.toml", &text).findings;
            let waits = found.iter().filter(|one| one.rule == "not-enforced");
            planned
                .extend(waits.filter_map(|one| one.message.split('`').nth(1)).map(str::to_owned));
            if planned.len() == before {
                break;
            }
        }
        let text = self.text(head, &planned);
        policy::format(&text).unwrap_or(text)
    }

    /// Words for what the rows name and the sections that the language wants.
    fn complete(&mut self) {
        let _ = self.set("policy", "languages", &Value::List(vec![self.language.clone()]));
        let _ = self.set("policy", "binding", &Value::Text(self.language.clone()));
        let id = self.language == "id";
        self.words("policy", if id { "Kebijakan privasi" } else { "Privacy policy" });
        if self.rows.iter().any(|(path, _)| path == "officer" || path.starts_with("officer.")) {
            self.words(
                "officer",
                if id { "Pejabat pelindungan data" } else { "Data protection officer" },
            );
        }
    }

    fn text(&self, head: &str, planned: &BTreeSet<String>) -> String {
        let mut text = String::new();
        for line in head.lines() {
            let _ = writeln!(text, "# {}", shown(line));
        }
        if self.dropped > 0 {
            let _ = writeln!(text, "# {} more rows had no room here.", self.dropped);
        }
        text.push_str("\njanji = 1\n");
        for (path, row) in &self.rows {
            text.push('\n');
            for note in &row.notes {
                let _ = writeln!(text, "{note}");
            }
            let _ = writeln!(text, "[{path}]");
            for (key, value) in &row.keys {
                let _ = writeln!(text, "{key} = {value}");
            }
        }
        if !planned.is_empty() {
            let rows: Vec<String> = planned.iter().map(|path| quoted(path)).collect();
            let _ = writeln!(text, "\n[planned]\nrows = [{}]", rows.join(", "));
        }
        text.push_str("\n[text]\n");
        for (path, words) in &self.text {
            let proper = path.starts_with("recipient.") || path.starts_with("service.");
            if proper {
                let _ = writeln!(text, "{path} = {}", quoted(words));
            } else {
                let _ = writeln!(text, "{path} = {{ {} = {} }}", self.language, quoted(words));
            }
        }
        text
    }
}

/// A value of a key.
#[derive(Debug, Clone)]
pub(crate) enum Value {
    Text(String),
    Number(u32),
    Date(String),
    List(Vec<String>),
}

impl Value {
    pub(crate) fn text(text: &str) -> Self {
        Self::Text(text.to_owned())
    }

    fn written(&self) -> String {
        match self {
            Self::Text(text) => quoted(text),
            Self::Number(number) => number.to_string(),
            Self::Date(date) => date.clone(),
            Self::List(items) => {
                let items: Vec<String> = items.iter().map(|item| quoted(item)).collect();
                format!("[{}]", items.join(", "))
            }
        }
    }
}

fn quoted(text: &str) -> String {
    let mut safe = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => safe.push_str("\\\""),
            '\\' => safe.push_str("\\\\"),
            c if hidden(c) => safe.push(' '),
            c => safe.push(c),
        }
    }
    safe.push('"');
    safe
}

/// Characters that nobody sees, or that turn the line around.
fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' | '\u{2028}' | '\u{2029}')
}

/// Somebody else's words on one line, not longer than a reader wants.
pub(crate) fn shown(words: &str) -> String {
    let plain: String = words.chars().map(|c| if hidden(c) { ' ' } else { c }).collect();
    let plain = plain.split_whitespace().collect::<Vec<&str>>().join(" ");
    if plain.chars().count() <= LONGEST_SAID {
        return plain;
    }
    plain.chars().take(LONGEST_SAID).chain(['…']).collect()
}

/// An id out of words: what a Latin letter begins, joined by underscores.
pub(crate) fn id_of(words: &str, line: usize) -> String {
    let low = words.to_lowercase();
    let mut id = String::new();
    for word in low.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        if DULL.contains(&word) || (id.is_empty() && word.starts_with(|c: char| c.is_ascii_digit()))
        {
            continue;
        }
        if id.len() + word.len() > 40 || id.matches('_').count() > 3 {
            break;
        }
        if !id.is_empty() {
            id.push('_');
        }
        id.push_str(word);
    }
    if id.is_empty() || id.len() > 48 {
        return format!("line_{line}");
    }
    if TAKEN.contains(&id.as_str()) { format!("{id}_data") } else { id }
}

/// Words that say nothing in an id.
const DULL: &[&str] = &[
    "a",
    "an",
    "the",
    "of",
    "and",
    "or",
    "to",
    "for",
    "in",
    "on",
    "your",
    "our",
    "we",
    "with",
    "by",
    "any",
    "all",
    "data",
    "information",
    "dan",
    "atau",
    "yang",
    "untuk",
    "di",
    "dari",
    "pada",
    "dengan",
    "anda",
    "kami",
    "informasi",
    "s",
];

/// The words that no heading may hold: the page says what is kept, its headings do not.
const LOUD: &[&str] = &[
    "always",
    "never",
    "all",
    "secure",
    "immediately",
    "anonymous",
    "irreversible",
    "selalu",
    "semua",
    "segera",
    "anonim",
    "permanen",
    "tidak",
    "pernah",
];

/// Words as they may stand over a row: short, without numbers and without promises.
pub(crate) fn heading(words: &str) -> String {
    let mut text = String::new();
    for word in words.replace('_', " ").split_whitespace() {
        let plain: String = word.chars().filter(|c| !c.is_numeric() && !hidden(*c)).collect();
        let bare = plain.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        if bare.is_empty() && !matches!(plain.as_str(), "&" | "/" | "-" | "–") {
            continue;
        }
        if LOUD.contains(&bare.as_str()) {
            continue;
        }
        if text.chars().count() + plain.chars().count() >= LONGEST_WORDS {
            break;
        }
        if !text.is_empty() {
            text.push(' ');
        }
        text.push_str(&plain);
    }
    let text = text.trim_matches(|c: char| !c.is_alphanumeric() && c != ')' && c != '(').to_owned();
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => text,
    }
}
