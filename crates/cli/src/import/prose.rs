//! A privacy policy in running text, in English or Indonesian: what its phrases say about periods, recipients, terms, rights,
//! contacts and cookies. By headings and fixed phrases; nothing is guessed, and what no row can hold stands as unsettled.

mod contacts;
mod keeping;
mod lines;
mod parties;
mod steps;
pub(crate) mod tables;

#[cfg(test)]
mod tests;

use super::{
    draft::{Draft, Place, Value, id_of},
    period::lengths,
};
pub(crate) use contacts::mails;
use lines::{Kind, Line, lines, sentences};
use tables::{BASES, FIELDS, KINDS, LAWS, PEOPLE, RIGHTS, TOPICS, says};

/// What a part of a text is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Topic {
    Collect,
    Keep,
    Share,
    Purposes,
    Basis,
    Cookies,
    Rights,
    Security,
    Breach,
    Children,
    Transfers,
    Contact,
    Changes,
    Complaints,
    Officer,
    Scope,
    Other,
}

/// A reader on its way through a text.
pub(crate) struct Reader<'d> {
    draft: &'d mut Draft,
    file: String,
    topic: Topic,
    /// The last heading.
    heading: String,
    /// The last line that ended with a colon: what follows are its items.
    lead: String,
    /// The kinds of people that the text names.
    people: Vec<&'static str>,
}

/// A sentence with what stands around it.
#[derive(Debug, Clone)]
pub(crate) struct Said<'s> {
    /// What stands before the colon of an item, or the first cell.
    label: &'s str,
    text: &'s str,
    low: String,
    place: Place,
}

/// Which language a text is in, by its small words.
pub(crate) fn language(text: &str) -> &'static str {
    let low = text.to_lowercase();
    let count = |words: &[&str]| low.split_whitespace().filter(|word| words.contains(word)).count();
    let indonesian = count(&["yang", "dan", "kami", "anda", "untuk", "dengan", "dari"]);
    if indonesian > count(&["the", "and", "we", "you", "for", "with", "your"]) {
        "id"
    } else {
        "en"
    }
}

/// Reads a text into a draft.
pub(crate) fn read(draft: &mut Draft, file: &str, text: &str) {
    let mut reader = Reader {
        draft,
        file: file.to_owned(),
        topic: Topic::Scope,
        heading: String::new(),
        lead: String::new(),
        people: Vec::new(),
    };
    reader.people(text);
    for line in lines(text) {
        reader.line(&line);
    }
    reader.whose();
}

