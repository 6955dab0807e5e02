//! The first pass: sections, rows, keys and the type of every value. Each fault has its own span.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::{
    finding::{Finding, Findings, Fix},
    names::Names,
    phrase,
    schema::{self, COMMON, Key, Named, SECTIONS, Shape},
    tree::{Entry, Node, Table, Value},
};

pub(crate) struct Scan<'t> {
    pub(crate) root: &'t Table,
    pub(crate) names: &'t Names<'t>,
    pub(crate) findings: &'t mut Findings,
}

impl Scan<'_> {
    pub(crate) fn run(&mut self) {
        self.head();
        for entry in self.root.iter().filter(|entry| entry.key != "janji") {
            match SECTIONS.iter().find(|section| section.name == entry.key) {
                Some(section) => self.section(entry, &section.shape),
                None => self.unknown(entry, "section", SECTIONS.iter().map(|known| known.name)),
            }
        }
        for section in SECTIONS.iter().filter(|section| section.required) {
            if self.root.get(section.name).is_none() {
                let message = format!("there is no section `{}`", section.name);
                let end = self.root.iter().last().map_or(0..0, |entry| entry.at.clone());
                let help = format!("write `[{}]` and what belongs in it", section.name);
                self.findings.push(Finding::error("missing-section", &end, message).help(help));
            }
        }
    }

    fn head(&mut self) {
        let Some(entry) = self.root.get("janji") else {
            self.findings.push(
                Finding::error("no-version", &(0..0), "the file does not say its language version")
                    .help("begin the file with `janji = 1`"),
            );
            return;
        };
        if !matches!(entry.node.value, Value::Number(1)) {
            self.findings.push(
                Finding::error("no-version", &entry.node.span, "this version is not known")
                    .help("the only version of the language so far is 1"),
            );
        }
    }

    fn section(&mut self, entry: &Entry, shape: &Shape) {
        let Some(table) = entry.node.table() else {
            self.wrong(&entry.node, "a section");
            return;
        };
        if table.iter().next().is_none() {
            let message = format!("`{}` is a chapter without a word", entry.key);
            self.findings.push(
                Finding::error("empty", &entry.at, message).help("write its rows, or leave it out"),
            );
        }
        match shape {
            Shape::Row(keys) => self.row(entry, table, keys),
            Shape::Open(keys) => self.open(table, keys),
            Shape::Listed(words, keys, required) => self.listed(entry, words, keys, required),
            Shape::Closed(keys, rows) => self.closed(entry, table, keys, rows),
            Shape::Free => match entry.key.as_str() {
                "field" => self.fields(table),
                "decided" => self.decided(table),
                _ => {}
            },
        }
    }

    fn open(&mut self, table: &Table, keys: &[Key]) {
        for entry in table.iter() {
            if Self::common_of_section(entry) {
                continue;
            }
            self.id(&entry.key, &entry.at);
            self.row_entry(entry, keys);
        }
    }

    fn listed(&mut self, section: &Entry, words: &[&str], keys: &[Key], required: &[&str]) {
        let Some(table) = section.node.table() else { return };
        for entry in table.iter() {
            if Self::common_of_section(entry) {
                continue;
            }
            if words.contains(&entry.key.as_str()) {
                self.row_entry(entry, keys);
            } else {
                self.unknown(entry, "row", words.iter().copied());
            }
        }
        for name in required.iter().filter(|name| table.get(name).is_none()) {
            self.missing(section, "row", name);
        }
    }

    fn closed(&mut self, section: &Entry, table: &Table, keys: &[Key], rows: &[Named]) {
        for entry in table.iter() {
            if let Some(row) = rows.iter().find(|row| row.name == entry.key) {
                self.row_entry(entry, row.keys);
            } else if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.value(&entry.node, key.of);
            } else if !COMMON.contains(&entry.key.as_str()) {
                let known = rows.iter().map(|row| row.name).chain(keys.iter().map(|key| key.name));
                let known = known.chain(COMMON.iter().copied());
                self.unknown(entry, "row or key", known);
            }
        }
        for key in keys.iter().filter(|key| key.required && table.get(key.name).is_none()) {
            self.missing(section, "key", key.name);
        }
        for row in rows.iter().filter(|row| row.required && table.get(row.name).is_none()) {
            self.missing(section, "row", row.name);
        }
    }

    /// A section of rows may say what all of them settle together.
    fn common_of_section(entry: &Entry) -> bool {
        COMMON.contains(&entry.key.as_str()) && entry.node.table().is_none()
    }

    fn row_entry(&mut self, entry: &Entry, keys: &[Key]) {
        match entry.node.table() {
            Some(table) => self.row(entry, table, keys),
            None => self.wrong(&entry.node, "a row, that is a table"),
        }
    }

    fn row(&mut self, row: &Entry, table: &Table, keys: &[Key]) {
        for entry in table.iter() {
            if let Some(key) = keys.iter().find(|key| key.name == entry.key) {
                self.value(&entry.node, key.of);
            } else if !COMMON.contains(&entry.key.as_str()) {
                let known = keys.iter().map(|key| key.name).chain(COMMON.iter().copied());
                self.unknown(entry, "key", known);
            }
        }
        for key in keys.iter().filter(|key| key.required && table.get(key.name).is_none()) {
            if key.name == "basis" {
                let message = format!("the purpose `{}` has no lawful basis", row.key);
                self.findings.push(
                    Finding::error("no-basis", &row.at, message)
                        .help("say why it is lawful, such as `basis = \"contract\"`"),
                );
            } else {
                self.missing(row, "key", key.name);
            }
        }
    }

    fn fields(&mut self, table: &Table) {
        for entry in table.iter() {
            self.id(&entry.key, &entry.at);
            if crate::fields::standard(&entry.key).is_some() {
                let message = format!("`{}` is a standard field and has its type", entry.key);
                self.findings.push(
                    Finding::error("duplicate", &entry.at, message)
                        .help("remove it here, or give your own field another name"),
                );
            }
            match &entry.node.value {
                Value::Text(_) => self.word(&entry.node, crate::vocabulary::FIELD_TYPES),
                Value::List(items) if !items.is_empty() => self.declared(&entry.node),
                _ => self.wrong(&entry.node, "a field type or a list of options"),
            }
        }
    }

    fn decided(&mut self, table: &Table) {
        for entry in table.iter() {
            if entry.node.text().is_none_or(|text| text.trim().is_empty()) {
                self.wrong(&entry.node, "a sentence that gives the reason");
            }
        }
    }

    /// Ids that a list declares: well made, and each once.
    pub(crate) fn declared(&mut self, list: &Node) {
        if list.list().is_none() {
            self.wrong(list, "a list of ids");
            return;
        }
        for (name, node) in list.texts() {
            self.id(name, &node.span);
        }
        self.only_texts(list);
        self.once(list);
    }

    pub(crate) fn only_texts(&mut self, list: &Node) {
        for item in list.items().iter().filter(|item| item.text().is_none()) {
            self.wrong(item, "a string");
        }
    }

    /// No item of a list stands in it twice.
    pub(crate) fn once(&mut self, list: &Node) {
        let mut seen: BTreeMap<&str, Range<usize>> = BTreeMap::new();
        for (text, node) in list.texts() {
            if let Some(first) = seen.insert(text, node.span.clone()) {
                let message = format!("`{text}` stands in this list twice");
                self.findings.push(
                    Finding::error("duplicate", &node.span, message)
                        .label("the second time")
                        .also(&first, "first written here")
                        .help("remove one of them"),
                );
            }
        }
    }

    pub(crate) fn id(&mut self, id: &str, at: &Range<usize>) {
        if !phrase::is_id(id) || id.len() > 60 {
            let message = format!("`{id}` cannot be an id");
            self.findings.push(
                Finding::error("bad-id", at, message)
                    .help("an id is made of a-z, 0-9 and _, and does not begin with a digit"),
            );
        }
    }

    pub(crate) fn wrong(&mut self, node: &Node, wanted: &str) {
        let message = format!("{} stands here, and {wanted} is needed", node.kind());
        self.findings
            .push(Finding::error("wrong-type", &node.span, message).label(format!("not {wanted}")));
    }

    pub(crate) fn slip(&mut self, node: &Node, slip: phrase::Slip) {
        let span = node.part(&slip.at);
        let mut finding = Finding::error(slip.rule, &span, slip.message).help(slip.help);
        // A string with escapes shows other bytes than it has.
        if let Some(right) = slip.right.filter(|_| span.len() == slip.at.len()) {
            let title = format!("write `{right}`");
            finding = finding.fix(Fix { title, edits: vec![(span, right)], safe: true });
        }
        self.findings.push(finding);
    }

    fn missing(&mut self, row: &Entry, what: &str, name: &str) {
        let rule = if what == "key" { "missing-key" } else { "missing-row" };
        let message = format!("`{}` has no {what} `{name}`", row.key);
        self.findings.push(
            Finding::error(rule, &row.at, message)
                .label(format!("`{name}` is missing"))
                .help(format!("every `{}` says its `{name}`", row.key)),
        );
    }

    fn unknown<'k>(&mut self, entry: &Entry, what: &str, known: impl Iterator<Item = &'k str>) {
        if !self.findings.wants(&entry.at) {
            return;
        }
        let rule = match what {
            "section" => "unknown-section",
            "key" => "unknown-key",
            _ => "unknown-row",
        };
        let message = format!("there is no {what} `{}` here", entry.key);
        self.findings.push(
            Finding::error(rule, &entry.at, message)
                .label(format!("unknown {what}"))
                .known(&entry.key, known),
        );
    }

    pub(crate) fn word(&mut self, node: &Node, known: &[&str]) {
        let Some(word) = node.text() else {
            self.wrong(node, "a word");
            return;
        };
        if !known.contains(&word) {
            let message = format!("`{word}` is not one of the words that can stand here");
            let finding = Finding::error("unknown-word", &node.span, message);
            self.findings.push(finding.label("unknown word").known(word, known.iter().copied()));
        }
    }

    pub(crate) fn reference(&mut self, node: &Node, space: schema::Space) {
        let Some(name) = node.text() else {
            self.wrong(node, &format!("the id of a {}", space.noun()));
            return;
        };
        self.named(name, &node.span, space);
    }

    pub(crate) fn named(&mut self, name: &str, at: &Range<usize>, space: schema::Space) -> bool {
        let found = self.names.has(space, name);
        if !found && self.findings.wants(at) {
            let noun = space.noun();
            let message = format!("there is no {noun} `{name}`");
            let known = self.names.known(space, name);
            let finding = Finding::error("unknown-reference", at, message);
            self.findings.push(finding.label(format!("unknown {noun}")).known(name, known));
        }
        found
    }
}
