//! The types of values: what each accepts, and where in it a fault lies.

use jiff::tz::TimeZone;

use crate::{
    finding::Finding,
    phrase,
    scan::Scan,
    schema::{Space, Type},
    tree::{Node, Value},
    vocabulary::{BASES, COUNTRIES, SHARES},
};

impl Scan<'_> {
    pub(crate) fn value(&mut self, node: &Node, of: Type) {
        match of {
            Type::Text => self.text(node),
            Type::Mail => self.mail(node),
            Type::Hosts => self.each(node, "a host", Self::host),
            Type::Zone => self.zone(node),
            Type::Country => self.country(node),
            Type::Countries => self.each(node, "a country", Self::country),
            Type::Date => self.expect(node, matches!(node.value, Value::Date(_)), "a date"),
            Type::Number(low, high) => self.number(node, low, high),
            Type::Names | Type::Choices => self.declared(node),
            Type::Word(known) => self.word(node, known),
            Type::Words(known) => self.each(node, "a word", |scan, item| scan.word(item, known)),
            Type::Ref(space) => self.reference(node, space),
            Type::Refs(space) => {
                self.each(node, space.noun(), |scan, item| scan.reference(item, space));
            }
            Type::Period => self.phrase(node, phrase::period),
            Type::Length => self.length(node),
            Type::Keep => self.keep(node),
            Type::Within => self.phrase(node, phrase::within),
            Type::Events => self.each(node, "an event", |scan, item| {
                scan.phrase(item, phrase::event_rule);
            }),
            Type::Hours => self.hours(node),
            Type::Lives => {
                if node.text() != Some("session") {
                    self.phrase(node, phrase::period);
                }
            }
            Type::MinAge => self.min_age(node),
            Type::Basis => self.basis(node),
            Type::Share => self.share(node),
            Type::Statutory => self.statutory(node),
            Type::Gets => self.each(node, "a category or field", Self::gets),
            Type::Each => self.gets(node),
            Type::Was => self.was(node),
            Type::Were => self.were(node),
            Type::Scopes => self.scopes(node),
            Type::KeptOn => {
                if !node.text().is_some_and(|name| self.names.is_setting(name)) {
                    self.word(node, &["server", "tablets"]);
                }
            }
            Type::Choice => self.choice(node),
            Type::Ids => self.each(node, "a range of ids", |scan, item| {
                scan.phrase(item, |text| phrase::ids(text).map(drop));
            }),
            Type::Globs => self.each(node, "the path of a row", Self::text),
            Type::Link => self.link(node),
        }
    }

    fn link(&mut self, node: &Node) {
        let host = |text: &str| {
            let rest = text.strip_prefix("https://")?;
            let plain = text.bytes().all(|b| b.is_ascii_graphic() && !b"\"<>\\^`{}".contains(&b));
            plain.then(|| is_host(rest.split('/').next().unwrap_or_default()))
        };
        if !node.text().and_then(host).unwrap_or(false) {
            self.wrong(node, "an address such as `https://example.org/privacy`");
        }
    }

    fn expect(&mut self, node: &Node, right: bool, wanted: &str) {
        if !right {
            self.wrong(node, wanted);
        }
    }

    fn text(&mut self, node: &Node) {
        match node.text() {
            None => self.wrong(node, "a string"),
            Some(text) if text.trim().is_empty() => {
                self.findings.push(
                    Finding::error("empty", &node.span, "nothing is written here")
                        .help("say it, or leave the key out"),
                );
            }
            Some(_) => {}
        }
    }

    fn each(&mut self, list: &Node, noun: &str, mut one: impl FnMut(&mut Self, &Node)) {
        let Some(items) = list.list() else {
            let wanted = format!("a list, each item {}", with_article(noun));
            self.wrong(list, &wanted);
            return;
        };
        if items.is_empty() {
            self.findings.push(
                Finding::error("empty", &list.span, "the list is empty")
                    .help("name what belongs in it, or leave the key out"),
            );
        }
        for item in items {
            one(self, item);
        }
        self.once(list);
    }

    fn phrase<T>(&mut self, node: &Node, read: impl Fn(&str) -> Result<T, phrase::Slip>) {
        match node.text().map(read) {
            None => self.wrong(node, "a phrase in quotes"),
            Some(Err(slip)) => self.slip(node, slip),
            Some(Ok(_)) => {}
        }
    }

    fn keep(&mut self, node: &Node) {
        for item in node.items() {
            self.phrase(item, phrase::keep);
        }
        if node.list().is_some_and(<[Node]>::is_empty) {
            self.findings.push(
                Finding::error("empty", &node.span, "the list of ends is empty")
                    .help("say when it ends"),
            );
        }
    }

    fn length(&mut self, node: &Node) {
        if !node.text().is_some_and(|name| self.names.is_setting(name)) {
            self.phrase(node, phrase::period);
        }
    }

    fn number(&mut self, node: &Node, low: i64, high: i64) {
        let Value::Number(number) = node.value else {
            self.wrong(node, "a number");
            return;
        };
        if !(low..=high).contains(&number) {
            let message = format!("{number} is out of bounds");
            self.findings.push(
                Finding::error("out-of-bounds", &node.span, message)
                    .help(format!("a whole number from {low} to {high}")),
            );
        }
    }

    fn min_age(&mut self, node: &Node) {
        match node.text() {
            None => self.number(node, 0, 30),
            Some(name) if self.names.is_setting(name) => {}
            Some(name) => {
                let finding =
                    Finding::error("unknown-reference", &node.span, format!("no setting `{name}`"));
                self.findings.push(finding.known(name, self.names.settings(name)));
            }
        }
    }

    fn mail(&mut self, node: &Node) {
        let Some(text) = node.text() else {
            self.wrong(node, "an e-mail address");
            return;
        };
        let right = text.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && is_host(host) && !user.contains(|c: char| c.is_whitespace())
        });
        if !right {
            self.malformed(node, &format!("`{text}` is no e-mail address"));
        }
    }

    fn host(&mut self, node: &Node) {
        match node.text() {
            None => self.wrong(node, "a host"),
            Some(text) if !is_host(text) => {
                self.malformed(node, &format!("`{text}` is no host name"));
            }
            Some(_) => {}
        }
    }

    fn zone(&mut self, node: &Node) {
        let Some(name) = node.text() else {
            self.wrong(node, "the name of a time zone");
            return;
        };
        if TimeZone::get(name).is_err() {
            self.malformed(node, &format!("`{name}` is no time zone, as `Asia/Jakarta` is one"));
        }
    }

    fn country(&mut self, node: &Node) {
        let Some(code) = node.text() else {
            self.wrong(node, "the code of a country");
            return;
        };
        if !COUNTRIES.split(' ').any(|known| known == code) {
            self.malformed(node, &format!("`{code}` is no country, as `ID` is one"));
        }
    }

    fn hours(&mut self, node: &Node) {
        let Some(text) = node.text() else {
            self.wrong(node, "hours");
            return;
        };
        if !are_hours(text) {
            self.malformed(node, "these are no hours, as `mon-fri 09:00-17:00` are");
        }
    }

    fn malformed(&mut self, node: &Node, message: &str) {
        self.findings.push(Finding::error("malformed", &node.span, message));
    }

    fn basis(&mut self, node: &Node) {
        match &node.value {
            Value::List(_) => self.each(node, "a basis", |scan, item| scan.word(item, BASES)),
            Value::Table(packs) => {
                for entry in packs.iter() {
                    self.word(&entry.node, BASES);
                }
            }
            _ => self.word(node, BASES),
        }
    }

    fn share(&mut self, node: &Node) {
        if node.list().is_some() {
            self.each(node, "a reason", |scan, item| scan.word(item, SHARES));
        } else {
            self.word(node, &["never"]);
        }
    }

    fn statutory(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.wrong(node, "a table with `for` and `fields`");
            return;
        };
        for entry in table.iter() {
            match entry.key.as_str() {
                "for" => self.value(&entry.node, Type::Ref(Space::Purpose)),
                "fields" => self.value(&entry.node, Type::Refs(Space::Field)),
                key => {
                    let message = format!("there is no key `{key}` here");
                    let finding = Finding::error("unknown-key", &entry.at, message);
                    self.findings.push(finding.known(key, ["for", "fields"].into_iter()));
                }
            }
        }
        for key in ["for", "fields"].into_iter().filter(|key| table.get(key).is_none()) {
            let message = format!("`statutory` has no key `{key}`");
            self.findings.push(Finding::error("missing-key", &node.span, message));
        }
    }

    fn was(&mut self, node: &Node) {
        match node.text() {
            Some(id) => self.id(id, &node.span),
            None => self.wrong(node, "the id that it had"),
        }
    }

    fn were(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.wrong(node, "a table of fields, each with the id that it had");
            return;
        };
        for entry in table.iter() {
            self.named(&entry.key, &entry.at, Space::Field);
            self.was(&entry.node);
        }
    }

    /// A category, one of its fields, or `sealed`.
    fn gets(&mut self, node: &Node) {
        let Some(text) = node.text() else {
            self.wrong(node, "a category or field");
            return;
        };
        if text == "sealed" {
            return;
        }
        let (category, field) = match text.split_once('.') {
            Some((category, field)) => (category, Some(field)),
            None => (text, None),
        };
        let found = self.named(category, &node.part(&(0..category.len())), Space::Data);
        let Some(field) = field.filter(|_| found) else { return };
        let span = node.part(&(category.len() + 1..text.len()));
        if !self.names.collects(category, field) && self.findings.wants(&span) {
            let row = self.root.row("data", category);
            let lists = row.into_iter().flat_map(|row| [row.node("fields"), row.node("optional")]);
            let own = lists.flatten().flat_map(|list| list.texts().map(|(name, _)| name));
            let message = format!("`{category}` has no field `{field}`");
            let finding = Finding::error("unknown-reference", &span, message);
            self.findings.push(finding.label("unknown field").known(field, own));
        }
    }

    fn scopes(&mut self, node: &Node) {
        let Some(table) = node.table() else {
            self.wrong(node, "a table of scopes");
            return;
        };
        for entry in table.iter() {
            self.each(&entry.node, "a category or field", Self::gets);
        }
    }

    fn choice(&mut self, node: &Node) {
        let plain = matches!(node.value, Value::Text(_) | Value::Number(_) | Value::Switch(_));
        self.expect(node, plain, "a period, a number, a choice or a switch");
    }
}

fn with_article(noun: &str) -> String {
    if noun.starts_with("a ") || noun.starts_with("an ") || noun.starts_with("the ") {
        return noun.to_owned();
    }
    format!("a {noun}")
}

fn is_host(text: &str) -> bool {
    let label = |part: &str| {
        (1..=63).contains(&part.len())
            && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
            && !part.starts_with('-')
            && !part.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

fn are_hours(text: &str) -> bool {
    const DAYS: &[&str] = &["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    let Some((days, hours)) = text.split_once(' ') else { return false };
    let days_fit = days.split('-').all(|day| DAYS.contains(&day)) && days.split('-').count() <= 2;
    let Some((from, to)) = hours.split_once('-') else { return false };
    let time = |text: &str| text.len() == 5 && text.parse::<jiff::civil::Time>().is_ok();
    days_fit && time(from) && time(to) && from < to
}