impl Reader<'_> {
    fn line(&mut self, line: &Line) {
        let place = Place { file: self.file.clone(), line: line.number };
        let low = line.text.to_lowercase();
        self.head(&line.text, &low, &place);
        match &line.kind {
            Kind::Heading { main } => {
                // Only what begins something new can be about everything.
                let found = TOPICS
                    .iter()
                    .find(|(topic, words)| (*main || *topic != Topic::Scope) && says(&low, words));
                match found {
                    Some((topic, _)) => self.topic = *topic,
                    None if *main => self.topic = Topic::Other,
                    None => {}
                }
                self.heading.clone_from(&line.text);
                self.lead.clear();
                self.contact(&line.text, &low, &place);
            }
            Kind::Cells(cells) => {
                // The row that names the columns is about nothing.
                if says(&low, HEADS)
                    && cells.iter().all(|cell| cell.split_whitespace().count() <= 3)
                {
                    return;
                }
                let label = cells.first().map_or("", String::as_str);
                let rest = cells.get(1..).unwrap_or_default().join(" · ");
                self.said(label, &rest, line, &place, Some(cells));
            }
            Kind::Item | Kind::Plain => {
                if line.kind == Kind::Plain {
                    self.lead.clear();
                }
                if line.text.ends_with(':') {
                    self.lead.clone_from(&low);
                }
                let (label, rest) = label(&line.text);
                self.said(label, rest, line, &place, None);
            }
        }
    }

    fn said(
        &mut self,
        label: &str,
        rest: &str,
        line: &Line,
        place: &Place,
        cells: Option<&[String]>,
    ) {
        let item = line.kind != Kind::Plain;
        self.contact(&line.text, &line.text.to_lowercase(), place);
        match self.topic {
            Topic::Collect if item => self.collected(label, rest, place),
            Topic::Purposes if item => self.purpose(label, rest, cells.is_some(), place),
            Topic::Basis if cells.is_some() => {
                self.basis(label, rest, place);
            }
            Topic::Rights => self.right(&line.text, place),
            Topic::Cookies if item => self.cookie(label, rest, cells, place),
            _ => {}
        }
        let text = if cells.is_some() { format!("{label} · {rest}") } else { line.text.clone() };
        self.parties(label, rest, &text, item, cells, place);
        for (number, sentence) in sentences(rest).into_iter().enumerate() {
            let text = if number == 0 && !label.is_empty() {
                format!("{label}: {sentence}")
            } else {
                sentence.to_owned()
            };
            let said =
                Said { label, text: sentence, low: text.to_lowercase(), place: place.clone() };
            self.sentence(&said, item);
        }
    }

    fn sentence(&mut self, said: &Said<'_>, item: bool) {
        self.never(said);
        self.transfers(said);
        self.protection(said);
        let cookie = self.topic == Topic::Cookies && item;
        if cookie || self.children(said) || self.step(said) || self.keeping(said, item) {
            return;
        }
        // Who is on a list that stands elsewhere, no row can say.
        if says(&said.low, &["sub-processors"]) && says(&said.low, &["list"])
            || says(&said.low, &["a list is maintained"])
        {
            self.draft.unsettled(&said.full(), &said.place);
        }
        // A number of days that no row took is a promise that nobody would keep.
        if !lengths(said.text).is_empty() {
            self.draft.unsettled(&said.full(), &said.place);
        }
    }

    /// What the top of a policy says about itself.
    fn head(&mut self, text: &str, low: &str, place: &Place) {
        for (law, words) in LAWS {
            let european = *law == "gdpr" && !says(&low.replace("uk gdpr", ""), words);
            if says(low, words) && !european {
                self.draft.add("policy", "laws", law);
            }
        }
        if says(low, &["effective", "berlaku sejak", "berlaku efektif", "tanggal berlaku"])
            && let Some(date) = contacts::date(text)
        {
            self.draft.set("policy", "effective", &Value::Date(date));
        }
        if says(low, &["last reviewed", "last updated", "terakhir diperbarui"])
            && let Some(date) = contacts::date(text)
        {
            self.draft.set("policy", "reviewed", &Value::Date(date));
        }
        if place.line <= 12 {
            let version = low
                .split_whitespace()
                .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()));
            let mut version = version
                .filter_map(|word| word.strip_prefix('v'))
                .filter(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if let Some(version) =
                version.next().filter(|rest| rest.chars().all(|c| c.is_ascii_digit() || c == '.'))
            {
                self.draft.set("policy", "version", &Value::text(version));
            }
        }
    }

    /// The kinds of people that a text names.
    fn people(&mut self, text: &str) {
        let low = text.to_lowercase();
        for (id, _) in PEOPLE.iter().filter(|(_, words)| says(&low, words)) {
            self.people.push(id);
            self.draft.add("scope", "people", id);
            self.draft.words(&format!("people.{id}"), id);
        }
    }

    /// Where a text speaks of one kind of people only, everything is about them.
    fn whose(&mut self) {
        if let [one] = self.people.as_slice() {
            let one = (*one).to_owned();
            for path in self.draft.paths("data.") {
                self.draft.add(&path, "of", &one);
            }
        }
    }

    /// Something that is collected: a name and what belongs to it.
    fn collected(&mut self, label: &str, rest: &str, place: &Place) {
        let (name, list) =
            if label.is_empty() { (self.heading.clone(), rest) } else { (label.to_owned(), rest) };
        if name.is_empty()
            || list.is_empty()
            || says(&list.to_lowercase(), &["do not", "tidak"]) && label.is_empty()
        {
            return;
        }
        if self.lead.contains("not") && self.lead.contains("do ") || self.lead.contains("tidak") {
            return;
        }
        let Some(id) = self.draft.open("data", &name, place) else { return };
        let path = format!("data.{id}");
        self.draft.note(&path, &format!("“{list}”"), place);
        let before = self.draft.count(&path, "fields");
        let list = bare(list);
        for item in items(&list).into_iter().take(16usize.saturating_sub(before)) {
            self.field(&path, item, place);
        }
    }

    fn field(&mut self, path: &str, item: &str, place: &Place) {
        let low = item.to_lowercase();
        if let Some((_, field)) = FIELDS.iter().find(|(words, _)| low.contains(words)) {
            self.draft.add(path, "fields", field);
            return;
        }
        let words = low.split_whitespace().count();
        if !(1..=5).contains(&words) || low.contains('"') {
            return;
        }
        let id = id_of(item, place.line);
        if id.starts_with("line_") {
            return;
        }
        self.draft.add(path, "fields", &id);
        if !policy::is_standard(&id) && self.draft.set("field", &id, &Value::text("text")) {
            self.draft.words(&format!("field.{id}"), item);
            self.draft.words(&format!("field.{id}"), &id.replace('_', " "));
        }
    }

    /// A purpose, with its kind where one of the closed words fits. A basis stands only where the text says it.
    fn purpose(&mut self, label: &str, rest: &str, table: bool, place: &Place) {
        if table && self.basis(label, rest, place) {
            return;
        }
        let name = if label.is_empty() { rest } else { label };
        let low = format!("{label} {rest}").to_lowercase();
        if says(&low, &["not", "tidak"]) || name.is_empty() {
            return;
        }
        let name = name.split('(').next().unwrap_or(name);
        let name = name.strip_prefix("To ").unwrap_or(name).trim_end_matches('.');
        if let Some(id) = self.draft.open("purpose", name, place) {
            let path = format!("purpose.{id}");
            self.kind(&path, &id, &low);
            self.draft.note(
                &path,
                &format!("“{}”", if rest.is_empty() { label } else { rest }),
                place,
            );
        }
    }

    fn kind(&mut self, path: &str, id: &str, low: &str) {
        let kind = KINDS.iter().find(|(_, words)| says(low, words));
        if let Some((kind, _)) = kind.filter(|(kind, _)| *kind != id) {
            self.draft.set(path, "kind", &Value::text(kind));
        }
    }

    /// A row of a table of bases: what is done, and why it may be.
    fn basis(&mut self, label: &str, rest: &str, place: &Place) -> bool {
        let low = rest.to_lowercase();
        let found: Vec<&str> =
            BASES.iter().filter(|(_, words)| says(&low, words)).map(|(basis, _)| *basis).collect();
        let Some(first) = found.first() else { return false };
        let Some(id) = self.draft.open("purpose", label, place) else { return true };
        let path = format!("purpose.{id}");
        self.kind(&path, &id, &label.to_lowercase());
        let explicit = *first == "explicit_consent";
        let found: Vec<String> = found
            .iter()
            .filter(|basis| !(explicit && **basis == "consent"))
            .map(|basis| (*basis).to_owned())
            .collect();
        let value = match found.as_slice() {
            [one] => Value::text(one),
            _ => Value::List(found),
        };
        self.draft.set(&path, "basis", &value);
        self.draft.note(&path, &format!("“{rest}”"), place);
        true
    }

    fn right(&mut self, text: &str, place: &Place) {
        let low = text.to_lowercase();
        // What stands first is the right, the rest explains it.
        let head = low.split([':', ',']).next().unwrap_or(&low).to_owned();
        let named = if head.split_whitespace().count() <= 8 { &head } else { &low };
        for (right, words) in RIGHTS.iter().filter(|(_, words)| says(named, words)) {
            let path = format!("right.{right}");
            if says(&low, &["account", "third-party"]) && words.is_empty() {
                continue;
            }
            self.draft.row(&path);
            self.draft.note(&path, &format!("“{text}”"), place);
        }
    }

    /// What is never done with data, in plain words.
    fn never(&mut self, said: &Said<'_>) {
        let denied =
            says(&said.low, &["do not", "don't", "never", "will not", "tidak", "tidak akan"])
                || self.lead.contains("do not")
                || self.lead.contains("tidak");
        if !denied {
            return;
        }
        for (kind, words) in [
            ("sale", &["sell", "menjual", "jual"][..]),
            ("advertising", &["advertising", "advertisements", "iklan"][..]),
            ("training", &["to train", "train machine-learning", "melatih"][..]),
        ] {
            let opposed = says(&said.low, &["unless", "kecuali", "cookies"])
                && kind != "sale"
                && kind != "advertising";
            if says(&said.low, words) && !opposed {
                let path = format!("never.{kind}");
                self.draft.row(&path);
                self.draft.note(&path, &format!("“{}”", said.full()), &said.place);
            }
        }
    }
}

