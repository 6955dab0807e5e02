//! Fides manifests: datasets become data, privacy declarations purposes, third parties recipients. By tables of the public
//! taxonomy; a basis, a period or a recipient that no manifest states is left out.

mod tables;

#[cfg(test)]
mod tests;

use super::{
    draft::{Draft, Place, Value, id_of},
    period::lengths,
    prose::tables::{COUNTRIES, WORK, place as stands, says},
    yaml::{Is, Node},
};
use tables::{BASES, FIELDS, KINDS, SAFEGUARDS, SPECIAL, THREE_LETTERS, nearest};

/// What the top of a manifest may hold.
const SECTIONS: &[&str] = &[
    "dataset",
    "system",
    "policy",
    "organization",
    "data_category",
    "data_use",
    "data_subject",
    "registry",
];

/// Nested fields are read so deep.
const DEEPEST: usize = 12;

/// Whether a document looks like a manifest.
pub(super) fn fits(root: &Node) -> bool {
    SECTIONS.iter().any(|section| root.get(section).is_some())
}

/// A reader of manifests.
struct Reader<'d> {
    draft: &'d mut Draft,
    file: String,
    /// The categories of the taxonomy that each row of data holds.
    holds: Vec<(String, String)>,
}

/// Reads manifests into a draft: all datasets first, since declarations of other files speak of them.
pub(super) fn read(draft: &mut Draft, files: &[(String, Node)]) {
    let mut reader = Reader { draft, file: String::new(), holds: Vec::new() };
    for (file, root) in files {
        reader.file.clone_from(file);
        root.each("organization").iter().for_each(|one| reader.organization(one));
        root.each("dataset").iter().for_each(|one| reader.dataset(one));
    }
    for (file, root) in files {
        reader.file.clone_from(file);
        root.each("system").iter().for_each(|one| reader.system(one));
        root.each("policy").iter().for_each(|one| reader.policy(one));
    }
}

