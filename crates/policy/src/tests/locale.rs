//! The messages of every language: all there, all used, grammatical where it can be computed.

use std::{collections::BTreeSet, fs, path::Path};

use fluent_bundle::FluentResource;
use jiff::civil::date;

use crate::{
    Block, Locale, Period, Unit, View, check,
    document::value::{date_in, period_in},
    fields, glossary, locale,
    schema::{ABOUT, SECTIONS, Shape, Type},
    vocabulary as words,
};

const LANGUAGES: [&str; 2] = ["en", "id"];

/// The ids of a language, with `.means` for what a row means; a file with a slip is refused.
fn ids(language: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in locale::files(language) {
        let read = FluentResource::try_new((*file).to_owned());
        read.unwrap_or_else(|(_, errors)| panic!("{language}: {errors:?}"));
        let mut message = String::new();
        for line in file.lines() {
            let id = line.split(" =").next().unwrap();
            if line.starts_with(|c: char| c.is_ascii_alphabetic()) && line.contains(" =") {
                message = id.to_owned();
                if !line.ends_with(" =") {
                    assert!(found.insert(message.clone()), "{language}: {message} stands twice");
                }
            } else if let Some(attribute) = id.strip_prefix("    .") {
                assert!(
                    found.insert(format!("{message}.{attribute}")),
                    "{message} means two things"
                );
            }
        }
    }
    found
}

/// What the tables of the language need: each closed word, key, closed row, field, country, law.
fn needed() -> BTreeSet<String> {
    let mut needed = BTreeSet::new();
    let mut add = |kind: &str, names: &[&str]| {
        needed.extend(names.iter().map(|name| format!("{kind}-{}", name.replace('.', "-"))));
    };
    for section in SECTIONS.iter().filter(|section| !ABOUT.contains(&section.name)) {
        let (name, mut rows) = (section.name, Vec::new());
        let mut keys = Vec::new();
        match section.shape {
            Shape::Row(own) => {
                rows.push(name.to_owned());
                keys.extend(own);
            }
            Shape::Open(own) => keys.extend(own),
            Shape::Listed(own, shared, _) => {
                rows.extend(own.iter().map(|row| format!("{name}.{row}")));
                keys.extend(shared);
            }
            Shape::Closed(own, inner) => {
                if !own.is_empty() {
                    rows.push(name.to_owned());
                }
                rows.extend(inner.iter().map(|row| format!("{name}.{}", row.name)));
                keys.extend(own.iter().chain(inner.iter().flat_map(|row| row.keys)));
            }
            Shape::Free => {}
        }
        for row in &rows {
            add("row", &[row]);
        }
        for key in keys {
            add("key", &[key.name]);
            match key.of {
                Type::Word(list) | Type::Words(list) => match key.name {
                    "languages" | "binding" => add("language", list),
                    "laws" => add("law", list),
                    // Standards are spelt the same in every language.
                    "min" | "hash" => {}
                    _ => add("word", list),
                },
                _ => {}
            }
        }
    }
    add("word", words::BASES);
    add("word", words::SHARES);
    add("word", &["everyone", "officer", "workspace", "sealed", "session", "server", "tablets"]);
    add("right", words::RIGHTS);
    add("event", words::RESERVED_EVENTS);
    for (_, event) in words::REGISTERS {
        add("event", &[event]);
    }
    for (field, _) in fields::STANDARD {
        add("field", &[field]);
    }
    add("country", &words::COUNTRIES.split(' ').collect::<Vec<_>>());
    needed
}

/// The ids that the code names in full, in whatever crate writes pages.
fn named(source: &str) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for part in source.split('"').skip(1).step_by(2) {
        if part.contains('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b))
        {
            found.insert(part.to_owned());
        }
    }
    found
}

fn sources(folder: &Path, text: &mut String) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        let tests = path.file_stem().is_some_and(|name| name == "tests");
        if path.is_dir() && !tests {
            sources(&path, text);
        } else if path.extension().is_some_and(|ending| ending == "rs") && !tests {
            // Quotes in character literals would turn strings inside out.
            let source = fs::read_to_string(path).unwrap();
            text.push_str(&source.replace("'\"'", "' '").replace("\\\"", ""));
            text.push_str("\"\"\n");
        }
    }
}

#[test]
fn every_message_stands_in_every_language() {
    let [english, indonesian] = LANGUAGES.map(ids);
    let only = |one: &BTreeSet<String>, other| one.difference(other).cloned().collect::<Vec<_>>();
    assert_eq!(only(&english, &indonesian), Vec::<String>::new(), "not in Indonesian");
    assert_eq!(only(&indonesian, &english), Vec::<String>::new(), "not in English");
}