impl Said<'_> {
    /// The sentence with its label, as the text has it.
    fn full(&self) -> String {
        if self.label.is_empty() {
            self.text.to_owned()
        } else {
            format!("{}: {}", self.label, self.text)
        }
    }
}

/// The names of columns.
const HEADS: &[&str] = &[
    "lawful basis",
    "legal basis",
    "dasar hukum",
    "lifetime",
    "masa berlaku",
    "location",
    "location of processing",
    "retention",
    "retensi",
];

/// What stands before a colon, when it can be a name.
fn label(text: &str) -> (&str, &str) {
    match text
        .split_once(": ")
        .or_else(|| text.split_once(" — "))
        .or_else(|| text.split_once(" → "))
    {
        Some((label, rest)) if label.split_whitespace().count() <= 10 && !label.contains(". ") => {
            (label.trim(), rest.trim())
        }
        _ => ("", text.trim()),
    }
}

/// A text without what stands in brackets.
fn bare(text: &str) -> String {
    let mut depth = 0_usize;
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if depth == 0 => out.push(c),
            _ => {}
        }
    }
    out
}

/// The items of a list in a sentence.
fn items(list: &str) -> Vec<&str> {
    list.split([',', ';', '.'])
        .flat_map(|item| item.split(" and "))
        .flat_map(|item| item.split(" dan "))
        .map(str::trim)
        .map(|item| {
            ["and ", "or ", "dan ", "atau "]
                .iter()
                .fold(item, |item, little| item.strip_prefix(little).unwrap_or(item))
        })
        .filter(|item| !item.is_empty())
        .collect()
}