impl Reader<'_> {
    fn place(&self, node: &Node) -> Place {
        Place { file: self.file.clone(), line: node.line }
    }

    fn organization(&mut self, one: &Node) {
        let place = self.place(one);
        if let Some(name) = one.word("name").or_else(|| one.word("fides_key")) {
            self.draft.set("company", "name", &Value::text(name));
            self.draft.note("company", name, &place);
        }
        if let Some(controller) = one.get("controller") {
            if let Some(address) = controller.word("address") {
                self.draft.set("company", "address", &Value::text(address));
                if let Some(code) = country(address) {
                    self.draft.set("company", "country", &Value::Text(code));
                }
            }
            if let Some(mail) = controller.word("email").and_then(mail) {
                self.draft.set("company", "general", &Value::Text(mail));
            }
        }
        let officer = one.get("data_protection_officer").and_then(|officer| officer.word("email"));
        self.officer(officer, &place);
    }

    fn officer(&mut self, words: Option<&str>, place: &Place) {
        if let Some(mail) = words.and_then(mail) {
            self.draft.set("officer", "mail", &Value::text(&mail));
            self.draft.note("officer", &mail, place);
        }
    }

    fn dataset(&mut self, one: &Node) {
        let whole = one.word("retention");
        self.abroad(one);
        for collection in one.each("collections") {
            let Some(name) = collection.word("name") else { continue };
            let mut fields = Vec::new();
            let above = categories(collection).or_else(|| categories(one)).unwrap_or_default();
            gather(collection, "", &above, 0, &mut fields);
            if fields.is_empty() {
                continue;
            }
            let place = self.place(collection);
            let Some(id) = self.draft.open("data", name, &place) else { return };
            let path = format!("data.{id}");
            if let Some(description) = collection.word("description") {
                self.draft.note(&path, description, &place);
            }
            self.keep(&path, collection.word("retention").or(whole), &place);
            for (field, category, retention, line) in fields {
                self.field(&path, &field, &category);
                let place = Place { file: self.file.clone(), line };
                if let Some(words) = retention {
                    self.draft.unsettled(
                        &format!("{name}.{field} has a retention of its own: {words}"),
                        &place,
                    );
                }
            }
        }
    }

    /// Where data of a dataset go abroad.
    fn abroad(&mut self, one: &Node) {
        for word in one.words("third_country_transfers") {
            let place = self.place(one);
            match THREE_LETTERS.iter().find(|(three, _)| *three == word) {
                Some((_, code)) => self.draft.unsettled(&format!("data go to {code}"), &place),
                None => self.draft.unsettled(&format!("data go to {word}"), &place),
            }
        }
    }

    fn field(&mut self, path: &str, name: &str, category: &str) {
        let standard = nearest(FIELDS, category);
        let id = standard.map_or_else(|| id_of(name, 0), str::to_owned);
        if id.starts_with("line_") || self.draft.count(path, "fields") >= 60 {
            return;
        }
        self.draft.add(path, "fields", &id);
        if standard.is_none()
            && !policy::is_standard(&id)
            && self.draft.set("field", &id, &Value::text("text"))
        {
            self.draft.words(&format!("field.{id}"), name);
            self.draft.words(&format!("field.{id}"), &id.replace('_', " "));
        }
        if let Some(special) = nearest(SPECIAL, category) {
            self.draft.set(path, "special", &Value::text(special));
        }
        self.holds.push((path.to_owned(), category.to_owned()));
    }

    /// A period, where the words hold one; otherwise they stand as unsettled.
    fn keep(&mut self, path: &str, words: Option<&str>, place: &Place) {
        let Some(words) = words else { return };
        self.draft.note(path, &format!("retention “{words}”"), place);
        let set = match lengths(words).as_slice() {
            [one] => self.draft.set(path, "keep", &Value::text(&one.phrase())),
            _ => false,
        };
        if !set {
            self.draft.unsettled(&format!("{path} is kept: {words}"), place);
        }
    }

    fn system(&mut self, one: &Node) {
        let place = self.place(one);
        let name = one.word("name").or_else(|| one.word("fides_key")).unwrap_or_default();
        self.officer(one.word("dpo"), &place);
        let third = one.word("system_type").is_some_and(|kind| {
            says(&kind.to_lowercase().replace(['-', '_'], " "), &["third party", "vendor"])
        });
        let processor = one.words("responsibility").contains(&"Processor");
        let party = (third || processor || one.word("vendor_id").is_some()) && !name.is_empty();
        let recipient = if party { self.party(one, name, &place) } else { None };
        for words in one.words("legal_basis_for_transfers") {
            let low = words.to_lowercase();
            if let Some((_, safeguard)) = SAFEGUARDS.iter().find(|(known, _)| low.contains(known)) {
                self.draft.add("transfer", "safeguards", safeguard);
                self.draft.note("transfer", words, &place);
            }
        }
        for declaration in one.each("privacy_declarations") {
            self.declaration(one, declaration, recipient.as_deref());
        }
        self.cookies(one, None);
    }

    fn party(&mut self, one: &Node, name: &str, place: &Place) -> Option<String> {
        let id = self.draft.open("recipient", name, place)?;
        let path = format!("recipient.{id}");
        let description = one.word("description").unwrap_or(name);
        self.draft.note(&path, description, place);
        for (job, words) in WORK {
            if says(&description.to_lowercase(), words) {
                self.draft.add(&path, "does", job);
            }
        }
        if let Some(code) = one.word("legal_address").and_then(country) {
            self.draft.add(&path, "where", &code);
        }
        Some(path)
    }

    fn declaration(&mut self, system: &Node, one: &Node, recipient: Option<&str>) {
        let place = self.place(one);
        let Some(uses) = one.word("data_use") else { return };
        let name = one.word("name").unwrap_or(uses);
        let Some(id) = self.draft.open("purpose", name, &place) else { return };
        let path = format!("purpose.{id}");
        self.draft.note(&path, &format!("{uses}: {name}"), &place);
        if let Some(kind) = nearest(KINDS, uses).filter(|kind| *kind != id) {
            self.draft.set(&path, "kind", &Value::text(kind));
        }
        if let Some(words) = one.word("legal_basis_for_processing") {
            let basis = BASES.iter().find(|(known, _)| words.to_lowercase().contains(known));
            match basis {
                Some((_, basis)) => {
                    self.draft.set(&path, "basis", &Value::text(basis));
                }
                None => self.draft.unsettled(&format!("{path} has the basis: {words}"), &place),
            }
        }
        let people: Vec<String> =
            one.words("data_subjects").iter().map(|subject| self.people(subject, &place)).collect();
        let mut rows = Vec::new();
        for category in
            one.words("data_categories").into_iter().filter(|category| category.starts_with("user"))
        {
            rows.extend(self.rows(category, &place));
        }
        rows.dedup();
        for row in &rows {
            self.draft.add(row, "for", &id);
            for kind in &people {
                self.draft.add(row, "of", kind);
            }
            if let Some(path) = recipient {
                self.draft.add(path, "gets", row.trim_start_matches("data."));
            }
        }
        self.retained(one, &rows, &place);
        self.shared(one, &place);
        self.cookies(one, Some(&id));
        let _ = system;
    }

    fn people(&mut self, subject: &str, place: &Place) -> String {
        let id = id_of(subject, place.line);
        self.draft.add("scope", "people", &id);
        self.draft.words(&format!("people.{id}"), &subject.replace('_', " "));
        self.draft.words(&format!("people.{id}"), &id);
        id
    }

    /// The rows that hold a category or one below it; a row of its own when none does.
    fn rows(&mut self, category: &str, place: &Place) -> Vec<String> {
        let below = |held: &str| {
            held == category
                || held.strip_prefix(category).is_some_and(|rest| rest.starts_with('.'))
        };
        let mut rows: Vec<String> = self
            .holds
            .iter()
            .filter(|(_, held)| below(held))
            .map(|(path, _)| path.clone())
            .collect();
        rows.dedup();
        if !rows.is_empty() {
            return rows;
        }
        let name = category.trim_start_matches("user.").replace(['.', '_'], " ");
        let Some(id) = self.draft.open("data", &name, place) else { return Vec::new() };
        let path = format!("data.{id}");
        self.draft.note(&path, &format!("{category}, in no dataset"), place);
        self.field(&path, &name, category);
        vec![path]
    }

    /// A period of a declaration: for every row that only it speaks of.
    fn retained(&mut self, one: &Node, rows: &[String], place: &Place) {
        let Some(words) = one.word("retention_period") else { return };
        let found = lengths(words);
        for row in rows {
            let set = match found.as_slice() {
                [length] => self.draft.set(row, "keep", &Value::text(&length.phrase())),
                _ => false,
            };
            if !set {
                self.draft.unsettled(&format!("{row} is kept: {words}"), place);
            }
        }
    }

    fn shared(&mut self, one: &Node, place: &Place) {
        let Some(words) = one.word("third_parties") else { return };
        let rows: Vec<String> = one
            .words("shared_categories")
            .iter()
            .flat_map(|category| self.rows(category, place))
            .collect();
        for name in words
            .split([',', ';', '\n'])
            .map(str::trim)
            .filter(|name| !name.is_empty() && name.split_whitespace().count() <= 8)
        {
            let Some(id) = self.draft.open("recipient", name, place) else { return };
            let path = format!("recipient.{id}");
            self.draft.note(&path, words, place);
            for row in &rows {
                self.draft.add(&path, "gets", row.trim_start_matches("data."));
            }
        }
    }

    fn cookies(&mut self, one: &Node, purpose: Option<&str>) {
        for cookie in one.each("cookies") {
            let place = self.place(cookie);
            let Some(name) = cookie.word("name").or_else(|| cookie.text()) else { continue };
            let Some(id) = self.draft.open("cookie", name, &place) else { return };
            let path = format!("cookie.{id}");
            self.draft.note(&path, name, &place);
            if let Some(purpose) = purpose {
                self.draft.set(&path, "for", &Value::text(purpose));
            }
            let age = cookie.word("max_age_seconds").or_else(|| one.word("cookie_max_age_seconds"));
            let days = age
                .and_then(|age| age.parse::<u32>().ok())
                .filter(|age| *age > 0 && age.is_multiple_of(86_400));
            if let Some(days) = days.map(|age| age / 86_400).filter(|days| *days <= 9_999) {
                let phrase = format!("{days} day{}", if days == 1 { "" } else { "s" });
                self.draft.set(&path, "lives", &Value::Text(phrase));
            }
        }
    }

    /// A rule of theirs forbids combinations, which no row of ours says.
    fn policy(&mut self, one: &Node) {
        for rule in one.each("rules") {
            let place = self.place(rule);
            let words = rule.word("description").or_else(|| rule.word("name")).unwrap_or_default();
            self.draft.unsettled(words, &place);
        }
    }
}

