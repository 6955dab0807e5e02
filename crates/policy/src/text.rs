//! Text with what it points to: the smallest piece of a page.

/// A run of words on a page.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Text {
    /// The pieces, in their order.
    pub spans: Vec<Span>,
}

/// Words that share a language and a target.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The words.
    pub words: String,
    /// Their language, where it is not that of the page.
    pub language: Option<String>,
    /// What they point to.
    pub link: Option<Link>,
}

/// What words on a page point to. Only whoever writes the page knows its addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Link {
    /// A place on the same page, by its anchor.
    Anchor(String),
    /// An address to write to.
    Mail(String),
    /// A page elsewhere.
    Site(String),
    /// The same policy in another language.
    Language(String),
    /// The whole policy, from a view that shows a part of it.
    Whole,
}

impl Text {
    /// Words of the page's own language that point nowhere.
    pub fn of(words: impl Into<String>) -> Self {
        Self { spans: vec![Span { words: words.into(), language: None, link: None }] }
    }

    /// Words that point somewhere.
    pub fn to(words: impl Into<String>, link: Link) -> Self {
        Self { spans: vec![Span { words: words.into(), language: None, link: Some(link) }] }
    }

    /// The words alone.
    pub fn plain(&self) -> String {
        self.spans.iter().map(|span| span.words.as_str()).collect()
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.spans.iter().all(|span| span.words.is_empty())
    }

    /// The same words, all of them pointing there.
    #[must_use]
    pub(crate) fn linked(mut self, link: &Link) -> Self {
        for span in &mut self.spans {
            span.link = Some(link.clone());
        }
        self
    }

    /// The anchors that it points to.
    pub fn anchors(&self) -> impl Iterator<Item = &str> {
        self.spans.iter().filter_map(|span| match &span.link {
            Some(Link::Anchor(anchor)) => Some(anchor.as_str()),
            _ => None,
        })
    }

    pub(crate) fn push(&mut self, words: &str) {
        if !words.is_empty() {
            self.spans.push(Span { words: words.to_owned(), language: None, link: None });
        }
    }

    pub(crate) fn append(&mut self, other: &Text) {
        self.spans.extend(other.spans.iter().cloned());
    }
}