#[test]
fn every_word_of_the_language_has_its_message() {
    let there = ids("en");
    let missing: Vec<String> = needed().difference(&there).cloned().collect();
    assert!(missing.is_empty(), "write them in crates/policy/locale/*/: {missing:?}");
}

#[test]
fn no_message_is_without_use() {
    let mut source = String::new();
    let crates = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    for folder in ["policy/src", "server/src", "pdf/src"] {
        let folder = crates.join(folder);
        if folder.exists() {
            sources(&folder, &mut source);
        }
    }
    let named = named(&source);
    let needed = needed();
    let paths: BTreeSet<String> =
        glossary::paths().iter().map(|path| path.replace('*', "any").replace('.', "-")).collect();
    // Sections whose rows authors name have keys under `any`, and messages without it.
    let keys: BTreeSet<String> = paths.iter().map(|path| path.replace("-any-", "-")).collect();
    let unused: Vec<String> = ids("en")
        .into_iter()
        .filter(|id| {
            let (kind, rest) = id.split_once('-').unwrap_or((id, ""));
            let own = needed.contains(id)
                || named.contains(id.trim_end_matches("-long"))
                || source.contains(&format!("\"{id}\""));
            !own && match kind {
                "row" => {
                    let path = rest.trim_end_matches(".means").trim_end_matches("-any");
                    let told = path.strip_prefix("notice-").unwrap_or("-");
                    !paths.contains(path) && !ids("en").contains(&format!("told-{told}"))
                }
                "key" => !keys.contains(rest),
                // The code puts these ids together of a kind and a word that it names.
                "chapter" | "contact" | "table" => {
                    let last = rest.rsplit('-').next().unwrap();
                    !source.contains(&format!("\"{last}\""))
                }
                "length" => !source.contains(&format!("\"{rest}\"")),
                "day" | "event" | "told" => false,
                _ => true,
            }
        })
        .collect();
    assert!(unused.is_empty(), "{unused:?}");
}

#[test]
fn no_page_lacks_a_message() {
    for (name, source) in super::policies() {
        let policy = check(&name, &source).policy.unwrap();
        for language in &policy.languages {
            for people in policy.people.iter().map(|one| Some(one.as_str())).chain([None]) {
                let view = View { people, country: Some("ID"), changes: &[] };
                let page = policy.document(language, &view).to_json();
                let at = page.split(locale::MISSING).nth(1).map(|rest| rest.get(..40));
                assert_eq!(at, None, "{name} ({language}, {people:?})");
            }
        }
    }
}

#[test]
fn numbers_dates_and_lengths_are_said_as_each_language_says_them() {
    let said = |language: &str| {
        let locale = Locale::of(language);
        let length = |count, unit| period_in(locale, Period { count, unit });
        [
            length(1, Unit::Day),
            length(30, Unit::Day),
            length(1, Unit::BusinessDay),
            length(3, Unit::BusinessDay),
            length(9999, Unit::Hour),
            date_in(locale, date(2026, 2, 12)),
            date_in(locale, date(2025, 12, 1)),
        ]
        .join("; ")
    };
    assert_eq!(
        said("en"),
        "1 day; 30 days; 1 business day; 3 business days; 9,999 hours; 12 February 2026; 1 December 2025"
    );
    assert_eq!(
        said("id"),
        "1 hari; 30 hari; 1 hari kerja; 3 hari kerja; 9.999 jam; 12 Februari 2026; 1 Desember 2025"
    );
}

#[test]
fn a_list_is_joined_as_each_language_joins_it() {
    let (_, source) =
        super::policies().into_iter().find(|(name, _)| name == "ashari.toml").unwrap();
    let policy = check("ashari.toml", &source).policy.unwrap();
    let people = |language| {
        let page = policy.document(language, &View::default());
        let rows = page.chapters.iter().flat_map(|chapter| &chapter.rows);
        let scope = rows.into_iter().find(|row| row.path == "scope").unwrap();
        scope.facts[0].value.plain()
    };
    assert_eq!(people("en"), "User, Employee, Intern and Visitor of the site");
    assert_eq!(people("id"), "Pengguna, Karyawan, Peserta magang, dan Pengunjung situs");
    let page = policy.document("en", &View::default());
    let Block::Table(table) = &page.chapters[1].blocks[0] else { panic!("no table") };
    assert_eq!(table.rows.len(), policy.categories.len());
}