/// The categories of personal data that a node names, when it names any.
fn categories(node: &Node) -> Option<Vec<String>> {
    let found: Vec<String> =
        node.words("data_categories").iter().map(|one| (*one).to_owned()).collect();
    (!found.is_empty()).then_some(found)
}

/// The fields of a collection that hold personal data, those within others included: name, category, retention, line.
fn gather(
    node: &Node,
    within: &str,
    above: &[String],
    depth: usize,
    found: &mut Vec<(String, String, Option<String>, usize)>,
) {
    if depth > DEEPEST || found.len() >= 200 {
        return;
    }
    for field in node.each("fields") {
        let Some(name) = field.word("name") else { continue };
        let name = if within.is_empty() { name.to_owned() } else { format!("{within} {name}") };
        let own = categories(field);
        let inner = matches!(field.get("fields").map(|inner| &inner.is), Some(Is::List(_)));
        let all = own.as_deref().unwrap_or(above);
        if inner {
            gather(field, &name, all, depth + 1, found);
        } else if let Some(category) = all.iter().find(|category| category.starts_with("user")) {
            found.push((
                name,
                category.clone(),
                field.word("retention").map(str::to_owned),
                field.line,
            ));
        }
    }
}

fn country(words: &str) -> Option<String> {
    let low = words.to_lowercase();
    COUNTRIES
        .iter()
        .find(|(known, _)| stands(&low, known).is_some())
        .map(|(_, code)| (*code).to_owned())
}

fn mail(words: &str) -> Option<String> {
    super::prose::mails(words).into_iter().next()
}
