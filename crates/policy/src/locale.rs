//! Janji's own words in every language it speaks: messages of Project Fluent, read when a page first needs them.

use std::{fmt, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use unic_langid::LanguageIdentifier;

use crate::text::Text;

/// One language: its messages, and how it writes numbers.
pub struct Locale {
    bundle: FluentBundle<FluentResource>,
}

/// What stands in a message.
#[derive(Debug, Clone)]
pub(crate) enum Arg {
    /// Words with their links.
    Text(Text),
    /// A number, written as the language writes it.
    Number(i64),
    /// A word that a message may choose by.
    Word(String),
}

macro_rules! messages {
    ($language:literal) => {
        &[
            include_str!(concat!("../locale/", $language, "/changes.ftl")),
            include_str!(concat!("../locale/", $language, "/document.ftl")),
            include_str!(concat!("../locale/", $language, "/fields.ftl")),
            include_str!(concat!("../locale/", $language, "/places.ftl")),
            include_str!(concat!("../locale/", $language, "/ropa.ftl")),
            include_str!(concat!("../locale/", $language, "/rows.ftl")),
            include_str!(concat!("../locale/", $language, "/site.ftl")),
            include_str!(concat!("../locale/", $language, "/speech.ftl")),
            include_str!(concat!("../locale/", $language, "/told.ftl")),
            include_str!(concat!("../locale/", $language, "/words.ftl")),
        ]
    };
}

const ENGLISH: &[&str] = messages!("en");
const INDONESIAN: &[&str] = messages!("id");

static EN: LazyLock<Locale> = LazyLock::new(|| Locale::read("en", ENGLISH));
static ID: LazyLock<Locale> = LazyLock::new(|| Locale::read("id", INDONESIAN));

/// Characters for private use, which no policy holds: they stand for the arguments until the words are there.
const FIRST: u32 = 0xF_0000;

impl Locale {
    /// The words of a language. The check refuses policies in any that Janji does not speak.
    pub fn of(language: &str) -> &'static Self {
        if language == "id" { &ID } else { &EN }
    }

    /// A message that needs nothing else.
    pub fn say(&self, id: &str) -> String {
        self.find(id).unwrap_or_else(|| missing(id))
    }

    /// A message, where there is one.
    pub(crate) fn find(&self, id: &str) -> Option<String> {
        self.pattern(id, None, &FluentArgs::new())
    }

    /// Whether there is such a message.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.bundle.has_message(id)
    }

    /// What a row means, where a heading and its keys would leave a reader guessing.
    pub(crate) fn means(&self, path: &str) -> Option<String> {
        let section = path.split('.').next().unwrap_or_default();
        [row_id(path), format!("row-{section}-any")]
            .iter()
            .find_map(|id| self.pattern(id, Some("means"), &FluentArgs::new()))
    }

    /// The words of a closed word, whatever list it is from; a name that is the same everywhere stands as it is.
    pub(crate) fn closed(&self, word: &str) -> String {
        ["word", "language", "law", "keep"]
            .iter()
            .find_map(|kind| self.find(&format!("{kind}-{word}")))
            .unwrap_or_else(|| word.replace('_', " "))
    }

    /// The words of a standard field.
    pub(crate) fn field(&self, name: &str) -> Option<String> {
        self.find(&format!("field-{name}"))
    }

    /// The words of a row that no author names.
    pub(crate) fn row(&self, path: &str) -> String {
        self.say(&row_id(path))
    }

    /// The label of a key of a row.
    pub(crate) fn key(&self, path: &str, key: &str) -> String {
        let section = path.split('.').next().unwrap_or_default();
        let special = path.replace('.', "-");
        [format!("key-{special}-{key}"), format!("key-{section}-{key}")]
            .iter()
            .find_map(|id| self.find(id))
            .unwrap_or_else(|| self.say(&format!("key-{key}")))
    }

    /// A message with numbers and words in it.
    pub(crate) fn tell(&self, id: &str, args: &[(&'static str, Arg)]) -> String {
        self.fill(id, args).plain()
    }

    /// A message with texts in it, whose links stay.
    pub(crate) fn fill(&self, id: &str, args: &[(&'static str, Arg)]) -> Text {
        let mut given = FluentArgs::with_capacity(args.len());
        for (place, (name, arg)) in (FIRST..).zip(args) {
            let value = match arg {
                Arg::Text(_) => {
                    FluentValue::from(char::from_u32(place).unwrap_or_default().to_string())
                }
                Arg::Number(number) => FluentValue::from(*number),
                Arg::Word(word) => FluentValue::from(word.as_str()),
            };
            given.set(*name, value);
        }
        let words = self.pattern(id, None, &given).unwrap_or_else(|| missing(id));
        let mut text = Text::default();
        let mut run = String::new();
        for c in words.chars() {
            let place =
                u32::from(c).checked_sub(FIRST).and_then(|place| usize::try_from(place).ok());
            match place.and_then(|place| args.get(place)) {
                Some((_, Arg::Text(own))) => {
                    text.push(&run);
                    run.clear();
                    text.append(own);
                }
                _ => run.push(c),
            }
        }
        text.push(&run);
        text
    }

    /// The formatted message; nothing when it is not there or lacks something it speaks of.
    fn pattern(&self, id: &str, attribute: Option<&str>, args: &FluentArgs<'_>) -> Option<String> {
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            None => message.value()?,
            Some(name) => message.get_attribute(name)?.value(),
        };
        let mut errors = Vec::new();
        let words = self.bundle.format_pattern(pattern, Some(args), &mut errors).into_owned();
        errors.is_empty().then_some(words)
    }

    fn read(language: &str, files: &[&str]) -> Self {
        let known: LanguageIdentifier = language.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![known]);
        bundle.set_use_isolating(false);
        bundle.set_formatter(Some(if language == "id" { indonesian } else { english }));
        for file in files {
            // A file with a slip gives what can be read of it; a test refuses slips.
            let resource = FluentResource::try_new((*file).to_owned());
            bundle.add_resource_overriding(resource.unwrap_or_else(|(read, _)| read));
        }
        Self { bundle }
    }
}

impl fmt::Debug for Locale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let language = self.bundle.locales.first().map(ToString::to_string);
        out.debug_tuple("Locale").field(&language.unwrap_or_default()).finish()
    }
}

