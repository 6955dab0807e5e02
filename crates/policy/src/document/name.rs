//! What rows and ids are called on a page: the author's words, in the language of the page or else the binding one.

use crate::{
    document::Page,
    locale::Locale,
    model::Policy,
    schema::Space,
    text::{Link, Span, Text},
};

impl Policy {
    /// The words for a row: the author's own, those of what it belongs to, or Janji's.
    pub(crate) fn words_for(&self, path: &str, language: &str) -> Text {
        let name = path.strip_prefix("integration.").map(|id| format!("recipient.{id}"));
        self.own_words(path, language)
            .or_else(|| self.own_words(&name?, language))
            .unwrap_or_else(|| Text::of(Locale::of(language).row(path)))
    }

    /// What a kind of person is called.
    pub fn people_words(&self, people: &str, language: &str) -> String {
        let own = self.own_words(&format!("people.{people}"), language);
        own.map_or_else(|| said(people), |words| words.plain())
    }

    /// The author's words.
    pub(crate) fn own_words(&self, path: &str, language: &str) -> Option<Text> {
        if let Some(words) = self.words.of_path(path, language) {
            return Some(Text::of(words));
        }
        let words = self.words.of_path(path, &self.binding)?.to_owned();
        let language = Some(self.binding.clone());
        Some(Text { spans: vec![Span { words, language, link: None }] })
    }
}

impl Page<'_> {
    pub(super) fn words(&self, path: &str) -> Text {
        self.policy.words_for(path, self.language)
    }

    /// The words of a row, with a link to it where it is on the page.
    pub(super) fn linked(&self, path: &str) -> Text {
        self.at(self.words(path), path)
    }

    /// Words with a link to a row, where it is on the page.
    pub(super) fn at(&self, words: Text, path: &str) -> Text {
        if self.reader.sees(path) { words.linked(&Link::Anchor(path.to_owned())) } else { words }
    }

    /// An id of some space in its words, with a link where it is a row.
    pub(super) fn name(&self, space: Space, id: &str) -> Text {
        let sections: &[&str] = match space {
            Space::People => &["people"],
            Space::Staff => &["staff"],
            Space::Plan => &["plan"],
            Space::Service => &["service"],
            Space::Switch => &["feature", "setting"],
            Space::Data | Space::Whole => &["data"],
            Space::Field => return self.field(id),
            Space::Purpose => &["purpose"],
            Space::Recipient => &["recipient"],
            Space::Document => &["document"],
        };
        self.first(sections, id).unwrap_or_else(|| self.word(id))
    }

    /// What an event or a period belongs to.
    pub(super) fn subject(&self, id: &str) -> Text {
        let sections = ["data", "feature", "setting", "recipient"];
        self.first(&sections, id).unwrap_or_else(|| self.word(id))
    }

    /// A field in its words.
    pub(super) fn field(&self, id: &str) -> Text {
        let own = self.policy.own_words(&format!("field.{id}"), self.language);
        own.or_else(|| self.locale.field(id).map(Text::of)).unwrap_or_else(|| Text::of(said(id)))
    }

    /// A category, or a field of one, such as `account.email`.
    pub(super) fn piece(&self, text: &str) -> Text {
        let Some((category, field)) = text.split_once('.') else {
            return self.name(Space::Data, text);
        };
        let whole = self.name(Space::Data, category);
        self.locale.fill("piece", &[("part", self.field(field).into()), ("whole", whole.into())])
    }

    /// A closed word; what is spelt the same everywhere stands as it is.
    pub(super) fn word(&self, word: &str) -> Text {
        let known = self.locale.find(&format!("word-{word}"));
        known.map_or_else(|| Text::of(said(word)), Text::of)
    }

    fn first(&self, sections: &[&str], id: &str) -> Option<Text> {
        sections.iter().find_map(|section| {
            let path = format!("{section}.{id}");
            let own = self.policy.own_words(&path, self.language)?;
            Some(self.at(own, &path))
        })
    }
}

/// The id of an author who gave no words: nothing but a policy of an earlier version has one.
pub(super) fn said(id: &str) -> String {
    id.replace('_', " ")
}