impl From<Text> for Arg {
    fn from(text: Text) -> Self {
        Self::Text(text)
    }
}

impl From<&str> for Arg {
    fn from(words: &str) -> Self {
        Self::Text(Text::of(words))
    }
}

impl From<String> for Arg {
    fn from(words: String) -> Self {
        Self::Text(Text::of(words))
    }
}

impl From<usize> for Arg {
    fn from(count: usize) -> Self {
        Self::Number(i64::try_from(count).unwrap_or(i64::MAX))
    }
}

impl From<u32> for Arg {
    fn from(count: u32) -> Self {
        Self::Number(count.into())
    }
}

fn row_id(path: &str) -> String {
    format!("row-{}", path.replace('.', "-"))
}

/// What stands where words are missing: nobody can take it for a sentence, and a test finds it on any page.
fn missing(id: &str) -> String {
    format!("{MISSING}{id}")
}

/// The mark of missing words.
pub(crate) const MISSING: char = '\u{2047}';

fn english<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, ',', '.')
}

fn indonesian<M>(value: &FluentValue<'_>, _: &M) -> Option<String> {
    grouped(value, '.', ',')
}

/// A number with marks between thousands and before a fraction.
fn grouped(value: &FluentValue<'_>, thousands: char, point: char) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let plain = number.as_string().into_owned();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut written = String::new();
    let digits = whole.chars().filter(char::is_ascii_digit).count();
    let mut left = digits;
    for c in whole.chars() {
        if c.is_ascii_digit() {
            if left < digits && left % 3 == 0 {
                written.push(thousands);
            }
            left -= 1;
        }
        written.push(c);
    }
    if !fraction.is_empty() {
        written.push(point);
        written.push_str(fraction);
    }
    Some(written)
}

/// Every message of a language with its attributes, for the tests.
#[cfg(test)]
pub(crate) fn files(language: &str) -> &'static [&'static str] {
    if language == "id" { INDONESIAN } else { ENGLISH }
}
